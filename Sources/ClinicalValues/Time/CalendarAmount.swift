/// A calendar duration brought down to what a date or time of some precision can add.
enum CalendarAmount {
  /// Years and months, whose length varies.
  case months(Int)
  /// All else.
  case milliseconds(Int)

  static let millisecondsPerDay = 86_400_000

  /// `count` of a unit; amounts beyond any date saturate.
  init(_ count: Int, _ unit: Precision) {
    switch unit {
    case .year: self = .months(CalendarAmount.times(count, 12))
    case .month: self = .months(count)
    case .week, .day, .hour, .minute, .second, .millisecond:
      self = .milliseconds(CalendarAmount.times(count, CalendarAmount.milliseconds(in: unit)))
    }
  }

  private static func times(_ count: Int, _ factor: Int) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: factor)
    return overflow ? (count < 0 ? -.max : .max) : product
  }

  /// Length of a unit of fixed length; those of variable length (month, year) count 30 and 365 days, as CQL converts.
  static func milliseconds(in unit: Precision) -> Int {
    switch unit {
    case .year: 365 * millisecondsPerDay
    case .month: 30 * millisecondsPerDay
    case .week: 7 * millisecondsPerDay
    case .day: millisecondsPerDay
    case .hour: 3_600_000
    case .minute: 60_000
    case .second: 1000
    case .millisecond: 1
    }
  }

  /// What of the amount reaches a value known to `precision`: whole units of it, the remainder dropped. nil for an
  /// amount that no date can bear.
  func converted(to precision: Precision) -> CalendarAmount? {
    switch self {
    case .months(let months):
      guard months.magnitude < 200_000 else { return nil }
      return .months(precision == .year ? months / 12 * 12 : months)
    case .milliseconds(let milliseconds):
      guard milliseconds.magnitude < .max else { return nil }
      switch precision {
      case .year: return .months(milliseconds / CalendarAmount.milliseconds(in: .year) * 12)
      case .month: return .months(milliseconds / CalendarAmount.milliseconds(in: .month))
      default:
        let step = CalendarAmount.milliseconds(in: precision)
        return .milliseconds(milliseconds / step * step)
      }
    }
  }
}
