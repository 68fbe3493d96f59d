public import ClinicalValues
public import Ledger
public import Trial

/// What somebody brings to show who they are.
public struct Claim: Sendable {
  /// The account's name as typed.
  public let account: String
  /// The password.
  public let password: String
  /// The code of the second factor, or a recovery code.
  public let code: String?

  /// A claim as typed.
  public init(account: String, password: String, code: String? = nil) {
    self.account = account
    self.password = password
    self.code = code
  }
}

/// Somebody who has shown who they are. Only an `Authenticator` makes one.
public struct Authenticated: Sendable, Hashable {
  /// The account.
  public let account: AccountID
  /// The person's name.
  public let name: String
  /// When.
  public let at: Instant
  /// What for.
  public let purpose: AuthenticationPurpose
  /// Whether nothing but a new password may be asked for: it was given by an administrator, or is too old.
  public let mustChangePassword: Bool
  /// What others did to the account since the last sign-in; to be shown.
  public let notices: [AccountNotice]
}

/// What an attempt came to. Its events must be in the ledger before anybody is told.
public enum AuthenticationOutcome: Sendable {
  /// Who it is, and the events that say so.
  case authenticated(Authenticated, events: [PeopleEvent])
  /// Why not, in words that help nobody to guess, and what is to be recorded.
  case refused(Refusal, FailedAttempt)
}

/// An attempt that failed, as it is recorded.
public struct FailedAttempt: Sendable, Hashable {
  /// The account; nil where the name is none.
  public let account: AccountID?
  /// What it was for.
  public let purpose: AuthenticationPurpose
  /// Why it failed.
  public let cause: AuthenticationFailure

  /// The events of it in a state: the failure, and the lock that follows from one too many. To be asked for again where
  /// another append came first, or two attempts at one moment would count as one.
  public func events(in people: PeopleState, now: Instant, policy: AuthenticationPolicy) -> [PeopleEvent] {
    let failed = PeopleEvent.authenticationFailed(account: account, purpose: purpose, cause: cause)
    guard let account, cause != .locked, let access = people.accounts[account]?.access,
      !access.isLocked(for: purpose, at: now), access.failures(at: purpose) + 1 >= policy.attempts
    else { return [failed] }
    return [failed, .accountLocked(account: account, until: now.adding(minutes: policy.lockMinutes))]
  }
}

/// Checks passwords and codes against what is kept of them. It writes no event: it hands them back.
///
/// What the ledger says of an account (enabled, locked, second factor lost) holds over what the credential store says.
public struct Authenticator: Sendable {
  /// How strict it is.
  public let policy: AuthenticationPolicy
  let credentials: CredentialStore
  private let breached: BreachedPasswords?

  /// An authenticator over a store that is sealed under a master key.
  ///
  /// - Parameter breached: passwords that nobody may choose, since they are known from breaches.
  public init(
    store: any SealedStore, master: MasterKey, policy: AuthenticationPolicy = AuthenticationPolicy(),
    breached: BreachedPasswords? = nil, entropy: Entropy = .system
  ) {
    self.policy = policy
    self.breached = breached
    self.credentials = CredentialStore(store: store, master: master, entropy: entropy)
  }

  /// Whether somebody is who they claim to be, now.
  ///
  /// - Throws: `StoreFailure`, `SealingFailure` if what is kept cannot be read; then nobody gets in.
  public func authenticate(
    _ claim: Claim, for purpose: AuthenticationPurpose, in people: PeopleState, now: Instant
  ) async throws -> AuthenticationOutcome {
    guard let id = try? AccountID(claim.account), let account = people.accounts[id] else {
      try decoy(claim.password)
      return refused(nil, purpose, .unknownAccount)
    }
    if account.access.isLocked(for: purpose, at: now) {
      try decoy(claim.password)
      return refused(account, purpose, .locked)
    }
    guard let stored = try await credentials.read(id) else {
      try decoy(claim.password)
      return refused(account, purpose, .noPassword)
    }
    guard try stored.record.password.matches(claim.password) else {
      return refused(account, purpose, .wrongPassword)
    }
    // Only who knows the password learns how the account stands.
    guard account.standing == .enabled else { return refused(account, purpose, .notEnabled) }
    if stored.record.isGiven, now > stored.record.set.adding(hours: policy.givenPasswordHours) {
      return refused(account, purpose, .noPassword)
    }
    var events: [PeopleEvent] = []
    if account.access.hasSecondFactor {
      switch try await secondFactor(claim.code, of: id, stored, now) {
      case .wrong(let cause): return refused(account, purpose, cause)
      case .right: break
      case .recovery(let left): events.append(.recoveryCodeUsed(account: id, left: left))
      }
    }
    if purpose == .signIn { events.append(.signedIn(account: id)) }
    let age = now.milliseconds(since: stored.record.set) / 86_400_000
    let isOld = policy.passwordDays.map { age >= $0 } ?? false
    let authenticated = Authenticated(
      account: id, name: account.name, at: now, purpose: purpose,
      mustChangePassword: stored.record.isGiven || account.access.mustChangeSince != nil || isOld,
      notices: account.access.notices)
    return .authenticated(authenticated, events: events)
  }

