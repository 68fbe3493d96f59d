/// An exact fraction of any size.
struct Rational: Hashable, Sendable {
  let isNegative: Bool
  /// Without common divisor with the denominator.
  let numerator: BigUInt
  /// Not 0.
  let denominator: BigUInt

  /// The fraction, brought to lowest terms; `denominator` is not 0.
  init(isNegative: Bool = false, _ numerator: BigUInt, over denominator: BigUInt = .one) {
    let twos = denominator.trailingZeroBitCount
    if denominator.isOne {
      self.numerator = numerator
      self.denominator = denominator
    } else if denominator.bitWidth == twos + 1 {
      // A power of two, as binary fixed point has: no search for divisors.
      let common = numerator.isZero ? twos : min(twos, numerator.trailingZeroBitCount)
      self.numerator = numerator >> common
      self.denominator = denominator >> common
    } else {
      let divisor = BigUInt.greatestCommonDivisor(numerator, denominator)
      self.numerator = numerator.quotientAndRemainder(dividingBy: divisor).quotient
      self.denominator = denominator.quotientAndRemainder(dividingBy: divisor).quotient
    }
    self.isNegative = isNegative && !numerator.isZero
  }

  init(_ whole: Int) { self.init(isNegative: whole < 0, BigUInt(whole)) }

  init(_ decimal: Decimal) {
    self.init(
      isNegative: decimal.units < 0, BigUInt(decimal.units.magnitude), over: BigUInt(UInt128(Decimal.one)))
  }

  /// Ten to a power.
  static func powerOfTen(_ exponent: Int) -> Rational {
    exponent >= 0
      ? Rational(.powerOfTen(exponent)) : Rational(inverseOf: .powerOfTen(-exponent))
  }

  private init(inverseOf denominator: BigUInt) {
    self.isNegative = false
    self.numerator = .one
    self.denominator = denominator
  }

  /// Longest number that is read, in digits; the largest exponent.
  static let digitLimit = 400

  /// The number that `text` writes, with every digit; nil if it is none, or beyond `digitLimit`.
  init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Rational.digitLimit, let parts = bytes.withUnsafeBufferPointer({ NumberText($0) }),
      parts.exponent.magnitude <= Rational.digitLimit * 2
    else { return nil }
    // The mantissa of NumberText keeps 37 digits; here all of them count.
    let digits = bytes.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }.filter { $0 >= 0x30 && $0 <= 0x39 }
    let exponent = -parts.writtenScale
    let mantissa = BigUInt(digits: digits)
    self.init(
      isNegative: parts.isNegative, exponent >= 0 ? mantissa * .powerOfTen(exponent) : mantissa,
      over: exponent >= 0 ? .one : .powerOfTen(-exponent))
  }

  static let zero = Rational(0)
  static let one = Rational(1)

  var isZero: Bool { numerator.isZero }
  var isWhole: Bool { denominator.isOne }
  var magnitude: Rational { isNegative ? -self : self }

  /// The fraction without what follows its whole part.
  var truncated: Rational {
    Rational(isNegative: isNegative, numerator.quotientAndRemainder(dividingBy: denominator).quotient)
  }
}

extension Rational: Comparable {
  static prefix func - (a: Rational) -> Rational { Rational(lowestTerms: a.numerator, a.denominator, !a.isNegative) }

  private init(lowestTerms numerator: BigUInt, _ denominator: BigUInt, _ isNegative: Bool) {
    self.isNegative = isNegative && !numerator.isZero
    self.numerator = numerator
    self.denominator = denominator
  }

  static func + (a: Rational, b: Rational) -> Rational {
    if a.isWhole, b.isWhole { return addWhole(a, b) }
    let left = a.numerator * b.denominator
    let right = b.numerator * a.denominator
    let denominator = a.denominator * b.denominator
    if a.isNegative == b.isNegative { return Rational(isNegative: a.isNegative, left + right, over: denominator) }
    return left >= right
      ? Rational(isNegative: a.isNegative, left - right, over: denominator)
      : Rational(isNegative: b.isNegative, right - left, over: denominator)
  }

