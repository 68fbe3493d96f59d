import ClinicalValues

// The four operations, remainder and truncated division.
//
// A result that its type cannot hold, and a division by 0, are null. Source: HL7 CQL 1.5, Appendix B, "Arithmetic
// Operators".

extension Operator {
  static let arithmetic: [Operator] = [
    Operator(
      "Add", .infix("+"), spec: "09-b-cqlreference.html#add",
      examples: [
        ("1 + 2.0", "3.0"), ("2147483647 + 1", "null"), ("maximum Decimal + 1.0", "null"),
        ("@2014-01-31 + 1 month", "@2014-02-28"),
      ],
      overloads: [
        .strict { (a: Int32, b: Int32) -> Int32? in fitting(a.addingReportingOverflow(b)) },
        .strict { (a: Int64, b: Int64) -> Int64? in fitting(a.addingReportingOverflow(b)) },
        .strict { (a: Decimal, b: Decimal) -> Decimal? in a + b },
        .strict { (a: Quantity, b: Quantity) -> Quantity? in a + b },
        .strict { (a: String, b: String) -> String? in a + b },
      ] + timeArithmetic(1) + uncertain { $0.addingReportingOverflow($1) }),
    Operator(
      "Subtract", .infix("-"), spec: "09-b-cqlreference.html#subtract",
      examples: [("3.14 - 3.12", "0.02"), ("1 'm' - 1 'cm'", "99 'cm'"), ("@T15:59 - 1 hour", "@T14:59")],
      overloads: [
        .strict { (a: Int32, b: Int32) -> Int32? in fitting(a.subtractingReportingOverflow(b)) },
        .strict { (a: Int64, b: Int64) -> Int64? in fitting(a.subtractingReportingOverflow(b)) },
        .strict { (a: Decimal, b: Decimal) -> Decimal? in a - b },
        .strict { (a: Quantity, b: Quantity) -> Quantity? in a - b },
      ] + timeArithmetic(-1) + uncertain { $0.subtractingReportingOverflow($1) }),
    Operator(
      "Multiply", .infix("*"), spec: "09-b-cqlreference.html#multiply",
      examples: [("2 * 3", "6"), ("1 * 2.5", "2.5"), ("2 'cm' * 3 'cm'", "6 'cm2'")],
      overloads: [
        .strict { (a: Int32, b: Int32) -> Int32? in fitting(a.multipliedReportingOverflow(by: b)) },
        .strict { (a: Int64, b: Int64) -> Int64? in fitting(a.multipliedReportingOverflow(by: b)) },
        .strict { (a: Decimal, b: Decimal) -> Decimal? in a * b },
        .strict { (a: Quantity, b: Quantity) -> Quantity? in a * b },
      ] + uncertain { $0.multipliedReportingOverflow(by: $1) }),
    Operator(
      "Divide", .infix("/"), spec: "09-b-cqlreference.html#divide",
      examples: [
        ("10 / 5", "2.0"), ("1 / 0", "null"), ("6 'cm2' / 2 'cm'", "3 'cm'"), ("1 'g' / 25 'ng'", "40000000 '1'"),
      ],
      overloads: [
        .strict { (a: Decimal, b: Decimal) -> Decimal? in a / b },
        .strict { (a: Quantity, b: Quantity) -> Quantity? in a / b },
      ]),
    Operator(
      "TruncatedDivide", .infix("div"), spec: "09-b-cqlreference.html#truncated-divide",
      examples: [("10 div 3", "3"), ("-10 div 3", "-3"), ("10.1 div 3.1", "3.0"), ("2 div 0", "null")],
      overloads: [
        .strict { (a: Int32, b: Int32) -> Int32? in fitting(a.dividedReportingOverflow(by: b)) },
        .strict { (a: Int64, b: Int64) -> Int64? in fitting(a.dividedReportingOverflow(by: b)) },
        .strict { (a: Decimal, b: Decimal) -> Decimal? in a.truncatingDivide(by: b) },
        .strict { (a: Quantity, b: Quantity) -> Quantity? in a.truncatingDivide(by: b) },
        .strict(dividingUncertain),
      ]),
    Operator(
      "Modulo", .infix("mod"), spec: "09-b-cqlreference.html#modulo",
      examples: [("10 mod 3", "1"), ("3.5 mod 3", "0.5"), ("3 mod 0", "null")],
      overloads: [
        .strict { (a: Int32, b: Int32) -> Int32? in b == 0 ? nil : a.remainderReportingOverflow(dividingBy: b).0 },
        .strict { (a: Int64, b: Int64) -> Int64? in b == 0 ? nil : a.remainderReportingOverflow(dividingBy: b).0 },
        .strict { (a: Decimal, b: Decimal) -> Decimal? in a.remainder(dividingBy: b) },
        .strict { (a: Quantity, b: Quantity) -> Quantity? in a.remainder(dividingBy: b) },
      ]),
    Operator(
      "Negate", .prefix("-"), spec: "09-b-cqlreference.html#negate",
      examples: [("-(3)", "-3"), ("-(-3.3)", "3.3"), ("-(minimum Integer)", "null")],
      overloads: [
        .strict { (a: Int32) -> Int32? in a == .min ? nil : -a },
        .strict { (a: Int64) -> Int64? in a == .min ? nil : -a },
        .strict { (a: Decimal) -> Decimal? in -a },
        .strict { (a: Quantity) -> Quantity? in -a },
        .strict { (a: UncertainInteger) -> UncertainInteger? in
          UncertainInteger(0).combined(with: a) { $0.subtractingReportingOverflow($1) }
        },
      ]),
  ]

  /// A result, unless it overflowed.
  private static func fitting<T>(_ result: (partialValue: T, overflow: Bool)) -> T? {
    result.overflow ? nil : result.partialValue
  }

  /// The three signatures of an operation on uncertain integers.
  private static func uncertain(
    _ operation: @escaping @Sendable (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> [Overload] {
    [
      .strict { (a: UncertainInteger, b: UncertainInteger) -> UncertainInteger? in a.combined(with: b, operation) },
      .strict { (a: UncertainInteger, b: Int32) -> UncertainInteger? in
        a.combined(with: UncertainInteger(Int64(b)), operation)
      },
      .strict { (a: Int32, b: UncertainInteger) -> UncertainInteger? in
        UncertainInteger(Int64(a)).combined(with: b, operation)
      },
    ]
  }

  /// Division is not defined on what is uncertain: it is an error there, not null, as the published tests ask.
  private static let dividingUncertain: Overload.Meaning2<UncertainInteger, UncertainInteger, Int32> = {
    (a, b) throws(EvaluationError) -> Int32? in
    guard let a = a.certain, let b = b.certain else {
      throw EvaluationError(
        "The operands of 'div' are counts between imprecise dates. Use dates that are known to the unit counted.")
    }
    return fitting(a.dividedReportingOverflow(by: b))
  }
}
