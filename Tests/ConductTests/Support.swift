import ClinicalValues
import Ledger
import Synchronization
import Trial

@testable import Conduct

func known<Value>(_ make: () throws -> Value) -> Value {
  do { return try make() } catch { preconditionFailure("\(error)") }
}

extension Entropy {
  /// Bytes that are always the same: a counter through SHA-256.
  static func counted(from seed: String = "seed") -> Entropy {
    let counter = Counter(seed)
    return Entropy { counter.next($0) }
  }
}

/// A counter behind a lock.
private final class Counter: Sendable {
  private let seed: String
  private let count = Mutex(0)

  init(_ seed: String) { self.seed = seed }

  func next(_ bytes: Int) -> [UInt8] {
    count.withLock { count in
      var drawn: [UInt8] = []
      while drawn.count < bytes {
        drawn += Digest(of: "\(seed)\(count)").bytes
        count += 1
      }
      return Array(drawn.prefix(bytes))
    }
  }
}

extension MasterKey {
  static let example = MasterKey(bytes: Digest(of: "master").bytes)
}

extension AuthenticationPolicy {
  /// As the standard one, with hashes that cost nothing.
  static let quick: AuthenticationPolicy = {
    var policy = AuthenticationPolicy()
    policy.cost = ScryptCost(rounds: 16, blockSize: 1, parallelism: 1)
    return policy
  }()
}

extension AccountID {
  static let anna = known { try AccountID("anna.berg") }
  static let boris = known { try AccountID("boris.lind") }
}

extension ParticipantID {
  static let first = known { try ParticipantID("01-0001") }
  static let second = known { try ParticipantID("01-0002") }
  static let elsewhere = known { try ParticipantID("02-0001") }
}

extension Instant {
  static let start = Instant("2026-01-05T08:00:00.000Z") ?? Instant(milliseconds: 0)
}

/// Accounts, their credentials and a clock, as the live study has them.
struct AccessScenario {
  var people = PeopleState()
  var now = Instant.start
  let store = InMemorySealedStore()
  let authenticator: Authenticator
  private(set) var events: [PeopleEvent] = []

  static let password = "four quiet herons waded"

  /// Anna Berg has an enabled account and a password.
  init(policy: AuthenticationPolicy = .quick) async throws {
    authenticator = Authenticator(store: store, master: .example, policy: policy, entropy: .counted())
    for event in [
      PeopleEvent.accountCreated(account: .anna, name: "Anna Berg", namesakes: []),
      .accountEnabled(account: .anna), .passwordSet(account: .anna),
    ] { record(event) }
    try await authenticator.setFirstPassword(Self.password, for: .anna, name: "Anna Berg", now: now)
  }

  mutating func record(_ event: PeopleEvent, by actor: AccountID = .anna) {
    events.append(event)
    people.apply(
      Recorded(event, happened: Moment(now), recorded: now, actor: Actor(account: actor.description, role: "")))
  }

  /// Tries to get in and records what comes of it; nil, or the id of the refusal.
  @discardableResult
  mutating func attempt(
    _ password: String = password, account: String = "anna.berg", code: String? = nil,
    for purpose: AuthenticationPurpose = .signIn
  ) async throws -> String? {
    try await settle(
      try await authenticator.authenticate(
        Claim(account: account, password: password, code: code), for: purpose, in: people, now: now))
  }

  @discardableResult
  mutating func settle(_ outcome: AuthenticationOutcome) async throws -> String? {
    switch outcome {
    case .authenticated(_, let events):
      for event in events { record(event) }
      return nil
    case .refused(let refusal, let attempt):
      for event in attempt.events(in: people, now: now, policy: authenticator.policy) { record(event) }
      return refusal.id
    }
  }

  mutating func wait(days: Int = 0, hours: Int = 0, minutes: Int = 0, seconds: Int = 0) {
    now = now.adding(hours: days * 24 + hours, minutes: minutes, seconds: seconds)
  }

  /// The code that a device with a secret shows now.
  func code(_ offer: SecondFactorOffer) -> String {
    OneTimePassword.code(secret: offer.secret, step: OneTimePassword.step(atSecond: now.milliseconds / 1000))
  }
}
