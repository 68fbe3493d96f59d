import ClinicalValues
import Ledger
import StudyDesign

extension Situation {
  /// The same at another moment, as some events would leave it: by the rules of a command it is seen whether what is said
  /// now could have been recorded then.
  func asOf(_ moment: Moment, after events: [TrialEvent]) -> Situation {
    var state = self.state
    let actor = Actor(
      account: self.actor.account.description, role: self.actor.role.rawValue, site: self.actor.site?.description)
    for event in events {
      state.apply(Recorded(event, happened: happened, recorded: now, actor: actor, position: .max))
    }
    var other = Situation(
      state: state, plan: plan, protocolVersion: protocolVersion, actor: self.actor, together: together,
      happened: moment, now: now, pictures: pictures, late: late, casebook: casebook, forms: forms, gates: gates)
    other.books = books
    other.endOfDay = endOfDay
    return other
  }

  /// A participant of whom something is corrected; refuses a correction without its reason.
  func corrected(_ id: ParticipantID, because reason: String) throws(Refusal) -> ParticipantState {
    try Refusal.requireText(reason, "reason")
    return try participant(id)
  }

  /// Refuses a time that is still to come.
  func requirePast(_ moment: Moment) throws(Refusal) {
    guard moment.instant <= now else {
      throw Refusal(
        "not-yet", because: "This is said to have happened at \(moment), which is still to come.",
        remedy: "Give the time at which it happened.")
    }
  }

  /// The slot that goes back to somebody who is found not to have left; nothing where none came free.
  func slotGivenBack(to participant: ParticipantState) throws(Refusal) -> [Fact] {
    let study = state.study
    guard participant.way.enrolled != nil, participant.product.infusion == nil, !study.slots.contains(participant.id)
    else { return [] }
    guard study.freeSlots(of: plan.way) > 0 else {
      throw Refusal(
        "no-free-slot", because: "The slot of \(participant.id) was given to somebody else, and none is free.",
        remedy: "It is corrected when one comes free; until then, open a deviation.")
    }
    return [Fact(.study(.slotAllotted(participant: participant.id)))]
  }
}

extension Refusal {
  /// Of a correction that changes nothing.
  public static let nothingCorrected = Refusal(
    "nothing-corrected", because: "This says what is recorded already.",
    remedy: "Say what was otherwise, and how it was.")

  /// Refuses corrected values of what is said to have been recorded in error.
  static func requireAlone(_ inError: Bool?, isCorrected: Bool) throws(Refusal) {
    guard inError == true, isCorrected else { return }
    throw Refusal(
      "in-error-or-corrected", because: "What was recorded in error has no corrected values.",
      remedy: "Say that it was recorded in error, or how it was; not both.")
  }
}

extension CommandField {
  /// That nothing of it was so.
  static let inError = CommandField(
    "inError", "true: this was recorded in error, nothing of it was so; leave out what was otherwise", optional: true)
  /// Why what is recorded is corrected.
  static let whyCorrected = CommandField("reason", "why what is recorded is wrong, in a sentence")
}
