public import ClinicalValues
import Foundation

/// A number of a transport file: eight bytes of IBM's hexadecimal floating point, as they stand.
///
/// A sign, an exponent of 16 with an excess of 64, and a fraction of 56 bits. Source: TS-140; IBM System/360 Principles of
/// Operation. That is three bits more than binary64 holds, so that a number that another writer made may need rounding; every
/// binary64 in its range went into the file without loss, and comes back the same.
public struct TransportNumber: Sendable, Hashable {
  /// The eight bytes, first byte first.
  public let bits: UInt64

  /// A number by its bytes.
  public init(bits: UInt64) { self.bits = bits }

  private var fraction: UInt64 { bits & 0x00FF_FFFF_FFFF_FFFF }
  private var isNegative: Bool { bits >> 63 == 1 }
  /// The power of two that the fraction, read as a whole number, is multiplied by.
  private var power: Int { (Int(bits >> 56 & 0x7F) - 64) * 4 - 56 }

  /// The nearest binary64, of two as near the even one.
  public var value: Double {
    let magnitude = Double(sign: .plus, exponent: power, significand: Double(fraction))
    return isNegative && magnitude != 0 ? -magnitude : magnitude
  }

  /// Whether `value` is the number itself, and not the nearest to it.
  public var isExact: Bool { Double(exactly: fraction) != nil }

  /// The number with at most 15 significant digits; nil where it needs more than 8 digits after the point, or is out of range.
  ///
  /// 15 is how many digits of a decimal text survive in binary64 (C's `DBL_DIG`): what somebody wrote with no more of them is
  /// given back as written, and what a computation left beyond them (`0.30000000000000004`) was nobody's.
  public var decimal: ClinicalValues.Decimal? {
    let value = value
    if value.magnitude < 1e15, value == value.rounded(.towardZero) {
      return ClinicalValues.Decimal(units: Int128(value) * 100_000_000)?.trimmed
    }
    let shortest = value.description
    let digits = shortest.utf8.prefix { $0 != UInt8(ascii: "e") }.count { (48...57).contains($0) }
    if digits <= 15 { return ClinicalValues.Decimal(exactly: shortest)?.trimmed }
    return ClinicalValues.Decimal(exactly: String(format: "%.15g", value))?.trimmed
  }
}
