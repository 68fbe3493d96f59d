import ClinicalValues

extension Situation {
  /// Whether what ends something counts at the moment of the command: it had come by then, or its time is still to come,
  /// which only a clock that was ahead gives. What closes stands.
  func hasCome(_ end: Moment) -> Bool { end <= happened || isStillToCome(end) }

  /// The same where what is of that very moment is still recorded, as a death and the last visit are.
  private func hasPassed(_ end: Moment) -> Bool { end < happened || isStillToCome(end) }

  /// Whether the time of what ends something is one that a clock that was ahead has given.
  func isStillToCome(_ end: Moment) -> Bool { now < end.instant }

  /// Whether a participant's consent is in force at the moment of the command.
  func isConsentInForce(_ way: WayState) -> Bool {
    way.consentInForce(at: happened) && ![way.left, way.died].compactMap(\.self).contains { hasCome($0) }
  }

  /// A participant of whom something may be recorded that happened at the moment of the command: who had consented by
  /// then, had not withdrawn from everything and was alive.
  func recordable(_ id: ParticipantID) throws(Refusal) -> ParticipantState {
    let participant = try self.participant(id)
    guard participant.way.consents.contains(where: { $0.signed <= happened }) else {
      throw Refusal(
        "no-consent", because: "\(id) had not consented at \(happened).",
        remedy: "Of a candidate only data that the hospital's record already holds are taken over.")
    }
    if let died = participant.way.died, hasPassed(died) {
      throw Refusal(
        "after-death", because: "\(id) died at \(died).", remedy: "Give the time at which it happened, before that.")
    }
    try requireNotWithdrawnFromEverything(participant)
    return participant
  }

  /// Refuses for somebody who had withdrawn from everything by the moment of the command. Alone it is asked where more
  /// than this must stay possible: that something was done without consent is told, too.
  func requireNotWithdrawnFromEverything(_ participant: ParticipantState) throws(Refusal) {
    guard participant.way.departure?.withdrawal?.scope == .everything, let left = participant.way.left, hasCome(left)
    else { return }
    throw Refusal(
      "withdrawn-from-everything", because: "\(participant.id) withdrew from everything at \(left).",
      remedy: "Nothing that happened later is recorded; what happened before may be entered with its time.")
  }

  /// A participant who takes part at the moment of the command: recordable, and in the study then.
  func active(_ id: ParticipantID) throws(Refusal) -> ParticipantState {
    let participant = try recordable(id)
    try requirePresent(participant)
    return participant
  }

  /// A participant who is enrolled and takes part.
  func enrolled(_ id: ParticipantID) throws(Refusal) -> ParticipantState {
    let participant = try active(id)
    guard participant.way.enrolled != nil else {
      throw Refusal(
        "not-enrolled", because: "\(id) is not enrolled.", remedy: "The site enrolls the participant first.")
    }
    return participant
  }

  /// A participant who is enrolled and of whose cells nothing was infused yet.
  func notInfused(_ id: ParticipantID) throws(Refusal) -> ParticipantState {
    let participant = try enrolled(id)
    guard participant.product.infusion == nil else {
      throw Refusal(
        "already-infused", because: "\(id) is infused; there is never a second infusion.",
        remedy: "What happens from now on is follow-up.")
    }
    return participant
  }

  /// Refuses for somebody who had left by the moment of the command, or completed the study.
  func requirePresent(_ participant: ParticipantState) throws(Refusal) {
    let id = participant.id
    if let left = participant.way.left, hasCome(left) {
      throw Refusal(
        "has-left", because: "\(id) left at \(left).",
        remedy: participant.way.departure?.reason == .lostToFollowUp
          ? "Record that the participant was found again." : "Who has left does not come back.")
    }
    if let completed = participant.way.completed, hasPassed(completed) {
      throw Refusal(
        "has-completed", because: "\(id) completed the study at \(completed).", remedy: "Nothing more is due.")
    }
  }

  /// What CQL found in a participant's data; refuses where there is nothing to decide on.
  func picture(of id: ParticipantID) throws(Refusal) -> ClinicalPicture {
    guard let picture = pictures[id] else {
      throw Refusal(
        "no-data", because: "There are no clinical data of \(id) to decide on.", remedy: "Import the data first.")
    }
    return picture
  }

  /// Somebody else who acts together with the actor; refuses where there is nobody or it is the same person.
  func secondPerson() throws(Refusal) -> Acting {
    guard let second = together.first(where: { $0.account != actor.account }) else {
      throw Refusal(
        "two-people", because: "Two people do this together, and only one is here.",
        remedy: "Somebody else, allowed to do it, acts together with you.")
    }
    return second
  }
}

extension Refusal {
  /// Refuses a text that must be written and is not, or is longer than 2,000 characters.
  static func requireText(_ text: String, _ what: String) throws(Refusal) {
    guard text.contains(where: { !$0.isWhitespace }), text.utf8.count <= 2000 else {
      throw Refusal(
        "text-missing", because: "The \(what) is missing or longer than 2,000 characters.", remedy: "Write the \(what)."
      )
    }
  }
}

extension ParticipantState {
  /// The last day (since 1970-01-01) of safety follow-up for who was treated for the study and never infused; nil for
  /// who was infused, and for who was never treated. For who left later than that it is the day of leaving.
  ///
  /// - Parameter grace: days for which the visit may still be held after the day on which it is planned.
  public func safetyFollowUpThrough(days: Int, grace: Int = 0) -> Int? {
    guard product.infusion == nil else { return nil }
    let treated = [product.lastLeukapheresis, way.lymphodepletionDoses.last].compactMap { $0?.day }
    return treated.max().map { max($0 + days, way.left?.day ?? .min) + grace }
  }

  /// Whether the participant was found eligible, whether or not the decision still stands.
  var isFoundEligible: Bool {
    if case .eligible = way.eligibility { true } else { false }
  }
}

extension CommandField {
  /// Whom a command is about.
  static let whom = CommandField("participant", "the participant's number, 01-0007")
  /// Why.
  static let why = CommandField("reason", "why, in a sentence")
}
