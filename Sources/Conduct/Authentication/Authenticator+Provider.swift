public import ClinicalValues
public import Ledger
public import Trial

/// Somebody for whom an identity provider has vouched: whoever makes one has checked what the provider said.
public struct VouchedSubject: Sendable, Hashable {
  /// The provider.
  public let issuer: String
  /// The digest of issuer and subject, by which an account is linked to it: it tells neither of the two.
  public let digest: Digest

  /// A subject of a provider, as a verified ID token names it.
  public init(issuer: String, subject: String) {
    self.issuer = issuer
    // A line end stands in neither: an issuer is a URL, a subject has no control characters (OpenID Connect Core, 2).
    digest = Digest(of: Array("\(issuer)\n\(subject)".utf8))
  }
}

extension Authenticator {
  /// Signs in whoever a provider vouches for, if an account is linked to them. It makes no account, and it is good for
  /// signing in alone: a signature asks for the account's own password and code.
  ///
  /// - Throws: `StoreFailure`, `SealingFailure` if what is kept cannot be read; then nobody gets in.
  public func authenticate(
    _ vouched: VouchedSubject, in people: PeopleState, now: Instant
  ) async throws -> AuthenticationOutcome {
    guard let account = people.account(at: vouched.issuer, subject: vouched.digest) else {
      return refused(nil, .signIn, .notLinked)
    }
    if account.access.isLocked(at: now) {
      return .refused(.accountLocked, FailedAttempt(account: account.id, purpose: .signIn, cause: .locked))
    }
    guard account.standing == .enabled else { return refused(account, .signIn, .notEnabled) }
    return .authenticated(
      Authenticated(
        account: account.id, name: account.name, at: now, purpose: .signIn,
        // The password was not used: it is asked for, and must be one's own, where something is signed.
        mustChangePassword: false, notices: account.access.notices),
      events: [.signedInAtProvider(account: account.id, issuer: vouched.issuer)])
  }
}
