import ClinicalValues

@testable import CQL

/// The moment at which the tests evaluate.
let noon = DateTime("2026-01-15T12:00:00.000Z") ?? .least

/// A library that must be free of errors, as a program.
func compiled(_ text: String, models: [any Model] = []) throws -> Program {
  let (program, diagnostics) = Compiler(models: models).compile(LibrarySource(file: "test.cql", text: text))
  guard let program else { throw Refused(diagnostics: diagnostics) }
  return program
}

/// What both evaluators make of an expression; throws where the checker refuses it.
func evaluated(
  _ expression: String
) throws -> (lowered: Result<Value, EvaluationError>, interpreted: Result<Value, EvaluationError>) {
  let (program, diagnostics) = Compiler(models: []).compileExpression(expression)
  guard let program else { throw Refused(diagnostics: diagnostics) }
  let context = EvaluationContext(now: noon)
  return (
    Result { () throws(EvaluationError) in
      try Engine(program).evaluation(context).value(of: Compiler.expressionName)
    },
    Result { () throws(EvaluationError) in
      try Engine(program).evaluation(context).explanation(of: Compiler.expressionName).value
    }
  )
}

/// The checker refused a text that should be right.
struct Refused: Error, CustomStringConvertible {
  let diagnostics: [Diagnostic]
  var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
