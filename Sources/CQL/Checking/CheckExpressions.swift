import ClinicalValues

extension LibraryChecker {
  /// The typed expression of a written one.
  func check(_ expression: Expression) throws(Reported) -> Node {
    let location = expression.location
    switch expression.kind {
    case .null: return Node(.literal(.null), type: .any, at: location)
    case .boolean(let value): return Node(.literal(.boolean(value)), type: .boolean, at: location)
    case .string(let text): return Node(.literal(.string(text)), type: .string, at: location)
    case .number(let digits): return try number(digits, at: location)
    case .long(let digits): return try long(digits, at: location)
    case .date(let text): return try date(text, at: location)
    case .dateTime(let text): return try dateTime(text, at: location)
    case .time(let text): return try time(text, at: location)
    case .quantity(let digits, let unit):
      return Node(.literal(.quantity(try quantity(digits, unit, at: location))), type: .quantity, at: location)
    case .ratio(let numerator, let denominator): return try ratio(numerator, denominator, at: location)
    case .code(let selector): return Node(.literal(.code(try code(selector))), type: .code, at: location)
    case .concept(let codes, let display):
      return Node(.literal(.concept(try concept(codes, display))), type: .concept, at: location)
    case .name(let name): return try self.name(name, at: location)
    case .special(let name): return try special(name, at: location)
    case .member(let target, let name): return try member(of: target, name, at: location)
    case .call(let target, let name, let arguments): return try call(target, name, arguments, at: location)
    default: return try checkStructure(expression)
    }
  }

  private func checkStructure(_ expression: Expression) throws(Reported) -> Node {
    let location = expression.location
    switch expression.kind {
    case .operation(let name, let operands, let precision):
      return try operation(name, operands, precision, at: location)
    case .timing(let phrase, let left, let right): return try timing(phrase, left, right, at: location)
    case .between(let operand, let low, let high, let isProper):
      return try between(operand, low, high, isProper: isProper, at: location)
    case .span(let name, let precision, let low, let high):
      return try apply(name, try checkAll([low, high]), precision, at: location)
    case .spanOf(let name, let precision, let operand):
      return try span(name, precision, of: try check(operand), at: location)
    case .isType(let operand, let type): return try check(operand, is: type, at: location)
    case .asType(let operand, let type, let strict): return try check(operand, as: type, strict: strict, at: location)
    case .convert(let operand, let type): return try check(operand, convertTo: type, at: location)
    case .convertUnit(let operand, let unit):
      try check(unit: unit, at: location)
      let unit = Node(.literal(.string(unit)), type: .string, at: location)
      return try apply("ConvertQuantity", [try check(operand), unit], at: location)
    case .extreme(let type, let isMaximum): return try extreme(type, isMaximum: isMaximum, at: location)
    case .ifThenElse(let condition, let then, let otherwise):
      return try conditional(condition, then, otherwise, at: location)
    case .caseOf(let comparand, let items, let otherwise): return try choose(comparand, items, otherwise, at: location)
    case .interval(let low, let lowClosed, let high, let highClosed):
      return try interval(low, lowClosed, high, highClosed, at: location)
    case .list(let type, let elements): return try list(type, elements, at: location)
    case .tuple(let elements): return try tuple(elements, at: location)
    case .instance(let type, let elements): return try instance(type, elements, at: location)
    case .retrieve(let retrieve): return try self.retrieve(retrieve, at: location)
    case .query(let query): return try self.query(query, at: location)
    default: throw fail("This expression has no meaning here", nil, at: location)
    }
  }

  /// The typed expressions of all; what is wrong with each is reported before it fails.
  func checkAll(_ expressions: [Expression]) throws(Reported) -> [Node] {
    var nodes: [Node] = []
    for expression in expressions {
      if let node = try? check(expression) { nodes.append(node) }
    }
    guard nodes.count == expressions.count else { throw Reported() }
    return nodes
  }

  /// A condition: an expression that is or becomes a Boolean.
  func condition(_ expression: Expression, of clause: String) throws(Reported) -> Node {
    try convert(try check(expression), to: .boolean, for: clause)
  }

  // MARK: if, case

  private func conditional(
    _ condition: Expression, _ then: Expression, _ otherwise: Expression, at location: SourceLocation
  ) throws(Reported) -> Node {
    let test = try? self.condition(condition, of: "the condition of 'if'")
    let branches = try checkAll([then, otherwise])
    guard let test else { throw Reported() }
    let (type, unified) = try unify(branches, at: location)
    return Node(.ifThenElse(condition: test, then: unified[0], otherwise: unified[1]), type: type, at: location)
  }

