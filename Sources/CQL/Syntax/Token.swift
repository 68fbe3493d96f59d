import ClinicalValues

/// A word, literal or sign of a library's text.
struct Token: Sendable, Equatable {
  /// What it is; the text of literals is without delimiters and with its escapes resolved.
  enum Kind: Sendable, Equatable {
    /// A name or a keyword; which one, the grammar decides where it stands.
    case word(String)
    /// `"name"` or `` `name` ``: always a name.
    case quoted(String)
    case string(String)
    case number(String)
    /// `1L`, without the L.
    case long(String)
    /// `@2014-01-01`, without the sign.
    case date(String)
    /// `@2014-01-01T10:00`, without the sign.
    case dateTime(String)
    /// `@T10:00`, without the sign and the T.
    case time(String)
    /// `$this`, `$index`, `$total`, with the sign.
    case special(String)
    case symbol(String)
    case end
  }

  let kind: Kind
  /// Where it starts.
  let location: SourceLocation
  /// It is the first on its line.
  let startsLine: Bool
  /// No space stands between it and the token before.
  let isAttached: Bool
  /// The comments between it and the token before, delimiters removed.
  let comments: [String]

  /// The text of a word or a symbol; empty for all others, so that it can be compared with a keyword.
  var keyword: String {
    switch kind {
    case .word(let text), .symbol(let text): text
    default: ""
    }
  }

  /// How a message names it.
  var described: String {
    switch kind {
    case .word(let text), .symbol(let text), .special(let text), .number(let text): "'\(text)'"
    case .quoted(let text): "\"\(text)\""
    case .string(let text): "the string '\(text)'"
    case .long(let text): "'\(text)L'"
    case .date(let text), .dateTime(let text): "'@\(text)'"
    case .time(let text): "'@T\(text)'"
    case .end: "the end of the text"
    }
  }
}

/// The words of the grammar.
///
/// Source: HL7 CQL 1.5, Appendix G (`keyword`, `reservedWord`).
enum Keywords {
  /// Words that cannot be a name unless quoted.
  static let reserved: Set<String> = [
    "aggregate", "all", "and", "as", "after", "before", "between", "case", "cast", "Code", "collapse", "Concept",
    "convert", "day", "days", "difference", "distinct", "duration", "during", "else", "exists", "expand", "false",
    "flatten", "from", "if", "in", "is", "hour", "hours", "Interval", "let", "List", "maximum", "millisecond",
    "milliseconds", "minimum", "minute", "minutes", "month", "months", "not", "null", "occurs", "of", "or", "per",
    "point", "properly", "return", "same", "second", "seconds", "singleton", "sort", "then", "to", "true", "Tuple",
    "week", "weeks", "when", "with", "within", "without", "year", "years",
  ]

  /// Words with a meaning of their own that may still name a thing where it is referred to.
  static let referential: Set<String> = [
    "asc", "ascending", "by", "called", "code", "codesystem", "codesystems", "concept", "contains", "context", "date",
    "default", "define", "desc", "descending", "display", "div", "end", "ends", "except", "fluent", "function",
    "implies", "include", "includes", "intersect", "library", "meets", "mod", "overlaps", "parameter", "predecessor",
    "private", "public", "start", "starting", "starts", "successor", "time", "timezoneoffset", "union", "using",
    "valueset", "version", "where", "width", "xor",
  ]

  /// Pairs of words that the grammar reads as one sign, so that the first of them is no name there.
  static let pairs: [String: Set<String>] = [
    "included": ["in"], "on": ["or"], "such": ["that"], "less": ["than"], "more": ["than"],
  ]

  /// Words that begin a declaration.
  static let declarations: Set<String> = [
    "library", "using", "include", "codesystem", "valueset", "code", "concept", "parameter", "context", "define",
    "public", "private",
  ]

  static let precisions: [String: Precision] = [
    "year": .year, "month": .month, "week": .week, "day": .day, "hour": .hour, "minute": .minute, "second": .second,
    "millisecond": .millisecond,
  ]

  static let pluralPrecisions: [String: Precision] = [
    "years": .year, "months": .month, "weeks": .week, "days": .day, "hours": .hour, "minutes": .minute,
    "seconds": .second, "milliseconds": .millisecond,
  ]
}
