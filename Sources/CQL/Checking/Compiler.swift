/// Turns libraries into programs.
public struct Compiler {
  let types: TypeSystem
  let resolve: (_ name: String, _ version: String?) -> LibrarySource?

  /// A compiler for libraries that use these data models and include the libraries that `resolve` finds.
  public init(
    models: [any Model], resolve: @escaping (_ name: String, _ version: String?) -> LibrarySource? = { _, _ in nil }
  ) {
    self.types = TypeSystem(models: models)
    self.resolve = resolve
  }

  /// A compiler with operators of its own, for tests.
  init(models: [any Model], operators: [Operator]) {
    self.types = TypeSystem(models: models, operators: operators)
    self.resolve = { _, _ in nil }
  }

  /// The program whose main library is `source`, and everything that is wrong with it and the libraries it includes; no
  /// program where any of that is an error.
  public func compile(_ source: LibrarySource) -> (program: Program?, diagnostics: [Diagnostic]) {
    let session = Session(self)
    let (syntax, diagnostics) = Parser.library(source)
    session.diagnostics += diagnostics
    _ = session.add(syntax)
    return session.outcome
  }

  /// The name of the one definition in a program that `compileExpression` makes.
  public static let expressionName = "Expression"

  /// The program whose main library is the one definition `expressionName` with that text.
  public func compileExpression(_ text: String, file: String = "<expression>") -> (
    program: Program?, diagnostics: [Diagnostic]
  ) {
    let session = Session(self)
    let (expression, diagnostics) = Parser.expression(LibrarySource(file: file, text: text))
    session.diagnostics += diagnostics
    if let expression {
      let definition = Declaration(
        name: Compiler.expressionName, kind: .expression(expression), location: expression.location, isPrivate: false,
        tags: [:])
      _ = session.add(LibrarySyntax(file: file, declarations: [definition]))
    }
    return session.outcome
  }
}

/// One compilation: the libraries that it has come across so far.
final class Session {
  let types: TypeSystem
  private let resolve: (_ name: String, _ version: String?) -> LibrarySource?
  var program = Program()
  /// What each library of the program offers to others.
  var exports: [Exports] = []
  var diagnostics: [Diagnostic] = []
  /// Libraries by name and version: their index, or nil while they are being compiled or where they failed.
  private var known: [String: Int?] = [:]
  /// Names of the libraries that include one another down to the one at work.
  private var path: [String] = []

  init(_ compiler: Compiler) {
    types = compiler.types
    resolve = compiler.resolve
  }

  /// Checks a library and adds it to the program, after those that it includes; its index.
  func add(_ syntax: LibrarySyntax) -> Int {
    let checker = LibraryChecker(syntax, in: self)
    return checker.run()
  }

  /// The index of an included library, compiled when it is first asked for; nil with a diagnostic where it has errors
  /// or cannot be found.
  func include(_ name: String, version: String?, at location: SourceLocation) -> Int? {
    let key = name + "|" + (version ?? "")
    if path.contains(name) || path.count >= 64 {
      let circle = (path + [name]).joined(separator: " -> ")
      report("The library '\(name)' includes itself (\(circle))", "Remove one of these includes.", at: location)
      return nil
    }
    if let found = known[key] { return found }
    known[key] = .some(nil)
    guard let source = resolve(name, version) else {
      let asked = version.map { " version '\($0)'" } ?? ""
      report(
        "The library '\(name)'\(asked) was not found",
        name == "FHIRHelpers"
          ? "Values of FHIR convert by themselves here: remove the include and its calls, or put FHIRHelpers.cql beside this library."
          : "Put \(name).cql beside this library, or remove the include.",
        at: location)
      return nil
    }
    path.append(name)
    defer { path.removeLast() }
    let before = diagnostics.count
    let (syntax, faults) = Parser.library(source)
    diagnostics += faults
    check(syntax, is: name, version, at: location)
    let index = add(syntax)
    if diagnostics[before...].contains(where: { $0.severity == .error }) { return nil }
    known[key] = index
    return index
  }

  private func check(_ syntax: LibrarySyntax, is name: String, _ version: String?, at location: SourceLocation) {
    if let found = syntax.name?.text, found != name {
      report(
        "\(syntax.file) is the library '\(found)', not '\(name)'", "Correct its 'library' line or the include.",
        at: location)
    }
    if let version, let found = syntax.version, found != version {
      report(
        "The library '\(name)' has version '\(found)', not '\(version)'", "Include version '\(found)'.", at: location)
    }
  }

  func report(_ message: String, _ remedy: String?, at location: SourceLocation) {
    diagnostics.append(Diagnostic(message, remedy: remedy, at: location))
  }

  /// The program, if nothing is wrong with it, and each diagnostic once.
  var outcome: (program: Program?, diagnostics: [Diagnostic]) {
    var seen: Set<String> = []
    let distinct = diagnostics.filter { seen.insert($0.description).inserted }
    let failed = distinct.contains { $0.severity == .error }
    return (failed ? nil : program, distinct)
  }
}
