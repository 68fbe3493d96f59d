/// A unit of measure, read from its UCUM code.
public final class UnitOfMeasure: Sendable, CustomStringConvertible {
  /// The code as written.
  public let code: String
  let term: UnitTerm
  /// In base units; for a special unit what stands inside its scale, its prefix left out.
  let measure: Measure
  /// The scale of a special unit, with the factor of its prefix.
  let special: (scale: SpecialScale, prefix: Rational)?
  /// Has a special unit inside a product or power.
  let isMeaningless: Bool

  init(parsing code: String) throws(UnitError) {
    var parser = UnitParser(code, registry: .shared)
    let term = try parser.parse()
    self.code = code
    self.term = term
    if let symbol = term.loneSymbol, let scale = symbol.atom.scale {
      self.measure = symbol.atom.measure
      self.special = (scale, symbol.prefix?.factor ?? .one)
      self.isMeaningless = false
    } else {
      guard let measure = term.measure else {
        throw .syntax(unit: code, position: 1, problem: "its factor is beyond 10^1200")
      }
      self.measure = measure
      self.special = nil
      self.isMeaningless = term.hasSpecial
    }
  }

  /// The code as written.
  public var description: String { code }

  /// The names of its parts: `(meter ^ 3) * (kilogram ^ -1) * (second ^ -2)`.
  public var displayName: String { term.displayName }

  /// Its symbols as print has them: `μg/dL`, `mm²`, `10⁹/L`.
  public var printSymbol: String { term.printSymbol }

  /// What it measures, with an article: "a mass concentration", "a substance concentration", "a pure number".
  public var kind: String { measure.kind }

  /// Whether it is a plain number (`1`, `%`, `10*3`, `{score}`), not counting amounts of substance.
  public var isDimensionless: Bool { measure.dimension.physical == .none && measure.arbitrary.isEmpty }

  /// Whether an arbitrary unit ([IU], [CFU] ...) is in it: it converts to nothing but multiples of the same.
  public var isArbitrary: Bool { !measure.arbitrary.isEmpty }

  /// Whether its numbers are no multiple of it (Cel, [degF], [pH], B): they have no products and ratios.
  public var isSpecial: Bool { special != nil }

  /// The unit as a multiple of base units, `1000 g.m-3`, arbitrary units after them; for a special unit those inside
  /// its scale. 30 significant digits.
  public var canonicalForm: String {
    let arbitrary = measure.arbitrary.sorted { $0.key < $1.key }.map { $0.key + ($0.value == 1 ? "" : "\($0.value)") }
    let dimension = measure.dimension.physical.text
    let parts = (dimension == "1" && !arbitrary.isEmpty ? [] : [dimension]) + arbitrary
    return measure.factor.text(significantDigits: 30) + " " + parts.joined(separator: ".")
  }
}
