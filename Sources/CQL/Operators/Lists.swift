// Operators on lists.
//
// Source: HL7 CQL 1.5, Appendix B, "List Operators"; `Slice` is of CQL 2.0.

extension Operator {
  static let lists: [Operator] = [
    Operator(
      "Exists", .prefix("exists"), spec: "09-b-cqlreference.html#exists",
      examples: [("exists { 1 }", "true"), ("exists { null }", "false"), ("exists (null as List<Integer>)", "false")],
      overloads: [.generic([list]) { (values, _) -> Bool? in values[0].elements?.contains { !$0.isNull } ?? false }]),
    Operator(
      "Distinct", .prefix("distinct"), spec: "09-b-cqlreference.html#distinct",
      examples: [("distinct { 1, 3, 3, null, null }", "{1, 3, null}"), ("distinct { 'a', 'A' }", "{'a', 'A'}")],
      overloads: [onList(list) { (elements, _, here) in .list(Comparing(here).distinct(elements)) }]),
    Operator(
      "Flatten", .prefix("flatten"), spec: "09-b-cqlreference.html#flatten",
      examples: [("Flatten({ { 1, 2 }, { 3 } })", "{1, 2, 3}"), ("Flatten({ { null }, { null } })", "{null, null}")],
      overloads: [
        .general([.list(list)], list) { (values, _) in
          values[0].elements.map { .list($0.flatMap { $0.elements ?? [] }) } ?? .null
        }
      ]),
    Operator(
      "First", spec: "09-b-cqlreference.html#first",
      examples: [("First({ 1, 2, 5 })", "1"), ("First({ null, 1 })", "null")],
      overloads: [onList(element) { (elements, _, _) in elements.first ?? .null }]),
    Operator(
      "Last", spec: "09-b-cqlreference.html#last",
      examples: [("Last({ 1, 3, 5 })", "5"), ("Last({ 1, null })", "null")],
      overloads: [onList(element) { (elements, _, _) in elements.last ?? .null }]),
    Operator(
      "Indexer", .infix("[]"), spec: "09-b-cqlreference.html#indexer",
      examples: [("{ 1, 3, 5 }[1]", "3"), ("'ABCDE'[2]", "'C'"), ("{ 1 }[-1]", "null")],
      overloads: [
        .strict { (text: String, index: Int32) -> String? in Scalars(text).substring(from: Int(index), count: 1) },
        onList(element, [.integer]) { (elements, values, _) in
          guard let index = Int32(values[1]).map({ Int($0) }), elements.indices.contains(index) else { return .null }
          return elements[index]
        },
      ]),
    Operator(
      "IndexOf", spec: "09-b-cqlreference.html#indexof",
      examples: [
        ("IndexOf({ 1, 3, 5 }, 5)", "2"), ("IndexOf({ 1, 3 }, 4)", "-1"), ("IndexOf({ 1, null }, null)", "null"),
      ],
      overloads: [
        onList(.integer, [element]) { (elements, values, here) in
          if values[1].isNull { return .null }
          let comparing = Comparing(here)
          let index = elements.firstIndex { comparing.equal($0, values[1]) == true }
          return Int32(exactly: index ?? -1).value
        }
      ]),
    Operator(
      "SingletonFrom", .prefix("singleton from"), spec: "09-b-cqlreference.html#singleton-from",
      examples: [("singleton from { 1 }", "1"), ("singleton from {}", "null")],
      overloads: [
        onList(element) { (elements, _, _) throws(EvaluationError) in
          if elements.count > 1 {
            throw EvaluationError(
              "'singleton from' found \(elements.count) elements where at most one may be. Filter the list first.")
          }
          return elements.first ?? .null
        }
      ]),
    Operator(
      "Skip", spec: "09-b-cqlreference.html#skip",
      examples: [("Skip({ 1, 2, 3 }, 2)", "{3}"), ("Skip({ 1, 2 }, null)", "{1, 2}"), ("Skip({ 1, 2 }, -1)", "{}")],
      overloads: [
        onList(list, [.integer]) { (elements, values, _) in
          guard let count = Int32(values[1]) else { return .list(elements) }
          return count < 0 ? .list([]) : .list(Array(elements.dropFirst(Int(count))))
        }
      ]),
    Operator(
      "Tail", spec: "09-b-cqlreference.html#tail",
      examples: [("Tail({ 1, 2, 3 })", "{2, 3}"), ("Tail({ 1 })", "{}")],
      overloads: [onList(list) { (elements, _, _) in .list(Array(elements.dropFirst())) }]),
    Operator(
      "Take", spec: "09-b-cqlreference.html#take",
      examples: [("Take({ 1, 2, 3 }, 2)", "{1, 2}"), ("Take({ 1, 2 }, null)", "{}")],
      overloads: [
        onList(list, [.integer]) { (elements, values, _) in
          .list(Array(elements.prefix(max(0, Int(Int32(values[1]) ?? 0)))))
        }
      ]),
    Operator(
      "Slice", spec: "09-b-cqlreference.html#slice",
      examples: [("Slice({ 1, 2, 3, 4, 5 }, 1, 3)", "{2, 3}"), ("Slice({ 1, 2, 3, 4, 5 }, -2)", "{4, 5}")],
      overloads: [
        onList(list) { (elements, _, _) in .list(elements) },
        onList(list, [.integer], slice), onList(list, [.integer, .integer], slice),
      ]),
    Operator(
      "Union", .infix("union"), spec: "09-b-cqlreference.html#union",
      examples: [("{ 1, 2 } union { 2, 3 }", "{1, 2, 3}"), ("Interval[1, 5] union Interval[3, 7]", "Interval[1, 7]")],
      overloads: [
        .general([list, list], list) { (values, here) in
          .list(Comparing(here).distinct((values[0].elements ?? []) + (values[1].elements ?? [])))
        },
        onIntervals { $0.union($1, $2) },
      ]),
    Operator(
      "Intersect", .infix("intersect"), spec: "09-b-cqlreference.html#intersect",
      examples: [
        ("{ 1, 3, 5 } intersect { 3, 5, 7 }", "{3, 5}"), ("Interval[1, 5] intersect Interval[3, 7]", "Interval[3, 5]"),
      ],
      overloads: [
        .general([list, list], list) { (values, here) in
          guard let left = values[0].elements, let right = values[1].elements else { return .null }
          return .list(Comparing(here).distinct(left, keeping: right, isMember: true))
        },
        onIntervals { $0.intersection($1, $2) },
      ]),
    Operator(
      "Except", .infix("except"), spec: "09-b-cqlreference.html#except",
      examples: [("{ 1, 3, 5 } except { 3 }", "{1, 5}"), ("Interval[0, 5] except Interval[3, 7]", "Interval[0, 2]")],
      overloads: [
        .general([list, list], list) { (values, here) in
          guard let left = values[0].elements else { return .null }
          return .list(Comparing(here).distinct(left, keeping: values[1].elements ?? [], isMember: false))
        },
        onIntervals { $0.difference($1, $2) },
      ]),
  ]

