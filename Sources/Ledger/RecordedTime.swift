public import ClinicalValues

/// How the times at which a ledger takes its events may run: gates, deadlines and the age of signatures rest on them.
public enum RecordedTime {
  /// How many seconds an event may be recorded before the one that it follows.
  ///
  /// The time of an append is read before it is decided, and an append waits up to ten seconds for another process, so
  /// that one with a later time may come first; a time service moves a clock by a second or two, a leap second is one.
  /// Thirty seconds hold all of that together. What lies beyond is a clock that was set back.
  public static let toleranceSeconds = 30

  /// Whether a time lies further before another than clocks explain.
  public static func isBehind(_ recorded: Instant, _ latest: Instant) -> Bool {
    recorded.adding(seconds: toleranceSeconds) < latest
  }

  /// Refuses an append whose time lies before that of the last event. After a clock that was ahead one append says that it
  /// was set right (`Append.setsClockRight`); from its time on the order is asked for again.
  static func require(_ recorded: Instant, after last: Envelope) throws(StoreFailure) {
    guard isBehind(recorded, last.recorded) else { return }
    throw StoreFailure(
      .clockBehind, at: EventPlace(position: last.position, stream: last.event.stream, version: last.version),
      found: "the clock of this machine shows \(recorded), but event \(last.position), the last one, was recorded at "
        + "\(last.recorded): the clock was set back.",
      remedy: "Nothing of this act was recorded. Have the clock of the machine set right, then repeat it. If it is "
        + "right, and was ahead when that event was recorded, nothing can be recorded before \(last.recorded) unless an "
        + "administrator and the sponsor's signatory record that it was ahead (tandem ledger set-clock-right).")
  }
}

/// A place at which the times of a ledger go back further than clocks explain.
public struct ClockRegression: Hashable, Sendable, CustomStringConvertible {
  /// The event that was recorded too early.
  public let position: Position
  /// What kind of fact it is: one may say itself, signed, that the clock had been ahead.
  public let type: String
  /// When it was recorded.
  public let recorded: Instant
  /// The latest time at which an event before it was recorded.
  public let before: Instant

  /// What was found.
  public var description: String {
    "event \(position) was recorded at \(recorded), after one that was recorded at \(before): the clock was set back."
  }
}
