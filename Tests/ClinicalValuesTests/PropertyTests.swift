import Testing

@testable import ClinicalValues

/// Laws that hold for every value, tried on seeded random ones that favor the ends of the ranges.
@Suite struct `Values obey their laws` {
  @Test func `decimals are calculated as fractions are, rounded once`() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<3000 {
      let (a, b) = (decimal(&random), decimal(&random))
      let (x, y) = (Rational(a), Rational(b))
      check(a + b, x + y, "\(a) + \(b)")
      check(a - b, x - y, "\(a) - \(b)")
      check(a * b, x * y, "\(a) * \(b)")
      if !b.isZero { check(a / b, x / y, "\(a) / \(b)") }
    }
  }

  @Test func `decimals survive printing and reading`() {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<3000 {
      let a = decimal(&random)
      let read = Decimal(a.description)
      if read != a || read?.scale != a.scale { Issue.record("\(a.units) scale \(a.scale)") }
      if Decimal(exactly: a.literal) != a { Issue.record("\(a.literal)") }
    }
  }

  @Test func `decimals are ordered as fractions, and products commute`() {
    var random = SeededGenerator(seed: 13)
    for _ in 0..<2000 {
      let (a, b, c, d) = (decimal(&random), decimal(&random), decimal(&random), decimal(&random))
      let isRight =
        (a < b) == (Rational(a) < Rational(b)) && (a == b) == !(a < b || b < a) && a * b == b * a && a + b == b + a
        && (a == b ? a.hashValue == b.hashValue : true)
      if !isRight { Issue.record("\(a) \(b)") }
      if !b.isZero, !d.isZero {
        let order = Ordering(Rational(a) / Rational(b), Rational(c) / Rational(d))
        if Decimal.compareRatios(a, over: b, with: c, over: d) != order { Issue.record("\(a)/\(b) to \(c)/\(d)") }
      }
      if !b.isZero, let quotient = a.truncatingDivide(by: b), let rest = a.remainder(dividingBy: b),
        let product = quotient * b,
        product + rest != a
      {
        Issue.record("\(a) div \(b)")
      }
    }
  }

  @Test func `numbers are read as fractions are, whatever their digits and exponents`() {
    var random = SeededGenerator(seed: 14)
    for _ in 0..<3000 {
      let whole = digits(Int.random(in: 1...32, using: &random), &random)
      let rest = Bool.random(using: &random) ? "." + digits(Int.random(in: 1...45, using: &random), &random) : ""
      let power = Bool.random(using: &random) ? "e\(Int.random(in: -45...30, using: &random))" : ""
      let text = (Bool.random(using: &random) ? "-" : "") + whole + rest + power
      guard let exact = Rational(text) else {
        Issue.record("\(text) is not read")
        continue
      }
      if Decimal(text) != exact.decimal { Issue.record("\(text) is \(Decimal(text)?.description ?? "nil")") }
      let isHeld = exact.decimal.map { Rational($0) == exact } ?? false
      if (Decimal(exactly: text) != nil) != isHeld { Issue.record("\(text) exactly") }
    }
  }

  @Test func `dates move forth and back, and order agrees with the days between`() throws {
    var random = SeededGenerator(seed: 15)
    for _ in 0..<2000 {
      let a = try #require(CalendarDate(daysSinceEpoch: Int.random(in: -700_000...2_900_000, using: &random)))
      let count = Int.random(in: -10_000...10_000, using: &random)
      let moved = try #require(a.adding(count, .day))
      let isRight =
        moved.adding(-count, .day) == a && a.difference(to: moved, in: .day) == Int64(count)...Int64(count)
        && a.compare(moved) == Ordering(0, count) && CalendarDate(a.description) == a
      if !isRight { Issue.record("\(a) + \(count) days") }
      // Days that every month has come back from any number of months.
      let safe = try #require(CalendarDate(year: min(max(a.year, 900), 9000), month: a.month, day: min(a.day ?? 1, 28)))
      let later = try #require(safe.adding(count, .month))
      if later.adding(-count, .month) != safe || safe.duration(to: later, in: .month) != Int64(count)...Int64(count) {
        Issue.record("\(safe) + \(count) months")
      }
    }
  }

  @Test func `moments survive printing, other offsets and comparison`() throws {
    var random = SeededGenerator(seed: 16)
    for _ in 0..<2000 {
      let milliseconds = Int.random(in: -62_000_000_000_000...253_000_000_000_000, using: &random)
      let offset = Int.random(in: -840...840, using: &random)
      let a = try #require(DateTime(millisecondsSinceEpoch: milliseconds, offsetMinutes: offset))
      let b = try #require(a.moved(toOffset: Int.random(in: -840...840, using: &random)))
      let isRight =
        DateTime(a.description) == a && a.earliestMillisecond() == milliseconds
        && b.earliestMillisecond() == milliseconds
        && a.compare(b) == .equal && a.duration(to: b, in: .millisecond) == 0...0
      if !isRight { Issue.record("\(a) \(b)") }
      let c = a.truncated(
        to: [Precision.year, .month, .day, .hour, .minute, .second].randomElement(using: &random) ?? .day)
      let order = c.compare(a)
      if order == .less || order == .greater, c.precision != .second {
        Issue.record("\(c) stands \(String(describing: order)) to \(a)")
      }
      if !(c.earliestMillisecond() <= milliseconds && milliseconds <= c.latestMillisecond()) {
        Issue.record("\(c) excludes \(a)")
      }
    }
  }

  @Test(arguments: [
    ("mg/dL", "g/L"), ("Cel", "[degF]"), ("[lb_av]", "kg"), ("mmol/L", "umol/mL"), ("deg", "rad"), ("m[H2O]", "mm[Hg]"),
    ("wk", "h"),
  ])
  func `units convert forth and back`(_ from: String, _ to: String) throws {
    var random = SeededGenerator(seed: 17)
    for _ in 0..<100 {
      let number = digits(Int.random(in: 1...8, using: &random), &random) + "." + digits(4, &random)
      let there = try UCUM.convert(number, from: from, to: to, significantDigits: 60)
      let back = try UCUM.convert(there, from: to, to: from, significantDigits: 40)
      let same = try UCUM.convert(number, from: from, to: from, significantDigits: 40)
      if back != same { Issue.record("\(number) \(from) comes back as \(back)") }
    }
  }

  private func check(_ result: Decimal?, _ exact: Rational, _ text: String) {
    if result != exact.decimal { Issue.record("\(text) = \(result?.description ?? "nil")") }
    if let result, result.scale < result.trimmed.scale { Issue.record("\(text) hides digits") }
  }

  /// A number whose size, scale and roundness vary.
  private func decimal(_ random: inout SeededGenerator) -> Decimal {
    let size = PowersOfTen.uint128[Int.random(in: 0...36, using: &random)]
    let magnitude = min(UInt128.random(in: 0...size, using: &random), Decimal.limit)
    let step = PowersOfTen.uint128[Int.random(in: 0...8, using: &random)]
    let units = Int128(magnitude / step * step)
    let scale = UInt8.random(in: 0...8, using: &random)
    return Decimal(units: Bool.random(using: &random) ? -units : units, scale: scale) ?? .zero
  }

  private func digits(_ count: Int, _ random: inout SeededGenerator) -> String {
    String((0..<count).map { _ in "0123456789".randomElement(using: &random) ?? "0" })
  }
}
