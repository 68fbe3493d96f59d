import ClinicalValues

// Operators on intervals alone; those that lists share are in `Membership` and `Lists`, before and after in `Timing`.
//
// Source: HL7 CQL 1.5, Appendix B, "Interval Operators".

extension Operator {
  static let intervals: [Operator] = [
    Operator(
      "Start", .prefix("start of"), spec: "09-b-cqlreference.html#start",
      examples: [
        ("start of Interval(1, 5]", "2"), ("start of Interval[null, 5]", "-2147483648"),
        ("start of Interval(null, 5]", "null"),
      ],
      overloads: [.general([interval], point) { (values, _) in values[0].asBounds?.startValue ?? .null }]),
    Operator(
      "End", .prefix("end of"), spec: "09-b-cqlreference.html#end",
      examples: [
        ("end of Interval[1, 5)", "4"), ("end of Interval[1, null]", "2147483647"),
        ("end of Interval[1, null)", "null"),
      ],
      overloads: [.general([interval], point) { (values, _) in values[0].asBounds?.endValue ?? .null }]),
    Operator(
      "Width", .prefix("width of"), spec: "09-b-cqlreference.html#width",
      examples: [("width of Interval[3, 7]", "4"), ("width of Interval[0, null)", "null")],
      overloads: measures(addingPoints: 0)),
    Operator(
      "Size", spec: "09-b-cqlreference.html#size",
      examples: [("Size(Interval[3, 7])", "5"), ("Size(Interval[3, 8))", "5")],
      overloads: measures(addingPoints: 1)),
    Operator(
      "PointFrom", .prefix("point from"), spec: "09-b-cqlreference.html#point-from",
      examples: [("point from Interval[4, 4]", "4"), ("point from Interval[4, 5)", "4")],
      overloads: [
        .general([interval], point) { (values, here) throws(EvaluationError) in
          guard let bounds = values[0].asBounds else { return .null }
          guard let isPoint = IntervalRelation(Comparing(here), nil).same(bounds.start, bounds.end) else {
            return .null
          }
          if !isPoint {
            throw EvaluationError("'point from' needs an interval of one point, not \(values[0].literal).")
          }
          return bounds.startValue
        }
      ]),
    Operator(
      "Starts", .infix("starts"), spec: "09-b-cqlreference.html#starts",
      examples: [("Interval[0, 5] starts Interval[0, 7]", "true"), ("Interval[0, 7] starts Interval[0, 6]", "false")],
      overloads: relations(pointsToo: false) { $0.starts($1, $2) }),
    Operator(
      "Ends", .infix("ends"), spec: "09-b-cqlreference.html#ends",
      examples: [("Interval[0, 5] ends Interval[-1, 5]", "true"), ("Interval[-1, 7] ends Interval[0, 7]", "false")],
      overloads: relations(pointsToo: false) { $0.ends($1, $2) }),
    Operator(
      "Meets", .infix("meets"), spec: "09-b-cqlreference.html#meets",
      examples: [
        ("Interval[6, 10] meets Interval[0, 5]", "true"), ("Interval[1, 10] meets Interval[44, 50]", "false"),
      ],
      overloads: relations(pointsToo: false) { $0.meets($1, $2) }),
    Operator(
      "MeetsBefore", .infix("meets before"), spec: "09-b-cqlreference.html#meets",
      examples: [
        ("Interval[-5, -1] meets before Interval[0, 5]", "true"),
        ("Interval[6, 9] meets before Interval[0, 5]", "false"),
      ],
      overloads: relations(pointsToo: false) { $0.meetsBefore($1, $2) }),
    Operator(
      "MeetsAfter", .infix("meets after"), spec: "09-b-cqlreference.html#meets",
      examples: [
        ("Interval[6, 10] meets after Interval[0, 5]", "true"),
        ("Interval(null, 5] meets after Interval[11, null)", "false"),
      ],
      overloads: relations(pointsToo: false) { $0.meetsAfter($1, $2) }),
    Operator(
      "Overlaps", .infix("overlaps"), spec: "09-b-cqlreference.html#overlaps",
      examples: [
        ("Interval[0, 4] overlaps Interval[1, 4]", "true"), ("Interval[1, 4) overlaps Interval[4, 9]", "false"),
      ],
      overloads: relations(pointsToo: false) { $0.overlaps($1, $2) }),
    Operator(
      "OverlapsBefore", .infix("overlaps before"), spec: "09-b-cqlreference.html#overlaps",
      examples: [
        ("Interval[0, 4] overlaps before Interval[1, 4]", "true"),
        ("Interval[4, 9] overlaps before Interval[4, 9]", "false"),
      ],
      overloads: relations(pointsToo: false) { $0.overlapsBefore($1, $2) }),
    Operator(
      "OverlapsAfter", .infix("overlaps after"), spec: "09-b-cqlreference.html#overlaps",
      examples: [
        ("Interval[4, 15] overlaps after Interval[1, 10]", "true"),
        ("Interval[0, 4] overlaps after Interval[1, 4]", "false"),
      ],
      overloads: relations(pointsToo: false) { $0.overlapsAfter($1, $2) }),
    Operator(
      "Collapse", .prefix("collapse"), spec: "09-b-cqlreference.html#collapse",
      examples: [
        ("collapse { Interval[1, 4], Interval[4, 8], Interval[12, 19] }", "{Interval[1, 8], Interval[12, 19]}"),
        ("collapse { Interval[1, 2], Interval[3, 7] }", "{Interval[1, 7]}"),
      ],
      overloads: [[], [CQLType.quantity]].map { more in
        .general([.list(interval)] + more, .list(interval)) { (values, here) throws(EvaluationError) in
          try IntervalRelation(Comparing(here), nil).collapse(values[0], per: values.count > 1 ? values[1] : .null)
        }
      }),
    Operator(
      "Expand", .prefix("expand"), spec: "09-b-cqlreference.html#expand",
      examples: [
        ("expand { Interval[1, 4] } per 2", "{Interval[1, 2], Interval[3, 4]}"),
        ("expand Interval[@2018-01-01, @2018-01-04] per 2 days", "{@2018-01-01, @2018-01-03}"),
      ],
      overloads: [[], [CQLType.quantity]].map { more in
        .general([.list(interval)] + more, .list(interval)) { (values, here) throws(EvaluationError) in
          guard let intervals = values[0].elements else { return .null }
          let expander = Expander(Comparing(here), per: Quantity(values.last ?? .null))
          return .list(try expander.intervals(intervals))
        }
      }
        + [[], [CQLType.quantity]].map { more in
          .general([interval] + more, .list(point)) { (values, here) throws(EvaluationError) in
            guard case .interval = values[0] else { return .null }
            let expander = Expander(Comparing(here), per: Quantity(values.last ?? .null))
            return .list(try expander.points(values[0]))
          }
        }),
  ]

