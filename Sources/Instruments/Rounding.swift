public import ClinicalValues

// Numbers as results show them: six digits after the point.

extension Datum {
  /// A number rounded to six digits after the point; null for nil.
  public static func rounded(_ number: Decimal?) -> Datum {
    number.map { .number(($0.rounded(to: 6) ?? $0).trimmed) } ?? .null
  }

  /// What a step that needed binary floating point gave, rounded to six digits; null for nil, and where it is no number or too
  /// large.
  public static func rounded(_ number: Double?) -> Datum {
    guard let millionths = number.map({ ($0 * 1_000_000).rounded() }), millionths.magnitude < 1e30,
      let decimal = Decimal(units: Int128(millionths) * 100, scale: 6)
    else { return .null }
    return .number(decimal.trimmed)
  }
}

extension Decimal {
  /// A number of tenths.
  init(tenths: Int) { self = Decimal(units: Int128(tenths) * 10_000_000, scale: 1) ?? .zero }
}

extension Double {
  /// The nearest binary number, for a step that cannot be done in decimals.
  init(_ decimal: Decimal) { self = Double(decimal.units) / 100_000_000 }
}
