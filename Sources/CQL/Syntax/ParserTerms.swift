import ClinicalValues

extension Parser {
  // MARK: Terms that begin with a keyword

  mutating func parseConditional() throws(Diagnostic) -> Expression {
    let location = current.location
    try expect("if")
    let condition = try parseExpression()
    try expect("then")
    let then = try parseExpression()
    try expect("else")
    let otherwise = try parseExpression()
    return try make(
      .ifThenElse(condition, then, otherwise), over: [condition, then, otherwise], at: location)
  }

  mutating func parseCase() throws(Diagnostic) -> Expression {
    let location = current.location
    try expect("case")
    let comparand = at("when") ? nil : try parseExpression()
    var items: [Expression.CaseItem] = []
    repeat {
      try expect("when")
      let when = try parseExpression()
      try expect("then")
      items.append(Expression.CaseItem(when: when, then: try parseExpression()))
    } while at("when")
    try expect("else")
    let otherwise = try parseExpression()
    try expect("end")
    return try make(
      .caseOf(comparand, items, otherwise), over: [comparand, otherwise] + items.flatMap { [$0.when, $0.then] },
      at: location)
  }

  /// `convert x to T`, `convert x to 'mg'`, `convert x to days`.
  mutating func parseConversion() throws(Diagnostic) -> Expression {
    let location = current.location
    try expect("convert")
    let operand = try parseExpression()
    try expect("to")
    if let unit = parseUnit() { return try make(.convertUnit(operand, unit: unit), over: [operand], at: location) }
    return try make(.convert(operand, to: try parseType()), over: [operand], at: location)
  }

  /// `expand x per day`, `collapse x per 2 'd'`.
  mutating func parseSetAggregate() throws(Diagnostic) -> Expression {
    let location = current.location
    let name = at("expand") ? "Expand" : "Collapse"
    advance()
    let operand = try parseExpression()
    var operands = [operand]
    if skip("per") {
      if let precision = Keywords.precisions[current.keyword] {
        let unit = try make(.quantity(number: "1", unit: "\(precision)"), over: [], at: current.location)
        advance()
        operands.append(unit)
      } else {
        operands.append(try parseExpression())
      }
    }
    return try make(.operation(name, operands, nil), over: operands, at: location)
  }

  // MARK: What may stand after a term

  /// A term with its members, indices and calls, and where an alias follows it, the query that it is the source of.
  mutating func parsePostfix(mayBeQuery: Bool) throws(Diagnostic) -> Expression {
    let start = current.location
    let isParenthesized = at("(")
    var term = try parsePrimary()
    while true {
      let location = current.location
      if at(".") {
        advance()
        term = try parseMember(of: term, at: location)
      } else if at("[") {
        advance()
        let index = try parseEnclosed(commasSeparate: false)
        try expect("]")
        term = try make(.operation("Indexer", [term, index], nil), over: [term, index], at: location)
      } else {
        break
      }
    }
    if mayBeQuery, isAtIdentifier, isParenthesized || term.canBeSource {
      return try parseQuery(from: term, at: start)
    }
    return term
  }

  private mutating func parseMember(of term: Expression, at location: SourceLocation) throws(Diagnostic) -> Expression {
    let isCall = token(1).keyword == "("
    let name: String
    if isCall, case .word(let word) = current.kind {
      // Any keyword may name a function there: `x.exists()`.
      name = word
      advance()
    } else {
      name = try parseReference("a name after '.'")
    }
    guard isCall else { return try make(.member(term, name), over: [term], at: location) }
    let arguments = try parseArguments()
    return try make(.call(target: term, name: name, arguments: arguments), over: [term] + arguments, at: location)
  }

  private mutating func parseArguments() throws(Diagnostic) -> [Expression] {
    try expect("(")
    var arguments: [Expression] = []
    if !at(")") {
      repeat { arguments.append(try parseEnclosed(commasSeparate: true)) } while skip(",")
    }
    try expect(")")
    return arguments
  }

  // MARK: Primary terms

  private mutating func parsePrimary() throws(Diagnostic) -> Expression {
    let location = current.location
    if let literal = try parseLiteral() { return literal }
    switch current.keyword {
    case "(":
      advance()
      let inner = try parseEnclosed(commasSeparate: false)
      try expect(")")
      return inner
    case "[": return try parseRetrieve()
    case "{":
      return isAtTupleElement ? try parseTuple() : try parseList(of: nil, at: location)
    case "Interval": return try parseInterval()
    case "Tuple":
      advance()
      return try parseTuple()
    case "List":
      advance()
      var type: TypeSpecifier?
      if skip("<") {
        type = try parseType()
        try expect(">")
      }
      return try parseList(of: type, at: location)
    case "Code", "Concept": return try parseCodeOrConcept()
    case "%":
      throw Diagnostic(
        "'%' begins a constant of FHIRPath, which CQL does not have", remedy: "Declare a parameter.", at: location)
    default: return try parseNamed()
    }
  }

