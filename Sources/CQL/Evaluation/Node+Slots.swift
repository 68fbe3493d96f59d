extension Node {
  /// Whether the value depends on one of these slots of the running scope.
  func reads(anyOf slots: Set<Int>) -> Bool {
    if case .slot(let slot) = kind { return slots.contains(slot) }
    return children.contains { $0.reads(anyOf: slots) }
  }

  /// How many slots of the running scope the expression binds or reads.
  var slotCount: Int {
    var bound = 0
    switch kind {
    case .slot(let slot): bound = slot + 1
    case .query(let query):
      let slots =
        query.rowSlots.union(query.relationships.map(\.slot)).union(query.sort.map(\.slot))
        .union(query.aggregate.map { [$0.slot] } ?? [])
      bound = (slots.max() ?? -1) + 1
    default: break
    }
    return children.reduce(bound) { max($0, $1.slotCount) }
  }
}

extension Query {
  /// The slots that change from row to row.
  var rowSlots: Set<Int> { Set(sources.map(\.slot) + lets.map(\.slot)) }
}
