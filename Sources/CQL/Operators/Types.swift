import ClinicalValues

// Conversions, and the parts of values.
//
// Source: HL7 CQL 1.5, Appendix B, "Type Operators".

extension Operator {
  static let types: [Operator] = [
    conversion(
      "ToBoolean", from: [.boolean, .decimal, .long, .integer, .string],
      examples: [("ToBoolean('y')", "true"), ("ToBoolean('falsetto')", "null")]
    ) { ValueConversion.boolean($0) },
    conversion(
      "ToInteger", from: [.boolean, .string, .long],
      examples: [("ToInteger('-25')", "-25"), ("ToInteger('one')", "null")],
      more: [.strict { (it: UncertainInteger) -> Int32? in it.certain }]
    ) { ValueConversion.integer($0) },
    conversion(
      "ToLong", from: [.boolean, .string], examples: [("ToLong('-1')", "-1L"), ("ToLong(true)", "1L")],
      more: [
        .strict { (it: Int32) -> Int64? in Int64(it) },
        .strict { (it: UncertainInteger) -> Int64? in it.certain.map { Int64($0) } },
      ]
    ) { ValueConversion.long($0) },
    conversion(
      "ToDecimal", from: [.boolean, .string],
      examples: [
        ("ToDecimal('+25.5')", "25.5"), ("ToDecimal('+-0.1')", "null"), ("ToDecimal('100000000000000000000')", "null"),
      ],
      more: [
        .strict { (it: Int32) -> Decimal? in Decimal(it) },
        .strict { (it: Int64) -> Decimal? in Decimal(it) },
        .strict { (it: UncertainInteger) -> Decimal? in it.certain.map { Decimal($0) } },
      ]
    ) { ValueConversion.decimal($0) },
    conversion(
      "ToQuantity", from: [.ratio, .string],
      examples: [("ToQuantity('5.5 \\'cm\\'')", "5.5 'cm'"), ("ToQuantity('444 \\'cm')", "null")],
      more: [
        .strict { (it: Decimal) -> Quantity? in Quantity(it) },
        .strict { (it: Int32) -> Quantity? in Quantity(Decimal(it)) },
        .strict { (it: Int64) -> Quantity? in Quantity(Decimal(it)) },
        .strict { (it: UncertainInteger) -> Quantity? in it.certain.map { Quantity(Decimal($0)) } },
      ]
    ) { ValueConversion.quantity($0) },
    conversion(
      "ToRatio", from: [.string],
      examples: [("ToRatio('1.0 \\'mg\\':2.0 \\'mg\\'')", "1.0 'mg':2.0 'mg'"), ("ToRatio('1;2')", "null")]
    ) { ValueConversion.ratio($0) },
    conversion(
      "ToDate", from: [.dateTime, .string],
      examples: [("ToDate('2014-01')", "@2014-01"), ("ToDate('2014-01-01T12:30:00')", "@2014-01-01")]
    ) { ValueConversion.date($0) },
    conversion(
      "ToDateTime", from: [.string],
      examples: [("ToDateTime('2014-01-01')", "@2014-01-01T"), ("ToDateTime('2014/01/01')", "null")],
      more: [.strict { (it: CalendarDate) -> DateTime? in DateTime(date: it) }]
    ) { ValueConversion.dateTime($0) },
    conversion(
      "ToTime", from: [.string], examples: [("ToTime('T14:30:00.0')", "@T14:30:00.000"), ("ToTime('14-30')", "null")],
      more: [
        .strictHere { (it: DateTime, here) -> TimeOfDay? in
          let offset = Comparing(here).offset
          return it.moved(toOffset: offset, defaultOffset: offset)?.time
        }
      ]
    ) { ValueConversion.time($0) },
    conversion(
      "ToConcept", from: [.code, .list(.code)],
      examples: [
        ("ToConcept(Code { code: '8480-6' })", "Concept { codes: { Code { code: '8480-6' } } }"),
        ("ToConcept(null as Code)", "null"),
      ]
    ) { ValueConversion.concept($0) },
    conversion(
      "ToString",
      from: [
        .boolean, .integer, .long, .decimal, .quantity, .ratio, .date, .dateTime, .time, .string, .uncertainInteger,
      ],
      examples: [
        ("ToString(18.55)", "'18.55'"), ("ToString(4 days)", "'4 days'"), ("ToString(-0.1 'mg')", "'-0.1 \\'mg\\''"),
      ]
    ) { ValueConversion.string($0) },
    Operator(
      "ToList", .conversion, spec: "09-b-cqlreference.html#convert",
      examples: [("ToList(1)", "{1}"), ("ToList(null)", "{}")],
      overloads: [
        .general([.concept], .list(.code)) { (values, _) in
          Concept(values[0]).map { .list($0.codes.map { .code($0) }) } ?? .null
        },
        .general([.variable("T")], .list(.variable("T"))) { (values, _) in .list(values[0].isNull ? [] : [values[0]]) },
      ]),
    test("ConvertsToBoolean", ("'y'", "'x'")) { ValueConversion.boolean($0) },
    test("ConvertsToInteger", ("'-1'", "'one'")) { ValueConversion.integer($0) },
    test("ConvertsToLong", ("'1'", "'one'")) { ValueConversion.long($0) },
    test("ConvertsToDecimal", ("'0.1'", "'.1'")) { ValueConversion.decimal($0) },
    test("ConvertsToQuantity", ("'1 \\'cm\\''", "'cm'")) { ValueConversion.quantity($0) },
    test("ConvertsToRatio", ("'1:8'", "'1;8'")) { ValueConversion.ratio($0) },
    test("ConvertsToDate", ("'2014-01'", "'2014-13'")) { ValueConversion.date($0) },
    test("ConvertsToDateTime", ("'2014-01-01T12'", "'12'")) { ValueConversion.dateTime($0) },
    test("ConvertsToTime", ("'14:30'", "'25:30'")) { ValueConversion.time($0) },
    test("ConvertsToString", ("1", "{ 1 }")) { ValueConversion.string($0) },
    Operator(
      "ConvertQuantity", spec: "09-b-cqlreference.html#convertquantity",
      examples: [("ConvertQuantity(5 'mg', 'g')", "0.005 'g'"), ("ConvertQuantity(5 'mg', 'm')", "null")],
      overloads: [.strict { (it: Quantity, unit: String) -> Quantity? in try? it.converted(to: unit) }]),
    Operator(
      "CanConvertQuantity", spec: "09-b-cqlreference.html#canconvertquantity",
      examples: [("CanConvertQuantity(5 'mg', 'g')", "true"), ("CanConvertQuantity(5 'mg', 'm')", "false")],
      overloads: [.strict { (it: Quantity, unit: String) -> Bool? in (try? it.converted(to: unit))?.held != nil }]),
    Operator(
      "Children", spec: "09-b-cqlreference.html#children",
      examples: [("Children(Tuple { a: 1, b: { 2, 3 } })", "{1, 2, 3}"), ("Children(null)", "null")],
      overloads: [.general([.any], .list(.any)) { (values, here) in children(values[0], here) }]),
    Operator(
      "Descendents", spec: "09-b-cqlreference.html#descendants",
      examples: [("Descendents(Tuple { a: Tuple { b: 1 } })", "{Tuple { b: 1 }, 1}"), ("Descendents(null)", "null")],
      overloads: [.general([.any], .list(.any)) { (values, here) in descendants(values[0], here) }]),
    Operator(
      "Descendants", spec: "09-b-cqlreference.html#descendants",
      examples: [("Descendants(Tuple { a: Tuple { b: 1 } })", "{Tuple { b: 1 }, 1}"), ("Descendants(null)", "null")],
      overloads: [.general([.any], .list(.any)) { (values, here) in descendants(values[0], here) }]),
  ]

