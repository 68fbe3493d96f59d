public import ClinicalValues
public import Ledger
public import Trial

/// The trial as the ledger knew it at a cut-off: what was recorded up to it, whenever it had happened.
///
/// What is recorded later, a late entry too, changes a later snapshot and never this one (`KnownPrefix`).
public struct TrialSnapshot: Sendable {
  private let known: KnownPrefix
  /// What the events say, folded.
  public private(set) var state = TrialState()
  /// What the state lets go of and a report tells.
  public private(set) var history = StudyHistory()
  private var tree = Frontier()
  private var isComplete = false

  /// A trial before its first event.
  public init(asOf cutoff: Instant) { known = KnownPrefix(asOf: cutoff) }

  /// A trial as of a cut-off, read from its ledger. Cost: reads the ledger up to the cut-off, and the study's stream twice.
  ///
  /// - Throws: `StoreFailure`, and what `take` throws.
  public init(asOf cutoff: Instant, reading store: any EventStore) async throws {
    known = try await KnownPrefix(asOf: cutoff, reading: store)
    var last = 0
    while case let page = try await store.events(after: last, limit: 2000), let end = page.last?.position,
      try take(page)
    {
      last = end
    }
  }

  /// The last instant whose events count.
  public var cutoff: Instant { known.cutoff }

  /// Position and root of the ledger at the cut-off.
  public var head: Head { tree.head }

  /// Takes the next events of the ledger, in its order; returns whether later ones can still belong to it.
  ///
  /// - Throws: `UnreadableEvent`, `UpcastFailure` for what a newer release wrote.
  public mutating func take(_ envelopes: [Envelope]) throws -> Bool {
    for envelope in envelopes where !isComplete {
      guard known.goesOn(with: envelope) else {
        isComplete = true
        break
      }
      let recorded = try Recorded<TrialEvent>(envelope)
      state.apply(recorded)
      history.apply(recorded)
      tree.append(envelope.hash)
    }
    return !isComplete
  }

  /// The cut-off at a place with the clocks of UTC: what "now" is for whatever depends on the day.
  public var moment: Moment { Moment(cutoff) }
}

extension Instant {
  /// The last instant of a day in UTC.
  public init(endOf date: CalendarDate) {
    self.init(milliseconds: (date.latest.daysSinceEpoch + 1) * 86_400_000 - 1)
  }
}
