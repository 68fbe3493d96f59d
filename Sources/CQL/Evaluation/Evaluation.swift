/// One evaluation of a program: one patient, one moment, one task.
///
/// Values come from the closures; reasons, where they are asked for, from the interpreter, which computes the value
/// again and keeps why. Not `Sendable`: make one for each task.
public final class Evaluation {
  private let engine: Engine
  private let context: EvaluationContext
  private let frame: Frame
  private var explaining: Interpreter?

  init(_ engine: Engine, _ context: EvaluationContext) {
    self.engine = engine
    self.context = context
    frame = Frame(
      environment: context.environment(quiet: false), data: context.data, code: engine.code,
      parameters: context.parameters, externals: context.externals)
  }

  /// The value of a definition, of the main library where none is named.
  ///
  /// Throws where there is no such definition, and errors of execution with their place.
  public func value(of name: String, in library: String? = nil) throws(EvaluationError) -> Value {
    let place = try find(name, library)
    do throws(EvaluationError) {
      return try frame.definition(engine.index.definition(place.library, place.position))
    } catch {
      throw located(error, place)
    }
  }

  /// The value of a definition with its reasons.
  public func explanation(of name: String, in library: String? = nil) throws(EvaluationError) -> Explanation {
    let place = try find(name, library)
    let traced = try interpreter.definition(place.library, place.position)
    let owner = engine.program.libraries[place.library].name
    return Explanation(name: DefinitionName(library: owner, name: name), value: traced.value, why: traced.why)
  }

  private var interpreter: Interpreter {
    if let explaining { return explaining }
    let made = Interpreter(
      engine.program, environment: context.environment(quiet: true), data: context.data,
      parameters: context.parameters, externals: context.externals)
    explaining = made
    return made
  }

  /// Most closures carry no places: where one fails, the interpreter finds out which expression it was.
  private func located(_ error: EvaluationError, _ place: (library: Int, position: Int)) -> EvaluationError {
    guard error.location == nil else { return error }
    do throws(EvaluationError) {
      _ = try interpreter.definition(place.library, place.position)
      return error.located(at: engine.program.libraries[place.library].definitions[place.position].location)
    } catch let known {
      return known
    }
  }

  private func find(_ name: String, _ library: String?) throws(EvaluationError) -> (library: Int, position: Int) {
    let libraries = engine.program.libraries
    let candidates = library.map { wanted in libraries.indices.filter { libraries[$0].name == wanted } }
    let owner = candidates.map { $0.last } ?? libraries.indices.last
    guard let owner else {
      throw EvaluationError("There is no library ‘\(library ?? "")’ in the program. Include it, or name another.")
    }
    guard let position = libraries[owner].definitions.firstIndex(where: { $0.name == name }) else {
      throw EvaluationError(
        "The library ‘\(libraries[owner].name)’ defines no ‘\(name)’. Name one of its definitions as it is written there."
      )
    }
    return (owner, position)
  }
}