  /// A conversion: one signature a source type, those of `more` first.
  private static func conversion<T: Native>(
    _ name: String, from sources: [CQLType], examples: [(String, String)], more: [Overload] = [],
    _ convert: @escaping @Sendable (Value) -> T?
  ) -> Operator {
    Operator(
      name, .conversion, spec: "09-b-cqlreference.html#\(name.lowercased())", examples: examples,
      overloads: more + sources.map { .generic([$0]) { (values, _) -> T? in convert(values[0]) } })
  }

  /// Whether a value can be converted; null for null.
  private static func test<T>(
    _ name: String, _ arguments: (String, String), _ convert: @escaping @Sendable (Value) -> T?
  ) -> Operator {
    Operator(
      name, spec: "09-b-cqlreference.html#\(name.lowercased())",
      examples: [("\(name)(\(arguments.0))", "true"), ("\(name)(\(arguments.1))", "false")],
      overloads: [.generic([.any]) { (values, _) -> Bool? in values[0].isNull ? nil : convert(values[0]) != nil }])
  }

  /// The values of a structure's elements, lists taken apart.
  private static func children(_ value: Value, _ here: Environment) -> Value {
    if value.isNull { return .null }
    if case .list(let elements) = value {
      return .list(elements.flatMap { children($0, here).elements ?? [] })
    }
    return .list(value.parts(here).flatMap { $0.isNull ? [] : $0.elements ?? [$0] })
  }

  /// Children, and theirs, each after its parent's generation.
  private static func descendants(_ value: Value, _ here: Environment) -> Value {
    guard let first = children(value, here).elements else { return .null }
    var result: [Value] = []
    var generation = first
    // Data are trees, but one that refers to itself must not hang the evaluation.
    for _ in 0..<64 where !generation.isEmpty {
      result += generation
      generation = generation.flatMap { children($0, here).elements ?? [] }
    }
    return .list(result)
  }
}

extension Value {
  /// The values of a structure's elements in the order of their declaration.
  fileprivate func parts(_ here: Environment) -> [Value] {
    switch self {
    case .quantity(let it): return [.decimal(it.value), .string(it.unit)]
    case .ratio(let it): return [.quantity(it.numerator), .quantity(it.denominator)]
    case .code(let it): return [.string(it.code), it.system.value, it.version.value, it.display.value]
    case .concept(let it): return [.list(it.codes.map { .code($0) }), it.display.value]
    case .valueSet(let it): return [.string(it.id), it.version.value, it.name.value]
    case .codeSystem(let it): return [.string(it.id), it.version.value, it.name.value]
    case .interval(let it): return [it.low, .boolean(it.lowClosed), it.high, .boolean(it.highClosed)]
    case .tuple(let it): return it.values
    case .object(let it):
      let info = here.models.lazy.compactMap { $0.classInfo(it.className) }.first
      return info.map { $0.elements.keys.sorted().map { it.element($0) } } ?? []
    default: return []
    }
  }
}