  private static let interval = CQLType.interval(.variable("T"))
  private static let point = CQLType.variable("T")

  /// The measures of intervals of numbers; null where an end is unknown or the measure out of range.
  private static func measures(addingPoints points: Int) -> [Overload] {
    let overloads: [Overload] = [CQLType.integer, .long, .decimal, .quantity].map { type in
      .general([.interval(type)], type) { (values, _) in
        guard let bounds = values[0].asBounds else { return .null }
        return Operator.measure(bounds.startValue, bounds.endValue, points)
      }
    }
    // Any other interval: null is all that has a width.
    return overloads + [
      .general([.interval(.any)], .any) { (values, _) throws(EvaluationError) in
        guard let bounds = values[0].asBounds else { return .null }
        if bounds.startValue.precision != nil || bounds.endValue.precision != nil {
          throw EvaluationError("Intervals of dates and times have no width or size. Use 'days between' or its like.")
        }
        return Operator.measure(bounds.startValue, bounds.endValue, points)
      }
    ]
  }

  /// end - start, and `points` steps of the type more.
  private static func measure(_ start: Value, _ end: Value, _ points: Int) -> Value {
    func widened(_ width: Decimal?) -> Decimal? {
      points == 0 ? width : width.flatMap { width in Decimal(units: Int128(points)).flatMap { width + $0 } }
    }
    return switch (start, end) {
    case (.integer(let a), .integer(let b)): Int32(exactly: Int64(b) - Int64(a) + Int64(points)).value
    case (.long(let a), .long(let b)):
      (Decimal(b) - Decimal(a)).flatMap { $0 + Decimal(points) }.flatMap { Int64(exactly: $0) }.value
    case (.decimal(let a), .decimal(let b)): widened(b - a).value
    case (.quantity(let a), .quantity(let b)):
      (b - a).flatMap { width in widened(width.value).map { Quantity($0, width.unit) } }.value
    default: .null
    }
  }
}
