import ClinicalValues

// Functions of one number, powers and logarithms, steps and extremes.
//
// Source: HL7 CQL 1.5, Appendix B, "Arithmetic Operators". Where a published test asks for an error (Exp beyond the
// range, Ln of 0, the successor of the largest value) it is one; else a result that cannot be held is null.

extension Operator {
  static let arithmeticFunctions: [Operator] = [
    Operator(
      "Abs", spec: "09-b-cqlreference.html#abs",
      examples: [("Abs(-4)", "4"), ("Abs(-2.5 'mg')", "2.5 'mg'"), ("Abs(null as Integer)", "null")],
      overloads: [
        .strict { (a: Int32) -> Int32? in a == .min ? nil : abs(a) },
        .strict { (a: Int64) -> Int64? in a == .min ? nil : abs(a) },
        .strict { (a: Decimal) -> Decimal? in a.magnitude },
        .strict { (a: Quantity) -> Quantity? in Quantity(a.value.magnitude, a.unit) },
      ]),
    Operator(
      "Ceiling", spec: "09-b-cqlreference.html#ceiling",
      examples: [("Ceiling(1.1)", "2"), ("Ceiling(-1.1)", "-1"), ("Ceiling(2147483648.2)", "null")],
      overloads: [.strict { (a: Decimal) -> Int32? in a.ceiling.flatMap { Int32(exactly: $0) } }]),
    Operator(
      "Floor", spec: "09-b-cqlreference.html#floor",
      examples: [("Floor(2.1)", "2"), ("Floor(-0.1)", "-1")],
      overloads: [.strict { (a: Decimal) -> Int32? in a.floor.flatMap { Int32(exactly: $0) } }]),
    Operator(
      "Truncate", spec: "09-b-cqlreference.html#truncate",
      examples: [("Truncate(1.9)", "1"), ("Truncate(-1.9)", "-1")],
      overloads: [.strict { (a: Decimal) -> Int32? in Int32(exactly: a.truncated) }]),
    Operator(
      "Round", spec: "09-b-cqlreference.html#round",
      examples: [("Round(0.5)", "1.0"), ("Round(3.14159, 3)", "3.142"), ("Round(-0.5)", "-1.0")],
      overloads: [
        .strict { (a: Decimal) -> Decimal? in a.rounded() },
        .nullAware { (a: Decimal?, places: Int32?) -> Decimal? in a?.rounded(to: Int(places ?? 0)) },
      ]),
    Operator(
      "Exp", spec: "09-b-cqlreference.html#exp",
      examples: [("Exp(0)", "1.0"), ("Exp(1)", "2.71828183"), ("Exp(null as Decimal)", "null")],
      overloads: [
        .strict { (a: Decimal) throws(EvaluationError) -> Decimal? in
          guard let result = a.exponential?.held else {
            throw EvaluationError("Exp(\(a)) is larger than any Decimal. Use an exponent of at most 46.")
          }
          return result
        }
      ]),
    Operator(
      "Ln", spec: "09-b-cqlreference.html#ln",
      examples: [("Ln(1)", "0.0"), ("Ln(1000)", "6.90775528"), ("Ln(-1)", "null")],
      overloads: [
        .strict { (a: Decimal) throws(EvaluationError) -> Decimal? in
          if a.isZero { throw EvaluationError("0 has no logarithm. Use Ln with a number above 0.") }
          return a.naturalLogarithm
        }
      ]),
    Operator(
      "Log", spec: "09-b-cqlreference.html#log",
      examples: [("Log(16, 2)", "4.0"), ("Log(0.125, 2)", "-3.0"), ("Log(2, 1)", "null")],
      overloads: [.strict { (a: Decimal, base: Decimal) -> Decimal? in a.logarithm(base: base) }]),
    Operator(
      "Power", .infix("^"), spec: "09-b-cqlreference.html#power",
      examples: [("2^4", "16"), ("Power(2, -2)", "0.25"), ("Power(2.5, 2.0)", "6.25")],
      overloads: [
        .general([.integer, .integer], .decimal) { (values, _) in
          wholePower(values[0], values[1]) { Int32(exactly: $0).value }
        },
        .general([.long, .long], .decimal) { (values, _) in
          wholePower(values[0], values[1]) { Int64(exactly: $0).value }
        },
        .strict { (a: Decimal, b: Decimal) -> Decimal? in a.power(b) },
      ]),
    Operator(
      "Successor", .prefix("successor of"), spec: "09-b-cqlreference.html#successor",
      examples: [
        ("successor of 1", "2"), ("successor of 1.0", "1.00000001"), ("successor of @2014-01-31", "@2014-02-01"),
      ],
      overloads: steps("successor", "largest") { $0.successor }),
    Operator(
      "Predecessor", .prefix("predecessor of"), spec: "09-b-cqlreference.html#predecessor",
      examples: [("predecessor of 1", "0"), ("predecessor of @T12:00:00.000", "@T11:59:59.999")],
      overloads: steps("predecessor", "smallest") { $0.predecessor }),
    Operator(
      "MinValue", .prefix("minimum"), spec: "09-b-cqlreference.html#minimum",
      examples: [("minimum Integer", "-2147483648"), ("minimum Date", "@0001-01-01")],
      overloads: extremes { $0.smallest }),
    Operator(
      "MaxValue", .prefix("maximum"), spec: "09-b-cqlreference.html#maximum",
      examples: [("maximum Integer", "2147483647"), ("maximum Time", "@T23:59:59.999")],
      overloads: extremes { $0.largest }),
    Operator(
      "Precision", spec: "09-b-cqlreference.html#precision",
      examples: [("Precision(1.58700)", "5"), ("Precision(@2014)", "4"), ("Precision(@T10:30)", "4")],
      overloads: [
        .strict { (a: Decimal) -> Int32? in Int32(a.scale) },
        .strict { (a: CalendarDate) -> Int32? in Int32(Boundary.digits(of: a.precision, isTime: false)) },
        .strict { (a: DateTime) -> Int32? in Int32(Boundary.digits(of: a.precision, isTime: false)) },
        .strict { (a: TimeOfDay) -> Int32? in Int32(Boundary.digits(of: a.precision, isTime: true)) },
      ]),
    Operator(
      "HighBoundary", spec: "09-b-cqlreference.html#highboundary",
      examples: [("HighBoundary(1.587, 8)", "1.58799999"), ("HighBoundary(@2014, 6)", "@2014-12")],
      overloads: Boundary.high.overloads),
    Operator(
      "LowBoundary", spec: "09-b-cqlreference.html#lowboundary",
      examples: [("LowBoundary(1.587, 8)", "1.58700000"), ("LowBoundary(@T10:30, 9)", "@T10:30:00.000")],
      overloads: Boundary.low.overloads),
  ]

