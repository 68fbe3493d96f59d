import ClinicalValues
public import Ledger
public import Trial

extension LiveStudy {
  /// Lets somebody show who they are, and records that they did or failed to.
  ///
  /// - Throws: `Refusal` in words that help nobody to guess; `StoreFailure` if it cannot be recorded, and then nobody
  ///   gets in.
  public func authenticate(
    _ claim: Claim, for purpose: AuthenticationPurpose, origin: Origin
  ) async throws -> Authenticated {
    try await refresh()
    let now = clock()
    return try await settle(
      try await authenticator.authenticate(claim, for: purpose, in: fold.state.people, now: now), at: now, origin)
  }

  /// Lets a person choose a new password, who shows that they have the old one, and records it.
  ///
  /// - Throws: as `authenticate`, and `Refusal` (`password-too-weak`, `password-used-before`, `credentials-changed`).
  @discardableResult
  public func changePassword(_ claim: Claim, to new: String, origin: Origin) async throws -> Authenticated {
    try await refresh()
    let now = clock()
    return try await settle(
      try await authenticator.changePassword(claim, to: new, in: fold.state.people, now: now), at: now, origin)
  }

  /// Records what an attempt came to before anybody is told.
  func settle(
    _ outcome: AuthenticationOutcome, at now: Instant, _ origin: Origin
  ) async throws -> Authenticated {
    switch outcome {
    case .authenticated(let who, let events):
      try await record(by: Actor(account: who.account.description, role: ""), at: now, origin) { _ in events }
      return who
    case .refused(let refusal, let attempt):
      // Nothing stands before the study's first event, and there is no account yet that could be guessed.
      guard fold.state.study.study != nil else { throw refusal }
      let policy = authenticator.policy
      let actor = Actor(account: attempt.account?.description ?? "unknown", role: "")
      try await record(by: actor, at: now, origin) { people in
        attempt.events(in: people, now: now, policy: policy)
      }
      throw refusal
    }
  }

  /// Begins an empty ledger: the study, its first administrator and the sponsor's signatory, with their passwords.
  ///
  /// - Throws: `Refusal` if it is begun already, the two are not two people, or a password is too weak.
  public func found(
    _ founding: Founding, administratorPassword: String, sponsorPassword: String, origin: Origin
  ) async throws {
    try await refresh()
    let now = clock()
    let facts = try founding.decide(in: fold.state)
    for (account, name, password) in [
      (founding.administrator, founding.administratorName, administratorPassword),
      (founding.sponsor, founding.sponsorName, sponsorPassword),
    ] {
      // What a founding that was broken off has left is nobody's password: there is no account yet.
      try await authenticator.setFirstPassword(password, for: account, name: name, now: now, replacing: true)
    }
    let events = try facts.map {
      try $0.event.newEvent(
        happened: ZoneClock.moment(now, zone: "UTC"),
        actor: Actor(account: founding.administrator.description, role: ""), origin: origin, reason: nil)
    }
    _ = try await store.append(
      Append(
        expected: [.study: 0, .accounts: fold.versions[.accounts] ?? 0], events: events, recorded: now))
    try await refresh()
  }

  /// The roles and sites in which an account may act now.
  public func roles(of account: AccountID) async throws -> [Acting] {
    try await refresh()
    let now = clock()
    return (fold.state.people.accounts[account]?.grants ?? [])
      .filter { $0.granted <= now && $0.withdrawn.map { now < $0 } ?? true }
      .map { Acting(account: account, role: $0.role, site: $0.site) }
  }

  /// Appends events of accounts that no command leads to: attempts to get in, and what was read of identity data.
  func record(
    by actor: Actor, at now: Instant, _ origin: Origin, reason: String? = nil,
    _ events: (PeopleState) -> [PeopleEvent]
  ) async throws {
    let happened = ZoneClock.moment(now, zone: "UTC")
    while true {
      let facts = events(fold.state.people)
      guard !facts.isEmpty else { return }
      let new = try facts.map {
        try TrialEvent.people($0).newEvent(
          happened: happened, actor: actor, origin: origin, reason: reason)
      }
      do {
        _ = try await store.append(
          Append(expected: [.accounts: fold.versions[.accounts] ?? 0], events: new, recorded: now))
        try await refresh()
        return
      } catch is Conflict {
        try await refresh()
      }
    }
  }
}