  private func choose(
    _ comparand: Expression?, _ items: [Expression.CaseItem], _ otherwise: Expression, at location: SourceLocation
  ) throws(Reported) -> Node {
    var compared = try comparand.map { (expression) throws(Reported) in try check(expression) }
    var whens: [Node] = []
    if let node = compared {
      let (_, unified) = try unify([node] + (try checkAll(items.map(\.when))), at: location)
      compared = unified[0]
      whens = Array(unified.dropFirst())
    } else {
      for item in items {
        if let test = try? condition(item.when, of: "the condition of 'when'") { whens.append(test) }
      }
    }
    let results = try checkAll(items.map(\.then) + [otherwise])
    guard whens.count == items.count else { throw Reported() }
    let (type, branches) = try unify(results, at: location)
    let cases = zip(whens, branches).map { (when: $0, then: $1) }
    return Node(
      .caseOf(comparand: compared, items: cases, otherwise: branches[branches.count - 1]), type: type, at: location)
  }

  /// The nodes converted to one type: the least one that all convert to, else the choice of their types.
  func unify(_ nodes: [Node], at location: SourceLocation) throws(Reported) -> (CQLType, [Node]) {
    let typed = nodes.filter { !$0.isUntyped }.map(\.type)
    let known = typed.isEmpty ? nodes.map(\.type) : typed
    let type = try bounded(types.common(known) ?? .oneOf(known), at: location)
    var unified: [Node] = []
    for node in nodes { unified.append(try convert(node, to: type, for: "this expression")) }
    return (type, unified)
  }

  // MARK: Selectors

  private func interval(
    _ low: Expression, _ lowClosed: Bool, _ high: Expression, _ highClosed: Bool, at location: SourceLocation
  ) throws(Reported) -> Node {
    let (type, bounds) = try unify(try checkAll([low, high]), at: location)
    guard isPoint(type) else {
      throw fail(
        "An interval cannot have bounds of type \(type)",
        "Use numbers, quantities, dates or times, both bounds of one type.", at: location)
    }
    return Node(
      .interval(low: bounds[0], lowClosed: .fixed(lowClosed), high: bounds[1], highClosed: .fixed(highClosed)),
      type: .interval(type), at: location)
  }

  /// Whether values of a type have an order, a successor and a predecessor.
  private func isPoint(_ type: CQLType) -> Bool {
    switch type {
    case .any, .integer, .long, .decimal, .quantity, .date, .dateTime, .time, .uncertainInteger: true
    default: false
    }
  }

  private func list(_ written: TypeSpecifier?, _ elements: [Expression], at location: SourceLocation) throws(Reported)
    -> Node
  {
    let nodes = try checkAll(elements)
    if let written {
      let type = try type(written)
      var converted: [Node] = []
      for node in nodes { converted.append(try convert(node, to: type, for: "an element of this list")) }
      return Node(.list(converted), type: .list(type), at: location)
    }
    let (type, unified) = nodes.isEmpty ? (.any, []) : try unify(nodes, at: location)
    return Node(.list(unified), type: .list(type), at: location)
  }

  private func tuple(_ elements: [Expression.Element], at location: SourceLocation) throws(Reported) -> Node {
    let nodes = try checkAll(elements.map(\.value))
    var types: [String: CQLType] = [:]
    for (element, node) in zip(elements, nodes) {
      guard types.updateValue(node.type, forKey: element.name) == nil else {
        throw fail("The tuple names '\(element.name)' twice", "Rename one.", at: element.location)
      }
    }
    let type = try bounded(.tuple(types), at: location)
    return Node(.tuple(zip(elements, nodes).map { ($0.name, $1) }), type: type, at: location)
  }

  private func instance(_ written: TypeSpecifier, _ elements: [Expression.Element], at location: SourceLocation)
    throws(Reported) -> Node
  {
    let type = try type(written)
    let className: String
    switch type {
    case .quantity, .ratio, .code, .concept, .valueSet, .codeSystem, .vocabulary: className = "System.\(type)"
    case .named: className = type.description
    default: throw fail("\(type) has no elements to give", "Write its literal.", at: location)
    }
    let nodes = try checkAll(elements.map(\.value))
    var given: [(name: String, value: Node)] = []
    for (element, node) in zip(elements, nodes) {
      guard let wanted = types.element(element.name, of: type) else {
        throw fail(
          "\(type) has no element '\(element.name)'",
          suggestion(for: element.name, among: types.elementNames(of: type)), at: element.location)
      }
      guard !given.contains(where: { $0.name == element.name }) else {
        throw fail("'\(element.name)' is given twice", "Remove one.", at: element.location)
      }
      let value = try convert(node, to: wanted, allowing: .toList, for: "'\(element.name)' of \(type)")
      given.append((element.name, value))
    }
    return Node(.instance(className: className, elements: given), type: type, at: location)
  }
}
