import ClinicalValues

/// Which days a query's `where` asks of the records of a retrieve (`[X] x where x.date during i`), so that an index by
/// date can answer the retrieve.
///
/// A record that the span rules out makes its condition false or unknown, so the query has no use for it: the result is
/// the same with and without the index. The interpreter, which explains results, does without.
struct RetrieveDates: Sendable {
  /// The element that the conditions are on.
  private let path: String
  private let limits: [Limit]

  /// One condition: the record must not lie wholly before the first, or wholly after the last day of a bound.
  private struct Limit: Sendable {
    let condition: DateCondition
    let bounds: [Run]
  }

  /// The conditions on the dates of a source's rows that stand at the head of the query's `where`; nil if there are none.
  init?(_ source: Int, of query: Query, _ lowering: inout Lowering) {
    // What is computed before the `where` could fail on a record that the index leaves out.
    guard let filter = query.filter, query.lets.isEmpty, query.relationships.isEmpty else { return nil }
    let slot = query.sources[source].slot
    var path: String?
    var limits: [Limit] = []
    for conjunct in filter.conjuncts {
      if let condition = DateCondition(conjunct, on: slot), path == nil || condition.path == path,
        condition.bounds.allSatisfy({ $0.isIndependent(of: query.rowSlots) })
      {
        path = condition.path
        limits.append(Limit(condition: condition, bounds: condition.bounds.map { lowering.lower($0).run }))
      } else if !conjunct.cannotFail {
        break
      }
    }
    guard let path else { return nil }
    self.path = path
    self.limits = limits
  }

  /// The span in the running scope; nil where no bound is known.
  func filter(_ frame: Frame) -> DateFilter? {
    var filter = DateFilter(path: path)
    for limit in limits {
      var values: [Value] = []
      for bound in limit.bounds {
        // A bound that cannot be computed limits nothing; the `where` reports it if it comes to that.
        guard let value = try? bound(frame) else { break }
        values.append(value)
      }
      guard values.count == limit.bounds.count else { continue }
      let (first, last) = limit.condition.days(values)
      if let first { filter.first = max(first, filter.first) }
      if let last { filter.last = min(last, filter.last) }
    }
    return filter.first == nil && filter.last == nil ? nil : filter
  }

  private func max(_ a: CalendarDate, _ b: CalendarDate?) -> CalendarDate {
    b.map { a.daysSinceEpoch < $0.daysSinceEpoch ? $0 : a } ?? a
  }

  private func min(_ a: CalendarDate, _ b: CalendarDate?) -> CalendarDate {
    b.map { a.daysSinceEpoch < $0.daysSinceEpoch ? a : $0 } ?? a
  }
}

extension Lowering {
  /// A source of a query; a retrieve with the days that the query's `where` asks for.
  mutating func lower(_ clause: (slot: Int, source: Node, isList: Bool), of query: Query) -> Compiled {
    guard case .retrieve(let className, let codePath, let terminology) = clause.source.kind,
      let place = query.sources.firstIndex(where: { $0.slot == clause.slot }),
      let dates = RetrieveDates(place, of: query, &self)
    else { return lower(clause.source) }
    return retrieve(className, codePath, terminology.map { lower($0) }, dates: dates)
  }
}

extension Node {
  /// The operands of a chain of `and`, in the order of evaluation; any other expression by itself.
  fileprivate var conjuncts: [Node] {
    var later: [Node] = []
    var node = self
    while case .apply("And", _, let operands) = node.kind, operands.count == 2 {
      later.append(operands[1])
      node = operands[0]
    }
    return [node] + later.reversed().flatMap { $0.kind.isAnd ? $0.conjuncts : [$0] }
  }

  /// Whether its evaluation never ends in an error, whatever the data: comparisons of elements and constants.
  fileprivate var cannotFail: Bool {
    switch kind {
    case .literal, .slot: true
    case .property(let owner, _): owner.cannotFail
    case .asType(let operand, _, let strict): !strict && operand.cannotFail
    case .isType(let operand, _): operand.cannotFail
    case .list(let elements): elements.allSatisfy(\.cannotFail)
    case .apply(let name, let overload, let operands):
      Node.infallible.contains(name) && !overload.operands.contains(where: \.isVocabulary)
        && operands.allSatisfy(\.cannotFail)
    default: false
    }
  }

  /// Operators without errors, and the conversions of a model's primitives.
  private static let infallible: Set<String> = [
    "And", "Or", "Not", "Xor", "Implies", "IsNull", "IsTrue", "IsFalse", "Equal", "NotEqual", "Equivalent", "In",
    "ToString", "ToBoolean", "ToInteger", "ToConcept",
  ]

  /// Whether it has one value for all rows of a query and can be computed outside of it without anybody noticing.
  fileprivate func isIndependent(of slots: Set<Int>) -> Bool {
    switch kind {
    case .slot(let slot): !slots.contains(slot)
    case .call, .query, .retrieve, .apply("Message", _, _): false
    default: children.allSatisfy { $0.isIndependent(of: slots) }
    }
  }
}

extension Node.Kind {
  fileprivate var isAnd: Bool { if case .apply("And", _, _) = self { true } else { false } }
}

extension CQLType {
  fileprivate var isVocabulary: Bool { self == .valueSet || self == .codeSystem || self == .vocabulary }
}
