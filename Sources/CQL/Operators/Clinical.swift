import ClinicalValues

// Ages, and codes in value sets and code systems.
//
// Source: HL7 CQL 1.5, Appendix B, "Clinical Operators". `AgeInYears()` and its kin, which ask for the patient of the
// context, are these on that patient's birth date.

extension Operator {
  static let clinical: [Operator] =
    ages + [
      Operator(
        "InValueSet", .infix("in"), spec: "09-b-cqlreference.html#in-valueset", examples: unknownSet,
        overloads: codeOperands.map { membership($0, .valueSet) }),
      Operator(
        "AnyInValueSet", .infix("in"), spec: "09-b-cqlreference.html#in-valueset", examples: unknownSet,
        overloads: codeOperands.map { membership(.list($0), .valueSet) }),
      Operator(
        "InCodeSystem", .infix("in"), spec: "09-b-cqlreference.html#in-codesystem", examples: unknownSystem,
        overloads: codeOperands.map { membership($0, .codeSystem) }),
      Operator(
        "AnyInCodeSystem", .infix("in"), spec: "09-b-cqlreference.html#in-codesystem", examples: unknownSystem,
        overloads: codeOperands.map { membership(.list($0), .codeSystem) }),
      Operator(
        "ExpandValueSet", spec: "09-b-cqlreference.html#expandvalueset",
        examples: [("ExpandValueSet(null as ValueSet)", "null"), ("ExpandValueSet(null as ValueSet) is null", "true")],
        overloads: [
          .general([.valueSet], .list(.code)) { (values, here) throws(EvaluationError) in
            guard let name = ValueSetName(values[0]) else { return .null }
            guard let codes = here.terminology.expansion(of: name) else { throw unresolved("value set", name.id) }
            return .list(codes.map { .code($0) })
          }
        ]),
    ]

  /// The signatures by which `in` asks value sets and code systems.
  static let codeMembership: [Overload] = [CQLType.valueSet, .codeSystem].flatMap { target in
    codeOperands.map { membership($0, target) } + codeOperands.map { membership(.list($0), target) }
  }

  private static let codeOperands: [CQLType] = [.code, .concept, .string]
  private static let unknownSet = [("(null as Code) in (null as ValueSet)", "null")]
  private static let unknownSystem = [("(null as Code) in (null as CodeSystem)", "null")]

  /// Whether a code, or one of several, is in a value set or code system; a null code is in none.
  private static func membership(_ operand: CQLType, _ target: CQLType) -> Overload {
    .generic([operand, target]) { (values, here) throws(EvaluationError) -> Bool? in
      if values[1].isNull { return nil }
      for code in codes(values[0]) where try contains(code, in: values[1], here) { return true }
      return false
    }
  }

  /// The codes of an operand; a string is a code of whatever system.
  private static func codes(_ value: Value) -> [Code] {
    switch value {
    case .code(let code): [code]
    case .concept(let concept): concept.codes
    case .string(let text): [Code(text)]
    case .list(let elements): elements.flatMap { codes($0) }
    default: []
    }
  }

  private static func contains(
    _ code: Code, in target: Value, _ here: Environment
  ) throws(EvaluationError) -> Bool {
    switch target {
    case .valueSet(let name):
      guard let result = here.terminology.contains(code, in: name) else { throw unresolved("value set", name.id) }
      return result
    case .codeSystem(let name):
      guard let result = here.terminology.contains(code, in: name) else { throw unresolved("code system", name.id) }
      return result
    default: return false
    }
  }

  private static func unresolved(_ kind: String, _ id: String) -> EvaluationError {
    EvaluationError("The \(kind) '\(id)' is not known here. Add it to the value sets that the evaluation is given.")
  }

  /// `CalculateAgeInYears` to `CalculateAgeInSeconds`, and the same at a moment.
  private static let ages: [Operator] = [
    ("Years", Precision.year), ("Months", .month), ("Weeks", .week), ("Days", .day), ("Hours", .hour),
    ("Minutes", .minute), ("Seconds", .second),
  ].flatMap { (name, unit) in
    let dates: [Overload] =
      unit > .day
      ? []
      : [
        .strictHere { (birth: CalendarDate, here) -> UncertainInteger? in
          birth.duration(to: here.now.date, in: unit).map { UncertainInteger($0) }
        }
      ]
    let datesAt: [Overload] =
      unit > .day
      ? []
      : [
        .strict { (birth: CalendarDate, asOf: CalendarDate) -> UncertainInteger? in
          birth.duration(to: asOf, in: unit).map { UncertainInteger($0) }
        }
      ]
    return [
      Operator(
        "CalculateAgeIn\(name)", spec: "09-b-cqlreference.html#calculateage",
        examples: [
          ("CalculateAgeIn\(name)(Today()) = 0", unit <= .day ? "true" : "null"),
          ("CalculateAgeIn\(name)(null as DateTime)", "null"),
        ],
        overloads: dates + [
          .strictHere { (birth: DateTime, here) -> UncertainInteger? in
            UncertainInteger(birth.duration(to: here.now, in: unit, Comparing(here)))
          }
        ]),
      Operator(
        "CalculateAgeIn\(name)At", spec: "09-b-cqlreference.html#calculateageat",
        examples: [
          ("CalculateAgeIn\(name)At(@2000-01-01T00:00:00.000, @2000-01-01T00:00:00.000)", "0"),
          ("CalculateAgeIn\(name)At(@2000-01-01T00:00:00.000, null)", "null"),
        ],
        overloads: datesAt + [
          .strictHere { (birth: DateTime, asOf: DateTime, here) -> UncertainInteger? in
            UncertainInteger(birth.duration(to: asOf, in: unit, Comparing(here)))
          }
        ]),
    ]
  }
}
