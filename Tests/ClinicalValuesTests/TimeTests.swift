import ClinicalValues
import Testing

@Suite struct `A date or time` {
  @Test(arguments: ["2025", "2025-03", "2025-03-07", "2024-02-29", "0001-01-01", "9999-12-31"])
  func `is a date where the day exists`(_ text: String) throws {
    #expect(try #require(CalendarDate(text)).description == text)
  }

  @Test(arguments: [
    "", "25", "20255", "0000", "2025-3", "2025-13", "2025-00", "2025-02-29", "2025-04-31", "2025-03-00", "2025-03-7",
    "2025/03/07", "2025-03-07T", " 2025", "2025-", "2025-03-", "-2025", "+025", "2025-03-07Z", "２０２５",
  ])
  func `is no date otherwise`(_ text: String) { #expect(CalendarDate(text) == nil) }

  @Test(arguments: [
    ("2015", "2015"), ("2015-02", "2015-02"), ("2015-02-07", "2015-02-07"), ("2015-02-07T", "2015-02-07"),
    ("2015-02-07T13", "2015-02-07T13"), ("2015-02-07T13:28:17.239-05:00", "2015-02-07T13:28:17.239-05:00"),
    ("2015-02-07T13:28:17Z", "2015-02-07T13:28:17Z"), ("2015-02-07T13:28:17.2Z", "2015-02-07T13:28:17.200Z"),
    ("2015-02-07T13:28:17.23999999999999+14:00", "2015-02-07T13:28:17.239+14:00"),
    ("2015-02-07T13:28+00:00", "2015-02-07T13:28Z"), ("2015-02-07T13:28:17.23-00:30", "2015-02-07T13:28:17.230-00:30"),
  ])
  func `is a date-time as CQL and FHIR write it`(_ text: String, _ printed: String) throws {
    #expect(try #require(DateTime(text)).description == printed)
  }

  @Test(arguments: [
    "2015-02T13:00", "2015-02-07T24:00", "2015-02-07T13:60", "2015-02-07T13:28:61", "2015-02-07T1",
    "2015-02-07T13:28:17.",
    "2015-02-07T13:28:17+15:00", "2015-02-07T13:28:17+05", "2015-02-07T13:28:17+05:60", "2015-02-07T13:28:17ZZ",
    "2015-02-07 13:28", "2015-02-07t13:28", "2015-02-07T13:28:17,5", "2015-02-07T13:28:17Z ", "2015-02-30T13:28:17Z",
  ])
  func `is no date-time otherwise`(_ text: String) { #expect(DateTime(text) == nil) }

  @Test func `says why a text is none`() {
    #expect(throws: InvalidTime.self) { try DateTime(parsing: "2016-12-31T23:59:60Z") }
    do throws(InvalidTime) { _ = try DateTime(parsing: "2016-12-31T23:59:60Z") } catch {
      #expect(
        "\(error)" == "'2016-12-31T23:59:60Z' has a leap second (:60), which cannot be placed on a clock. "
          + "Write :59 or the next minute.")
    }
    do throws(InvalidTime) { _ = try CalendarDate(parsing: "2025-02-30") } catch {
      #expect("\(error)" == "'2025-02-30' is no date. Expected YYYY, YYYY-MM or YYYY-MM-DD, a day that exists.")
    }
  }

  @Test(arguments: [
    ("14", "14"), ("14:30", "14:30"), ("T14:30:00.0", "14:30:00.000"), ("23:59:59.10000", "23:59:59.100"),
  ])
  func `is a time of day`(_ text: String, _ printed: String) throws {
    #expect(try #require(TimeOfDay(text)).description == printed)
  }

  @Test func `is a time of day without an offset, unless it is to be dropped`() {
    #expect(TimeOfDay("T06Z") == nil)
    #expect(TimeOfDay(droppingOffset: "T14:30:00.0+05:30")?.literal == "@T14:30:00.000")
    #expect(TimeOfDay(droppingOffset: "T14:30:00.0Zx") == nil)
    #expect(TimeOfDay("T14-30-00.0") == nil)
    #expect(TimeOfDay(hour: 10, second: 5) == nil)
  }

  @Test func `is small`() {
    #expect(MemoryLayout<CalendarDate>.size == 4)
    #expect(MemoryLayout<TimeOfDay>.size == 4)
    #expect(MemoryLayout<DateTime>.size == 8)
  }

  @Test(
    arguments: [
      ("2014", "2014-02-15", nil), ("2015", "2014-02-15", .greater), ("2013", "2014-02-15", .less),
      ("2014", "2014", .equal), ("2014-02-15T10:00:01", "2014-02-15T10:00:01.000", .equal),
      ("2014-02-15T10:00:01", "2014-02-15T10:00:01.5", .less), ("2014-02-15T10:00", "2014-02-15T10:00:01", nil),
      ("2014-02-15", "2014-02-15T10:00", nil),
      ("2012-03-10T10:20:00.999+07:00", "2012-03-10T09:20:00.999+06:00", .equal),
      ("2012-03-10T10:20:00.999+07:00", "2012-03-10T10:20:00.999+06:00", .less),
      ("2012-03-10T10:20:00.000", "2012-03-10T10:20:00.000Z", .equal),
      ("2012-03-10T10:30Z", "2012-03-10T10+00:30", nil), ("2012-03-10T10Z", "2012-03-10T10+00:30", nil),
      ("0001-01-01T00:00:00.000+01:00", "0001-01-01T00:00:00.000Z", .less),
    ] as [(String, String, Ordering?)])
  func `is compared in three values`(_ a: String, _ b: String, _ order: Ordering?) throws {
    let (left, right) = try (#require(DateTime(a)), #require(DateTime(b)))
    #expect(left.compare(right) == order)
    #expect(right.compare(left) == order?.reversed)
  }

  @Test(
    arguments: [
      ("2014-10", "2014-10-12", Precision.day, nil), ("2014-10-01", "2014-10-12", .month, .equal),
      ("2014-12-20", "2014-12-20T15", .minute, nil),
      ("2012-03-10T10:20:00.999+07:00", "2012-03-10T08:20:00.999+06:00", .hour, .greater),
      ("2014-12-10T20:55:45", "2014-12-10T20:55:45.5", .second, .equal),
      ("2014-12-10T20:55:45", "2014-12-10T20:55:45.5", .millisecond, nil), ("2013", "2014", .day, .less),
    ] as [(String, String, Precision, Ordering?)])
  func `is compared at a precision`(_ a: String, _ b: String, _ precision: Precision, _ order: Ordering?) throws {
    #expect(try #require(DateTime(a)).compare(#require(DateTime(b)), at: precision) == order)
  }

  @Test(
    arguments: [
      ("2005-05-10T", 5, Precision.month, "2005-10-10"), ("2018-05-02", 3, .week, "2018-05-23"),
      ("2024-01-31", 1, .month, "2024-02-29"), ("2024-02-29", 1, .year, "2025-02-28"),
      ("2024-03-31", -1, .month, "2024-02-29"),
      ("2005-05-10", 25, .hour, "2005-05-11"), ("2014", 24, .month, "2016"), ("2014", 25, .month, "2016"),
      ("2014", -25, .month, "2012"), ("2014", 735, .day, "2016"), ("2014-06", 1, .year, "2015-06"),
      ("2016-06-10T05", 19, .hour, "2016-06-11T00"),
      ("2016-06-10T05:05:05.005", -6, .millisecond, "2016-06-10T05:05:04.999"),
      ("2016-05", -31_535_999, .second, "2015-05"), ("2016-10-01T10:20:30", -15, .hour, "2016-09-30T19:20:30"),
      ("9999-12-31", 1, .day, nil), ("0001-01-01", -1, .day, nil), ("9999", 1, .year, nil),
      ("2000-01-01", .max, .year, nil),
      ("2000-01-01", .min, .millisecond, nil), ("2000-01-01T00", .max, .month, nil),
    ] as [(String, Int, Precision, String?)])
  func `is moved by calendar units`(_ text: String, _ count: Int, _ unit: Precision, _ result: String?) throws {
    #expect(try #require(DateTime(text)).adding(count, unit)?.description == result)
  }

  @Test func `goes round at midnight where it is a time`() throws {
    let late = try #require(TimeOfDay("15:59:59.999"))
    #expect(late.adding(5, .hour)?.description == "20:59:59.999")
    #expect(late.adding(1, .millisecond)?.description == "16:00:00.000")
    #expect(late.adding(10, .hour)?.description == "01:59:59.999")
    #expect(late.adding(-16, .hour)?.description == "23:59:59.999")
    #expect(late.adding(1, .day) == nil)
    #expect(TimeOfDay("10")?.adding(119, .minute)?.description == "11")
  }

  @Test func `steps at its own precision`() throws {
    #expect(DateTime("2000-01-01")?.predecessor?.literal == "@1999-12-31T")
    #expect(TimeOfDay("12:00:00.000")?.predecessor?.literal == "@T11:59:59.999")
    #expect(TimeOfDay("00:00:00.000")?.predecessor == nil)
    #expect(TimeOfDay("23:59")?.successor == nil)
    #expect(CalendarDate("2000-12")?.successor?.description == "2001-01")
    #expect(DateTime("9999-12-31T23:59:59.999")?.successor == nil)
    #expect(DateTime("0001-01-01T00:00:00.000")?.predecessor == nil)
  }

  @Test(
    arguments: [
      ("2005", "2010", Precision.year, 4, 5), ("2005-05", "2010-04", .year, 4, 4), ("2005", "2006-05", .month, 4, 16),
      ("2014-01-31", "2014-02-01", .month, 0, 0), ("2014-01-15", "2014-02", .day, 16, 44),
      ("2015-02-10", "2015-03", .day, 18, 49),
      ("2012-03-10T22:05:09.000", "2012-03-20T07:19:33.000", .week, 1, 1),
      ("2012-03-10T22:05:09.000", "2012-03-24T07:19:33.000", .week, 1, 1),
      ("2017-03-12T01:00:00.000-07:00", "2017-03-12T03:00:00.000-06:00", .hour, 1, 1),
      ("2017-11-05T01:30:00.000-06:00", "2017-11-05T01:15:00.000-07:00", .minute, 45, 45),
      ("2017-03-12T00:00:00.000-07:00", "2017-03-13T00:00:00.000-06:00", .day, 0, 0),
      ("2024-02-29T00:00:00.000", "2025-02-28T00:00:00.000", .year, 0, 0),
      ("2024-02-29T00:00:00.000", "2025-03-01T00:00:00.000", .year, 1, 1),
      ("2025-03-01T00:00:00.000", "2024-02-29T00:00:00.000", .year, -1, -1),
      ("2000-01-15T12:00:00.000", "2000-02-15T11:59:59.999", .month, 0, 0),
    ] as [(String, String, Precision, Int64, Int64)])
  func `counts whole periods`(_ a: String, _ b: String, _ unit: Precision, _ low: Int64, _ high: Int64) throws {
    #expect(try #require(DateTime(a)).duration(to: #require(DateTime(b)), in: unit) == low...high)
  }

  @Test(
    arguments: [
      ("2000", "2005-12", Precision.year, 5, 5), ("2000-02", "2000-10", .month, 8, 8),
      ("2000-10-15T10:30", "2000-10-25T10:00", .day, 10, 10), ("2005-12-10T05:16", "2005-12-10T05:25", .minute, 9, 9),
      ("2000-10-10T10:05:45.500-06:00", "2000-10-10T10:05:45.900-07:00", .millisecond, 3_600_400, 3_600_400),
      ("2012-03-10T22:05:09", "2012-03-24T07:19:33", .week, 2, 2),
      ("2012-03-10T22:05:09", "2012-03-20T07:19:33", .week, 2, 2),
      ("2017-03-12T00:00:00-07:00", "2017-03-13T00:00:00-06:00", .day, 1, 1),
      ("2017-11-05T01:30:00-06:00", "2017-11-05T01:15:00-07:00", .minute, 45, 45),
      ("2014", "2014-06-01", .day, -213, 151),
      ("1969-12-31T23:59:59.999", "1970-01-01T00:00:00.000", .hour, 1, 1),
    ] as [(String, String, Precision, Int64, Int64)])
  func `counts boundaries crossed`(_ a: String, _ b: String, _ unit: Precision, _ low: Int64, _ high: Int64) throws {
    #expect(try #require(DateTime(a)).difference(to: #require(DateTime(b)), in: unit) == low...high)
  }

  @Test func `counts between times and between dates`() throws {
    let six = try #require(TimeOfDay("06"))
    #expect(six.duration(to: try #require(TimeOfDay("07:00:00")), in: .hour) == 1...1)
    #expect(six.duration(to: try #require(TimeOfDay("07:00:00")), in: .minute) == 0...60)
    #expect(try #require(TimeOfDay("20")).difference(to: #require(TimeOfDay("23:25:15.555")), in: .hour) == 3...3)
    #expect(
      try #require(TimeOfDay("23:20:16.555")).duration(to: #require(TimeOfDay("23:25:15.555")), in: .minute) == 4...4)
    #expect(six.duration(to: six, in: .day) == nil)
    let day = try #require(CalendarDate("2012-03-10"))
    #expect(day.duration(to: try #require(CalendarDate("2013-03-10")), in: .year) == 1...1)
    #expect(day.duration(to: try #require(CalendarDate("2013")), in: .month) == 9...21)
    #expect(day.duration(to: day, in: .hour) == nil)
  }

  @Test func `has a first and a last reading`() throws {
    #expect(DateTime("2014-02")?.earliest.description == "2014-02-01T00:00:00.000")
    #expect(DateTime("2016-02")?.latest.description == "2016-02-29T23:59:59.999")
    #expect(DateTime("2014-01-01T08+01:00")?.latest.description == "2014-01-01T08:59:59.999+01:00")
    #expect(DateTime("2014-01-01T08:00:00.000+01:00")?.earliestMillisecond() == 1_388_559_600_000)
    #expect(
      DateTime(millisecondsSinceEpoch: 1_388_559_600_000, offsetMinutes: 60)?.description
        == "2014-01-01T08:00:00.000+01:00")
    #expect(DateTime(millisecondsSinceEpoch: .max) == nil)
    #expect(DateTime("2014-01-01T08:30Z")?.moved(toOffset: 90)?.description == "2014-01-01T10:00+01:30")
    #expect(DateTime("2014-01-01T23Z")?.moved(toOffset: 30)?.description == "2014-01")
  }

  @Test func `an instant is told by the clock that shows another moment`() throws {
    let shown = try #require(Moment("2026-11-23T17:30+08:00[Asia/Shanghai]"))
    #expect("\(Moment(shown.instant.adding(hours: -2), like: shown))" == "2026-11-23T15:30:00.000+08:00[Asia/Shanghai]")
  }

  @Test func `numbers the days of the calendar`() {
    var faults: [CalendarDate] = []
    for year in stride(from: 1, to: 9999, by: 3) {
      for (month, day) in [(1, 1), (2, 28), (2, 29), (3, 1), (8, 31), (12, 31)] {
        guard let date = CalendarDate(year: year, month: month, day: day), let next = date.successor else { continue }
        let number = date.daysSinceEpoch
        let isRight =
          next.daysSinceEpoch == number + 1 && CalendarDate(daysSinceEpoch: number) == date && next.predecessor == date
          && next.dayOfWeek == (date.dayOfWeek + 1) % 7 && date.compare(next) == .less
        if !isRight { faults.append(date) }
      }
    }
    #expect(faults.isEmpty)
    #expect(CalendarDate.least.daysSinceEpoch == -719_162)
    #expect(CalendarDate.greatest.daysSinceEpoch == 2_932_896)
    #expect(CalendarDate("1970-01-01")?.daysSinceEpoch == 0)
    #expect(CalendarDate("2026-11-22")?.dayOfWeek == 0)
  }
}
