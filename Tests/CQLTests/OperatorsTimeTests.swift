import Testing

@testable import CQL

@Suite struct `Operators on dates and times` {
  static let arithmetic: [Call] = [
    Call("Add", "@2005-05-10T", "5 months", gives: "@2005-10-10T"), Call("Add", "@2014", "25 months", gives: "@2016"),
    Call("Add", "@2014T", "735 days", gives: "@2016T"),
    Call("Add", "@2016-06-10T05", "19 hours", gives: "@2016-06-11T00"),
    Call("Subtract", "@2016-05T", "31535999 seconds", gives: "@2015-05T"),
    Call("Add", "@2024-01-31", "1 month", gives: "@2024-02-29"),
    Call("Add", "@2024-02-29", "1 year", gives: "@2025-02-28"),
    Call("Add", "@T23:30:00", "1 hour", gives: "@T00:30:00"),
    Call("Subtract", "@T00:30:00", "1 hour", gives: "@T23:30:00"),
    Call("Add", "@2014-01-01", "1 'a'", gives: "error"), Call("Add", "@2014-01-01", "1 'cm'", gives: "error"),
    Call("Add", "@2014-01-01", "1.9 days", gives: "@2014-01-02"),
    Call("Add", "@2014-01-01T10:00:00.000", "1.5 seconds", gives: "@2014-01-01T10:00:01.500"),
    Call("Add", "@2005-05-10", "10000 years", gives: "error"), Call("Add", "@T10:00", "1 day", gives: "error"),
  ]

  static let comparisons: [Call] = [
    Call("Equal", "@2012-01-01", "@2012-01", gives: "null"), Call("Equal", "@2012-02-01", "@2012-01", gives: "false"),
    Call("Equal", "@2014-01-25T14:30:14.559+01:00", "@2014-01-25T13:30:14.559Z", gives: "true"),
    Call("Greater", "@2014T", "@2014-02-15T", gives: "null"), Call("Greater", "@2015T", "@2014-02-15T", gives: "true"),
    Call("Equal", "@T10:00:00", "@T10:00:00.000", gives: "null"),
    Call("Equal", "@T10:00:00", "@T10:00:01.000", gives: "false"),
    Call("After", "@2012-03-10T10:20:00.999+07:00", "@2012-03-10T08:20:00.999+06:00", "hour", gives: "true"),
    Call("After", "@2012-03-10T10:20:00.999+07:00", "@2012-03-10T10:20:00.999+06:00", "hour", gives: "false"),
    Call("SameAs", "@2014-10T", "@2014-10-12T", "day", gives: "null"),
    Call("SameAs", "@2014-10T", "@2014-10-12T", "month", gives: "true"),
    Call("SameAs", "@2014-01-01T23:00:00.000-05:00", "@2014-01-01T01:00:00.000Z", "day", gives: "true"),
    Call("SameOrBefore", "@2014-12-20T", "@2014-12-20T15", "minute", gives: "null"),
    Call("SameOrAfter", "@T23:25:25.555", "@T23:55:25.900", "hour", gives: "true"),
    Call("Before", "@2012-01-01", "@2012-02-01", "week", gives: "error"),
    Call("SameAs", "@T10:00", "@T10:00", "day", gives: "error"),
  ]

  static let spans: [Call] = [
    Call("DurationBetween", "@2005T", "@2010T", "year", gives: "Interval[4, 5]"),
    Call("DurationBetween", "@2005-05T", "@2010-04T", "year", gives: "4"),
    Call("DurationBetween", "@2014-01-31", "@2014-02-01", "month", gives: "0"),
    Call("DurationBetween", "@2014-01-15T", "@2014-02T", "day", gives: "Interval[16, 44]"),
    Call("DurationBetween", "@T06", "@T07:00:00", "hour", gives: "1"),
    Call("DurationBetween", "@2017-03-12T00:00:00-07:00", "@2017-03-13T00:00:00-06:00", "day", gives: "0"),
    Call("DifferenceBetween", "@2017-03-12T00:00:00-07:00", "@2017-03-13T00:00:00-06:00", "day", gives: "1"),
    Call("DifferenceBetween", "@2000T", "@2005-12T", "year", gives: "5"),
    Call("DifferenceBetween", "@2012-03-10T22:05:09", "@2012-03-24T07:19:33", "week", gives: "2"),
    Call("DifferenceBetween", "@T20:20:15.555", "@T20:20:15.550", "millisecond", gives: "-5"),
    Call("CalculateAgeInYearsAt", "@2000-01-01", "@2015-01-01", gives: "15"),
    Call("CalculateAgeInYears", "@2000-05-07", gives: "23"), Call("CalculateAgeInYears", "@2000-05-06", gives: "24"),
    Call("CalculateAgeInYears", "@2000", gives: "Interval[23, 24]"),
    Call("CalculateAgeInMonthsAt", "@2000-01", "@2000-03-15", gives: "Interval[1, 2]"),
  ]

  static let components: [Call] = [
    Call("DateTime", "2003", "10", gives: "@2003-10T"), Call("DateTime", "10000", "12", gives: "error"),
    Call("DateTime", "2012", "1", "1", "12", "30", "0", "0", "-7.0", gives: "@2012-01-01T12:30:00.000-07:00"),
    Call("DateTime", "2001", "1", "1", "null", gives: "@2001-01-01T"), Call("DateTime", "null", gives: "null"),
    Call("Date", "2012", "null", "1", gives: "error"), Call("Time", "12", "30", "0", "10", gives: "@T12:30:00.010"),
    Call("Time", "24", gives: "error"), Call("DateTimeComponentFrom", "@2003-10-29T20:50", "hour", gives: "20"),
    Call("DateTimeComponentFrom", "@2003-10-29", "day", gives: "29"),
    Call("DateFrom", "@2012-01-01T12", gives: "@2012-01-01"),
    Call("TimezoneOffsetFrom", "@2012-01-01T12:30:00-07:00", gives: "-7.0"),
    Call("TimezoneOffsetFrom", "@2012-01-01T12:30", gives: "0.0"),
    Call("TimeFrom", "@2012-01-01T12:30:00.000+02:00", gives: "@T10:30:00.000"),
    Call("Now", gives: "@2024-05-06T07:08:09.010Z"), Call("Today", gives: "@2024-05-06"),
    Call("TimeOfDay", gives: "@T07:08:09.010"),
  ]

  @Test(arguments: arithmetic + comparisons + spans + components)
  func `come out as the reference says`(_ call: Call) throws {
    #expect(try call.run() == call.result)
  }
}
