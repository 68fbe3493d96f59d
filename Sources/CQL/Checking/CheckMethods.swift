import ClinicalValues

extension LibraryChecker {
  // MARK: Methods

  /// Methods that are an operator on the receiver and the arguments.
  ///
  /// Source: HL7 CQL 1.5, Appendix I, "FHIRPath Function Translation".
  private static let operatorMethods: [String: String] = [
    "allTrue": "AllTrue", "anyTrue": "AnyTrue", "contains": "Contains", "count": "Count", "distinct": "Distinct",
    "endsWith": "EndsWith", "except": "Except", "exclude": "Except", "exists": "Exists", "first": "First",
    "flatten": "Flatten", "in": "In", "indexOf": "PositionOf", "intersect": "Intersect", "last": "Last",
    "length": "Length", "lower": "Lower", "matches": "Matches", "not": "Not", "replaceMatches": "ReplaceMatches",
    "single": "SingletonFrom", "skip": "Skip", "startsWith": "StartsWith", "substring": "Substring",
    "subsetOf": "IncludedIn", "supersetOf": "Includes", "tail": "Tail", "take": "Take", "toBoolean": "ToBoolean",
    "toDate": "ToDate", "toDateTime": "ToDateTime", "toDecimal": "ToDecimal", "toInteger": "ToInteger",
    "toQuantity": "ToQuantity", "toString": "ToString", "toTime": "ToTime", "union": "Union", "upper": "Upper",
    "convertsToBoolean": "ConvertsToBoolean", "convertsToDate": "ConvertsToDate",
    "convertsToDateTime": "ConvertsToDateTime", "convertsToDecimal": "ConvertsToDecimal",
    "convertsToInteger": "ConvertsToInteger", "convertsToQuantity": "ConvertsToQuantity",
    "convertsToString": "ConvertsToString", "convertsToTime": "ConvertsToTime",
  ]

  /// `x.f(y)` where f is a method of the language; nil where it is none.
  func method(_ name: String, _ receiver: Node, _ arguments: [Expression], at location: SourceLocation)
    throws(Reported) -> Node?
  {
    switch (name, arguments.count) {
    case ("where", 1), ("select", 1), ("all", 1), ("exists", 1):
      return try iteration(name, receiver, arguments[0], at: location)
    case ("empty", 0):
      return try apply("Not", [try apply("Exists", [listed(receiver)], at: location)], at: location)
    case ("iif", 2), ("iif", 3): return nil
    case ("indexOf", 1):
      // The operator has what is looked for first.
      return try apply("PositionOf", try checkAll(arguments) + [receiver], at: location)
    default:
      guard let method = LibraryChecker.operatorMethods[name] else { return nil }
      let operands = [receiver] + (try checkAll(arguments))
      if let node = match(method, operands, at: location) { return node }
      // A method of lists on a single value takes it as a list.
      if let node = match(method, [listed(receiver)] + operands.dropFirst(), at: location) { return node }
      throw mismatch(method, operands, at: location)
    }
  }

  private func listed(_ node: Node) -> Node {
    if case .list = node.type { return node }
    return Node(.list([node]), type: .list(node.type), at: node.location)
  }

  /// `where`, `select`, `all` and `exists` with a criterion: a query whose element is `$this`.
  private func iteration(_ name: String, _ receiver: Node, _ argument: Expression, at location: SourceLocation)
    throws(Reported) -> Node
  {
    let source = listed(receiver)
    guard case .list(let element) = source.type else { throw Reported() }
    let (slot, body) = try withThis(element) { () throws(Reported) in
      name == "select" ? try check(argument) : try condition(argument, of: "the criterion of '\(name)'")
    }
    func query(filter: Node?, result: Node?, _ type: CQLType) -> Node {
      Node(
        .query(
          Query(
            sources: [(slot: slot, source: source, isList: true)], lets: [], relationships: [], filter: filter,
            result: result, isDistinct: false, aggregate: nil, sort: [], isList: true)), type: .list(type),
        at: location)
    }
    switch name {
    case "where": return query(filter: body, result: nil, element)
    case "exists": return try apply("Exists", [query(filter: body, result: nil, element)], at: location)
    case "all": return try apply("AllTrue", [query(filter: nil, result: body, .boolean)], at: location)
    default:
      let selected = query(filter: nil, result: body, body.type)
      if case .list = body.type { return try apply("Flatten", [selected], at: location) }
      return selected
    }
  }

  /// What `body` checks to while `$this` is an element of that type, and its slot.
  private func withThis(_ element: CQLType, _ body: () throws(Reported) -> Node) throws(Reported) -> (Int, Node) {
    let implicit = scope.implicit
    let slot = scope.bind("$this", element)
    scope.implicit = scope.bindings.last
    defer {
      scope.bindings.removeLast()
      scope.implicit = implicit
    }
    return (slot, try body())
  }

  // MARK: Ages

  /// `AgeInYears()`, `AgeInYearsAt(date)` and the same in other units: `CalculateAgeInYears` and so on of the patient's
  /// date of birth; nil where the name is none of them.
  func age(_ name: String, _ arguments: [Node], at location: SourceLocation) throws(Reported) -> Node? {
    guard name.hasPrefix("AgeIn"), types.operators["Calculate" + name] != nil else { return nil }
    return try apply("Calculate" + name, [try birthDate(for: name, at: location)] + arguments, at: location)
  }

  private func birthDate(for name: String, at location: SourceLocation) throws(Reported) -> Node {
    guard let type = contextClass, case .named(_, let patient) = type,
      let element = types.element("birthDate", of: type)
    else {
      throw fail("'\(name)' needs a patient", "Write 'context Patient' above this definition.", at: location)
    }
    return Node(.property(try self.name(patient, at: location), name: "birthDate"), type: element, at: location)
  }
}