  /// A whole number to a whole power: its type is Decimal, for the exponent may be negative, but where it is not the
  /// value is whole.
  private static func wholePower(_ base: Value, _ exponent: Value, whole: (Decimal) -> Value) -> Value {
    guard let base = base.asNumber, let exponent = exponent.asNumber, let result = base.power(exponent) else {
      return .null
    }
    return exponent.sign < 0 ? .decimal(result) : whole(result)
  }

  /// The types that intervals range over.
  static let pointTypes: [CQLType] = [.integer, .long, .decimal, .quantity, .date, .dateTime, .time]

  private static func steps(
    _ word: String, _ extreme: String, _ step: @escaping @Sendable (Value) -> Value?
  ) -> [Overload] {
    pointTypes.map { type in
      .general([type], type) { (values, _) throws(EvaluationError) in
        if values[0].isNull { return .null }
        guard let result = step(values[0]) else {
          throw EvaluationError("\(values[0].literal) is the \(extreme) value of its type: it has no \(word).")
        }
        return result
      }
    }
  }

  /// One overload a type, without operands: the checker chooses by the type of the result.
  private static func extremes(_ extreme: @escaping @Sendable (CQLType) -> Value?) -> [Overload] {
    pointTypes.map { type in .general([], type) { (_, _) in extreme(type) ?? .null } }
  }
}
