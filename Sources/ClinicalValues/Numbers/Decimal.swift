/// An exact decimal number: at most 28 digits before the point and 8 after it, with the scale it was written in.
///
/// Source: HL7 CQL 1.5, "Decimal": step 10^-8; the published tests use -10^28 + 10^-8 ... 10^28 - 10^-8.
/// Equality, order and hash ignore the scale (1.0 equals 1.00). Sixteen bytes, aligned as two 64-bit words, so that
/// an enum that holds one does not grow.
public struct Decimal: Sendable {
  // units * 16 + scale as a 128-bit two's complement number. |units| < 10^36 < 2^120 leaves room for the scale.
  let high: Int64
  let low: UInt64

  /// The number `units` / 10^8; nil outside the range of the type. Where `scale` is too small to show `units`, the
  /// smallest that does is taken.
  public init?(units: Int128, scale: UInt8 = 8) {
    guard units.magnitude <= Decimal.limit, scale <= 8 else { return nil }
    self.init(unchecked: units, scale: max(scale, Decimal.smallestScale(of: units, atLeast: scale)))
  }

  /// A number whose range and scale the caller vouches for.
  init(unchecked units: Int128, scale: UInt8) {
    let packed = units << 4 | Int128(scale)
    self.high = Int64(truncatingIfNeeded: packed >> 64)
    self.low = UInt64(truncatingIfNeeded: packed)
  }

  /// The number times 10^8.
  public var units: Int128 { Int128(high) << 60 | Int128(low >> 4) }
  /// How many digits after the point were written, 0 to 8; arithmetic keeps the larger one of a sum, the sum of a
  /// product, and of a quotient the fewest that show it.
  public var scale: UInt8 { UInt8(truncatingIfNeeded: low & 15) }

  /// Largest magnitude of `units`: 10^36 - 1.
  static let limit: UInt128 = 999_999_999_999_999_999_999_999_999_999_999_999
  /// `units` of one.
  static let one: Int128 = 100_000_000

  /// The fewest digits after the point that show `units` exactly, not below `scale`.
  static func smallestScale(of units: Int128, atLeast scale: UInt8) -> UInt8 {
    var result: UInt8 = 8
    var rest = units
    while result > scale {
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
      if remainder != 0 { break }
      rest = quotient
      result -= 1
    }
    return result
  }
}

extension Decimal {
  /// Zero, of scale 0.
  public static let zero = Decimal(unchecked: 0, scale: 0)
  /// The largest number of the type, 10^28 - 10^-8.
  public static let greatest = Decimal(unchecked: Int128(limit), scale: 8)
  /// The smallest number of the type, -10^28 + 10^-8.
  public static let least = Decimal(unchecked: -Int128(limit), scale: 8)
  /// `maximum Decimal` of the CQL specification, (10^28 - 1) / 10^8: 28 digits in all.
  public static let cqlMaximum = Decimal(unchecked: 9_999_999_999_999_999_999_999_999_999, scale: 8)
  /// `minimum Decimal` of the CQL specification, -(10^28 - 1) / 10^8.
  public static let cqlMinimum = Decimal(unchecked: -9_999_999_999_999_999_999_999_999_999, scale: 8)

  /// A whole number; none is out of range.
  public init(_ whole: Int) { self.init(unchecked: Int128(whole) * Decimal.one, scale: 0) }
  /// A whole number; none is out of range.
  public init(_ whole: Int32) { self.init(Int(whole)) }
  /// A whole number; none is out of range.
  public init(_ whole: Int64) { self.init(Int(whole)) }

  /// Whether the number is 0.
  public var isZero: Bool { units == 0 }
  /// -1, 0 or 1.
  public var sign: Int { Int(units.signum()) }
  /// Whether there is nothing after the point but zeros.
  public var isWhole: Bool { units % Decimal.one == 0 }

  /// The same number with as few digits after the point as show it (1.50 as 1.5, 2.00 as 2).
  public var trimmed: Decimal {
    Decimal(unchecked: units, scale: Decimal.smallestScale(of: units, atLeast: 0))
  }

  /// The same number written with `scale` digits after the point, or as many as it needs.
  public func withScale(_ scale: Int) -> Decimal {
    let wanted = UInt8(clamping: min(max(scale, 0), 8))
    return Decimal(unchecked: units, scale: Decimal.smallestScale(of: units, atLeast: wanted))
  }
}

extension Int32 {
  /// The number, if it is whole and in range.
  public init?(exactly decimal: Decimal) {
    let (whole, rest) = decimal.units.quotientAndRemainder(dividingBy: Decimal.one)
    guard rest == 0 else { return nil }
    self.init(exactly: whole)
  }
}

extension Int64 {
  /// The number, if it is whole and in range.
  public init?(exactly decimal: Decimal) {
    let (whole, rest) = decimal.units.quotientAndRemainder(dividingBy: Decimal.one)
    guard rest == 0 else { return nil }
    self.init(exactly: whole)
  }
}

extension Decimal: Hashable, Comparable {
  /// Equality by value.
  public static func == (a: Decimal, b: Decimal) -> Bool { a.high == b.high && a.low >> 4 == b.low >> 4 }
  /// Order by value.
  public static func < (a: Decimal, b: Decimal) -> Bool {
    a.high < b.high || (a.high == b.high && a.low >> 4 < b.low >> 4)
  }
  /// Hashes the value, not the scale.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(high)
    hasher.combine(low >> 4)
  }
}

extension Decimal: ExpressibleByIntegerLiteral {
  /// A whole number.
  public init(integerLiteral value: Int64) { self.init(value) }
}
