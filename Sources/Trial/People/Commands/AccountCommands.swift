internal import ClinicalValues

/// Makes an account for a person who has none.
public struct CreateAccount: TrialCommand {
  /// Its name.
  public static let name = "account create"
  /// What it does, in a sentence.
  public static let abstract = "Make an account for one named person."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.manageAccounts
  /// Its members, as the help shows them.
  public static let fields = [
    CommandField("account", "the account's name, never used before, such as anna.berg"),
    CommandField("name", "the person's name as it will stand beside signatures"),
    CommandField("namesakes", "accounts of the same name that belong to other people", optional: true),
  ]

  /// Its name.
  public var account: AccountID
  /// The person's name.
  public var name: String
  /// Accounts of the same name that belong to other people.
  public var namesakes: [AccountID]?

  /// The command.
  public init(account: AccountID, name: String, namesakes: [AccountID]? = nil) {
    self.account = account
    self.name = name
    self.namesakes = namesakes
  }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let people = situation.state.people
    if people.accounts[account] != nil {
      throw Refusal(
        "account-exists", because: "The name \(account) is taken, or was once.",
        remedy: "Choose another; a name is never used again.")
    }
    let printed = PersonName.tidied(name)
    if PersonName.isGeneric(printed) || PersonName.isGeneric(account.description) {
      throw Refusal(
        "account-not-a-person", because: "'\(account)', '\(printed)' does not name one person.",
        remedy: "Every account belongs to one person: give that person's name.")
    }
    let same = people.accounts.values.filter {
      PersonName.folded($0.name) == PersonName.folded(printed) && $0.standing != .revoked
    }.map(\.id).sorted()
    let missing = same.filter { !(namesakes ?? []).contains($0) }
    if !missing.isEmpty {
      throw Refusal(
        "person-has-account",
        because: "There is an account of that name: \(missing.map(\.description).joined(separator: ", ")).",
        remedy: "One person has one account. If this is another person of the same name, list it under namesakes.")
    }
    return [Fact(.people(.accountCreated(account: account, name: printed, namesakes: same)))]
  }
}

/// Records that somebody made sure who the person is.
public struct CheckAccountIdentity: TrialCommand {
  /// Its name.
  public static let name = "account check-identity"
  /// What it does, in a sentence.
  public static let abstract = "Record that somebody made sure who the person is."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.manageAccounts
  /// Its members, as the help shows them.
  public static let fields = [
    CommandField("account", "the account"),
    CommandField("how", "document (an identity document was seen), employer (it confirmed in writing) or acquaintance"),
  ]

  /// Whose.
  public var account: AccountID
  /// How it was seen.
  public var how: IdentityCheck

  /// The command.
  public init(account: AccountID, how: IdentityCheck) {
    self.account = account
    self.how = how
  }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    _ = try situation.otherAccount(account)
    return [Fact(.people(.identityChecked(account: account, how: how)))]
  }
}

/// Lets an account be used.
public struct EnableAccount: TrialCommand {
  /// Its name.
  public static let name = "account enable"
  /// What it does, in a sentence.
  public static let abstract = "Let an account be used."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.manageAccounts
  /// Its members, as the help shows them.
  public static let fields = [CommandField("account", "the account")]

  /// Which.
  public var account: AccountID

  /// The command.
  public init(account: AccountID) { self.account = account }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.otherAccount(account)
    guard found.standing != .enabled else {
      throw Refusal("account-enabled", because: "The account \(account) is enabled.", remedy: "Nothing is left to do.")
    }
    guard found.identityCheck != nil else {
      throw Refusal(
        "identity-not-checked", because: "Nobody has recorded who the person behind \(account) is.",
        remedy: "Check the person's identity and record how (account check-identity).")
    }
    let today = Moment(situation.now, offsetMinutes: situation.happened.offsetMinutes).day
    let current = found.training.filter { $0.covers(today) }
    guard current.contains(where: { $0.subject == .system }) else {
      throw Refusal(
        "training-missing", because: "\(found.name) has no training in the system that holds today.",
        remedy: "After the training, record it (account train).")
    }
    let roles = found.grants.filter { $0.withdrawn == nil }.map(\.role)
    let version = situation.protocolVersion.version
    if roles.contains(where: \.needsProtocolTraining), !current.contains(where: { $0.serves(version) }) {
      throw Refusal(
        "training-missing", because: "\(found.name) has no training in protocol \(version) that holds today.",
        remedy: "After the training, record it (account train).")
    }
    return [Fact(.people(.accountEnabled(account: account)))]
  }
}

/// Takes an account out of use until it is enabled again.
public struct DisableAccount: TrialCommand {
  /// Its name.
  public static let name = "account disable"
  /// What it does, in a sentence.
  public static let abstract = "Take an account out of use until it is enabled again."
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
    guard found.standing == .enabled else {
      throw Refusal(
        "account-not-enabled", because: "The account \(account) is \(found.standing.rawValue).",
        remedy: "Nothing is left to do.")
    }
    return [Fact(.people(.accountDisabled(account: account, reason: try stated(reason))))]
  }
}

/// Takes an account out of use for ever.
public struct RevokeAccount: TrialCommand {
  /// Its name.
  public static let name = "account revoke"
  /// What it does, in a sentence.
  public static let abstract = "Take an account out of use for ever; its name is never used again."
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
    _ = try situation.otherAccount(account)
    return [Fact(.people(.accountRevoked(account: account, reason: try stated(reason))))]
  }
}

extension Situation {
  /// Somebody else's account that is not revoked.
  func otherAccount(_ id: AccountID) throws(Refusal) -> Account {
    guard let account = state.people.accounts[id] else {
      throw Refusal("unknown-account", because: "There is no account \(id).", remedy: "Check how it is spelled.")
    }
    guard account.standing != .revoked else {
      throw Refusal(
        "account-revoked", because: "The account \(id) was revoked for ever.",
        remedy: "If the person comes back, make a new account.")
    }
    guard id != actor.account else {
      throw Refusal(
        "own-account", because: "Nobody changes the rights of their own account.",
        remedy: "Ask another administrator.")
    }
    return account
  }
}

/// A reason that says something.
func stated(_ reason: String) throws(Refusal) -> String {
  let tidy = PersonName.tidied(reason)
  guard tidy.count >= 3 else {
    throw Refusal("reason-missing", because: "A reason is needed, and none is given.", remedy: "Say why, in words.")
  }
  return tidy
}
