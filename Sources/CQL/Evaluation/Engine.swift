public import ClinicalValues

/// A program ready to run: lowered once, evaluated for any number of patients on any number of tasks.
public final class Engine: Sendable {
  /// The program.
  public let program: Program
  let code: LoweredProgram
  let index: ProgramIndex

  /// Lowers a program.
  public init(_ program: Program) {
    var lowering = Lowering(program)
    self.program = program
    code = lowering.lowered()
    index = lowering.index
  }

  /// One evaluation, in which each definition is computed at most once.
  public func evaluation(_ context: EvaluationContext) -> Evaluation { Evaluation(self, context) }
}

/// What a program is evaluated on.
public struct EvaluationContext: Sendable {
  /// What `Now()` sees; `Today()` is its date.
  public var now: DateTime
  /// Where retrieves get their data.
  public var data: any DataSource
  /// What codes mean.
  public var terminology: any Terminology
  /// The data models in use.
  public var models: [any Model]
  /// Values of parameters by name; `Library.Name` outranks `Name`.
  public var parameters: [String: Value]
  /// Functions that libraries declare `external`, by name.
  public var externals: [String: ExternalFunction]
  /// Receives `Message(...)` output: severity, code, text.
  public var message: @Sendable (_ severity: String, _ code: String, _ text: String) -> Void

  /// A context; without data and terminology where none is given.
  public init(
    now: DateTime, data: any DataSource = EmptyData(), terminology: any Terminology = EmptyTerminology(),
    models: [any Model] = [], parameters: [String: Value] = [:], externals: [String: ExternalFunction] = [:],
    message: @escaping @Sendable (String, String, String) -> Void = { _, _, _ in }
  ) {
    self.now = now
    self.data = data
    self.terminology = terminology
    self.models = models
    self.parameters = parameters
    self.externals = externals
    self.message = message
  }

  func environment(quiet: Bool) -> Environment {
    quiet
      ? Environment(now: now, terminology: terminology, models: models)
      : Environment(now: now, terminology: terminology, models: models, message: message)
  }
}
