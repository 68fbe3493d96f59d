public import ClinicalValues
public import Ledger
import Trial

/// The beginning of the ledger that was there at a moment.
///
/// The first event that was recorded later ends it for good, so that a position and a root name it. What was recorded by a clock
/// that was ahead belongs to it where the clock was set right by then, whatever times it bears.
public struct KnownPrefix: Sendable {
  /// The last instant whose events count.
  public let cutoff: Instant
  /// Up to where everything belongs to it: by the cut-off a clock that had been ahead was set right there.
  private let certain: Position

  /// That of a ledger whose clock was never ahead.
  public init(asOf cutoff: Instant) {
    self.cutoff = cutoff
    certain = 0
  }

  /// That of a ledger. Cost: reads the stream of the study.
  ///
  /// - Throws: `StoreFailure`; `UnreadableEvent`, `UpcastFailure` for what a newer release wrote.
  public init(asOf cutoff: Instant, reading store: any EventStore) async throws {
    self.cutoff = cutoff
    var certain: Position = 0
    for envelope in try await store.events(of: .study, after: 0) where envelope.recorded <= cutoff {
      if case .study(.clockSetRight) = try Recorded<TrialEvent>(envelope).event { certain = envelope.position }
    }
    self.certain = certain
  }

  /// Whether the event that follows what belongs to it belongs to it too.
  public func goesOn(with envelope: Envelope) -> Bool { envelope.position <= certain || envelope.recorded <= cutoff }

  /// The position of its last event; 0 if there is none. Cost: reads the ledger up to there.
  ///
  /// - Throws: `StoreFailure`.
  public func end(in store: any EventStore) async throws -> Position {
    var last = certain
    while case let page = try await store.events(after: last, limit: 2000), !page.isEmpty {
      for envelope in page {
        guard goesOn(with: envelope) else { return last }
        last = envelope.position
      }
    }
    return last
  }
}
