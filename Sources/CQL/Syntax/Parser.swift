import ClinicalValues

/// Reads tokens into a syntax tree by recursive descent; each of its extensions reads one part of the grammar.
///
/// Source: HL7 CQL 1.5, Appendix G.
struct Parser {
  /// How deep expressions may nest; whoever walks the tree relies on it.
  static let deepest = 250

  let tokens: [Token]
  let file: String
  var position = 0
  /// How many of our functions are at work below one another.
  var nesting = 0
  /// A comma ends the expression being read (an argument, an element), so that it separates no sources of a query.
  var commasSeparate = false
  var diagnostics: [Diagnostic]

  init(_ source: LibrarySource) {
    let (tokens, diagnostics) = Lexer.tokens(of: source)
    self.init(tokens: tokens, diagnostics: diagnostics, file: source.file)
  }

  /// A parser of tokens, the last of which is the end.
  init(tokens: [Token], diagnostics: [Diagnostic], file: String) {
    self.tokens = tokens
    self.diagnostics = diagnostics
    self.file = file
  }

  /// The tree of a library and what is wrong with its text; a declaration that cannot be read is left out.
  static func library(_ source: LibrarySource) -> (LibrarySyntax, [Diagnostic]) {
    var parser = Parser(source)
    let library = parser.parseLibrary()
    return (library, parser.sortedDiagnostics)
  }

  /// The tree of a text that is one expression.
  static func expression(_ source: LibrarySource) -> (Expression?, [Diagnostic]) {
    var parser = Parser(source)
    return parser.wholeExpression()
  }

  /// The tree of all tokens as one expression, and what is wrong with them.
  mutating func wholeExpression() -> (Expression?, [Diagnostic]) {
    var expression: Expression?
    do throws(Diagnostic) {
      let parsed = try parseExpression()
      guard current.kind == .end else { throw unexpected("the end of the expression") }
      expression = parsed
    } catch {
      diagnostics.append(error)
    }
    return (expression, sortedDiagnostics)
  }

  private var sortedDiagnostics: [Diagnostic] {
    diagnostics.sorted { ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column) }
  }

  // MARK: Tokens

  var current: Token { tokens[position] }

  func token(_ distance: Int) -> Token { tokens[min(position + distance, tokens.count - 1)] }

  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  /// Whether the next tokens are these keywords or signs.
  func at(_ words: String...) -> Bool {
    for (distance, word) in words.enumerated() where token(distance).keyword != word { return false }
    return true
  }

  func at(anyOf words: Set<String>) -> Bool { words.contains(current.keyword) }

  /// Passes over these keywords or signs where they are next.
  mutating func skip(_ words: String...) -> Bool {
    for (distance, word) in words.enumerated() where token(distance).keyword != word { return false }
    for _ in words { advance() }
    return true
  }

  mutating func expect(_ words: String...) throws(Diagnostic) {
    for word in words {
      guard current.keyword == word else { throw unexpected("'\(words.joined(separator: " "))'") }
      advance()
    }
  }

  func unexpected(_ expected: String, remedy: String? = nil) -> Diagnostic {
    Diagnostic("Expected \(expected), found \(current.described)", remedy: remedy, at: current.location)
  }

  // MARK: Names

  /// A name where one is declared: no keyword, unless quoted.
  mutating func parseIdentifier(_ what: String) throws(Diagnostic) -> String {
    switch current.kind {
    case .quoted(let name): return taking(name)
    case .word(let name) where !isKeyword(name): return taking(name)
    case .word(let name):
      throw Diagnostic(
        "Expected \(what), found the keyword '\(name)'", remedy: "Put it in quotes to use it as a name: \"\(name)\".",
        at: current.location)
    default: throw unexpected(what)
    }
  }

  /// A name where one is referred to: a keyword with no meaning there will do.
  mutating func parseReference(_ what: String, orTypeName: Bool = false) throws(Diagnostic) -> String {
    // A `define` at the start of a line begins the next definition, though the grammar lets it be a name.
    if case .word(let name) = current.kind, !(name == "define" && current.startsLine),
      Keywords.referential.contains(name) || (orTypeName && ["Code", "Concept"].contains(name))
    {
      return taking(name)
    }
    return try parseIdentifier(what)
  }

  /// `A.B.C`.
  mutating func parseQualifiedName(_ what: String, orTypeName: Bool = false) throws(Diagnostic) -> QualifiedName {
    let location = current.location
    var parts = [try parseReference(what, orTypeName: orTypeName)]
    while skip(".") { parts.append(try parseReference("a name after '.'", orTypeName: orTypeName)) }
    return QualifiedName(parts: parts, location: location)
  }

  mutating func parseString(_ what: String) throws(Diagnostic) -> String {
    guard case .string(let text) = current.kind else { throw unexpected("\(what) in single quotes") }
    return taking(text)
  }

  private mutating func taking(_ text: String) -> String {
    advance()
    return text
  }

  func isKeyword(_ name: String) -> Bool { Keywords.reserved.contains(name) || Keywords.referential.contains(name) }

  /// Whether the next token can only be a name, such as the alias of a query's source.
  var isAtIdentifier: Bool {
    switch current.kind {
    case .quoted: true
    case .word(let name): !isKeyword(name) && !(Keywords.pairs[name]?.contains(token(1).keyword) ?? false)
    default: false
    }
  }

  // MARK: Depth

  /// Runs `body` one level deeper; refuses text that nests too deep for anyone to walk.
  mutating func nested<T>(_ body: (inout Parser) throws(Diagnostic) -> T) throws(Diagnostic) -> T {
    guard nesting < Parser.deepest else { throw Parser.tooDeep(at: current.location) }
    nesting += 1
    defer { nesting -= 1 }
    return try body(&self)
  }

  /// An expression over `parts`, at most `deepest` levels high.
  func make(_ kind: Expression.Kind, over parts: [Expression?], at location: SourceLocation) throws(Diagnostic)
    -> Expression
  {
    var depth = 0
    for case let part? in parts { depth = max(depth, part.depth) }
    guard depth < Parser.deepest else { throw Parser.tooDeep(at: location) }
    return Expression(kind, at: location, depth: depth + 1)
  }

  private static func tooDeep(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      "This expression nests more than \(deepest) levels deep",
      remedy: "Give a part of it a name of its own with 'define'.", at: location)
  }
}
