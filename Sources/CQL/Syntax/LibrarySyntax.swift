/// A library as written.
struct LibrarySyntax: Sendable {
  var name: QualifiedName?
  var version: String?
  let file: String
  var declarations: [Declaration] = []
}

/// A declaration or statement of a library, with its place, access and tags.
struct Declaration: Sendable {
  enum Kind: Sendable {
    case using(model: String, version: String?)
    case include(QualifiedName, version: String?, alias: String)
    case codeSystem(id: String, version: String?)
    case valueSet(id: String, version: String?, codeSystems: [QualifiedName])
    case code(id: String, system: QualifiedName, display: String?)
    case concept([QualifiedName], display: String?)
    case parameter(TypeSpecifier?, defaultValue: Expression?)
    case context(QualifiedName)
    case expression(Expression)
    case function(FunctionSyntax)
  }

  /// What it declares; empty for `using`, `context`.
  let name: String
  let kind: Kind
  /// Where its name stands.
  let location: SourceLocation
  let isPrivate: Bool
  let tags: [String: String]
}

/// A function's operands, result and body.
struct FunctionSyntax: Sendable {
  let operands: [(name: String, type: TypeSpecifier)]
  let result: TypeSpecifier?
  /// nil: external.
  let body: Expression?
  let isFluent: Bool
}
