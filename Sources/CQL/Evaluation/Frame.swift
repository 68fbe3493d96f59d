/// Everything that one evaluation holds: environment, data, parameters, the cache of definitions, the slots of scopes.
///
/// One frame belongs to one evaluation on one task; it is never shared. The slots of a function being called lie above
/// those of its caller in one array, so that a call allocates nothing once the array has grown.
public final class Frame {
  /// What operators may ask of their surroundings.
  public let environment: Environment
  /// Where retrieves get their data.
  public let data: any DataSource
  /// The program's lowered definitions, functions and parameters.
  let code: LoweredProgram
  /// Functions declared `external`, by name.
  let externals: [String: ExternalFunction]
  /// Values given to parameters: `Library.Name` outranks `Name`.
  let parameters: [String: Value]

  private var stack: [Value]
  private var base = 0
  private var top: Int
  private var depth = 0
  private var definitions: [Cached]
  private var defaults: [Cached]

  private enum Cached {
    case untouched, running
    case done(Value)
  }

  /// A frame with room for `slotCount` scope values and no program behind it.
  public convenience init(environment: Environment, data: any DataSource, slotCount: Int) {
    self.init(environment: environment, data: data, code: LoweredProgram(), slotCount: slotCount)
  }

  init(
    environment: Environment, data: any DataSource, code: LoweredProgram, slotCount: Int = 0,
    parameters: [String: Value] = [:], externals: [String: ExternalFunction] = [:]
  ) {
    self.environment = environment
    self.data = data
    self.code = code
    self.parameters = parameters
    self.externals = externals
    self.stack = Array(repeating: .null, count: max(slotCount, 32))
    self.top = slotCount
    self.definitions = Array(repeating: .untouched, count: code.definitions.count)
    self.defaults = Array(repeating: .untouched, count: code.parameters.count)
  }

  /// The value of a slot of the running definition or function.
  subscript(slot: Int) -> Value {
    get { stack[base + slot] }
    set { stack[base + slot] = newValue }
  }

  /// How many rows the queries of one evaluation have bound.
  private var rows = RowCount()

  /// Notes that a query is about to bind the rows of a cross product; an error where they are too many.
  func count(_ tables: [Int], at location: SourceLocation) throws(EvaluationError) {
    try rows.add(tables, at: location)
  }

  /// How deep calls and definitions may nest before the evaluation gives up with an error.
  static let depthLimit = 400

  /// The value of a definition: computed once, then remembered.
  func definition(_ index: Int) throws(EvaluationError) -> Value {
    switch definitions[index] {
    case .done(let value): return value
    case .running: throw EvaluationError.circular(code.definitions[index].name)
    case .untouched: break
    }
    definitions[index] = .running
    let definition = code.definitions[index]
    do throws(EvaluationError) {
      let value = try scoped(slotCount: definition.slotCount, definition.code.run)
      definitions[index] = .done(value)
      return value
    } catch {
      definitions[index] = .untouched
      throw error
    }
  }

  /// The value of a parameter: as given, else its default, else null.
  func parameter(_ index: Int) throws(EvaluationError) -> Value {
    if case .done(let value) = defaults[index] { return value }
    let parameter = code.parameters[index]
    let value: Value
    if let given = parameters[parameter.qualifiedName] ?? parameters[parameter.name] {
      value = given
    } else if let code = parameter.defaultCode {
      value = try scoped(slotCount: parameter.slotCount, code.run)
    } else {
      value = .null
    }
    defaults[index] = .done(value)
    return value
  }

  /// Runs a body in fresh slots.
  func scoped<R>(
    slotCount: Int, _ body: (Frame) throws(EvaluationError) -> R
  ) throws(EvaluationError) -> R {
    let scope = try reserve(slotCount)
    defer { leave(scope) }
    enter(scope)
    return try body(self)
  }

  /// Room for the slots of a callee, and the scope to return to.
  struct Scope {
    fileprivate let place: Int
    fileprivate let caller: Int
  }

  /// Makes room above the running scope for the slots of a callee; `leave` must follow.
  func reserve(_ slotCount: Int) throws(EvaluationError) -> Scope {
    guard depth < Frame.depthLimit else { throw EvaluationError.tooDeep }
    depth += 1
    let place = top
    top += slotCount
    if top > stack.count { stack.append(contentsOf: repeatElement(.null, count: max(top - stack.count, stack.count))) }
    return Scope(place: place, caller: base)
  }

  /// Fills a slot of the callee while the caller's scope still runs.
  func setArgument(_ index: Int, of scope: Scope, to value: Value) { stack[scope.place + index] = value }

  /// Makes reserved room the running scope.
  func enter(_ scope: Scope) { base = scope.place }

  /// Frees the room and returns to the caller's scope.
  func leave(_ scope: Scope) {
    for index in scope.place..<top { stack[index] = .null }
    top = scope.place
    base = scope.caller
    depth -= 1
  }
}

/// A function that a library declares `external`, given by the host.
public typealias ExternalFunction = @Sendable ([Value]) throws(EvaluationError) -> Value

extension EvaluationError: CustomStringConvertible {
  /// The place, where it is known, and what is wrong.
  public var description: String { location.map { "\($0): \(message)" } ?? message }
}

extension EvaluationError {
  static func circular(_ name: String) -> EvaluationError {
    EvaluationError("‘\(name)’ is defined by itself. Break the circle of definitions.")
  }

  static let tooDeep = EvaluationError(
    "Functions and definitions call each other more than \(Frame.depthLimit) deep. A function must not call itself without end."
  )

  /// The same error with a place, unless it has one.
  func located(at location: SourceLocation) -> EvaluationError {
    guard self.location == nil else { return self }
    var located = self
    located.location = location.description
    return located
  }
}
