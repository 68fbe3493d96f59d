public import ClinicalValues
import Synchronization

/// The clock of a demonstration that goes on where its story ended: it runs as the machine's does, and can be put forward,
/// so that weeks of a trial can be lived through in minutes. It never goes back, as the ledger's time never does.
public final class StoryClock: Sendable {
  private let machine: @Sendable () -> Instant
  /// By how much it is ahead of the machine's clock, in milliseconds; negative where the story lies in the past.
  private let ahead: Mutex<Int>

  /// A clock that shows a time now.
  ///
  /// - Parameter machine: the machine's clock, by which it runs on.
  public init(showing start: Instant, machine: @escaping @Sendable () -> Instant) {
    self.machine = machine
    ahead = Mutex(start.milliseconds - machine().milliseconds)
  }

  /// What it shows.
  public var now: Instant { Instant(milliseconds: machine().milliseconds + ahead.withLock { $0 }) }

  /// The same for whoever asks a clock.
  public var clock: @Sendable () -> Instant { { self.now } }

  /// Puts it forward: by whoever lives through the story, or to when somebody else has recorded something.
  ///
  /// - Returns: whether the time lies ahead; nothing is changed where it does not.
  @discardableResult
  public func advance(to instant: Instant) -> Bool {
    ahead.withLock { ahead in
      let shown = machine().milliseconds + ahead
      guard instant.milliseconds > shown else { return false }
      ahead += instant.milliseconds - shown
      return true
    }
  }
}
