import Analysis
import ArgumentParser
import ClinicalValues
import Statistics
import StudyDesign
import Trial

extension StudyCommand {
  struct Stopping: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says when dose-limiting toxicities stop the study, and what can be expected of that rule.",
      discussion: """
        The fewest toxicities that stop, for each number of evaluable participants; and for true rates from 0.05 to 0.60 the \
        chance that the rule ever stops and the number then treated, computed exactly, looked at after each participant.
        """)

    @OptionGroup var choice: Choice

    func run() throws {
      let report = try StoppingReport(try choice.study())
      switch choice.format {
      case .json: Terminal.print(report.json.text)
      case .text: Terminal.print(report.text)
      }
    }
  }
}

/// The study's own stopping rule and its operating characteristics.
struct StoppingReport {
  private let study: Study
  private let plan: StoppingPlan
  private let participants: Int
  private let provisional: ProvisionalItem?
  /// The fewest that stop, by the number of evaluable participants from 1 on; nil where none do or nobody looks yet.
  private let limits: [Int?]
  private let characteristics: [OperatingCharacteristics]

  /// True rates, in hundredths.
  private static let trueRates = Array(stride(from: 5, through: 60, by: 5))

  init(_ study: Study) throws {
    self.study = study
    plan = study.conduct.safety.stopping
    participants = study.conduct.way.slots
    // The work grows with the square of the number, and nobody reads a table so long.
    guard participants <= 1_000 else {
      throw Unusable(
        "The rule is tabulated for at most 1,000 participants; conduct.yaml of \(study.folder) allows \(participants).")
    }
    let item = plan.provisional
    provisional = study.provisional.first { $0.id == item }
    let firstLook = plan.fromEvaluable
    guard let rule = plan.rule,
      let expected = rule.characteristics(
        trueRates: Self.trueRates.map { Double($0) / 100 }, firstLook: firstLook, participants: participants)
    else {
      throw Unusable(
        "safety.yaml of \(study.folder): the prior's ‘a’ and ‘b’ must be above 0, ‘rate’ and ‘probability’ 0 to 1.")
    }
    limits = participants == 0 ? [] : (1...participants).map { $0 < firstLook ? nil : rule.fewest(of: $0) }
    characteristics = expected
  }

  var json: JSON {
    .object([
      ("study", .string(study.id)), ("version", .string(study.version)),
      (
        "rule",
        .object([
          ("priorA", .number(plan.priorA.description)), ("priorB", .number(plan.priorB.description)),
          ("rate", .number(plan.rate.description)), ("cutoff", .number(plan.probability.description)),
          ("firstLook", .integer(plan.fromEvaluable)), ("participants", .integer(participants)),
        ])
      ),
      (
        "provisional",
        provisional.map {
          .object([
            ("id", .string($0.id)), ("origin", .strings($0.origin)), ("confirm", .string($0.confirm)),
          ])
        } ?? .null
      ),
      (
        "limits",
        .array(
          limits.enumerated().map { index, limit in
            .object([
              ("evaluable", .integer(index + 1)), ("minEventsToStop", limit.map { .integer($0) } ?? .null),
            ])
          })
      ),
      (
        "operatingCharacteristics",
        .array(
          rows.map { row in
            .object([
              ("trueRate", .number(row.rate)), ("probabilityOfStopping", .number(row.probability(to: 6))),
              ("expectedTreated", .number(row.treated(to: 6))),
            ])
          })
      ),
    ])
  }

  var text: String {
    var page = Page()
    page.line("\(study.id) \(study.version): when dose-limiting toxicities (DLT) stop the study")
    page.line()
    page.entry(
      "  rule",
      "stop where the posterior probability of a DLT rate above \(plan.rate) is at least \(plan.probability); "
        + "prior Beta(\(plan.priorA), \(plan.priorB)); looked at from \(plan.fromEvaluable) evaluable participants on, of "
        + "at most \(participants)", labelWidth: 13)
    if let provisional {
      page.entry("  provisional", "not the sponsor's text; to confirm by \(provisional.confirm)", labelWidth: 13)
      for origin in provisional.origin { page.entry("  origin", origin, labelWidth: 13) }
    }
    page.line()
    var fewest = Table("  evaluable", "fewest with a DLT that stop")
    for (index, limit) in limits.enumerated() {
      let isLooked = index + 1 >= plan.fromEvaluable
      fewest.add("  \(index + 1)", limit.map { "\($0)" } ?? (isLooked ? "none" : "not looked at yet"))
    }
    var expected = Table("  true DLT rate", "chance of ever stopping", "expected number treated")
    for row in rows { expected.add("  \(row.rate)", row.probability(to: 4), row.treated(to: 2)) }
    let nobody = "  nobody is treated"
    return page.text + fewest.text(whenEmpty: nobody) + "\n" + expected.text(whenEmpty: nobody)
  }

  /// The characteristics as text; the rates as they were meant, not as they are in binary.
  private var rows: [Row] {
    zip(Self.trueRates, characteristics).map { Row(rate: (Double($0) / 100).fixed(2), $1) }
  }

  private struct Row {
    let rate: String
    private let characteristics: OperatingCharacteristics

    init(rate: String, _ characteristics: OperatingCharacteristics) {
      self.rate = rate
      self.characteristics = characteristics
    }

    func probability(to places: Int) -> String { characteristics.probabilityOfStopping.fixed(places) }
    func treated(to places: Int) -> String { characteristics.expectedTreated.fixed(places) }
  }
}
