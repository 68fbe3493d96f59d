extension Parser {
  mutating func parseLibrary() -> LibrarySyntax {
    var library = LibrarySyntax(file: file)
    var sawStatement = false
    while current.kind != .end {
      let start = position
      do throws(Diagnostic) {
        if at("library") {
          try parseLibraryHeader(into: &library, isFirst: start == 0)
        } else {
          let declaration = try parseDeclaration()
          switch declaration.kind {
          case .context, .expression, .function: sawStatement = true
          default: if sawStatement { diagnostics.append(Parser.misplaced(declaration)) }
          }
          library.declarations.append(declaration)
        }
        if current.kind != .end, !isAtDeclaration { throw unexpected("'define' or the end of the definition") }
      } catch {
        diagnostics.append(error)
        recover(from: start)
      }
    }
    return library
  }

  private static func misplaced(_ declaration: Declaration) -> Diagnostic {
    Diagnostic(
      "The declaration of '\(declaration.name)' comes after the first definition",
      remedy: "Move it above the first 'define' or 'context'.", at: declaration.location)
  }

  private var isAtDeclaration: Bool { at(anyOf: Keywords.declarations) }

  /// Goes to where the next declaration begins: a `define`, or another of their words at the start of a line.
  private mutating func recover(from start: Int) {
    if position == start { advance() }
    while current.kind != .end, !(isAtDeclaration && (current.startsLine || at("define"))) { advance() }
  }

  private mutating func parseLibraryHeader(into library: inout LibrarySyntax, isFirst: Bool) throws(Diagnostic) {
    let location = current.location
    advance()
    library.name = try parseQualifiedName("the library's name")
    library.version = try parseVersion()
    if !isFirst {
      throw Diagnostic(
        "'library' is not at the start of the text", remedy: "Move it above all other declarations.", at: location)
    }
  }

  private mutating func parseVersion() throws(Diagnostic) -> String? {
    skip("version") ? try parseString("a version") : nil
  }

  private mutating func parseAccess() -> Bool {
    if skip("private") { return true }
    _ = skip("public")
    return false
  }

  private mutating func parseDeclaration() throws(Diagnostic) -> Declaration {
    let tags = Parser.tags(in: current.comments)
    var isPrivate = parseAccess()
    let keyword = current.keyword
    let start = current.location
    guard at(anyOf: Keywords.declarations) else {
      throw unexpected("'define' or another declaration", remedy: "Write: define \"Name\": expression.")
    }
    advance()
    if keyword == "define" {
      let isInner = parseAccess()
      isPrivate = isPrivate || isInner
    }
    var location = current.location
    var name = ""
    let kind: Declaration.Kind
    switch keyword {
    case "using":
      kind = .using(model: try parseIdentifier("a data model's name"), version: try parseVersion())
    case "include":
      let library = try parseQualifiedName("a library's name")
      let version = try parseVersion()
      name = skip("called") ? try parseIdentifier("a local name") : library.parts[library.parts.count - 1]
      kind = .include(library, version: version, alias: name)
    case "context":
      kind = .context(try parseQualifiedName("a context such as Patient"))
    case "define":
      let isFluent = skip("fluent")
      if isFluent, !at("function") { throw unexpected("'function'") }
      let isFunction = skip("function")
      location = current.location
      if isFunction {
        name = try parseFunctionName()
        kind = .function(try parseFunction(isFluent: isFluent))
      } else {
        name = try parseIdentifier("the definition's name")
        try expect(":")
        kind = .expression(try parseExpression())
      }
    default:
      name = try parseIdentifier("a name")
      kind = try parseTerminologyOrParameter(keyword)
    }
    return Declaration(
      name: name, kind: kind, location: name.isEmpty ? start : location, isPrivate: isPrivate, tags: tags)
  }

  private mutating func parseTerminologyOrParameter(_ keyword: String) throws(Diagnostic) -> Declaration.Kind {
    if keyword == "parameter" {
      let type = at("default") || current.kind == .end || isAtDeclaration ? nil : try parseType()
      return .parameter(type, defaultValue: skip("default") ? try parseExpression() : nil)
    }
    try expect(":")
    switch keyword {
    case "codesystem":
      return .codeSystem(id: try parseString("the code system's URI"), version: try parseVersion())
    case "valueset":
      let id = try parseString("the value set's URI")
      let version = try parseVersion()
      var systems: [QualifiedName] = []
      if skip("codesystems") { systems = try parseNames("a code system's name") }
      return .valueSet(id: id, version: version, codeSystems: systems)
    case "code":
      let id = try parseString("a code")
      try expect("from")
      let system = try parseQualifiedName("a code system's name")
      return .code(id: id, system: system, display: try parseDisplay())
    case "concept":
      return .concept(try parseNames("a code's name"), display: try parseDisplay())
    default:
      throw unexpected("a declaration")
    }
  }

  /// `{ A, B, ... }`.
  private mutating func parseNames(_ what: String) throws(Diagnostic) -> [QualifiedName] {
    try expect("{")
    var names = [try parseQualifiedName(what)]
    while skip(",") { names.append(try parseQualifiedName(what)) }
    try expect("}")
    return names
  }

  mutating func parseDisplay() throws(Diagnostic) -> String? {
    skip("display") ? try parseString("a display text") : nil
  }

  private mutating func parseFunctionName() throws(Diagnostic) -> String {
    if case .word(let name) = current.kind {
      advance()
      return name
    }
    return try parseIdentifier("the function's name")
  }

  private mutating func parseFunction(isFluent: Bool) throws(Diagnostic) -> FunctionSyntax {
    try expect("(")
    var operands: [(name: String, type: TypeSpecifier)] = []
    if !at(")") {
      repeat {
        operands.append((try parseReference("an operand's name"), try parseType()))
      } while skip(",")
    }
    try expect(")")
    let result = skip("returns") ? try parseType() : nil
    try expect(":")
    let body = skip("external") ? nil : try parseExpression()
    return FunctionSyntax(operands: operands, result: result, body: body, isFluent: isFluent)
  }

  // MARK: Tags

  /// `@name: value` in the comments before a declaration; a value reaches to the next tag or the end of its line.
  static func tags(in comments: [String]) -> [String: String] {
    var tags: [String: String] = [:]
    for comment in comments {
      for line in comment.split(whereSeparator: \.isNewline) {
        for part in line.split(separator: "@", omittingEmptySubsequences: false).dropFirst() {
          let name = part.prefix { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
          guard !name.isEmpty else { continue }
          var value = part.dropFirst(name.count)
          if value.first == ":" { value = value.dropFirst() }
          tags[String(name)] = value.trimmed
        }
      }
    }
    return tags
  }
}

extension Substring {
  /// Without space at either end.
  fileprivate var trimmed: String {
    var text = drop { $0.isWhitespace }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}
