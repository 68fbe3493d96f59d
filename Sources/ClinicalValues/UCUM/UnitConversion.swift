/// The way from numbers of one unit to numbers of another.
final class UnitConversion: Sendable {
  private let from: UnitOfMeasure
  private let to: UnitOfMeasure
  /// What a number is multiplied by, if that is all.
  private let factor: Rational?
  /// The factor as 127-bit numbers, where it fits: the way of nearly every clinical unit.
  private let narrow: (numerator: Int128, denominator: Int128)?

  init(from: UnitOfMeasure, to: UnitOfMeasure) throws(UnitError) {
    for unit in [from, to] where unit.isMeaningless { throw .specialInTerm(unit: unit.code) }
    guard from.measure.isCommensurable(with: to.measure) else {
      throw .incommensurable(from: from.code, fromKind: from.kind, to: to.code, toKind: to.kind)
    }
    self.from = from
    self.to = to
    guard let factor = UnitConversion.factor(from, to) else {
      self.factor = nil
      self.narrow = nil
      return
    }
    self.factor = factor
    if let numerator = factor.numerator.uint128, let denominator = factor.denominator.uint128,
      let top = Int128(exactly: numerator), let bottom = Int128(exactly: denominator)
    {
      self.narrow = (top, bottom)
    } else {
      self.narrow = nil
    }
  }

  /// What numbers are multiplied by, where units have no scale of their own, or the same but for a prefix.
  private static func factor(_ from: UnitOfMeasure, _ to: UnitOfMeasure) -> Rational? {
    switch (from.special, to.special) {
    case (nil, nil): from.measure.factor / to.measure.factor
    case (let a?, let b?) where a.scale == b.scale && from.measure == to.measure: a.prefix / b.prefix
    default: nil
    }
  }

  /// Whether numbers are only multiplied.
  var isProportional: Bool { factor != nil }

  /// The number in the other unit; nil out of range.
  func convert(_ value: Decimal) throws(UnitError) -> Decimal? {
    if let narrow {
      let units = Wide.multiply(value.units, narrow.numerator, dividedBy: narrow.denominator.magnitude)
      return units.flatMap { Decimal(units: $0, scale: 0) }
    }
    return try convert(Rational(value), as: value.description).decimal
  }

  /// The number in the other unit, with all its digits; `text` is the number for a message.
  func convert(_ value: Rational, as text: @autoclosure () -> String) throws(UnitError) -> Rational {
    if let factor { return value * factor }
    guard let inBase = from.toBase(value), let result = to.fromBase(inBase) else {
      throw .offScale(number: text(), from: from.code, to: to.code)
    }
    return result
  }

  func compare(_ a: Decimal, with b: Decimal) throws(UnitError) -> Ordering {
    if let narrow { return Wide.compareProducts(a.units, narrow.numerator, b.units, narrow.denominator) }
    let converted = try convert(Rational(a), as: a.description)
    // Logarithms are computed to more digits than these; what differs after them is their rounding.
    let digits = 60
    if converted.text(significantDigits: digits) == Rational(b).text(significantDigits: digits) { return .equal }
    return Ordering(converted, Rational(b))
  }
}

extension UnitOfMeasure {
  /// A number of this unit as a multiple of base units.
  fileprivate func toBase(_ value: Rational) -> Rational? {
    guard let special else { return value * measure.factor }
    return special.scale.multiple(of: value * special.prefix).map { $0 * measure.factor }
  }

  fileprivate func fromBase(_ value: Rational) -> Rational? {
    guard let special else { return value / measure.factor }
    return special.scale.number(for: value / measure.factor).map { $0 / special.prefix }
  }
}