  private static let list = CQLType.list(.variable("T"))
  private static let element = CQLType.variable("T")

  /// A meaning on a list and further operands; a null list gives null.
  private static func onList(
    _ result: CQLType, _ more: [CQLType] = [],
    _ meaning: @escaping @Sendable ([Value], [Value], Environment) throws(EvaluationError) -> Value
  ) -> Overload {
    .general([list] + more, result) { (values, here) throws(EvaluationError) in
      guard let elements = values[0].elements else { return .null }
      return try meaning(elements, values, here)
    }
  }

  /// A meaning on two intervals; null where one is, or nothing is left.
  private static func onIntervals(
    _ meaning: @escaping @Sendable (IntervalRelation, IntervalBounds, IntervalBounds) -> IntervalBounds?
  ) -> Overload {
    let interval = CQLType.interval(.variable("T"))
    return .general([interval, interval], interval) { (values, here) in
      guard let a = values[0].asBounds, let b = values[1].asBounds else { return .null }
      return meaning(IntervalRelation(Comparing(here), nil), a, b).map { .interval($0.interval) } ?? .null
    }
  }

  /// From an index to before another; negative ones count from the end, null ones are the ends.
  private static let slice: @Sendable ([Value], [Value], Environment) throws(EvaluationError) -> Value = {
    (elements, values, _) throws(EvaluationError) -> Value in
    func index(_ position: Int, _ missing: Int) -> Int {
      guard position < values.count, let index = Int32(values[position]).map({ Int($0) }) else { return missing }
      return min(elements.count, index < 0 ? max(0, index + elements.count) : index)
    }
    let start = index(1, 0)
    let end = index(2, elements.count)
    return .list(start < end ? Array(elements[start..<end]) : [])
  }
}

extension Comparing {
  /// The elements without those that equal an earlier one.
  func distinct(_ elements: [Value]) -> [Value] {
    var seen: Set<Member> = []
    return elements.filter { seen.insert(Member(value: $0, comparing: self)).inserted }
  }

  /// The distinct elements that are members of another list, or are not.
  func distinct(_ elements: [Value], keeping other: [Value], isMember: Bool) -> [Value] {
    let members = Set(other.map { Member(value: $0, comparing: self) })
    return distinct(elements.filter { members.contains(Member(value: $0, comparing: self)) == isMember })
  }
}
