import ClinicalValues
import Testing

@Suite struct `A decimal number` {
  @Test(arguments: [
    ("0", "0"), ("5", "5"), ("-5", "-5"), ("+25.5", "25.5"), ("1.00", "1.00"), ("-0.5", "-0.5"), ("007.50", "7.50"),
    ("1e-7", "0.0000001"), ("1.5E3", "1500"), ("1.50e1", "15.0"), ("0.000000004", "0.00000000"),
    ("0.000000005", "0.00000001"), ("-0.000000005", "-0.00000001"), ("2.123456785", "2.12345679"),
    ("9999999999999999999999999999.99999999", "9999999999999999999999999999.99999999"),
    ("1e27", "1000000000000000000000000000"), ("0e999999999999999999", "0"), ("1e-400", "0.00000000"),
    ("0.00000000000000000000000000000000000000000000001e47", "1"),
  ])
  func `is read and printed with its scale`(_ text: String, _ printed: String) throws {
    #expect(try #require(Decimal(text)).description == printed)
  }

  @Test(arguments: [
    "", "-", "+", ".5", "5.", "1e", "1e+", "0x10", " 1", "1 ", "1,5", "NaN", "Infinity", "--1", "1.2.3", "1e1.5",
    "\u{661}",
    "10000000000000000000000000000", "9999999999999999999999999999.999999995", "1e28", "1e400",
    "-1e99999999999999999999",
  ])
  func `is refused where the text is no number or out of range`(_ text: String) {
    #expect(Decimal(text) == nil)
  }

  @Test(arguments: [
    ("0.12345678", true), ("0.123456789", false), ("1.100000000", true), ("1e-8", true), ("1e-9", false),
  ])
  func `tells digits that cannot be held`(_ text: String, _ isExact: Bool) {
    #expect((Decimal(exactly: text) != nil) == isExact)
  }

  @Test(arguments: [
    ("1.0", "+", "2.00", "3.00"), ("0.1", "+", "0.2", "0.3"), ("1", "-", "0.00000001", "0.99999999"),
    ("1.1", "*", "1.1", "1.21"), ("0.00000001", "*", "0.5", "0.00000001"), ("-0.00000001", "*", "0.5", "-0.00000001"),
    ("0.00000001", "*", "0.4", "0.00000000"), ("10", "/", "4", "2.5"), ("10", "/", "3", "3.33333333"),
    ("-2", "/", "3", "-0.66666667"), ("10", "/", "-4", "-2.5"), ("10.1", "div", "3.1", "3"),
    ("-10.1", "div", "3.1", "-3"),
    ("3.5", "mod", "3", "0.5"), ("-3.5", "mod", "3", "-0.5"), ("3.5", "mod", "-3", "0.5"),
    ("99999999999999.5", "*", "99999999999999.5", "9999999999999900000000000000.25"),
    ("9999999999999999999999999999.99999999", "/", "9999999999999999999999999999.99999999", "1"),
  ])
  func `is calculated exactly and rounded once`(_ a: String, _ sign: String, _ b: String, _ result: String) throws {
    #expect(try calculate(#require(Decimal(a)), sign, #require(Decimal(b)))?.description == result)
  }

  @Test(arguments: [
    ("1", "/", "0"), ("1", "div", "0"), ("1", "mod", "0.0"), ("9999999999999999999999999999", "+", "1"),
    ("-9999999999999999999999999999", "-", "1"), ("100000000000000", "*", "100000000000000"),
    ("9999999999999999999999999999", "/", "0.00000001"), ("9999999999999999999999999999", "div", "0.1"),
  ])
  func `has no result by zero or out of range`(_ a: String, _ sign: String, _ b: String) throws {
    #expect(try calculate(#require(Decimal(a)), sign, #require(Decimal(b))) == nil)
  }