  private static func addWhole(_ a: Rational, _ b: Rational) -> Rational {
    if a.isNegative == b.isNegative { return Rational(lowestTerms: a.numerator + b.numerator, .one, a.isNegative) }
    return a.numerator >= b.numerator
      ? Rational(lowestTerms: a.numerator - b.numerator, .one, a.isNegative)
      : Rational(lowestTerms: b.numerator - a.numerator, .one, b.isNegative)
  }

  static func - (a: Rational, b: Rational) -> Rational { a + -b }

  static func * (a: Rational, b: Rational) -> Rational {
    Rational(
      isNegative: a.isNegative != b.isNegative, a.numerator * b.numerator, over: a.denominator * b.denominator)
  }

  /// The quotient; `b` is not 0.
  static func / (a: Rational, b: Rational) -> Rational {
    Rational(
      isNegative: a.isNegative != b.isNegative, a.numerator * b.denominator, over: a.denominator * b.numerator)
  }

  static func < (a: Rational, b: Rational) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    let left = a.numerator * b.denominator
    let right = b.numerator * a.denominator
    return a.isNegative ? right < left : left < right
  }

  /// A power with a whole exponent; 0 only to a positive one.
  func power(_ exponent: Int) -> Rational {
    let size = Int(exponent.magnitude)
    let isNegative = isNegative && size % 2 == 1
    let (top, bottom) = (numerator.power(size), denominator.power(size))
    return exponent >= 0
      ? Rational(lowestTerms: top, bottom, isNegative) : Rational(lowestTerms: bottom, top, isNegative)
  }

  /// The whole number nearest to the fraction times `scale`, half away from zero, without its sign.
  func roundedMagnitude(times scale: BigUInt) -> BigUInt {
    let (quotient, rest) = (numerator * scale).quotientAndRemainder(dividingBy: denominator)
    return rest + rest >= denominator ? quotient + .one : quotient
  }

  /// The nearest Decimal, half away from zero; nil out of range.
  var decimal: Decimal? {
    guard let magnitude = roundedMagnitude(times: BigUInt(UInt128(Decimal.one))).uint128, magnitude <= Decimal.limit
    else { return nil }
    return Decimal(units: isNegative ? -Int128(magnitude) : Int128(magnitude), scale: 0)
  }
}

extension Rational {
  /// The number in decimal digits, rounded half away from zero to `digits` significant ones; zeros at the end are left
  /// out. Very large and very small numbers have an exponent (`1e-7`).
  func text(significantDigits digits: Int) -> String {
    if isZero { return "0" }
    // The exponent of the leading digit, from the bit widths, then put right.
    var leading = Int((Double(numerator.bitWidth - denominator.bitWidth) * 0.301_029_995_663_981_2).rounded(.down)) - 1
    while isAtLeastPowerOfTen(leading + 1) { leading += 1 }
    let shift = digits - 1 - leading
    let scaled = shift >= 0 ? numerator * .powerOfTen(shift) : numerator
    let divisor = shift >= 0 ? denominator : denominator * .powerOfTen(-shift)
    let (quotient, rest) = scaled.quotientAndRemainder(dividingBy: divisor)
    var text = (rest + rest >= divisor ? quotient + .one : quotient).description
    if text.utf8.count > digits { leading += 1 }
    while text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
    return (isNegative ? "-" : "") + Rational.placePoint(in: text, leading: leading)
  }

  /// Whether the number, without its sign, is 10^exponent or more.
  private func isAtLeastPowerOfTen(_ exponent: Int) -> Bool {
    exponent >= 0
      ? numerator >= denominator * .powerOfTen(exponent) : numerator * .powerOfTen(-exponent) >= denominator
  }

  /// `digits` with the point after the digit that stands for 10^0, where the first stands for 10^leading.
  private static func placePoint(in digits: String, leading: Int) -> String {
    let count = digits.utf8.count
    if leading < -6 || leading > 27 {
      let rest = digits.dropFirst()
      return digits.prefix(1) + (rest.isEmpty ? "" : "." + rest) + "e\(leading)"
    }
    if leading < 0 { return "0." + String(repeating: "0", count: -leading - 1) + digits }
    if count <= leading + 1 { return digits + String(repeating: "0", count: leading + 1 - count) }
    return digits.prefix(leading + 1) + "." + digits.dropFirst(leading + 1)
  }
}
