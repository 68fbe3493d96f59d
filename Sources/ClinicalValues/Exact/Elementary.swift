/// Exponential, logarithm, root and angle functions to about 75 significant digits, in binary fixed point.
///
/// The results are fractions whose last bits are rounded; what shows of them (8 digits of a Decimal, 24 to 30 digits of
/// a converted unit) is right unless the exact result lies within 10^-70 of a rounding boundary.
enum Elementary {
  /// Bits after the point.
  private static let precision = 320

  /// A fixed-point number: value / 2^precision.
  private static func fixed(_ x: Rational) -> Rational {
    let scaled = (x.numerator << precision).quotientAndRemainder(dividingBy: x.denominator).quotient
    return Rational(isNegative: x.isNegative, scaled)
  }

  // Inside this file fixed-point numbers are whole Rationals: `Rational` brings the sign, the denominator stays 1.

  private static func product(_ a: Rational, _ b: Rational) -> Rational {
    Rational(isNegative: a.isNegative != b.isNegative, (a.numerator * b.numerator) >> precision)
  }

  private static func quotient(_ a: Rational, _ divisor: Int) -> Rational {
    Rational(
      isNegative: a.isNegative != (divisor < 0),
      a.numerator.quotientAndRemainder(dividingBy: UInt32(divisor.magnitude)).quotient)
  }

  private static func rational(_ a: Rational, exponent: Int = 0) -> Rational {
    let shift = exponent - precision
    return shift >= 0
      ? Rational(isNegative: a.isNegative, a.numerator << shift)
      : Rational(isNegative: a.isNegative, a.numerator, over: BigUInt.one << -shift)
  }

  private static let unit = Rational(BigUInt.one << precision)

  /// The sum of y^n / n over odd n, its signs alternating (arcus tangent) or not (area tangent); |y| is below 1/2.
  private static func oddSeries(_ y: Rational, isAlternating: Bool) -> Rational {
    let square = product(y, y)
    var power = y
    var sum = y
    var n = 3
    while true {
      power = isAlternating ? -product(power, square) : product(power, square)
      let term = quotient(power, n)
      if term.isZero { return sum }
      sum = sum + term
      n += 2
    }
  }

  private static let fixedLn2: Rational = {
    let series = oddSeries(fixed(Rational(.one, over: BigUInt(3))), isAlternating: false)
    return series + series
  }()
  private static let fixedPi: Rational = {
    // Machin: pi = 16 arctan(1/5) - 4 arctan(1/239).
    let a = oddSeries(fixed(Rational(.one, over: BigUInt(5))), isAlternating: true)
    let b = oddSeries(fixed(Rational(.one, over: BigUInt(239))), isAlternating: true)
    return a * Rational(16) - b * Rational(4)
  }()

  /// Natural logarithm; `x` is positive.
  static func ln(_ x: Rational) -> Rational {
    var exponent = x.numerator.bitWidth - x.denominator.bitWidth
    var mantissa =
      exponent >= 0
      ? Rational(x.numerator, over: x.denominator << exponent)
      : Rational(x.numerator << -exponent, over: x.denominator)
    // Now in 1/2 ... 2; brought to 2/3 ... 4/3.
    if mantissa > Rational(BigUInt(4), over: BigUInt(3)) {
      mantissa = mantissa / Rational(2)
      exponent += 1
    } else if mantissa < Rational(BigUInt(2), over: BigUInt(3)) {
      mantissa = mantissa * Rational(2)
      exponent -= 1
    }
    if mantissa == .one, exponent == 0 { return .zero }
    let series = oddSeries(fixed((mantissa - .one) / (mantissa + .one)), isAlternating: false)
    return rational(series + series + fixedLn2 * Rational(exponent))
  }

  /// e to a power; nil beyond +-3000, which no unit needs.
  static func exp(_ x: Rational) -> Rational? {
    guard x.magnitude <= Rational(3000) else { return nil }
    if x.isZero { return .one }
    let argument = fixed(x)
    let (whole, rest) = argument.numerator.quotientAndRemainder(dividingBy: fixedLn2.numerator)
    let halvings = 8
    let small = Rational(isNegative: x.isNegative, rest >> halvings)
    var term = unit
    var sum = unit
    var n = 1
    while !term.isZero {
      term = quotient(product(term, small), n)
      sum = sum + term
      n += 1
    }
    for _ in 0..<halvings { sum = product(sum, sum) }
    let exponent = Int(whole.limbs.first ?? 0)
    return rational(sum, exponent: x.isNegative ? -exponent : exponent)
  }

  /// `base` to the power x, exact where x is whole; `base` is positive. nil where the result is beyond e^3000.
  static func power(_ base: Rational, _ x: Rational) -> Rational? {
    if x.isWhole, let exponent = x.numerator.uint128, exponent <= 400 {
      return base.power(x.isNegative ? -Int(exponent) : Int(exponent))
    }
    return exp(x * ln(base))
  }

  /// Logarithm to a base; both are positive, `base` is not 1.
  static func log(_ x: Rational, base: Rational) -> Rational { ln(x) / ln(base) }

  /// Square root, exact where the fraction is a square; `x` is not negative.
  static func squareRoot(_ x: Rational) -> Rational {
    let (top, bottom) = (x.numerator.squareRoot, x.denominator.squareRoot)
    if top * top == x.numerator, bottom * bottom == x.denominator { return Rational(top, over: bottom) }
    // Even the smallest argument keeps its digits: the shift grows with the denominator.
    let shift = 2 * (precision + x.denominator.bitWidth)
    let root = (x.numerator << shift).quotientAndRemainder(dividingBy: x.denominator).quotient.squareRoot
    return Rational(root, over: BigUInt.one << (shift / 2))
  }

  /// Arcus tangent, in radians.
  static func arctan(_ x: Rational) -> Rational {
    if x.magnitude > .one {
      let right = rational(fixedPi) / Rational(2)
      return (x.isNegative ? -right : right) - arctan(.one / x)
    }
    // Two half angles: tan(a/2) = x / (1 + sqrt(1 + x^2)).
    var small = fixed(x)
    for _ in 0..<2 {
      let sum = unit + Rational(((unit + product(small, small)).numerator << precision).squareRoot)
      let half = (small.numerator << precision).quotientAndRemainder(dividingBy: sum.numerator).quotient
      small = Rational(isNegative: small.isNegative, half)
    }
    return rational(oddSeries(small, isAlternating: true) * Rational(4))
  }

  /// Tangent of an angle in radians; nil at a right angle and beyond 10^30 radians.
  static func tan(_ x: Rational) -> Rational? {
    guard x.magnitude < Rational.powerOfTen(30) else { return nil }
    let angle = fixed(x)
    let rest = angle.numerator.quotientAndRemainder(dividingBy: fixedPi.numerator).remainder
    let reduced = Rational(isNegative: x.isNegative, rest)
    let square = product(reduced, reduced)
    var (cosine, sine) = (unit, reduced)
    var (evenTerm, oddTerm) = (unit, reduced)
    var n = 1
    while !evenTerm.isZero || !oddTerm.isZero {
      evenTerm = -quotient(product(evenTerm, square), (2 * n - 1) * (2 * n))
      oddTerm = -quotient(product(oddTerm, square), (2 * n) * (2 * n + 1))
      cosine = cosine + evenTerm
      sine = sine + oddTerm
      n += 1
    }
    return cosine.numerator.bitWidth < precision / 2 ? nil : sine / cosine
  }
}
