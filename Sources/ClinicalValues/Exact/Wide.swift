/// What an exact comparison of two values gives.
public enum Ordering: Int8, Sendable {
  case less = -1
  case equal = 0
  case greater = 1

  /// The same comparison with its sides exchanged.
  public var reversed: Ordering {
    switch self {
    case .less: .greater
    case .equal: .equal
    case .greater: .less
    }
  }

  /// How `a` stands to `b`.
  public init<T: Comparable>(_ a: T, _ b: T) { self = a < b ? .less : a == b ? .equal : .greater }
}

/// Arithmetic on 128-bit numbers whose intermediate results need 256 bits.
public enum Wide {
  /// a * b / divisor, rounded half away from zero; nil if it needs more than 127 bits. `divisor` is not 0.
  static func multiply(_ a: Int128, _ b: Int128, dividedBy divisor: UInt128) -> Int128? {
    let product = a.magnitude.multipliedFullWidth(by: b.magnitude)
    let quotient: UInt128
    let remainder: UInt128
    if product.high == 0 {
      (quotient, remainder) = product.low.quotientAndRemainder(dividingBy: divisor)
    } else {
      guard product.high < divisor else { return nil }
      (quotient, remainder) = divisor.dividingFullWidth(product)
    }
    let rounded = remainder >= divisor - divisor / 2 ? quotient &+ 1 : quotient
    guard rounded >= quotient, let magnitude = Int128(exactly: rounded) else { return nil }
    return (a < 0) != (b < 0) ? -magnitude : magnitude
  }

  /// How a * b stands to c * d, exactly.
  public static func compareProducts(_ a: Int128, _ b: Int128, _ c: Int128, _ d: Int128) -> Ordering {
    let left = a.signum() * b.signum()
    let right = c.signum() * d.signum()
    guard left == right else { return Ordering(left, right) }
    let x = a.magnitude.multipliedFullWidth(by: b.magnitude)
    let y = c.magnitude.multipliedFullWidth(by: d.magnitude)
    let order = x.high == y.high ? Ordering(x.low, y.low) : Ordering(x.high, y.high)
    return left < 0 ? order.reversed : order
  }
}

extension Decimal {
  /// How a / b stands to c / d, exactly and without rounding; nil if `b` or `d` is 0.
  public static func compareRatios(_ a: Decimal, over b: Decimal, with c: Decimal, over d: Decimal) -> Ordering? {
    guard !b.isZero, !d.isZero else { return nil }
    let order = Wide.compareProducts(a.units, d.units, c.units, b.units)
    return b.sign * d.sign < 0 ? order.reversed : order
  }
}
