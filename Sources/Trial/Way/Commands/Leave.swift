// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues

/// Records that a participant withdrew: of treatment, of visits, or of everything, and what becomes of samples and cells.
public struct Withdraw: TrialCommand {
  public static let name = "participant withdraw"
  public static let abstract = "Record a withdrawal: of treatment, of visits, or of everything."
  public static let fields = [
    .whom, CommandField("scope", "treatment (before the infusion), visits (records may be used) or everything"),
    CommandField("samples", "what becomes of samples: kept, destroyed or returned"),
    CommandField("cells", "what becomes of cells: kept, destroyed or returned"),
    CommandField("lastContact", "the day of the last contact, 2026-03-17"),
    CommandField("detail", "the reason, as far as it was given"),
  ]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// Of what.
  public let scope: Withdrawal.Scope
  /// What becomes of samples.
  public let samples: Withdrawal.Fate
  /// What becomes of cells.
  public let cells: Withdrawal.Fate
  /// The day of the last contact.
  public let lastContact: CalendarDate
  /// In words.
  public let detail: String

  public init(
    participant: ParticipantID, scope: Withdrawal.Scope, samples: Withdrawal.Fate, cells: Withdrawal.Fate,
    lastContact: CalendarDate, detail: String
  ) {
    self.participant = participant
    self.scope = scope
    self.samples = samples
    self.cells = cells
    self.lastContact = lastContact
    self.detail = detail
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.recordable(participant)
    // Who left otherwise, or withdrew of less, can still withdraw of more.
    let before = state.way.departure?.withdrawal?.scope
    guard before.map({ $0.reach < scope.reach }) ?? true else {
      throw Refusal(
        "already-withdrawn", because: "\(participant) has withdrawn of \(before?.rawValue ?? "it").",
        remedy: "A withdrawal can only go further.")
    }
    guard scope != .treatment || (state.product.infusion == nil && state.way.left == nil) else {
      throw Refusal(
        "treatment-is-over", because: "Of treatment one withdraws before the infusion, while it is still to come.",
        remedy: "Record a withdrawal of visits or of everything; else safety follow-up goes on.")
    }
    let departure = Departure(
      reason: .withdrawn, detail: detail, decidedBy: .participant, lastContact: lastContact,
      withdrawal: Withdrawal(scope: scope, samples: samples, cells: cells))
    return try departure.checked(in: situation).facts(for: state, in: situation)
  }
}

/// An investigator ends somebody's participation.
public struct Discontinue: TrialCommand {
  public static let name = "participant discontinue"
  public static let abstract = "End somebody's participation: an investigator's decision, or no infusion will follow."
  public static let fields = [
    .whom, CommandField("reason", "discontinued or neverInfused"), CommandField("detail", "why"),
    CommandField("lastContact", "the day of the last contact, 2026-03-17"),
  ]
  public static let permission = Permission.judgeAndSign

  /// Whom it is about.
  public let participant: ParticipantID
  /// Why.
  public let reason: Departure.Reason
  /// In words.
  public let detail: String
  /// The day of the last contact.
  public let lastContact: CalendarDate

  public init(participant: ParticipantID, reason: Departure.Reason, detail: String, lastContact: CalendarDate) {
    self.participant = participant
    self.reason = reason
    self.detail = detail
    self.lastContact = lastContact
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    try situation.requirePresent(state)
    guard reason == .discontinued || (reason == .neverInfused && state.product.infusion == nil) else {
      throw Refusal(
        "other-reason", because: "‘\(reason.rawValue)’ is not for an investigator to decide on \(participant).",
        remedy: "Decide on discontinued, or on neverInfused before any infusion; record all else as what it is.")
    }
    let departure = Departure(
      reason: reason, detail: detail, decidedBy: .investigator, lastContact: lastContact)
    return try departure.checked(in: situation).facts(
      for: state, in: situation, signed: "I end the participation of \(participant): \(detail)")
  }
}

/// Records a participant's death.
public struct RecordDeath: TrialCommand {
  public static let name = "participant record-death"
  public static let abstract = "Record a participant's death, with its cause as reported."
  public static let fields = [
    .whom, CommandField("cause", "the cause as reported"),
    CommandField("lastContact", "the day of the last contact, 2026-03-17"),
  ]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// As reported.
  public let cause: String
  /// The day of the last contact.
  public let lastContact: CalendarDate

  public init(participant: ParticipantID, cause: String, lastContact: CalendarDate) {
    self.participant = participant
    self.cause = cause
    self.lastContact = lastContact
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.recordable(participant)
    try Refusal.requireText(cause, "cause")
    guard state.way.died == nil else {
      throw Refusal(
        "already-dead", because: "The death of \(participant) is recorded.", remedy: "Its page shows since when.")
    }
    let died = Fact(.way(participant, .died(cause: cause)))
    guard state.way.left == nil, state.way.completed == nil else { return [died] }
    let departure = Departure(reason: .died, detail: cause, decidedBy: .nobody, lastContact: lastContact)
    return [died] + (try departure.checked(in: situation).facts(for: state, in: situation))
  }
}

extension Departure {
  /// The same; refuses a last contact that is no day or later than the departure, and one without words.
  func checked(in situation: Situation) throws(Refusal) -> Departure {
    try Refusal.requireText(detail, "reason")
    guard lastContact.precision == .day, lastContact.daysSinceEpoch <= situation.happened.day else {
      throw Refusal(
        "last-contact", because: "\(lastContact) is no day up to \(situation.happened.date).",
        remedy: "Give the day of the last contact.")
    }
    return self
  }

  /// The departure, and the slot that comes free where nothing was infused.
  func facts(for participant: ParticipantState, in situation: Situation, signed: String? = nil) -> [Fact] {
    let left = Fact(.way(participant.id, .left(departure: self)), signed: signed)
    return [left] + (situation.state.study.freedSlot(of: participant.id).map { [$0] } ?? [])
  }
}

extension Withdrawal.Scope {
  /// How far it goes.
  fileprivate var reach: Int {
    switch self {
    case .treatment: 1
    case .visits: 2
    case .everything: 3
    }
  }
}
