// Logical and nullological operators.
//
// Source: HL7 CQL 1.5, Appendix B, "Logical Operators", "Nullological Operators".

extension Operator {
  static let logical: [Operator] = [
    Operator(
      "And", .infix("and"), spec: "09-b-cqlreference.html#and",
      examples: [("true and true", "true"), ("false and null", "false"), ("true and null", "null")],
      overloads: [.shortCircuit(decided: { $0 == false ? false : nil }, both)]),
    Operator(
      "Or", .infix("or"), spec: "09-b-cqlreference.html#or",
      examples: [("true or null", "true"), ("false or false", "false"), ("false or null", "null")],
      overloads: [.shortCircuit(decided: { $0 == true ? true : nil }, either)]),
    Operator(
      "Xor", .infix("xor"), spec: "09-b-cqlreference.html#xor",
      examples: [("true xor false", "true"), ("true xor true", "false"), ("true xor null", "null")],
      overloads: [.strict { (a: Bool, b: Bool) -> Bool? in a != b }]),
    Operator(
      "Implies", .infix("implies"), spec: "09-b-cqlreference.html#implies",
      examples: [("false implies null", "true"), ("null implies true", "true"), ("true implies null", "null")],
      overloads: [.shortCircuit(decided: { $0 == false ? true : nil }) { a, b in either(negated(a), b) }]),
    Operator(
      "Not", .prefix("not"), spec: "09-b-cqlreference.html#not",
      examples: [("not true", "false"), ("not null", "null")],
      overloads: [.strict { (a: Bool) -> Bool? in !a }]),
  ]

  static let nullological: [Operator] = [
    Operator(
      "IsNull", .postfix("is null"), spec: "09-b-cqlreference.html#isnull",
      examples: [("null is null", "true"), ("1 is null", "false")],
      overloads: [.generic([.any]) { (values, _) -> Bool? in values[0].isNull }]),
    Operator(
      "IsTrue", .postfix("is true"), spec: "09-b-cqlreference.html#istrue",
      examples: [("true is true", "true"), ("null is true", "false")],
      overloads: [.nullAware { (a: Bool?) -> Bool? in a == true }]),
    Operator(
      "IsFalse", .postfix("is false"), spec: "09-b-cqlreference.html#isfalse",
      examples: [("false is false", "true"), ("null is false", "false")],
      overloads: [.nullAware { (a: Bool?) -> Bool? in a == false }]),
    Operator(
      "Coalesce", spec: "09-b-cqlreference.html#coalesce",
      examples: [("Coalesce(null, 15, null)", "15"), ("Coalesce({ null, null, 'a' })", "'a'")],
      overloads: [
        .general([.list(.variable("T"))], .variable("T")) { (values, _) in
          values[0].elements?.first { !$0.isNull } ?? .null
        },
        .coalesce(2), .coalesce(3), .coalesce(4), .coalesce(5),
      ]),
  ]
}

extension Overload {
  /// The first operand that is not null; later ones are not computed.
  fileprivate static func coalesce(_ count: Int) -> Overload {
    Overload(
      operands: Array(repeating: .variable("T"), count: count), isVariadic: false, result: .variable("T"),
      apply: { (values, _) throws(EvaluationError) in values.first { !$0.isNull } ?? .null },
      lower: { operands in
        Compiled { (frame) throws(EvaluationError) in
          for operand in operands {
            let value = try operand.run(frame)
            if !value.isNull { return value }
          }
          return .null
        }
      })
  }
}
