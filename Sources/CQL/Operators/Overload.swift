import ClinicalValues

// How an overload is made from a closure. `strict`: a null operand gives null (all operands run first, so that an error
// in one of them does not depend on the others). `nullAware`: nulls are passed on.
// `general`: over values, for signatures with type variables. A meaning returns nil for a result that its type cannot
// hold; `Here` marks the variants whose meaning also asks the surroundings.

extension Overload {
  /// The meaning of one operand that is not null.
  typealias Meaning1<A, R> = @Sendable (A) throws(EvaluationError) -> R?
  typealias Meaning2<A, B, R> = @Sendable (A, B) throws(EvaluationError) -> R?
  typealias Meaning3<A, B, C, R> = @Sendable (A, B, C) throws(EvaluationError) -> R?

  /// No operand; the meaning asks the surroundings.
  static func nullary<R: Native>(
    _ meaning: @escaping @Sendable (Environment) throws(EvaluationError) -> R?
  ) -> Overload {
    Overload(
      operands: [], isVariadic: false, result: R.cqlType,
      apply: { (_, environment) throws(EvaluationError) in try meaning(environment)?.cqlValue ?? .null },
      lower: { _ in
        Compiled(native: { (frame) throws(EvaluationError) -> R? in try meaning(frame.environment) })
      })
  }

  /// One operand; null gives null.
  static func strict<A: Native, R: Native>(_ meaning: @escaping Meaning1<A, R>) -> Overload {
    strictHere { (a: A, _: Environment) throws(EvaluationError) -> R? in try meaning(a) }
  }

  /// One operand and the surroundings; null gives null.
  static func strictHere<A: Native, R: Native>(
    _ meaning: @escaping @Sendable (A, Environment) throws(EvaluationError) -> R?
  ) -> Overload {
    Overload(
      operands: [A.cqlType], isVariadic: false, result: R.cqlType,
      apply: { (values, environment) throws(EvaluationError) in
        guard let a = A(values[0]) else { return .null }
        return try meaning(a, environment)?.cqlValue ?? .null
      },
      lower: { operands in
        let a = operands[0].code(as: A.self)
        return Compiled(native: { (frame) throws(EvaluationError) -> R? in
          guard let a = try a(frame) else { return nil }
          return try meaning(a, frame.environment)
        })
      })
  }

  /// Two operands; a null operand gives null.
  static func strict<A: Native, B: Native, R: Native>(_ meaning: @escaping Meaning2<A, B, R>) -> Overload {
    Overload(
      operands: [A.cqlType, B.cqlType], isVariadic: false, result: R.cqlType,
      apply: { (values, _) throws(EvaluationError) in
        guard let a = A(values[0]), let b = B(values[1]) else { return .null }
        return try meaning(a, b)?.cqlValue ?? .null
      },
      lower: { operands in
        let a = operands[0].code(as: A.self)
        let b = operands[1].code(as: B.self)
        return Compiled(native: { (frame) throws(EvaluationError) -> R? in
          let (a, b) = (try a(frame), try b(frame))
          guard let a, let b else { return nil }
          return try meaning(a, b)
        })
      })
  }

  /// Two operands and the surroundings; a null operand gives null.
  static func strictHere<A: Native, B: Native, R: Native>(
    _ meaning: @escaping @Sendable (A, B, Environment) throws(EvaluationError) -> R?
  ) -> Overload {
    Overload(
      operands: [A.cqlType, B.cqlType], isVariadic: false, result: R.cqlType,
      apply: { (values, environment) throws(EvaluationError) in
        guard let a = A(values[0]), let b = B(values[1]) else { return .null }
        return try meaning(a, b, environment)?.cqlValue ?? .null
      },
      lower: { operands in
        let a = operands[0].code(as: A.self)
        let b = operands[1].code(as: B.self)
        return Compiled(native: { (frame) throws(EvaluationError) -> R? in
          let (a, b) = (try a(frame), try b(frame))
          guard let a, let b else { return nil }
          return try meaning(a, b, frame.environment)
        })
      })
  }

  /// Three operands and the surroundings; a null operand gives null.
  static func strictHere<A: Native, B: Native, C: Native, R: Native>(
    _ meaning: @escaping @Sendable (A, B, C, Environment) throws(EvaluationError) -> R?
  ) -> Overload {
    Overload(
      operands: [A.cqlType, B.cqlType, C.cqlType], isVariadic: false, result: R.cqlType,
      apply: { (values, environment) throws(EvaluationError) in
        guard let a = A(values[0]), let b = B(values[1]), let c = C(values[2]) else { return .null }
        return try meaning(a, b, c, environment)?.cqlValue ?? .null
      },
      lower: { operands in
        let a = operands[0].code(as: A.self)
        let b = operands[1].code(as: B.self)
        let c = operands[2].code(as: C.self)
        return Compiled(native: { (frame) throws(EvaluationError) -> R? in
          let (a, b, c) = (try a(frame), try b(frame), try c(frame))
          guard let a, let b, let c else { return nil }
          return try meaning(a, b, c, frame.environment)
        })
      })
  }

