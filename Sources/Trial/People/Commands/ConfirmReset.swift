/// The principal investigator confirms that a password that was given reached its person, at the own site.
public struct ConfirmReset: TrialCommand {
  /// Its name.
  public static let name = "account confirm-reset"
  /// What it does, in a sentence.
  public static let abstract =
    "Confirm that a password that was given reached its person, who signs again; as principal investigator."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.signAsPrincipalInvestigator
  /// Its members, as the help shows them.
  public static let fields = [CommandField("account", "the account")]

  /// Whose.
  public var account: AccountID

  /// The command.
  public init(account: AccountID) { self.account = account }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.otherAccount(account)
    let roles = found.grants.filter { $0.covers(situation.now) }
    // Beside the one signatory of the sponsor there is nobody of the sponsor to ask.
    guard roles.contains(where: { $0.site == situation.actor.site || $0.role == .sponsor }) else {
      throw Refusal(
        "not-of-your-site", because: "\(found.name) is not of your site.",
        remedy: "The principal investigator of the site, or the sponsor's signatory, confirms it.")
    }
    return try situation.confirmReset(of: account)
  }
}

/// The sponsor's signatory confirms that a password that was given reached its person.
public struct ConfirmResetForSponsor: TrialCommand {
  /// Its name.
  public static let name = "account confirm-reset-for-sponsor"
  /// What it does, in a sentence.
  public static let abstract =
    "Confirm that a password that was given reached its person, who signs again; as the sponsor's signatory."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.signDelegationForSponsor
  /// Its members, as the help shows them.
  public static let fields = [CommandField("account", "the account")]

  /// Whose.
  public var account: AccountID

  /// The command.
  public init(account: AccountID) { self.account = account }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] { try situation.confirmReset(of: account) }
}

/// The safety officer confirms that a password that was given reached its person, where nobody is left who could: one of them, who
/// confirms those of the others.
public struct ConfirmResetForSafety: TrialCommand {
  /// Its name.
  public static let name = "account confirm-reset-for-safety"
  /// What it does, in a sentence.
  public static let abstract =
    "Confirm that a password that was given reached its person, where neither a principal investigator nor the "
    + "sponsor's signatory can; as safety officer."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.judgeExpectedness
  /// Its members, as the help shows them.
  public static let fields = [CommandField("account", "the account")]

  /// Whose.
  public var account: AccountID

  /// The command.
  public init(account: AccountID) { self.account = account }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.otherAccount(account)
    guard situation.state.people.lacksConfirmer, found.confirmsPasswords else {
      throw Refusal(
        "others-confirm", because: "Somebody else confirms that the password of \(found.name) reached them.",
        remedy: "The principal investigator of the site, or the sponsor's signatory, confirms it.")
    }
    return try situation.confirmReset(of: account)
  }
}

/// The person says that they know of a reset of their password; until then it is shown to them at each sign-in.
///
/// It is signed, so that nobody does it before somebody else has confirmed who has the password.
public struct AcknowledgeReset: TrialCommand {
  /// Its name.
  public static let name = "account acknowledge-reset"
  /// What it does, in a sentence.
  public static let abstract = "Say that you know of the reset of your password; it is shown to you until then."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.ownAccount
  /// Its members, as the help shows them.
  public static let fields = [CommandField("account", "your own account")]

  /// One's own.
  public var account: AccountID

  /// The command.
  public init(account: AccountID) { self.account = account }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard account == situation.actor.account else {
      throw Refusal(
        "not-yours", because: "The account \(account) is not yours.", remedy: "Only the person says it.")
    }
    guard situation.state.people.accounts[account]?.access.resetUnacknowledged == true else {
      throw Refusal(
        "reset-settled", because: "No reset of your password waits for you.", remedy: "Nothing is left to do.")
    }
    return [
      Fact(
        .people(.resetAcknowledged(account: account)), signed: "I know of the reset of my password, and have it alone")
    ]
  }
}
