import ClinicalValues

/// How tightly the operators of expressions bind, loosest first.
///
/// Source: HL7 CQL 1.5, Developer's Guide, "Operator Precedence".
private enum Binding {
  static let set = 1
  static let implication = 2
  static let disjunction = 3
  static let conjunction = 4
  static let membership = 5
  static let equality = 6
  static let timing = 7
  static let inequality = 8
  static let between = 9
  static let unary = 10
  static let type = 11
  static let test = 12

  /// Infix operators of two operands that are nothing but an operator's name.
  static let infix: [String: (level: Int, name: String)] = [
    "|": (set, "Union"), "union": (set, "Union"), "intersect": (set, "Intersect"), "except": (set, "Except"),
    "implies": (implication, "Implies"), "or": (disjunction, "Or"), "xor": (disjunction, "Xor"),
    "and": (conjunction, "And"), "in": (membership, "In"), "contains": (membership, "Contains"),
    "=": (equality, "Equal"), "!=": (equality, "NotEqual"), "~": (equality, "Equivalent"),
    "!~": (equality, "NotEquivalent"), "<": (inequality, "Less"), "<=": (inequality, "LessOrEqual"),
    ">": (inequality, "Greater"), ">=": (inequality, "GreaterOrEqual"),
  ]

  /// Operators whose operands may be grouped in any way without a change of meaning, in three-valued logic too.
  static let chained: Set<String> = ["And", "Or", "Xor"]
  static let longestChain = 64

  /// The same between terms: arithmetic and concatenation.
  static let arithmetic: [String: (level: Int, name: String)] = [
    "+": (1, "Add"), "-": (1, "Subtract"), "&": (1, "Concatenate&"), "*": (2, "Multiply"), "/": (2, "Divide"),
    "div": (2, "TruncatedDivide"), "mod": (2, "Modulo"), "^": (3, "Power"),
  ]
}

extension Parser {
  mutating func parseExpression(_ level: Int = 0) throws(Diagnostic) -> Expression {
    try nested { (parser) throws(Diagnostic) in
      var left = try parser.parsePrefix()
      while let longer = try parser.parseInfix(after: left, level) { left = longer }
      return left
    }
  }

  /// An expression inside delimiters that separate nothing by commas, so that a query in it may list its sources.
  mutating func parseEnclosed(commasSeparate: Bool) throws(Diagnostic) -> Expression {
    let outer = self.commasSeparate
    self.commasSeparate = commasSeparate
    defer { self.commasSeparate = outer }
    return try parseExpression()
  }

  /// `left` with the next operator and its right operand; nil where none of at least that level follows.
  private mutating func parseInfix(after left: Expression, _ level: Int) throws(Diagnostic) -> Expression? {
    let location = current.location
    if level <= Binding.between, at("between") || at("properly", "between") {
      return try parseBetween(left, at: location)
    }
    if level <= Binding.timing, isAtTimingPhrase {
      let phrase = try parseTimingPhrase()
      let right = try parseExpression(Binding.timing + 1)
      return try make(.timing(phrase, left, right), over: [left, right, phrase.quantity], at: location)
    }
    if at("is") || at("as") { return level <= Binding.test ? try parseTypeOperator(left, level, at: location) : nil }
    guard let (own, name) = Binding.infix[current.keyword], level <= own else { return nil }
    if Binding.chained.contains(name) { return try parseChain(after: left, name, own) }
    advance()
    let precision = own == Binding.membership ? parsePrecisionOf() : nil
    let right = try parseExpression(own + 1)
    return try make(.operation(name, [left, right], precision), over: [left, right], at: location)
  }

  /// `left and b and c ...`: operands in a row, however many, are no nesting.
  private mutating func parseChain(after left: Expression, _ name: String, _ level: Int) throws(Diagnostic)
    -> Expression
  {
    var links: [(operand: Expression, location: SourceLocation)] = [(left, left.location)]
    while Binding.infix[current.keyword]?.name == name {
      let location = current.location
      advance()
      links.append((try parseExpression(level + 1), location))
    }
    // The operator is associative: a long chain becomes a chain of chains, so that whoever walks the tree need not go
    // as deep as the text is long. The order of evaluation stays.
    while links.count > 1 {
      var shorter: [(operand: Expression, location: SourceLocation)] = []
      for start in stride(from: 0, to: links.count, by: Binding.longestChain) {
        let part = links[start..<min(start + Binding.longestChain, links.count)]
        var joined = links[start].operand
        for link in part.dropFirst() {
          joined = try make(
            .operation(name, [joined, link.operand], nil), over: [joined, link.operand], at: link.location)
        }
        shorter.append((joined, links[start].location))
      }
      links = shorter
    }
    return links[0].operand
  }

  private mutating func parseBetween(_ left: Expression, at location: SourceLocation) throws(Diagnostic) -> Expression {
    let isProper = skip("properly")
    advance()
    let low = try parseTerm()
    try expect("and")
    let high = try parseTerm()
    return try make(
      .between(left, low: low, high: high, isProper: isProper), over: [left, low, high], at: location)
  }

