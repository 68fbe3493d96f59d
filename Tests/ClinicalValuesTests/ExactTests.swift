import Testing

@testable import ClinicalValues

@Suite struct `Exact arithmetic` {
  @Test func `divides so that quotient times divisor plus remainder is the number`() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<3000 {
      let a = number(limbs: Int.random(in: 0...12, using: &random), &random)
      let b = number(limbs: Int.random(in: 1...6, using: &random), &random)
      guard !b.isZero else { continue }
      let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
      if !(remainder < b && quotient * b + remainder == a) { Issue.record("\(a) / \(b)") }
    }
  }

  @Test func `agrees with the machine's 128 bits`() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<3000 {
      let a = UInt128.random(in: 0...(UInt128.max >> UInt128.random(in: 0...127, using: &random)), using: &random)
      let b = UInt128.random(in: 1...(UInt128.max >> UInt128.random(in: 0...126, using: &random)), using: &random)
      let (x, y) = (BigUInt(a), BigUInt(b))
      let (quotient, remainder) = x.quotientAndRemainder(dividingBy: y)
      let isRight =
        quotient.uint128 == a / b && remainder.uint128 == a % b && x.description == a.description
        && (x < y) == (a < b) && (a >= b ? (x - y).uint128 == a - b : true)
        && (x << 37) >> 37 == x && BigUInt(digits: a.description.utf8) == x && x.bitWidth == 128 - a.leadingZeroBitCount
      if !isRight { Issue.record("\(a), \(b)") }
    }
  }

  @Test func `follows the laws of fractions`() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let (a, b, c) = (fraction(&random), fraction(&random), fraction(&random))
      let isRight =
        a + b == b + a && (a + b) + c == a + (b + c) && a * (b + c) == a * b + a * c && a - a == .zero
        && (b.isZero || (a * b) / b == a) && (a < b) == (a - b).isNegative && a.power(3) == a * a * a
      if !isRight { Issue.record("\(a) \(b) \(c)") }
    }
  }

  @Test(arguments: [
    ("1.5", 2, "1.5"), ("0.00012345", 3, "0.000123"), ("999.95", 4, "1000"), ("0.0000001", 5, "1e-7"),
    ("123456", 2, "120000"),
    ("-2.5", 1, "-3"), ("1e28", 3, "1e28"), ("1e27", 3, "1000000000000000000000000000"), ("0.99999", 2, "1"),
    ("-0.00", 3, "0"),
    ("9.5e-8", 1, "1e-7"),
  ])
  func `prints significant digits`(_ text: String, _ digits: Int, _ printed: String) throws {
    #expect(try #require(Rational(text)).text(significantDigits: digits) == printed)
  }

  // Digits of Abramowitz and Stegun, table 1.1, and of the On-Line Encyclopedia of Integer Sequences.
  @Test func `knows the functions to sixty digits`() throws {
    let e = "2.71828182845904523536028747135266249775724709369995957496697"
    let ln10 = "2.30258509299404568401799145468436420760110148862877297603333"
    let quarterPi = "0.785398163397448309615660845819875721049292349843776455243736"
    let root2 = "1.41421356237309504880168872420969807856967187537694807317668"
    #expect(try #require(Elementary.exp(.one)).text(significantDigits: 60) == e)
    #expect(Elementary.ln(Rational(10)).text(significantDigits: 60) == ln10)
    #expect(Elementary.arctan(.one).text(significantDigits: 60) == quarterPi)
    #expect(Elementary.squareRoot(Rational(2)).text(significantDigits: 60) == root2)
    #expect(try #require(Elementary.tan(Elementary.arctan(Rational(7)))).text(significantDigits: 60) == "7")
    #expect(Elementary.squareRoot(Rational(49)) == Rational(7))
    #expect(Elementary.log(Rational.powerOfTen(-7), base: Rational(10)).text(significantDigits: 60) == "-7")
    #expect(Elementary.tan(Elementary.arctan(.one) * Rational(2)) == nil)
    #expect(Elementary.exp(Rational(3001)) == nil)
  }

  @Test func `inverts what it computes`() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<40 {
      let x = Rational(
        BigUInt(Int.random(in: 1...1_000_000, using: &random)), over: BigUInt(Int.random(in: 1...999, using: &random)))
      let back = try #require(Elementary.exp(Elementary.ln(x)))
      #expect(back.text(significantDigits: 60) == x.text(significantDigits: 60))
      let root = Elementary.squareRoot(x)
      #expect((root * root).text(significantDigits: 60) == x.text(significantDigits: 60))
    }
  }

  @Test(
    arguments: [
      ("2", "2", "4"), ("2", "-2", "0.25"), ("-2.0", "3", "-8"), ("10", "-8", "0.00000001"), ("10", "-7", "0.0000001"),
      ("0", "0", "1"),
      ("0", "-1", nil), ("-8", "0.5", nil), ("2", "0.5", "1.41421356"), ("10", "28", nil),
      ("10", "27", "1000000000000000000000000000"),
      ("1.1", "100", "13780.61233982"), ("1.00000001", "9999999999", nil), ("0.99999999", "9999999999", "0"),
      ("-1", "1000001", "-1"),
      ("1.00000001", "100000000", "2.71828181"), ("4", "0.5", "2"), ("2", "93", "9903520314283042199192993792"),
      ("2", "94", nil),
    ] as [(String, String, String?)])
  func `raises decimals to powers`(_ base: String, _ exponent: String, _ result: String?) throws {
    #expect(try #require(Decimal(base)).power(#require(Decimal(exponent)))?.description == result)
  }

  @Test func `takes logarithms and exponentials of decimals`() throws {
    #expect(Decimal(1000).naturalLogarithm?.description == "6.90775528")
    #expect(Decimal(1).naturalLogarithm?.description == "0")
    #expect(Decimal(0).naturalLogarithm == nil)
    #expect(Decimal(-1).naturalLogarithm == nil)
    #expect(try #require(Decimal("0.125")).logarithm(base: 2)?.description == "-3")
    #expect(Decimal(1).logarithm(base: 1) == nil)
    #expect(Decimal(1).logarithm(base: 100)?.description == "0")
    #expect(Decimal(1).exponential?.description == "2.71828183")
    #expect(Decimal(0).exponential?.description == "1")
    #expect(Decimal(1000).exponential == nil)
    #expect(Decimal(-1000).exponential == 0)
    #expect(Decimal(2).squareRoot?.description == "1.41421356")
    #expect(Decimal(-2).squareRoot == nil)
  }

  private func number(limbs: Int, _ random: inout SeededGenerator) -> BigUInt {
    // Limbs of all ones and all zeros come often: they are where long division goes wrong.
    BigUInt(
      limbs: (0..<limbs).map { _ in
        [0, .max, UInt32.random(in: 0...UInt32.max, using: &random)].randomElement(using: &random) ?? 0
      })
  }

  private func fraction(_ random: inout SeededGenerator) -> Rational {
    let bottom = BigUInt(UInt128.random(in: 1...1 << 70, using: &random))
    return Rational(
      isNegative: Bool.random(using: &random), number(limbs: Int.random(in: 0...4, using: &random), &random),
      over: bottom)
  }
}
