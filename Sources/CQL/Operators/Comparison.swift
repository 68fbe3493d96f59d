import ClinicalValues

// Equality, equivalence and order.
//
// Source: HL7 CQL 1.5, Appendix B, "Comparison Operators".

extension Operator {
  static let comparison: [Operator] = [
    Operator(
      "Equal", .infix("="), spec: "09-b-cqlreference.html#equal",
      examples: [("4 = 2 + 2", "true"), ("'John' = 'john'", "false"), ("1 = null", "null")],
      overloads: equality { $0 }),
    Operator(
      "NotEqual", .infix("!="), spec: "09-b-cqlreference.html#not-equal",
      examples: [("1 != 2", "true"), ("1.0 != 1.00", "false"), ("1 != null", "null")],
      overloads: equality { !$0 }),
    Operator(
      "Equivalent", .infix("~"), spec: "09-b-cqlreference.html#equivalent",
      examples: [("'Abel' ~ 'abel'", "true"), ("null ~ null", "true"), ("1 ~ null", "false")],
      overloads: equivalence { $0 }),
    Operator(
      "NotEquivalent", .infix("!~"), spec: "09-b-cqlreference.html#not-equivalent",
      examples: [("'Abel' !~ 'abel'", "false"), ("1 !~ null", "true")],
      overloads: equivalence { !$0 }),
    Operator(
      "Less", .infix("<"), spec: "09-b-cqlreference.html#less",
      examples: [("1 < 2", "true"), ("'a' < 'aa'", "true"), ("1 < null", "null")],
      overloads: order {
        $0 == .less
      } uncertain: {
        $0.isLess(than: $1)
      }),
    Operator(
      "Greater", .infix(">"), spec: "09-b-cqlreference.html#greater",
      examples: [("1 'm' > 1 'cm'", "true"), ("@2014 > @2014-02-15", "null")],
      overloads: order {
        $0 == .greater
      } uncertain: {
        $1.isLess(than: $0)
      }),
    Operator(
      "LessOrEqual", .infix("<="), spec: "09-b-cqlreference.html#less-or-equal",
      examples: [("2 <= 2", "true"), ("1.5 <= 1.4", "false")],
      overloads: order {
        $0 != .greater
      } uncertain: {
        negated($1.isLess(than: $0))
      }),
    Operator(
      "GreaterOrEqual", .infix(">="), spec: "09-b-cqlreference.html#greater-or-equal",
      examples: [("2 >= 2", "true"), ("@T10:00 >= @T11:00", "false")],
      overloads: order {
        $0 != .less
      } uncertain: {
        negated($0.isLess(than: $1))
      }),
    Operator(
      "Between", .infix("between"), spec: "09-b-cqlreference.html#between",
      examples: [("4 between 2 and 6", "true"), ("3.5 between 3.6 and 4.8", "false")],
      overloads: between),
  ]

  /// `=` and `!=`: `result` is applied to a known answer.
  private static func equality(_ result: @escaping @Sendable (Bool) -> Bool) -> [Overload] {
    [
      .strict { (a: Bool, b: Bool) -> Bool? in result(a == b) },
      .strict { (a: Int32, b: Int32) -> Bool? in result(a == b) },
      .strict { (a: Int64, b: Int64) -> Bool? in result(a == b) },
      .strict { (a: Decimal, b: Decimal) -> Bool? in result(a == b) },
      .strict { (a: String, b: String) -> Bool? in result(a.utf8.elementsEqual(b.utf8)) },
      .strict { (a: CalendarDate, b: CalendarDate) -> Bool? in a.compare(b).map { result($0 == .equal) } },
      .strictHere { (a: DateTime, b: DateTime, here) -> Bool? in
        Comparing(here).order(a, b).map { result($0 == .equal) }
      },
      .strictHere { (a: TimeOfDay, b: TimeOfDay, here) -> Bool? in
        Comparing(here).order(a, b).map { result($0 == .equal) }
      },
      .strict { (a: Quantity, b: Quantity) -> Bool? in a.compare(b).map { result($0 == .equal) } },
      .strict { (a: UncertainInteger, b: UncertainInteger) -> Bool? in a.isEqual(to: b).map(result) },
      .strict { (a: UncertainInteger, b: Int32) -> Bool? in a.isEqual(to: UncertainInteger(Int64(b))).map(result) },
      .strict { (a: Int32, b: UncertainInteger) -> Bool? in UncertainInteger(Int64(a)).isEqual(to: b).map(result) },
      .generic([.variable("T"), .variable("T")]) { (values, here) -> Bool? in
        Comparing(here).equal(values[0], values[1]).map(result)
      },
    ]
  }

