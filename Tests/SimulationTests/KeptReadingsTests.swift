import ClinicalValues
import Conduct
import Ledger
import Rules
import StudyDesign
import Synchronization
import Testing
import Trial

@testable import Simulation

/// What is kept of participants is never older than what is on record: whatever was added, and however late it is, whoever keeps is told the same as
/// whoever reads everything anew.
struct KeptReadingsTests {
  @Test(arguments: [3, 11] as [UInt64])
  func `what is kept of participants is what reading everything anew says`(seed: UInt64) async throws {
    let begun = try await Stage.begun.value
    let (whole, stage) = (begun.store, begun.stage)
    let count = try await whole.head().position
    let store = GrowingStore(whole)
    let clock = SimulatedClock(Instant(milliseconds: 0))
    let keeping = try await live(on: store, stage, clock)
    var numbers = SplitMix64(seed: seed)
    let cuts = (0..<8).map { _ in Int.random(in: count / 3...count, using: &numbers) }.sorted()
    for cut in cuts {
      store.show(through: cut)
      if let last = try await store.events(after: cut - 1, limit: 1).last { clock.advance(to: last.recorded) }
      // Nothing is added meanwhile: a minute, some hours, more than a day.
      for minutes in [0, 1, Int.random(in: 60...2000, using: &numbers)] {
        clock.advance(minutes: minutes)
        let fresh = try await told(by: try await live(on: store, stage, clock))
        #expect(try await told(by: keeping) == fresh, "\(cut) of \(count) events, at \(clock.now)")
      }
    }
  }

  /// What pages tell of everybody.
  private struct Told: Equatable {
    let tasks: [StudyTask]
    let calendars: [ParticipantCalendar]
    /// The outcome of each criterion.
    let outcomes: [String]
  }

  private func told(by live: LiveStudy) async throws -> Told {
    let people = try await live.state().participants.keys.sorted()
    let reader = Acting(account: try AccountID("w.zhou"), role: .principalInvestigator, site: try SiteID("01"))
    var outcomes: [String] = []
    for id in people {
      let criteria = try await live.screening(of: id)?.assessments.flatMap(\.criteria) ?? []
      outcomes += criteria.map { "\(id) \($0.criterion.id) \($0.outcome)" }
    }
    return Told(
      tasks: try await live.worklist(of: nil, by: reader).tasks,
      calendars: try await live.calendars(of: Set(people)), outcomes: outcomes)
  }

  private func live(
    on store: any EventStore, _ stage: DemonstrationStage, _ clock: SimulatedClock
  ) async throws -> LiveStudy {
    try await LiveStudy(
      store: store, shelf: stage.shelf,
      vault: IdentityVault(data: stage.identity, keys: stage.keys, master: stage.master),
      authenticator: Authenticator(store: stage.credentials, master: stage.master), clock: { clock.now })
  }
}

/// A ledger of which only the first events are there yet; it can be read.
private final class GrowingStore: EventStore {
  private let whole: InMemoryEventStore
  private let end = Mutex(0)

  init(_ whole: InMemoryEventStore) { self.whole = whole }

  func show(through position: Position) { end.withLock { $0 = position } }

  func append(_ append: Append) async throws -> [Envelope] { throw Conflict(moved: [:]) }
  func events(after position: Position, limit: Int) async throws -> [Envelope] {
    let last = end.withLock { $0 }
    return try await whole.events(after: position, limit: max(0, min(limit, last - position)))
  }
  func events(of stream: StreamID, after version: Version) async throws -> [Envelope] {
    let last = end.withLock { $0 }
    return try await whole.events(of: stream, after: version).filter { $0.position <= last }
  }
  func head() async throws -> Head { Head(position: end.withLock { $0 }, root: try await whole.head().root) }
  func attachment(_ digest: Digest) async throws -> [UInt8]? { try await whole.attachment(digest) }
  func leaves(upTo position: Position) async throws -> [Digest] { try await whole.leaves(upTo: position) }
  func keep(_ checkpoint: SignedCheckpoint) async throws { try await whole.keep(checkpoint) }
  func checkpoints() async throws -> [SignedCheckpoint] { try await whole.checkpoints() }
  func subscribe(after position: Position) -> AsyncThrowingStream<Envelope, any Error> {
    whole.subscribe(after: position)
  }
}
