// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Records an attempt to reach a participant that failed.
public struct AttemptContact: TrialCommand {
  public static let name = "participant attempt-contact"
  public static let abstract = "Record an attempt to reach the participant that failed."
  public static let fields = [.whom, CommandField("inWriting", "true: in writing")]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// Whether it was in writing.
  public let inWriting: Bool

  public init(participant: ParticipantID, inWriting: Bool) {
    self.participant = participant
    self.inWriting = inWriting
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    _ = try situation.active(participant)
    return [Fact(.way(participant, .contactAttempted(inWriting: inWriting)))]
  }
}

/// Records that a participant is lost to follow-up, after enough attempts.
public struct LoseToFollowUp: TrialCommand {
  public static let name = "participant lose"
  public static let abstract = "Record that a participant is lost to follow-up, after enough attempts to reach them."
  public static let fields = [.whom, CommandField("lastContact", "the day of the last contact, 2026-03-17")]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// The day of the last contact.
  public let lastContact: CalendarDate

  public init(participant: ParticipantID, lastContact: CalendarDate) {
    self.participant = participant
    self.lastContact = lastContact
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.active(participant)
    let needed = situation.plan.way.contactAttempts
    let attempts = state.way.contactAttempts.filter { $0.day <= situation.happened.day }
    let days = Set(attempts.map(\.day)).count
    guard days >= needed, attempts.contains(where: \.inWriting) else {
      throw Refusal(
        "too-few-attempts",
        because:
          "Attempts on \(days) days are recorded, \(attempts.contains(where: \.inWriting) ? "" : "none ")in writing.",
        remedy: "\(needed) attempts on different days, one of them in writing, come first.")
    }
    let departure = Departure(
      reason: .lostToFollowUp, detail: "not reached in attempts on \(days) days", decidedBy: .nobody,
      lastContact: lastContact)
    return try departure.checked(in: situation).facts(for: state, in: situation)
  }
}

/// Records that somebody lost to follow-up was found again.
public struct FindAgain: TrialCommand {
  public static let name = "participant return"
  public static let abstract = "Record that a participant who was lost to follow-up was found again."
  public static let fields = [CommandField.whom]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID

  public init(participant: ParticipantID) { self.participant = participant }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.recordable(participant)
    guard state.way.departure?.reason == .lostToFollowUp, let left = state.way.left, situation.hasCome(left) else {
      throw Refusal(
        "not-lost", because: "\(participant) is not lost to follow-up.", remedy: "Only who was lost is found again.")
    }
    if let died = state.way.died {
      throw Refusal(
        "after-death", because: "\(participant) died at \(died).",
        remedy: "What happened before is entered with its time; who has died does not come back.")
    }
    let returned = Fact(.way(participant, .returned))
    let study = situation.state.study
    guard state.way.enrolled != nil, state.product.infusion == nil, !study.slots.contains(participant) else {
      return [returned]
    }
    // The slot came free when the participant was lost before the infusion.
    guard study.freeSlots(of: situation.plan.way) > 0 else {
      throw Refusal(
        "no-free-slot", because: "The slot of \(participant) was given to somebody else, and none is free.",
        remedy: "The participant returns when one comes free.")
    }
    return [returned, Fact(.study(.slotAllotted(participant: participant)))]
  }
}
