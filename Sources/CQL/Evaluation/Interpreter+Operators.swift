extension Interpreter {
  /// An operator on its operands: logic keeps its structure, taking from a list keeps what was taken, and anything else
  /// rests on all its operands.
  func apply(
    _ name: String, _ overload: Overload, _ operands: [Node], _ node: Node
  ) throws(EvaluationError) -> Traced {
    switch name {
    case "And": return try logic(.and, decidedBy: false, gives: false, overload, operands, node)
    case "Or": return try logic(.or, decidedBy: true, gives: true, overload, operands, node)
    case "Implies": return try logic(.implies, decidedBy: false, gives: true, overload, operands, node)
    case "Coalesce" where operands.count > 1: return try coalesce(operands, node)
    default: break
    }
    let traced = try trace(operands)
    let result = try located(node) { () throws(EvaluationError) in
      try overload.apply(traced.map(\.value), environment)
    }
    switch name {
    case "Not": return Traced(Why(result, .not, traced.map(\.why)))
    case "Xor": return Traced(Why(result, .xor, traced.map(\.why)))
    case "AnyTrue", "AllTrue": return folded(result, name == "AnyTrue" ? .or : .and, traced)
    default: return ListTracing(name, traced).traced(result) ?? Traced(result, resting(result, on: traced))
    }
  }

  /// An unknown rests on the operands that are unknown, where there are some; any other value on all of them.
  private func resting(_ result: Value, on operands: [Traced]) -> Support {
    let unknown = result.isNull ? operands.filter(\.value.isNull) : []
    return .all((unknown.isEmpty ? operands : unknown).map(\.support))
  }

  /// The second operand is explained too where the first decides, unless it cannot be computed.
  private func logic(
    _ rule: Why.Rule, decidedBy deciding: Bool, gives decided: Bool, _ overload: Overload, _ operands: [Node],
    _ node: Node
  ) throws(EvaluationError) -> Traced {
    let first = try trace(operands[0])
    if Bool(first.value) == deciding {
      guard let second = try? trace(operands[1]) else { return Traced(Why(.boolean(decided), rule, [first.why])) }
      return Traced(Why.logical(rule, .boolean(decided), first.why, second.why))
    }
    let second = try trace(operands[1])
    let result = try located(node) { () throws(EvaluationError) in
      try overload.apply([first.value, second.value], environment)
    }
    return Traced(Why.logical(rule, result, first.why, second.why))
  }

  private func coalesce(_ operands: [Node], _ node: Node) throws(EvaluationError) -> Traced {
    var tried: [Traced] = []
    for operand in operands {
      let value = try trace(operand)
      tried.append(value)
      if !value.value.isNull { break }
    }
    guard let last = tried.last else { return .null }
    if node.type == .boolean {
      return tried.count == 1 ? last : Traced(Why(last.value, .coalesce, tried.map(\.why)))
    }
    if last.value.isNull { return Traced(.null, .either(tried.map(\.support))) }
    return last.beside(.all(tried.dropLast().map(\.support)))
  }

  /// `AnyTrue` and `AllTrue`: as `or` and `and` over the elements.
  private func folded(_ result: Value, _ rule: Why.Rule, _ operands: [Traced]) -> Traced {
    guard let list = operands.first, let elements = list.elements, !elements.isEmpty else {
      return Traced(result, .all(operands.map(\.support.whole)))
    }
    return Traced(Why(result, rule, elements.map(\.why)))
  }
}

/// Which elements of its operands' lists the result of a list operator came from.
struct ListTracing {
  private let name: String
  private let operands: [Traced]

  init(_ name: String, _ operands: [Traced]) {
    self.name = name
    self.operands = operands
  }

  /// The result with the support of what was taken; nil for operators that take nothing over.
  func traced(_ result: Value) -> Traced? {
    guard let list = operands.first, let elements = list.elements else { return nil }
    let rest = Support.all(operands.dropFirst().map(\.support))
    switch name {
    case "First", "Last", "SingletonFrom":
      let element = name == "Last" ? elements.last : elements.first
      return Traced(result, element?.support ?? list.support.whole)
    case "Indexer", "Min", "Max":
      guard let element = elements.first(where: { $0.value.isIdentical(to: result) }), !result.isNull else {
        return Traced(
          result, Support.all(elements.isEmpty ? [list.support.whole] : elements.map(\.support)).beside(rest))
      }
      return Traced(result, indexed(elements, result)?.support ?? element.support).beside(rest)
    default: return taken(result, rest)
    }
  }

  /// The element that an index names.
  private func indexed(_ elements: [Traced], _ result: Value) -> Traced? {
    guard name == "Indexer", operands.count == 2, case .integer(let position) = operands[1].value,
      elements.indices.contains(Int(position))
    else { return nil }
    return elements[Int(position)]
  }

  /// A list made of elements of the operands' lists.
  private func taken(_ result: Value, _ rest: Support) -> Traced? {
    guard case .list(let values) = result else { return nil }
    let sources = pool
    let everything = Support.all(sources.map(\.support))
    if let part = part(of: values.count) { return .list(part, whole: whole).beside(rest) }
    guard !values.isEmpty, values.count * sources.count <= ListTracing.comparisonLimit else {
      let support = values.isEmpty ? whole : everything
      return Traced(result, Support(.list(Array(repeating: support, count: values.count), whole: support)))
    }
    let supports = values.map { value in
      let same = sources.filter { $0.value.isIdentical(to: value) }
      return same.isEmpty ? everything : Support.all(same.map(\.support))
    }
    return Traced(result, Support(.list(supports, whole: whole)))
  }

  /// Beyond this many comparisons the elements of a result are not told apart.
  private static let comparisonLimit = 250_000

  /// Operators that keep a run of the first operand's elements.
  private func part(of count: Int) -> [Traced]? {
    guard let elements = operands.first?.elements, count <= elements.count else { return nil }
    switch name {
    case "Take": return Array(elements.prefix(count))
    case "Skip", "Tail": return Array(elements.suffix(count))
    case "ToList": return count == elements.count ? elements : nil
    default: return nil
    }
  }

  /// The elements that could have been taken.
  private var pool: [Traced] {
    let lists = name == "Except" ? operands.prefix(1) : operands[...]
    let elements = lists.flatMap { $0.elements ?? [] }
    return name == "Flatten" ? elements.flatMap { $0.elements ?? [] } : elements
  }

  /// What an empty result rests on: each of the lists could have given an element.
  private var whole: Support {
    if name == "Flatten" {
      let inner = operands.flatMap { $0.elements ?? [] }.map(\.support.whole)
      return .either(inner + operands.map(\.support.whole))
    }
    return .either(
      operands.map { operand in
        let elements = operand.elements ?? []
        return elements.isEmpty ? operand.support.whole : .all(elements.map(\.support))
      })
  }
}
