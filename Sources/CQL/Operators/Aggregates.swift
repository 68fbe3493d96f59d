import ClinicalValues

// Aggregates. Null elements do not count; of nothing, most are null.
//
// Source: HL7 CQL 1.5, Appendix B, "Aggregate Functions".

extension Operator {
  static let aggregates: [Operator] = [
    Operator(
      "AllTrue", spec: "09-b-cqlreference.html#alltrue",
      examples: [("AllTrue({ true, null })", "true"), ("AllTrue({ true, false })", "false")],
      overloads: [
        .generic([.list(.boolean)]) { (values, _) -> Bool? in
          !(values[0].elements ?? []).contains { Bool($0) == false }
        }
      ]),
    Operator(
      "AnyTrue", spec: "09-b-cqlreference.html#anytrue",
      examples: [("AnyTrue({ false, true })", "true"), ("AnyTrue({ null })", "false")],
      overloads: [
        .generic([.list(.boolean)]) { (values, _) -> Bool? in (values[0].elements ?? []).contains { Bool($0) == true } }
      ]),
    Operator(
      "Count", spec: "09-b-cqlreference.html#count",
      examples: [("Count({ 15, null, 1 })", "2"), ("Count({})", "0")],
      overloads: [
        .generic([.list(.variable("T"))]) { (values, _) -> Int32? in
          Int32(clamping: (values[0].elements ?? []).count { !$0.isNull })
        }
      ]),
    Operator(
      "Sum", spec: "09-b-cqlreference.html#sum",
      examples: [("Sum({ 6, 2, null })", "8"), ("Sum({ 1 'ml', 2 'ml' })", "3 'ml'")],
      overloads: folds("Sum")),
    Operator(
      "Product", spec: "09-b-cqlreference.html#product",
      examples: [("Product({ 5L, 4L, 5L })", "100L"), ("Product({ 1.5, 3.0 })", "4.50")],
      overloads: folds("Product")),
    Operator(
      "Min", spec: "09-b-cqlreference.html#min",
      examples: [("Min({ 5, 12, 1 })", "1"), ("Min({ 'hi', 'bye' })", "'bye'")],
      overloads: extremeElements(.less)),
    Operator(
      "Max", spec: "09-b-cqlreference.html#max",
      examples: [("Max({ 5, 12, 1 })", "12"), ("Max({ null as Integer })", "null")],
      overloads: extremeElements(.greater)),
    Operator(
      "Mode", spec: "09-b-cqlreference.html#mode",
      examples: [("Mode({ 2, 1, 8, 2, 9, 1, 9, 9 })", "9"), ("Mode({ 'a', 'b', 'b' })", "'b'")],
      overloads: [
        .general([.list(.variable("T"))], .variable("T")) { (values, here) in mode(values[0], Comparing(here)) }
      ]),
    Operator(
      "Avg", spec: "09-b-cqlreference.html#avg",
      examples: [("Avg({ 1.0, 2.0, 3.0, 6.0 })", "3.0"), ("Avg({ 2 'cm', 4 'cm' })", "3 'cm'")],
      overloads: statistics { Sample($0)?.mean }),
    Operator(
      "Median", spec: "09-b-cqlreference.html#median",
      examples: [
        ("Median({ 6.0, 5.0, 4.0, 3.0, 2.0, 1.0 })", "3.5"), ("Median({ 1 'mg', 2 'mg', 3 'mg' })", "2 'mg'"),
      ],
      overloads: statistics { Sample($0)?.median }),
    Operator(
      "Variance", spec: "09-b-cqlreference.html#variance",
      examples: [("Variance({ 1.0, 2.0, 3.0, 4.0, 5.0 })", "2.5"), ("Variance({ 1.0 })", "null")],
      overloads: statistics { Sample($0)?.variance(lessOne: true) }),
    Operator(
      "PopulationVariance", spec: "09-b-cqlreference.html#population-variance",
      examples: [("PopulationVariance({ 1.0, 2.0, 3.0, 4.0, 5.0 })", "2.0"), ("PopulationVariance({ 1.0 })", "0.0")],
      overloads: statistics { Sample($0)?.variance(lessOne: false) }),
    Operator(
      "StdDev", spec: "09-b-cqlreference.html#stddev",
      examples: [("StdDev({ 1.0, 2.0, 3.0, 4.0, 5.0 })", "1.58113883"), ("StdDev({ null as Decimal })", "null")],
      overloads: statistics { Sample($0)?.variance(lessOne: true)?.squareRoot }),
    Operator(
      "PopulationStdDev", spec: "09-b-cqlreference.html#population-stddev",
      examples: [
        ("PopulationStdDev({ 1.0, 2.0, 3.0, 4.0, 5.0 })", "1.41421356"), ("PopulationStdDev({ 2.0 })", "0.0"),
      ],
      overloads: statistics { Sample($0)?.variance(lessOne: false)?.squareRoot }),
    Operator(
      "GeometricMean", spec: "09-b-cqlreference.html#geometricmean",
      examples: [("GeometricMean({ 2.0, 8.0 })", "4.0"), ("GeometricMean({ null as Decimal })", "null")],
      overloads: [
        .general([.list(.decimal)], .decimal) { (values, _) in
          Sample(values[0].elements?.compactMap { Decimal($0) } ?? [])?.geometricMean.value ?? .null
        }
      ]),
  ]