  private enum FactorOutcome {
    case right
    case recovery(left: Int)
    case wrong(AuthenticationFailure)
  }

  /// Checks a code and marks it as used; of two who bring the same code at one moment, one wins.
  private func secondFactor(
    _ code: String?, of id: AccountID, _ stored: CredentialStore.Stored, _ now: Instant
  ) async throws -> FactorOutcome {
    guard let code, !code.isEmpty else { return .wrong(.secondFactorMissing) }
    guard var factor = stored.record.secondFactor, let secret = [UInt8](hexadecimal: factor.secret) else {
      return .wrong(.wrongSecondFactor)
    }
    var outcome = FactorOutcome.right
    let second = now.milliseconds / 1000
    if let step = OneTimePassword.step(of: code, secret: secret, atSecond: second, after: factor.lastStep) {
      factor.lastStep = step
    } else if let place = factor.recovery.firstIndex(of: credentials.recoveryHash(code)) {
      factor.recovery.remove(at: place)
      outcome = .recovery(left: factor.recovery.count)
    } else {
      return .wrong(.wrongSecondFactor)
    }
    var record = stored.record
    record.secondFactor = factor
    return try await credentials.write(record, for: id, over: stored) ? outcome : .wrong(.wrongSecondFactor)
  }

  /// Refuses a password that somebody chose and that does not do.
  func require(_ password: String, of account: AccountID, name: String) throws(Refusal) {
    try PasswordRules.require(
      password, account: account, name: name, shortest: policy.shortestPassword, breached: breached)
  }

  /// Spends the time of a check, so that a stranger cannot tell which names are accounts.
  private func decoy(_ password: String) throws {
    _ = try PasswordHash(password, cost: policy.cost, entropy: Entropy { [UInt8](repeating: 0, count: $0) })
  }

  func refused(
    _ account: Account?, _ purpose: AuthenticationPurpose, _ cause: AuthenticationFailure
  ) -> AuthenticationOutcome {
    let attempt = FailedAttempt(account: account?.id, purpose: purpose, cause: cause)
    switch cause {
    case .locked where purpose == .signature:
      // Whoever signs is signed in, or is named by somebody who is: that the account exists is no secret to them.
      return .refused(.accountLocked, attempt)
    case .notEnabled:
      return .refused(
        Refusal(
          "account-not-enabled", because: "This account is not enabled.", remedy: "Ask an administrator why."), attempt)
    case .secondFactorMissing:
      return .refused(
        Refusal(
          "code-missing", because: "This account has a second factor, and no code was given.",
          remedy: "Give the code that your authenticator shows, or a recovery code."), attempt)
    case .notLinked:
      return .refused(
        Refusal(
          "not-linked", because: "No account is linked to this sign-in at the provider.",
          remedy: "Sign in with your account and its password, then link the two under My account."), attempt)
    case .unknownAccount, .noPassword, .wrongPassword, .wrongSecondFactor, .locked:
      // Of a name that is no account and of one that is locked the same is said.
      return .refused(
        Refusal(
          "authentication-failed", because: "Name, password or code do not fit.",
          remedy: "Check them and try again. A code is good for one use. After too many failed attempts an account is "
            + "locked for a while. Who has forgotten them asks an administrator."),
        attempt)
    }
  }
}

extension Refusal {
  /// That an account is locked: for whoever knows that there is such an account.
  static let accountLocked = Refusal(
    "account-locked", because: "After too many failed attempts this account is locked for a while.",
    remedy: "Wait, or ask an administrator to unlock it.")
}
