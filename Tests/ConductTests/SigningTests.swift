import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Conduct

struct SigningTests {
  static let actor = Acting(account: .anna, role: .principalInvestigator, site: known { try SiteID("01") })
  static let meaning = "I delegate these tasks"
  static let moment = Moment(.start)

  static let event = TrialEvent.people(.delegationEnded(number: 3, reason: "has left"))

  private func authenticated() async throws -> Authenticated {
    let access = try await AccessScenario()
    let outcome = try await access.authenticator.authenticate(
      Claim(account: "anna.berg", password: AccessScenario.password), for: .signature, in: access.people,
      now: access.now)
    guard case .authenticated(let who, _) = outcome else { throw Refusal("test", because: "-", remedy: "-") }
    return who
  }

  /// An event of the ledger with a signature over what was shown.
  private func signed(
    _ event: TrialEvent = event, reason: String? = nil, change: (Signature) -> Signature = { $0 }
  ) async throws -> NewEvent {
    let who = try await authenticated()
    let content = try SignedContent(
      event: event, happened: Self.moment, reason: reason, meaning: Self.meaning, name: who.name, account: .anna,
      role: Self.actor.role)
    let signature = try Signing.sign(
      content.canonical, meaning: Self.meaning, as: Self.actor, by: who, at: Self.moment)
    return try event.newEvent(
      signatures: [change(signature)], happened: Self.moment,
      actor: Actor(account: "anna.berg", role: "principalInvestigator", site: "01"), origin: .commandLine,
      reason: reason)
  }

  /// The event as the ledger has it.
  private func stored(_ event: NewEvent) -> Envelope {
    Envelope(event, position: 1, version: 1, recorded: .start, attachments: [])
  }

  @Test func `regulatory 26: a signature shows printed name, date and time, and meaning`() async throws {
    let checked = try Signing.verify(stored(try await signed()))
    #expect(checked.map(\.isValid) == [true])
    let text = try #require(checked.first).description
    for part in ["Anna Berg", "principal investigator", "2026-01-05T08:00:00.000", Self.meaning] {
      #expect(text.contains(part), "\(text)")
    }
  }

  @Test func `regulatory 27: a signature that is moved to another event does not verify`() async throws {
    let original = try await signed()
    let signatures = try #require(original.payload.value["signatures"])
    for other in [
      TrialEvent.people(.delegationEnded(number: 4, reason: "has left")),
      .people(.delegationAccepted(number: 3)), .people(.accountDisabled(account: .boris, reason: "has left")),
    ] {
      let bare = try other.newEvent(
        signatures: [], happened: Self.moment, actor: original.actor, origin: .commandLine, reason: nil)
      var payload = bare.payload.value
      payload["signatures"] = signatures
      let forged = NewEvent(
        stream: bare.stream, type: bare.type, payloadVersion: 1, payload: try CanonicalJSON(payload),
        happened: bare.happened, actor: bare.actor, origin: bare.origin)
      let checked = try Signing.verify(stored(forged))
      #expect(checked.map(\.isValid) == [false])
      #expect(checked.first?.description.hasPrefix("VOID") == true)
    }
  }

  @Test func `regulatory 28: any change of what was signed visibly voids the signature`() async throws {
    let original = try await signed(reason: "why")
    var fact = try #require(original.payload.value["fact"])
    fact["reason"] = .string("has not left")
    var altered = original.payload.value
    altered["fact"] = fact
    let other = Moment(Instant.start.adding(minutes: -1))
    let stream = try #require(StreamID("participant/01-0001"))
    let changes: [NewEvent] = [
      original.with(payload: try CanonicalJSON(altered)), original.with(happened: other), original.with(reason: "else"),
      original.with(stream: stream), original.with(type: "account.delegationAccepted"),
      original.with(payloadVersion: 2),
    ]
    for changed in changes { #expect(try Signing.verify(stored(changed)).map(\.isValid) == [false]) }
    #expect(try Signing.verify(stored(original)).map(\.isValid) == [true])
  }

  @Test func `regulatory 29: a signature cannot be turned into somebody else's, or into another meaning`() async throws
  {
    let changes: [(Signature) -> Signature] = [
      { $0.with(account: .boris) }, { $0.with(name: "Boris Lind") }, { $0.with(role: .nurse) },
      { $0.with(meaning: "I have seen this") }, { $0.with(signed: Moment(Instant.start.adding(minutes: 1))) },
    ]
    for change in changes {
      let event = try await signed(change: change)
      #expect(try Signing.verify(stored(event)).map(\.isValid) == [false])
    }
  }

  @Test func `regulatory 30: signing asks for the person again, and not for somebody else`() async throws {
    let who = try await authenticated()
    let content = try CanonicalJSON(.object(["fact": .integer(1)]))
    let other = Acting(account: .boris, role: .nurse, site: Self.actor.site)
    #expect(throws: Refusal.self) {
      try Signing.sign(content, meaning: "x", as: other, by: who, at: Self.moment)
    }
    for minutes in [-1, 6] {
      let moment = Moment(Instant.start.adding(minutes: minutes))
      #expect(throws: Refusal.self) {
        try Signing.sign(content, meaning: "x", as: Self.actor, by: who, at: moment)
      }
    }
  }

  @Test func `regulatory 31: with a password that an administrator gave nobody signs`() async throws {
    var access = try await AccessScenario()
    access.record(.passwordReset(account: .anna, reason: "forgotten"), by: .boris)
    let given = try await access.authenticator.givePassword(to: .anna, now: access.now)
    let outcome = try await access.authenticator.authenticate(
      Claim(account: "anna.berg", password: given), for: .signature, in: access.people, now: access.now)
    guard case .authenticated(let who, _) = outcome else {
      Issue.record("the given password does not open")
      return
    }
    let content = try CanonicalJSON(.object(["fact": .integer(1)]))
    #expect(throws: Refusal.self) {
      try Signing.sign(content, meaning: "x", as: Self.actor, by: who, at: Self.moment)
    }
  }

  @Test func `an event without signatures has none to check`() throws {
    let event = try Self.event.newEvent(
      signatures: [], happened: Self.moment, actor: Actor(account: "anna.berg", role: "nurse"), origin: .web,
      reason: nil)
    #expect(try Signing.verify(stored(event)).isEmpty)
  }
}

extension NewEvent {
  fileprivate func with(
    payload: CanonicalJSON? = nil, happened: Moment? = nil, reason: String? = nil, stream: StreamID? = nil,
    type: String? = nil, payloadVersion: Int? = nil
  ) -> NewEvent {
    NewEvent(
      stream: stream ?? self.stream, type: type ?? self.type, payloadVersion: payloadVersion ?? self.payloadVersion,
      payload: payload ?? self.payload, happened: happened ?? self.happened, actor: actor, origin: origin,
      reason: reason ?? self.reason)
  }
}

extension Signature {
  fileprivate func with(
    account: AccountID? = nil, name: String? = nil, role: Role? = nil, meaning: String? = nil, signed: Moment? = nil
  ) -> Signature {
    Signature(
      account: account ?? self.account, name: name ?? self.name, role: role ?? self.role,
      meaning: meaning ?? self.meaning, signed: signed ?? self.signed, shown: shown)
  }
}
