/// The scale of a special unit, whose numbers are no multiple of it: temperatures in degrees, levels, pH.
///
/// Source: UCUM, section 2.2.3 "Special Units on non-ratio scales" and the tables of section 4. Each maps a number on
/// the scale to a multiple of the unit inside it, and back.
enum SpecialScale: String, Sendable {
  case celsius, fahrenheit, reaumur
  case ln, lg, lgTimes2, ld
  case pH, dilution10, dilution100, dilution1000, dilution50000
  case tangent, squareRoot

  private static let iceInKelvin = Rational(BigUInt(27315), over: BigUInt(100))
  private static let fahrenheitZero = Rational(BigUInt(45967), over: BigUInt(100))
  private static let nineFifths = Rational(BigUInt(9), over: BigUInt(5))
  private static let fourFifths = Rational(BigUInt(4), over: BigUInt(5))

  /// The base of the powers that the scale counts, and how the number enters the exponent.
  private var logarithmic: (base: Rational, factor: Rational)? {
    switch self {
    case .lg: (Rational(10), .one)
    case .lgTimes2: (Rational(10), Rational(.one, over: BigUInt(2)))
    case .ld: (Rational(2), .one)
    case .pH, .dilution10: (Rational(10), Rational(-1))
    case .dilution100: (Rational(100), Rational(-1))
    case .dilution1000: (Rational(1000), Rational(-1))
    case .dilution50000: (Rational(50_000), Rational(-1))
    case .celsius, .fahrenheit, .reaumur, .ln, .tangent, .squareRoot: nil
    }
  }

  /// The multiple of the inner unit that a number on the scale means; nil where there is none of reasonable size.
  func multiple(of x: Rational) -> Rational? {
    if let (base, factor) = logarithmic { return Elementary.power(base, x * factor) }
    return switch self {
    case .celsius: x + SpecialScale.iceInKelvin
    case .fahrenheit: (x + SpecialScale.fahrenheitZero) / SpecialScale.nineFifths
    case .reaumur: x / SpecialScale.fourFifths + SpecialScale.iceInKelvin
    case .tangent: Elementary.arctan(x / Rational(100))
    case .squareRoot: x * x
    default: Elementary.exp(x)
    }
  }

  /// The number on the scale that means a multiple of the inner unit; nil where there is none.
  func number(for multiple: Rational) -> Rational? {
    if let (base, factor) = logarithmic {
      guard !multiple.isZero, !multiple.isNegative else { return nil }
      return Elementary.log(multiple, base: base) / factor
    }
    switch self {
    case .celsius: return multiple - SpecialScale.iceInKelvin
    case .fahrenheit: return multiple * SpecialScale.nineFifths - SpecialScale.fahrenheitZero
    case .reaumur: return (multiple - SpecialScale.iceInKelvin) * SpecialScale.fourFifths
    case .tangent: return Elementary.tan(multiple).map { $0 * Rational(100) }
    case .squareRoot: return multiple.isNegative ? nil : Elementary.squareRoot(multiple)
    default: return multiple.isZero || multiple.isNegative ? nil : Elementary.ln(multiple)
    }
  }
}
