public import ClinicalValues
public import Ledger

/// What happened to the whole study. Lists in it are sorted, so that the same fact is always the same bytes.
public enum StudyEvent: Sendable, Hashable, Codable {
  /// The ledger was begun for a study, by its id; a synthetic one holds invented people and is shown as such everywhere.
  case founded(study: String, synthetic: Bool)
  /// A slot was given to a participant at enrollment.
  case slotAllotted(participant: ParticipantID)
  /// A slot came free: its participant left before any infusion.
  case slotFreed(participant: ParticipantID)
  /// Somebody's infusion was started; any volume counts.
  case infusionBegun(participant: ParticipantID)
  /// Somebody's infusion was started at another time than was recorded.
  case infusionTimeCorrected(participant: ParticipantID, begun: Moment)

  /// The study, a site or a cohort was opened for enrollment.
  case opened(scope: StudyScope)
  /// The study, a site or a cohort was closed for enrollment.
  case closed(scope: StudyScope)
  /// The configuration test of a protocol version was passed and its report signed.
  case configurationTested(version: String, digest: Digest, report: Digest, tests: Int)
  /// A protocol version was put in force.
  case protocolPutInForce(version: String, digest: Digest, from: Moment, appliesTo: AmendmentScope)
  /// Provisional items of the version with this digest were adopted as they stand.
  case provisionalAdopted(items: [String], digest: Digest)
  /// A provisional item was changed against a former version; the version with this digest holds the change.
  case provisionalChanged(item: String, change: String, former: Digest, digest: Digest)

  /// A hold was set.
  case holdSet(hold: Hold)
  /// The board decided that a safety hold may fall; it stands until the safety officer accepts.
  case holdLiftDecided(hold: Int, ballot: Ballot)
  /// A hold fell; approvals are the documents attached to the acceptance, none for an operational one.
  case holdLifted(hold: Int, approvals: [Digest])
  /// A stopping rule was met by facts, named in `basis`, on which it had not fired before; a hold stands for it.
  case stoppingRuleFired(rule: StoppingRule, hold: Int, basis: [String], reason: String)

  /// It was asked whether a toxicity was dose-limiting.
  case dltQuestionOpened(
    question: Int, participant: ParticipantID, toxicity: QualifyingToxicity, onset: CalendarDate, about: String)
  /// The principal investigator answered.
  case dltAnswered(question: Int, answer: DLTAnswer)
  /// The safety officer confirmed the answer.
  case dltConfirmed(question: Int)
  /// The safety officer came to another answer; the board decides.
  case dltDisputed(question: Int, answer: DLTAnswer)
  /// The board decided between the two.
  case dltDecided(question: Int, answer: DLTAnswer, ballot: Ballot)

  /// Somebody became a member of the safety board.
  case boardMemberAppointed(account: AccountID, isStatistician: Bool)
  /// Somebody left the safety board.
  case boardMemberReleased(account: AccountID)
  /// The board reviewed the study, when so many participants were through the dose-limiting window.
  case boardReviewed(decision: BoardDecision, changes: String?, through: Int, report: Digest, ballot: Ballot)
  /// The board decided on somebody who was lymphodepleted when a hold fell or a DLT question opened.
  case boardDecidedOnParticipant(participant: ParticipantID, goesOn: Bool, ballot: Ballot)

  /// Something was handed out of the running study: what, up to which event, and the digest of the bytes.
  case exported(what: ExportedThing, events: Int, digest: Digest)
  /// What a command that is about no participant recorded with this event happened long before; it was entered later from
  /// a source.
  case enteredLate(entry: LateEntry)
  /// The clock of the server, by which events were recorded until then, was ahead of the time, and was set right.
  case clockSetRight(ahead: Instant, reason: String)
}

/// What can be handed out of a running study.
public enum ExportedThing: String, Sendable, Hashable, Codable, CaseIterable {
  /// The whole ledger, with what is attached.
  case ledger
  /// The screening log.
  case screeningLog
  /// The safety report as of a cut-off.
  case safetyReport
}

/// What is opened and closed. As text: `study`, `site:03`, `cohort:sle`.
public enum StudyScope: Sendable, Hashable, CustomStringConvertible {
  case study
  case site(SiteID)
  case cohort(String)

  /// The scope that a text writes.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch (parts[0], parts.count) {
    case ("study", 1): self = .study
    case ("site", 2): self = .site(try SiteID(parts[1]))
    case ("cohort", 2) where !parts[1].isEmpty: self = .cohort(String(parts[1]))
    default: throw InvalidCode(String(text), expected: "what to open or close: study, site:03 or cohort:sle")
    }
  }

  /// As in `init(_:)`.
  public var description: String {
    switch self {
    case .study: "study"
    case .site(let site): "site:\(site)"
    case .cohort(let cohort): "cohort:\(cohort)"
    }
  }
}

extension StudyScope: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }

/// Whom a protocol version holds for besides those who are registered later.
public enum AmendmentScope: String, Sendable, Hashable, Codable, CaseIterable {
  /// Those not enrolled when it comes into force; those enrolled stay under theirs.
  case notYetEnrolled
  /// Those enrolled too.
  case all
}
