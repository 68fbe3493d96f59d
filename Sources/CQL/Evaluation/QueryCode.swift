/// A query lowered: rows are bound in the frame's slots one after another, and only results are collected.
struct QueryCode: Sendable {
  private let query: Query
  private let location: SourceLocation
  private let sources: [Run]
  private let lets: [Run]
  private let relationships: [RelationshipCode]
  private let filter: (@Sendable (Frame) throws(EvaluationError) -> Bool?)?
  private let result: Run?
  private let aggregate: (start: Run, step: Run)?
  private let sort: [SortKeyCode]

  init(_ query: Query, at location: SourceLocation, _ lowering: inout Lowering) {
    self.query = query
    self.location = location
    sources = query.sources.map { lowering.lower($0, of: query).run }
    lets = query.lets.map { lowering.lower($0.value).run }
    relationships = query.relationships.map { RelationshipCode($0, rowSlots: query.rowSlots, &lowering) }
    filter = query.filter.map { lowering.lower($0).code(as: Bool.self) }
    result = query.result.map { lowering.lower($0).run }
    aggregate = query.aggregate.map { (start: lowering.lower($0.start).run, step: lowering.lower($0.step).run) }
    sort = query.sort.map { item in
      SortKeyCode(slot: item.slot, isDescending: item.isDescending, key: item.key.map { lowering.lower($0).run })
    }
  }

  /// Runs the query in the running scope.
  func run(_ frame: Frame) throws(EvaluationError) -> Value {
    var tables: [[Value]] = []
    tables.reserveCapacity(sources.count)
    for (number, source) in sources.enumerated() {
      let value = try source(frame)
      switch value {
      case .null: return .null
      case .list(let rows) where query.sources[number].isList: tables.append(rows)
      default: tables.append([value])
      }
    }
    try frame.count(tables.map(\.count), at: location)
    if let aggregate, let clause = query.aggregate { return try fold(frame, tables, clause, aggregate) }
    var results: [Value] = []
    try forEachRow(frame, tables) { () throws(EvaluationError) in results.append(try rowResult(frame)) }
    guard query.isList else { return results.first ?? .null }
    if query.isDistinct { results = Value.distinct(results, frame.environment) }
    if !sort.isEmpty { results = try sorted(results, frame) }
    return .list(results)
  }

  /// What a row contributes: `return`, else the source itself (the checker writes a `return` for several sources).
  private func rowResult(_ frame: Frame) throws(EvaluationError) -> Value {
    if let result { return try result(frame) }
    return query.sources.first.map { frame[$0.slot] } ?? .null
  }

  private func fold(
    _ frame: Frame, _ tables: [[Value]], _ clause: Query.Aggregate, _ code: (start: Run, step: Run)
  ) throws(EvaluationError) -> Value {
    var total = try code.start(frame)
    guard clause.isDistinct else {
      try forEachRow(frame, tables) { () throws(EvaluationError) in
        frame[clause.slot] = total
        total = try code.step(frame)
      }
      return total
    }
    let slots = query.sources.map(\.slot) + query.lets.map(\.slot)
    var rows: [Value] = []
    try forEachRow(frame, tables) { () throws(EvaluationError) in rows.append(.list(slots.map { frame[$0] })) }
    for case .list(let row) in Value.distinct(rows, frame.environment) {
      for (slot, value) in zip(slots, row) { frame[slot] = value }
      frame[clause.slot] = total
      total = try code.step(frame)
    }
    return total
  }

  /// Binds each row that passes `with`, `without` and `where`, the last source changing fastest.
  private func forEachRow(
    _ frame: Frame, _ tables: [[Value]], _ body: () throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    var related = [[Value]?](repeating: nil, count: relationships.count)
    try bind(0, frame, tables) { () throws(EvaluationError) in
      for (number, value) in lets.enumerated() { frame[query.lets[number].slot] = try value(frame) }
      for (number, relationship) in relationships.enumerated() {
        guard try relationship.holds(frame, &related[number]) else { return }
      }
      if let filter { guard try filter(frame) == true else { return } }
      try body()
    }
  }

  private func bind(
    _ source: Int, _ frame: Frame, _ tables: [[Value]], _ body: () throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    guard source < tables.count else { return try body() }
    let slot = query.sources[source].slot
    for row in tables[source] {
      frame[slot] = row
      try bind(source + 1, frame, tables, body)
    }
  }

  private func sorted(_ results: [Value], _ frame: Frame) throws(EvaluationError) -> [Value] {
    var keyed: [(keys: [Value], value: Value)] = []
    keyed.reserveCapacity(results.count)
    for value in results {
      var keys: [Value] = []
      keys.reserveCapacity(sort.count)
      for item in sort {
        frame[item.slot] = value
        keys.append(try item.key?(frame) ?? value)
      }
      keyed.append((keys, value))
    }
    return SortOrder(sort.map(\.isDescending), frame.environment).permutation(of: keyed.map(\.keys)).map {
      keyed[$0].value
    }
  }
}

/// One key of `sort`.
struct SortKeyCode: Sendable {
  let slot: Int
  let isDescending: Bool
  let key: Run?
}

/// `with` or `without`, lowered.
struct RelationshipCode: Sendable {
  private let relationship: Query.Relationship
  private let source: Run
  private let condition: @Sendable (Frame) throws(EvaluationError) -> Bool?
  private let changesByRow: Bool

  init(_ relationship: Query.Relationship, rowSlots: Set<Int>, _ lowering: inout Lowering) {
    self.relationship = relationship
    source = lowering.lower(relationship.source).run
    condition = lowering.lower(relationship.condition).code(as: Bool.self)
    changesByRow = relationship.source.reads(anyOf: rowSlots)
  }

  /// Whether the row in the frame has (`without`: has not) a related one; `cache` keeps a source that all rows share.
  func holds(_ frame: Frame, _ cache: inout [Value]?) throws(EvaluationError) -> Bool {
    let related: [Value]
    if let known = cache {
      related = known
    } else {
      related = try source(frame).rows(isList: relationship.isList)
      if !changesByRow { cache = related }
    }
    for value in related {
      frame[relationship.slot] = value
      if try condition(frame) == true { return !relationship.isNegated }
    }
    return relationship.isNegated
  }
}

extension Value {
  /// The rows that a source gives: none for null.
  func rows(isList: Bool) -> [Value] {
    switch self {
    case .null: []
    case .list(let rows) where isList: rows
    default: [self]
    }
  }
}
