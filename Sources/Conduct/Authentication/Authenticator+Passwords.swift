public import ClinicalValues
public import Trial

extension Authenticator {
  /// Lets a person choose a new password, who shows that they have the old one.
  ///
  /// - Returns: as `authenticate`, with `passwordSet` among the events.
  /// - Throws: `Refusal` (`password-too-weak`, `password-used-before`, `credentials-changed`); `StoreFailure`.
  public func changePassword(
    _ claim: Claim, to new: String, in people: PeopleState, now: Instant
  ) async throws -> AuthenticationOutcome {
    let outcome = try await authenticate(claim, for: .signIn, in: people, now: now)
    guard case .authenticated(let who, let events) = outcome, let stored = try await credentials.read(who.account)
    else { return outcome }
    try require(new, of: who.account, name: who.name)
    for earlier in [stored.record.password] + stored.record.previous where try earlier.matches(new) {
      throw Refusal(
        "password-used-before", because: "This password was used before.", remedy: "Choose one that is new.")
    }
    var record = stored.record
    record.previous = Array(([record.password] + record.previous).prefix(policy.rememberedPasswords))
    record.password = try PasswordHash(new, cost: policy.cost, entropy: credentials.entropy)
    record.set = now
    record.isGiven = false
    guard try await credentials.write(record, for: who.account, over: stored) else { throw changedMeanwhile }
    return .authenticated(
      Authenticated(
        account: who.account, name: who.name, at: now, purpose: .signIn, mustChangePassword: false,
        notices: who.notices), events: events + [.passwordSet(account: who.account)])
  }

  /// Gives an account a password that must be changed at the next sign-in; called once `passwordReset` is in the ledger.
  ///
  /// - Returns: the password, to be handed to the person and kept nowhere.
  public func givePassword(to account: AccountID, now: Instant) async throws -> String {
    let stored = try await credentials.read(account)
    let password = unguessable()
    let hash = try PasswordHash(password, cost: policy.cost, entropy: credentials.entropy)
    var record =
      stored?.record
      ?? CredentialRecord(password: hash, set: now, isGiven: true, previous: [], secondFactor: nil)
    if let before = stored?.record.password {
      record.previous = Array(([before] + record.previous).prefix(policy.rememberedPasswords))
    }
    record.password = hash
    record.set = now
    record.isGiven = true
    guard try await credentials.write(record, for: account, over: stored) else { throw changedMeanwhile }
    return password
  }

  /// Sets the first password of an account that has none: of those whom the study is set up with.
  ///
  /// - Parameter replacing: whether one that is kept already goes, as of a founding that was broken off.
  /// - Throws: `Refusal` (`password-too-weak`, `password-exists`); `StoreFailure`.
  public func setFirstPassword(
    _ password: String, for account: AccountID, name: String, now: Instant, replacing: Bool = false
  ) async throws {
    try require(password, of: account, name: name)
    let before = replacing ? try await credentials.read(account) : nil
    let record = CredentialRecord(
      password: try PasswordHash(password, cost: policy.cost, entropy: credentials.entropy), set: now, isGiven: false,
      previous: [], secondFactor: nil)
    guard try await credentials.write(record, for: account, over: before) else {
      throw Refusal(
        "password-exists", because: "The account \(account) has a password.",
        remedy: "Change it with the old one, or have an administrator give a new one.")
    }
  }

  var changedMeanwhile: Refusal {
    Refusal(
      "credentials-changed", because: "The password or second factor of this account was changed at the same moment.",
      remedy: "Try again with the new one.")
  }

  /// A random text of seven groups of four letters and figures that do not look alike, that is of 140 bits (OWASP ASVS 5.0, V11.5.1).
  func unguessable() -> String {
    let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789ab")
    return credentials.entropy.bytes(7 * 4).map { String(alphabet[Int($0 & 31)]) }.chunked(4)
      .map { $0.joined() }.joined(separator: "-")
  }
}

extension Array {
  fileprivate func chunked(_ size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
