public import ClinicalValues

/// One operator of the language: all that parser, checker, evaluators, tests and the reference page need to know of it.
///
/// Adding an operator is one entry in its family's file.
public struct Operator: Sendable {
  /// How it is written in a program.
  public enum Form: Sendable, Equatable {
    /// `Abs(x)`: called by its name.
    case function
    /// `x and y`, or another infix or phrase; the text is for the reference page, the parser's tree names the operator.
    case infix(String)
    /// `not x`, `exists x`, `start of x`.
    case prefix(String)
    /// `x is null`.
    case postfix(String)
    /// Only an implicit or explicit conversion (`ToString(x)` can also be called).
    case conversion
  }
  /// Name as in ELM (`Add`, `SameOrBefore`, `ToQuantity`).
  public let name: String
  /// How it is written.
  public let form: Form
  /// Anchor in the CQL reference, Appendix B.
  public let spec: String
  /// Expressions and the literal of their value, checked by the tests and printed on the reference page.
  public let examples: [(expression: String, value: String)]
  /// Its signatures, most specific first.
  public let overloads: [Overload]

  /// An operator. What it gives is held to the range of Decimal.
  public init(
    _ name: String, _ form: Form = .function, spec: String, examples: [(String, String)] = [], overloads: [Overload]
  ) {
    self.name = name
    self.form = form
    self.spec = spec
    self.examples = examples
    self.overloads = overloads.map(\.held)
  }
}

/// What an operator's meaning may ask of its surroundings.
public struct Environment: Sendable {
  /// The evaluation's "now"; `Today()` is its date.
  public let now: DateTime
  /// What codes mean.
  public let terminology: any Terminology
  /// The class hierarchy of the data models in use.
  public let models: [any Model]
  /// Receives `Message(...)` output: severity, code, text.
  public let message: @Sendable (_ severity: String, _ code: String, _ text: String) -> Void
  /// An environment.
  public init(
    now: DateTime, terminology: any Terminology, models: [any Model] = [],
    message: @escaping @Sendable (String, String, String) -> Void = { _, _, _ in }
  ) {
    self.now = now
    self.terminology = terminology
    self.models = models
    self.message = message
  }
}

/// A Swift type that stands for a type of the language, so that a closure's own types are its signature.
public protocol Native: Sendable {
  /// The type of the language.
  static var cqlType: CQLType { get }
  /// The Swift value; nil for null (and, after checking, only then).
  init?(_ value: Value)
  /// The value of the language.
  var cqlValue: Value { get }
}

extension Native {
  /// The value of the language; a type with a `value` of its own (Quantity) keeps that under the name.
  var value: Value { cqlValue }
}

/// One signature of an operator and its meaning.
public struct Overload: Sendable {
  /// Types of the operands, type variables included.
  public let operands: [CQLType]
  /// The last operand may be repeated any number of times.
  public let isVariadic: Bool
  /// Type of the result.
  public let result: CQLType
  /// The meaning over values, for the interpreter.
  public let apply: @Sendable ([Value], Environment) throws(EvaluationError) -> Value
  /// The meaning over typed closures, for the fast evaluator.
  public let lower: @Sendable ([Code]) -> Code

  /// Evaluable code: see `Compiled`.
  public typealias Code = Compiled
}
