extension Interpreter {
  /// A query, clause by clause over rows of traced values.
  func query(_ query: Query, at location: SourceLocation) throws(EvaluationError) -> Traced {
    var tables: [[Traced]] = []
    var wholes: [Support] = []
    for clause in query.sources {
      let source = try trace(clause.source)
      if source.value.isNull { return Traced(.null, source.support) }
      tables.append(clause.isList ? source.elements ?? [source] : [source])
      wholes.append(source.support.whole)
    }
    try count(tables.map(\.count), at: location)
    let rows = try passing(query, tables)
    let whole = emptiness(rows, wholes, tables)
    if let aggregate = query.aggregate { return try fold(query, aggregate, rows.kept, whole) }
    var results: [Traced] = []
    for row in rows.kept {
      restore(row, of: query)
      results.append(try rowResult(query).beside(row.related))
    }
    guard query.isList else { return results.first ?? Traced(.null, whole) }
    if query.isDistinct {
      results = Value.distinctPositions(results.map(\.value), environment).map { results[$0] }
    }
    if !query.sort.isEmpty { results = try sorted(results, by: query.sort) }
    return .list(results, whole: whole)
  }

  /// A row that passed, and what the related records it passed by rest on.
  private struct Row {
    let values: [Traced]
    let related: Support
  }

  /// The rows that pass `with`, `without` and `where`, and why others were left out although nothing forbade them.
  private struct Rows {
    var kept: [Row] = []
    var unknown: [Support] = []
    var missed: [Support] = []
  }

  private func passing(_ query: Query, _ tables: [[Traced]]) throws(EvaluationError) -> Rows {
    var rows = Rows()
    for values in Interpreter.crossProduct(tables) {
      for (clause, value) in zip(query.sources, values) { self[clause.slot] = value }
      for item in query.lets { self[item.slot] = try trace(item.value) }
      guard let related = try relate(query.relationships, &rows) else { continue }
      if let filter = query.filter {
        let passed = try trace(filter)
        if passed.value.isNull { rows.unknown.append(passed.support) }
        guard Bool(passed.value) == true else { continue }
      }
      rows.kept.append(Row(values: values + query.lets.map { self[$0.slot] }, related: related))
    }
    return rows
  }

  private static func crossProduct(_ tables: [[Traced]]) -> [[Traced]] {
    tables.reduce([[]]) { rows, table in rows.flatMap { row in table.map { row + [$0] } } }
  }

  private func restore(_ row: Row, of query: Query) {
    for (slot, value) in zip(query.sources.map(\.slot) + query.lets.map(\.slot), row.values) { self[slot] = value }
  }

  /// What the row's relationships rest on; nil where one of them does not hold.
  private func relate(_ relationships: [Query.Relationship], _ rows: inout Rows) throws(EvaluationError) -> Support? {
    var supports: [Support] = []
    for relationship in relationships {
      let source = try trace(relationship.source)
      let related = relationship.isList ? source.elements ?? [] : source.value.isNull ? [] : [source]
      var match: Traced?
      var unknown: [Support] = []
      for value in related where match == nil {
        self[relationship.slot] = value
        let condition = try trace(relationship.condition)
        if Bool(condition.value) == true {
          match = value
        } else if condition.value.isNull {
          unknown.append(condition.support)
        }
      }
      guard (match != nil) != relationship.isNegated else {
        rows.unknown += unknown
        if match == nil { rows.missed.append(source.support.whole) }
        return nil
      }
      if let match { supports.append(match.support) }
    }
    return .all(supports)
  }

  /// What it rests on that no row passed.
  private func emptiness(_ rows: Rows, _ wholes: [Support], _ tables: [[Traced]]) -> Support {
    let source = Support.all(wholes + rows.missed)
    return rows.unknown.isEmpty ? source : Support(.blocked(source: source, by: rows.unknown))
  }

  private func rowResult(_ query: Query) throws(EvaluationError) -> Traced {
    if let result = query.result { return try trace(result) }
    return query.sources.first.map { self[$0.slot] } ?? .null
  }

  private func fold(
    _ query: Query, _ aggregate: Query.Aggregate, _ rows: [Row], _ whole: Support
  ) throws(EvaluationError) -> Traced {
    var total = try trace(aggregate.start)
    if rows.isEmpty { return Traced(total.value, .all([total.support, whole])) }
    var rows = rows
    if aggregate.isDistinct {
      let keys = rows.map { Value.list($0.values.map(\.value)) }
      rows = Value.distinctPositions(keys, environment).map { rows[$0] }
    }
    for row in rows {
      restore(row, of: query)
      self[aggregate.slot] = total
      total = try trace(aggregate.step).beside(row.related)
    }
    return total
  }

  private func sorted(_ results: [Traced], by items: [Query.SortItem]) throws(EvaluationError) -> [Traced] {
    var keys: [[Value]] = []
    for result in results {
      var row: [Value] = []
      for item in items {
        self[item.slot] = result
        row.append(try item.key.map { (key) throws(EvaluationError) in try trace(key).value } ?? result.value)
      }
      keys.append(row)
    }
    return SortOrder(items.map(\.isDescending), environment).permutation(of: keys).map { results[$0] }
  }
}
