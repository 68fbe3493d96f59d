import ClinicalValues

extension LibraryChecker {
  // MARK: Operators by name

  /// The operator on operands that are checked already, with the conversions that its best signature needs.
  func apply(_ name: String, _ operands: [Node], _ precision: Precision? = nil, at location: SourceLocation)
    throws(Reported) -> Node
  {
    var operands = operands
    if let precision {
      operands.append(Node(.literal(.precision(precision)), type: .precision, at: location))
    }
    if let node = match(name, operands, at: location) { return node }
    throw mismatch(name, operands, at: location)
  }

  /// As `apply`, nil where no signature fits.
  func match(_ name: String, _ operands: [Node], at location: SourceLocation) -> Node? {
    let operands = LibraryChecker.comparisons.contains(name) ? operands.map(systemValue) : operands
    guard let match = types.match(name, operands) else { return nil }
    return build(name, match, operands, at: location)
  }

  /// Operators that compare what classes of a data model stand for, not the objects.
  private static let comparisons: Set<String> = [
    "Equal", "NotEqual", "Equivalent", "NotEquivalent", "In", "Contains", "ProperIn", "ProperContains",
  ]

  /// The value that an object of a model stands for, where it does.
  private func systemValue(_ node: Node) -> Node {
    guard case .named = node.type, let (type, _) = types.systemType(of: node.type),
      let step = types.conversion(from: node.type, to: type)
    else { return node }
    return build(step.conversion, node, to: type)
  }

  // MARK: Operators as written

  func operation(_ name: String, _ operands: [Expression], _ precision: Precision?, at location: SourceLocation)
    throws(Reported) -> Node
  {
    if name == "Negate" {
      switch operands[0].kind {
      case .number(let digits) where !digits.contains("."):
        if UInt64(digits) == UInt64(Int32.max) + 1 { return try integer(digits, isNegative: true, at: location) }
        // The sign belongs to the number in a message about its range.
        if Int32(digits) == nil { return try integer(digits, isNegative: true, at: location) }
      case .long(let digits) where Int64(digits) == nil: return try long(digits, isNegative: true, at: location)
      default: break
      }
    }
    let nodes = try checkAll(operands)
    switch name {
    case "Positive":
      guard match("Negate", nodes, at: location) != nil else { throw mismatch("Positive", nodes, at: location) }
      return nodes[0]
    case "Concatenate&": return try concatenate(nodes, at: location)
    case "Add":
      if let sum = match(name, nodes, at: location) { return sum }
      return try strings(nodes, at: location)
    case "Expand", "Collapse":
      if nodes.count == 1, types.match(name, nodes) == nil {
        let unit = Node(.literal(.null), type: .quantity, at: location)
        return try apply(name, nodes + [unit], at: location)
      }
      return try apply(name, nodes, at: location)
    case "Union": return try union(nodes, at: location)
    default: return try apply(name, nodes, precision, at: location)
    }
  }

  /// `+` between strings.
  private func strings(_ nodes: [Node], at location: SourceLocation) throws(Reported) -> Node {
    guard let node = match("Concatenate", nodes, at: location) else { throw mismatch("Add", nodes, at: location) }
    return node
  }

  /// `a & b`: null is an empty string there.
  private func concatenate(_ nodes: [Node], at location: SourceLocation) throws(Reported) -> Node {
    let empty = Node(.literal(.string("")), type: .string, at: location)
    var parts: [Node] = []
    for node in nodes {
      let text = try convert(node, to: .string, for: "an operand of '&'")
      parts.append(try apply("Coalesce", [text, empty], at: location))
    }
    return try apply("Concatenate", parts, at: location)
  }

  /// The union of lists of different types is a list of the choice of them.
  private func union(_ nodes: [Node], at location: SourceLocation) throws(Reported) -> Node {
    if let node = match("Union", nodes, at: location) { return node }
    var elements: [CQLType] = []
    for node in nodes { if case .list(let element) = node.type { elements.append(element) } }
    guard elements.count == nodes.count else { throw mismatch("Union", nodes, at: location) }
    let type = try bounded(.list(.oneOf(elements)), at: location)
    var converted: [Node] = []
    for node in nodes {
      converted.append(Node(.asType(node, type, strict: false), type: type, at: node.location))
    }
    return try apply("Union", converted, at: location)
  }

  // MARK: What to say where no signature fits

  func mismatch(_ name: String, _ operands: [Node], at location: SourceLocation) -> Reported {
    let given = operands.map(\.type).filter { $0 != .precision }
    guard let entry = types.operators[name == "Positive" ? "Negate" : name] else {
      return fail("There is no operator '\(name)'", nil, at: location)
    }
    let written: String
    switch entry.form {
    case .infix(let sign), .prefix(let sign), .postfix(let sign): written = sign
    default: written = name
    }
    return fail(
      "No signature of '\(written)' takes (\(types: given))",
      conversionHint(name, operands) ?? signatures(of: entry), at: location)
  }

  /// The conversion of one operand that would make a signature fit.
  private func conversionHint(_ name: String, _ operands: [Node]) -> String? {
    let targets: [CQLType] = [.string, .decimal, .integer, .quantity, .dateTime, .date, .concept]
    for target in targets {
      for (position, operand) in operands.enumerated() where !operand.isUntyped && operand.type != target {
        guard let step = types.operation(operand.type, target) else { continue }
        var changed = operands
        changed[position] = build(step, operand, to: target)
        guard let match = types.match(name, changed) ?? (name == "Add" ? types.match("Concatenate", changed) : nil),
          match.cost < 5
        else { continue }
        return "Convert one: To\(target)(...)."
      }
    }
    return nil
  }

  private func signatures(of entry: Operator) -> String {
    let all = entry.overloads.map { overload in
      "(\(types: overload.operands.filter { $0 != .precision }))" + (overload.isVariadic ? "..." : "")
    }
    var distinct: [String] = []
    for text in all where !distinct.contains(text) { distinct.append(text) }
    let shown = distinct.prefix(6).joined(separator: ", ")
    return "It takes \(shown)\(distinct.count > 6 ? " and more" : "")."
  }
}
