/// A point of time to the millisecond, the same everywhere. Written in RFC 3339 as `2026-11-23T09:30:00.000Z`.
public struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public let milliseconds: Int

  /// The point that lies so many milliseconds after 1970-01-01T00:00:00Z, brought into the years 0001 to 9999.
  public init(milliseconds: Int) {
    self.milliseconds = min(max(milliseconds, Instant.least), Instant.greatest)
  }

  private static let least = -62_135_596_800_000
  private static let greatest = 253_402_300_799_999

  /// Whether the first comes before the second.
  public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

  /// The point that lies so much later.
  public func adding(hours: Int = 0, minutes: Int = 0, seconds: Int = 0) -> Instant {
    Instant(milliseconds: milliseconds + ((hours * 60 + minutes) * 60 + seconds) * 1000)
  }

  /// Milliseconds from an earlier point to this one, negative if that one is later.
  public func milliseconds(since earlier: Instant) -> Int { milliseconds - earlier.milliseconds }
}

extension Instant: CustomStringConvertible, Codable {
  /// The instant that an RFC 3339 text with its offset writes (`2026-11-23T09:30:00+08:00`); nil if it is none.
  public init?(_ text: some StringProtocol) {
    guard let time = DateTime(text), time.precision >= .minute, time.offsetMinutes != nil else { return nil }
    self.init(milliseconds: time.earliestMillisecond())
  }

  /// In UTC, with milliseconds.
  public var description: String {
    DateTime(millisecondsSinceEpoch: milliseconds, offsetMinutes: 0)?.description ?? "\(milliseconds) ms"
  }

  /// Reads the RFC 3339 text form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let instant = Instant(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no instant such as 2026-11-23T09:30:00.000Z")
    }
    self = instant
  }

  /// Writes the RFC 3339 text form, in UTC with milliseconds.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// An instant as it was lived at a place: with the time zone there and its offset from UTC at that instant.
///
/// The offset is kept beside the name because a zone's rules change; what a clock on the wall showed must not. Written
/// as `2026-11-23T17:30:00.000+08:00[Asia/Shanghai]` (RFC 9557).
public struct Moment: Hashable, Comparable, Sendable {
  /// The instant.
  public let instant: Instant
  /// Minutes east of UTC at that instant, -840 to 840.
  public let offsetMinutes: Int
  /// The zone's name in the IANA time zone database, such as `Asia/Shanghai`.
  public let zone: String

  /// An instant at a place; the offset is brought into -14 h to +14 h.
  public init(_ instant: Instant, offsetMinutes: Int = 0, zone: String = "UTC") {
    self.instant = instant
    self.offsetMinutes = min(max(offsetMinutes, -840), 840)
    self.zone = zone
  }

  /// An instant by the clock that shows another moment; for one that is near, since offsets change with the seasons.
  public init(_ instant: Instant, like other: Moment) {
    self.init(instant, offsetMinutes: other.offsetMinutes, zone: other.zone)
  }

  /// Whether the first comes before the second; where is of no account.
  public static func < (a: Moment, b: Moment) -> Bool { a.instant < b.instant }

  /// The calendar day at the place, as days since 1970-01-01.
  public var day: Int {
    let local = instant.milliseconds + offsetMinutes * 60_000
    return local >= 0 ? local / 86_400_000 : (local + 1) / 86_400_000 - 1
  }

  /// The calendar date at the place.
  public var date: CalendarDate { CalendarDate(daysSinceEpoch: day) ?? (day < 0 ? .least : .greatest) }

  /// The last instant of a day, counted since 1970-01-01, by the offset of this moment.
  public func end(ofDay day: Int) -> Instant {
    Instant(milliseconds: (day + 1) * 86_400_000 - offsetMinutes * 60_000 - 1)
  }

  /// Its offset as it is written: `+08:00`; `UTC` where there is none.
  public var offset: String { Moment.name(ofOffset: offsetMinutes) }

  /// Whether the clocks of its place show this time twice, as they do in the hour by which they are set back.
  public func isRepeated(by clocks: (Instant) -> Moment) -> Bool {
    clocks(instant).offsetMinutes == offsetMinutes
      && [-60, -30, 30, 60].contains { clocks(instant.adding(minutes: $0)).offsetMinutes + $0 == offsetMinutes }
  }

  /// The date and time of day at the place, with its offset.
  public var dateTime: DateTime {
    DateTime(millisecondsSinceEpoch: instant.milliseconds, offsetMinutes: offsetMinutes)
      ?? (day < 0 ? .least : .greatest)
  }
}

extension Moment: CustomStringConvertible, Codable {
  /// The moment that an RFC 9557 text writes; nil if it is none. Without `[zone]` the zone is named by its offset.
  public init?(_ text: some StringProtocol) {
    var zone: String?
    var time = String(text)
    if time.hasSuffix("]"), let opening = time.lastIndex(of: "[") {
      zone = String(time[time.index(after: opening)...].dropLast())
      time = String(time[..<opening])
    }
    guard let instant = Instant(time), let offset = DateTime(time)?.offsetMinutes else { return nil }
    if let zone, zone.isEmpty || !zone.utf8.allSatisfy(Moment.isZoneCharacter) { return nil }
    self.init(instant, offsetMinutes: offset, zone: zone ?? Moment.name(ofOffset: offset))
  }

  private static func isZoneCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/_+-:".utf8.contains(byte)
    }
  }

  private static func name(ofOffset minutes: Int) -> String {
    guard minutes != 0 else { return "UTC" }
    let (hours, rest) = minutes.magnitude.quotientAndRemainder(dividingBy: 60)
    return (minutes < 0 ? "-" : "+") + (hours < 10 ? "0" : "") + "\(hours):" + (rest < 10 ? "0" : "") + "\(rest)"
  }

  /// The local date and time, the offset, and the zone in brackets.
  public var description: String { "\(dateTime)[\(zone)]" }

  /// Reads the RFC 9557 text form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let moment = Moment(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "'\(text)' is no moment such as 2026-11-23T17:30:00.000+08:00[Asia/Shanghai]")
    }
    self = moment
  }

  /// Writes the RFC 9557 text form: local date and time, offset, zone in brackets.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
