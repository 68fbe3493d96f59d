// Trial is the conduct of a study as values: commands, events, state and views of participants, their cells, the study,
// its sites and its people. A folder each: Way (consent to Month 24), Product (identity and custody), Gates, Study
// (openness, holds, the board), People (accounts, roles, delegation), Casebook (forms, queries, marks, laboratories),
// Corrections (what was recorded by command and was wrong),
// Visits (a participant's calendar), Watching (what time alone leads to), Safety (adverse events and what follows from them),
// Grading (grades and courses proposed from the casebook),
// Telling (events as sentences).
//
// Not here: clocks, randomness, stores, passwords (Conduct), what CQL decides (Rules; it comes in as findings), pages.
//
// Always true: state follows from events alone and no status is set by hand; a command decides from (state, plan, who,
// when) and is refused whole or accepted whole; a gate that is unknown is closed; what happened is recorded even where
// it should not have happened.

public import ClinicalValues
public import Ledger

/// Everything that the events of a trial say, folded.
public struct TrialState: Sendable, Hashable {
  /// The whole study: openness, slots, protocol versions, holds, DLT questions, the board.
  public var study = StudyState()
  /// Every site of which something is recorded.
  public var sites: [SiteID: SiteState] = [:]
  /// Every participant of whom something is recorded, candidates with them.
  public var participants: [ParticipantID: ParticipantState] = [:]
  /// Accounts with their roles and training, and the delegation log.
  public var people = PeopleState()
  /// Deviations and report clocks that are no participant's.
  public var record = RecordState()
  /// Normal ranges of laboratories.
  public var laboratories = LaboratoryState()

  /// The state before the first event.
  public init() {}

  /// The state after one more event.
  public mutating func apply(_ recorded: Recorded<TrialEvent>) {
    switch recorded.event {
    case .way(let id, let event):
      participants[id, default: ParticipantState(id: id)].apply(recorded)
      if case .corrected(.death(_, nil), _) = event { study.forgetDeath(of: id) }
    case .product(let id, _): participants[id, default: ParticipantState(id: id)].apply(recorded)
    case .record(let id, let event):
      participants[id, default: ParticipantState(id: id)].record.apply(recorded.map { _ in event })
    case .studyRecord(let event): record.apply(recorded.map { _ in event })
    case .study(let event):
      study.apply(recorded.map { _ in event })
      if case .clockSetRight = event { people.clockSetRight(at: recorded.recorded) }
    case .site(let id, let event): sites[id, default: SiteState(id: id)].apply(recorded.map { _ in event })
    case .people(let event): people.apply(recorded.map { _ in event })
    case .casebook(let id, let event):
      participants[id, default: ParticipantState(id: id)].casebook.apply(recorded.map { _ in event })
    case .safety(let id, let event):
      participants[id, default: ParticipantState(id: id)].safety.apply(recorded.map { _ in event })
    case .grade(let id, let event):
      participants[id, default: ParticipantState(id: id)].grades.apply(recorded.map { _ in event })
    case .laboratory(let site, let event): laboratories.apply(recorded.map { _ in event }, of: site)
    }
  }
}

/// One participant: the way of the person and the way of the cells, in one stream.
public struct ParticipantState: Sendable, Hashable {
  /// Who it is.
  public let id: ParticipantID
  /// Where the person stands, from candidate to Month 24.
  public var way = WayState()
  /// Where the cells stand, from the chain of identity to the end of each bag.
  public var product = ProductState()
  /// Deviations and report clocks.
  public var record = RecordState()
  /// Forms, queries and the marks beside them.
  public var casebook = CasebookState()
  /// What visits are counted from, with its history, and what shows that one was held.
  public var visits = VisitHistory()
  /// What was recorded of way and cells, of which the three above are made.
  public internal(set) var entries = Entries()
  /// What has followed by itself from safety data.
  public var safety = SafetyState()
  /// What was said of proposed grades.
  public var grades = GradeState()

  /// A participant of whom nothing is recorded.
  public init(id: ParticipantID) { self.id = id }
}

/// A ledger event of the trial, with the stream that it belongs to.
public enum TrialEvent: Sendable, Hashable {
  /// What happened to a participant.
  case way(ParticipantID, WayEvent)
  /// What happened to a participant's cells.
  case product(ParticipantID, ProductEvent)
  /// What was recorded of a participant's deviations and report clocks.
  case record(ParticipantID, RecordEvent)
  /// The same, where it concerns no participant.
  case studyRecord(RecordEvent)
  /// What happened to the whole study.
  case study(StudyEvent)
  /// What happened at a site.
  case site(SiteID, SiteEvent)
  /// What happened to accounts.
  case people(PeopleEvent)
  /// What was recorded in a participant's casebook.
  case casebook(ParticipantID, CasebookEvent)
  /// What followed by itself from a participant's safety data.
  case safety(ParticipantID, SafetyEvent)
  /// What was said of the grades that a participant's values propose.
  case grade(ParticipantID, GradeEvent)
  /// What was recorded of laboratories: those of a site, or of the whole study.
  case laboratory(SiteID?, LaboratoryEvent)
}

/// An event with what its envelope says of it.
public struct Recorded<Event: Sendable & Hashable>: Sendable, Hashable {
  /// What happened.
  public let event: Event
  /// When it happened, where that was.
  public let happened: Moment
  /// When the ledger took it.
  public let recorded: Instant
  /// Who acted.
  public let actor: Actor
  /// Why, where a reason was given.
  public let reason: String?
  /// Who signed it.
  public let signatures: [Signature]
  /// Where it stands in the ledger; 0 for one that is not there yet.
  public let position: Position

  /// An event with these circumstances; without a position it is not in the ledger yet.
  public init(
    _ event: Event, happened: Moment, recorded: Instant, actor: Actor, reason: String? = nil,
    signatures: [Signature] = [], position: Position = 0
  ) {
    self.event = event
    self.happened = happened
    self.recorded = recorded
    self.actor = actor
    self.reason = reason
    self.signatures = signatures
    self.position = position
  }

  /// The same with another event.
  public func map<Other>(_ change: (Event) -> Other) -> Recorded<Other> {
    Recorded<Other>(
      change(event), happened: happened, recorded: recorded, actor: actor, reason: reason, signatures: signatures,
      position: position)
  }
}