  /// Sum or product of the elements; null where it leaves the type, or units do not fit.
  private static func folds(_ name: String) -> [Overload] {
    let isSum = name == "Sum"
    return [CQLType.integer, .long, .decimal, .quantity].map { type in
      .general([.list(type)], type) { (values, _) in
        let elements = (values[0].elements ?? []).filter { !$0.isNull }
        guard var result = elements.first else { return .null }
        for element in elements.dropFirst() {
          result = isSum ? plus(result, element) : times(result, element)
          if result.isNull { return .null }
        }
        return result
      }
    }
  }

  private static func plus(_ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): Int32(exactly: Int64(a) + Int64(b)).value
    case (.long(let a), .long(let b)): (Decimal(a) + Decimal(b)).flatMap { Int64(exactly: $0) }.value
    case (.decimal, _), (_, .decimal): number(a, b) { $0 + $1 }
    case (.quantity(let a), .quantity(let b)): (a + b).value
    default: .null
    }
  }

  private static func number(_ a: Value, _ b: Value, _ operation: (Decimal, Decimal) -> Decimal?) -> Value {
    guard let a = a.asNumber, let b = b.asNumber else { return .null }
    return operation(a, b).value
  }

  private static func times(_ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): Int32(exactly: Int64(a) * Int64(b)).value
    case (.long(let a), .long(let b)): (Decimal(a) * Decimal(b)).flatMap { Int64(exactly: $0) }.value
    case (.decimal, _), (_, .decimal): number(a, b) { $0 * $1 }
    // The reference keeps the unit of the elements (a product of milligrams is in mg), unlike `*`.
    case (.quantity(let a), .quantity(let b)):
      b.converted(like: a).flatMap { b in (a.value * b.value).map { Quantity($0, a.unit) } }.value
    default: .null
    }
  }

  /// The element that stands so to all others; null where that is not known.
  private static func extremeElements(_ wanted: Ordering) -> [Overload] {
    (pointTypes + [.string]).map { type in
      .general([.list(type)], type) { (values, here) in
        let comparing = Comparing(here)
        var result: Value = .null
        for element in values[0].elements ?? [] where !element.isNull {
          if result.isNull {
            result = element
          } else {
            guard let order = comparing.order(element, result) else { return .null }
            if order == wanted { result = element }
          }
        }
        return result
      }
    }
  }

  /// The most frequent element, of several the first.
  private static func mode(_ list: Value, _ comparing: Comparing) -> Value {
    var counts: [Member: Int] = [:]
    var best: (value: Value, count: Int) = (.null, 0)
    let members = (list.elements ?? []).filter { !$0.isNull }.map { Member(value: $0, comparing: comparing) }
    for member in members { counts[member, default: 0] += 1 }
    for member in members {
      let count = counts[member] ?? 0
      if count > best.count { best = (member.value, count) }
    }
    return best.value
  }

  /// A statistic of decimals, or of quantities brought to the unit of the first; the result is in that unit.
  private static func statistics(_ statistic: @escaping @Sendable ([Decimal]) -> Decimal?) -> [Overload] {
    [
      .general([.list(.decimal)], .decimal) { (values, _) in
        statistic((values[0].elements ?? []).compactMap { Decimal($0) }).value
      },
      .general([.list(.quantity)], .quantity) { (values, _) in
        let quantities = (values[0].elements ?? []).compactMap { Quantity($0) }
        guard let first = quantities.first else { return .null }
        let numbers = quantities.compactMap { $0.converted(like: first)?.value }
        guard numbers.count == quantities.count else { return .null }
        return statistic(numbers).map { .quantity(Quantity($0, first.unit)) } ?? .null
      },
    ]
  }
}
