extension Node {
  /// The expressions directly in it, in the order of evaluation.
  public var children: [Node] {
    switch kind {
    case .literal, .definition, .parameter, .slot: []
    case .apply(_, _, let operands): operands
    case .call(_, _, let arguments): arguments
    case .retrieve(_, _, let terminology): terminology.map { [$0] } ?? []
    case .property(let node, _), .isType(let node, _), .asType(let node, _, _): [node]
    case .list(let elements): elements
    case .tuple(let elements), .instance(_, let elements): elements.map(\.value)
    case .interval(let low, let lowClosed, let high, let highClosed):
      [low, high] + [lowClosed, highClosed].compactMap(\.node)
    case .ifThenElse(let condition, let then, let otherwise): [condition, then, otherwise]
    case .caseOf(let comparand, let items, let otherwise):
      (comparand.map { [$0] } ?? []) + items.flatMap { [$0.when, $0.then] } + [otherwise]
    case .query(let query): query.children
    }
  }
}

extension Node.Closedness {
  fileprivate var node: Node? {
    if case .computed(let node) = self { node } else { nil }
  }
}

extension Query {
  /// The expressions of its clauses, in the order of evaluation.
  public var children: [Node] {
    let related = relationships.flatMap { [$0.source, $0.condition] }
    let rest = [filter, aggregate?.start, aggregate?.step, result].compactMap { $0 }
    return sources.map(\.source) + lets.map(\.value) + related + rest + sort.compactMap(\.key)
  }
}
