import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Web

/// Up to when the last checkpoint of a ledger reaches.
struct LastCheckpointTests {
  /// Adds an event, recorded so many minutes after the first.
  private func add(to store: InMemoryEventStore, minute: Int) async throws {
    let instant = Instant(milliseconds: 1_770_000_000_000 + minute * 60_000)
    let event = try TrialEvent.study(.opened(scope: .study)).newEvent(
      happened: Moment(instant), actor: Actor(account: "p.i", role: "principalInvestigator"), origin: .web, reason: nil)
    _ = try await store.append(Append(expected: [.study: minute], events: [event], recorded: instant))
  }

  @Test func `there is none as long as none was kept`() async throws {
    let store = InMemoryEventStore()
    try await add(to: store, minute: 0)
    let last = try await LastCheckpoint(store)
    #expect(last == nil)
  }

  @Test func `it says when the last event that it covers was recorded, and how many came after`() async throws {
    let store = InMemoryEventStore()
    let key = try SigningKey(name: "tandem.example", seed: Digest(of: "seed").bytes)
    for minute in 0..<3 {
      try await add(to: store, minute: minute)
      if minute == 1 {
        try await store.keep(Checkpoint(origin: "tandem.example", head: try await store.head()).signed(with: key))
      }
    }
    let last = try #require(try await LastCheckpoint(store))
    #expect(last.signed.checkpoint.head.position == 2 && last.since == 1)
    #expect(last.recorded == Instant(milliseconds: 1_770_000_060_000))
  }
}
