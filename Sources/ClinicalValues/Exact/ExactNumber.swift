/// A number exactly as it is written, with more digits than a `Decimal` holds where need be.
///
/// For comparisons that must not round first: what cannot be a Decimal lies between its two neighbors.
public struct ExactNumber: Hashable, Sendable {
  private let value: Rational

  private init(_ value: Rational) { self.value = value }

  /// The number that `text` writes (`1.8`, `19.99999999999999990`, `3e2`); nil if it is none, or of absurd length.
  public init?(_ text: some StringProtocol) {
    guard let value = Rational(text) else { return nil }
    self.value = value
  }

  /// The number that a Decimal is.
  public init(_ decimal: Decimal) { value = Rational(decimal) }

  /// The exact sum.
  public static func + (a: ExactNumber, b: Decimal) -> ExactNumber { ExactNumber(a.value + Rational(b)) }
  /// The exact difference.
  public static func - (a: ExactNumber, b: Decimal) -> ExactNumber { ExactNumber(a.value - Rational(b)) }
  /// The exact product.
  public static func * (a: ExactNumber, b: Decimal) -> ExactNumber { ExactNumber(a.value * Rational(b)) }
  /// The exact quotient; nil where `b` is 0.
  public static func / (a: ExactNumber, b: Decimal) -> ExactNumber? {
    b.units == 0 ? nil : ExactNumber(a.value / Rational(b))
  }

  /// The nearest Decimals not above and not below the number, the same one where it is a Decimal; nil out of their range.
  public var neighbors: (below: Decimal, above: Decimal)? {
    let (quotient, rest) = (value.numerator * BigUInt(UInt128(Decimal.one)))
      .quotientAndRemainder(dividingBy: value.denominator)
    guard let near = quotient.uint128, near < UInt128(Int128.max) else { return nil }
    let far = Int128(near) + (rest.isZero ? 0 : 1)
    let (low, high) = value.isNegative ? (-far, -Int128(near)) : (Int128(near), far)
    guard let below = Decimal(units: low), let above = Decimal(units: high) else { return nil }
    return (below, above)
  }
}

extension ExactNumber: Comparable {
  /// Order by value.
  public static func < (a: ExactNumber, b: ExactNumber) -> Bool { a.value < b.value }
}
