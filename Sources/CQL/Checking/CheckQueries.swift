import ClinicalValues

extension LibraryChecker {
  func query(_ written: QuerySyntax, at location: SourceLocation) throws(Reported) -> Node {
    let outer = scope.bindings.count
    let implicit = scope.implicit
    scope.implicit = nil
    defer {
      scope.bindings.removeLast(scope.bindings.count - outer)
      scope.implicit = implicit
    }
    let (sources, aliases) = try sources(written.sources)
    let isList = sources.contains(where: \.isList)
    var lets: [(slot: Int, value: Node)] = []
    for item in written.lets {
      try refuseShadowing(item.name, at: item.location)
      let value = try check(item.value)
      lets.append((scope.bind(item.name, value.type), value))
    }
    var relationships: [Query.Relationship] = []
    for relationship in written.relationships { relationships.append(try self.relationship(relationship)) }
    let filter = try written.filter.map { (expression) throws(Reported) in try condition(expression, of: "'where'") }
    if let aggregate = written.aggregate {
      let checked = try self.aggregate(aggregate, at: location)
      try refuseSorting(written.sort)
      return Node(
        .query(
          Query(
            sources: sources, lets: lets, relationships: relationships, filter: filter, result: nil,
            isDistinct: false, aggregate: checked, sort: [], isList: false)), type: checked.step.type, at: location)
    }
    let result = try written.result.map { (expression) throws(Reported) in try check(expression) }
    let element = if let result { result.type } else { try elementType(aliases, at: location) }
    let sort = try self.sort(written.sort, of: element)
    if !isList { try refuseSorting(written.sort) }
    // A `return` removes duplicates unless it says `all`, and so does the implied one of several sources.
    let isDistinct = result == nil ? aliases.count > 1 : written.duplicates != .all
    return Node(
      .query(
        Query(
          sources: sources, lets: lets, relationships: relationships, filter: filter,
          result: result ?? rows(aliases, element, at: location), isDistinct: isDistinct, aggregate: nil, sort: sort,
          isList: isList)), type: isList ? try bounded(.list(element), at: location) : element, at: location)
  }

  private typealias Sources = [(slot: Int, source: Node, isList: Bool)]

  /// The sources, which do not see one another's aliases, and the aliases, which are visible from here on.
  private func sources(_ written: [QuerySyntax.Source]) throws(Reported) -> (Sources, [Scope.Binding]) {
    let nodes = try checkAll(written.map(\.expression))
    var sources: Sources = []
    var aliases: [Scope.Binding] = []
    for (source, node) in zip(written, nodes) {
      try refuseShadowing(source.alias, at: source.location)
      let (element, isList) = elementType(of: node)
      let slot = scope.bind(source.alias, element)
      aliases.append(Scope.Binding(name: source.alias, slot: slot, type: element))
      sources.append((slot, expanded(node), isList))
    }
    return (sources, aliases)
  }

  private func elementType(of node: Node) -> (CQLType, isList: Bool) {
    switch node.type {
    case .list(let element): (element, true)
    case .valueSet: (.code, true)
    default: (node.type, false)
    }
  }

  /// A value set as the list of its codes; anything else as it is.
  private func expanded(_ node: Node) -> Node {
    guard node.type == .valueSet, let step = types.conversion(from: .valueSet, to: .list(.code)) else { return node }
    return build(step.conversion, node, to: .list(.code))
  }

  private func refuseShadowing(_ name: String, at location: SourceLocation) throws(Reported) {
    guard scope.lookup(name) != nil else { return }
    throw fail("'\(name)' is an alias already in force here", "Choose another name.", at: location)
  }

  private func relationship(_ written: QuerySyntax.Relationship) throws(Reported) -> Query.Relationship {
    let source = try check(written.source.expression)
    try refuseShadowing(written.source.alias, at: written.source.location)
    let (element, isList) = elementType(of: source)
    let slot = scope.bind(written.source.alias, element)
    defer { scope.bindings.removeLast() }
    return Query.Relationship(
      slot: slot, source: expanded(source), isList: isList,
      condition: try condition(written.condition, of: "'such that'"), isNegated: written.isNegated)
  }

  // MARK: Results

  /// The type of a row where no `return` is written.
  private func elementType(_ aliases: [Scope.Binding], at location: SourceLocation) throws(Reported) -> CQLType {
    if aliases.count == 1 { return aliases[0].type }
    let elements = Dictionary(aliases.map { ($0.name, $0.type) }) { first, _ in first }
    return try bounded(.tuple(elements), at: location)
  }

  /// A row of several sources, as a tuple of their aliases; nil for one source, whose rows are its elements.
  private func rows(_ aliases: [Scope.Binding], _ type: CQLType, at location: SourceLocation) -> Node? {
    guard aliases.count > 1 else { return nil }
    let elements = aliases.map { ($0.name, Node(.slot($0.slot), type: $0.type, at: location)) }
    return Node(.tuple(elements), type: type, at: location)
  }

