extension Lowering {
  /// A call of a defined function: arguments go straight into the callee's slots.
  mutating func call(library: Int, _ position: Int, _ arguments: [Compiled], _ node: Node) -> Compiled {
    let slotCount = program.libraries[library].functions[position].slotCount
    let code = function(library: library, position)?.code ?? recursive(index.function(library, position))
    let arguments = arguments.map(\.run)
    func calling<T: Native>(_ native: T.Type) -> Compiled {
      let body: @Sendable (Frame) throws(EvaluationError) -> T? = code.code(as: native)
      return Compiled(native: { (frame) throws(EvaluationError) -> T? in
        try frame.call(slotCount, arguments, body)
      })
    }
    if let native = node.type.native { return calling(native) }
    let body = code.run
    return Compiled { (frame) throws(EvaluationError) in try frame.call(slotCount, arguments, body) }
  }

  /// The body of a function that is still being lowered, found when it runs.
  private func recursive(_ number: Int) -> Compiled {
    Compiled { (frame) throws(EvaluationError) in try frame.code.functions[number].code.run(frame) }
  }

  /// The body of an external function: its operands handed to the host.
  func external(_ function: Function) -> Compiled {
    let name = function.name
    let count = function.operands.count
    return typed(function.result) { (frame) throws(EvaluationError) in
      guard let external = frame.externals[name] else { throw EvaluationError.missingExternal(name) }
      var operands: [Value] = []
      operands.reserveCapacity(count)
      for slot in 0..<count { operands.append(frame[slot]) }
      return try external(operands)
    }
  }

  /// A retrieve from the data source; `dates` says, row by row of the queries around it, which days are of use.
  func retrieve(
    _ className: String, _ codePath: String?, _ terminology: Compiled?, dates: RetrieveDates? = nil
  ) -> Compiled {
    let unfiltered = Retrieve(className: className, codePath: codePath)
    let terminology = terminology?.run
    return Compiled { (frame) throws(EvaluationError) in
      var request = unfiltered
      if let terminology {
        guard let filter = try CodeFilter(try terminology(frame)) else { return .list([]) }
        request.codes = filter
      }
      request.dates = dates?.filter(frame)
      let records = try frame.data.retrieve(request, terminology: frame.environment.terminology)
      return .list(records.map { .object($0) })
    }
  }
}

extension Frame {
  /// Runs a function's body in fresh slots that begin with its arguments.
  func call<R>(
    _ slotCount: Int, _ arguments: [Run], _ body: (Frame) throws(EvaluationError) -> R
  ) throws(EvaluationError) -> R {
    let scope = try reserve(slotCount)
    defer { leave(scope) }
    for index in arguments.indices { setArgument(index, of: scope, to: try arguments[index](self)) }
    enter(scope)
    return try body(self)
  }
}

extension LoweredProgram.FunctionCode {
  /// What stands for a function that could not be lowered; a checked program never reaches it.
  static let unavailable = LoweredProgram.FunctionCode(
    slotCount: 0,
    code: Compiled { (_) throws(EvaluationError) in throw EvaluationError("This function has no body.") })
}

extension EvaluationError {
  static func missingExternal(_ name: String) -> EvaluationError {
    EvaluationError(
      "‘\(name)’ is declared external, and no function of that name was given to the evaluation. Give it in `externals`."
    )
  }
}
