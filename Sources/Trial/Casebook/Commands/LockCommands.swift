// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Freezes a part of a casebook: the site changes it no more.
public struct FreezeCasebook: TrialCommand {
  public static let name = "casebook freeze"
  public static let abstract = "Freeze a form, a visit or a casebook: the site changes it no more."
  public static let fields = [CommandField.whom, .scope]
  public static let permission = Permission.freezeAndLock

  /// Whose casebook.
  public let participant: ParticipantID
  /// What is frozen.
  public let scope: CasebookScope

  public init(participant: ParticipantID, scope: CasebookScope) {
    self.participant = participant
    self.scope = scope
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let casebook = try situation.casebook(of: participant, having: scope)
    guard !casebook.frozen.contains(scope) else { throw Refusal.marked(scope, "frozen") }
    return [Fact(.casebook(participant, .frozen(scope: scope)))]
  }
}

/// Releases what was frozen.
public struct UnfreezeCasebook: TrialCommand {
  public static let name = "casebook unfreeze"
  public static let abstract = "Release what was frozen, with the reason."
  public static let fields = [CommandField.whom, .scope, .why]
  public static let permission = Permission.freezeAndLock

  /// Whose casebook.
  public let participant: ParticipantID
  /// What is released.
  public let scope: CasebookScope
  /// Why.
  public let reason: String

  public init(participant: ParticipantID, scope: CasebookScope, reason: String) {
    self.participant = participant
    self.scope = scope
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let casebook = try situation.casebook(of: participant, having: scope)
    try Refusal.requireText(reason, "reason")
    guard casebook.frozen.contains(scope) else { throw Refusal.unmarked(scope, "frozen", casebook.frozen) }
    return [Fact(.casebook(participant, .unfrozen(scope: scope, reason: reason)))]
  }
}

/// Locks a part of a casebook: nobody changes it any more.
public struct LockCasebook: TrialCommand {
  public static let name = "casebook lock"
  public static let abstract = "Lock a form, a visit or a casebook: nobody changes it any more."
  public static let fields = [CommandField.whom, .scope]
  public static let permission = Permission.freezeAndLock

  /// Whose casebook.
  public let participant: ParticipantID
  /// What is locked.
  public let scope: CasebookScope

  public init(participant: ParticipantID, scope: CasebookScope) {
    self.participant = participant
    self.scope = scope
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let casebook = try situation.casebook(of: participant, having: scope)
    guard !casebook.locked.contains(scope) else { throw Refusal.marked(scope, "locked") }
    let blockers = casebook.blockers(ofLocking: scope, plan: situation.casebook)
    guard blockers.isEmpty else {
      throw Refusal(
        "not-to-be-locked", because: "\(scope) cannot be locked: \(blockers.joined(separator: "; ")).",
        remedy: "These are settled first.")
    }
    return [Fact(.casebook(participant, .locked(scope: scope)))]
  }
}

/// Unlocks what was locked; the principal investigator is told.
public struct UnlockCasebook: TrialCommand {
  public static let name = "casebook unlock"
  public static let abstract = "Unlock what was locked, with the reason; the principal investigator is told."
  public static let fields = [CommandField.whom, .scope, .why]
  public static let permission = Permission.freezeAndLock

  /// Whose casebook.
  public let participant: ParticipantID
  /// What is unlocked.
  public let scope: CasebookScope
  /// Why.
  public let reason: String

  public init(participant: ParticipantID, scope: CasebookScope, reason: String) {
    self.participant = participant
    self.scope = scope
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let casebook = try situation.casebook(of: participant, having: scope)
    try Refusal.requireText(reason, "reason")
    guard casebook.locked.contains(scope) else { throw Refusal.unmarked(scope, "locked", casebook.locked) }
    return [Fact(.casebook(participant, .unlocked(scope: scope, reason: reason)))]
  }
}

/// Records that the principal investigator knows what was unlocked, and why.
public struct SeeUnlock: TrialCommand {
  public static let name = "casebook see-unlock"
  public static let abstract = "Take note, as principal investigator, of what was unlocked and why."
  public static let fields = [CommandField.whom, .scope]
  public static let permission = Permission.signAsPrincipalInvestigator

  /// Whose casebook.
  public let participant: ParticipantID
  /// What was unlocked.
  public let scope: CasebookScope

  public init(participant: ParticipantID, scope: CasebookScope) {
    self.participant = participant
    self.scope = scope
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let casebook = try situation.participant(participant).casebook
    guard casebook.unlocksToSee[scope] != nil else {
      throw Refusal(
        "nothing-unlocked", because: "Nothing that you have not seen was unlocked there (\(scope)).",
        remedy: "The casebook shows what was.")
    }
    return [Fact(.casebook(participant, .unlockSeen(scope: scope)))]
  }
}

extension CasebookState {
  /// What keeps a part of the casebook from being locked, in words.
  public func blockers(ofLocking scope: CasebookScope, plan: FormBook) -> [String] {
    keys(in: scope).flatMap { key -> [String] in
      let standing = standing(of: key)
      var blockers: [String] = []
      if standing.state == .incomplete { blockers.append("\(key) is incomplete") }
      if standing.badges.openQueries + standing.badges.answeredQueries > 0 {
        blockers.append("\(key) has open queries")
      }
      let isToBeSigned = plan.forms[key.form]?.signed != nil && standing.state == .complete
      if isToBeSigned, standing.badges.signed == 0 { blockers.append("\(key) is not signed") }
      return blockers
    }
  }
}

extension CommandField {
  fileprivate static let scope = CommandField(
    "scope", "casebook, a visit with its number (D28/1), or a form (D28/1/vitalSigns/1)")
}

extension Refusal {
  fileprivate static func marked(_ scope: CasebookScope, _ mark: String) -> Refusal {
    Refusal("marked-already", because: "\(scope) is \(mark) already.", remedy: "There is nothing to be done.")
  }

  fileprivate static func unmarked(_ scope: CasebookScope, _ mark: String, _ there: Set<CasebookScope>) -> Refusal {
    let list = there.sorted().map(\.description).joined(separator: ", ")
    return Refusal(
      "not-marked", because: "\(scope) is not \(mark) as such.",
      remedy: there.isEmpty ? "Nothing is \(mark)." : "What is \(mark): \(list).")
  }
}

extension Situation {
  /// A participant's casebook; refuses a scope of which nothing is recorded.
  fileprivate func casebook(of id: ParticipantID, having scope: CasebookScope) throws(Refusal) -> CasebookState {
    let casebook = try participant(id).casebook
    guard !casebook.keys(in: scope).isEmpty else {
      throw Refusal(
        "nothing-recorded", because: "Nothing is recorded there (\(scope)).", remedy: "Check visit, number and form.")
    }
    return casebook
  }
}
