extension LibraryChecker {
  /// The type that is written there. A name without a model's is looked for in the language first, then in the models.
  func type(_ written: TypeSpecifier) throws(Reported) -> CQLType {
    let type: CQLType
    switch written.kind {
    case .list(let inner): type = .list(try self.type(inner))
    case .interval(let inner): type = .interval(try self.type(inner))
    case .choice(let alternatives):
      var types: [CQLType] = []
      for alternative in alternatives { types.append(try self.type(alternative)) }
      type = .oneOf(types)
    case .tuple(let elements):
      var types: [String: CQLType] = [:]
      for element in elements {
        guard types.updateValue(try self.type(element.type), forKey: element.name) == nil else {
          throw fail("The tuple names '\(element.name)' twice", "Rename one.", at: written.location)
        }
      }
      type = .tuple(types)
    case .named(let name): type = try named(name)
    }
    return try bounded(type, at: written.location)
  }

  private func named(_ name: QualifiedName) throws(Reported) -> CQLType {
    let short = name.parts[name.parts.count - 1]
    if name.parts.count == 1 {
      if let type = CQLType.system[short] { return type }
      for model in usedModels where model.classInfo(short) != nil { return .named(model: model.name, name: short) }
    } else if name.parts[0] == "System", let type = CQLType.system[short], name.parts.count == 2 {
      return type
    } else if let model = usedModels.first(where: { $0.name == name.parts[0] }) {
      // Elements with a type of their own are classes with a dot in their name: FHIR.Observation.Component.
      let qualified = name.parts.dropFirst().joined(separator: ".")
      if model.classInfo(qualified) != nil { return .named(model: model.name, name: qualified) }
    }
    throw fail("There is no type '\(name.text)'", typeHint(name), at: name.location)
  }

  private func typeHint(_ name: QualifiedName) -> String? {
    if let model = types.models.first(where: { model in
      model.classInfo(name.parts[name.parts.count - 1]) != nil
        && !usedModels.contains { $0.name == model.name }
    }) {
      return "It is a type of \(model.name): declare it with: using \(model.name) version '\(model.version)'."
    }
    return suggestion(for: name.text, among: CQLType.system.keys) ?? "Name a type of CQL, or of a data model in use."
  }

  /// The type itself, unless it has grown beyond what anyone writes by hand.
  func bounded(_ type: CQLType, at location: SourceLocation) throws(Reported) -> CQLType {
    guard type.isLarger(than: 2000) else { return type }
    throw fail("The type of this expression has more than 2,000 parts", "Use fewer nested tuples.", at: location)
  }

  // MARK: is, as, convert

  func check(_ operand: Expression, is written: TypeSpecifier, at location: SourceLocation) throws(Reported) -> Node {
    let node = try check(operand)
    let type = try type(written)
    return Node(.isType(node, alternative(of: node.type, for: type) ?? type), type: .boolean, at: location)
  }

  func check(_ operand: Expression, as written: TypeSpecifier, strict: Bool, at location: SourceLocation)
    throws(Reported) -> Node
  {
    let node = try check(operand)
    let type = try type(written)
    if node.type == type { return node }
    if node.isUntyped, let step = types.conversion(of: node, to: type) { return build(step.conversion, node, to: type) }
    if types.isSubtype(node.type, of: type) {
      return Node(.asType(node, type, strict: strict), type: type, at: location)
    }
    if mayBe(node.type, type) { return Node(.asType(node, type, strict: strict), type: type, at: location) }
    // `O.value as Quantity` where the model has a Quantity of its own that stands for it.
    if let step = types.conversion(from: node.type, to: type) { return build(step.conversion, node, to: type) }
    throw fail(
      "A value of type \(node.type) is never \(article(type)) \(type)", conversionHint(node.type, type), at: location)
  }

  /// Whether a value of one type can be of the other.
  private func mayBe(_ type: CQLType, _ other: CQLType) -> Bool {
    if types.isSubtype(other, of: type) || types.isSubtype(type, of: other) { return true }
    switch (type, other) {
    case (.choice(let alternatives), _): return alternatives.contains { mayBe($0, other) }
    case (_, .choice(let alternatives)): return alternatives.contains { mayBe(type, $0) }
    case (.list(let a), .list(let b)), (.interval(let a), .interval(let b)): return mayBe(a, b)
    default: return false
    }
  }

  /// The class of a model, among the alternatives of a choice, that stands for a type of the language.
  private func alternative(of type: CQLType, for wanted: CQLType) -> CQLType? {
    guard case .choice(let alternatives) = type, !mayBe(type, wanted) else { return nil }
    return alternatives.first { types.systemType(of: $0)?.type == wanted }
  }

  private func conversionHint(_ from: CQLType, _ to: CQLType) -> String? {
    types.operation(from, to) == nil ? "Check the type." : "To convert it write: convert ... to \(to)."
  }

  func article(_ type: CQLType) -> String {
    "AEIOU".contains(type.description.prefix(1)) ? "an" : "a"
  }

  func check(_ operand: Expression, convertTo written: TypeSpecifier, at location: SourceLocation) throws(Reported)
    -> Node
  {
    let node = try check(operand)
    let type = try type(written)
    if let step = types.operation(node.type, type) { return build(step, node, to: type) }
    if let step = types.conversion(of: node, to: type) { return build(step.conversion, node, to: type) }
    // By way of what a class of a model stands for: `convert O.value to String`.
    if let match = types.match("To\(type)", [node]) { return build("To\(type)", match, [node], at: location) }
    throw fail("\(article(node.type).capitalizedFirst) \(node.type) cannot be converted to \(type)", nil, at: location)
  }

  // MARK: minimum, maximum

  /// Source: HL7 CQL 1.5, Appendix B, "Minimum" and "Maximum".
  func extreme(_ written: TypeSpecifier, isMaximum: Bool, at location: SourceLocation) throws(Reported) -> Node {
    let type = try type(written)
    let value = isMaximum ? type.largest : type.smallest
    guard let value else {
      throw fail(
        "\(type) has no \(isMaximum ? "maximum" : "minimum")",
        "Integer, Long, Decimal, Quantity, Date, DateTime and Time have one.", at: location)
    }
    return Node(.literal(value), type: type, at: location)
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
