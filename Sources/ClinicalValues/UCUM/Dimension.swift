/// What a unit measures, as powers of the base units, and how many of its factors count amounts of substance.
///
/// UCUM makes the mole a plain number (6.02214076 * 10^23), so that the amount of substance is no dimension: it does
/// not decide whether units convert, but it gives a unit the name of its kind.
struct Dimension: Hashable, Sendable {
  // Lanes 0...6: m, s, g, rad, K, C, cd. Lane 7: amount of substance.
  private var powers: SIMD8<Int32>

  static let none = Dimension(powers: .zero)
  static let substance = Dimension(lane: 7)

  private init(powers: SIMD8<Int32>) { self.powers = powers }

  /// The dimension of a base unit, by its place in `UnitTable.base`.
  init(lane: Int) {
    powers = .zero
    powers[lane] = 1
  }

  /// A dimension by its powers of length, time, mass, amount of substance, and those that are rarer.
  init(
    length: Int32 = 0, time: Int32 = 0, mass: Int32 = 0, substance: Int32 = 0, angle: Int32 = 0,
    temperature: Int32 = 0, charge: Int32 = 0, light: Int32 = 0
  ) {
    powers = SIMD8(length, time, mass, angle, temperature, charge, light, substance)
  }

  static func * (a: Dimension, b: Dimension) -> Dimension { Dimension(powers: a.powers &+ b.powers) }

  func power(_ exponent: Int) -> Dimension { Dimension(powers: powers &* Int32(exponent)) }

  /// The dimension as UCUM counts it, in which the amount of substance is a number.
  var physical: Dimension {
    var copy = self
    copy.powers[7] = 0
    return copy
  }

  /// In base units: `m3.g-1`; `1` where there are none.
  var text: String {
    let parts = UnitTable.base.indices.filter { powers[$0] != 0 }.map { lane in
      UnitTable.base[lane].0 + (powers[lane] == 1 ? "" : String(powers[lane]))
    }
    return parts.isEmpty ? "1" : parts.joined(separator: ".")
  }
}
