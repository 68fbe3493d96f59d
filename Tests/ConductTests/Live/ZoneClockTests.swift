import ClinicalValues
import Testing

@testable import Conduct

/// What the clocks of a place show where they are put forward and back.
struct ZoneClockTests {
  @Test(arguments: [
    ("Europe/Berlin", "2026-06-30", "2026-06-30T21:59:59.999Z"),
    ("Europe/Berlin", "2026-03-28", "2026-03-28T22:59:59.999Z"),
    ("Europe/Berlin", "2026-03-29", "2026-03-29T21:59:59.999Z"),
    ("Europe/Berlin", "2026-10-25", "2026-10-25T22:59:59.999Z"),
    ("Australia/Sydney", "2026-06-30", "2026-06-30T13:59:59.999Z"),
    ("Asia/Shanghai", "2026-06-30", "2026-06-30T15:59:59.999Z"), ("+01:00", "2026-06-30", "2026-06-30T22:59:59.999Z"),
  ])
  func `a day ends by the clocks that hold then`(zone: String, day: String, end: String) throws {
    let date = try #require(CalendarDate(day))
    let winter = try #require(Instant("2026-01-05T09:00:00Z"))
    let now =
      ZoneClock.knows(zone) ? ZoneClock.moment(winter, zone: zone) : Moment(winter, offsetMinutes: 60, zone: zone)
    #expect(ZoneClock.end(ofDay: date.daysSinceEpoch, like: now) == Instant(end))
  }

  @Test(arguments: [
    ("Europe/Berlin", "2026-10-25T00:30:00Z", "+02:00", true),
    ("Europe/Berlin", "2026-10-25T01:30:00Z", "+01:00", true),
    ("Europe/Berlin", "2026-10-24T23:30:00Z", "+02:00", false),
    ("Europe/Berlin", "2026-10-25T02:30:00Z", "+01:00", false),
    ("Europe/Berlin", "2026-03-29T01:30:00Z", "+02:00", false),
    ("Europe/London", "2026-10-25T01:30:00Z", "UTC", true), ("Asia/Shanghai", "2026-10-25T00:30:00Z", "+08:00", false),
    ("UTC", "2026-10-25T00:30:00Z", "UTC", false),
  ])
  func `the hour by which clocks are set back is shown twice`(
    zone: String, instant: String, offset: String, isRepeated: Bool
  ) throws {
    let moment = ZoneClock.moment(try #require(Instant(instant)), zone: zone)
    #expect(moment.offset == offset)
    #expect(ZoneClock.isRepeated(moment) == isRepeated)
  }

  @Test func `a moment with another offset than its zone has is not shown twice`() throws {
    #expect(!ZoneClock.isRepeated(try #require(Moment("2026-07-05T10:00+01:00[Europe/Berlin]"))))
    #expect(!ZoneClock.isRepeated(try #require(Moment("2026-07-05T10:00+01:00"))))
  }
}
