import ClinicalValues

extension Value {
  /// Whether the value is of a type at run time; null is of none.
  func isOf(_ type: CQLType, _ environment: Environment) -> Bool {
    switch (self, type) {
    case (.null, _): false
    case (_, .any), (.boolean, .boolean), (.integer, .integer), (.long, .long), (.decimal, .decimal),
      (.string, .string), (.date, .date), (.dateTime, .dateTime), (.time, .time), (.quantity, .quantity),
      (.ratio, .ratio), (.code, .code), (.concept, .concept), (.valueSet, .valueSet), (.codeSystem, .codeSystem),
      (.valueSet, .vocabulary), (.codeSystem, .vocabulary), (.uncertain, .uncertainInteger), (.precision, .precision):
      true
    case (.uncertain(let range), .integer): range.lowerBound == range.upperBound
    case (.interval(let interval), .interval(let point)):
      point == .any || interval.pointType == .any || interval.pointType == point
    case (.list(let elements), .list(let element)):
      element == .any || elements.allSatisfy { $0.isNull || $0.isOf(element, environment) }
    case (.tuple(let tuple), .tuple(let elements)): tuple.className == nil && tuple.conforms(to: elements, environment)
    case (.tuple(let tuple), .named(_, let name)): tuple.className == name
    case (.object(let object), .named(let model, let name)):
      environment.isClass(object.className, a: name, model: model)
    case (_, .choice(let alternatives)): alternatives.contains { isOf($0, environment) }
    default: false
    }
  }

  /// `x as T`: the value if it is of the type (or a value of a data model that converts to it), else null, or an error
  /// where that was demanded.
  func cast(to type: CQLType, strict: Bool, _ environment: Environment) throws(EvaluationError) -> Value {
    if isNull || isOf(type, environment) { return self }
    if case .object(let object) = self {
      for model in environment.models where model.implicitConversion(of: object.className) == type {
        return model.convert(object, to: type)
      }
    }
    guard strict else { return .null }
    throw EvaluationError("A value is not of the type that ‘cast’ demands. Use ‘as’ where null will do instead.")
  }
}

extension TupleValue {
  fileprivate func conforms(to elements: [String: CQLType], _ environment: Environment) -> Bool {
    names.count == elements.count
      && zip(names, values).allSatisfy { name, value in
        elements[name].map { value.isNull || value.isOf($0, environment) } ?? false
      }
  }
}

extension Environment {
  /// Whether a class of a data model is another, or specializes it.
  func isClass(_ name: String, a ancestor: String, model modelName: String) -> Bool {
    if name == ancestor { return true }
    guard let model = models.first(where: { $0.name == modelName }) else { return false }
    var name = name
    for _ in 0..<Environment.inheritanceLimit {
      guard let base = model.classInfo(name)?.base else { return false }
      if base == ancestor { return true }
      name = base
    }
    return false
  }

  /// More than any class hierarchy is deep; ends a search in one that is circular.
  private static let inheritanceLimit = 64
}
