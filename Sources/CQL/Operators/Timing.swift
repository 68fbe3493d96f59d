import ClinicalValues

// Before, after, same as: on dates and times, and on intervals and their points, with and without a precision.
//
// Source: HL7 CQL 1.5, Appendix B, "Date and Time Operators", "Interval Operators".

extension Operator {
  static let timing: [Operator] = [
    Operator(
      "Before", .infix("before"), spec: "09-b-cqlreference.html#before",
      examples: [
        ("@2012-01-01 before month of @2012-02-01", "true"), ("Interval[1, 4] before 5", "true"),
        ("@2012 before month of @2012-02-01", "null"),
      ],
      overloads: points { $0 == .less } + relations { $0.before($1, $2) }),
    Operator(
      "After", .infix("after"), spec: "09-b-cqlreference.html#after",
      examples: [("@2012-02-01 after month of @2012-01-01", "true"), ("5 after Interval[1, 4]", "true")],
      overloads: points { $0 == .greater } + relations { $0.after($1, $2) }),
    Operator(
      "SameAs", .infix("same as"), spec: "09-b-cqlreference.html#same-as-1",
      examples: [("@2012-01-01 same month as @2012-01-20", "true"), ("@2012-01-01 same day as @2012-01", "null")],
      overloads: points { $0 == .equal } + relations(pointsToo: false) { $0.sameAs($1, $2) }),
    Operator(
      "SameOrBefore", .infix("same or before"), spec: "09-b-cqlreference.html#same-or-before-1",
      examples: [("@2012-01-01 same day or before @2012-01-02", "true"), ("Interval[4, 6] on or before 6", "true")],
      overloads: points { $0 != .greater } + relations { $0.sameOrBefore($1, $2) }),
    Operator(
      "SameOrAfter", .infix("same or after"), spec: "09-b-cqlreference.html#same-or-after-1",
      examples: [("@2012-01-02 same day or after @2012-01-01", "true"), ("Interval[6, 10] on or after 6", "true")],
      overloads: points { $0 != .less } + relations { $0.sameOrAfter($1, $2) }),
  ]

  /// Signatures over two dates, date-times or times.
  private static func points(_ holds: @escaping @Sendable (Ordering) -> Bool) -> [Overload] {
    [
      .strict { (a: CalendarDate, b: CalendarDate) -> Bool? in a.compare(b).map(holds) },
      .strictHere { (a: DateTime, b: DateTime, here) -> Bool? in Comparing(here).order(a, b).map(holds) },
      .strictHere { (a: TimeOfDay, b: TimeOfDay, here) -> Bool? in Comparing(here).order(a, b).map(holds) },
      .strict { (a: CalendarDate, b: CalendarDate, at: Precision) throws(EvaluationError) -> Bool? in
        try at.require(.year, .day, of: "Date")
        return a.compare(b, at: at).map(holds)
      },
      .strictHere { (a: DateTime, b: DateTime, at: Precision, here) throws(EvaluationError) -> Bool? in
        try at.require(.year, .millisecond, of: "DateTime")
        return Comparing(here).order(a, b, at: at).map(holds)
      },
      .strictHere { (a: TimeOfDay, b: TimeOfDay, at: Precision, here) throws(EvaluationError) -> Bool? in
        try at.require(.hour, .millisecond, of: "Time")
        return Comparing(here).order(a, b, at: at).map(holds)
      },
    ]
  }

  /// Signatures over two intervals, and where `pointsToo`, over an interval and a point of its type; a null operand gives
  /// null.
  static func relations(
    pointsToo: Bool = true,
    _ holds: @escaping @Sendable (IntervalRelation, IntervalBounds, IntervalBounds) -> Bool?
  ) -> [Overload] {
    let interval = CQLType.interval(.variable("T"))
    let point = CQLType.variable("T")
    let pairs = [[interval, interval]] + (pointsToo ? [[point, interval], [interval, point]] : [])
    return pairs.flatMap { operands in
      [operands, operands + [.precision]].map { operands in
        .generic(operands) { (values, here) -> Bool? in
          guard let a = values[0].asBounds, let b = values[1].asBounds else { return nil }
          return holds(IntervalRelation(Comparing(here), values.precision(at: 2)), a, b)
        }
      }
    }
  }
}

extension Value {
  /// An interval's bounds, or those of the interval of one point; nil for null and for an interval of which nothing is known.
  var asBounds: IntervalBounds? {
    switch self {
    case .null: nil
    case .interval(let interval): IntervalBounds(interval)
    default: IntervalBounds(point: self)
    }
  }
}

extension [Value] {
  /// The precision that stands at an index, if any does.
  func precision(at index: Int) -> Precision? { index < count ? Precision(self[index]) : nil }
}

extension Precision {
  /// Refuses a precision that a type does not have, and the week, which no comparison has.
  func require(_ coarsest: Precision, _ finest: Precision, of type: String) throws(EvaluationError) {
    guard self != .week, self >= coarsest, self <= finest else {
      throw EvaluationError(
        "\(type) values cannot be compared by \(self). Use a precision from \(coarsest) to \(finest).")
    }
  }
}
