import Testing

@testable import CQL

private func body(_ text: String) -> (Node?, [String]) {
  let (program, diagnostics) = Compiler(models: []).compileExpression(text)
  return (program?.libraries[0].definitions[0].body, diagnostics.map(\.description))
}

@Suite struct `The checker types expressions` {
  @Test(arguments: [
    ("null", "Any"), ("{}", "List<Any>"), ("{ 1, 2.0 }", "List<Decimal>"), ("{ 1, null }", "List<Integer>"),
    ("{ 1, 'a' }", "List<Choice<Integer, String>>"), ("{ {}, { 1 } }", "List<List<Integer>>"),
    ("Interval[1, null]", "Interval<Integer>"), ("Interval[@2020, @2020-01-01T]", "Interval<DateTime>"),
    ("Tuple { b: 1, a: 'x' }", "Tuple { a String, b Integer }"), ("1 + 2L", "Long"), ("1 / 2", "Decimal"),
    ("1 + null", "Integer"), ("5 'mg' + 1", "Quantity"), ("'a' + 'b'", "String"), ("'a' & null", "String"),
    ("if true then 1 else 2.0", "Decimal"), ("if true then null else 1", "Integer"),
    ("if true then 1 else 'a'", "Choice<Integer, String>"), ("case when true then 1 else 2L end", "Long"),
    ("First({ 1, 2 })", "Integer"), ("Coalesce(null, 1, 2.0)", "Decimal"),
    ("{ 1 } union { 'a' }", "List<Choice<Integer, String>>"),
    ("({ 1, 2 }) X where X > 1", "List<Integer>"), ("(4) X return X + 1.0", "Decimal"),
    ("from ({ 1 }) A, ({ 'b' }) B", "List<Tuple { A Integer, B String }>"),
    ("({ 1 }) A aggregate R starting 0: R + A", "Integer"), ("({ 1 }) A aggregate R: R + A", "Integer"),
    ("({ 1 }) A aggregate R starting 1: R * 1.5", "Decimal"),
    ("({ { 1 }, { 2 } }) A return all First(A)", "List<Integer>"),
    ("({ Tuple { x: { 1 } } }).x", "List<Integer>"), ("Interval[1, 2].low", "Integer"), ("(5 'mg').unit", "String"),
    ("days between @2020 and @2021", "Integer"), ("year from @2020", "Integer"), ("minimum Date", "Date"),
    ("1 as Choice<Integer, String>", "Choice<Integer, String>"), ("null as Interval<Date>", "Interval<Date>"),
    ("convert 5 to Decimal", "Decimal"), ("convert 5 'mg' to 'g'", "Quantity"), ("-2147483648", "Integer"),
    ("expand { Interval[1, 3] }", "List<Interval<Integer>>"), ("expand Interval[1, 3] per 1", "List<Integer>"),
    ("collapse { Interval[@2020, @2021] } per day", "List<Interval<Date>>"),
    ("{ 1, 2 }.where($this > 1)", "List<Integer>"),
    ("{ 'a' }.select(Length($this))", "List<Integer>"), ("{ 1 }.exists()", "Boolean"), ("{ 1 }.first()", "Integer"),
    ("1:8", "Ratio"), ("singleton from { 1 }", "Integer"), ("x", nil), ("1 + 'a'", nil),
  ])
  func `every expression has a type`(_ text: String, _ type: String?) {
    let (node, diagnostics) = body(text)
    #expect(node?.type.description == type, "\(text) \(diagnostics)")
  }

  @Test(arguments: [
    ("1 + 2.0", "Add(ToDecimal(1), 2.0)"), ("1 = 1L", "Equal(ToLong(1), 1L)"),
    ("1 in { 2.0 }", "In(ToDecimal(1), {2.0})"),
    ("{ 1 } = { 2.0 }", "Equal({ToDecimal(1)}, {2.0})"),
    ("Interval[1, 2] contains 1.5", "Contains(Interval[ToDecimal(1), ToDecimal(2)], 1.5)"),
    ("Interval[null, null] overlaps Interval[1, 2]", "Overlaps(null, Interval[1, 2])"),
    ("'a' & 'b'", "Concatenate(Coalesce('a', ''), Coalesce('b', ''))"),
    ("@2020 same year as @2020-01-01T", "SameAs(ToDateTime(@2020), @2020-01-01T, year)"),
    ("@2020 + 1 year", "Add(@2020, 1'year')"), ("{ 'a' } includes 'a'", "Contains({'a'}, 'a')"),
    ("{ 'a' } includes null", "Includes({'a'}, null)"), ("null properly included in { 'a' }", "ProperIn(null, {'a'})"),
    (
      "Interval[@2020, @2021] starts before end Interval[@2022, @2023]",
      "Before(Start(Interval[@2020, @2021]), End(Interval[@2022, @2023]))"
    ),
    ("@2020 3 days or more before @2021", "SameOrBefore(@2020, Subtract(@2021, 3'days'))"),
    ("@2020 3 days before @2021", "SameAs(@2020, Subtract(@2021, 3'days'), day)"),
    (
      "@2020 less than 3 days on or after @2021",
      "And(Before(@2020, Add(@2021, 3'days')), SameOrAfter(@2020, @2021))"
    ),
    (
      "@2020 within 3 days of @2021",
      "And(SameOrAfter(@2020, Subtract(@2021, 3'days')), SameOrBefore(@2020, Add(@2021, 3'days')))"
    ),
    ("1 is Integer", "(1 is Integer)"), ("cast 1 as Choice<Integer, String>", "(1 cast Choice<Integer, String>)"),
    ("Concept { codes: Code { code: 'a' } }", "System.Concept{codes: {System.Code{code: 'a'}}}"),
    ("({ 1 }) X return X + 1", "($0 of {1}; return distinct Add($0, 1))"),
    ("({ 1 }) X sort desc", "($0 of {1}; sort $1 desc)"),
    ("({ Tuple { a: 1 } }) X sort by a", "($0 of {Tuple{a: 1}}; sort $1 by $1.a)"),
    ("(1 + 2) properly between 1 and 5", "($1 = true; let $0 = Add(1, 2); return And(Greater($0, 1), Less($0, 5)))"),
  ])
  func `conversions are nodes of their own`(_ text: String, _ tree: String) {
    let (node, diagnostics) = body(text)
    #expect(node?.compact == tree, "\(text) \(diagnostics)")
  }

