public import ClinicalValues
internal import Ledger
public import Trial

/// Who was considered for the study, and why those who did not join did not: a view of the ledger, without names.
public struct ScreeningLog: Sendable, Hashable {
  /// What became of a candidate in one round of screening.
  public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// Registered, and no consent given.
    case candidate
    /// Consent given, no decision.
    case undecided
    /// Screening failed.
    case failed
    /// Found eligible, and not enrolled.
    case eligible
    case enrolled
    /// Left before a decision, or before enrollment.
    case left
  }

  /// One candidate in one round.
  public struct Row: Sendable, Hashable {
    /// The number.
    public let participant: ParticipantID
    /// Where the candidate was registered.
    public let site: SiteID
    /// The cohort that was meant or decided on; nil for any.
    public internal(set) var cohort: String?
    /// When the candidate was registered.
    public let registered: Moment
    /// When consent was first given.
    public internal(set) var consented: Moment?
    /// The round of screening: 2 for somebody who is screened again.
    public internal(set) var round = 1
    /// What became of it.
    public internal(set) var outcome = Outcome.candidate
    /// When that was decided.
    public internal(set) var decided: Moment?
    /// Who decided.
    public internal(set) var decidedBy: String?
    /// The criteria that failed.
    public internal(set) var failing: [String] = []
    /// The reason, in words.
    public internal(set) var reason: String?
    /// What stood before the candidate left, should that have been recorded in error.
    fileprivate var beforeLeaving: Standing?
  }

  /// What became of a candidate, by whom and why.
  fileprivate struct Standing: Sendable, Hashable {
    let outcome: Outcome
    let decided: Moment?
    let decidedBy: String?
    let reason: String?
  }

  /// By participant and round.
  public let rows: [Row]

  /// The log that the events of a ledger, in their order, give; of one site, or of all.
  public init(_ events: some Sequence<Recorded<TrialEvent>>, site: SiteID? = nil) {
    var rounds: [ParticipantID: [Row]] = [:]
    for recorded in events {
      guard case .way(let participant, let event) = recorded.event else { continue }
      ScreeningLog.add(recorded.map { _ in event }, of: participant, to: &rounds[participant, default: []])
    }
    self.rows = rounds.values.flatMap { $0 }.filter { site == nil || $0.site == site }
      .sorted { ($0.participant, $0.round) < ($1.participant, $1.round) }
  }

  private static func add(_ recorded: Recorded<WayEvent>, of participant: ParticipantID, to rows: inout [Row]) {
    if case .registered(let site, let cohort) = recorded.event {
      rows.append(Row(participant: participant, site: site, cohort: cohort, registered: recorded.happened))
      return
    }
    guard var row = rows.last else { return }
    switch recorded.event {
    case .consented:
      row.consented = row.consented ?? recorded.happened
      if row.outcome == .candidate { row.outcome = .undecided }
    case .screeningStarted(let round):
      if round > row.round {
        // Somebody who is screened again keeps the number and the first round's line.
        row.round = round
        row.settle(.undecided, nil)
        row.failing = []
        row.reason = nil
        rows.append(row)
        return
      }
      if row.outcome == .candidate { row.outcome = .undecided }
    case .foundEligible(let decision):
      row.cohort = decision.cohort
      row.failing = []
      row.reason = nil
      row.settle(.eligible, recorded)
    case .screeningFailed(let failure):
      row.failing = failure.failing
      row.reason = failure.reason
      row.settle(.failed, recorded)
    case .eligibilityQuestioned:
      // A failure that is questioned does not stand until an investigator has decided anew.
      guard row.outcome == .failed else { return }
      row.failing = []
      row.reason = nil
      row.settle(.undecided, nil)
    case .enrolled(let cohort, _):
      row.cohort = cohort
      row.settle(.enrolled, recorded)
    case .left(let departure):
      // Who leaves after enrollment has joined; that is no matter of screening.
      guard row.outcome != .enrolled, row.outcome != .failed else { return }
      if row.outcome != .left {
        row.beforeLeaving = Standing(
          outcome: row.outcome, decided: row.decided, decidedBy: row.decidedBy, reason: row.reason)
      }
      row.reason = "\(departure.reason.rawValue): \(departure.detail)"
      row.settle(.left, recorded)
    case .corrected(.withdrawal, _), .corrected(.death(_, nil), _):
      guard row.outcome == .left, let before = row.beforeLeaving else { return }
      (row.outcome, row.decided, row.decidedBy) = (before.outcome, before.decided, before.decidedBy)
      (row.reason, row.beforeLeaving) = (before.reason, nil)
    default: return
    }
    rows[rows.count - 1] = row
  }
}

extension ScreeningLog.Row {
  fileprivate mutating func settle(_ outcome: ScreeningLog.Outcome, _ recorded: Recorded<WayEvent>?) {
    self.outcome = outcome
    decided = recorded?.happened
    decidedBy = recorded?.signatures.first?.name ?? recorded?.actor.account
  }
}

extension ScreeningLog {
  /// The log as CSV (RFC 4180), a header first.
  public var csv: String {
    let header = [
      "participant", "site", "cohort", "registered", "consented", "round", "outcome", "decided", "decidedBy", "failing",
      "reason",
    ]
    let lines = rows.map { row in
      [
        row.participant.description, row.site.description, row.cohort ?? "any", row.registered.description,
        row.consented?.description ?? "", String(row.round), row.outcome.rawValue, row.decided?.description ?? "",
        row.decidedBy ?? "", row.failing.joined(separator: " "), row.reason ?? "",
      ]
    }
    return ([header] + lines).map { $0.map(ScreeningLog.cell).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A cell; text that a spreadsheet would run as a formula gets an apostrophe before it.
  private static func cell(_ text: String) -> String {
    let safe = text.first.map { "=+-@\t\r".contains($0) } ?? false ? "'" + text : text
    guard safe.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
