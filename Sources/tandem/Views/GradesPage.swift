import ClinicalValues
import Instruments
import Ledger
import StudyDesign
import Trial

/// Proposed grades laid out.
struct GradesPage {
  private let grading: Grading
  private let proposals: [GradeProposal]
  private let shifts: [GradeShift]
  /// The numbers of the adverse events that rest on a value.
  private let events: [GradeKey: [Int]]

  init(_ grading: Grading, from least: Int) {
    self.grading = grading
    proposals = grading.proposalsWorstFirst.filter { $0.counting >= least }
    events = grading.bases.reduce(into: [:]) { events, basis in
      for value in basis.values { events[value.key, default: []].append(basis.event) }
    }
    shifts = grading.shifts().filter { ($0.worstGrade ?? 0) > 0 || ($0.baselineGrade ?? 0) > 0 }
  }

  var text: String {
    var page = Page()
    page.line("Grades of \(grading.participant.id), CTCAE v5.0, worst first")
    let dose = grading.firstDose.map { "baseline: the last value before \($0.dateTime)" }
    page.line(dose ?? "Lymphodepletion was not given: graded by normal ranges alone.")
    for proposal in proposals {
      page.line()
      page.line("\(proposal.counting)  \(proposal.term)  \(Self.when(proposal.value))  [\(Self.standing(proposal))]")
      page.entry("", proposal.rule, labelWidth: 1)
      page.entry("", Self.baseline(proposal), labelWidth: 1)
      if let numbers = events[proposal.key] {
        page.entry(
          "", "On record as adverse event \(numbers.map(String.init).joined(separator: " and ")).", labelWidth: 1)
      }
      for judgment in proposal.judgments { page.entry("", Self.told(judgment), labelWidth: 1) }
      page.entry("", "\(ShownGrade(proposal.key, grade: proposal.grade))", labelWidth: 1)
    }
    if proposals.isEmpty { page.line("No grade is proposed.") }
    write(grading.notGradable, to: &page)
    page.line()
    page.line("Worst grade after LD 1, from baseline")
    for shift in shifts { page.line("  \(Self.told(shift))") }
    if shifts.isEmpty { page.line("  none") }
    page.line()
    page.line("Tasks")
    for task in grading.tasks { page.entry(" ", task.title, labelWidth: 1) }
    if grading.tasks.isEmpty { page.line("  none") }
    return page.text
  }

  private func write(_ values: [GradedValue], to page: inout Page) {
    guard !values.isEmpty else { return }
    page.line()
    page.line("Not gradable: \(values.count)")
    for value in values {
      page.entry(
        "  \(value.analyte)", "\(Self.when(value.value)), \(value.value.answer): \(value.notGradable ?? "")",
        labelWidth: 18)
    }
  }

  private static func when(_ value: CasebookValue) -> String { value.when?.description ?? "without a date" }

  private static func standing(_ proposal: GradeProposal) -> String {
    switch proposal.standing {
    case .proposed: "proposed"
    case .confirmed: "confirmed"
    case .changed: "changed, proposed as \(proposal.grade)"
    case .proposedAnew: "proposed anew"
    }
  }

  private static func baseline(_ proposal: GradeProposal) -> String {
    guard let baseline = proposal.baseline else {
      return proposal.isBeforeTreatment ? "Before LD 1." : "There is no value before LD 1."
    }
    let grade = proposal.baselineGrade.map { "grade \($0)" } ?? "not gradable"
    return "Baseline \(baseline.answer) (\(when(baseline))), \(grade)."
  }

  private static func told(_ judgment: GradeJudgment) -> String {
    let what = judgment.isConfirmation ? "confirmed" : "changed to \(judgment.grade)"
    let reason = judgment.reason.map { ": \($0)" } ?? ""
    return "\(judgment.by.account) on \(judgment.at.date): grade \(judgment.judged.grade) of \(judgment.judged.value) "
      + what + reason
  }

  private static func told(_ shift: GradeShift) -> String {
    let worst = shift.worst.map { ", \($0.answer) on \(when($0))" } ?? ""
    func grade(_ grade: Int?) -> String { grade.map(String.init) ?? "unknown" }
    return "\(shift.term): \(grade(shift.baselineGrade)) -> \(grade(shift.worstGrade))\(worst)"
  }

  var members: [(String, JSON)] {
    [
      ("participant", .string(grading.participant.id.description)),
      ("proposals", .array(proposals.map(json))),
      (
        "notGradable",
        .array(
          grading.notGradable.map { value in
            .object(
              [("analyte", .string(value.analyte)), ("reason", .string(value.notGradable ?? ""))]
                + Self.members(value.value))
          })
      ),
      (
        "shifts",
        .array(
          shifts.map { shift in
            .object([
              ("term", .string(shift.term)), ("direction", .string(shift.direction.rawValue)),
              ("baselineGrade", JSON(shift.baselineGrade)), ("worstGrade", JSON(shift.worstGrade)),
            ])
          })
      ),
      ("tasks", .strings(grading.tasks.map(\.title))),
    ]
  }

  private func json(_ proposal: GradeProposal) -> JSON {
    .object(
      [
        ("grade", .string(ShownGrade(proposal.key, grade: proposal.grade).description)),
        ("term", .string(proposal.term)), ("analyte", .string(proposal.analyte)),
        ("direction", .string(proposal.key.direction.rawValue)), ("proposed", .integer(proposal.grade)),
        ("counting", .integer(proposal.counting)), ("standing", .string(proposal.standing.rawValue)),
        ("rule", .string(proposal.rule)), ("baselineGrade", JSON(proposal.baselineGrade)),
        ("baseline", proposal.baseline.map { .object(Self.members($0)) } ?? .null),
        ("events", .array((events[proposal.key] ?? []).map { .integer($0) })),
        (
          "judgments",
          .array(
            proposal.judgments.map { judgment in
              .object([
                ("of", .integer(judgment.judged.grade)), ("grade", .integer(judgment.grade)),
                ("reason", judgment.reason.map { .string($0) } ?? .null), ("by", .string(judgment.by.account)),
                ("at", .string(judgment.at.description)),
              ])
            })
        ),
      ] + Self.members(proposal.value))
  }

  private static func members(_ value: CasebookValue) -> [(String, JSON)] {
    [
      ("form", .string(value.source.form.description)), ("item", .string(value.source.item)),
      ("when", value.when.map { .string($0.description) } ?? .null), ("entered", .string(value.answer.description)),
      ("value", value.number.map { .number($0.trimmed.description) } ?? .null),
      ("unit", value.unit.map { .string($0) } ?? .null),
      ("low", value.range?.low.map { .number($0.trimmed.description) } ?? .null),
      ("high", value.range?.high.map { .number($0.trimmed.description) } ?? .null),
    ]
  }
}

extension JSON {
  /// A whole number; null for nil.
  init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
}
