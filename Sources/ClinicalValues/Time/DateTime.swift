/// A date with, where known, a time of day and an offset from UTC.
///
/// Source: HL7 CQL 1.5, "DateTime"; FHIR R4 `dateTime`, `instant`. Eight bytes. Equality is of what was written; for
/// CQL's three-valued order, which brings different offsets to one, see `compare(_:at:defaultOffset:)`.
public struct DateTime: Hashable, Sendable {
  // The date in 23 bits, the time in 27 (0 where not known), minutes of offset + 841 in 11 (0 where not known).
  let bits: UInt64

  /// A date-time from its parts; nil if a time is given without a full date, or an offset beyond 14 hours.
  public init?(date: CalendarDate, time: TimeOfDay? = nil, offsetMinutes: Int? = nil) {
    guard time == nil || date.day != nil else { return nil }
    if let offsetMinutes {
      guard offsetMinutes.magnitude <= DateTime.largestOffset else { return nil }
    }
    self.init(unchecked: date, time, offsetMinutes)
  }

  init(unchecked date: CalendarDate, _ time: TimeOfDay?, _ offsetMinutes: Int?) {
    let offset = offsetMinutes.map { UInt64($0 + DateTime.largestOffset + 1) } ?? 0
    self.bits = UInt64(date.bits) << 38 | UInt64(time?.bits ?? 0) << 11 | offset
  }

  /// 14 hours, in minutes.
  static let largestOffset = 840

  /// The date as written.
  public var date: CalendarDate { CalendarDate(bits: UInt32(truncatingIfNeeded: bits >> 38)) }
  /// The time as written, where known; only with a full date.
  public var time: TimeOfDay? {
    let time = UInt32(truncatingIfNeeded: bits >> 11) & 0x7FF_FFFF
    return time == 0 ? nil : TimeOfDay(bits: time)
  }
  /// Minutes east of UTC as written, where known (-14 h ... +14 h).
  public var offsetMinutes: Int? {
    let offset = Int(bits & 0x7FF)
    return offset == 0 ? nil : offset - DateTime.largestOffset - 1
  }
  /// The finest component that is known.
  public var precision: Precision { time?.precision ?? date.precision }

  /// 0001-01-01T00:00:00.000Z.
  public static let least = DateTime(unchecked: .least, .least, 0)
  /// 9999-12-31T23:59:59.999Z.
  public static let greatest = DateTime(unchecked: .greatest, .greatest, 0)
}

extension DateTime {
  /// The value of a component; nil where not known, and for `week`.
  public func component(_ precision: Precision) -> Int? {
    precision <= .day ? date.component(precision) : time?.component(precision)
  }

  /// The same date-time known no finer than to `precision`.
  public func truncated(to precision: Precision) -> DateTime {
    guard precision >= .hour else { return DateTime(unchecked: date.truncated(to: precision), nil, offsetMinutes) }
    return DateTime(unchecked: date, time?.truncated(to: precision), offsetMinutes)
  }

  /// The same components with an offset in place of what was written.
  public func withOffset(_ minutes: Int?) -> DateTime? { DateTime(date: date, time: time, offsetMinutes: minutes) }

  /// The first millisecond that it can mean, with the same offset.
  public var earliest: DateTime { DateTime(unchecked: date.earliest, time?.earliest ?? .least, offsetMinutes) }

  /// The last millisecond that it can mean, with the same offset.
  public var latest: DateTime { DateTime(unchecked: date.latest, time?.latest ?? .greatest, offsetMinutes) }

  /// Milliseconds from 1970-01-01T00:00Z to the first that it can mean; `defaultOffset` (minutes) stands where none was
  /// written.
  public func earliestMillisecond(defaultOffset: Int = 0) -> Int {
    localMilliseconds - (offsetMinutes ?? defaultOffset) * 60_000
  }

  /// Milliseconds from 1970-01-01T00:00Z to the last that it can mean.
  public func latestMillisecond(defaultOffset: Int = 0) -> Int {
    latest.earliestMillisecond(defaultOffset: defaultOffset)
  }

  /// Milliseconds from 1970-01-01T00:00 in the offset of the value itself.
  var localMilliseconds: Int {
    date.daysSinceEpoch * CalendarAmount.millisecondsPerDay + (time?.millisecondsSinceMidnight ?? 0)
  }