  /// Three operands; a null operand gives null.
  static func strict<A: Native, B: Native, C: Native, R: Native>(
    _ meaning: @escaping Meaning3<A, B, C, R>
  ) -> Overload {
    strictHere { (a: A, b: B, c: C, _: Environment) throws(EvaluationError) -> R? in try meaning(a, b, c) }
  }

  /// One operand, nil for null.
  static func nullAware<A: Native, R: Native>(_ meaning: @escaping Meaning1<A?, R>) -> Overload {
    Overload(
      operands: [A.cqlType], isVariadic: false, result: R.cqlType,
      apply: { (values, _) throws(EvaluationError) in try meaning(A(values[0]))?.cqlValue ?? .null },
      lower: { operands in
        let a = operands[0].code(as: A.self)
        return Compiled(native: { (frame) throws(EvaluationError) -> R? in try meaning(try a(frame)) })
      })
  }

  /// Two operands, nil for null.
  static func nullAware<A: Native, B: Native, R: Native>(_ meaning: @escaping Meaning2<A?, B?, R>) -> Overload {
    Overload(
      operands: [A.cqlType, B.cqlType], isVariadic: false, result: R.cqlType,
      apply: { (values, _) throws(EvaluationError) in
        try meaning(A(values[0]), B(values[1]))?.cqlValue ?? .null
      },
      lower: { operands in
        let a = operands[0].code(as: A.self)
        let b = operands[1].code(as: B.self)
        return Compiled(native: { (frame) throws(EvaluationError) -> R? in
          try meaning(try a(frame), try b(frame))
        })
      })
  }

  /// Three operands, nil for null.
  static func nullAware<A: Native, B: Native, C: Native, R: Native>(
    _ meaning: @escaping Meaning3<A?, B?, C?, R>
  ) -> Overload {
    Overload(
      operands: [A.cqlType, B.cqlType, C.cqlType], isVariadic: false, result: R.cqlType,
      apply: { (values, _) throws(EvaluationError) in
        try meaning(A(values[0]), B(values[1]), C(values[2]))?.cqlValue ?? .null
      },
      lower: { operands in
        let a = operands[0].code(as: A.self)
        let b = operands[1].code(as: B.self)
        let c = operands[2].code(as: C.self)
        return Compiled(native: { (frame) throws(EvaluationError) -> R? in
          try meaning(try a(frame), try b(frame), try c(frame))
        })
      })
  }

  /// Two truth values, the second computed only where the first does not decide.
  ///
  /// `decided` is the result that the first operand alone gives, nil if it gives none.
  static func shortCircuit(
    decided: @escaping @Sendable (Bool?) -> Bool?, _ meaning: @escaping @Sendable (Bool?, Bool?) -> Bool?
  ) -> Overload {
    Overload(
      operands: [.boolean, .boolean], isVariadic: false, result: .boolean,
      apply: { (values, _) throws(EvaluationError) in
        meaning(Bool(values[0]), Bool(values[1])).map { .boolean($0) } ?? .null
      },
      lower: { operands in
        let left = operands[0].code(as: Bool.self)
        let right = operands[1].code(as: Bool.self)
        return Compiled(native: { (frame) throws(EvaluationError) -> Bool? in
          let a = try left(frame)
          if let result = decided(a) { return result }
          return meaning(a, try right(frame))
        })
      })
  }

  /// A meaning over values, for generic signatures; nulls are passed on.
  static func general(
    _ operands: [CQLType], variadic: Bool = false, _ result: CQLType,
    _ meaning: @escaping @Sendable ([Value], Environment) throws(EvaluationError) -> Value
  ) -> Overload {
    Overload(
      operands: operands, isVariadic: variadic, result: result, apply: meaning,
      lower: { operands in
        Compiled { (frame) throws(EvaluationError) in
          var values: [Value] = []
          values.reserveCapacity(operands.count)
          for operand in operands { values.append(try operand.run(frame)) }
          return try meaning(values, frame.environment)
        }
      })
  }

  /// A meaning over values with a native result, for generic predicates; nulls are passed on.
  static func generic<R: Native>(
    _ operands: [CQLType], _ meaning: @escaping @Sendable ([Value], Environment) throws(EvaluationError) -> R?
  ) -> Overload {
    Overload(
      operands: operands, isVariadic: false, result: R.cqlType,
      apply: { (values, environment) throws(EvaluationError) in try meaning(values, environment)?.cqlValue ?? .null },
      lower: { operands in
        Compiled(native: { (frame) throws(EvaluationError) -> R? in
          var values: [Value] = []
          values.reserveCapacity(operands.count)
          for operand in operands { values.append(try operand.run(frame)) }
          return try meaning(values, frame.environment)
        })
      })
  }
}
