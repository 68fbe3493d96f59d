// Powers, roots and logarithms of Decimal. They are computed to more than 70 digits and rounded once, half away from
// zero, at the eighth digit after the point; nothing passes through binary floating point of the machine.
//
// Source: HL7 CQL 1.5, Appendix B, "Exp", "Ln", "Log", "Power".

extension Decimal {
  /// e to the power of the number; nil out of range.
  public var exponential: Decimal? {
    // Beyond these the result is out of range, or rounds to 0.
    guard self < 65 else { return nil }
    guard self > -20 else { return .zero }
    return Elementary.exp(Rational(self))?.decimal
  }

  /// The natural logarithm; nil unless the number is positive.
  public var naturalLogarithm: Decimal? { sign > 0 ? Elementary.ln(Rational(self)).decimal : nil }

  /// The logarithm to a base; nil unless both are positive and the base is not 1.
  public func logarithm(base: Decimal) -> Decimal? {
    guard sign > 0, base.sign > 0, base != 1 else { return nil }
    return Elementary.log(Rational(self), base: Rational(base)).decimal
  }

  /// The square root; nil for a negative number.
  public var squareRoot: Decimal? { sign >= 0 ? Elementary.squareRoot(Rational(self)).decimal : nil }

  /// The number to a power. Whole exponents up to 400 are calculated exactly and rounded once. nil out of range, for 0
  /// to a negative power, and for a negative number to a power that is not whole; 0 to the power of 0 is 1.
  public func power(_ exponent: Decimal) -> Decimal? {
    if exponent.isZero { return 1 }
    if isZero { return exponent.sign > 0 ? .zero : nil }
    guard sign > 0 || exponent.isWhole else { return nil }
    let base = Rational(magnitude)
    // The size of the result comes first: it decides about range and rounding to 0 without the work. Small exponents
    // are no work.
    if exponent.magnitude > 16 {
      let logarithm = Elementary.ln(base) * Rational(exponent)
      if logarithm > Rational(65) { return nil }
      if logarithm < Rational(-20) { return .zero }
    }
    guard let result = Elementary.power(base, Rational(exponent))?.decimal else { return nil }
    let isOdd = exponent.isWhole && (exponent.units / Decimal.one) % 2 != 0
    return sign < 0 && isOdd ? -result : result
  }
}

extension Decimal {
  /// Whether two numbers agree once both are rounded to the digits of the less precise one; zeros at the end do not
  /// count as precision. Source: HL7 CQL 1.5, Appendix B, "Equivalent".
  public func isEquivalent(to other: Decimal) -> Bool {
    let places = Int(min(trimmed.scale, other.trimmed.scale))
    return rounded(to: places) == other.rounded(to: places)
  }
}
