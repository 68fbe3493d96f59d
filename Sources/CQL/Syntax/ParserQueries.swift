extension Parser {
  /// A query whose first source was read already (and its alias is next), or which began with `from`.
  mutating func parseQuery(from first: Expression?, at location: SourceLocation) throws(Diagnostic) -> Expression {
    let mayListSources = first == nil || !commasSeparate
    let outer = commasSeparate
    commasSeparate = true
    defer { commasSeparate = outer }
    let source = if let first { try parseAlias(of: first) } else { try parseSource() }
    var query = QuerySyntax(sources: [source])
    while mayListSources, skip(",") { query.sources.append(try parseSource()) }
    if skip("let") {
      repeat {
        let location = current.location
        let name = try parseIdentifier("a name for 'let'")
        try expect(":")
        query.lets.append(Expression.Element(name: name, value: try parseExpression(), location: location))
      } while skip(",")
    }
    while at("with") || at("without") {
      let isNegated = at("without")
      advance()
      let source = try parseSource()
      try expect("such", "that")
      query.relationships.append(
        QuerySyntax.Relationship(source: source, condition: try parseExpression(), isNegated: isNegated))
    }
    if skip("where") { query.filter = try parseExpression() }
    if skip("return") {
      query.duplicates = skip("all") ? .all : skip("distinct") ? .distinct : .unsaid
      query.result = try parseExpression()
    } else if skip("aggregate") {
      query.aggregate = try parseAggregate()
    }
    if skip("sort") { query.sort = try parseSort() }
    return try make(.query(query), over: query.parts, at: location)
  }

  private mutating func parseSource() throws(Diagnostic) -> QuerySyntax.Source {
    try parseAlias(of: try parsePostfix(mayBeQuery: false))
  }

  private mutating func parseAlias(of source: Expression) throws(Diagnostic) -> QuerySyntax.Source {
    let location = current.location
    return QuerySyntax.Source(
      expression: source, alias: try parseIdentifier("an alias for the query's source"), location: location)
  }

  private mutating func parseAggregate() throws(Diagnostic) -> QuerySyntax.Aggregate {
    let isDistinct = at("distinct")
    if isDistinct || at("all") { advance() }
    let name = try parseIdentifier("a name for the aggregate's value")
    var start: Expression?
    if skip("starting") {
      switch current.kind {
      case .number: start = try parseQuantity()
      case .string: start = try parseLiteral()
      default:
        try expect("(")
        start = try parseEnclosed(commasSeparate: false)
        try expect(")")
      }
    }
    try expect(":")
    return QuerySyntax.Aggregate(isDistinct: isDistinct, name: name, start: start, step: try parseExpression())
  }

  private mutating func parseSort() throws(Diagnostic) -> [QuerySyntax.SortItem] {
    let location = current.location
    guard skip("by") else {
      guard let isDescending = parseDirection() else { throw unexpected("'asc', 'desc' or 'by'") }
      return [QuerySyntax.SortItem(key: nil, isDescending: isDescending, location: location)]
    }
    var items: [QuerySyntax.SortItem] = []
    repeat {
      let location = current.location
      let key = try parseTerm()
      items.append(QuerySyntax.SortItem(key: key, isDescending: parseDirection() ?? false, location: location))
    } while skip(",")
    return items
  }

  /// Whether it is descending; nil where no direction is written.
  private mutating func parseDirection() -> Bool? {
    if skip("asc") || skip("ascending") { return false }
    if skip("desc") || skip("descending") { return true }
    return nil
  }

  // MARK: Retrieves

  mutating func parseRetrieve() throws(Diagnostic) -> Expression {
    let location = current.location
    try expect("[")
    var context: Expression?
    if isContextAhead {
      context = try parsePostfix(mayBeQuery: false)
      try expect("->")
    }
    let type = try parseQualifiedName("the type of data to retrieve", orTypeName: true)
    var path: String?
    var comparator: String?
    var terminology: Expression?
    if skip(":") {
      (path, comparator) = try parseCodePath()
      terminology = try parseEnclosed(commasSeparate: false)
    }
    try expect("]")
    let retrieve = RetrieveSyntax(
      context: context, type: type, codePath: path, comparator: comparator, terminology: terminology)
    return try make(.retrieve(retrieve), over: [context, terminology], at: location)
  }

  /// Whether a name and `->` are next.
  private var isContextAhead: Bool {
    var distance = 1
    while token(distance).keyword == ".", distance < 16 { distance += 2 }
    return token(distance).keyword == "->"
  }

  /// `path in`, `path =`, `path ~`, where that is next.
  private mutating func parseCodePath() throws(Diagnostic) -> (String?, String?) {
    let start = position
    guard case .word = current.kind, var path = try? parseReference("a path") else { return quotedCodePath() }
    while true {
      if at("."), let name = try? parseStep() {
        path += "." + name
      } else if at("["), case .number(let index) = token(1).kind, token(2).keyword == "]" {
        for _ in 0..<3 { advance() }
        path += "[\(index)]"
      } else {
        break
      }
    }
    guard ["in", "=", "~"].contains(current.keyword) else {
      position = start
      return (nil, nil)
    }
    let comparator = current.keyword
    advance()
    return (path, comparator)
  }

  private mutating func parseStep() throws(Diagnostic) -> String {
    try expect(".")
    return try parseReference("an element's name")
  }

  /// A path of one name in quotes.
  private mutating func quotedCodePath() -> (String?, String?) {
    guard case .quoted(let path) = current.kind, ["in", "=", "~"].contains(token(1).keyword) else { return (nil, nil) }
    let comparator = token(1).keyword
    advance()
    advance()
    return (path, comparator)
  }
}
