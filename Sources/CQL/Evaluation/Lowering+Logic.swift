extension Lowering {
  /// Operators of any number of operands that need not run them all; nil for the others.
  func shortCircuit(_ name: String, _ operands: [Compiled], _ type: CQLType) -> Compiled? {
    name == "Coalesce" && operands.count > 1 ? coalesce(operands, type) : nil
  }

  private func coalesce(_ operands: [Compiled], _ type: CQLType) -> Compiled {
    func coalescing<T: Native>(_ native: T.Type) -> Compiled {
      let operands = operands.map { $0.code(as: native) }
      return Compiled(native: { (frame) throws(EvaluationError) -> T? in
        for operand in operands { if let value = try operand(frame) { return value } }
        return nil
      })
    }
    if let native = type.native { return coalescing(native) }
    let operands = operands.map(\.run)
    return Compiled { (frame) throws(EvaluationError) in
      for operand in operands {
        let value = try operand(frame)
        if !value.isNull { return value }
      }
      return .null
    }
  }

  /// `if`: a condition that is null takes the other branch.
  func conditional(_ condition: Compiled, _ then: Compiled, _ otherwise: Compiled, _ type: CQLType) -> Compiled {
    let condition = condition.code(as: Bool.self)
    func choosing<T: Native>(_ native: T.Type) -> Compiled {
      let then = then.code(as: native)
      let otherwise = otherwise.code(as: native)
      return Compiled(native: { (frame) throws(EvaluationError) -> T? in
        try condition(frame) == true ? try then(frame) : try otherwise(frame)
      })
    }
    if let native = type.native { return choosing(native) }
    let then = then.run
    let otherwise = otherwise.run
    return Compiled { (frame) throws(EvaluationError) in
      try condition(frame) == true ? try then(frame) : try otherwise(frame)
    }
  }

  /// `case`: the first item that holds, or whose value equals the comparand.
  func selection(
    _ comparand: Run?, _ items: [(when: Compiled, then: Compiled)], _ otherwise: Compiled, _ type: CQLType
  ) -> Compiled {
    guard let comparand else {
      return items.reversed().reduce(otherwise) { rest, item in conditional(item.when, item.then, rest, type) }
    }
    let whens = items.map(\.when.run)
    let thens = items.map(\.then.run)
    let otherwise = otherwise.run
    return typed(type) { (frame) throws(EvaluationError) in
      let comparand = try comparand(frame)
      for index in whens.indices {
        if Comparing(frame.environment).equal(comparand, try whens[index](frame)) == true {
          return try thens[index](frame)
        }
      }
      return try otherwise(frame)
    }
  }
}
