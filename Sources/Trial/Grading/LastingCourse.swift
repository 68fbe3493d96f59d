import ClinicalValues

/// How long the values of a series have lain above a level, as far as they tell: for fever, whose grade hangs on it.
///
/// A value has lasted at least since the first of the values above the level before it, each measured soon enough after the
/// one before; at most since the last value that was not above it.
struct LastingCourse {
  /// Hours after which nobody knows what was in between. Convention of this project: vital signs are taken every 8 hours in
  /// hospital, and one that comes late still counts as the next.
  static let longestGapHours = 12

  private let level: Decimal
  private let limit: Decimal
  private var run: (begun: Int, last: Int)?
  private var below: Int?

  /// Nothing was measured yet.
  init(above level: Decimal, limitHours: Decimal) {
    self.level = level
    limit = limitHours
  }

  /// The hours for which the next value of the series has lain above the level; nil where it does not, and where what is
  /// recorded leaves open whether these are more than the limit.
  mutating func hours(of number: Decimal?, at when: DateTime?) -> Decimal? {
    guard let number else { return nil }
    guard let when, when.precision >= .minute, when.offsetMinutes != nil else {
      // Nobody knows where in the series it belongs: what was before and after it tells nothing any more.
      (run, below) = (nil, nil)
      return nil
    }
    let time = when.earliestMillisecond()
    guard number > level else {
      (run, below) = (nil, time)
      return nil
    }
    let isNext = run.map { time - $0.last <= Self.longestGapHours * 3_600_000 } ?? false
    let begun = isNext ? run?.begun ?? time : time
    run = (begun, time)
    let atLeast = Self.hours(time - begun)
    if atLeast > limit { return atLeast }
    return below.map { Self.hours(time - $0) <= limit } == true ? atLeast : nil
  }

  private static func hours(_ milliseconds: Int) -> Decimal {
    Decimal(milliseconds / 60_000) / 60 ?? Decimal(milliseconds / 3_600_000)
  }
}
