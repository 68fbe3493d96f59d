import ClinicalValues
import Testing

/// Texts made to break a reader: each must be answered, with a value or an error, and soon.
@Suite struct `Bad input is answered` {
  /// Kept from fuzzing and from the shapes that break parsers: length, nesting, unclosed brackets, foreign characters.
  private static let corpus: [String] = [
    // Fuzzing found these slow: arc minutes bring pi with 64 digits, and every factor met a search for divisors.
    String(repeating: "'06.1212212.1112.212.12212.1112.2126.121226.", count: 20) + "m",
    String(repeating: "'.", count: 10) + "'",
    "", " ", "\u{0}", "\u{FEFF}m", "m\u{301}", "錠", "👩‍👩‍👧", "µ", "Å", "\u{202E}m", "é",
    String(repeating: "(", count: 100_000),
    String(repeating: "(", count: 100_000) + "m" + String(repeating: ")", count: 100_000),
    String(repeating: "m.", count: 50_000) + "m",
    String(repeating: "9", count: 100_000), "m" + String(repeating: "9", count: 100_000),
    String(repeating: "{", count: 100_000),
    String(repeating: "[", count: 100_000), String(repeating: "/", count: 100_000),
    String(repeating: "k", count: 100_000),
    String(repeating: "10*999.", count: 140) + "m", "10*999.10*999.10*999", "Ym999", "ym-999", "(Ym999).(Ym999)",
    "m-999999999999999999999",
    String(repeating: "(", count: 99) + "m" + String(repeating: ")", count: 99),
    String(repeating: "(", count: 101) + "m" + String(repeating: ")", count: 101),
    "{" + String(repeating: "a", count: 990) + "}", "10*-999", "1/1/1/1/1/1", "[pi]400", "%[slope", "B[10.nV", "'",
    "''", "'''", "10*", "10", "10^", "10**",
    "-", "+", "--", ".", "m.-1", "m--1", "m+-1", "1e5", "0x10", "NaN", "Cel2", "Cel.Cel", "1.Cel", "(Cel)", "mCel",
    "B.B", "[pH]-1",
    "99999999999999999999999999999999999999999", "9999999999999999999999999999999999999999",
    "00000000000000000000000000000000000000000",
  ]

  @Test(arguments: corpus) func `of units`(_ text: String) throws { try exercise(text) }

  @Test func `of units made at random`() throws {
    var random = SeededGenerator(seed: 21)
    let pieces = [
      "m", "g", "k", "Cel", "[iU]", "[pH]", "10*", "10^", "(", ")", ".", "/", "{a}", "{", "}", "[", "]", "2", "-", "+",
      "999", "dB", "B[SPL]",
      "%", "'", "1", "0", "é", " ", "mol", "L", "[degF]", "d", "a", "u", "*", "^",
    ]
    for _ in 0..<800 {
      let count = Int.random(in: 0...12, using: &random)
      try exercise((0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined())
    }
  }

  @Test func `of numbers, dates and times made at random`() {
    var random = SeededGenerator(seed: 22)
    let pieces = [
      "0", "1", "9", "59", "60", "2024", "-", "+", ".", "e", "E", "T", "Z", ":", "00", "12", "31", "02", "29", " ", "٣",
      "\u{0}",
    ]
    for _ in 0..<5000 {
      let count = Int.random(in: 0...16, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      if let number = Decimal(text), Decimal(number.description) != number { Issue.record("\(text)") }
      if let date = CalendarDate(text), date.description != text { Issue.record("\(text)") }
      if let time = TimeOfDay(text), TimeOfDay(time.description) != time { Issue.record("\(text)") }
      if let moment = DateTime(text), DateTime(moment.description) != moment { Issue.record("\(text)") }
    }
  }

  @Test func `of numbers that are very long`() {
    let nines = String(repeating: "9", count: 1_000_000)
    #expect(Decimal(nines) == nil)
    #expect(Decimal("0." + nines) == 1)
    #expect(Decimal("0." + String(repeating: "0", count: 1_000_000)) == 0)
    #expect(Decimal("1e" + nines) == nil)
    #expect(Decimal("1e-" + nines) == 0)
    #expect(throws: UnitError.self) { try UCUM.convert(nines, from: "m", to: "m") }
    #expect(throws: UnitError.self) { try UCUM.convert("1e999999", from: "m", to: "m") }
    #expect(throws: UnitError.self) { try UCUM.convert("1e300", from: "B", to: "1") }
    #expect(throws: UnitError.self) { try UCUM.convert("1e300", from: "rad", to: "%[slope]") }
    #expect(DateTime("2024-01-01T00:00:00." + nines + "Z")?.description == "2024-01-01T00:00:00.999Z")
  }

  /// Reads a unit and uses it: no trap, and its own laws hold.
  private func exercise(_ text: String) throws {
    let unit: UnitOfMeasure
    do throws(UnitError) { unit = try UCUM.unit(text) } catch {
      #expect(error.description.count < 1000)
      return
    }
    _ = (unit.displayName, unit.printSymbol, unit.kind, unit.canonicalForm)
    guard let same = try? UCUM.convert("1", from: text, to: text) else { return }
    #expect(same == "1")
    #expect(Quantity(1, text).compare(Quantity(1, "(" + text + ")")) ?? .equal == .equal)
    _ = Quantity(2, text) * Quantity(3, text)
    _ = Quantity(2, text) / Quantity(3, "m." + text)
  }
}
