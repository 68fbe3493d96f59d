/// What types can stand for what others: subtypes, implicit conversions, common types.
///
/// Source: HL7 CQL 1.5, Developer's Guide, "Type Inference", "Conversion Precedence", "Implicit Conversions".
struct TypeSystem {
  let models: [any Model]
  let operators: [String: Operator]

  init(models: [any Model], operators: [Operator] = Operator.all) {
    self.models = models
    self.operators = Dictionary(operators.map { ($0.name, $0) }) { first, _ in first }
  }

  // MARK: Models

  func model(_ name: String) -> (any Model)? { models.first { $0.name == name } }

  func classInfo(_ type: CQLType) -> ClassInfo? {
    guard case .named(let model, let name) = type else { return nil }
    return self.model(model)?.classInfo(name)
  }

  /// The class itself and the classes it specializes.
  func lineage(of type: CQLType) -> [CQLType] {
    guard case .named(let model, _) = type else { return [type] }
    var line = [type]
    while let base = classInfo(line[line.count - 1])?.base, line.count < 64 {
      line.append(.named(model: model, name: base))
    }
    return line
  }

  /// The type of the language that a class, or one it specializes, converts to, with the class that says so.
  func systemType(of type: CQLType) -> (type: CQLType, model: any Model)? {
    for ancestor in lineage(of: type) {
      guard case .named(let model, let name) = ancestor, let model = self.model(model) else { return nil }
      if let converted = model.implicitConversion(of: name) { return (converted, model) }
    }
    return nil
  }

  // MARK: Elements

  /// The type of an element; of a list, of each of its elements; of a choice, of the alternatives that have it.
  func element(_ name: String, of type: CQLType) -> CQLType? {
    switch type {
    case .list(let inner):
      guard let found = element(name, of: inner) else { return nil }
      if case .list = found { return found }
      return .list(found)
    case .choice(let alternatives):
      let found = alternatives.compactMap { element(name, of: $0) }
      return found.isEmpty ? nil : .oneOf(found)
    case .named: return classInfo(type)?.elements[name]
    default: return type.systemElements[name]
    }
  }

  /// Names of the elements of a type, for suggestions.
  func elementNames(of type: CQLType) -> [String] {
    switch type {
    case .list(let inner): elementNames(of: inner)
    case .choice(let alternatives): alternatives.flatMap { elementNames(of: $0) }
    case .named: classInfo(type).map { Array($0.elements.keys) } ?? []
    default: Array(type.systemElements.keys)
    }
  }

  // MARK: Subtypes

  /// Whether every value of `type` is one of `other`.
  func isSubtype(_ type: CQLType, of other: CQLType) -> Bool {
    if type == other || other == .any { return true }
    switch (type, other) {
    case (.list(let a), .list(let b)), (.interval(let a), .interval(let b)): return isSubtype(a, of: b)
    case (.choice(let alternatives), _): return alternatives.allSatisfy { isSubtype($0, of: other) }
    case (_, .choice(let alternatives)): return alternatives.contains { isSubtype(type, of: $0) }
    case (.tuple(let a), .tuple(let b)):
      return b.allSatisfy { name, wanted in a[name].map { isSubtype($0, of: wanted) } ?? false }
    case (.valueSet, .vocabulary), (.codeSystem, .vocabulary): return true
    case (.named, .named): return lineage(of: type).contains(other)
    default: return false
    }
  }

  // MARK: Common types

  /// The type that all can be converted to at the least cost, nil where there is none.
  func common(_ types: [CQLType]) -> CQLType? {
    var distinct: [CQLType] = []
    for type in types where !distinct.contains(type) { distinct.append(type) }
    guard let first = distinct.first else { return .any }
    if distinct.count == 1 { return first }
    // More alternatives than any operator or literal sensibly has would take quadratic time.
    guard distinct.count <= 64 else { return nil }
    var best: (type: CQLType, cost: Int)?
    for candidate in distinct {
      var cost = 0
      for type in distinct where cost < Int.max {
        guard tuplesAgree(type, candidate), let step = conversion(from: type, to: candidate) else {
          cost = Int.max
          continue
        }
        cost += step.cost
      }
      if cost < best?.cost ?? Int.max { best = (candidate, cost) }
    }
    return best?.type ?? commonStructure(distinct)
  }

  private func commonStructure(_ types: [CQLType]) -> CQLType? {
    var lists: [CQLType] = []
    var intervals: [CQLType] = []
    var tuples: [[String: CQLType]] = []
    for type in types {
      switch type {
      case .list(let inner): lists.append(inner)
      case .interval(let inner): intervals.append(inner)
      case .tuple(let elements): tuples.append(elements)
      default: return nil
      }
    }
    if lists.count == types.count { return common(lists).map { .list($0) } }
    if intervals.count == types.count { return common(intervals).map { .interval($0) } }
    guard tuples.count == types.count, let first = tuples.first,
      tuples.allSatisfy({ $0.keys.count == first.count && $0.keys.allSatisfy { first[$0] != nil } })
    else { return nil }
    var elements: [String: CQLType] = [:]
    for name in first.keys {
      guard let type = common(tuples.compactMap { $0[name] }) else { return nil }
      elements[name] = type
    }
    return .tuple(elements)
  }

  /// Tuples are compared and collected only with tuples of the same elements.
  private func tuplesAgree(_ a: CQLType, _ b: CQLType) -> Bool {
    guard case .tuple(let x) = a, case .tuple(let y) = b else { return true }
    return x.count == y.count
  }
}
