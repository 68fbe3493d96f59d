// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Takes back that something is ready: it was confirmed wrongly, or is not so any more.
public struct TakeBackConfirmation: TrialCommand {
  public static let name = "participant take-back-confirmation"
  public static let abstract = "Take back that something is ready: it was confirmed wrongly, or is not so any more."
  public static let fields = [
    .whom, CommandField("item", Readiness.allCases.map(\.rawValue).joined(separator: ", ")), .whyCorrected,
  ]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// What is not ready.
  public let item: Readiness
  /// Why.
  public let reason: String

  public init(participant: ParticipantID, item: Readiness, reason: String) {
    self.participant = participant
    self.item = item
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    guard state.way.readiness[item] != nil else {
      throw Refusal(
        "not-confirmed", because: "Nothing is confirmed that could be taken back.", remedy: "Nothing has to change.")
    }
    let event = WayEvent.corrected(correction: .readiness(item: item), reason: reason)
    guard state.product.infusion != nil else { return [Fact(.way(participant, event))] }
    // What the gate saw stays as it saw it; that it was not so is a departure of its own.
    let what = "What was confirmed before the infusion was not so: \(item.words). \(reason)"
    return [Fact(.way(participant, event)), situation.deviation(.other, what, of: participant, severity: .critical)]
  }
}

/// Takes back an attempt to reach a participant that was not made.
public struct TakeBackContact: TrialCommand {
  public static let name = "participant take-back-contact"
  public static let abstract = "Take back an attempt to reach the participant that was recorded and not made."
  public static let fields = [
    .whom, CommandField("on", "the day for which it is recorded, 2026-03-17"),
    CommandField("inWriting", "true: in writing"), .whyCorrected,
  ]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// The day for which it is recorded.
  public let on: CalendarDate
  /// Whether it is recorded as in writing.
  public let inWriting: Bool
  /// Why what is recorded is wrong.
  public let reason: String

  public init(participant: ParticipantID, on: CalendarDate, inWriting: Bool, reason: String) {
    self.participant = participant
    self.on = on
    self.inWriting = inWriting
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    let recorded = WayEvent.contactAttempted(inWriting: inWriting)
    guard let attempt = state.entries.all.last(where: { $0.way == recorded && $0.happened.date == on }) else {
      throw Refusal(
        "no-such-attempt", because: "No such attempt to reach \(participant) is recorded for \(on).",
        remedy: "The timeline shows the attempts.")
    }
    let correction = WayCorrection.contactAttempt(was: attempt.happened, inWriting: inWriting)
    let fact = Fact(.way(participant, .corrected(correction: correction, reason: reason)))
    guard state.way.departure?.reason == .lostToFollowUp else { return [fact] }
    let what = "An attempt to reach the participant on \(on), before the loss to follow-up, was not made. \(reason)"
    return [fact, situation.deviation(.other, what, of: participant)]
  }
}

/// Takes back a pregnancy that there is not. As long as a gate may be passed it holds it closed: an investigator signs that
/// it does not any more.
public struct TakeBackPregnancy: TrialCommand {
  public static let name = "participant take-back-pregnancy"
  public static let abstract = "Take back a pregnancy that was recorded in error."
  public static let fields = [.whom, CommandField("of", "participant or partner"), .whyCorrected]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// Of whom it is recorded.
  public let of: Expectant
  /// Why what is recorded is wrong.
  public let reason: String

  public init(participant: ParticipantID, of: Expectant, reason: String) {
    self.participant = participant
    self.of = of
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    guard state.way.pregnancies.contains(of) else {
      throw Refusal(
        "not-reported", because: "No pregnancy of the \(of.rawValue) is open.", remedy: "Nothing has to change.")
    }
    let event = WayEvent.corrected(correction: .pregnancy(of: of), reason: reason)
    guard situation.mayPassGate(state) else { return [Fact(.way(participant, event))] }
    try situation.authorize(.judgeAndSign, sites: sites, participants: participants)
    return [
      Fact(
        .way(participant, event),
        signed: "There is no pregnancy of the \(of.rawValue) (\(participant)); it was recorded in error: \(reason)")
    ]
  }
}

/// An investigator takes back a withdrawal that was recorded in error, for the wrong participant.
///
/// A withdrawal is the participant's right: what they once wished is not taken back by it, only what they never said.
public struct TakeBackWithdrawal: TrialCommand {
  public static let name = "participant take-back-withdrawal"
  public static let abstract = "Take back a withdrawal that the participant never declared, as an investigator."
  public static let fields: [CommandField] = [.whom, .whyCorrected]
  public static let permission = Permission.judgeAndSign

  /// Whom it is about.
  public let participant: ParticipantID
  /// Why what is recorded is wrong.
  public let reason: String

  public init(participant: ParticipantID, reason: String) {
    self.participant = participant
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    guard let left = state.way.left, state.way.departure?.withdrawal != nil else {
      throw Refusal(
        "not-withdrawn", because: "No withdrawal of \(participant) stands.",
        remedy: "An investigator's decision is not taken back; who was lost to follow-up is recorded as found again.")
    }
    let event = WayEvent.corrected(correction: .withdrawal(was: left), reason: reason)
    let fact = Fact(
      .way(participant, event), signed: "\(participant) has not withdrawn; this was recorded in error: \(reason)")
    let after = situation.asOf(situation.happened, after: [.way(participant, event)])
    // Who had left before, or has died since, does not take part again by it.
    guard let way = after.state.participants[participant]?.way, way.left == nil, way.died == nil else { return [fact] }
    return [fact] + (try situation.slotGivenBack(to: state))
  }
}
