// Statistics computes what the trial reports of few participants: intervals of proportions, a stopping rule and what can be
// expected of it, times to an event.
//
// Not here: who is counted (the denominator is the caller's), rounding, words; anything of the trial.
//
// Always true: functions of plain numbers; arguments that cannot be are nil, never a trap; Double throughout, to about
// twelve digits, because none of these results is a datum.

/// The two ends of an interval.
public struct Interval: Sendable, Hashable {
  /// Its lower end.
  public let lower: Double
  /// Its upper end.
  public let upper: Double

  /// An interval.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}
