import Testing

@testable import CQL

@Suite struct `Operators on numbers` {
  static let operations: [Call] = [
    Call("Add", "1", "2", gives: "3"), Call("Add", "2147483647", "1", gives: "null"),
    Call("Add", "1.5", "2.25", gives: "3.75"), Call("Add", "1 'g/cm3'", "1 'g/cm3'", gives: "2 'g/cm3'"),
    Call("Add", "1 'm'", "1 'cm'", gives: "101 'cm'"), Call("Add", "1 'cm'", "1 'cm2'", gives: "null"),
    Call("Add", "1 year", "6 months", gives: "18 months"), Call("Add", "1", "null", gives: "null"),
    Call("Subtract", "1.0 'cm'", "2.0 'cm'", gives: "-1.0 'cm'"), Call("Subtract", "-2147483648", "1", gives: "null"),
    Call("Multiply", "2L", "3L", gives: "6L"), Call("Multiply", "2 'cm'", "3 'cm'", gives: "6 'cm2'"),
    Call("Multiply", "2 'g'", "3 '/cm3'", gives: "6 'g/cm3'"), Call("Multiply", "2 'cm'", "3 'cm2'", gives: "6 'cm3'"),
    Call("Divide", "1.0", "0.0", gives: "null"), Call("Divide", "1 'g/cm3'", "1 'g/cm3'", gives: "1 '1'"),
    Call("Divide", "10.0 'g'", "5 '1'", gives: "2 'g'"), Call("Divide", "6 'cm2'", "2 'cm'", gives: "3 'cm'"),
    Call("Divide", "1 'm'", "1 'cm'", gives: "100 '1'"), Call("Divide", "6 '1'", "2 's'", gives: "3 '/s'"),
    Call("TruncatedDivide", "-10", "3", gives: "-3"), Call("TruncatedDivide", "10", "0", gives: "null"),
    Call("TruncatedDivide", "-2147483648", "-1", gives: "null"), Call("TruncatedDivide", "10.1", "3.1", gives: "3.0"),
    Call("TruncatedDivide", "4.14 'm'", "2.06 'm'", gives: "2 'm'"),
    Call("Modulo", "-2147483648", "-1", gives: "0"), Call("Modulo", "0", "0", gives: "null"),
    Call("Modulo", "3.5 'cm'", "3 'cm'", gives: "0.5 'cm'"), Call("Modulo", "10.0 'g'", "0.0 'g'", gives: "null"),
    Call("Divide", "1 'g'", "25 'ng'", gives: "40000000 '1'"),
    Call("Divide", "1 'm'", "1 'nm'", gives: "1000000000 '1'"),
    Call("TruncatedDivide", "8 'g'", "25 'ng'", gives: "320000000 'ng'"),
    Call("Modulo", "10 'g'", "25 'ng'", gives: "0 'ng'"), Call("Divide", "10 years", "2 months", gives: "60 '1'"),
    Call("Divide", "1 year", "1 'd'", gives: "null"), Call("Multiply", "1 month", "2 'm'", gives: "null"),
    Call("TruncatedDivide", "10 'g'", "3 '1'", gives: "3 'g'"), Call("Modulo", "10 'g'", "3 '1'", gives: "1 'g'"),
    Call("Divide", "100 '[iU]'", "10 '[iU]'", gives: "10 '1'"), Call("Modulo", "1 year", "5 months", gives: "2 months"),
    Call("Divide", "300 '{cells}/uL'", "2 '{cells}/mL'", gives: "150000 '1'"),
    Call("Divide", "6 '10*9/L'", "2 '10*3/uL'", gives: "3 '1'"),
    Call("Negate", "-2147483648", gives: "null"), Call("Negate", "5 'mg'", gives: "-5 'mg'"),
    Call("Negate", "Uncertain[1, 4]", gives: "Interval[-4, -1]"),
    Call("Add", "99999999999999999999.99999999", "0.00000001", gives: "null"),
    Call("Add", "99999999999999999999.99999998", "0.00000001", gives: "99999999999999999999.99999999"),
    Call("Subtract", "-99999999999999999999.99999999", "1.0", gives: "null"),
    Call("Multiply", "10000000000.0", "10000000000.0", gives: "null"),
    Call("Add", "99999999999999999999.0 'mg'", "1.0 'mg'", gives: "null"),
    Call("Multiply", "10000000000.0 'm'", "10000000000.0 'm'", gives: "null"),
  ]

