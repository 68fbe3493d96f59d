import ClinicalValues

// What is in what: points and intervals, elements and lists.
//
// Source: HL7 CQL 1.5, Appendix B, "Contains", "In", "Includes", "Included In", "Properly Includes", "Properly
// Included In" (Interval and List Operators). A null list or interval contains nothing; a null operand of a relation
// between two lists or two intervals gives null.

extension Operator {
  static let membership: [Operator] = [
    Operator(
      "Contains", .infix("contains"), spec: "09-b-cqlreference.html#contains",
      examples: [("Interval[1, 5] contains 4", "true"), ("{ 1, 3, null } contains null", "true")],
      overloads: intervalAndPoint(contains) + [.generic([list, element]) { listContains($0[0], $0[1], $1) }]),
    Operator(
      "In", .infix("in"), spec: "09-b-cqlreference.html#in",
      examples: [
        ("3 in Interval[0, 5]", "true"), ("5 in { 1, 3 }", "false"), ("3 in (null as Interval<Integer>)", "false"),
      ],
      overloads: pointAndInterval(contains) + [.generic([element, list]) { listContains($0[1], $0[0], $1) }]
        + codeMembership),
    Operator(
      "Includes", .infix("includes"), spec: "09-b-cqlreference.html#includes",
      examples: [("Interval[-1, 5] includes Interval[0, 5]", "true"), ("{ 1, 3 } includes { 1, 3, 5 }", "false")],
      overloads: relations(pointsToo: false) { $0.includes($1, $2) }
        + [.generic([list, list]) { listIncludes($0[0], $0[1], $1) }]
        + intervalAndPoint(contains) + [.generic([list, element]) { listContains($0[0], $0[1], $1) }]),
    Operator(
      "IncludedIn", .infix("included in"), spec: "09-b-cqlreference.html#included-in",
      examples: [("Interval[1, 5] included in Interval[0, 5]", "true"), ("5 included in { 1, 3, 5 }", "true")],
      overloads: relations(pointsToo: false) { $0.includes($2, $1) }
        + [.generic([list, list]) { listIncludes($0[1], $0[0], $1) }]
        + pointAndInterval(contains) + [.generic([element, list]) { listContains($0[1], $0[0], $1) }]),
    Operator(
      "ProperContains", spec: "09-b-cqlreference.html#properly-includes",
      examples: [("{ 'a', 'b' } properly includes 'a'", "true"), ("{ 'a' } properly includes 'a'", "false")],
      overloads: [.generic([list, element]) { listProperlyContains($0[0], $0[1], $1) }]
        + intervalAndPoint(properlyContains)),
    Operator(
      "ProperIn", spec: "09-b-cqlreference.html#properly-included-in",
      examples: [
        ("'a' properly included in { 'a', 'b' }", "true"), ("'a' properly included in { 'a', null }", "null"),
      ],
      overloads: [.generic([element, list]) { listProperlyContains($0[1], $0[0], $1) }]
        + pointAndInterval(properlyContains)),
    Operator(
      "ProperIncludes", .infix("properly includes"), spec: "09-b-cqlreference.html#properly-includes",
      examples: [
        ("Interval[-1, 5] properly includes Interval[0, 5]", "true"),
        ("{ 1, 3, 5 } properly includes { 1, 3, 5 }", "false"),
      ],
      overloads: [
        .generic([list, element]) { listProperlyContains($0[0], $0[1], $1) },
        .generic([list, list]) { listProperlyIncludes($0[0], $0[1], $1) },
      ] + relations(pointsToo: false) { $0.properlyIncludes($1, $2) } + intervalAndPoint(properlyContains)),
    Operator(
      "ProperIncludedIn", .infix("properly included in"), spec: "09-b-cqlreference.html#properly-included-in",
      examples: [
        ("Interval[1, 5] properly included in Interval[0, 5]", "true"), ("{ 2 } properly included in { 1, 2 }", "true"),
      ],
      overloads: [
        .generic([element, list]) { listProperlyContains($0[1], $0[0], $1) },
        .generic([list, list]) { listProperlyIncludes($0[1], $0[0], $1) },
      ] + relations(pointsToo: false) { $0.properlyIncludes($2, $1) } + pointAndInterval(properlyContains)),
  ]

