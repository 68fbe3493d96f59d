/// A time of day, known to the hour, minute, second or millisecond.
///
/// Source: HL7 CQL 1.5, "Time"; FHIR R4 `time`. Equality is of what was written; for CQL's see `compare(_:at:)`.
public struct TimeOfDay: Hashable, Sendable {
  // Hour in 5 bits, minute and second in 6, millisecond in 10, each one more than its value, 0 where not known. Times
  // of one precision are in the order of their bits.
  let bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  /// A time from its components; nil if it does not exist or a finer part is given without the coarser.
  public init?(hour: Int, minute: Int? = nil, second: Int? = nil, millisecond: Int? = nil) {
    guard (0...23).contains(hour), (0...59).contains(minute ?? 0), (0...59).contains(second ?? 0),
      (0...999).contains(millisecond ?? 0), minute != nil || second == nil, second != nil || millisecond == nil
    else { return nil }
    self.init(uncheckedHour: hour, minute: minute, second: second, millisecond: millisecond)
  }

  init(uncheckedHour hour: Int, minute: Int?, second: Int?, millisecond: Int?) {
    let coarse = UInt32(hour + 1) << 22 | UInt32((minute ?? -1) + 1) << 16
    self.bits = coarse | UInt32((second ?? -1) + 1) << 10 | UInt32((millisecond ?? -1) + 1)
  }

  /// 0...23.
  public var hour: Int { Int(bits >> 22) - 1 }
  /// 0...59, where known.
  public var minute: Int? { TimeOfDay.known(bits >> 16 & 63) }
  /// 0...59, where known.
  public var second: Int? { TimeOfDay.known(bits >> 10 & 63) }
  /// 0...999, where known.
  public var millisecond: Int? { TimeOfDay.known(bits & 1023) }
  /// The finest component that is known.
  public var precision: Precision {
    bits & 1023 != 0 ? .millisecond : bits >> 10 & 63 != 0 ? .second : bits >> 16 & 63 != 0 ? .minute : .hour
  }

  private static func known(_ field: UInt32) -> Int? { field == 0 ? nil : Int(field) - 1 }

  /// 00:00:00.000.
  public static let least = TimeOfDay(uncheckedHour: 0, minute: 0, second: 0, millisecond: 0)
  /// 23:59:59.999.
  public static let greatest = TimeOfDay(uncheckedHour: 23, minute: 59, second: 59, millisecond: 999)
}

extension TimeOfDay {
  /// The first millisecond that the time can mean.
  public var earliest: TimeOfDay {
    TimeOfDay(uncheckedHour: hour, minute: minute ?? 0, second: second ?? 0, millisecond: millisecond ?? 0)
  }

  /// The last millisecond that the time can mean.
  public var latest: TimeOfDay {
    TimeOfDay(uncheckedHour: hour, minute: minute ?? 59, second: second ?? 59, millisecond: millisecond ?? 999)
  }

  /// Milliseconds from midnight to the first that the time can mean.
  public var millisecondsSinceMidnight: Int {
    ((hour * 60 + (minute ?? 0)) * 60 + (second ?? 0)) * 1000 + (millisecond ?? 0)
  }

  /// The time `milliseconds` after midnight, 0..<86,400,000, known to `precision`.
  init(uncheckedMilliseconds milliseconds: Int, precision: Precision) {
    self.init(
      uncheckedHour: milliseconds / 3_600_000,
      minute: precision >= .minute ? milliseconds / 60_000 % 60 : nil,
      second: precision >= .second ? milliseconds / 1000 % 60 : nil,
      millisecond: precision >= .millisecond ? milliseconds % 1000 : nil)
  }

  /// The same time known no finer than to `precision`.
  public func truncated(to precision: Precision) -> TimeOfDay {
    switch precision {
    case .millisecond: self
    case .second: TimeOfDay(bits: bits & ~0x3FF)
    case .minute: TimeOfDay(bits: bits & ~0xFFFF)
    default: TimeOfDay(bits: bits & ~0x3FFFFF)
    }
  }

  func component(_ precision: Precision) -> Int? {
    switch precision {
    case .hour: hour
    case .minute: minute
    case .second: second
    case .millisecond: millisecond
    default: nil
    }
  }

  /// How this time stands to another in CQL's three-valued order; nil where that is not known.
  ///
  /// Without `precision` the comparison goes on to the finest component that either has, seconds and milliseconds
  /// taken as one decimal number (10:00:01 equals 10:00:01.000). With `precision` both must have that component; one
  /// coarser than the hour is read as the hour. Source: HL7 CQL 1.5, Appendix B, "Equal", "Less", "Same As".
  public func compare(_ other: TimeOfDay, at precision: Precision? = nil) -> Ordering? {
    let last = precision ?? max(self.precision, other.precision)
    for part in [Precision.hour, .minute, .second] where part <= max(last, .hour) {
      guard let a = component(part), let b = other.component(part) else { return nil }
      if a != b { return Ordering(a, b) }
    }
    guard last == .millisecond else { return .equal }
    if precision == nil { return Ordering(millisecond ?? 0, other.millisecond ?? 0) }
    guard let a = millisecond, let b = other.millisecond else { return nil }
    return Ordering(a, b)
  }

  /// The next time of the same precision; nil at the end of the day.
  public var successor: TimeOfDay? { steppingOnce(1) }
  /// The time before of the same precision; nil at the start of the day.
  public var predecessor: TimeOfDay? { steppingOnce(-1) }

  private func steppingOnce(_ direction: Int) -> TimeOfDay? {
    let moved = millisecondsSinceMidnight + direction * CalendarAmount.milliseconds(in: precision)
    guard moved >= 0, moved < CalendarAmount.millisecondsPerDay else { return nil }
    return TimeOfDay(uncheckedMilliseconds: moved, precision: precision)
  }

  /// The time `count` units later (earlier if negative), going round at midnight; nil for a unit of a day or more. A
  /// unit finer than the time is first converted down to the time's precision, its remainder dropped.
  public func adding(_ count: Int, _ unit: Precision) -> TimeOfDay? {
    guard unit >= .hour, case .milliseconds(let moved)? = CalendarAmount(count, unit).converted(to: precision) else {
      return nil
    }
    let day = CalendarAmount.millisecondsPerDay
    let sum = (millisecondsSinceMidnight + moved % day + day) % day
    return TimeOfDay(uncheckedMilliseconds: sum, precision: precision)
  }
}
