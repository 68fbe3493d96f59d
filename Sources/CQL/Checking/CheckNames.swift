import ClinicalValues

extension LibraryChecker {
  // MARK: Names

  func name(_ name: String, at location: SourceLocation) throws(Reported) -> Node {
    if let binding = scope.lookup(name) { return Node(.slot(binding.slot), type: binding.type, at: location) }
    if let element = scope.implicit, let type = types.element(name, of: element.type) {
      let this = Node(.slot(element.slot), type: element.type, at: location)
      return Node(.property(this, name: name), type: type, at: location)
    }
    guard let symbol = exports.symbols[name] else { throw undefined(name, at: location) }
    return try reference(symbol, called: name, at: location)
  }

  private func undefined(_ name: String, at location: SourceLocation) -> Reported {
    if CQLType.system[name] != nil {
      return fail("'\(name)' is a type, not a value", "Use it after 'is', 'as' or 'to'.", at: location)
    }
    let known =
      Array(exports.symbols.keys) + scope.bindings.map(\.name)
      + (scope.implicit.map { types.elementNames(of: $0.type) } ?? [])
    if let hint = suggestion(for: name, among: known) {
      return fail("'\(name)' is not defined", hint, at: location)
    }
    if types.operators[name] != nil {
      return fail("'\(name)' is a function", "Call it: \(name)(...).", at: location)
    }
    return fail("'\(name)' is not defined", "Define it, or include the library that does.", at: location)
  }

  private func reference(_ symbol: Symbol, called name: String, at location: SourceLocation) throws(Reported) -> Node {
    switch symbol {
    case .definition(let number):
      let definition = try definition(number, at: location)
      return Node(.definition(library: index, index: number), type: definition.body.type, at: location)
    case .parameter(let number):
      let parameter = try parameter(number, at: location)
      return Node(.parameter(library: index, index: number), type: parameter.type, at: location)
    case .library(let library):
      guard library != nil else { throw Reported() }
      throw fail("'\(name)' is a library, not a value", "Name one of its definitions: \(name).X.", at: location)
    case .function: throw fail("'\(name)' is a function", "Call it: \"\(name)\"(...).", at: location)
    case .valueSet, .codeSystem, .code, .concept: return terminology(symbol, at: location)
    }
  }

  private func terminology(_ symbol: Symbol, at location: SourceLocation) -> Node {
    switch symbol {
    case .valueSet(let set): Node(.literal(.valueSet(set)), type: .valueSet, at: location)
    case .codeSystem(let system): Node(.literal(.codeSystem(system)), type: .codeSystem, at: location)
    case .code(let code): Node(.literal(.code(code)), type: .code, at: location)
    case .concept(let concept): Node(.literal(.concept(concept)), type: .concept, at: location)
    default: Node(.literal(.null), type: .any, at: location)
    }
  }

  func special(_ name: String, at location: SourceLocation) throws(Reported) -> Node {
    guard let binding = scope.lookup(name) else {
      throw fail(
        "\(name) has no meaning here", "It stands for an element inside a sort key or a method such as where(...).",
        at: location)
    }
    return Node(.slot(binding.slot), type: binding.type, at: location)
  }

  // MARK: Members

  func member(of target: Expression, _ name: String, at location: SourceLocation) throws(Reported) -> Node {
    if let library = try library(target) {
      let symbol = try symbol(name, ofLibrary: library.index, called: library.name, at: location)
      return try reference(symbol, ofLibrary: library.index, called: name, at: location)
    }
    let node = try check(target)
    guard let type = types.element(name, of: node.type) else {
      if let (system, _) = types.systemType(of: node.type), let type = types.element(name, of: system),
        let step = types.conversion(from: node.type, to: system)
      {
        // The type that a class stands for has the element: `O.effective.low` of a FHIR.Period.
        return Node(.property(build(step.conversion, node, to: system), name: name), type: type, at: location)
      }
      throw fail(
        "\(node.type) has no element '\(name)'",
        suggestion(for: name, among: types.elementNames(of: node.type)) ?? elementHint(node.type), at: location)
    }
    return Node(.property(node, name: name), type: try bounded(type, at: location), at: location)
  }

  private func elementHint(_ type: CQLType) -> String? {
    let names = types.elementNames(of: type).sorted()
    return names.isEmpty ? nil : "It has: \(names.prefix(12).joined(separator: ", "))\(names.count > 12 ? " ..." : "")."
  }

  /// The included library that an expression names, if that is what it is.
  private func library(_ target: Expression) throws(Reported) -> (index: Int, name: String)? {
    guard case .name(let name) = target.kind, scope.lookup(name) == nil,
      case .library(let library)? = exports.symbols[name]
    else { return nil }
    guard let library else { throw Reported() }
    return (library, name)
  }

  /// What a name of another library stands for.
  func symbol(_ name: String, ofLibrary library: Int, called alias: String, at location: SourceLocation)
    throws(Reported) -> Symbol
  {
    let exports = session.exports[library]
    guard let symbol = exports.symbols[name] else {
      throw fail(
        "The library '\(alias)' has no '\(name)'", suggestion(for: name, among: exports.symbols.keys),
        at: location)
    }
    guard !exports.privateNames.contains(name) else {
      throw fail("'\(name)' is private to the library '\(alias)'", "Make it public there.", at: location)
    }
    return symbol
  }