  // MARK: sort

  private func sort(_ written: [QuerySyntax.SortItem], of element: CQLType) throws(Reported) -> [Query.SortItem] {
    guard !written.isEmpty else { return [] }
    // A sort key sees the result's elements, not the aliases.
    let hidden = scope.bindings
    defer {
      scope.bindings = hidden
      scope.implicit = nil
    }
    let slot = scope.slot()
    let this = Scope.Binding(name: "$this", slot: slot, type: element)
    scope.bindings.append(this)
    scope.implicit = this
    var items: [Query.SortItem] = []
    for item in written {
      let key = try item.key.map { (expression) throws(Reported) in try comparable(try check(expression)) }
      if key == nil { _ = try comparable(Node(.slot(slot), type: element, at: item.location)) }
      items.append(Query.SortItem(key: key, slot: slot, isDescending: item.isDescending))
    }
    return items
  }

  /// A sort key, which must be of a type with an order; an object of a model as what it stands for.
  private func comparable(_ node: Node) throws(Reported) -> Node {
    if let match = types.match("Less", [node, node]) {
      return build(match.operands[0].conversion, node, to: match.operands[0].type)
    }
    throw fail(
      "Values of type \(node.type) have no order to sort by", "Sort by one of their elements.", at: node.location)
  }

  private func refuseSorting(_ sort: [QuerySyntax.SortItem]) throws(Reported) {
    guard let first = sort.first else { return }
    throw fail("The result of this query is not a list", "Remove 'sort'.", at: first.location)
  }

  // MARK: aggregate

  private func aggregate(_ written: QuerySyntax.Aggregate, at location: SourceLocation) throws(Reported)
    -> Query.Aggregate
  {
    try refuseShadowing(written.name, at: location)
    let start =
      if let start = written.start { try check(start) } else { Node(.literal(.null), type: .any, at: location) }
    guard scope.inferredAggregates < 6 else {
      throw fail("More than 6 aggregates nest in one another", "Define the inner ones by themselves.", at: location)
    }
    scope.inferredAggregates += 1
    defer { scope.inferredAggregates -= 1 }
    // The step is checked with what is known of the type; if it turns out wider, once more with that.
    var type = start.type
    var slot = 0
    var step = start
    for _ in 0..<2 {
      slot = scope.bind(written.name, type)
      defer { scope.bindings.removeLast() }
      step = try check(written.step)
      if type != .any, types.isSubtype(step.type, of: type) || step.type == type { break }
      type = type == .any ? step.type : types.common([type, step.type]) ?? .oneOf([type, step.type])
    }
    return Query.Aggregate(
      slot: slot, isDistinct: written.isDistinct, start: try convert(start, to: type, for: "the starting value"),
      step: try convert(step, to: type, for: "the step of the aggregate"))
  }

  // MARK: Retrieves

  func retrieve(_ written: RetrieveSyntax, at location: SourceLocation) throws(Reported) -> Node {
    if let context = written.context {
      throw fail(
        "A retrieve in another context is not possible: one patient's record is evaluated at a time",
        "Remove what stands before '->'.", at: context.location)
    }
    let type = try type(TypeSpecifier(kind: .named(written.type), location: location))
    guard case .named(_, let name) = type, let info = types.classInfo(type) else {
      throw fail("\(type) is no class of a data model", "Name one, such as [Observation].", at: location)
    }
    guard info.isRetrievable else {
      throw fail("\(type) cannot be retrieved by itself", "Retrieve the resource that it is part of.", at: location)
    }
    var path = written.codePath
    var terminology: Node?
    if let expression = written.terminology {
      path = path ?? info.primaryCodePath
      guard let path else {
        throw fail(
          "\(type) has no element that codes are compared with by default", "Name one: [\(name): element in ...].",
          at: location)
      }
      guard types.element(String(path.prefix { $0 != "." && $0 != "[" }), of: type) != nil else {
        throw fail(
          "\(type) has no element '\(path)'", suggestion(for: path, among: info.elements.keys), at: location)
      }
      terminology = try codes(try check(expression))
    }
    return Node(.retrieve(className: name, codePath: path, terminology: terminology), type: .list(type), at: location)
  }

  /// The terminology of a retrieve: a value set, a code system, or a list of codes.
  private func codes(_ node: Node) throws(Reported) -> Node {
    switch node.type {
    case .valueSet, .codeSystem, .list(.code): return node
    case .concept: return Node(.property(node, name: "codes"), type: .list(.code), at: node.location)
    case .list(.concept):
      let codes = Node(.property(node, name: "codes"), type: .list(.code), at: node.location)
      return codes
    case .code: return Node(.list([node]), type: .list(.code), at: node.location)
    default:
      if let (system, _) = types.systemType(of: node.type), let step = types.conversion(from: node.type, to: system) {
        return try codes(build(step.conversion, node, to: system))
      }
      return try convert(node, to: .list(.code), for: "the terminology of a retrieve")
    }
  }
}
