import ClinicalValues

/// Nodes from matches and conversions.
extension LibraryChecker {
  /// The expression as a value of the wanted type; a diagnostic that names `purpose` where there is no way.
  func convert(
    _ node: Node, to type: CQLType, allowing promotion: TypeSystem.Promotion? = nil, for purpose: String
  ) throws(Reported) -> Node {
    if node.type == type { return node }
    if let step = types.conversion(of: node, to: type, allowing: promotion) {
      return build(step.conversion, node, to: type)
    }
    let hint = types.operation(node.type, type) == nil ? nil : "Convert it: To\(type)(...)."
    throw fail(
      "\(purpose.prefix(1).uppercased() + purpose.dropFirst()) must be of type \(type), but is \(node.type)", hint,
      at: node.location)
  }

  /// An operator on converted operands.
  func build(_ name: String, _ match: Match, _ operands: [Node], at location: SourceLocation) -> Node {
    let converted = zip(operands, match.operands).map { build($1.conversion, $0, to: $1.type) }
    return Node(.apply(name: name, overload: match.overload, operands: converted), type: match.result, at: location)
  }

  /// A node after a conversion to `type`.
  func build(_ conversion: Conversion, _ node: Node, to type: CQLType) -> Node {
    switch conversion {
    case .none: return node
    case .cast(let wanted): return cast(node, to: wanted)
    case .apply(let name, let overload):
      return Node(
        .apply(name: name, overload: overload, operands: [node]), type: overload.result, at: node.location)
    case .sequence(let first, let second):
      return build(second, build(first, node, to: type), to: type)
    case .pointInterval:
      return bound(node) { point in
        Node(
          .interval(low: point, lowClosed: .fixed(true), high: point, highClosed: .fixed(true)),
          type: .interval(point.type), at: node.location)
      }
    case .singleton: return Node(.list([node]), type: .list(node.type), at: node.location)
    case .elements(let inner, let from): return elements(inner, node, from, to: type)
    case .bounds(let inner, let from): return bounds(inner, node, from, to: type)
    case .tuple(let parts):
      return bound(node) { tuple in
        Node(
          .tuple(
            parts.map { part in
              let element = Node(.property(tuple, name: part.name), type: part.from, at: node.location)
              return (part.name, self.build(part.conversion, element, to: part.from))
            }), type: type, at: node.location)
      }
    case .alternatives(let alternatives): return self.alternatives(alternatives, node, to: type)
    }
  }

  /// A literal without a type of its own gets one; anything else is tested when it is evaluated.
  private func cast(_ node: Node, to type: CQLType) -> Node {
    switch (node.kind, type) {
    case (.literal(.null), _): return Node(node.kind, type: type, at: node.location)
    case (.list(let elements), .list(let inner)) where node.isUntyped:
      return Node(.list(elements.map { cast($0, to: inner) }), type: type, at: node.location)
    case (.interval, .interval) where node.isUntyped:
      // Without a type its bounds have no extremes, so nothing is known of it (as the specification's tests have it).
      return Node(.literal(.null), type: type, at: node.location)
    default: return Node(.asType(node, type, strict: false), type: type, at: node.location)
    }
  }

  private func elements(_ conversion: Conversion, _ node: Node, _ from: CQLType, to type: CQLType) -> Node {
    guard case .list(let wanted) = type else { return node }
    if case .list(let elements) = node.kind {
      return Node(.list(elements.map { build(conversion, $0, to: wanted) }), type: type, at: node.location)
    }
    let slot = scope.slot()
    let element = build(conversion, Node(.slot(slot), type: from, at: node.location), to: wanted)
    return Node(
      .query(
        Query(
          sources: [(slot: slot, source: node, isList: true)], lets: [], relationships: [], filter: nil,
          result: element, isDistinct: false, aggregate: nil, sort: [], isList: true)), type: type, at: node.location)
  }

  private func bounds(_ conversion: Conversion, _ node: Node, _ from: CQLType, to type: CQLType) -> Node {
    guard case .interval(let wanted) = type else { return node }
    if case .interval(let low, let lowClosed, let high, let highClosed) = node.kind {
      return Node(
        .interval(
          low: build(conversion, low, to: wanted), lowClosed: lowClosed, high: build(conversion, high, to: wanted),
          highClosed: highClosed), type: type, at: node.location)
    }
    let slot = scope.slot()
    let interval = Node(.slot(slot), type: node.type, at: node.location)
    func property(_ name: String, _ type: CQLType) -> Node {
      Node(.property(interval, name: name), type: type, at: node.location)
    }
    let converted = Node(
      .interval(
        low: build(conversion, property("low", from), to: wanted),
        lowClosed: .computed(property("lowClosed", .boolean)),
        high: build(conversion, property("high", from), to: wanted),
        highClosed: .computed(property("highClosed", .boolean))), type: type, at: node.location)
    // A query over a source that is no list is null where the source is, so that no interval stays no interval.
    return Node(
      .query(
        Query(
          sources: [(slot: slot, source: node, isList: false)], lets: [], relationships: [], filter: nil,
          result: converted, isDistinct: false, aggregate: nil, sort: [], isList: false)), type: type,
      at: node.location)
  }

  private func alternatives(_ alternatives: [(type: CQLType, conversion: Conversion)], _ node: Node, to type: CQLType)
    -> Node
  {
    func converted(_ node: Node, _ alternative: (type: CQLType, conversion: Conversion)) -> Node {
      let value = Node(.asType(node, alternative.type, strict: false), type: alternative.type, at: node.location)
      return build(alternative.conversion, value, to: type)
    }
    if alternatives.count == 1 { return converted(node, alternatives[0]) }
    return bound(node) { value in
      Node(
        .caseOf(
          comparand: nil,
          items: alternatives.map {
            (Node(.isType(value, $0.type), type: .boolean, at: node.location), converted(value, $0))
          }, otherwise: Node(.literal(.null), type: type, at: node.location)), type: type, at: node.location)
    }
  }

  // MARK: Values used more than once

  /// `body` over a node that may be used several times: kept in a slot unless it costs nothing to evaluate again.
  func bound(_ node: Node, _ body: (Node) -> Node) -> Node {
    let result = try? bound([node]) { (nodes) throws(Reported) in body(nodes[0]) }
    return result ?? node
  }

  func bound(_ nodes: [Node], _ body: ([Node]) throws(Reported) -> Node) throws(Reported) -> Node {
    var lets: [(slot: Int, value: Node)] = []
    let names = nodes.map { node in
      if node.isCheap { return node }
      let slot = scope.slot()
      lets.append((slot, node))
      return Node(.slot(slot), type: node.type, at: node.location)
    }
    let result = try body(names)
    guard !lets.isEmpty else { return result }
    let once = Node(.literal(.boolean(true)), type: .boolean, at: result.location)
    return Node(
      .query(
        Query(
          sources: [(slot: scope.slot(), source: once, isList: false)], lets: lets, relationships: [], filter: nil,
          result: result, isDistinct: false, aggregate: nil, sort: [], isList: false)), type: result.type,
      at: result.location)
  }
}

extension Node {
  /// Whether evaluating it again costs next to nothing.
  fileprivate var isCheap: Bool {
    switch kind {
    case .literal, .slot, .parameter, .definition: true
    case .property(let node, _): if case .list = node.type { false } else { node.isCheap }
    default: false
    }
  }
}
