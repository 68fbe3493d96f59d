public import ClinicalValues
public import Ledger
public import Trial

/// The trial as the ledger knew it at a cut-off: what was recorded up to it, whenever it had happened.
///
/// What is recorded later, a late entry too, changes a later snapshot and never this one: the first event that was recorded
/// after the cut-off ends it for good, so that the ledger's position and root name its content. What was recorded by a clock
/// that was ahead belongs to it where the clock was set right by the cut-off, whatever times it bears.
public struct TrialSnapshot: Sendable {
  /// The last instant whose events count.
  public let cutoff: Instant
  /// What the events say, folded.
  public private(set) var state = TrialState()
  /// What the state lets go of and a report tells.
  public private(set) var history = StudyHistory()
  /// Up to where everything belongs to it: by the cut-off a clock that had been ahead was set right there.
  private var certain: Position = 0
  private var tree = Frontier()
  private var isComplete = false

  /// A trial before its first event.
  public init(asOf cutoff: Instant) { self.cutoff = cutoff }

  /// A trial as of a cut-off, read from its ledger. Cost: reads the ledger up to the cut-off, and the study's stream twice.
  ///
  /// - Throws: `StoreFailure`, and what `take` throws.
  public init(asOf cutoff: Instant, reading store: any EventStore) async throws {
    self.init(asOf: cutoff)
    for envelope in try await store.events(of: .study, after: 0) where envelope.recorded <= cutoff {
      if case .study(.clockSetRight) = try Recorded<TrialEvent>(envelope).event { certain = envelope.position }
    }
    var last = 0
    while case let page = try await store.events(after: last, limit: 2000), let end = page.last?.position,
      try take(page)
    {
      last = end
    }
  }

  /// Position and root of the ledger at the cut-off.
  public var head: Head { tree.head }

  /// Takes the next events of the ledger, in its order; returns whether later ones can still belong to it.
  ///
  /// - Throws: `UnreadableEvent`, `UpcastFailure` for what a newer release wrote.
  public mutating func take(_ envelopes: [Envelope]) throws -> Bool {
    for envelope in envelopes where !isComplete {
      guard envelope.position <= certain || envelope.recorded <= cutoff else {
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
