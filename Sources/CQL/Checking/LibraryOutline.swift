/// A library that a program puts together instead of a person writing it: names, types, and texts of expressions that
/// stand in files of another kind. What is wrong with an expression is told at its place there.
public struct LibraryOutline: Sendable {
  /// A parameter.
  public struct Parameter: Sendable {
    /// Its name.
    public let name: String
    /// Its type: a simple type of the language.
    public let type: CQLType
    /// Where it is declared.
    public let location: SourceLocation

    /// A parameter.
    public init(_ name: String, _ type: CQLType, at location: SourceLocation) {
      self.name = name
      self.type = type
      self.location = location
    }
  }

  /// A definition.
  public struct Definition: Sendable {
    /// Its name.
    public let name: String
    /// Its expression.
    public let text: PlacedText
    /// The type that it must be of; nil where any will do.
    public let type: CQLType?

    /// A definition.
    public init(_ name: String, _ text: PlacedText, _ type: CQLType?) {
      self.name = name
      self.text = text
      self.type = type
    }
  }

  /// Its name.
  public let name: String
  /// The file that its texts stand in.
  public let file: String
  /// The data model that it uses, by name and version.
  public let model: (name: String, version: String)?
  /// The libraries that it includes, each by its own name.
  public let includes: [String]
  /// Its parameters.
  public let parameters: [Parameter]
  /// Its definitions, in the context Patient.
  public let definitions: [Definition]

  /// An outline.
  public init(
    name: String, file: String, model: (name: String, version: String)?, includes: [String], parameters: [Parameter],
    definitions: [Definition]
  ) {
    self.name = name
    self.file = file
    self.model = model
    self.includes = includes
    self.parameters = parameters
    self.definitions = definitions
  }
}

extension Compiler {
  /// The program of libraries that are put together, with those that they include; everything that is wrong with them, and
  /// no program where any of that is an error.
  public func compile(_ outlines: [LibraryOutline]) -> (program: Program?, diagnostics: [Diagnostic]) {
    let session = Session(self)
    for outline in outlines {
      let (syntax, diagnostics) = outline.syntax
      session.diagnostics += diagnostics
      let index = session.add(syntax)
      outline.checkTypes(session.program.libraries[index].definitions, session)
    }
    return session.outcome
  }
}

extension LibraryOutline {
  /// The tree that its text would have.
  fileprivate var syntax: (LibrarySyntax, [Diagnostic]) {
    let start = SourceLocation(file: file, line: 1, column: 1)
    var diagnostics: [Diagnostic] = []
    var declarations: [Declaration] = []
    func declare(_ name: String, _ kind: Declaration.Kind, at location: SourceLocation) {
      declarations.append(Declaration(name: name, kind: kind, location: location, isPrivate: false, tags: [:]))
    }
    if let model { declare("", .using(model: model.name, version: model.version), at: start) }
    for name in includes {
      let library = QualifiedName(parts: [name], location: start)
      declare(name, .include(library, version: nil, alias: name), at: start)
    }
    for parameter in parameters {
      let type = QualifiedName(parts: [parameter.type.description], location: parameter.location)
      let specifier = TypeSpecifier(kind: .named(type), location: parameter.location)
      declare(parameter.name, .parameter(specifier, defaultValue: nil), at: parameter.location)
    }
    if model != nil { declare("", .context(QualifiedName(parts: ["Patient"], location: start)), at: start) }
    for definition in definitions {
      let (expression, faults) = Parser.expression(definition.text)
      diagnostics += faults
      if let expression { declare(definition.name, .expression(expression), at: definition.text.start) }
    }
    let name = QualifiedName(parts: [name], location: start)
    return (LibrarySyntax(name: name, version: nil, file: file, declarations: declarations), diagnostics)
  }

  /// Reports the definitions that are not of the type that they must be of.
  fileprivate func checkTypes(_ checked: [CQL.Definition], _ session: Session) {
    let types = Dictionary(checked.map { ($0.name, $0.body.type) }, uniquingKeysWith: { first, _ in first })
    for definition in definitions {
      guard let wanted = definition.type, let found = types[definition.name], found != wanted else { continue }
      // A count between two dates is an Integer, or null where they are not precise enough.
      if wanted == .integer, found == .uncertainInteger { continue }
      session.report(
        "This expression is \(found), not \(wanted)", "Write one that is \(wanted).", at: definition.text.start)
    }
  }
}