  private func reference(_ symbol: Symbol, ofLibrary library: Int, called name: String, at location: SourceLocation)
    throws(Reported) -> Node
  {
    let other = session.program.libraries[library]
    switch symbol {
    case .definition(let number) where number < other.definitions.count:
      let type = other.definitions[number].body.type
      return Node(.definition(library: library, index: number), type: type, at: location)
    case .parameter(let number) where number < other.parameters.count:
      return Node(.parameter(library: library, index: number), type: other.parameters[number].type, at: location)
    case .valueSet, .codeSystem, .code, .concept: return terminology(symbol, at: location)
    case .definition, .parameter: throw Reported()
    case .function, .library:
      throw fail("'\(name)' is \(symbol.noun), not a value", nil, at: location)
    }
  }

  // MARK: Calls

  func call(_ target: Expression?, _ name: String, _ arguments: [Expression], at location: SourceLocation)
    throws(Reported) -> Node
  {
    guard let target else { return try function(name, try checkAll(arguments), at: location) }
    if let library = try library(target) {
      let candidates = (session.exports[library.index].functions[name] ?? [])
        .filter { !session.exports[library.index].privateFunctions.contains($0) }
      guard !candidates.isEmpty else {
        let names = session.exports[library.index].functions.keys
        throw fail(
          "The library '\(library.name)' has no function '\(name)'", suggestion(for: name, among: names),
          at: location)
      }
      let calls = candidates.map { (library: library.index, number: $0) }
      return try call(name, calls, try checkAll(arguments), at: location)
    }
    let receiver = try check(target)
    if let node = try fluent(name, receiver, arguments, at: location) { return node }
    if let node = try method(name, receiver, arguments, at: location) { return node }
    throw fail(
      "\(receiver.type) has no method '\(name)'",
      exports.functions[name] == nil ? "Define it: define fluent function \(name)(...)." : "Mark it 'fluent'.",
      at: location)
  }

  private typealias Candidate = (library: Int, number: Int)

  /// `f(x)`: a function of this library, else of the language.
  private func function(_ name: String, _ arguments: [Node], at location: SourceLocation) throws(Reported) -> Node {
    if let own = exports.functions[name] {
      return try call(name, own.map { (index, $0) }, arguments, at: location)
    }
    if types.operators[name] != nil { return try apply(name, arguments, at: location) }
    if let node = try age(name, arguments, at: location) { return node }
    let known = types.operators.values.filter { $0.form == .function || $0.form == .conversion }.map(\.name)
    throw fail(
      "There is no function '\(name)'",
      suggestion(for: name, among: known + exports.functions.keys) ?? "Define it: define function \(name)(...).",
      at: location)
  }

  /// A fluent function of this library or of one that it includes.
  private func fluent(_ name: String, _ receiver: Node, _ arguments: [Expression], at location: SourceLocation)
    throws(Reported) -> Node?
  {
    var candidates = (exports.functions[name] ?? []).filter(exports.fluentFunctions.contains).map { (index, $0) }
    for case .library(let library?) in exports.symbols.values {
      let other = session.exports[library]
      candidates += (other.functions[name] ?? [])
        .filter { other.fluentFunctions.contains($0) && !other.privateFunctions.contains($0) }.map { (library, $0) }
    }
    guard !candidates.isEmpty else { return nil }
    return try call(name, candidates, [receiver] + (try checkAll(arguments)), at: location)
  }

  /// The function whose operands cost least to convert to.
  private func call(_ name: String, _ candidates: [Candidate], _ arguments: [Node], at location: SourceLocation)
    throws(Reported) -> Node
  {
    var best: (callee: Candidate, steps: [Conversion], operands: [CQLType], cost: Int)?
    for callee in candidates {
      guard let operands = operands(of: callee), operands.count == arguments.count else { continue }
      var steps: [Conversion] = []
      var cost = 0
      for (argument, wanted) in zip(arguments, operands) {
        guard let step = types.conversion(of: argument, to: wanted) else { break }
        steps.append(step.conversion)
        cost += step.cost
      }
      if steps.count == operands.count, cost < best?.cost ?? Int.max { best = (callee, steps, operands, cost) }
    }
    guard let best else {
      // A function whose own signature is wrong has been reported.
      guard candidates.contains(where: { operands(of: $0) != nil }) else { throw Reported() }
      let taken = candidates.compactMap { operands(of: $0) }.map { "(\(types: $0))" }.joined(separator: ", ")
      throw fail(
        "No signature of '\(name)' takes (\(types: arguments.map(\.type)))", "It takes \(taken).", at: location)
    }
    let converted = arguments.indices.map { build(best.steps[$0], arguments[$0], to: best.operands[$0]) }
    let result = try result(of: best.callee, at: location)
    return Node(
      .call(library: best.callee.library, index: best.callee.number, arguments: converted), type: result, at: location)
  }

  private func operands(of callee: Candidate) -> [CQLType]? {
    if callee.library == index { return signatures[callee.number]?.operands.map(\.type) }
    let functions = session.program.libraries[callee.library].functions
    return callee.number < functions.count ? functions[callee.number].operands.map(\.type) : nil
  }

  private func result(of callee: Candidate, at location: SourceLocation) throws(Reported) -> CQLType {
    if callee.library != index { return session.program.libraries[callee.library].functions[callee.number].result }
    return try function(callee.number, at: location).result
  }
}
