import Testing

@testable import CQL

@Suite struct `Operators on intervals` {
  /// Each relation on bounds that are known, unknown, and the extremes of the type.
  static let relations: [Call] = [
    Call("Before", "Interval[1, 4]", "Interval[5, null)", gives: "true"),
    Call("Before", "Interval[1, null)", "Interval[5, 6]", gives: "null"),
    Call("Before", "Interval[7, null)", "Interval[5, 6]", gives: "false"),
    Call("After", "Interval[1, null]", "0", gives: "true"), Call("After", "Interval(null, 5]", "6", gives: "false"),
    Call("Contains", "Interval[null, 5]", "10", gives: "false"),
    Call("Contains", "Interval(null, 5]", "5", gives: "true"),
    Call("Contains", "Interval(null, 5]", "4", gives: "null"), Call("Contains", "null", "5", gives: "false"),
    Call("In", "null", "Interval[1, 5]", gives: "null"), Call("In", "3", "Interval[1, null)", gives: "null"),
    Call("In", "0", "Interval[1, null)", gives: "false"), Call("In", "3", "Interval[1, null]", gives: "true"),
    Call("Meets", "Interval(null, 5]", "Interval(null, 15)", gives: "null"),
    Call("MeetsAfter", "Interval(null, 5]", "Interval[11, null)", gives: "false"),
    Call("MeetsBefore", "Interval[1, 10]", "Interval[11, null)", gives: "true"),
    Call("MeetsBefore", "Interval[1, null]", "Interval[1, 2]", gives: "false"),
    Call("Meets", "Interval[@T03, @T04]", "Interval[@T05, @T06]", gives: "true"),
    Call("Meets", "Interval[@2012-01-01, @2012-01-15]", "Interval[@2012-02-20, @2012-03-01]", "month", gives: "true"),
    Call("Overlaps", "Interval[null, null]", "Interval[1, 10]", gives: "null"),
    Call("Overlaps", "Interval[null, null Integer]", "Interval[1, 10]", gives: "true"),
    Call("OverlapsAfter", "Interval[4, 11)", "Interval[4, 10]", gives: "false"),
    Call("OverlapsBefore", "Interval[4, 10]", "Interval(4, 10]", gives: "true"),
    Call("Includes", "Interval[1, null]", "Interval[5, null)", gives: "true"),
    Call("Includes", "Interval[1, null)", "Interval[5, 7]", gives: "null"),
    Call("ProperIncludes", "Interval[null, null Integer]", "Interval[1, 10]", gives: "true"),
    Call("ProperIncludes", "Interval[@T12:00:00.001, @T21:59:59.999]", "@T12:00:00", gives: "null"),
    Call("ProperIncludes", "Interval[@T12:00:00.000, @T21:59:59.999]", "@T12:00:01", "second", gives: "true"),
    Call(
      "IncludedIn", "Interval[@2017-09-01T00:00:00, @2017-09-01T00:00:00]",
      "Interval[@2017-09-01T00:00:00.000, @2017-12-30T23:59:59.999]", gives: "null"),
    Call(
      "IncludedIn", "Interval[@2017-09-01T00:00:00, @2017-09-01T00:00:00]",
      "Interval[@2017-09-01T00:00:00.000, @2017-12-30T23:59:59.999]", "day", gives: "true"),
    Call("Starts", "Interval[null, 5]", "Interval[-2147483648, 7]", gives: "true"),
    Call("Ends", "Interval[1, 10]", "Interval(null, null)", gives: "null"),
    Call("Equal", "Interval[1, 10]", "Interval(null, null)", gives: "null"),
    Call("Equal", "Interval[1, 10]", "Interval[2, null)", gives: "false"),
    Call("Equal", "Interval[1, 10)", "Interval[1, 9]", gives: "true"),
    Call("Equivalent", "Interval[1, null]", "Interval[1, null]", gives: "true"),
    Call("SameOrAfter", "Interval[@2012-12-01, @2013-12-01]", "@2012-11-15", "month", gives: "true"),
    Call("SameOrBefore", "Interval[4, 6]", "6", gives: "true"),
  ]

