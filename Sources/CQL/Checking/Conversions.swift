/// How a value of one type becomes one of another without being asked to.
indirect enum Conversion {
  /// The value as it is.
  case none
  /// `as`: the value where it is of the type, else null.
  case cast(CQLType)
  /// An operator of one operand.
  case apply(name: String, Overload)
  case sequence(Conversion, Conversion)
  /// Of each element of a list.
  case elements(Conversion, from: CQLType)
  /// Of both bounds of an interval.
  case bounds(Conversion, from: CQLType)
  /// Of each element of a tuple that changes; the others are kept.
  case tuple([(name: String, from: CQLType, conversion: Conversion)])
  /// Of a choice: that of the alternative which the value is.
  case alternatives([(type: CQLType, conversion: Conversion)])
  /// A point as the interval of it alone.
  case pointInterval
  /// A value as the list of it alone.
  case singleton
}

extension TypeSystem {
  /// What a conversion costs; the signature whose operands cost least is chosen.
  enum Cost {
    static let subtype = 10
    static let compatible = 20
    static let cast = 30
    static let simple = 40
    /// To a choice that has the type among its alternatives: dearer than a simple conversion.
    static let choice = 45
    static let complex = 50
    static let intervalPromotion = 60
    static let listPromotion = 90
  }

  /// Promotions are allowed only where the specification says so.
  enum Promotion { case toInterval, toList }

  private static let implicit: [(from: CQLType, to: CQLType, cost: Int)] = [
    (.integer, .long, Cost.simple), (.integer, .decimal, Cost.simple + 1), (.integer, .quantity, Cost.complex),
    (.long, .decimal, Cost.simple), (.long, .quantity, Cost.complex), (.decimal, .quantity, Cost.complex),
    (.date, .dateTime, Cost.simple), (.code, .concept, Cost.complex),
    (.uncertainInteger, .integer, Cost.simple), (.uncertainInteger, .long, Cost.simple + 1),
    (.uncertainInteger, .decimal, Cost.simple + 2), (.uncertainInteger, .quantity, Cost.complex),
    (.valueSet, .list(.code), Cost.complex),
  ]

  /// The conversion from one type to another, nil where there is none.
  func conversion(from: CQLType, to: CQLType, allowing promotion: Promotion? = nil) -> (
    conversion: Conversion, cost: Int
  )? {
    if from == to { return (.none, 0) }
    if case .choice(let alternatives) = from, !isSubtype(from, of: to) { return narrowing(alternatives, to: to) }
    if isSubtype(from, of: to) {
      if case .choice = to, !from.isChoice { return (.none, Cost.choice) }
      return (.none, Cost.subtype)
    }
    if from == .any { return (.cast(to), Cost.compatible) }
    return structural(from, to) ?? widening(from, to) ?? simple(from, to) ?? ofModel(from, to)
      ?? promotion.flatMap { promoted(from, to, $0) }
  }

  private func structural(_ from: CQLType, _ to: CQLType) -> (conversion: Conversion, cost: Int)? {
    switch (from, to) {
    case (.list(let a), .list(let b)):
      return conversion(from: a, to: b).map { (.elements($0.conversion, from: a), $0.cost) }
    case (.interval(let a), .interval(let b)):
      return conversion(from: a, to: b).map { (.bounds($0.conversion, from: a), $0.cost) }
    case (.tuple(let a), .tuple(let b)):
      var parts: [(name: String, from: CQLType, conversion: Conversion)] = []
      var cost = 0
      for (name, wanted) in b.sorted(by: { $0.key < $1.key }) {
        guard let type = a[name], let part = conversion(from: type, to: wanted) else { return nil }
        parts.append((name, type, part.conversion))
        cost = max(cost, part.cost)
      }
      return (.tuple(parts), cost)
    default: return nil
    }
  }

  /// Into a choice: to the alternative that costs least.
  private func widening(_ from: CQLType, _ to: CQLType) -> (conversion: Conversion, cost: Int)? {
    guard case .choice(let alternatives) = to else { return nil }
    return alternatives.compactMap { conversion(from: from, to: $0) }.min { $0.cost < $1.cost }
  }

  /// From a choice: each alternative that can be the wanted type becomes it, any other null.
  private func narrowing(_ alternatives: Set<CQLType>, to: CQLType) -> (conversion: Conversion, cost: Int)? {
    var usable: [(type: CQLType, conversion: Conversion)] = []
    var cost = 0
    for type in alternatives.sorted(by: { $0.description < $1.description }) {
      if let step = conversion(from: type, to: to) {
        usable.append((type, step.conversion))
        cost = max(cost, step.cost)
      } else if isSubtype(to, of: type) {
        usable.append((to, .none))
      }
    }
    return usable.isEmpty ? nil : (.alternatives(usable), Cost.cast + cost)
  }

  private func simple(_ from: CQLType, _ to: CQLType) -> (conversion: Conversion, cost: Int)? {
    guard let rule = TypeSystem.implicit.first(where: { $0.from == from && $0.to == to }),
      let step = operation(from, to) ?? twoSteps(from, to)
    else { return nil }
    return (step, rule.cost)
  }

  /// The conversion operator between two types: the overload for exactly `from`.
  func operation(_ from: CQLType, _ to: CQLType) -> Conversion? {
    let name = to == .list(.code) ? "ExpandValueSet" : "To\(to)"
    guard let overload = operators[name]?.overloads.first(where: { $0.operands == [from] }) else { return nil }
    return .apply(name: name, overload)
  }

  /// Where there is no such operator: by way of Integer or Decimal.
  private func twoSteps(_ from: CQLType, _ to: CQLType) -> Conversion? {
    for middle in [CQLType.integer, .decimal] where middle != from && middle != to {
      if let first = operation(from, middle), let second = operation(middle, to) { return .sequence(first, second) }
    }
    return nil
  }

  /// From a class of a data model to the type of the language that it stands for, and on from there.
  private func ofModel(_ from: CQLType, _ to: CQLType) -> (conversion: Conversion, cost: Int)? {
    guard let (type, model) = systemType(of: from) else { return nil }
    let overload = Overload.general([from], type) { (values, _) throws(EvaluationError) in
      guard case .object(let object) = values[0] else { return values[0] }
      return model.convert(object, to: type)
    }
    let step = Conversion.apply(name: "To\(type)", overload)
    let cost = CQLType.system.values.contains(type) && type != .quantity ? Cost.simple : Cost.complex
    if type == to { return (step, cost) }
    guard let further = conversion(from: type, to: to) else { return nil }
    return (.sequence(step, further.conversion), cost + further.cost)
  }

  private func promoted(_ from: CQLType, _ to: CQLType, _ promotion: Promotion) -> (conversion: Conversion, cost: Int)?
  {
    switch (to, promotion) {
    case (.interval(let point), .toInterval):
      guard let step = conversion(from: from, to: point) else { return nil }
      return (.sequence(step.conversion, .pointInterval), step.cost + Cost.intervalPromotion)
    case (.list(let element), .toList):
      guard let step = conversion(from: from, to: element) else { return nil }
      return (.sequence(step.conversion, .singleton), step.cost + Cost.listPromotion)
    default: return nil
    }
  }
}
