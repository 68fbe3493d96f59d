extension CQLType: CustomStringConvertible {
  /// The type as CQL writes it: `List<Interval<DateTime>>`, `Choice<Integer, String>`, `FHIR.Observation`.
  public var description: String {
    switch self {
    case .any: "Any"
    case .boolean: "Boolean"
    case .integer: "Integer"
    case .long: "Long"
    case .decimal: "Decimal"
    case .string: "String"
    case .date: "Date"
    case .dateTime: "DateTime"
    case .time: "Time"
    case .quantity: "Quantity"
    case .ratio: "Ratio"
    case .code: "Code"
    case .concept: "Concept"
    case .vocabulary: "Vocabulary"
    case .valueSet: "ValueSet"
    case .codeSystem: "CodeSystem"
    case .interval(let point): "Interval<\(point)>"
    case .list(let element): "List<\(element)>"
    case .tuple(let elements):
      "Tuple { " + elements.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ") + " }"
    case .choice(let alternatives): "Choice<" + alternatives.map(\.description).sorted().joined(separator: ", ") + ">"
    case .named(let model, let name): "\(model).\(name)"
    // A count between two dates is an Integer to whoever reads a message.
    case .uncertainInteger: "Integer"
    case .precision: "precision"
    case .variable(let name): name
    }
  }

  /// The simple and structured types that a program can name.
  static let system: [String: CQLType] = [
    "Any": .any, "Boolean": .boolean, "Integer": .integer, "Long": .long, "Decimal": .decimal, "String": .string,
    "Date": .date, "DateTime": .dateTime, "Time": .time, "Quantity": .quantity, "Ratio": .ratio, "Code": .code,
    "Concept": .concept, "Vocabulary": .vocabulary, "ValueSet": .valueSet, "CodeSystem": .codeSystem,
  ]

  /// The elements of the types that have some.
  var systemElements: [String: CQLType] {
    switch self {
    case .quantity: ["value": .decimal, "unit": .string]
    case .ratio: ["numerator": .quantity, "denominator": .quantity]
    case .code: ["code": .string, "system": .string, "version": .string, "display": .string]
    case .concept: ["codes": .list(.code), "display": .string]
    case .vocabulary, .valueSet, .codeSystem: ["id": .string, "version": .string, "name": .string]
    case .interval(let point): ["low": point, "high": point, "lowClosed": .boolean, "highClosed": .boolean]
    case .tuple(let elements): elements
    default: [:]
    }
  }

  /// Whether it is made of more than `limit` types; takes no longer than that.
  func isLarger(than limit: Int) -> Bool {
    var remaining = limit
    func count(_ type: CQLType) -> Bool {
      remaining -= 1
      if remaining < 0 { return false }
      switch type {
      case .list(let inner), .interval(let inner): return count(inner)
      case .tuple(let elements): return elements.values.allSatisfy(count)
      case .choice(let alternatives): return alternatives.allSatisfy(count)
      default: return true
      }
    }
    return !count(self)
  }

  /// Whether it is a choice of types.
  var isChoice: Bool { if case .choice = self { true } else { false } }

  /// One of several types; flat, and the type itself where they are one.
  static func oneOf(_ types: some Sequence<CQLType>) -> CQLType {
    var alternatives: Set<CQLType> = []
    for type in types {
      if case .choice(let inner) = type { alternatives.formUnion(inner) } else { alternatives.insert(type) }
    }
    if alternatives.contains(.any) { return .any }
    guard alternatives.count == 1, let only = alternatives.first else { return .choice(alternatives) }
    return only
  }
}
