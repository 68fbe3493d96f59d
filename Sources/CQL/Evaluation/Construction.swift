import ClinicalValues

extension CQLType {
  /// Type of the points of an interval type, `any` of another type.
  var pointType: CQLType {
    guard case .interval(let point) = self else { return .any }
    return point
  }
}

extension Value {
  /// The value of an instance selector (`Quantity { value: 1, unit: 'g' }`).
  static func instance(
    of type: CQLType, _ className: String, _ names: [String], _ values: [Value]
  ) throws(EvaluationError) -> Value {
    let tuple = TupleValue(names: names, values: values, className: className)
    switch type {
    case .quantity:
      guard case .decimal(let value) = tuple["value"] else { return .null }
      let unit = tuple["unit"].text ?? ""
      return .quantity(Quantity(value, unit.isEmpty ? "1" : unit))
    case .ratio:
      guard case .quantity(let numerator) = tuple["numerator"], case .quantity(let denominator) = tuple["denominator"]
      else { return .null }
      return .ratio(Ratio(numerator: numerator, denominator: denominator))
    case .code:
      guard let code = tuple["code"].text else { return .null }
      return .code(
        Code(code, system: tuple["system"].text, version: tuple["version"].text, display: tuple["display"].text))
    case .concept: return .concept(Concept(tuple["codes"].codes, display: tuple["display"].text))
    case .valueSet:
      guard let id = tuple["id"].text else { return .null }
      return .valueSet(ValueSetName(id: id, version: tuple["version"].text, name: tuple["name"].text))
    case .codeSystem:
      guard let id = tuple["id"].text else { return .null }
      return .codeSystem(CodeSystemName(id: id, version: tuple["version"].text, name: tuple["name"].text))
    case .interval(let point):
      return .interval(
        IntervalValue(
          low: tuple["low"], lowClosed: tuple["lowClosed"].truth ?? true, high: tuple["high"],
          highClosed: tuple["highClosed"].truth ?? true, pointType: point))
    default: return .tuple(tuple)
    }
  }

  /// The value of an interval selector: null where it has neither bounds nor a type of points, or is made of the parts of
  /// an interval that is null (then it is not known to be open or closed); an error where it would hold no point.
  static func interval(
    _ low: Value, lowClosed: Bool?, _ high: Value, highClosed: Bool?, pointType: CQLType, _ environment: Environment
  ) throws(EvaluationError) -> Value {
    guard let lowClosed, let highClosed, pointType != .any || !low.isNull || !high.isNull else { return .null }
    let order = Comparing(environment).order(low, high)
    if order == .greater || order == .equal && !(lowClosed && highClosed) {
      throw EvaluationError("An interval's low bound is above its high bound. Give the lower bound first.")
    }
    return .interval(
      IntervalValue(low: low, lowClosed: lowClosed, high: high, highClosed: highClosed, pointType: pointType))
  }

  private var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  private var truth: Bool? {
    guard case .boolean(let truth) = self else { return nil }
    return truth
  }

  private var codes: [Code] {
    switch self {
    case .code(let code): [code]
    case .list(let values): values.flatMap(\.codes)
    default: []
    }
  }
}
