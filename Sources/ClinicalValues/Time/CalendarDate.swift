/// A date of the proleptic Gregorian calendar, known to the day, the month or the year (`2025`, `2025-03`, `2025-03-07`).
///
/// Source: HL7 CQL 1.5, "Date" (years 0001 to 9999); FHIR R4 `date`. Equality is of what was written: `2025` does not
/// equal `2025-01`; for CQL's three-valued comparison see `compare(_:at:)`.
public struct CalendarDate: Hashable, Sendable {
  // Year in 14 bits, month in 4, day in 5; 0 where not known. Dates of one precision are in the order of their bits.
  let bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  /// A date from its components; nil if it does not exist (30 February, year 0, a day without a month).
  public init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard (1...9999).contains(year) else { return nil }
    if let month {
      guard (1...12).contains(month) else { return nil }
    }
    if let day {
      guard let month, day >= 1, day <= CalendarDate.daysIn(year: year, month: month) else { return nil }
    }
    self.init(uncheckedYear: year, month: month ?? 0, day: day ?? 0)
  }

  init(uncheckedYear year: Int, month: Int, day: Int) {
    self.bits = UInt32(year) << 9 | UInt32(month) << 5 | UInt32(day)
  }

  /// Year, 1...9999.
  public var year: Int { Int(bits >> 9) }
  /// Month, 1...12, where known.
  public var month: Int? {
    let month = bits >> 5 & 15
    return month == 0 ? nil : Int(month)
  }
  /// Day of the month, where known.
  public var day: Int? {
    let day = bits & 31
    return day == 0 ? nil : Int(day)
  }
  /// The finest component that is known.
  public var precision: Precision { bits & 31 != 0 ? .day : bits >> 5 & 15 != 0 ? .month : .year }

  /// 0001-01-01.
  public static let least = CalendarDate(uncheckedYear: 1, month: 1, day: 1)
  /// 9999-12-31.
  public static let greatest = CalendarDate(uncheckedYear: 9999, month: 12, day: 31)
}

extension CalendarDate {
  /// Whether a year has a 29 February.
  public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  /// Days of a month, 1...12.
  public static func daysIn(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The first day that the date can mean.
  public var earliest: CalendarDate { CalendarDate(uncheckedYear: year, month: month ?? 1, day: day ?? 1) }

  /// The last day that the date can mean.
  public var latest: CalendarDate {
    let month = month ?? 12
    return CalendarDate(uncheckedYear: year, month: month, day: day ?? CalendarDate.daysIn(year: year, month: month))
  }

  /// Days from 1970-01-01 to the first day that the date can mean.
  public var daysSinceEpoch: Int {
    // Years that begin on 1 March put the leap day last, so that days before a month follow one formula.
    // After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    let month = self.month ?? 1
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + (day ?? 1) - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day that is `days` after 1970-01-01; nil outside the years 1...9999.
  public init?(daysSinceEpoch days: Int) {
    guard days >= -719_162, days <= 2_932_896 else { return nil }
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      uncheckedYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// Day of the week of the first day that the date can mean, 0 for Sunday to 6 for Saturday.
  public var dayOfWeek: Int {
    let remainder = (daysSinceEpoch + 4) % 7
    return remainder < 0 ? remainder + 7 : remainder
  }

  /// The same date known no finer than to `precision`.
  public func truncated(to precision: Precision) -> CalendarDate {
    switch precision {
    case .year: CalendarDate(bits: bits & ~0x1FF)
    case .month: CalendarDate(bits: bits & ~0x1F)
    default: self
    }
  }

  /// The components from coarse to fine; nil where not known.
  func component(_ precision: Precision) -> Int? {
    switch precision {
    case .year: year
    case .month: month
    case .day: day
    default: nil
    }
  }
}

extension CalendarDate {
  /// How this date stands to another in CQL's three-valued order; nil where they are equal as far as both are known and
  /// one is known further, or where `precision` asks for what one of them does not have.
  ///
  /// Without `precision` the comparison goes on to the finest component that either has. Source: HL7 CQL 1.5,
  /// Appendix B, "Equal", "Less", "Same As". A precision finer than the day is read as the day.
  public func compare(_ other: CalendarDate, at precision: Precision? = nil) -> Ordering? {
    if precision == nil, bits == other.bits { return .equal }
    let last = precision ?? max(self.precision, other.precision)
    for part in [Precision.year, .month, .day] where part <= last || (part == .day && last > .day) {
      guard let a = component(part), let b = other.component(part) else { return nil }
      if a != b { return Ordering(a, b) }
    }
    return .equal
  }

  /// The next date of the same precision; nil after 9999.
  public var successor: CalendarDate? { adding(1, precision) }
  /// The date before of the same precision; nil before year 1.
  public var predecessor: CalendarDate? { adding(-1, precision) }

  /// The date `count` calendar units later (earlier if negative); nil outside the years 1...9999.
  ///
  /// A day that the resulting month lacks becomes its last (31 January + 1 month: 28 or 29 February). A unit finer than
  /// the date is first converted down to the date's precision, its remainder dropped: hours to days by 24, days to
  /// months by 30 and to years by 365, months to years by 12. Source: HL7 CQL 1.5, Appendix B, "Add" (date/time).
  public func adding(_ count: Int, _ unit: Precision) -> CalendarDate? {
    guard let amount = CalendarAmount(count, unit).converted(to: precision) else { return nil }
    switch amount {
    case .months(let months): return addingMonths(months)
    case .milliseconds(let milliseconds): return addingDays(milliseconds / CalendarAmount.millisecondsPerDay)
    }
  }

  func addingMonths(_ months: Int) -> CalendarDate? {
    let (total, overflow) = months.addingReportingOverflow(year * 12 + (month ?? 1) - 1)
    guard !overflow, total >= 12, total < 120_000 else { return nil }
    let newYear = total / 12
    guard month != nil else { return CalendarDate(uncheckedYear: newYear, month: 0, day: 0) }
    let newMonth = total % 12 + 1
    let last = CalendarDate.daysIn(year: newYear, month: newMonth)
    return CalendarDate(uncheckedYear: newYear, month: newMonth, day: min(day ?? 0, last))
  }

  func addingDays(_ days: Int) -> CalendarDate? {
    let (total, overflow) = days.addingReportingOverflow(daysSinceEpoch)
    return overflow ? nil : CalendarDate(daysSinceEpoch: total)
  }
}