  @Test(arguments: [
    ("0.5", 0, "1"), ("-0.5", 0, "-1"), ("0.4", 0, "0"), ("-1.6", 0, "-2"), ("3.14159", 2, "3.14"),
    ("1.005", 2, "1.01"),
    ("2.5", 8, "2.5"), ("1234.5", -2, "1200"), ("1250", -2, "1300"), ("50", -2, "100"), ("1", -40, "0"),
  ])
  func `is rounded half away from zero`(_ text: String, _ places: Int, _ result: String) throws {
    #expect(try #require(Decimal(text)).rounded(to: places)?.description == result)
  }

  @Test(arguments: [
    ("1.1", "1", "2", "1"), ("-1.1", "-2", "-1", "-1"), ("-0.1", "-1", "0", "0"), ("2", "2", "2", "2"),
  ])
  func `has a floor, a ceiling and a whole part`(_ text: String, _ floor: String, _ ceiling: String, _ whole: String)
    throws
  {
    let number = try #require(Decimal(text))
    #expect(number.floor?.description == floor)
    #expect(number.ceiling?.description == ceiling)
    #expect(number.truncated.description == whole)
  }

  @Test func `is equal, hashed and ordered by value, not by scale`() throws {
    let one = try #require(Decimal("1.00"))
    #expect(one == 1)
    #expect(Set([one, 1, try #require(Decimal("1.0"))]).count == 1)
    #expect(try #require(Decimal("-0.00000001")) < 0)
    #expect(try #require(Decimal("-2")) < #require(Decimal("-1.99999999")))
    #expect(Decimal.least < Decimal.greatest)
    #expect(try #require(Decimal("-0.0")) == 0)
  }

  @Test func `takes sixteen bytes and does not widen an enum beyond a string's`() {
    enum Choice { case number(Decimal), text(String) }
    #expect(MemoryLayout<Decimal>.size == 16)
    #expect(MemoryLayout<Decimal>.alignment == 8)
    #expect(MemoryLayout<Choice>.stride == 24)
  }

  @Test func `ends at the limits of the type`() throws {
    #expect(Decimal.greatest.successor == nil)
    #expect(Decimal.least.predecessor == nil)
    #expect(Decimal.greatest.rounded() == nil)
    #expect(Decimal.least.floor == nil)
    #expect(Decimal.greatest.ceiling == nil)
    #expect(Decimal.greatest.predecessor?.successor == Decimal.greatest)
    #expect(Decimal.cqlMaximum.description == "99999999999999999999.99999999")
    #expect(try #require(Decimal("1.0")).predecessor?.description == "0.99999999")
    #expect(Decimal(units: .max) == nil)
  }

  @Test func `converts to integers only where whole and in range`() throws {
    #expect(Int32(exactly: Decimal(Int32.min)) == .min)
    #expect(Int64(exactly: Decimal(Int64.max)) == .max)
    #expect(Int32(exactly: try #require(Decimal("2147483648"))) == nil)
    #expect(Int32(exactly: try #require(Decimal("1.5"))) == nil)
    #expect(Int64(exactly: Decimal.greatest) == nil)
  }

  @Test func `is written as a CQL literal with a point`() throws {
    #expect(Decimal(5).literal == "5.0")
    #expect(try #require(Decimal("5.50")).literal == "5.50")
    #expect(try #require(Decimal("5.50")).trimmed.description == "5.5")
    #expect(Decimal(5).withScale(2).description == "5.00")
  }

  @Test func `compares ratios without rounding`() throws {
    let third = try #require(Decimal("0.33333333"))
    #expect(Decimal.compareRatios(third, over: 1, with: 1, over: 3) == .less)
    #expect(Decimal.compareRatios(2, over: 6, with: -1, over: -3) == .equal)
    #expect(Decimal.compareRatios(1, over: -3, with: -1, over: 4) == .less)
    #expect(Decimal.compareRatios(.greatest, over: .greatest, with: .least, over: .least) == .equal)
    #expect(Decimal.compareRatios(1, over: 0, with: 1, over: 3) == nil)
  }
}

private func calculate(_ a: Decimal, _ sign: String, _ b: Decimal) -> Decimal? {
  switch sign {
  case "+": a + b
  case "-": a - b
  case "*": a * b
  case "/": a / b
  case "div": a.truncatingDivide(by: b)
  default: a.remainder(dividingBy: b)
  }
}
