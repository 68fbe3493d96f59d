/// A value and why it is so.
struct Traced {
  let value: Value
  let support: Support

  init(_ value: Value, _ support: Support) {
    self.value = value
    self.support = support
  }

  /// A truth value with its structure.
  init(_ why: Why) {
    value = why.outcome
    support = Support(.truth(why))
  }

  /// A value that rests on nothing.
  static func constant(_ value: Value) -> Traced { Traced(value, .nothing) }

  static let null = constant(.null)

  /// The reason as a node of the explanation: that of the truth value it is, else a leaf.
  var why: Why {
    if case .truth(let why) = support.form, why.outcome.isIdentical(to: value) { return why }
    return Why(leaf: value, support)
  }

  /// The elements of a list; nil of any other value.
  var elements: [Traced]? {
    guard case .list(let values) = value else { return nil }
    return zip(values, support.elements(values.count)).map { Traced($0, $1) }
  }

  /// A list of traced elements; `whole`: what it rests on where it is empty.
  static func list(_ elements: [Traced], whole: Support) -> Traced {
    Traced(.list(elements.map(\.value)), Support(.list(elements.map(\.support), whole: whole)))
  }

  /// The same value, resting also on something else.
  func beside(_ also: Support) -> Traced { also.isNothing ? self : Traced(value, support.beside(also)) }

  /// An element of a structured value.
  func property(_ name: String) throws(EvaluationError) -> Traced {
    if case .tuple(let tuple) = value {
      guard let position = tuple.names.firstIndex(of: name) else { return Traced(.null, support) }
      return Traced(tuple.values[position], support.element(at: position, of: tuple.names.count))
    }
    guard let elements else {
      let result = try value.property(name)
      guard case .list(let values) = result else { return Traced(result, support) }
      return Traced(result, Support(.list(Array(repeating: support, count: values.count), whole: support)))
    }
    var results: [Traced] = []
    for element in elements {
      let result = try element.property(name)
      if let inner = result.elements { results += inner } else if !result.value.isNull { results.append(result) }
    }
    return .list(results, whole: elements.isEmpty ? support.whole : .all(elements.map(\.support)))
  }
}