  private static let list = CQLType.list(.variable("T"))
  private static let element = CQLType.variable("T")
  private typealias PointTest = @Sendable (IntervalRelation, IntervalBounds, IntervalBounds) -> Bool?

  private static let contains: PointTest = { $0.includes($1, $2) }
  private static let properlyContains: PointTest = { $0.properlyContains($1, $2) }

  /// `interval contains point`.
  private static func intervalAndPoint(_ test: @escaping PointTest) -> [Overload] {
    [[.interval(element), element], [.interval(element), element, .precision]].map { operands in
      .generic(operands) { (values, here) -> Bool? in
        pointTest(values[0], values[1], values.precision(at: 2), here, test)
      }
    }
  }

  /// `point in interval`.
  private static func pointAndInterval(_ test: @escaping PointTest) -> [Overload] {
    [[element, .interval(element)], [element, .interval(element), .precision]].map { operands in
      .generic(operands) { (values, here) -> Bool? in
        pointTest(values[1], values[0], values.precision(at: 2), here, test)
      }
    }
  }

  /// A null point gives null, a null interval false.
  private static func pointTest(
    _ interval: Value, _ point: Value, _ precision: Precision?, _ here: Environment, _ test: PointTest
  ) -> Bool? {
    if point.isNull { return nil }
    guard case .interval(let interval) = interval else { return false }
    // Bounds of no type: a null one that is closed admits every point.
    let typed = IntervalBounds(interval.pointType.smallest == nil ? interval.ranging(over: point.pointType) : interval)
    guard let typed else { return nil }
    return test(IntervalRelation(Comparing(here), precision), typed, IntervalBounds(point: point))
  }
}

extension Operator {
  /// Whether a list has an element: null equals null; nil where an element is not known to be equal or not.
  fileprivate static func listContains(_ list: Value, _ element: Value, _ here: Environment) -> Bool? {
    guard let elements = list.elements else { return false }
    return contains(elements, element, Comparing(here))
  }

  private static func contains(_ elements: [Value], _ element: Value, _ comparing: Comparing) -> Bool? {
    if element.isNull { return elements.contains { $0.isNull } }
    var result: Bool? = false
    for candidate in elements where !candidate.isNull {
      switch comparing.equal(candidate, element) {
      case true: return true
      case nil: result = nil
      default: break
      }
    }
    return result
  }

  /// Whether a list has an element and another one besides.
  ///
  /// A null that may be a list of lists as well as a list beside another (`null properly includes {2}`) is read as the
  /// latter, of which nothing is known.
  fileprivate static func listProperlyContains(_ list: Value, _ element: Value, _ here: Environment) -> Bool? {
    guard let elements = list.elements else { return element.elements == nil ? false : nil }
    let comparing = Comparing(here)
    var hasOther: Bool? = false
    for candidate in elements {
      let isOther =
        element.isNull ? !candidate.isNull : candidate.isNull ? nil : negated(comparing.equal(candidate, element))
      hasOther = either(hasOther, isOther)
    }
    return both(contains(elements, element, comparing), hasOther)
  }

  /// Whether the first list has every element of the second.
  fileprivate static func listIncludes(_ list: Value, _ part: Value, _ here: Environment) -> Bool? {
    guard let elements = list.elements, let part = part.elements else { return nil }
    let comparing = Comparing(here)
    let members = Set(elements.map { Member(value: $0, comparing: comparing) })
    var result: Bool? = true
    for element in part where !members.contains(Member(value: element, comparing: comparing)) {
      result = both(result, contains(elements, element, comparing))
      if result == false { return false }
    }
    return result
  }

  /// Whether the first list has every element of the second, and others.
  fileprivate static func listProperlyIncludes(_ list: Value, _ part: Value, _ here: Environment) -> Bool? {
    guard let elements = list.elements, let partElements = part.elements else { return nil }
    let comparing = Comparing(here)
    return both(
      listIncludes(list, part, here), comparing.distinct(elements).count > comparing.distinct(partElements).count)
  }
}
