import ClinicalValues

/// Something is wrong and has been reported; whoever needed a result goes without.
struct Reported: Error {}

/// Checks one library: first its declarations, then each definition, where it is first needed.
final class LibraryChecker {
  let syntax: LibrarySyntax
  let session: Session
  var types: TypeSystem { session.types }
  /// This library's index in the program, known once its includes are in.
  var index = 0
  var exports = Exports()
  var usedModels: [any Model] = []
  /// The class of the context in force (`context Patient`), while a declaration is checked.
  var contextClass: CQLType?

  var definitions: [Slot<Definition>] = []
  var functions: [Slot<Function>] = []
  var parameters: [Slot<Parameter>] = []
  /// The signature of each function; its result where it is declared.
  var signatures: [FunctionSignature?] = []
  var valueSets: [String: ValueSetName] = [:]
  /// Local names where we are.
  var scope = Scope()
  /// How many definitions are being checked below one another.
  var pending = 0

  /// A declaration and what became of it.
  enum State<Result> {
    case unchecked, running, failed
    case done(Result)
  }
  struct Slot<Result> {
    let declaration: Declaration
    let contextClass: CQLType?
    var state: State<Result> = .unchecked
  }
  struct FunctionSignature {
    let operands: [(name: String, type: CQLType)]
    let result: CQLType?
  }

  init(_ syntax: LibrarySyntax, in session: Session) {
    self.syntax = syntax
    self.session = session
  }

  /// Checks everything and adds the library to the program.
  func run() -> Int {
    declareModelsAndIncludes()
    index = session.program.libraries.count
    declareRest()
    for number in parameters.indices { _ = try? parameter(number, at: parameters[number].declaration.location) }
    for item in checkingOrder() {
      switch item {
      case .definition(let number): _ = try? definition(number, at: definitions[number].declaration.location)
      case .function(let number): _ = try? function(number, at: functions[number].declaration.location)
      case .parameter: break
      }
    }
    session.program.libraries.append(
      CheckedLibrary(
        name: syntax.name?.text ?? "", version: syntax.version, file: syntax.file,
        definitions: definitions.compactMap(\.result), functions: functions.compactMap(\.result),
        parameters: parameters.compactMap(\.result), valueSets: valueSets))
    session.exports.append(exports)
    return index
  }

  // MARK: Definitions, functions and parameters, each checked when first asked for

  func definition(_ number: Int, at location: SourceLocation) throws(Reported) -> Definition {
    switch definitions[number].state {
    case .done(let definition): return definition
    case .failed: throw Reported()
    case .running: throw recursion(definitions[number].declaration, at: location)
    case .unchecked: break
    }
    definitions[number].state = .running
    do throws(Reported) {
      let checked = try check(definitions[number])
      try record(.definition(number), checked.body, definitions[number].declaration)
      definitions[number].state = .done(checked)
      return checked
    } catch {
      definitions[number].state = .failed
      throw error
    }
  }

  private func check(_ entry: Slot<Definition>) throws(Reported) -> Definition {
    let declaration = entry.declaration
    let (body, slotCount) = try inNewScope(entry.contextClass, at: declaration.location) { () throws(Reported) in
      switch declaration.kind {
      case .expression(let expression): try check(expression)
      default: try contextDefinition(entry.contextClass, at: declaration.location)
      }
    }
    return Definition(
      name: declaration.name, location: declaration.location, body: body, slotCount: slotCount,
      tags: declaration.tags, isPrivate: declaration.isPrivate)
  }

  func parameter(_ number: Int, at location: SourceLocation) throws(Reported) -> Parameter {
    let entry = parameters[number]
    switch entry.state {
    case .done(let parameter): return parameter
    case .failed: throw Reported()
    case .running: throw recursion(entry.declaration, at: location)
    case .unchecked: break
    }
    parameters[number].state = .running
    do throws(Reported) {
      guard case .parameter(let specifier, let value) = entry.declaration.kind else { throw Reported() }
      let place = entry.declaration.location
      let declared = try specifier.map { (written) throws(Reported) in try type(written) }
      var node: Node?
      if let value {
        node = try inNewScope(nil, at: place) { () throws(Reported) in
          let checked = try check(value)
          guard let declared else { return checked }
          return try convert(checked, to: declared, for: "the default of '\(entry.declaration.name)'")
        }.body
      }
      guard let type = declared ?? node?.type else {
        throw fail(
          "The parameter '\(entry.declaration.name)' has neither a type nor a default", "Give it a type.", at: place)
      }
      let parameter = Parameter(name: entry.declaration.name, type: type, defaultValue: node, location: place)
      if let node { try record(.parameter(number), node, entry.declaration) }
      parameters[number].state = .done(parameter)
      return parameter
    } catch {
      parameters[number].state = .failed
      throw error
    }
  }

