// Arithmetic on Decimal. A result out of range, and a division by zero, is nil. Products and quotients go through 256
// bits and are rounded once, half away from zero, at the eighth digit after the point.

extension Decimal {
  /// The sum; nil out of range.
  public static func + (a: Decimal, b: Decimal) -> Decimal? { checked(a.units + b.units, scale: max(a.scale, b.scale)) }

  /// The difference; nil out of range.
  public static func - (a: Decimal, b: Decimal) -> Decimal? { checked(a.units - b.units, scale: max(a.scale, b.scale)) }

  /// The product, rounded at the eighth digit; nil out of range.
  public static func * (a: Decimal, b: Decimal) -> Decimal? {
    guard let units = Wide.multiply(a.units, b.units, dividedBy: UInt128(one)) else { return nil }
    let scale = a.scale + b.scale
    return scale <= 8 ? checked(units, scale: scale) : checked(units, scale: 8)
  }

  /// The quotient, rounded at the eighth digit; nil out of range or if `b` is 0.
  public static func / (a: Decimal, b: Decimal) -> Decimal? {
    guard !b.isZero, let magnitude = Wide.multiply(a.units, one, dividedBy: b.units.magnitude) else { return nil }
    let units = b.units < 0 ? -magnitude : magnitude
    return checked(units, scale: 0)?.withScale(0)
  }

  /// The negative; every number has one.
  public static prefix func - (a: Decimal) -> Decimal { Decimal(unchecked: -a.units, scale: a.scale) }

  /// The quotient without its digits after the point; nil if `divisor` is 0 or the result is out of range.
  public func truncatingDivide(by divisor: Decimal) -> Decimal? {
    guard !divisor.isZero else { return nil }
    let (whole, overflow) = (units / divisor.units).multipliedReportingOverflow(by: Decimal.one)
    return overflow ? nil : Decimal.checked(whole, scale: 0)
  }

  /// What a truncating division leaves, with the sign of the dividend; nil if `divisor` is 0.
  public func remainder(dividingBy divisor: Decimal) -> Decimal? {
    guard !divisor.isZero else { return nil }
    return Decimal(unchecked: units % divisor.units, scale: max(scale, divisor.scale))
  }

  /// The number without its sign.
  public var magnitude: Decimal { high < 0 ? -self : self }

  /// The next larger number, 10^-8 more; nil for the largest.
  public var successor: Decimal? { Decimal.checked(units + 1, scale: 8) }

  /// The next smaller number, 10^-8 less; nil for the smallest.
  public var predecessor: Decimal? { Decimal.checked(units - 1, scale: 8) }

  private static func checked(_ units: Int128, scale: UInt8) -> Decimal? {
    units.magnitude <= limit ? Decimal(unchecked: units, scale: scale) : nil
  }
}

extension Decimal {
  /// Rounded half away from zero to `places` digits after the point (0.5 to 1, -0.5 to -1), below 0 to tens, hundreds
  /// ...; nil out of range.
  ///
  /// Source: HL7 CQL 1.5, "Round".
  public func rounded(to places: Int = 0) -> Decimal? {
    if places >= 8 { return self }
    guard places >= -29 else { return .zero }
    let step = PowersOfTen.uint128[8 - places]
    let (quotient, rest) = units.magnitude.quotientAndRemainder(dividingBy: step)
    let rounded = (rest >= step / 2 ? quotient + 1 : quotient).multipliedReportingOverflow(by: step)
    guard !rounded.overflow, rounded.partialValue <= Decimal.limit else { return nil }
    let magnitude = Int128(rounded.partialValue)
    return Decimal(unchecked: units < 0 ? -magnitude : magnitude, scale: UInt8(max(places, 0)))
  }

  /// Without the digits after the point.
  public var truncated: Decimal { Decimal(unchecked: units - units % Decimal.one, scale: 0) }

  /// The largest whole number that is not larger; nil out of range.
  public var floor: Decimal? {
    let whole = truncated
    return whole.units > units ? Decimal.checked(whole.units - Decimal.one, scale: 0) : whole
  }

  /// The smallest whole number that is not smaller; nil out of range.
  public var ceiling: Decimal? {
    let whole = truncated
    return whole.units < units ? Decimal.checked(whole.units + Decimal.one, scale: 0) : whole
  }
}
