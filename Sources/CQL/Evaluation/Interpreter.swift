import ClinicalValues

/// Evaluates the typed tree as it stands and keeps, with every value, why it is so.
///
/// It is the explaining evaluator and, for the closures, the oracle of the tests: it shares the meaning of the operators
/// with them, not the way in which they are put together.
final class Interpreter {
  let program: Program
  let environment: Environment
  let data: any DataSource
  private let externals: [String: ExternalFunction]
  private let parameters: [String: Value]
  private let index: ProgramIndex

  private var slots: [Traced] = []
  private var definitions: [Int: Traced] = [:]
  private var running: Set<Int> = []
  private var defaults: [Int: Traced] = [:]
  private var depth = 0
  private var rows = RowCount()

  init(
    _ program: Program, environment: Environment, data: any DataSource, parameters: [String: Value] = [:],
    externals: [String: ExternalFunction] = [:]
  ) {
    self.program = program
    self.environment = environment
    self.data = data
    self.parameters = parameters
    self.externals = externals
    self.index = ProgramIndex(program)
  }

  subscript(slot: Int) -> Traced {
    get { slots[slot] }
    set { slots[slot] = newValue }
  }

  /// Notes that a query is about to bind the rows of a cross product; an error where they are too many.
  func count(_ tables: [Int], at location: SourceLocation) throws(EvaluationError) {
    try rows.add(tables, at: location)
  }

  /// A definition's value with its reasons, computed once.
  func definition(_ library: Int, _ position: Int) throws(EvaluationError) -> Traced {
    let number = index.definition(library, position)
    if let known = definitions[number] { return known }
    let definition = program.libraries[library].definitions[position]
    guard running.insert(number).inserted else {
      throw EvaluationError.circular(definition.name).located(at: definition.location)
    }
    defer { running.remove(number) }
    let name = DefinitionName(library: program.libraries[library].name, name: definition.name)
    let value = try scoped(Array(repeating: .null, count: definition.slotCount), definition.body)
    let result = value.defined(as: name, .definition(name, tags: definition.tags), body: definition.body)
    definitions[number] = result
    return result
  }

  /// Evaluates a body in slots of its own.
  private func scoped(_ fresh: [Traced], _ body: Node) throws(EvaluationError) -> Traced {
    guard depth < Frame.depthLimit else { throw EvaluationError.tooDeep.located(at: body.location) }
    depth += 1
    let caller = slots
    slots = fresh
    defer {
      slots = caller
      depth -= 1
    }
    return try trace(body)
  }

  /// Evaluates an expression in the running scope.
  func trace(_ node: Node) throws(EvaluationError) -> Traced {
    switch node.kind {
    case .literal(let value): return .constant(value)
    case .apply(let name, let overload, let operands): return try apply(name, overload, operands, node)
    case .definition(let library, let position): return try definition(library, position)
    case .parameter(let library, let position): return try parameter(library, position)
    case .call(let library, let position, let arguments): return try call(library, position, arguments, node)
    case .slot(let slot): return slots[slot]
    case .retrieve(let className, let codePath, let terminology):
      return try retrieve(className, codePath, terminology, node)
    case .property(let owner, let name): return try trace(owner).property(name)
    case .list(let elements): return .list(try trace(elements), whole: .nothing)
    case .tuple(let elements): return try tuple(elements)
    case .instance(let className, let elements):
      let values = try trace(elements.map(\.value))
      let value = try Value.instance(of: node.type, className, elements.map(\.name), values.map(\.value))
      return Traced(value, .all(values.map(\.support)))
    case .interval(let low, let lowClosed, let high, let highClosed):
      return try interval(low, lowClosed, high, highClosed, node)
    case .ifThenElse(let condition, let then, let otherwise):
      return try choose(nil, [(when: condition, then: then)], otherwise)
    case .caseOf(let comparand, let items, let otherwise): return try choose(comparand, items, otherwise)
    case .isType(let operand, let type):
      let operand = try trace(operand)
      return Traced(.boolean(operand.value.isOf(type, environment)), operand.support)
    case .asType(let operand, let type, let strict):
      let operand = try trace(operand)
      let value = try located(node) { () throws(EvaluationError) in
        try operand.value.cast(to: type, strict: strict, environment)
      }
      return Traced(value, operand.support)
    case .query(let query): return try self.query(query, at: node.location)
    }
  }

  func trace(_ nodes: [Node]) throws(EvaluationError) -> [Traced] {
    var results: [Traced] = []
    results.reserveCapacity(nodes.count)
    for node in nodes { results.append(try trace(node)) }
    return results
  }

  /// Runs a step of a node and gives its errors the node's place.
  func located<R>(_ node: Node, _ step: () throws(EvaluationError) -> R) throws(EvaluationError) -> R {
    do throws(EvaluationError) { return try step() } catch { throw error.located(at: node.location) }
  }

