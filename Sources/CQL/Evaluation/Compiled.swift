/// An expression lowered to a closure: over `Value`, and where its type has a native form, over that (`Bool?`, `Decimal?`).
public struct Compiled: Sendable {
  /// Runs the expression.
  public let run: @Sendable (Frame) throws(EvaluationError) -> Value
  /// The same as a `TypedCode<T>` of its native type, where there is one.
  let typed: (any Sendable)?

  /// Code that has no native form.
  public init(_ run: @escaping @Sendable (Frame) throws(EvaluationError) -> Value) {
    self.run = run
    self.typed = nil
  }

  /// Code with a native form.
  init<T: Native>(native: @escaping @Sendable (Frame) throws(EvaluationError) -> T?) {
    self.run = { (frame) throws(EvaluationError) in
      guard let value = try native(frame) else { return .null }
      return value.cqlValue
    }
    self.typed = TypedCode(run: native)
  }

  /// Code over values whose result can also be had as `T` at the cost of unwrapping it.
  init<T: Native>(
    unwrapping run: @escaping @Sendable (Frame) throws(EvaluationError) -> Value, as type: T.Type
  ) {
    self.run = run
    self.typed = TypedCode<T>(run: { (frame) throws(EvaluationError) in T(try run(frame)) })
  }

  /// A constant, its native form made once.
  init<T: Native>(constant: Value, as type: T.Type) {
    let native = T(constant)
    self.run = { (_) throws(EvaluationError) in constant }
    self.typed = TypedCode<T>(run: { (_) throws(EvaluationError) in native })
  }

  /// The native form as `T`: the typed code itself, or the general one with its value unwrapped.
  func code<T: Native>(as type: T.Type) -> @Sendable (Frame) throws(EvaluationError) -> T? {
    if let typed = typed as? TypedCode<T> { return typed.run }
    let run = run
    return { (frame) throws(EvaluationError) in T(try run(frame)) }
  }
}

/// A closure over a native optional: nil is null.
struct TypedCode<T: Native>: Sendable {
  let run: @Sendable (Frame) throws(EvaluationError) -> T?
}