  /// The instant `milliseconds` after 1970-01-01T00:00Z as seen at an offset; nil outside the years 1...9999.
  public init?(millisecondsSinceEpoch milliseconds: Int, offsetMinutes: Int = 0) {
    guard offsetMinutes.magnitude <= DateTime.largestOffset, milliseconds.magnitude < 1 << 60 else { return nil }
    self.init(
      localMilliseconds: milliseconds + offsetMinutes * 60_000, precision: .millisecond, offsetMinutes: offsetMinutes)
  }

  init?(localMilliseconds: Int, precision: Precision, offsetMinutes: Int?) {
    let day = CalendarAmount.millisecondsPerDay
    let days = localMilliseconds >= 0 ? localMilliseconds / day : (localMilliseconds + 1) / day - 1
    guard let date = CalendarDate(daysSinceEpoch: days) else { return nil }
    guard precision >= .hour else {
      self.init(unchecked: date.truncated(to: precision), nil, offsetMinutes)
      return
    }
    let time = TimeOfDay(uncheckedMilliseconds: localMilliseconds - days * day, precision: precision)
    self.init(unchecked: date, time, offsetMinutes)
  }

  /// The same moment as seen at another offset. Without a time of day nothing is moved. A component that the move makes
  /// uncertain (the hour of 10:xx half an hour later) is dropped, with all finer ones; nil outside the years 1...9999.
  public func moved(toOffset minutes: Int, defaultOffset: Int = 0) -> DateTime? {
    let own = offsetMinutes ?? defaultOffset
    guard own != minutes, time != nil else { return withOffset(minutes) }
    let shift = (minutes - own) * 60_000
    let fine = precision
    guard
      let low = DateTime(localMilliseconds: localMilliseconds + shift, precision: fine, offsetMinutes: minutes),
      let high = DateTime(localMilliseconds: latest.localMilliseconds + shift, precision: fine, offsetMinutes: minutes)
    else { return nil }
    if low == high { return low }
    for part in [Precision.minute, .hour, .day, .month] where part <= fine {
      if low.truncated(to: part) == high.truncated(to: part) { return low.truncated(to: part) }
    }
    return low.truncated(to: .year)
  }
}

extension DateTime {
  /// How this date-time stands to another in CQL's three-valued order; nil where that is not known.
  ///
  /// Different offsets are first brought to `defaultOffset` (minutes), which also stands where none was written.
  /// Without `precision` the comparison goes on to the finest component that either has, seconds and milliseconds taken
  /// as one decimal number. With `precision` both must have that component. Source: HL7 CQL 1.5, Appendix B.
  public func compare(_ other: DateTime, at precision: Precision? = nil, defaultOffset: Int = 0) -> Ordering? {
    if precision == nil, bits == other.bits { return .equal }
    var a = self
    var b = other
    if (a.offsetMinutes ?? defaultOffset) != (b.offsetMinutes ?? defaultOffset) {
      // At the ends of the calendar UTC may lie outside it; the instants themselves still have an order.
      guard let movedA = a.moved(toOffset: defaultOffset, defaultOffset: defaultOffset),
        let movedB = b.moved(toOffset: defaultOffset, defaultOffset: defaultOffset)
      else {
        return Ordering(
          a.earliestMillisecond(defaultOffset: defaultOffset), b.earliestMillisecond(defaultOffset: defaultOffset))
      }
      (a, b) = (movedA, movedB)
    }
    let last = precision ?? max(a.precision, b.precision)
    if let order = a.date.compare(b.date, at: min(last, .day)), order != .equal || last <= .day { return order }
    guard last > .day, a.date.day != nil, b.date.day != nil, let time = a.time, let otherTime = b.time else {
      return nil
    }
    return time.compare(otherTime, at: precision)
  }

  /// The next date-time of the same precision; nil after 9999.
  public var successor: DateTime? { adding(1, precision) }
  /// The date-time before of the same precision; nil before year 1.
  public var predecessor: DateTime? { adding(-1, precision) }

  /// The date-time `count` calendar units later (earlier if negative); nil outside the years 1...9999. The rules are
  /// those of `CalendarDate.adding`.
  public func adding(_ count: Int, _ unit: Precision) -> DateTime? {
    guard let amount = CalendarAmount(count, unit).converted(to: precision) else { return nil }
    switch amount {
    case .months(let months):
      return date.addingMonths(months).map { DateTime(unchecked: $0, time, offsetMinutes) }
    case .milliseconds(let moved):
      let (sum, overflow) = moved.addingReportingOverflow(localMilliseconds)
      return overflow ? nil : DateTime(localMilliseconds: sum, precision: precision, offsetMinutes: offsetMinutes)
    }
  }
}
