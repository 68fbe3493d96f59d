/// A unit expression as written: components multiplied and divided from left to right.
struct UnitTerm: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    /// Stands after a `/`.
    let isDivided: Bool
    let component: Component
  }
  indirect enum Component: Hashable, Sendable {
    /// A whole number.
    case factor(BigUInt)
    case symbol(UnitSymbol)
    /// `{...}` alone: 1.
    case annotation
    /// In parentheses.
    case group(UnitTerm)
  }

  var parts: [Part] = []

  /// The symbol, where the term is nothing but one to the first power.
  var loneSymbol: UnitSymbol? {
    guard parts.count == 1, !parts[0].isDivided else { return nil }
    switch parts[0].component {
    case .symbol(let symbol): return symbol.exponent == 1 ? symbol : nil
    case .group(let term): return term.loneSymbol
    case .factor, .annotation: return nil
    }
  }

  /// Whether a special unit is anywhere in it.
  var hasSpecial: Bool {
    parts.contains { part in
      switch part.component {
      case .symbol(let symbol): symbol.atom.scale != nil
      case .group(let term): term.hasSpecial
      case .factor, .annotation: false
      }
    }
  }

  /// The term in base units, special units taken as what stands inside their scale; nil where it grows out of bounds.
  var measure: Measure? {
    var product = MeasureProduct()
    return multiply(into: &product, exponent: 1) ? product.measure : nil
  }

  /// Multiplies a product by the term or, with the exponent -1, divides it; false where it grows out of bounds.
  func multiply(into product: inout MeasureProduct, exponent: Int) -> Bool {
    for part in parts {
      let sign = part.isDivided ? -exponent : exponent
      let fits =
        switch part.component {
        case .factor(let factor): product.multiply(by: Rational(factor), exponent: sign)
        case .symbol(let symbol):
          product.multiply(by: symbol.prefix?.factor ?? .one, exponent: sign * symbol.exponent)
            && product.multiply(by: symbol.atom.measure, exponent: sign * symbol.exponent)
        case .annotation: true
        case .group(let term): term.multiply(into: &product, exponent: sign)
        }
      guard fits else { return false }
    }
    return true
  }

  /// Every symbol with its exponent, signs of division taken in, and the factors: what a product of units simplifies.
  func forEachFactor(sign: Int = 1, _ body: (Component, _ exponent: Int) -> Void) {
    for part in parts {
      let sign = part.isDivided ? -sign : sign
      switch part.component {
      case .symbol(let symbol): body(part.component, sign * symbol.exponent)
      case .factor: body(part.component, sign)
      case .annotation: break
      case .group(let term): term.forEachFactor(sign: sign, body)
      }
    }
  }
}

/// A unit of the table with a prefix and an exponent: `mm2`.
struct UnitSymbol: Hashable, Sendable {
  let prefix: UnitPrefix?
  let atom: UnitAtom
  let exponent: Int

  /// Code of the unit with its prefix.
  var code: String { (prefix?.code ?? "") + atom.code }

  static func == (a: UnitSymbol, b: UnitSymbol) -> Bool { a.code == b.code && a.exponent == b.exponent }

  func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(exponent)
  }
}

extension UnitTerm {
  /// Names of the units: `(meter ^ 3) * (kilogram ^ -1)`.
  var displayName: String {
    if parts.isEmpty { return "(unity)" }
    var text = parts[0].isDivided ? "1 / " : ""
    for (index, part) in parts.enumerated() {
      if index > 0 { text += part.isDivided ? " / " : " * " }
      switch part.component {
      case .factor(let number): text += number.description
      case .annotation: text += "1"
      case .group(let term): text += "(" + term.displayName + ")"
      case .symbol(let symbol):
        text += "(" + (symbol.prefix?.name ?? "") + symbol.atom.name
        text += (symbol.exponent == 1 ? "" : " ^ \(symbol.exponent)") + ")"
      }
    }
    return text
  }

  /// Symbols for print: `mm²`, `10⁹/L`.
  var printSymbol: String {
    if parts.isEmpty { return "1" }
    var text = ""
    for (index, part) in parts.enumerated() {
      if part.isDivided { text += "/" } else if index > 0 { text += "·" }
      switch part.component {
      case .factor(let number): text += number.description
      case .annotation: text += parts.count == 1 ? "1" : ""
      case .group(let term): text += "(" + term.printSymbol + ")"
      case .symbol(let symbol):
        text += (symbol.prefix?.symbol ?? "") + symbol.atom.symbol
        if symbol.exponent != 1 { text += UnitTerm.raised(symbol.exponent) }
      }
    }
    return text
  }

  private static func raised(_ exponent: Int) -> String {
    let digits: [Character: Character] = [
      "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
    return String(String(exponent).map { digits[$0] ?? $0 })
  }
}
