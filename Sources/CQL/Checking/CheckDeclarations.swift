import ClinicalValues

extension LibraryChecker {
  // MARK: Models and included libraries

  func declareModelsAndIncludes() {
    for declaration in syntax.declarations {
      switch declaration.kind {
      case .using(let name, let version): use(name, version, at: declaration.location)
      case .include(let name, let version, let alias):
        let library = session.include(name.text, version: version, at: declaration.location)
        declare(alias, .library(library), declaration)
      default: break
      }
    }
  }

  private func use(_ name: String, _ version: String?, at location: SourceLocation) {
    if name == "System" { return }
    let candidates = types.models.filter { $0.name == name }
    guard let model = candidates.first(where: { version == nil || $0.version == version }) ?? candidates.first else {
      let known = types.models.map { "\($0.name) version '\($0.version)'" }.joined(separator: ", ")
      session.report(
        "There is no data model '\(name)' here", known.isEmpty ? "Remove this line." : "There is: \(known).",
        at: location)
      return
    }
    if let version, version != model.version {
      session.report(
        "The data model \(name) is known in version '\(model.version)', not '\(version)'",
        "Write: using \(name) version '\(model.version)'.", at: location)
    }
    usedModels.append(model)
  }

  // MARK: Everything else

  func declareRest() {
    var contextClass: CQLType?
    for declaration in syntax.declarations {
      switch declaration.kind {
      case .using, .include: break
      case .codeSystem(let id, let version):
        let system = CodeSystemName(id: id, version: version, name: declaration.name)
        declare(declaration.name, .codeSystem(system), declaration)
      case .valueSet(let id, let version, let systems):
        let set = ValueSetName(id: id, version: version, name: declaration.name)
        declare(declaration.name, .valueSet(set), declaration)
        valueSets[declaration.name] = set
        for system in systems { _ = try? codeSystem(system) }
      case .code(let id, let system, let display): declareCode(declaration, id, system, display)
      case .concept(let codes, let display): declareConcept(declaration, codes, display)
      case .parameter:
        declare(declaration.name, .parameter(parameters.count), declaration)
        parameters.append(Slot(declaration: declaration, contextClass: nil))
      case .context(let name): contextClass = declareContext(name, declaration, previous: contextClass)
      case .expression:
        declare(declaration.name, .definition(definitions.count), declaration)
        definitions.append(Slot(declaration: declaration, contextClass: contextClass))
      case .function(let function): declareFunction(declaration, function, contextClass)
      }
    }
  }

  private func declare(_ name: String, _ symbol: Symbol, _ declaration: Declaration) {
    if let other = exports.symbols[name] {
      _ = fail("'\(name)' is declared twice: it is \(other.noun) already", "Rename one.", at: declaration.location)
      return
    }
    exports.symbols[name] = symbol
    if declaration.isPrivate { exports.privateNames.insert(name) }
  }

  private func declareCode(_ declaration: Declaration, _ id: String, _ system: QualifiedName, _ display: String?) {
    guard let system = try? codeSystem(system) else { return }
    let code = Code(id, system: system.id, version: system.version, display: display)
    declare(declaration.name, .code(code), declaration)
  }

  private func declareConcept(_ declaration: Declaration, _ names: [QualifiedName], _ display: String?) {
    var codes: [Code] = []
    for name in names {
      guard let symbol = try? terminology(name, "code") else { continue }
      if case .code(let code) = symbol {
        codes.append(code)
      } else {
        _ = fail("'\(name.text)' is \(symbol.noun), not a code", "Declare it with 'code'.", at: name.location)
      }
    }
    declare(declaration.name, .concept(Concept(codes, display: display)), declaration)
  }

  /// The code system of that name.
  func codeSystem(_ name: QualifiedName) throws(Reported) -> CodeSystemName {
    let symbol = try terminology(name, "code system")
    guard case .codeSystem(let system) = symbol else {
      throw fail(
        "'\(name.text)' is \(symbol.noun), not a code system", "Declare it with 'codesystem'.", at: name.location)
    }
    return system
  }

  private func terminology(_ name: QualifiedName, _ noun: String) throws(Reported) -> Symbol {
    if name.parts.count == 2, case .library(let library)? = exports.symbols[name.parts[0]] {
      guard let library else { throw Reported() }
      return try symbol(name.parts[1], ofLibrary: library, called: name.parts[0], at: name.location)
    }
    guard name.parts.count == 1, let symbol = exports.symbols[name.parts[0]] else {
      let hint = suggestion(for: name.text, among: exports.symbols.keys)
      throw fail("The \(noun) '\(name.text)' is not declared", hint ?? "Declare it above.", at: name.location)
    }
    return symbol
  }

  // MARK: Contexts

  private func declareContext(_ name: QualifiedName, _ declaration: Declaration, previous: CQLType?) -> CQLType? {
    let short = name.parts[name.parts.count - 1]
    if ["Unfiltered", "Population"].contains(short) { return nil }
    let models = name.parts.count == 2 ? usedModels.filter { $0.name == name.parts[0] } : usedModels
    guard let model = models.first(where: { $0.classInfo(short) != nil }) else {
      _ = fail(
        "There is no context '\(name.text)'",
        usedModels.isEmpty ? "Declare a data model first, such as: using FHIR version '4.0.1'." : "Use Patient.",
        at: name.location)
      return previous
    }
    let type = CQLType.named(model: model.name, name: short)
    if exports.symbols[short] == nil {
      exports.symbols[short] = .definition(definitions.count)
      exports.privateNames.insert(short)
      let own = Declaration(
        name: short, kind: declaration.kind, location: declaration.location, isPrivate: true, tags: [:])
      definitions.append(Slot(declaration: own, contextClass: type))
    }
    return type
  }

  /// The meaning of `Patient` in the context Patient: the one record of that class.
  func contextDefinition(_ type: CQLType?, at location: SourceLocation) throws(Reported) -> Node {
    guard let type, case .named(_, let name) = type else { throw Reported() }
    let all = Node(.retrieve(className: name, codePath: nil, terminology: nil), type: .list(type), at: location)
    return try apply("SingletonFrom", [all], at: location)
  }

  // MARK: Functions

  private func declareFunction(_ declaration: Declaration, _ function: FunctionSyntax, _ contextClass: CQLType?) {
    let number = functions.count
    functions.append(Slot(declaration: declaration, contextClass: contextClass))
    signatures.append(try? signature(of: function))
    if exports.symbols[declaration.name] == nil { exports.symbols[declaration.name] = .function }
    for other in exports.functions[declaration.name] ?? [] {
      guard let mine = signatures[number], let its = signatures[other] else { continue }
      if mine.operands.map(\.type) == its.operands.map(\.type) {
        _ = fail(
          "The function '\(declaration.name)' is declared twice for (\(types: mine.operands.map(\.type)))",
          "Rename one, or change its operands.", at: declaration.location)
      }
    }
    exports.functions[declaration.name, default: []].append(number)
    if declaration.isPrivate { exports.privateFunctions.insert(number) }
    if function.isFluent { exports.fluentFunctions.insert(number) }
  }

  private func signature(of function: FunctionSyntax) throws(Reported) -> FunctionSignature {
    var operands: [(name: String, type: CQLType)] = []
    for operand in function.operands { operands.append((operand.name, try type(operand.type))) }
    return FunctionSignature(
      operands: operands, result: try function.result.map { (written) throws(Reported) in try type(written) })
  }
}

extension DefaultStringInterpolation {
  /// Types, separated by commas.
  mutating func appendInterpolation(types: [CQLType]) {
    appendLiteral(types.map(\.description).joined(separator: ", "))
  }
}
