/// A multiple of base units, arbitrary units kept apart.
struct Measure: Hashable, Sendable {
  var factor: Rational
  var dimension: Dimension
  /// Powers of arbitrary units by code, none 0.
  var arbitrary: [String: Int] = [:]

  /// Whether two measures are of the same thing, so that one is a multiple of the other.
  func isCommensurable(with other: Measure) -> Bool {
    dimension.physical == other.dimension.physical && arbitrary == other.arbitrary
  }

  /// What it measures, with its article.
  var kind: String {
    guard !arbitrary.isEmpty else { return UnitKind.name(of: dimension) }
    let codes = arbitrary.keys.sorted().joined(separator: ", ")
    let over = dimension == .none ? "" : " with \(dimension.text)"
    return "an arbitrary unit (\(codes)\(over)), defined by its own procedure"
  }
}

/// A product of measures on its way. The factor is brought to lowest terms once, at the end: doing so at every step is
/// what long expressions would spend seconds on.
struct MeasureProduct {
  private var numerator = BigUInt.one
  private var denominator = BigUInt.one
  private var dimension = Dimension.none
  private var arbitrary: [String: Int] = [:]

  /// Bits beyond which no factor is calculated: 10^+-1200.
  static let largestFactor = 4096

  /// Multiplies by a power of a measure; false where the factor grows beyond `largestFactor`.
  mutating func multiply(by other: Measure, exponent: Int) -> Bool {
    guard multiply(by: other.factor, exponent: exponent) else { return false }
    dimension = dimension * other.dimension.power(exponent)
    for (code, power) in other.arbitrary {
      let sum = arbitrary[code, default: 0] + power * exponent
      arbitrary[code] = sum == 0 ? nil : sum
    }
    return true
  }

  /// Multiplies by a power of a positive number; false where the factor grows beyond `largestFactor`.
  mutating func multiply(by factor: Rational, exponent: Int) -> Bool {
    let widest = max(factor.numerator.bitWidth, factor.denominator.bitWidth)
    let size = Int(exponent.magnitude)
    guard (widest - 1) * size <= MeasureProduct.largestFactor else { return false }
    let (above, below) = exponent >= 0 ? (factor.numerator, factor.denominator) : (factor.denominator, factor.numerator)
    if !above.isOne { numerator = numerator * above.power(size) }
    if !below.isOne { denominator = denominator * below.power(size) }
    return max(numerator.bitWidth, denominator.bitWidth) <= MeasureProduct.largestFactor
  }

  /// The product.
  var measure: Measure {
    Measure(factor: Rational(numerator, over: denominator), dimension: dimension, arbitrary: arbitrary)
  }
}
