import ClinicalValues

extension Value {
  /// An element of a structured value; of a list, that of each of its elements, flattened; null where there is none.
  func property(_ name: String) throws(EvaluationError) -> Value {
    switch self {
    case .object(let object): return object.element(name)
    case .tuple(let tuple): return tuple[name]
    case .interval(let interval): return interval.property(name)
    case .quantity(let quantity): return quantity.property(name)
    case .ratio(let ratio):
      return name == "numerator"
        ? .quantity(ratio.numerator) : name == "denominator" ? .quantity(ratio.denominator) : .null
    case .code(let code): return code.property(name)
    case .concept(let concept):
      return name == "codes"
        ? .list(concept.codes.map { .code($0) }) : name == "display" ? Value(concept.display) : .null
    case .valueSet(let set): return Value.vocabulary(name, id: set.id, version: set.version, name: set.name)
    case .codeSystem(let system):
      return Value.vocabulary(name, id: system.id, version: system.version, name: system.name)
    case .list(let elements): return try Value.properties(name, of: elements)
    default: return .null
    }
  }

  private static func properties(_ name: String, of elements: [Value]) throws(EvaluationError) -> Value {
    var result: [Value] = []
    result.reserveCapacity(elements.count)
    for element in elements {
      switch try element.property(name) {
      case .null: break
      case .list(let inner): result.append(contentsOf: inner)
      case let value: result.append(value)
      }
    }
    return .list(result)
  }

  private static func vocabulary(_ element: String, id: String, version: String?, name: String?) -> Value {
    switch element {
    case "id": .string(id)
    case "version": Value(version)
    case "name": Value(name)
    default: .null
    }
  }

  /// A String, or null.
  init(_ text: String?) { self = text.map { .string($0) } ?? .null }
}

extension IntervalValue {
  fileprivate func property(_ name: String) -> Value {
    switch name {
    case "low": low
    case "high": high
    case "lowClosed": .boolean(lowClosed)
    case "highClosed": .boolean(highClosed)
    default: .null
    }
  }
}

extension Quantity {
  fileprivate func property(_ name: String) -> Value {
    switch name {
    case "value": .decimal(value)
    case "unit": .string(unit)
    default: .null
    }
  }
}

extension Code {
  fileprivate func property(_ name: String) -> Value {
    switch name {
    case "code": .string(code)
    case "system": Value(system)
    case "version": Value(version)
    case "display": Value(display)
    default: .null
    }
  }
}

extension CodeFilter {
  /// The filter that a retrieve's terminology stands for; nil where it is null, which nothing matches.
  init?(_ value: Value) throws(EvaluationError) {
    switch value {
    case .null: return nil
    case .valueSet(let name): self = .valueSet(name)
    case .codeSystem(let name): self = .codeSystem(name)
    default: self = .codes(try CodeFilter.codes(of: value))
    }
  }

  private static func codes(of value: Value) throws(EvaluationError) -> [Code] {
    switch value {
    case .null: return []
    case .code(let code): return [code]
    case .concept(let concept): return concept.codes
    case .string(let code): return [Code(code)]
    case .list(let values):
      var codes: [Code] = []
      for value in values { codes += try self.codes(of: value) }
      return codes
    default:
      throw EvaluationError(
        "A retrieve was filtered by a value that is no value set, code system, code or concept. Name one of these after ‘in’ or ‘~’."
      )
    }
  }
}
