import ClinicalValues

extension TimingPhrase {
  /// The quantity in it, if there is one.
  var quantity: Expression? {
    switch relation {
    case .beforeOrAfter(_, _, let offset): offset?.quantity
    case .within(let quantity, _): quantity
    default: nil
    }
  }
}

extension Parser {
  private static let timingWords: Set<String> = [
    "starts", "ends", "occurs", "same", "includes", "during", "before", "after", "within", "meets", "overlaps",
  ]

  /// Whether the next words are a phrase between two operands, such as `starts 3 days or less before`.
  var isAtTimingPhrase: Bool {
    if at(anyOf: Parser.timingWords) || at("included", "in") || at("on", "or") || isAtExclusiveOffset { return true }
    if at("properly") { return token(1).keyword != "between" }
    guard case .number = current.kind else { return false }
    if case .string = token(1).kind { return true }
    return Keywords.precisions[token(1).keyword] != nil || Keywords.pluralPrecisions[token(1).keyword] != nil
  }

  private var isAtExclusiveOffset: Bool { at("less", "than") || at("more", "than") }

  mutating func parseTimingPhrase() throws(Diagnostic) -> TimingPhrase {
    var left: TimingPhrase.Boundary?
    if at("starts") || at("ends") || at("occurs") {
      let word = current.keyword
      left = word == "starts" ? .start : word == "ends" ? .end : nil
      advance()
      if left != nil, !isAtTimingPhrase || at("includes") || at("meets") || at("overlaps") {
        return TimingPhrase(
          left: nil, relation: .other(word == "starts" ? "Starts" : "Ends"), precision: parsePrecisionOf(), right: nil)
      }
    }
    if skip("same") { return try parseSame(left) }
    let isProper = skip("properly")
    if left == nil, skip("includes") {
      let precision = parsePrecisionOf()
      return TimingPhrase(
        left: nil, relation: .includes(isProper: isProper), precision: precision, right: parseBoundary())
    }
    if skip("during") || skip("included", "in") {
      return TimingPhrase(
        left: left, relation: .includedIn(isProper: isProper), precision: parsePrecisionOf(), right: nil)
    }
    if skip("within") {
      let quantity = try parseQuantity()
      try expect("of")
      return TimingPhrase(
        left: left, relation: .within(quantity, isProper: isProper), precision: nil, right: parseBoundary())
    }
    guard !isProper else { throw unexpected("'includes', 'included in', 'during' or 'within' after 'properly'") }
    if left == nil, at("meets") || at("overlaps") { return parseMeetsOrOverlaps() }
    return try parseBeforeOrAfter(left)
  }

  private mutating func parseSame(_ left: TimingPhrase.Boundary?) throws(Diagnostic) -> TimingPhrase {
    let precision = Keywords.precisions[current.keyword]
    if precision != nil { advance() }
    let name: String
    if skip("as") {
      name = "SameAs"
    } else if skip("or", "before") {
      name = "SameOrBefore"
    } else if skip("or", "after") {
      name = "SameOrAfter"
    } else {
      throw unexpected("'as', 'or before' or 'or after'")
    }
    return TimingPhrase(left: left, relation: .same(name), precision: precision, right: parseBoundary())
  }

  private mutating func parseMeetsOrOverlaps() -> TimingPhrase {
    let name = at("meets") ? "Meets" : "Overlaps"
    advance()
    let direction = skip("before") ? "Before" : skip("after") ? "After" : ""
    return TimingPhrase(left: nil, relation: .other(name + direction), precision: parsePrecisionOf(), right: nil)
  }

  private mutating func parseBeforeOrAfter(_ left: TimingPhrase.Boundary?) throws(Diagnostic) -> TimingPhrase {
    var offset: TimingPhrase.Offset?
    if isAtExclusiveOffset {
      let kind: TimingPhrase.Offset.Kind = at("less") ? .lessThan : .moreThan
      advance()
      advance()
      offset = TimingPhrase.Offset(quantity: try parseQuantity(), kind: kind)
    } else if case .number = current.kind {
      let quantity = try parseQuantity()
      let kind: TimingPhrase.Offset.Kind = skip("or", "more") ? .orMore : skip("or", "less") ? .orLess : .exactly
      offset = TimingPhrase.Offset(quantity: quantity, kind: kind)
    }
    var isInclusive = skip("on", "or")
    let isBefore = at("before")
    guard isBefore || at("after") else { throw unexpected("'before' or 'after'") }
    advance()
    if !isInclusive { isInclusive = skip("or", "on") }
    let precision = parsePrecisionOf()
    return TimingPhrase(
      left: left, relation: .beforeOrAfter(isBefore: isBefore, isInclusive: isInclusive, offset: offset),
      precision: precision, right: parseBoundary())
  }

  /// `start` or `end` before the right operand; `start of x` belongs to the operand itself.
  private mutating func parseBoundary() -> TimingPhrase.Boundary? {
    guard at("start") || at("end"), isTermStart(token(1)) else { return nil }
    let boundary: TimingPhrase.Boundary = at("start") ? .start : .end
    advance()
    return boundary
  }

  private func isTermStart(_ token: Token) -> Bool {
    switch token.kind {
    case .symbol(let sign): ["(", "[", "{", "-", "+"].contains(sign)
    case .word(let word):
      !Keywords.reserved.contains(word) && word != "end"
        || ["Interval", "List", "Tuple", "Code", "Concept", "case", "if", "convert", "null"].contains(word)
    case .end: false
    default: true
    }
  }
}
