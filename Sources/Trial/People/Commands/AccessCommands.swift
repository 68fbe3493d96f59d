internal import ClinicalValues

/// Gives a first password, or one for one that was forgotten. It must be changed at once, and the person is told.
public struct ResetPassword: TrialCommand {
  /// Its name.
  public static let name = "account reset-password"
  /// What it does, in a sentence.
  public static let abstract = "Give an account a new password that must be changed at once; the person is told."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.manageAccounts
  /// Its members, as the help shows them.
  public static let fields = [CommandField("account", "the account"), CommandField("reason", "why")]

  /// Whose.
  public var account: AccountID
  /// Why.
  public var reason: String

  /// The command.
  public init(account: AccountID, reason: String) {
    self.account = account
    self.reason = reason
  }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.otherAccount(account)
    guard found.identityCheck != nil || situation.state.people.founders[account] != nil else {
      throw Refusal(
        "identity-not-checked", because: "Nobody has recorded who the person behind \(account) is.",
        remedy: "Check the person's identity and record how (account check-identity).")
    }
    return [Fact(.people(.passwordReset(account: account, reason: try stated(reason))))]
  }
}

/// Takes a lost second factor out of use at once. The password alone does not sign in where one is asked of all.
public struct ReportSecondFactorLost: TrialCommand {
  /// Its name.
  public static let name = "account lost-factor"
  /// What it does, in a sentence.
  public static let abstract = "Take a lost second factor out of use, at once; the person is told."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.manageAccounts
  /// Its members, as the help shows them.
  public static let fields = [CommandField("account", "the account"), CommandField("reason", "what happened")]

  /// Whose.
  public var account: AccountID
  /// What happened.
  public var reason: String

  /// The command.
  public init(account: AccountID, reason: String) {
    self.account = account
    self.reason = reason
  }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.otherAccount(account)
    guard found.access.hasSecondFactor else {
      throw Refusal(
        "no-second-factor", because: "\(found.name) has no second factor.", remedy: "Nothing is left to do.")
    }
    return [Fact(.people(.secondFactorLost(account: account, reason: try stated(reason))))]
  }
}

/// Unlocks an account before its time.
public struct UnlockAccount: TrialCommand {
  /// Its name.
  public static let name = "account unlock"
  /// What it does, in a sentence.
  public static let abstract = "Unlock an account before its time; the person is told."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.manageAccounts
  /// Its members, as the help shows them.
  public static let fields = [CommandField("account", "the account"), CommandField("reason", "why")]

  /// Which.
  public var account: AccountID
  /// Why.
  public var reason: String

  /// The command.
  public init(account: AccountID, reason: String) {
    self.account = account
    self.reason = reason
  }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.otherAccount(account)
    guard found.access.isLocked(at: situation.now) else {
      throw Refusal("not-locked", because: "The account \(account) is not locked.", remedy: "Nothing is left to do.")
    }
    return [Fact(.people(.accountUnlocked(account: account, reason: try stated(reason))))]
  }
}

/// Has the key of a participant's identity data destroyed, by the signatures of the principal investigator and of a second
/// person who may see them; the study data stay.
public struct EraseIdentity: TrialCommand {
  /// Its name.
  public static let name = "participant erase-identity"
  /// What it does, in a sentence.
  public static let abstract = "Destroy the key of a participant's name, birth date and contact, for ever."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.signAsPrincipalInvestigator
  /// Its members, as the help shows them.
  public static let fields = [CommandField("participant", "the participant"), CommandField("reason", "why")]

  /// Whose.
  public var participant: ParticipantID
  /// Why.
  public var reason: String

  /// The participants that it touches.
  public var participants: Set<ParticipantID> { [participant] }

  /// The command.
  public init(participant: ParticipantID, reason: String) {
    self.participant = participant
    self.reason = reason
  }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.participant(participant)
    guard !situation.state.people.erased.contains(participant) else {
      throw Refusal(
        "identity-erased", because: "The identity data of \(participant) are erased already.",
        remedy: "Nothing is left to do.")
    }
    let here = Moment(situation.now, offsetMinutes: situation.happened.offsetMinutes, zone: situation.happened.zone)
    switch found.status(at: here) {
    case .candidate, .screenFailed, .completed, .leftEarly: break
    case .consented, .screening, .eligible, .enrolled, .collected, .manufacturing, .released, .productFailed,
      .conditioning, .infused, .followUp:
      throw Refusal(
        "still-in-study",
        because:
          "\(participant) is in the study: without identity nobody could check whose cells are infused, or call.",
        remedy: "Erase it after the participant has left or completed the study.")
    }
    try situation.requireTwoPeople(.seeIdentity, for: participant)
    // There is never a second infusion, also not under another number.
    let kept =
      found.product.infusion == nil
      ? "" : "; that somebody with these traits was infused stays known, by keyed hashes without number or name"
    return [
      Fact(
        .people(.identityErased(participant: participant, reason: try stated(reason))),
        signed: "I have the identity data of \(participant) destroyed\(kept)", signedByAll: true)
    ]
  }
}
