public import ClinicalValues
internal import Ledger
public import Trial

/// A second factor that is offered and not yet in use.
public struct SecondFactorOffer: Sendable, Hashable {
  let secret: [UInt8]
  /// For the QR code that an authenticator app reads (Key Uri Format).
  public let uri: String
  /// The secret as a person types it into an app.
  public let typed: String
}

extension Authenticator {
  /// Begins to set up a second factor: a new secret, which counts only once a code made with it has been shown.
  public func offerSecondFactor(for account: AccountID, issuer: String = "Tandem") -> SecondFactorOffer {
    let secret = credentials.entropy.bytes(20)
    let typed = OneTimePassword.base32(secret)
    return SecondFactorOffer(
      secret: secret, uri: "otpauth://totp/\(issuer):\(account)?secret=\(typed)&issuer=\(issuer)", typed: typed)
  }

  /// Puts an offered second factor into use, in the place of one that was in use.
  ///
  /// - Parameters:
  ///   - claim: password, and code of the factor in use, where there is one.
  ///   - code: the code that the new factor shows.
  /// - Returns: as `authenticate`, with `secondFactorSet` among the events, and eight recovery codes to be written down:
  ///   each opens once where the factor is lost.
  /// - Throws: `Refusal` (`code-wrong`, `credentials-changed`); `StoreFailure`.
  public func confirmSecondFactor(
    _ offer: SecondFactorOffer, code: String, claim: Claim, in people: PeopleState, now: Instant
  ) async throws -> (outcome: AuthenticationOutcome, recoveryCodes: [String]) {
    let outcome = try await authenticate(claim, for: .signIn, in: people, now: now)
    guard case .authenticated(let who, let events) = outcome, let stored = try await credentials.read(who.account)
    else { return (outcome, []) }
    let second = now.milliseconds / 1000
    guard let step = OneTimePassword.step(of: code, secret: offer.secret, atSecond: second, after: 0) else {
      throw Refusal(
        "code-wrong", because: "The code does not fit the new second factor.",
        remedy: "Check the clock of the device, and give the code that it shows now.")
    }
    let codes = (0..<8).map { _ in unguessable() }
    var record = stored.record
    record.secondFactor = CredentialRecord.SecondFactor(
      secret: offer.secret.hexadecimal, lastStep: step, recovery: codes.map(credentials.recoveryHash))
    guard try await credentials.write(record, for: who.account, over: stored) else { throw changedMeanwhile }
    return (.authenticated(who, events: events + [.secondFactorSet(account: who.account)]), codes)
  }

  /// Lets a person take their own second factor out of use, who shows password and code once more.
  ///
  /// - Returns: as `authenticate`, with `secondFactorLost` among the events; what is kept of the factor is forgotten by
  ///   `removeSecondFactor` once they are in the ledger.
  /// - Throws: `Refusal` (`no-second-factor`); `StoreFailure`.
  public func dropSecondFactor(_ claim: Claim, in people: PeopleState, now: Instant) async throws
    -> AuthenticationOutcome
  {
    let outcome = try await authenticate(claim, for: .signIn, in: people, now: now)
    guard case .authenticated(let who, let events) = outcome else { return outcome }
    guard people.accounts[who.account]?.access.hasSecondFactor == true else {
      throw Refusal(
        "no-second-factor", because: "\(who.name) has no second factor.", remedy: "Nothing is left to do.")
    }
    return .authenticated(
      who, events: events + [.secondFactorLost(account: who.account, reason: "taken out of use by its person")])
  }

  /// Forgets a second factor; called once `secondFactorLost` is in the ledger, which alone already disables it.
  public func removeSecondFactor(of account: AccountID) async throws {
    guard let stored = try await credentials.read(account), stored.record.secondFactor != nil else { return }
    var record = stored.record
    record.secondFactor = nil
    guard try await credentials.write(record, for: account, over: stored) else { throw changedMeanwhile }
  }
}
