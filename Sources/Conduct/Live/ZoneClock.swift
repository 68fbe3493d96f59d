public import ClinicalValues
import FoundationEssentials

/// Instants as the clocks of a place show them, by the IANA time zone database of the machine.
public enum ZoneClock {
  /// An instant in a zone; a zone that the machine does not know counts as UTC.
  public static func moment(_ instant: Instant, zone: String) -> Moment {
    guard let known = TimeZone(identifier: zone) else { return Moment(instant) }
    let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
    return Moment(instant, offsetMinutes: known.secondsFromGMT(for: date) / 60, zone: zone)
  }

  /// What a person writes, as a moment: RFC 3339 with its offset, or a local date and time of the zone
  /// (`2026-11-23T09:30`). Nil if it is neither, or if the clocks of the zone never showed it.
  public static func moment(written text: String, zone: String) -> Moment? {
    if let moment = Moment(text) { return moment }
    guard let local = DateTime(text), local.precision >= .minute, local.offsetMinutes == nil else { return nil }
    // The offset in force is found by asking at the local time as if it were UTC, then once more at what that gave.
    let asUTC = Instant(milliseconds: local.earliestMillisecond())
    for probe in [asUTC.adding(hours: -14), asUTC, asUTC.adding(hours: 14)] {
      let offset = moment(probe, zone: zone).offsetMinutes
      let candidate = moment(asUTC.adding(minutes: -offset), zone: zone)
      if candidate.offsetMinutes == offset { return candidate }
    }
    return nil
  }

  /// The last instant of a day, counted since 1970-01-01, by the clocks of a moment's place, whose offset may be another one
  /// by then.
  public static func end(ofDay day: Int, like moment: Moment) -> Instant {
    let near = moment.end(ofDay: day)
    return knows(moment.zone) ? ZoneClock.moment(near, zone: moment.zone).end(ofDay: day) : near
  }

  /// Whether the clocks of its place show a moment's time twice.
  public static func isRepeated(_ moment: Moment) -> Bool {
    moment.isRepeated { ZoneClock.moment($0, zone: moment.zone) }
  }

  /// Whether the machine knows a zone.
  public static func knows(_ zone: String) -> Bool { TimeZone(identifier: zone) != nil }
}
