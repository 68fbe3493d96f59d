import ClinicalValues

extension LibraryChecker {
  /// `left phrase right`.
  ///
  /// Source: HL7 CQL 1.5, Author's Guide, "Timing and Interval Operators"; Developer's Guide, "Timing Phrases".
  func timing(_ phrase: TimingPhrase, _ left: Expression, _ right: Expression, at location: SourceLocation)
    throws(Reported) -> Node
  {
    let operands = try checkAll([left, right])
    let a = try boundary(phrase.left, of: operands[0], at: location)
    let b = try boundary(phrase.right, of: operands[1], at: location)
    switch phrase.relation {
    case .same(let name), .other(let name): return try apply(name, [a, b], phrase.precision, at: location)
    case .includes(let isProper):
      let name = isElement(b, isProper: isProper) ? "Contains" : "Includes"
      return try apply((isProper ? "Proper" : "") + name, [a, b], phrase.precision, at: location)
    case .includedIn(let isProper):
      let name = isElement(a, isProper: isProper) ? "In" : "IncludedIn"
      return try apply((isProper ? "Proper" : "") + name, [a, b], phrase.precision, at: location)
    case .beforeOrAfter(let isBefore, let isInclusive, let offset):
      guard let offset else {
        let name = (isInclusive ? "SameOr" : "") + (isBefore ? "Before" : "After")
        return try apply(name, [a, b], phrase.precision, at: location)
      }
      return try self.offset(
        offset, isBefore: isBefore, isInclusive: isInclusive, a, b, phrase.precision, at: location)
    case .within(let quantity, let isProper):
      return try within(try check(quantity), isProper: isProper, a, b, at: location)
    }
  }

  private func boundary(_ boundary: TimingPhrase.Boundary?, of node: Node, at location: SourceLocation)
    throws(Reported) -> Node
  {
    guard let boundary else { return node }
    return try apply(boundary == .start ? "Start" : "End", [node], at: location)
  }

  /// Whether an operand of an inclusion is a single point or element. An untyped null is one only where the inclusion
  /// is proper, as the specification's tests have it.
  private func isElement(_ node: Node, isProper: Bool) -> Bool {
    switch node.type {
    case .list, .interval, .valueSet: false
    case .any: node.isUntyped ? isProper : true
    case .named, .choice: !isIntervalOrList(node.type)
    default: true
    }
  }

  private func isIntervalOrList(_ type: CQLType) -> Bool {
    switch type {
    case .interval, .list: true
    case .choice(let alternatives): alternatives.contains { isIntervalOrList($0) }
    case .named: types.systemType(of: type).map { isIntervalOrList($0.type) } ?? false
    default: false
    }
  }

  /// The start or end of an operand that is an interval.
  private func point(_ name: String, of node: Node, at location: SourceLocation) throws(Reported) -> Node {
    isIntervalOrList(node.type) ? try apply(name, [node], at: location) : node
  }

  /// `3 days or less before` and the like, as comparisons with the right operand moved by the quantity.
  private func offset(
    _ offset: TimingPhrase.Offset, isBefore: Bool, isInclusive: Bool, _ left: Node, _ right: Node,
    _ precision: Precision?, at location: SourceLocation
  ) throws(Reported) -> Node {
    let quantity = try check(offset.quantity)
    let a = try point(isBefore ? "End" : "Start", of: left, at: location)
    let b = try point(isBefore ? "Start" : "End", of: right, at: location)
    let away = isBefore ? "Before" : "After"
    let back = isBefore ? "After" : "Before"
    return try bound([a, b]) { (points) throws(Reported) in
      let (a, b) = (points[0], points[1])
      let moved = try apply(isBefore ? "Subtract" : "Add", [b, quantity], at: location)
      func compare(_ name: String, _ other: Node) throws(Reported) -> Node {
        try apply(name, [a, other], precision, at: location)
      }
      switch offset.kind {
      case .exactly:
        // "3 days before" means the same day, whatever the hour.
        return try apply("SameAs", [a, moved], precision ?? unitPrecision(offset.quantity), at: location)
      case .orMore: return try compare("SameOr" + away, moved)
      case .moreThan: return try compare(away, moved)
      case .orLess, .lessThan:
        let far = try compare(offset.kind == .orLess ? "SameOr" + back : back, moved)
        let near = try compare(isInclusive ? "SameOr" + away : away, b)
        return try apply("And", [far, near], at: location)
      }
    }
  }

  /// The precision that a duration's unit names, if it does.
  private func unitPrecision(_ quantity: Expression) -> Precision? {
    guard case .quantity(_, let unit) = quantity.kind else { return nil }
    let codes: [String: Precision] = [
      "a": .year, "mo": .month, "wk": .day, "d": .day, "h": .hour, "min": .minute, "s": .second, "ms": .millisecond,
      "week": .day, "weeks": .day,
    ]
    return codes[unit] ?? Keywords.precisions[unit] ?? Keywords.pluralPrecisions[unit]
  }

  /// `within 3 days of`: both ends of the left operand lie no further than that from the right one.
  private func within(_ quantity: Node, isProper: Bool, _ left: Node, _ right: Node, at location: SourceLocation)
    throws(Reported) -> Node
  {
    try bound([left, right]) { (nodes) throws(Reported) in
      let low = try apply("Subtract", [try point("Start", of: nodes[1], at: location), quantity], at: location)
      let high = try apply("Add", [try point("End", of: nodes[1], at: location), quantity], at: location)
      let prefix = isProper ? "" : "SameOr"
      let first = try apply(prefix + "After", [try point("Start", of: nodes[0], at: location), low], at: location)
      let last = try apply(prefix + "Before", [try point("End", of: nodes[0], at: location), high], at: location)
      return try apply("And", [first, last], at: location)
    }
  }

  // MARK: between, duration of

  func between(
    _ operand: Expression, _ low: Expression, _ high: Expression, isProper: Bool, at location: SourceLocation
  ) throws(Reported) -> Node {
    let nodes = try checkAll([operand, low, high])
    if isIntervalOrList(nodes[0].type) {
      let (type, bounds) = try unify([nodes[1], nodes[2]], at: location)
      let range = Node(
        .interval(low: bounds[0], lowClosed: .fixed(!isProper), high: bounds[1], highClosed: .fixed(!isProper)),
        type: .interval(type), at: location)
      return try apply("IncludedIn", [nodes[0], range], at: location)
    }
    if !isProper { return try apply("Between", nodes, at: location) }
    return try bound([nodes[0]]) { (bound) throws(Reported) in
      let above = try apply("Greater", [bound[0], nodes[1]], at: location)
      let below = try apply("Less", [bound[0], nodes[2]], at: location)
      return try apply("And", [above, below], at: location)
    }
  }

  /// `duration in days of i`.
  func span(_ name: String, _ precision: Precision, of node: Node, at location: SourceLocation) throws(Reported) -> Node
  {
    try bound([node]) { (interval) throws(Reported) in
      let start = try apply("Start", interval, at: location)
      let end = try apply("End", interval, at: location)
      return try apply(name, [start, end], precision, at: location)
    }
  }
}