  /// `is null`, `is not true`, `is T`, `as T`.
  private mutating func parseTypeOperator(_ left: Expression, _ level: Int, at location: SourceLocation)
    throws(Diagnostic) -> Expression?
  {
    let isNegated = at("is", "not")
    let tests = ["null": "IsNull", "true": "IsTrue", "false": "IsFalse"]
    if at("is"), let test = tests[token(isNegated ? 2 : 1).keyword] {
      for _ in 0..<(isNegated ? 3 : 2) { advance() }
      let tested = try make(.operation(test, [left], nil), over: [left], at: location)
      return isNegated ? try make(.operation("Not", [tested], nil), over: [tested], at: location) : tested
    }
    guard level <= Binding.type else { return nil }
    let isTest = at("is")
    advance()
    let type = try parseType()
    return try make(
      isTest ? .isType(left, type) : .asType(left, type, strict: false), over: [left], at: location)
  }

  // MARK: Operators before their operand

  private mutating func parsePrefix() throws(Diagnostic) -> Expression {
    let location = current.location
    switch current.keyword {
    case "not", "exists":
      let name = current.keyword == "not" ? "Not" : "Exists"
      advance()
      let operand = try parseExpression(Binding.unary)
      return try make(.operation(name, [operand], nil), over: [operand], at: location)
    case "cast":
      advance()
      let operand = try parseExpression(Binding.test)
      try expect("as")
      return try make(.asType(operand, try parseType(), strict: true), over: [operand], at: location)
    case "from":
      advance()
      return try parseQuery(from: nil, at: location)
    case "duration", "difference":
      if token(1).keyword == "in", token(3).keyword == "between" { return try parseSpan() }
    default:
      if Keywords.pluralPrecisions[current.keyword] != nil { return try parseSpan() }
    }
    return try parseTerm()
  }

  /// `days between a and b`, `duration in days between ...`, `difference in days between ...`.
  private mutating func parseSpan() throws(Diagnostic) -> Expression {
    let location = current.location
    let name = at("difference") ? "DifferenceBetween" : "DurationBetween"
    if skip("duration") || skip("difference") { try expect("in") }
    let precision = try parsePluralPrecision()
    try expect("between")
    let low = try parseTerm()
    try expect("and")
    let high = try parseTerm()
    return try make(.span(name, precision, low: low, high: high), over: [low, high], at: location)
  }

  mutating func parsePluralPrecision() throws(Diagnostic) -> Precision {
    guard let precision = Keywords.pluralPrecisions[current.keyword] else {
      throw unexpected("a unit of time in the plural, such as 'days'")
    }
    advance()
    return precision
  }

  /// `day of`, where it is next.
  mutating func parsePrecisionOf() -> Precision? {
    guard let precision = Keywords.precisions[current.keyword], token(1).keyword == "of" else { return nil }
    advance()
    advance()
    return precision
  }

  // MARK: Terms

  /// Arithmetic over terms; `level` is the loosest operator it may take.
  mutating func parseTerm(_ level: Int = 1) throws(Diagnostic) -> Expression {
    var left = try parseUnaryTerm()
    while let (own, name) = Binding.arithmetic[current.keyword], level <= own {
      let location = current.location
      advance()
      let right = try parseTerm(own + 1)
      left = try make(.operation(name, [left, right], nil), over: [left, right], at: location)
    }
    return left
  }

  /// A term with what may stand before it: a sign, `start of`, `year from` ...
  private mutating func parseUnaryTerm() throws(Diagnostic) -> Expression {
    let location = current.location
    if let (words, name, precision) = prefixOperator {
      for _ in 0..<words { advance() }
      let operand = try nested { (parser) throws(Diagnostic) in try parser.parseUnaryTerm() }
      return try make(.operation(name, [operand], precision), over: [operand], at: location)
    }
    switch current.keyword {
    case "if": return try parseConditional()
    case "case": return try parseCase()
    case "convert": return try parseConversion()
    case "minimum", "maximum":
      let isMaximum = at("maximum")
      advance()
      return try make(.extreme(try parseType(), isMaximum: isMaximum), over: [], at: location)
    case "distinct", "flatten":
      let name = at("distinct") ? "Distinct" : "Flatten"
      advance()
      let operand = try parseExpression()
      return try make(.operation(name, [operand], nil), over: [operand], at: location)
    case "expand", "collapse": return try parseSetAggregate()
    case "duration", "difference":
      let name = at("duration") ? "DurationBetween" : "DifferenceBetween"
      advance()
      try expect("in")
      let precision = try parsePluralPrecision()
      try expect("of")
      let operand = try nested { (parser) throws(Diagnostic) in try parser.parseUnaryTerm() }
      return try make(.spanOf(name, precision, operand), over: [operand], at: location)
    default: return try parsePostfix(mayBeQuery: true)
    }
  }

  /// The operator that the next words are: how many words, its name, and its precision if it is a component's.
  private var prefixOperator: (words: Int, name: String, precision: Precision?)? {
    let second = token(1).keyword
    switch (current.keyword, second) {
    case ("-", _): return (1, "Negate", nil)
    case ("+", _): return (1, "Positive", nil)
    case ("start", "of"): return (2, "Start", nil)
    case ("end", "of"): return (2, "End", nil)
    case ("width", "of"): return (2, "Width", nil)
    case ("successor", "of"): return (2, "Successor", nil)
    case ("predecessor", "of"): return (2, "Predecessor", nil)
    case ("singleton", "from"): return (2, "SingletonFrom", nil)
    case ("point", "from"): return (2, "PointFrom", nil)
    case ("date", "from"): return (2, "DateFrom", nil)
    case ("time", "from"): return (2, "TimeFrom", nil)
    case ("timezoneoffset", "from"), ("timezone", "from"): return (2, "TimezoneOffsetFrom", nil)
    case (let word, "from"):
      return Keywords.precisions[word].map { (2, "DateTimeComponentFrom", $0) }
    default: return nil
    }
  }
}
