import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import Trial

extension ParticipantViews {
  /// What was decided on eligibility, on what, and whether it still comes out the same.
  struct EligibilityView: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "eligibility",
      abstract:
        "The decisions on eligibility with what they were made on, computed once more with the version of that day."
    )

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let visit = try await view.open()
        try await visit.requireReader()
        let found = try await visit.participant(participant)
        let state = try await visit.running.live.state()
        let decisions = try await visit.running.live.eligibilityDecisions(of: found.id)
        return .view(
          text: { DecisionText.text(decisions, of: found.id) },
          json: {
            marked(
              state,
              [
                ("participant", .string(found.id.description)),
                ("decisions", .array(decisions.map { DecisionText.json($0) })),
              ])
          })
      }
    }
  }

  /// The screening log.
  struct Log: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "log",
      abstract: "The screening log: who was considered, what became of it, why not; as a table, CSV or JSON.")

    @Flag(help: "As CSV, for a spreadsheet: an export, which is recorded and not every role's right.") var csv = false
    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let visit = try await view.open()
        try await visit.requireReader()
        let state = try await visit.running.live.state()
        let site = visit.actor.role.isOfSite ? visit.actor.site : nil
        let events = try await visit.events()
        let log = ScreeningLog(events, site: site)
        if csv {
          let export = Export(.screeningLog, events: events.last?.position ?? 0, digest: Digest(of: log.csv))
          try await visit.running.live.record(export, by: visit.actor, origin: .commandLine)
        }
        return .view(
          text: { csv ? log.csv : table(log) },
          json: { marked(state, [("candidates", .array(log.rows.map(ParticipantViews.json)))]) })
      }
    }

    private func table(_ log: ScreeningLog) -> String {
      var table = Table("number", "site", "cohort", "round", "registered", "outcome", "why")
      for row in log.rows {
        let why = (row.failing + [row.reason].compactMap(\.self)).joined(separator: ", ")
        table.add(
          row.participant.description, row.site.description, row.cohort ?? "any", "\(row.round)",
          EventText.clock(row.registered), row.outcome.rawValue, why)
      }
      return table.text(whenEmpty: "Nobody was considered.")
    }
  }

  private static func json(_ row: ScreeningLog.Row) -> JSON {
    .object([
      ("participant", .string(row.participant.description)), ("site", .string(row.site.description)),
      ("cohort", JSON(row.cohort)), ("registered", .string(row.registered.description)),
      ("consented", JSON(row.consented?.description)), ("round", .integer(row.round)),
      ("outcome", .string(row.outcome.rawValue)), ("decided", JSON(row.decided?.description)),
      ("decidedBy", JSON(row.decidedBy)), ("failing", .strings(row.failing)), ("reason", JSON(row.reason)),
    ])
  }
}

/// Decisions on eligibility, shown with what they rest on.
enum DecisionText {
  static func text(_ decisions: [DecidedEligibility], of participant: ParticipantID) -> String {
    guard !decisions.isEmpty else { return "Nothing was decided on the eligibility of \(participant).\n" }
    return decisions.map(text).joined(separator: "\n")
  }

  private static func text(_ decision: DecidedEligibility) -> String {
    var page = Page()
    let what = decision.isEligible ? "eligible" : "screening failed"
    page.line(
      "\(EventText.clock(decision.signed)): \(what), cohort \(decision.cohort ?? "any") (event \(decision.position))")
    for signature in decision.signatures { page.entry("  signed", signature.manifestation, labelWidth: 12) }
    guard let frozen = decision.frozen else {
      page.line("  It rests on a reason in words, not on an assessment.")
      return page.text
    }
    page.entry("  criteria", "protocol version \(frozen.protocolVersion.version), as of \(frozen.asOf)", labelWidth: 12)
    page.entry("  record", "SHA-256 \(frozen.record)", labelWidth: 12)
    page.entry("  today", reproduction(decision), labelWidth: 12)
    let reasons = Dictionary(
      (decision.report?.criteria ?? []).map { ($0.id, $0.reason) }, uniquingKeysWith: { first, _ in first })
    let now = Dictionary(
      (decision.recomputed ?? []).map { ($0.id, $0.outcome) }, uniquingKeysWith: { first, _ in first })
    for criterion in frozen.criteria {
      let changed = now[criterion.id].map { $0 == criterion.outcome ? "" : " (today: \($0.rawValue))" } ?? ""
      page.entry(
        "  \(criterion.id)", "\(criterion.outcome.rawValue)\(changed)  \(reasons[criterion.id] ?? "")", labelWidth: 12)
    }
    return page.text
  }

  private static func reproduction(_ decision: DecidedEligibility) -> String {
    switch decision.isReproduced {
    case true: "comes out the same, criterion by criterion"
    case false: "COMES OUT DIFFERENTLY: tell data management at once"
    case nil: "cannot be computed: what names this participant was erased"
    }
  }

  static func json(_ decision: DecidedEligibility) -> JSON {
    .object([
      ("position", .integer(decision.position)), ("signed", .string(decision.signed.description)),
      ("outcome", .string(decision.isEligible ? "eligible" : "failed")), ("cohort", JSON(decision.cohort)),
      ("signatures", .strings(decision.signatures.map(\.manifestation))),
      ("protocolVersion", JSON(decision.frozen?.protocolVersion.version)),
      ("asOf", JSON(decision.frozen?.asOf.description)), ("record", JSON(decision.frozen?.record.description)),
      ("reproduced", decision.isReproduced.map { .boolean($0) } ?? .null),
      ("criteria", .array((decision.frozen?.criteria ?? []).map(json))),
      ("recomputed", decision.recomputed.map { .array($0.map(json)) } ?? .null),
    ])
  }

  private static func json(_ criterion: AssessmentSummary.Criterion) -> JSON {
    .object([("id", .string(criterion.id)), ("outcome", .string(criterion.outcome.rawValue))])
  }
}
