public import ClinicalValues
public import Ledger

/// A person's account: who it is, what it may do and when, and how it was last used.
public struct Account: Sendable, Hashable {
  /// Its id.
  public let id: AccountID
  /// The person's name as printed beside a signature.
  public let name: String
  /// Whether it can be used.
  public internal(set) var standing = Standing.prepared
  /// Whether somebody has checked who the person is.
  public internal(set) var identityCheck: IdentityCheck?
  /// Roles that were granted, also those withdrawn since.
  public internal(set) var grants: [RoleGrant] = []
  /// Training that was recorded.
  public internal(set) var training: [Training] = []
  /// How it was last used.
  public internal(set) var access = AccessState()

  /// Whether it can be used.
  public enum Standing: String, Sendable, Hashable, Codable {
    /// Made, and never enabled.
    case prepared
    case enabled
    /// Out of use until it is enabled again.
    case disabled
    /// Out of use for ever; its id is never given again.
    case revoked
  }

  init(id: AccountID, name: String) {
    self.id = id
    self.name = name
  }

  /// Whether a role was granted for a site, or for none where the role has none, at an instant.
  func holds(_ role: Role, at site: SiteID?, on instant: Instant) -> Bool {
    grants.contains { $0.role == role && $0.site == site && $0.covers(instant) }
  }
}

/// How it was seen who a person is before the account could be used (21 CFR 11.100(b)).
public enum IdentityCheck: String, Sendable, Hashable, Codable, CaseIterable {
  /// An identity document was seen.
  case document
  /// The employer confirmed the person in writing.
  case employer
  /// Whoever checked knows the person.
  case acquaintance
}

/// A role that an account has, or had.
public struct RoleGrant: Sendable, Hashable {
  /// The role.
  public let role: Role
  /// The site; nil for a role of no site.
  public let site: SiteID?
  /// Since when.
  public let granted: Instant
  /// Until when, where it was withdrawn.
  public internal(set) var withdrawn: Instant?

  func covers(_ instant: Instant) -> Bool { granted <= instant && withdrawn.map { instant < $0 } ?? true }
}

/// Training that a person has had, and the days on which it holds, both included.
public struct Training: Sendable, Hashable, Codable {
  /// In what.
  public enum Subject: Sendable, Hashable, Codable {
    /// This system.
    case system
    /// A protocol version, such as `1.0`.
    case protocolVersion(String)
  }

  /// In what.
  public let subject: Subject
  /// The day of the training.
  public let from: CalendarDate
  /// The last day; nil while it holds without end.
  public let to: CalendarDate?

  /// Training, with the days on which it holds.
  public init(_ subject: Subject, from: CalendarDate, to: CalendarDate? = nil) {
    self.subject = subject
    self.from = from
    self.to = to
  }

  /// Whether it holds on a day, counted since 1970-01-01.
  func covers(_ day: Int) -> Bool { from.daysSinceEpoch <= day && to.map { day <= $0.daysSinceEpoch } ?? true }

  /// Whether it is training in a protocol version, or in a later one, whose training holds what changed.
  func serves(_ version: String) -> Bool {
    guard case .protocolVersion(let trained) = subject else { return false }
    if trained == version { return true }
    guard let a = Training.numbers(trained), let b = Training.numbers(version) else { return false }
    return b.lexicographicallyPrecedes(a)
  }

  private static func numbers(_ version: String) -> [Int]? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    let numbers = parts.compactMap { $0 }
    return numbers.count == parts.count ? numbers : nil
  }
}

/// How an account was last used.
public struct AccessState: Sendable, Hashable {
  /// Failed attempts to sign in since the last success.
  public internal(set) var failures = 0
  /// Failed attempts to sign something since the last sign-in: apart, so that nobody without an account bars a signature.
  public internal(set) var signatureFailures = 0
  /// What was tried when an attempt last failed: a lock that follows is of that.
  var lastTried = AuthenticationPurpose.signIn
  /// Until when it is locked after too many failures; nil where it is not.
  public internal(set) var lockedUntil: Instant?
  /// Until when nothing can be signed with it after too many failures at signing; nil where it can.
  public internal(set) var signaturesLockedUntil: Instant?
  /// When its person last signed in.
  public internal(set) var lastSignIn: Instant?
  /// When they signed in the time before: since then they may not have seen what happened.
  public internal(set) var previousSignIn: Instant?
  /// When an attempt last failed.
  public internal(set) var lastFailure: Instant?
  /// Whether the account has a password that its person has chosen.
  public internal(set) var hasPassword = false
  /// Since when a password that an administrator gave stands and must be changed.
  public internal(set) var mustChangeSince: Instant?
  /// Passwords that administrators gave and of which nobody has confirmed that they reached the person.
  public internal(set) var unconfirmedResets: [PasswordReset] = []
  /// Whether the person has yet to say that they know of a reset.
  public internal(set) var resetUnacknowledged = false
  /// Whether a second factor is set and not lost.
  public internal(set) var hasSecondFactor = false
  /// What the person must be told at the next sign-in.
  public internal(set) var notices: [AccountNotice] = []
  /// Sign-ins at identity providers, by issuer: digests of issuer and subject.
  public internal(set) var providers: [String: Digest] = [:]

  /// Whether it is locked at an instant.
  public func isLocked(at instant: Instant) -> Bool { lockedUntil.map { instant < $0 } ?? false }

  /// Whether it is locked for something. Failures at signing in, which anybody can cause, do not bar a signature; those at
  /// signing bar both.
  public func isLocked(for purpose: AuthenticationPurpose, at instant: Instant) -> Bool {
    switch purpose {
    case .signIn: isLocked(at: instant)
    case .signature: signaturesLockedUntil.map { instant < $0 } ?? false
    }
  }

  /// Failed attempts that count towards the lock for something.
  public func failures(at purpose: AuthenticationPurpose) -> Int {
    switch purpose {
    case .signIn: failures
    case .signature: signatureFailures
    }
  }
}

extension AccessState {
  /// An attempt failed.
  mutating func count(failureAt purpose: AuthenticationPurpose) {
    lastTried = purpose
    switch purpose {
    case .signIn: failures += 1
    case .signature: signatureFailures += 1
    }
  }

  /// It is locked, for what was tried last; whoever guesses at signing is kept from signing in besides.
  mutating func lock(until: Instant) {
    failures = 0
    lockedUntil = until
    guard lastTried == .signature else { return }
    signatureFailures = 0
    signaturesLockedUntil = until
  }

  /// Nothing is counted and nothing locked any more.
  mutating func forgetFailures() {
    failures = 0
    signatureFailures = 0
    lockedUntil = nil
    signaturesLockedUntil = nil
  }
}

/// Something that was done to an account by somebody else, for its person to see.
public struct AccountNotice: Sendable, Hashable {
  /// What was done.
  public enum Kind: String, Sendable, Hashable, Codable {
    case passwordReset, secondFactorRemoved, locked, unlocked
  }

  /// What was done.
  public let kind: Kind
  /// When.
  public let at: Instant
  /// The account that did it; the account itself where failed attempts locked it.
  public let by: String
}
