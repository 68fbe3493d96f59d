// How far apart two dates or times are: whole periods that have passed (duration), or boundaries crossed (difference).
//
// Source: HL7 CQL 1.5, Appendix B, "Duration", "Difference"; Appendix H, "Time Interval Calculation Examples". Where a
// value is not known far enough the answer is a range: every count that some reading of the values gives.

extension CalendarDate {
  /// Whole years, months, weeks or days from this date to another, negative if it is earlier; nil for a finer unit.
  public func duration(to other: CalendarDate, in unit: Precision) -> ClosedRange<Int64>? {
    guard unit <= .day else { return nil }
    return range(
      TimePoint(latest).duration(to: TimePoint(other.earliest), in: unit),
      TimePoint(earliest).duration(to: TimePoint(other.latest), in: unit))
  }

  /// Boundaries of years, months, weeks (they begin on Sunday) or days crossed from this date to another; nil for a
  /// finer unit.
  public func difference(to other: CalendarDate, in unit: Precision) -> ClosedRange<Int64>? {
    guard unit <= .day else { return nil }
    return range(
      TimePoint(latest).difference(to: TimePoint(other.earliest), in: unit),
      TimePoint(earliest).difference(to: TimePoint(other.latest), in: unit))
  }
}

extension DateTime {
  /// Whole periods from this date-time to another, negative if it is earlier. The other is first seen at the offset of
  /// this one; `defaultOffset` (minutes) stands where none was written.
  public func duration(to other: DateTime, in unit: Precision, defaultOffset: Int = 0) -> ClosedRange<Int64> {
    let shift = ((offsetMinutes ?? defaultOffset) - (other.offsetMinutes ?? defaultOffset)) * 60_000
    return range(
      TimePoint(latest, shifted: 0).duration(to: TimePoint(other.earliest, shifted: shift), in: unit),
      TimePoint(earliest, shifted: 0).duration(to: TimePoint(other.latest, shifted: shift), in: unit))
  }

  /// Boundaries crossed from this date-time to another. For hours and finer the other is first seen at the offset of
  /// this one; days and coarser are those of the calendars of both places, as written.
  public func difference(to other: DateTime, in unit: Precision, defaultOffset: Int = 0) -> ClosedRange<Int64> {
    let offsets = (offsetMinutes ?? defaultOffset) - (other.offsetMinutes ?? defaultOffset)
    let shift = unit >= .hour ? offsets * 60_000 : 0
    return range(
      TimePoint(latest, shifted: 0).difference(to: TimePoint(other.earliest, shifted: shift), in: unit),
      TimePoint(earliest, shifted: 0).difference(to: TimePoint(other.latest, shifted: shift), in: unit))
  }
}

extension TimeOfDay {
  /// Whole hours, minutes, seconds or milliseconds from this time to another; nil for a coarser unit.
  ///
  /// Two times that have the component asked for are counted from their first millisecond (hours from 06 to 07:00:00
  /// are 1, as the published tests have it); only without it is the answer a range.
  public func duration(to other: TimeOfDay, in unit: Precision) -> ClosedRange<Int64>? {
    guard unit >= .hour else { return nil }
    let step = CalendarAmount.milliseconds(in: unit)
    if min(precision, other.precision) >= unit {
      let count = (other.millisecondsSinceMidnight - millisecondsSinceMidnight) / step
      return range(count, count)
    }
    return range(
      (other.earliest.millisecondsSinceMidnight - latest.millisecondsSinceMidnight) / step,
      (other.latest.millisecondsSinceMidnight - earliest.millisecondsSinceMidnight) / step)
  }

  /// Boundaries of hours, minutes, seconds or milliseconds crossed from this time to another; nil for a coarser unit.
  public func difference(to other: TimeOfDay, in unit: Precision) -> ClosedRange<Int64>? {
    guard unit >= .hour else { return nil }
    let step = CalendarAmount.milliseconds(in: unit)
    return range(
      other.earliest.millisecondsSinceMidnight / step - latest.millisecondsSinceMidnight / step,
      other.latest.millisecondsSinceMidnight / step - earliest.millisecondsSinceMidnight / step)
  }
}

private func range(_ low: Int, _ high: Int) -> ClosedRange<Int64> { Int64(low)...Int64(max(low, high)) }

/// A millisecond of the calendar, split for arithmetic on months.
private struct TimePoint {
  let date: CalendarDate
  let milliseconds: Int

  init(_ date: CalendarDate) {
    self.date = date
    self.milliseconds = date.daysSinceEpoch * CalendarAmount.millisecondsPerDay
  }

  /// A moment moved by some milliseconds; at the ends of the calendar it stays on the last day that exists.
  init(_ dateTime: DateTime, shifted shift: Int) {
    let milliseconds = dateTime.localMilliseconds + shift
    let moved = DateTime(localMilliseconds: milliseconds, precision: .day, offsetMinutes: nil)
    self.date = moved?.date ?? dateTime.date
    self.milliseconds = milliseconds
  }

  private var months: Int { date.year * 12 + (date.month ?? 1) - 1 }

  /// Milliseconds since the first of the month.
  private var withinMonth: Int {
    milliseconds - (date.daysSinceEpoch - (date.day ?? 1) + 1) * CalendarAmount.millisecondsPerDay
  }

  func duration(to other: TimePoint, in unit: Precision) -> Int {
    switch unit {
    case .year: return wholeMonths(to: other) / 12
    case .month: return wholeMonths(to: other)
    default: return (other.milliseconds - milliseconds) / CalendarAmount.milliseconds(in: unit)
    }
  }

  private func wholeMonths(to other: TimePoint) -> Int {
    if other.milliseconds < milliseconds { return -other.wholeMonths(to: self) }
    return other.months - months - (other.withinMonth < withinMonth ? 1 : 0)
  }

  func difference(to other: TimePoint, in unit: Precision) -> Int {
    switch unit {
    case .year: other.date.year - date.year
    case .month: other.months - months
    // The epoch was a Thursday: four days later in its week than the Sunday that began it.
    case .week: (other.date.daysSinceEpoch + 4).flooredQuotient(7) - (date.daysSinceEpoch + 4).flooredQuotient(7)
    default:
      other.milliseconds.flooredQuotient(CalendarAmount.milliseconds(in: unit))
        - milliseconds.flooredQuotient(CalendarAmount.milliseconds(in: unit))
    }
  }
}

extension Int {
  /// The quotient rounded down; `divisor` is positive.
  fileprivate func flooredQuotient(_ divisor: Int) -> Int {
    self >= 0 ? self / divisor : (self + 1) / divisor - 1
  }
}
