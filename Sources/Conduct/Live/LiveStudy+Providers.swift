public import Ledger
public import Trial

// Identity providers: who is signed in by one, and which account is linked to whom there.

extension LiveStudy {
  /// Signs in whoever a provider vouches for, and records it.
  ///
  /// - Throws: `Refusal` (`not-linked`, `account-locked`, `account-not-enabled`); `StoreFailure` if it cannot be recorded.
  public func authenticate(_ vouched: VouchedSubject, origin: Origin) async throws -> Authenticated {
    try await refresh()
    let now = clock()
    return try await settle(
      try await authenticator.authenticate(vouched, in: fold.state.people, now: now), at: now, origin)
  }

  /// Links an account to whoever a provider vouches for, by the person, who has shown that both are theirs.
  ///
  /// - Throws: `Refusal` (`linked-elsewhere`).
  public func link(_ account: AccountID, to vouched: VouchedSubject, origin: Origin) async throws {
    try await refresh()
    if let other = fold.state.people.account(at: vouched.issuer, subject: vouched.digest) {
      guard other.id != account else { return }
      throw Refusal(
        "linked-elsewhere", because: "That sign-in at the provider is linked to another account.",
        remedy: "Sign in at the provider as yourself, or end the link of the other account first.")
    }
    try await record(by: Actor(account: account.description, role: ""), at: clock(), origin) { _ in
      [.providerLinked(account: account, issuer: vouched.issuer, subject: vouched.digest)]
    }
  }

  /// Ends the link of an account to a provider, by the person.
  public func unlink(_ account: AccountID, from issuer: String, origin: Origin) async throws {
    try await refresh()
    guard fold.state.people.accounts[account]?.access.providers[issuer] != nil else { return }
    try await record(by: Actor(account: account.description, role: ""), at: clock(), origin) { _ in
      [.providerUnlinked(account: account, issuer: issuer)]
    }
  }
}
