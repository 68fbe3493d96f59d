extension Parser {
  /// A literal; nil where none is next.
  mutating func parseLiteral() throws(Diagnostic) -> Expression? {
    let location = current.location
    let kind: Expression.Kind
    switch current.kind {
    case .string(let text): kind = .string(text)
    case .long(let digits): kind = .long(digits)
    case .date(let text): kind = .date(text)
    case .dateTime(let text): kind = .dateTime(text)
    case .time(let text): kind = .time(text)
    case .special(let name): kind = .special(name)
    case .number: return try parseNumber()
    case .word("true"): kind = .boolean(true)
    case .word("false"): kind = .boolean(false)
    case .word("null"): kind = .null
    default: return nil
    }
    advance()
    return try make(kind, over: [], at: location)
  }

  /// A number, a quantity, or a ratio of two of them.
  private mutating func parseNumber() throws(Diagnostic) -> Expression {
    let first = try parseQuantity()
    guard at(":"), case .number = token(1).kind else { return first }
    advance()
    let second = try parseQuantity()
    return try make(.ratio(first, second), over: [first, second], at: first.location)
  }

  /// A number with its unit, where one follows.
  mutating func parseQuantity() throws(Diagnostic) -> Expression {
    let location = current.location
    guard case .number(let digits) = current.kind else { throw unexpected("a number") }
    advance()
    guard let unit = parseUnit() else { return try make(.number(digits), over: [], at: location) }
    return try make(.quantity(number: digits, unit: unit), over: [], at: location)
  }

  /// `'mg'`, `day`, `days`; nil where none is next.
  mutating func parseUnit() -> String? {
    switch current.kind {
    case .string(let unit):
      advance()
      return unit
    case .word(let unit) where Keywords.precisions[unit] != nil || Keywords.pluralPrecisions[unit] != nil:
      // `5 days between` would be no expression, so the word belongs to the number.
      advance()
      return unit
    default: return nil
    }
  }
}
