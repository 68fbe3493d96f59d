import ClinicalValues
import Testing

@Suite struct `A quantity` {
  @Test(
    arguments: [
      ("1 cm", "0.01 m", .equal), ("2.0 cm", "2.00 cm", .equal), ("1 m", "10 cm", .greater), ("1 m", "1 s", nil),
      ("1 millisecond", "1 ms", .equal), ("1 seconds", "1 s", .equal), ("1 minutes", "1 min", .equal),
      ("1 hour", "1 hours", .equal),
      ("1 day", "24 hours", .equal), ("1 week", "1 wk", .equal), ("1 month", "1 mo", nil),
      ("1 month", "1 months", .equal),
      ("1 year", "1 a", nil), ("1 year", "12 months", .equal), ("1 year", "365 days", nil),
      ("13 months", "1 year", .greater),
      ("1 xyz", "1 m", nil), ("1 xyz", "1 xyz", .equal), ("1 Cel", "1 K", .greater), ("1 year", "1 kg", nil),
      ("500 ms", "1 second", .less),
    ] as [(String, String, Ordering?)])
  func `is compared across units`(_ a: String, _ b: String, _ order: Ordering?) throws {
    #expect(try quantity(a).compare(quantity(b)) == order)
    #expect(try quantity(b).compare(quantity(a)) == order?.reversed)
    #expect(try quantity(a).isEqual(to: quantity(b)) == order.map { $0 == .equal })
  }

  @Test(arguments: [
    ("1 months", "1 mo", true), ("1 year", "1 a", true), ("1 year", "12 months", true), ("1 year", "365 days", true),
    ("1 month", "30 days", true), ("1 year", "366 days", false), ("1 cm", "0.01 m", true), ("1 cm", "1 s", false),
    ("1.0 mg", "1.04 mg", true), ("1 a", "12 mo", true), ("1 a", "365.25 d", true), ("1 xyz", "1 m", false),
    ("1 day", "86400 s", true),
  ])
  func `is equivalent`(_ a: String, _ b: String, _ isEquivalent: Bool) throws {
    #expect(try quantity(a).isEquivalent(to: quantity(b)) == isEquivalent)
    #expect(try quantity(b).isEquivalent(to: quantity(a)) == isEquivalent)
  }

  @Test(
    arguments: [
      ("1 g/cm3", "+", "1 g/cm3", "2 g/cm3"), ("3 m", "+", "3 cm", "303 cm"), ("3 cm", "+", "3 m", "303 cm"),
      ("1 m", "+", "1 s", nil),
      ("1.0 cm", "-", "2.0 cm", "-1.0 cm"), ("2 cm", "*", "3 cm", "6 cm2"), ("1 g/cm3", "/", "1 g/cm3", "1 1"),
      ("12 cm2", "/", "3 cm", "4 cm"),
      ("10 g", "/", "5 1", "2 g"), ("3 mg", "*", "2 /dL", "6 mg/dL"), ("1 m", "/", "1 cm", "100 1"),
      ("1 m", "/", "0 m", nil),
      ("2 Cel", "*", "2 m", nil), ("2 Cel", "*", "2 1", "4 Cel"), ("6 1", "/", "2 s", "3 /s"),
      ("3.5 cm", "mod", "3 cm", "0.5 cm"),
      ("4.14 m", "div", "2.06 m", "2 m"), ("10 g", "div", "0 g", nil), ("1 year", "+", "1 months", "13 months"),
      ("1 day", "+", "12 hours", "36 hours"),
      ("2 10.L/min", "*", "3 min", "60 L"), ("1 day", "-", "1 h", "23 h"),
      ("1 g", "/", "25 ng", "40000000 1"), ("8 g", "div", "25 ng", "320000000 ng"),
      ("10 g", "mod", "25 ng", "0 ng"), ("10 years", "/", "2 months", "60 1"), ("1 m", "/", "1 nm", "1000000000 1"),
      ("1 year", "/", "1 d", nil), ("1 year", "*", "2 m", nil), ("10 g", "div", "3 1", "3 g"),
      ("10 g", "mod", "3 1", "1 g"), ("-10 [in_i]", "mod", "1 cm", "-0.4 cm"), ("10 g", "mod", "0 ng", nil),
      ("-1 year", "div", "5 months", "-2 months"), ("1 g", "mod", "1 s", nil),
    ] as [(String, String, String, String?)])
  func `is calculated with its unit`(_ a: String, _ sign: String, _ b: String, _ result: String?) throws {
    let (left, right) = try (quantity(a), quantity(b))
    let value =
      switch sign {
      case "+": left + right
      case "-": left - right
      case "*": left * right
      case "/": left / right
      case "mod": left.remainder(dividingBy: right)
      default: left.truncatingDivide(by: right)
      }
    #expect(value.map { "\($0.value) \($0.unit)" } == result)
  }

  @Test func `makes ratios that are equivalent as exact fractions`() throws {
    let ratio = Ratio(numerator: try quantity("8 g"), denominator: try quantity("1 mL"))
    let same = Ratio(numerator: try quantity("320000 ng"), denominator: try quantity("0.04 uL"))
    let other = Ratio(numerator: try quantity("320001 ng"), denominator: try quantity("0.04 uL"))
    #expect(ratio.isEquivalent(to: same))
    #expect(!ratio.isEquivalent(to: other))
  }

  @Test func `is converted where it can be`() throws {
    #expect(try quantity("90 minutes").converted(to: "h").value.description == "1.5")
    #expect(try quantity("18 months").converted(to: "years").value.description == "1.5")
    #expect(throws: UnitError.self) { try quantity("1 month").converted(to: "d") }
    do throws(UnitError) { _ = try Quantity(1, "month").converted(to: "d") } catch {
      #expect(
        error.description
          == "month is a calendar duration of no fixed length, d a time: one cannot be converted to the other.")
    }
  }

  @Test func `has a duration that dates can bear, or none`() {
    #expect(Precision(durationUnit: "months") == .month)
    #expect(Precision(durationUnit: "wk") == .week)
    #expect(Precision(durationUnit: "a") == nil)
    #expect(Precision(durationUnit: "mo") == nil)
    #expect(Precision(calendarUnit: "s") == nil)
    #expect(Precision(calendarUnit: "ss") == nil)
    #expect(Precision(calendarUnit: "milliseconds") == .millisecond)
  }

  private func quantity(_ text: String) throws -> Quantity {
    let parts = text.split(separator: " ")
    return Quantity(try #require(Decimal(parts[0])), String(parts[1]))
  }
}
