import ClinicalValues
public import Ledger
public import Trial

extension LiveStudy {
  /// Records that the clock was ahead and was set right, with the signatures of the two who say so; from then on the
  /// times of the ledger go on from now.
  ///
  /// Nobody can sign in before it: who they are is shown here, and what comes of a right attempt is recorded with it. A
  /// failed attempt is recorded at the time of the last event, so that nothing but this act takes the time back.
  ///
  /// - Parameter claims: what the administrator and the sponsor's signatory bring, in that order.
  /// - Throws: `Refusal`; `StoreFailure`, also where another append came first.
  public func setClockRight(_ setting: ClockSetRight, by claims: [Claim], origin: Origin) async throws -> [Envelope] {
    guard claims.count == setting.together.count else { throw ClockSetRight.needsTwo }
    try await refresh()
    let now = clock()
    let moment = ZoneClock.moment(now, zone: "UTC")
    let last = fold.recorded ?? now
    let facts = try setting.decide(in: fold.state, last: last, at: moment)
    var signers: [Authenticated] = []
    var events: [NewEvent] = []
    for claim in claims {
      let (who, seen) = try await shown(claim, now: now, last: last, origin)
      signers.append(who)
      let actor = Actor(account: who.account.description, role: "")
      events += try seen.map {
        try TrialEvent.people($0).newEvent(happened: moment, actor: actor, origin: origin, reason: nil)
      }
    }
    let actor = Actor(account: setting.administrator.description, role: Role.administrator.rawValue)
    // What says that the clock was set right comes first: the times that follow rest on it.
    events =
      try facts.map { fact in
        try fact.event.newEvent(
          signatures: try signatures(of: fact, by: zip(setting.together, signers).map { ($0, $1) }, at: moment),
          happened: moment, actor: actor, origin: origin, reason: nil)
      } + events
    var append = Append(
      expected: [.study: fold.versions[.study] ?? 0, .accounts: fold.versions[.accounts] ?? 0], events: events,
      recorded: now)
    append.setsClockRight = true
    do {
      let envelopes = try await store.append(append)
      try await refresh()
      return envelopes
    } catch is Conflict {
      throw StoreFailure(
        .busy, found: "Others wrote to the same streams at this moment.",
        remedy: "Nothing was recorded. Stop whatever else runs on this study, and repeat it.")
    }
  }

  private func signatures(
    of fact: Fact, by signers: [(Acting, Authenticated)], at moment: Moment
  ) throws -> [Signature] {
    guard let meaning = fact.signed else { return [] }
    return try signers.map { acting, who in
      let content = try SignedContent(
        event: fact.event, happened: moment, reason: nil, meaning: meaning, name: who.name, account: acting.account,
        role: acting.role)
      return try Signing.sign(content.canonical, meaning: meaning, as: acting, by: who, at: moment)
    }
  }

  private func shown(
    _ claim: Claim, now: Instant, last: Instant, _ origin: Origin
  ) async throws -> (Authenticated, [PeopleEvent]) {
    switch try await authenticator.authenticate(claim, for: .signature, in: fold.state.people, now: now) {
    case .authenticated(let who, let events): return (who, events)
    case .refused(let refusal, let attempt):
      let policy = authenticator.policy
      let actor = Actor(account: attempt.account?.description ?? "unknown", role: "")
      try await record(by: actor, at: last, origin) { attempt.events(in: $0, now: now, policy: policy) }
      throw refusal
    }
  }
}

extension ClockRegression {
  /// Whether its event says so itself, signed by two: that the clock had been ahead, and was set right.
  public var isSaidByTwo: Bool { type == "study.clockSetRight" }
}
