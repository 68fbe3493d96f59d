/// A signature whose type variables are known, with the conversion of each operand.
struct Match {
  let overload: Overload
  let operands: [(type: CQLType, conversion: Conversion)]
  let result: CQLType
  let cost: Int
}

extension TypeSystem {
  /// The signature of an operator that costs least on these operands, the first of several; nil where none fits.
  func match(_ name: String, _ operands: [Node]) -> Match? {
    guard let entry = operators[name] else { return nil }
    var best: Match?
    for overload in entry.overloads {
      guard let match = match(overload, operands), match.cost < best?.cost ?? Int.max else { continue }
      best = match
    }
    return best
  }

  private func match(_ overload: Overload, _ operands: [Node]) -> Match? {
    var signature = overload.operands
    if overload.isVariadic, let last = signature.last {
      guard operands.count >= signature.count - 1 else { return nil }
      signature.removeLast()
      while signature.count < operands.count { signature.append(last) }
    }
    guard signature.count == operands.count else { return nil }
    let isGeneric = signature.contains(where: \.hasVariables)
    var variables: [String: CQLType] = [:]
    if isGeneric {
      var found: [String: [CQLType]] = [:]
      for (wanted, operand) in zip(signature, operands) where !operand.isUntyped {
        collect(wanted, operand.type, &found)
      }
      for (name, types) in found {
        guard let type = common(types) else { return nil }
        variables[name] = type
      }
    }
    // A concrete signature is preferred to a generic one that fits as well.
    var cost = isGeneric ? 1 : 0
    var matched: [(type: CQLType, conversion: Conversion)] = []
    for (wanted, operand) in zip(signature, operands) {
      let type = isGeneric ? wanted.substituting(variables) : wanted
      guard let step = conversion(of: operand, to: type) else { return nil }
      matched.append((type, step.conversion))
      cost += step.cost
    }
    let result = isGeneric ? overload.result.substituting(variables) : overload.result
    return Match(overload: overload, operands: matched, result: result, cost: cost)
  }

  /// The conversion of an expression: what has no type of its own (`null`, `{}`) takes any of its shape.
  func conversion(of node: Node, to type: CQLType, allowing promotion: Promotion? = nil) -> (
    conversion: Conversion, cost: Int
  )? {
    if node.isUntyped, node.type != type, type != .precision {
      switch (node.type, type) {
      case (.any, _), (.list, .list), (.interval, .interval): return (.cast(type), Cost.compatible)
      default: break
      }
    }
    return conversion(from: node.type, to: type, allowing: promotion)
  }

  /// The types that the variables of `wanted` would have for an operand of type `type`.
  private func collect(_ wanted: CQLType, _ type: CQLType, _ found: inout [String: [CQLType]]) {
    switch (wanted, type) {
    case (.variable(let name), _): found[name, default: []].append(type)
    case (.list(let inner), .list(let element)): collect(inner, element, &found)
    case (.interval(let inner), .interval(let point)): collect(inner, point, &found)
    case (.list(let inner), .valueSet): collect(inner, .code, &found)
    case (.list, .choice(let alternatives)), (.interval, .choice(let alternatives)):
      let shaped = alternatives.sorted { $0.description < $1.description }.first { sameShape(wanted, $0) }
      if let shaped { collect(wanted, shaped, &found) }
    case (.list, .named), (.interval, .named):
      if let (system, _) = systemType(of: type), sameShape(wanted, system) { collect(wanted, system, &found) }
    default: break
    }
  }

  private func sameShape(_ a: CQLType, _ b: CQLType) -> Bool {
    switch (a, b) {
    case (.list, .list), (.interval, .interval): true
    case (_, .named): systemType(of: b).map { sameShape(a, $0.type) } ?? false
    default: false
    }
  }
}

extension CQLType {
  /// Whether a type variable is in it.
  var hasVariables: Bool {
    switch self {
    case .variable: true
    case .list(let inner), .interval(let inner): inner.hasVariables
    case .tuple(let elements): elements.values.contains(where: \.hasVariables)
    case .choice(let alternatives): alternatives.contains(where: \.hasVariables)
    default: false
    }
  }

  /// With type variables replaced; one that nothing determines is Any.
  func substituting(_ variables: [String: CQLType]) -> CQLType {
    switch self {
    case .variable(let name): variables[name] ?? .any
    case .list(let inner): .list(inner.substituting(variables))
    case .interval(let inner): .interval(inner.substituting(variables))
    case .tuple(let elements): .tuple(elements.mapValues { $0.substituting(variables) })
    case .choice(let alternatives): .oneOf(alternatives.map { $0.substituting(variables) })
    default: self
    }
  }
}

extension Node {
  /// Whether nothing in it determines its type: `null`, `{}`, `{ null }`, `Interval[null, null]`.
  var isUntyped: Bool {
    switch (kind, type) {
    case (.literal(.null), .any): true
    case (.list(let elements), .list(.any)): elements.allSatisfy(\.isUntyped)
    case (.interval(let low, _, let high, _), .interval(.any)): low.isUntyped && high.isUntyped
    case (.list(let elements), _): !elements.isEmpty && elements.allSatisfy(\.isUntyped) && type.isOpen
    default: false
    }
  }
}

extension CQLType {
  /// `List<List<Any>>` and the like.
  fileprivate var isOpen: Bool {
    switch self {
    case .any: true
    case .list(let inner), .interval(let inner): inner.isOpen
    default: false
    }
  }
}
