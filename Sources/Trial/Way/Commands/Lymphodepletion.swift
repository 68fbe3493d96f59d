// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Records the first dose of lymphodepletion, behind its gate.
public struct StartLymphodepletion: TrialCommand {
  public static let name = "participant start-lymphodepletion"
  public static let abstract = "Record the first dose of lymphodepletion: every line of its gate must be true."
  public static let fields = [CommandField.whom]
  public static let permission = Permission.bedsideAndInfusion
  public static let passesGate = true

  /// Whom it is about.
  public let participant: ParticipantID

  public init(participant: ParticipantID) { self.participant = participant }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.notInfused(participant)
    let lines = try situation.pass(.lymphodepletion, for: participant)
    let dose = LymphodepletionDose(
      number: 1, round: state.way.lymphodepletionRounds + 1, infusable: situation.infusableDays, gate: lines,
      outsideGate: false)
    return [Fact(.way(participant, .lymphodepletionGiven(dose: dose)))]
  }
}

/// Records a further dose of lymphodepletion, on the investigator's word that nothing new speaks against it.
public struct ContinueLymphodepletion: TrialCommand {
  public static let name = "participant continue-lymphodepletion"
  public static let abstract =
    "Record a further dose of lymphodepletion; an investigator says that nothing new speaks against it."
  public static let fields = [.whom, CommandField("nothingNew", "true: nothing new speaks against this dose")]
  public static let permission = Permission.judgeAndSign

  /// Whom it is about.
  public let participant: ParticipantID
  /// Whether nothing new speaks against the dose.
  public let nothingNew: Bool

  public init(participant: ParticipantID, nothingNew: Bool) {
    self.participant = participant
    self.nothingNew = nothingNew
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.notInfused(participant)
    try situation.requireUnfinishedLymphodepletion(of: state)
    guard nothingNew else {
      throw Refusal(
        "something-new", because: "Something new speaks against this dose.",
        remedy: "Wait, or sign lymphodepletion as ended, with the reason.")
    }
    guard let last = state.way.lymphodepletionDoses.last, situation.happened.day > last.day else {
      throw Refusal(
        "same-day", because: "A dose of lymphodepletion was given on \(situation.happened.date) or later.",
        remedy: "The doses are given on consecutive days.")
    }
    let number = state.way.lymphodepletionDoses.count + 1
    let dose = LymphodepletionDose(
      number: number, round: state.way.lymphodepletionRounds,
      infusable: try infusable(after: state.way.lymphodepletionDoses, situation), gate: [], outsideGate: false)
    return [
      Fact(
        .way(participant, .lymphodepletionGiven(dose: dose)),
        signed: "Nothing new speaks against dose \(number) of lymphodepletion for \(participant).")
    ] + notConsecutive(number, after: last, situation)
  }

  /// The days on which the infusion may begin after this dose. A dose that comes late does not put off when lymphodepletion has run out:
  /// that counts from the consecutive days on which it was to be given.
  private func infusable(after doses: [Moment], _ situation: Situation) throws(Refusal) -> ClosedRange<Int> {
    let way = situation.plan.way
    let days = situation.infusableDays
    guard let first = doses.first else { return days }
    let last = first.day + way.lymphodepletionDays - 1 + way.infusionAfterLastDose.upperBound
    guard days.lowerBound <= last else {
      throw Refusal(
        "run-out", because: "After a dose so late no day is left on which the infusion may begin.",
        remedy: "An investigator signs lymphodepletion as ended, with the reason.")
    }
    return days.lowerBound...min(days.upperBound, last)
  }

  private func notConsecutive(_ number: Int, after last: Moment, _ situation: Situation) -> [Fact] {
    let days = situation.happened.day - last.day
    guard days > 1 else { return [] }
    let what =
      "Dose \(number) of lymphodepletion was given \(days) days after the one before; they are given on "
      + "consecutive days."
    return [situation.deviation(.medication, what, of: participant, severity: .important)]
  }
}

/// An investigator signs lymphodepletion as ended before its last planned dose.
public struct EndLymphodepletion: TrialCommand {
  public static let name = "participant end-lymphodepletion"
  public static let abstract = "Sign lymphodepletion as ended, with the reason for the doses left out."
  public static let fields: [CommandField] = [.whom, .why]
  public static let permission = Permission.judgeAndSign

  /// Whom it is about.
  public let participant: ParticipantID
  /// Why.
  public let reason: String

  public init(participant: ParticipantID, reason: String) {
    self.participant = participant
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.notInfused(participant)
    try Refusal.requireText(reason, "reason")
    try situation.requireUnfinishedLymphodepletion(of: state)
    return [
      Fact(
        .way(participant, .lymphodepletionEnded(reason: reason)),
        signed: "I end lymphodepletion of \(participant) after \(state.way.lymphodepletionDoses.count) doses: \(reason)"
      )
    ]
  }
}

/// An investigator gives the written reason for an infusion long after the last dose of lymphodepletion.
public struct JustifyDelay: TrialCommand {
  public static let name = "participant justify-delay"
  public static let abstract = "Give the written reason for an infusion long after the last dose of lymphodepletion."
  public static let fields: [CommandField] = [.whom, .why]
  public static let permission = Permission.judgeAndSign

  /// Whom it is about.
  public let participant: ParticipantID
  /// Why.
  public let reason: String

  public init(participant: ParticipantID, reason: String) {
    self.participant = participant
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.notInfused(participant)
    try Refusal.requireText(reason, "reason")
    guard state.way.isConditioned(onDay: situation.happened.day) else {
      throw Refusal(
        "not-conditioned", because: "No lymphodepletion counts at present.",
        remedy: "What has run out is given once more at most, or the participant leaves.")
    }
    return [
      Fact(
        .way(participant, .infusionDelayJustified(reason: reason)),
        signed: "I justify the late infusion of \(participant): \(reason)")
    ]
  }
}

extension Situation {
  /// The days on which the infusion may begin if a dose given now stays the last.
  var infusableDays: ClosedRange<Int> {
    let after = plan.way.infusionAfterLastDose
    return (happened.day + after.lowerBound)...(happened.day + after.upperBound)
  }

  /// Refuses unless a round runs that has doses left.
  fileprivate func requireUnfinishedLymphodepletion(of participant: ParticipantState) throws(Refusal) {
    guard participant.way.isConditioned(onDay: happened.day), !participant.way.isLymphodepleted(plan.way) else {
      throw Refusal(
        "no-lymphodepletion-under-way", because: "No lymphodepletion with doses left is under way.",
        remedy: participant.way.lymphodepletionDoses.isEmpty
          ? "Its first dose is given behind its gate." : "It is complete, ended or has run out.")
    }
  }
}