  /// A name, a call, or an instance selector (`FHIR.Quantity { ... }`).
  private mutating func parseNamed() throws(Diagnostic) -> Expression {
    let location = current.location
    if let (name, words) = instanceAhead() {
      for _ in 0..<words { advance() }
      return try parseInstance(of: name, at: location)
    }
    let name = try parseReference("an expression")
    guard at("(") else { return try make(.name(name), over: [], at: location) }
    let arguments = try parseArguments()
    return try make(.call(target: nil, name: name, arguments: arguments), over: arguments, at: location)
  }

  /// The type's name if the next tokens are `A.B {`, and how many tokens it takes.
  private func instanceAhead() -> (QualifiedName, Int)? {
    var parts: [String] = []
    var distance = 0
    while parts.count < 8 {
      switch token(distance).kind {
      case .word(let name) where !Keywords.reserved.contains(name): parts.append(name)
      case .quoted(let name): parts.append(name)
      case .word(let name) where name == "Code" || name == "Concept": parts.append(name)
      default: return nil
      }
      distance += 1
      if token(distance).keyword == "{" {
        return (QualifiedName(parts: parts, location: current.location), distance)
      }
      guard token(distance).keyword == "." else { return nil }
      distance += 1
    }
    return nil
  }

  private mutating func parseInstance(of name: QualifiedName, at location: SourceLocation) throws(Diagnostic)
    -> Expression
  {
    let elements = try parseElements()
    let type = TypeSpecifier(kind: .named(name), location: location)
    return try make(.instance(type, elements), over: elements.map(\.value), at: location)
  }

  private mutating func parseCodeOrConcept() throws(Diagnostic) -> Expression {
    let location = current.location
    if at("Code"), case .string = token(1).kind {
      return try make(.code(try parseCodeSelector()), over: [], at: location)
    }
    guard at("Concept", "{", "Code"), case .string = token(3).kind else { return try parseNamed() }
    advance()
    advance()
    var codes: [CodeSelector] = []
    repeat { codes.append(try parseCodeSelector()) } while skip(",")
    try expect("}")
    return try make(.concept(codes, display: try parseDisplay()), over: [], at: location)
  }

  private mutating func parseCodeSelector() throws(Diagnostic) -> CodeSelector {
    try expect("Code")
    let code = try parseString("a code")
    try expect("from")
    return CodeSelector(
      code: code, system: try parseQualifiedName("a code system's name"), display: try parseDisplay())
  }

  // MARK: Intervals, lists, tuples

  private mutating func parseInterval() throws(Diagnostic) -> Expression {
    let location = current.location
    advance()
    let lowClosed = at("[")
    guard lowClosed || at("(") else { throw unexpected("'[' or '(' after 'Interval'") }
    advance()
    let low = try parseEnclosed(commasSeparate: true)
    try expect(",")
    let high = try parseEnclosed(commasSeparate: true)
    let highClosed = at("]")
    guard highClosed || at(")") else { throw unexpected("']' or ')' at the end of the interval") }
    advance()
    return try make(
      .interval(low: low, lowClosed: lowClosed, high: high, highClosed: highClosed), over: [low, high], at: location)
  }

  private mutating func parseList(of type: TypeSpecifier?, at location: SourceLocation) throws(Diagnostic)
    -> Expression
  {
    try expect("{")
    var elements: [Expression] = []
    if !at("}") {
      repeat { elements.append(try parseEnclosed(commasSeparate: true)) } while skip(",")
    }
    try expect("}")
    return try make(.list(type, elements), over: elements, at: location)
  }

  /// Whether `{` opens a tuple: `{ name:` or `{:`.
  private var isAtTupleElement: Bool {
    switch token(1).kind {
    case .word, .quoted: token(2).keyword == ":"
    case .symbol(":"): true
    default: false
    }
  }

  private mutating func parseTuple() throws(Diagnostic) -> Expression {
    let location = current.location
    let elements = try parseElements()
    return try make(.tuple(elements), over: elements.map(\.value), at: location)
  }

  /// `{ name: value, ... }` or `{:}`.
  private mutating func parseElements() throws(Diagnostic) -> [Expression.Element] {
    try expect("{")
    if skip(":", "}") { return [] }
    var elements: [Expression.Element] = []
    repeat {
      let location = current.location
      let name = try parseReference("an element's name")
      try expect(":")
      elements.append(
        Expression.Element(name: name, value: try parseEnclosed(commasSeparate: true), location: location))
    } while skip(",")
    try expect("}")
    return elements
  }
}

extension Expression {
  /// Whether it can be a query's source without parentheses.
  fileprivate var canBeSource: Bool {
    switch kind {
    case .name, .member, .call, .retrieve, .special: true
    case .operation("Indexer", _, _): true
    default: false
    }
  }
}