  func function(_ number: Int, at location: SourceLocation) throws(Reported) -> Function {
    switch functions[number].state {
    case .done(let function): return function
    case .failed: throw Reported()
    case .running: throw recursion(functions[number].declaration, at: location)
    case .unchecked: break
    }
    functions[number].state = .running
    do throws(Reported) {
      let checked = try check(functions[number], signatures[number])
      if let body = checked.body { try record(.function(number), body, functions[number].declaration) }
      functions[number].state = .done(checked)
      return checked
    } catch {
      functions[number].state = .failed
      throw error
    }
  }

  private func check(_ entry: Slot<Function>, _ signature: FunctionSignature?) throws(Reported) -> Function {
    let declaration = entry.declaration
    guard let signature, case .function(let written) = declaration.kind else { throw Reported() }
    var body: Node?
    var slotCount = signature.operands.count
    if let expression = written.body {
      let checked = try inNewScope(entry.contextClass, at: declaration.location) { () throws(Reported) in
        for operand in signature.operands { _ = scope.bind(operand.name, operand.type) }
        let node = try check(expression)
        guard let result = signature.result else { return node }
        return try convert(node, to: result, for: "the result of '\(declaration.name)'")
      }
      body = checked.body
      slotCount = checked.slotCount
    }
    guard let result = signature.result ?? body?.type else {
      throw fail(
        "The external function '\(declaration.name)' does not say what it returns", "Add 'returns' and a type.",
        at: declaration.location)
    }
    return Function(
      name: declaration.name, location: declaration.location, operands: signature.operands, result: result, body: body,
      slotCount: slotCount, tags: declaration.tags)
  }

  private func recursion(_ declaration: Declaration, at location: SourceLocation) -> Reported {
    fail(
      "'\(declaration.name)' refers to itself", "Recursion is not part of CQL; break the circle of definitions.",
      at: location)
  }

  /// Checks a body with local names of its own; refuses a chain of definitions too long to walk.
  private func inNewScope(
    _ context: CQLType?, at location: SourceLocation, _ body: () throws(Reported) -> Node
  ) throws(Reported) -> (body: Node, slotCount: Int) {
    guard pending < LibraryChecker.deepest else {
      throw fail(
        "More than \(LibraryChecker.deepest) definitions refer to one another in a chain",
        "Declare a definition before those that refer to it.", at: location)
    }
    let outer = (scope, contextClass)
    scope = Scope()
    contextClass = context
    pending += 1
    defer {
      (scope, contextClass) = outer
      pending -= 1
    }
    let node = try body()
    return (node, scope.slotCount)
  }

  /// How many definitions may be checked below one another.
  private static let deepest = 32

  // MARK: Diagnostics

  func fail(_ message: String, _ remedy: String?, at location: SourceLocation) -> Reported {
    session.report(message, remedy, at: location)
    return Reported()
  }

  /// `Did you mean 'Age'?`, where a name is near enough; not among very many names, nor in a long list of errors.
  func suggestion(for name: String, among names: some Collection<String>) -> String? {
    guard names.count <= 5000, session.diagnostics.count < 100 else { return nil }
    return Suggestion.text(for: name, among: names)
  }

  func warn(_ message: String, _ remedy: String, at location: SourceLocation) {
    session.diagnostics.append(Diagnostic(message, remedy: remedy, severity: .warning, at: location))
  }
}

extension LibraryChecker.Slot {
  fileprivate var result: Result? {
    if case .done(let result) = state { result } else { nil }
  }
}
