// Sums, products and quotients of quantities. Source: HL7 CQL 1.5, Appendix B, "Add", "Multiply", "Divide".

extension Quantity {
  /// The sum, in the finer of the two units; nil where they measure different things or it is out of range.
  public static func + (a: Quantity, b: Quantity) -> Quantity? { combine(a, b) { $0 + $1 } }

  /// The difference, in the finer of the two units; nil as for a sum.
  public static func - (a: Quantity, b: Quantity) -> Quantity? { combine(a, b) { $0 - $1 } }

  /// What a truncating division leaves, in the finer of the two units, or that of the dividend beside a plain number;
  /// nil by 0, and where the units measure different things.
  public func remainder(dividingBy divisor: Quantity) -> Quantity? {
    if divisor.unit == unit || divisor.unit == "1" {
      return value.remainder(dividingBy: divisor.value).map { Quantity($0, unit) }
    }
    return exactly(divisor) { $0 - ($0 / $1).truncated * $1 }
  }

  /// The whole part of the quotient, as the published tests have it with a unit: that of `remainder`.
  public func truncatingDivide(by divisor: Quantity) -> Quantity? {
    if divisor.unit == unit || divisor.unit == "1" {
      return value.truncatingDivide(by: divisor.value).map { Quantity($0, unit) }
    }
    return exactly(divisor) { ($0 / $1).truncated }
  }

  /// The result for both numbers in the finer unit, with all their digits: a divisor that is rounded before it divides
  /// (25 ng in grams) would give another quotient.
  private func exactly(_ divisor: Quantity, _ body: (Rational, Rational) -> Rational) -> Quantity? {
    guard !divisor.value.isZero, let target = finerUnit(divisor), let a = amount(in: target),
      let b = divisor.amount(in: target), !b.isZero
    else { return nil }
    return body(a, b).decimal.map { Quantity($0, target) }
  }

  /// The quantity with its sign turned.
  public static prefix func - (a: Quantity) -> Quantity { Quantity(-a.value, a.unit) }

  private static func combine(_ a: Quantity, _ b: Quantity, _ body: (Decimal, Decimal) -> Decimal?) -> Quantity? {
    if a.unit == b.unit { return body(a.value, b.value).map { Quantity($0, a.unit) } }
    guard let target = a.finerUnit(b), let left = try? a.converted(to: target), let right = try? b.converted(to: target)
    else { return nil }
    return body(left.value, right.value).map { Quantity($0, target) }
  }

  /// The unit of the two of which the other is a multiple; nil where they measure different things.
  private func finerUnit(_ other: Quantity) -> String? {
    Quantity(1, unit).compare(Quantity(1, other.unit)).map { $0 == .greater ? other.unit : unit }
  }

  /// The product, its unit simplified (`cm` times `cm` is `cm2`); nil out of range, for unknown units, and for units
  /// with a scale of their own (Cel) or no fixed length (the calendar's year and month), which have no products.
  public static func * (a: Quantity, b: Quantity) -> Quantity? {
    if b.unit == "1" || a.unit == "1" {
      return (a.value * b.value).map { Quantity($0, a.unit == "1" ? b.unit : a.unit) }
    }
    guard let left = a.definiteUnit, let right = b.definiteUnit,
      let product = UnitProduct(left, right, exponent: 1)
    else { return nil }
    return (a.value * b.value).flatMap { product.quantity($0) }
  }

  /// The quotient, its unit simplified; nil as for a product, and by 0.
  public static func / (a: Quantity, b: Quantity) -> Quantity? {
    if b.unit == "1" { return (a.value / b.value).map { Quantity($0, a.unit) } }
    guard !b.value.isZero else { return nil }
    if let left = a.inMonths, let right = b.inMonths {
      let months = (Rational(a.value) * Rational(Int(left)), Rational(b.value) * Rational(Int(right)))
      return (months.0 / months.1).decimal.map { Quantity($0) }
    }
    guard let left = a.definiteUnit, let right = b.definiteUnit,
      let product = UnitProduct(left, right, exponent: -1)
    else { return nil }
    return product.quantity(of: a.value, over: b.value)
  }
}

/// The unit of a product or quotient, like symbols taken together.
private struct UnitProduct {
  let unit: String
  /// What the number is multiplied by, where a unit cancelled down to a number.
  let factor: Rational

  init?(_ a: String, _ b: String, exponent: Int) {
    guard let left = try? UCUM.unit(a), let right = try? UCUM.unit(b), left.isMultiplicable, right.isMultiplicable
    else {
      return nil
    }
    var product = MeasureProduct()
    guard left.term.multiply(into: &product, exponent: 1), right.term.multiply(into: &product, exponent: exponent)
    else {
      return nil
    }
    let measure = product.measure
    if measure.dimension == .none, measure.arbitrary.isEmpty {
      self.unit = "1"
      self.factor = measure.factor
      return
    }
    var powers: [(code: String, exponent: Int)] = []
    var number = Rational.one
    func add(_ component: UnitTerm.Component, _ exponent: Int) {
      switch component {
      case .symbol(let symbol):
        if let index = powers.firstIndex(where: { $0.code == symbol.code }) {
          powers[index].exponent += exponent
        } else {
          powers.append((symbol.code, exponent))
        }
      case .factor(let factor): number = number * Rational(factor).power(exponent)
      case .annotation, .group: break
      }
    }
    left.term.forEachFactor { add($0, $1) }
    right.term.forEachFactor { add($0, $1 * exponent) }
    let kept = powers.filter { $0.exponent != 0 }
    let above = kept.filter { $0.exponent > 0 }.map { UnitProduct.text($0.code, $0.exponent) }
    let below = kept.filter { $0.exponent < 0 }.map { "/" + UnitProduct.text($0.code, -$0.exponent) }
    self.unit = above.joined(separator: ".") + below.joined()
    self.factor = number
  }

  private static func text(_ code: String, _ exponent: Int) -> String {
    // 10* already ends in a sign of power; its exponent may stand without one.
    exponent == 1 ? code : code + String(exponent)
  }

  func quantity(_ value: Decimal) -> Quantity? {
    if factor == .one { return Quantity(value, unit) }
    return (Rational(value) * factor).decimal.map { Quantity($0, unit) }
  }

  func quantity(of dividend: Decimal, over divisor: Decimal) -> Quantity? {
    if factor == .one { return (dividend / divisor).map { Quantity($0, unit) } }
    return (Rational(dividend) / Rational(divisor) * factor).decimal.map { Quantity($0, unit) }
  }
}

extension UnitOfMeasure {
  /// Whether it may stand in products.
  fileprivate var isMultiplicable: Bool { special == nil && !isMeaningless }
}