  static let functions: [Call] = [
    Call("Abs", "-2147483648", gives: "null"), Call("Abs", "-1.5", gives: "1.5"),
    Call("Ceiling", "-2147483648.2", gives: "-2147483648"), Call("Ceiling", "2147483647.2", gives: "null"),
    Call("Floor", "-2147483648.2", gives: "null"), Call("Floor", "-0.1", gives: "-1"),
    Call("Truncate", "-1.9", gives: "-1"), Call("Round", "-0.5", gives: "-1.0"), Call("Round", "-0.4", gives: "0.0"),
    Call("Round", "3.14159", "2", gives: "3.14"), Call("Exp", "0.0", gives: "1.0"),
    Call("Exp", "1000.0", gives: "error"), Call("Exp", "47.0", gives: "error"),
    Call("Power", "10.0", "20.0", gives: "null"),
    Call("Successor", "99999999999999999999.99999999", gives: "error"),
    Call("Predecessor", "-99999999999999999999.99999999 'mg'", gives: "error"),
    Call("ConvertQuantity", "1000000.0 'Mm'", "'nm'", gives: "null"),
    Call("CanConvertQuantity", "1000000.0 'Mm'", "'nm'", gives: "false"),
    Call("Ln", "0.0", gives: "error"), Call("Ln", "-1.0", gives: "null"), Call("Log", "1.0", "1.0", gives: "null"),
    Call("Log", "0.125", "2.0", gives: "-3.0"), Call("Power", "2", "4", gives: "16"),
    Call("Power", "0", "0", gives: "1"),
    Call("Power", "2", "-2", gives: "0.25"), Call("Power", "10", "-8", gives: "0.00000001"),
    Call("Power", "2", "31", gives: "null"), Call("Power", "2L", "40L", gives: "1099511627776L"),
    Call("Power", "-2.0", "2.0", gives: "4.0"), Call("Power", "-8.0", "0.5", gives: "null"),
    Call("Successor", "1.01", gives: "1.01000001"), Call("Successor", "2147483647", gives: "error"),
    Call("Predecessor", "1.0 'cm'", gives: "0.99999999 'cm'"), Call("Predecessor", "@T00:00:00.000", gives: "error"),
    Call("Predecessor", "@2000-01-01T", gives: "@1999-12-31T"), Call("Successor", "@2012", gives: "@2013"),
    Call("Precision", "1.58700", gives: "5"), Call("Precision", "@2014-01-05T10:30:00.000", gives: "17"),
    Call("Precision", "@T10:30:00.000", gives: "9"), Call("HighBoundary", "1.587", "8", gives: "1.58799999"),
    Call("HighBoundary", "-1.587", "8", gives: "-1.58700000"), Call("LowBoundary", "-1.587", "8", gives: "-1.58799999"),
    Call("HighBoundary", "1.58888", "null", gives: "1.58888999"), Call("LowBoundary", "1.587", "2", gives: "1.58"),
    Call("HighBoundary", "1.587", "2", gives: "1.59"), Call("HighBoundary", "1.587", "9", gives: "null"),
    Call("HighBoundary", "@2014", "6", gives: "@2014-12"), Call("LowBoundary", "@2014", "null", gives: "@2014-01-01"),
    Call("HighBoundary", "@2014-01-01T08", "17", gives: "@2014-01-01T08:59:59.999"),
    Call("LowBoundary", "@T10:30", "9", gives: "@T10:30:00.000"), Call("HighBoundary", "@2014", "5", gives: "null"),
  ]

  static let uncertain: [Call] = [
    Call("Add", "Uncertain[16, 44]", "Uncertain[16, 44]", gives: "Interval[32, 88]"),
    Call("Subtract", "Uncertain[16, 44]", "Uncertain[4, 16]", gives: "Interval[0, 40]"),
    Call("Multiply", "Uncertain[16, 44]", "Uncertain[16, 44]", gives: "Interval[256, 1936]"),
    Call("TruncatedDivide", "Uncertain[16, 44]", "Uncertain[4, 16]", gives: "error"),
    Call("Greater", "Uncertain[6, 18]", "5", gives: "true"), Call("Greater", "Uncertain[5, 18]", "5", gives: "null"),
    Call("GreaterOrEqual", "Uncertain[5, 18]", "5", gives: "true"),
    Call("Less", "Uncertain[1, 4]", "Uncertain[5, 6]", gives: "true"),
    Call("Equal", "Uncertain[1, 4]", "5", gives: "false"), Call("Equal", "Uncertain[1, 4]", "4", gives: "null"),
    Call("ToInteger", "Uncertain[4, 4]", gives: "4"), Call("ToInteger", "Uncertain[4, 5]", gives: "null"),
    Call("Between", "Uncertain[4, 5]", "Uncertain[1, 1]", "Uncertain[5, 5]", gives: "true"),
  ]

  static let comparisons: [Call] = [
    Call("Equal", "1 'cm'", "0.01 'm'", gives: "true"), Call("Equal", "1 'cm'", "1 'cm2'", gives: "null"),
    Call("Equal", "1 year", "1 'a'", gives: "null"), Call("Equivalent", "1 year", "1 'a'", gives: "true"),
    Call("Equal", "1 week", "1 'wk'", gives: "true"), Call("Equal", "1 month", "1 'mo'", gives: "null"),
    Call("Equal", "1 year", "365 days", gives: "null"), Call("Equivalent", "1 year", "365 days", gives: "true"),
    Call("Equivalent", "1 month", "30 days", gives: "true"), Call("Equivalent", "1 year", "12 months", gives: "true"),
    Call("Equal", "1 year", "12 months", gives: "true"), Call("Equal", "1 day", "24 hours", gives: "true"),
    Call("Greater", "1 'm'", "10 'cm'", gives: "true"), Call("Less", "'a'", "'aa'", gives: "true"),
    Call("Equivalent", "1.5", "1.54", gives: "true"), Call("Equivalent", "'A b'", "'a b'", gives: "true"),
    Call("Less", "'Z'", "'a'", gives: "true"), Call("Equivalent", "null", "null", gives: "true"),
    Call("Equal", "Tuple { a: null, b: 'x' }", "Tuple { a: 1, b: 'y' }", gives: "null"),
    Call("Equal", "Tuple { a: 1, b: 'x' }", "Tuple { a: 2, b: null }", gives: "false"),
    Call("Equal", "Tuple { a: null }", "Tuple { a: null }", gives: "true"),
    Call("NotEqual", "Tuple { a: 1, b: null }", "Tuple { a: 2, b: null }", gives: "true"),
  ]

  @Test(arguments: operations + functions + uncertain + comparisons)
  func `come out as the reference says`(_ call: Call) throws {
    #expect(try call.run() == call.result)
  }
}
