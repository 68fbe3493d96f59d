import ClinicalValues

/// The one way from a command to events.
public enum Trial {
  /// What a command leads to in a situation, or why it must not happen.
  ///
  /// Pure: the same command in the same situation is always decided alike. Whoever acts must be allowed to, by role,
  /// site, training and delegation at the moment when it happened; a command that passes a gate happens now, or minutes ago
  /// where the gate is open both then and now; what an investigator says of data must hold of those of now, too; what is
  /// entered long after it happened says from where and why. Nobody acts, but on their own account or to close
  /// something, with a password that somebody else gave and that nobody has confirmed to be theirs. A visit outside its window is a deviation, whichever
  /// command records it.
  public static func decide(_ command: any TrialCommand, in situation: Situation) throws(Refusal) -> [Fact] {
    let (facts, late) = try own(command, in: situation)
    return facts + SafetyFollowUp.facts(after: facts, in: situation) + situation.windowDeviations(following: facts)
      + late
  }

  /// Refuses what `decide` refuses. What follows from a command elsewhere refuses nothing and is not asked: that of the whole
  /// study's safety costs more than all else.
  public static func requirePossible(_ command: any TrialCommand, in situation: Situation) throws(Refusal) {
    _ = try own(command, in: situation)
  }

  /// What a command leads to by itself, and what tells that it is entered late.
  private static func own(
    _ command: any TrialCommand, in situation: Situation
  ) throws(Refusal) -> (facts: [Fact], late: [Fact]) {
    let permission = type(of: command).permission
    guard situation.happened.instant <= situation.now else {
      throw Refusal(
        "not-yet", because: "This is said to have happened at \(situation.happened), which is still to come.",
        remedy: "Give the time at which it happened.")
    }
    if type(of: command).passesGate, situation.happened.instant < situation.now.adding(minutes: -5) {
      throw Refusal(
        "gate-is-now", because: "A gate opens for an act that is done now, not for one of \(situation.happened).",
        remedy: "Record what was done without it as outside the gate.")
    }
    try situation.authorize(
      permission, sites: command.sites, participants: command.participants,
      doing: command as? any DoneToMaterial, onlyCloses: type(of: command).onlyCloses)
    let late = try situation.lateEntry(of: command)
    // What has come since the time that is given bars it, too: the gate is open now, or it is not, and nobody signs over what
    // is known now.
    if situation.mustHoldNow(command) { _ = try command.decide(in: situation.asOfNow) }
    let facts = try command.decide(in: situation)
    try situation.requirePasswordsConfirmed(for: permission, onlyCloses: type(of: command).onlyCloses)
    try situation.requirePasswordsConfirmed(forSigning: facts + late)
    return (facts, late)
  }
}

extension Situation {
  /// Whether a command of an earlier moment is decided for now, too. What was signed elsewhere and is told late cannot be made
  /// undone; a gate is never told late.
  fileprivate func mustHoldNow(_ command: any TrialCommand) -> Bool {
    guard happened.instant < now else { return false }
    return type(of: command).passesGate || (command.isAskedOfNow && late == nil)
  }

  /// A participant's state; refuses one who is not registered.
  public func participant(_ id: ParticipantID) throws(Refusal) -> ParticipantState { try state.registered(id) }
}

extension TrialState {
  /// A participant's state; refuses one who is not registered.
  public func registered(_ id: ParticipantID) throws(Refusal) -> ParticipantState {
    guard let participant = participants[id] else {
      throw Refusal(
        "unknown-participant", because: "There is no participant \(id).", remedy: "Look the number up in the list.")
    }
    return participant
  }
}