  private func parameter(_ library: Int, _ position: Int) throws(EvaluationError) -> Traced {
    let number = index.parameter(library, position)
    if let known = defaults[number] { return known }
    let owner = program.libraries[library]
    let parameter = owner.parameters[position]
    let result: Traced
    if let given = parameters["\(owner.name).\(parameter.name)"] ?? parameters[parameter.name] {
      result = .constant(given)
    } else if let body = parameter.defaultValue {
      result = try scoped(Array(repeating: .null, count: body.slotCount), body)
    } else {
      result = .null
    }
    defaults[number] = result
    return result
  }

  private func call(
    _ library: Int, _ position: Int, _ arguments: [Node], _ node: Node
  ) throws(EvaluationError) -> Traced {
    let function = program.libraries[library].functions[position]
    let values = try trace(arguments)
    guard let body = function.body else {
      let result = try located(node) { () throws(EvaluationError) in
        guard let external = externals[function.name] else { throw EvaluationError.missingExternal(function.name) }
        return try external(values.map(\.value))
      }
      return Traced(result, .all(values.map(\.support)))
    }
    let padding = max(0, function.slotCount - values.count)
    let result = try scoped(values + Array(repeating: .null, count: padding), body)
    let name = DefinitionName(library: program.libraries[library].name, name: function.name)
    return result.defined(as: name, .call(name, tags: function.tags), body: body)
  }

  private func retrieve(
    _ className: String, _ codePath: String?, _ terminology: Node?, _ node: Node
  ) throws(EvaluationError) -> Traced {
    var request = Retrieve(className: className, codePath: codePath)
    var filterSupport = Support.nothing
    if let terminology {
      let filter = try trace(terminology)
      filterSupport = filter.support
      let codes = try located(node) { () throws(EvaluationError) in try CodeFilter(filter.value) }
      guard let codes else { return .list([], whole: filterSupport) }
      request.codes = codes
    }
    let found = try located(node) { () throws(EvaluationError) in
      try data.retrieve(request, terminology: environment.terminology)
    }
    let outcome = RetrieveOutcome(request: request, found: found)
    return .list(
      found.map { Traced(.object($0), Support(.record(Record(object: $0, retrieve: outcome)))) },
      whole: Support(.retrieve(outcome)).beside(filterSupport))
  }

  private func tuple(_ elements: [(name: String, value: Node)]) throws(EvaluationError) -> Traced {
    let values = try trace(elements.map(\.value))
    return Traced(
      .tuple(TupleValue(names: elements.map(\.name), values: values.map(\.value))),
      Support(.tuple(values.map(\.support))))
  }

  private func interval(
    _ low: Node, _ lowClosed: Node.Closedness, _ high: Node, _ highClosed: Node.Closedness, _ node: Node
  ) throws(EvaluationError) -> Traced {
    let bounds = try trace([low, high])
    let closed = try [trace(lowClosed), trace(highClosed)]
    let value = try located(node) { () throws(EvaluationError) in
      try Value.interval(
        bounds[0].value, lowClosed: Bool(closed[0].value), bounds[1].value, highClosed: Bool(closed[1].value),
        pointType: node.type.pointType, environment)
    }
    return Traced(value, .all((bounds + closed).map(\.support)))
  }

  private func trace(_ closedness: Node.Closedness) throws(EvaluationError) -> Traced {
    switch closedness {
    case .fixed(let isClosed): .constant(.boolean(isClosed))
    case .computed(let node): try trace(node)
    }
  }

  /// `if` and `case`: the first item that holds, or whose value equals the comparand.
  private func choose(
    _ comparand: Node?, _ items: [(when: Node, then: Node)], _ otherwise: Node
  ) throws(EvaluationError) -> Traced {
    let comparand = try comparand.map { (node) throws(EvaluationError) in try trace(node) }
    var conditions: [Why] = []
    for item in items {
      let when = try trace(item.when)
      let condition: Why
      if let comparand {
        let equal = Comparing(environment).equal(comparand.value, when.value)
        condition = Why(leaf: equal.map { .boolean($0) } ?? .null, .all([comparand.support, when.support]))
      } else {
        condition = when.why
      }
      conditions.append(condition)
      if condition.truth == true { return try chosen(item.then, after: conditions) }
    }
    return try chosen(otherwise, after: conditions)
  }

  /// The value of a branch, resting on it and on the conditions that led there.
  private func chosen(_ branch: Node, after conditions: [Why]) throws(EvaluationError) -> Traced {
    let value = try trace(branch)
    let relevant = conditions.filter { !$0.isConstant }
    guard !relevant.isEmpty else { return value }
    if branch.type == .boolean { return Traced(Why(value.value, .choice, relevant + [value.why])) }
    return value.beside(.all(relevant.map { Support(.truth($0)) }))
  }
}

extension Traced {
  /// This as the value of a definition or call: a truth value keeps its structure under a node with the name.
  fileprivate func defined(as name: DefinitionName, _ rule: Why.Rule, body: Node) -> Traced {
    if body.type == .boolean { return Traced(Why(value, rule, [why])) }
    return Traced(value, support.named(name))
  }
}