  @Test(arguments: [
    (
      "2147483649",
      "1:1: 2147483649 is beyond the range of Integer (-2147483648 to 2147483647). Write 2147483649L for a Long, or 2147483649.0 for a Decimal."
    ),
    (
      "100000000000000000000.0",
      "1:1: 100000000000000000000.0 is beyond the range of Decimal (20 digits before the point). Write fewer digits."
    ),
    (
      "100000000000000000000.0 'mg'", "1:1: 100000000000000000000.0 is beyond the range of Decimal. Write fewer digits."
    ),
    ("@2014-13-01", "1:1: '@2014-13-01' is no date. Expected YYYY, YYYY-MM or YYYY-MM-DD, a day that exists."),
    (
      "@2014-02-30T10",
      "1:1: '@2014-02-30T10' is no date-time. Expected YYYY-MM-DDThh:mm:ss.fff with Z or +hh:mm, from the year on as far as known."
    ),
    ("@T24:00", "1:1: '@T24:00' has an hour above 23, or a minute or second above 59. Correct it."),
    ("0.000000001", "1:1: 0.000000001 has more than 8 digits after the point. Write fewer digits."),
    ("'a' + 1", "1:5: No signature of '+' takes (String, Integer). Convert one: ToString(...)."),
    ("Abs('a')", "1:1: No signature of 'Abs' takes (String). Convert one: ToDecimal(...)."),
    ("Lenght({ 1 })", "1:1: There is no function 'Lenght'. Did you mean 'Length'?"),
    ("1 as String", "1:3: A value of type Integer is never a String. To convert it write: convert ... to String."),
    ("1 is Strin", "1:6: There is no type 'Strin'. Did you mean 'String'?"),
    (
      "if 1 then 2 else 3",
      "1:4: The condition of 'if' must be of type Boolean, but is Integer. Convert it: ToBoolean(...)."
    ),
    ("({ 1 }) X where X", "1:17: 'where' must be of type Boolean, but is Integer. Convert it: ToBoolean(...)."),
    (
      "Interval['a', 'b']",
      "1:1: An interval cannot have bounds of type String. Use numbers, quantities, dates or times, both bounds of one type."
    ),
    (
      "5 'mgg'", "1:1: 'mgg' is no unit. Did you mean 'mg'?"
    ),
    (
      "$this",
      "1:1: $this has no meaning here. It stands for an element inside a sort key or a method such as where(...)."
    ),
    ("Tuple { a: 1, a: 2 }", "1:15: The tuple names 'a' twice. Rename one."),
    ("(Tuple { name: 1 }).nmae", "1:20: Tuple { name Integer } has no element 'nmae'. Did you mean 'name'?"),
    ("(4) X sort asc", "1:12: The result of this query is not a list. Remove 'sort'."),
    ("({ 1 }) X return (X) X", "1:22: 'X' is an alias already in force here. Choose another name."),
    ("Integer", "1:1: 'Integer' is a type, not a value. Use it after 'is', 'as' or 'to'."),
    ("%ucum", "1:1: '%' begins a constant of FHIRPath, which CQL does not have. Declare a parameter."),
    (
      "({ true, false }) X sort desc",
      "1:26: Values of type Boolean have no order to sort by. Sort by one of their elements."
    ),
    ("{ 1 }.frist()", "1:6: List<Integer> has no method 'frist'. Define it: define fluent function frist(...)."),
  ])
  func `what is wrong is told with its place and the cure`(_ text: String, _ message: String) {
    #expect(body(text).1 == ["<expression>:" + message])
  }

  @Test func `one expression can have several errors`() {
    #expect(
      body("a = 1 and (b > @2014-13)").1 == [
        "<expression>:1:1: 'a' is not defined. Define it, or include the library that does.",
        "<expression>:1:12: 'b' is not defined. Define it, or include the library that does.",
        "<expression>:1:16: '@2014-13' is no date. Expected YYYY, YYYY-MM or YYYY-MM-DD, a day that exists.",
      ])
  }
}