  /// `~` and `!~`.
  private static func equivalence(_ result: @escaping @Sendable (Bool) -> Bool) -> [Overload] {
    let meaning: @Sendable ([Value], Environment) throws(EvaluationError) -> Bool? = { values, here in
      result(Comparing(here).equivalent(values[0], values[1]))
    }
    return [
      .nullAware { (a: Bool?, b: Bool?) -> Bool? in result(a == b) },
      .nullAware { (a: Int32?, b: Int32?) -> Bool? in result(a == b) },
      .nullAware { (a: Int64?, b: Int64?) -> Bool? in result(a == b) },
      .generic([.code, .code], meaning), .generic([.concept, .concept], meaning),
      .generic([.code, .concept], meaning), .generic([.concept, .code], meaning),
      .generic([.variable("T"), .variable("T")], meaning),
    ]
  }

  /// `<` and its kin: what a known order means, and the same of uncertain integers.
  private static func order(
    _ holds: @escaping @Sendable (Ordering) -> Bool,
    uncertain: @escaping @Sendable (UncertainInteger, UncertainInteger) -> Bool?
  ) -> [Overload] {
    [
      .strict { (a: Int32, b: Int32) -> Bool? in holds(Ordering(a, b)) },
      .strict { (a: Int64, b: Int64) -> Bool? in holds(Ordering(a, b)) },
      .strict { (a: Decimal, b: Decimal) -> Bool? in holds(Ordering(a, b)) },
      .strictHere { (a: String, b: String, here) -> Bool? in holds(Comparing(here).order(a, b)) },
      .strict { (a: CalendarDate, b: CalendarDate) -> Bool? in a.compare(b).map(holds) },
      .strictHere { (a: DateTime, b: DateTime, here) -> Bool? in Comparing(here).order(a, b).map(holds) },
      .strictHere { (a: TimeOfDay, b: TimeOfDay, here) -> Bool? in Comparing(here).order(a, b).map(holds) },
      .strict { (a: Quantity, b: Quantity) -> Bool? in a.compare(b).map(holds) },
      .strict { (a: UncertainInteger, b: UncertainInteger) -> Bool? in uncertain(a, b) },
      .strict { (a: UncertainInteger, b: Int32) -> Bool? in uncertain(a, UncertainInteger(Int64(b))) },
      .strict { (a: Int32, b: UncertainInteger) -> Bool? in uncertain(UncertainInteger(Int64(a)), b) },
    ]
  }

  /// low <= x and x <= high, and an interval during the interval of two points.
  private static var between: [Overload] {
    let points: [CQLType] = [.integer, .long, .decimal, .string, .date, .dateTime, .time, .quantity]
    return points.map { type in
      .generic([type, type, type]) { (values, here) -> Bool? in
        let comparing = Comparing(here)
        if values.contains(where: { $0.isNull }) { return nil }
        return both(
          comparing.order(values[1], values[0]).map { $0 != .greater },
          comparing.order(values[0], values[2]).map { $0 != .greater })
      }
    } + [
      .strict { (a: UncertainInteger, low: UncertainInteger, high: UncertainInteger) -> Bool? in
        both(negated(a.isLess(than: low)), negated(high.isLess(than: a)))
      },
      .generic([.interval(.variable("T")), .variable("T"), .variable("T")]) { (values, here) -> Bool? in
        guard case .interval(let inner) = values[0], !values[1].isNull, !values[2].isNull,
          let bounds = IntervalBounds(inner)
        else { return nil }
        let outer = IntervalValue(low: values[1], high: values[2], pointType: inner.pointType)
        return IntervalBounds(outer).flatMap { IntervalRelation(Comparing(here), nil).includes($0, bounds) }
      },
    ]
  }
}
