/// Turns a checked program into closures, once; what a node costs at run time is one call of a closure.
///
/// A definition or function is lowered before what uses it, so that a call binds to the callee's closure directly.
struct Lowering {
  let program: Program
  let index: ProgramIndex
  private var definitions: [Int: LoweredProgram.Definition] = [:]
  private var functions: [Int: LoweredProgram.FunctionCode] = [:]
  private var functionsInProgress: Set<Int> = []

  init(_ program: Program) {
    self.program = program
    self.index = ProgramIndex(program)
  }

  /// The whole program.
  mutating func lowered() -> LoweredProgram {
    var result = LoweredProgram()
    for (number, library) in program.libraries.enumerated() {
      for position in library.functions.indices {
        result.functions.append(function(library: number, position) ?? LoweredProgram.FunctionCode.unavailable)
      }
      for definition in library.definitions {
        result.definitions.append(
          LoweredProgram.Definition(
            name: definition.name, slotCount: definition.slotCount, code: lower(definition.body)))
      }
      for parameter in library.parameters {
        let qualified = library.name.isEmpty ? parameter.name : "\(library.name).\(parameter.name)"
        result.parameters.append(
          LoweredProgram.Parameter(
            name: parameter.name, qualifiedName: qualified, slotCount: parameter.defaultValue?.slotCount ?? 0,
            defaultCode: parameter.defaultValue.map { lower($0) }))
      }
    }
    return result
  }

  /// Lowers an expression.
  mutating func lower(_ node: Node) -> Compiled {
    switch node.kind {
    case .literal(let value): return constant(value, node.type)
    case .apply(let name, let overload, let operands):
      let code = operands.map { lower($0) }
      return shortCircuit(name, code, node.type) ?? overload.lower(code)
    case .definition(let library, let position):
      let number = index.definition(library, position)
      return typed(node.type) { (frame) throws(EvaluationError) in try frame.definition(number) }
    case .parameter(let library, let position):
      let number = index.parameter(library, position)
      return typed(node.type) { (frame) throws(EvaluationError) in try frame.parameter(number) }
    case .call(let library, let position, let arguments):
      return call(library: library, position, arguments.map { lower($0) }, node)
    case .slot(let slot): return typed(node.type) { (frame) throws(EvaluationError) in frame[slot] }
    case .retrieve(let className, let codePath, let terminology):
      return retrieve(className, codePath, terminology.map { lower($0) })
    case .property(let owner, let name):
      let owner = lower(owner).run
      return typed(node.type) { (frame) throws(EvaluationError) in try owner(frame).property(name) }
    case .list(let elements): return list(elements.map { lower($0).run })
    case .tuple(let elements): return tuple(elements.map(\.name), elements.map { lower($0.value).run })
    case .instance(let className, let elements):
      return instance(className, elements.map(\.name), elements.map { lower($0.value).run }, node)
    case .interval(let low, let lowClosed, let high, let highClosed):
      return interval(lower(low).run, closedness(lowClosed), lower(high).run, closedness(highClosed), node)
    case .ifThenElse(let condition, let then, let otherwise):
      return conditional(lower(condition), lower(then), lower(otherwise), node.type)
    case .caseOf(let comparand, let items, let otherwise):
      let items = items.map { (when: lower($0.when), then: lower($0.then)) }
      return selection(comparand.map { lower($0).run }, items, lower(otherwise), node.type)
    case .isType(let operand, let type):
      let operand = lower(operand).run
      return Compiled(native: { (frame) throws(EvaluationError) -> Bool? in
        try operand(frame).isOf(type, frame.environment)
      })
    case .asType(let operand, let type, let strict):
      let operand = lower(operand).run
      return typed(node.type) { (frame) throws(EvaluationError) in
        try operand(frame).cast(to: type, strict: strict, frame.environment)
      }
    case .query(let query):
      let code = QueryCode(query, at: node.location, &self)
      return typed(node.type) { (frame) throws(EvaluationError) in try code.run(frame) }
    }
  }

  /// A defined function, lowered once; nil while it is being lowered (it calls itself).
  mutating func function(library: Int, _ position: Int) -> LoweredProgram.FunctionCode? {
    let number = index.function(library, position)
    if let code = functions[number] { return code }
    guard functionsInProgress.insert(number).inserted else { return nil }
    defer { functionsInProgress.remove(number) }
    let function = program.libraries[library].functions[position]
    let code = function.body.map { lower($0) } ?? external(function)
    let result = LoweredProgram.FunctionCode(slotCount: function.slotCount, code: code)
    functions[number] = result
    return result
  }

  /// Code over values, with the native form that its type has.
  func typed(_ type: CQLType, _ run: @escaping Run) -> Compiled {
    func unwrapping<T: Native>(_ native: T.Type) -> Compiled { Compiled(unwrapping: run, as: native) }
    guard let native = type.native else { return Compiled(run) }
    return unwrapping(native)
  }

  private func constant(_ value: Value, _ type: CQLType) -> Compiled {
    func constant<T: Native>(_ native: T.Type) -> Compiled { Compiled(constant: value, as: native) }
    guard let native = type.native else { return Compiled { (_) throws(EvaluationError) in value } }
    return constant(native)
  }

  private mutating func closedness(_ closedness: Node.Closedness) -> ClosednessCode {
    switch closedness {
    case .fixed(let isClosed): .fixed(isClosed)
    case .computed(let node): .computed(lower(node).code(as: Bool.self))
    }
  }
}