  static let values: [Call] = [
    Call("Start", "Interval(1, 5]", gives: "2"), Call("Start", "Interval[null, 5]", gives: "-2147483648"),
    Call("Start", "Interval(null, 5]", gives: "null"), Call("End", "Interval[1.0, 2.0)", gives: "1.99999999"),
    Call("End", "Interval[@2012-01-01, null]", gives: "@9999-12-31"),
    Call("Start", "Interval[null, null]", gives: "null"),
    Call("PointFrom", "Interval[4, 5)", gives: "4"), Call("PointFrom", "Interval[1, 4]", gives: "error"),
    Call("PointFrom", "Interval[null, null]", gives: "null"), Call("Width", "Interval[4.0, 15.0]", gives: "11.0"),
    Call("Size", "Interval[3, 8)", gives: "5"), Call("Width", "Interval[@2012-01-01, @2012-02-01]", gives: "error"),
    Call("Union", "Interval[1, 10]", "Interval[4, 15]", gives: "Interval[1, 15]"),
    Call("Union", "Interval[1, 10]", "Interval[44, 50]", gives: "null"),
    Call("Union", "Interval[1, 10]", "Interval[11, null]", gives: "Interval[1, null]"),
    Call("Intersect", "Interval[1, 10]", "Interval[5, null)", gives: "Interval[5, null)"),
    Call("Intersect", "Interval[1, 10]", "Interval[11, 12]", gives: "null"),
    Call("Except", "Interval[1.0, 10.0]", "Interval[4.0, 10.0]", gives: "Interval[1.0, 3.99999999]"),
    Call("Except", "Interval[1, 10]", "Interval[3, 7]", gives: "null"),
    Call("Except", "Interval[1, 10]", "Interval[20, 30]", gives: "Interval[1, 10]"),
    Call("Except", "Interval[null, null]", "Interval[null, null]", gives: "null"),
    Call("Collapse", "{Interval(null, null)}", gives: "{}"), Call("Collapse", "null", gives: "null"),
    Call(
      "Collapse", "{Interval[1, 5], Interval[12, 19], Interval[3, 7], null}",
      gives: "{Interval[1, 7], Interval[12, 19]}"),
    Call(
      "Collapse", "{Interval[@2012-01-01, @2012-01-15], Interval[@2012-02-10, @2012-02-20]}", "1 month",
      gives: "{Interval[@2012-01-01, @2012-02-20]}"),
    Call(
      "Expand", "{Interval[@2018-01-01, @2018-01-04]}", "2 days",
      gives: "{Interval[@2018-01-01, @2018-01-02], Interval[@2018-01-03, @2018-01-04]}"),
    Call("Expand", "Interval[@T10:00, @T12:30]", "1 hour", gives: "{@T10, @T11, @T12}"),
    Call("Expand", "Interval[@T22:00, @T23:30]", "1 hour", gives: "{@T22, @T23}"),
    Call(
      "Expand", "{Interval[10.0, 12.5)}", "1 '1'",
      gives: "{Interval[10.0, 10.0], Interval[11.0, 11.0], Interval[12.0, 12.0]}"),
    Call(
      "Expand", "Interval[10, 10]", "0.1 '1'",
      gives: "{10.0, 10.1, 10.2, 10.3, 10.4, 10.5, 10.6, 10.7, 10.8, 10.9}"),
    Call("Expand", "Interval[1, 10)", "2 '1'", gives: "{1, 3, 5, 7}"),
    Call("Expand", "Interval[1, 3]", gives: "{1, 2, 3}"),
    Call("Expand", "{Interval[@T10, @T10]}", "1 minute", gives: "{}"), Call("Expand", "{null}", gives: "{}"),
    Call("Expand", "Interval[1, null]", gives: "{}"), Call("Expand", "Interval[1, 2147483647]", gives: "error"),
    Call("Expand", "{Interval[1, 2]}", "0 '1'", gives: "error"),
  ]

  @Test(arguments: relations + values)
  func `come out as the reference says`(_ call: Call) throws {
    #expect(try call.run() == call.result)
  }
}
