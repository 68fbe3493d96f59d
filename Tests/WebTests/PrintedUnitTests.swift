import ClinicalValues
import Testing

@testable import Web

/// Units and computed numbers as people print them.
struct PrintedUnitTests {
  @Test(arguments: [
    ("Cel", "°C"), ("mm[Hg]", "mmHg"), ("10*9/L", "10⁹/L"), ("10*6/kg", "10⁶/kg"), ("ug/L", "µg/L"),
    ("ukat/L", "µkat/L"),
    ("umol/L", "µmol/L"), ("m2", "m²"), ("mg/m2", "mg/m²"), ("{cells}/kg", "cells/kg"), ("[IU]/mL", "IU/mL"), ("1", ""),
    ("mL/min/{1.73_m2}", "mL/min/1.73 m²"), ("/min", "/min"), ("mmol/(min.kPa)", "mmol/(min·kPa)"), ("%", "%"),
    ("U/L", "U/L"),
    ("{score}", "score"), ("10*-3", "10⁻³"), ("mmol/L", "mmol/L"), ("[EU]/mL", "EU/mL"), ("mo", "months"),
  ])
  func `a unit is printed`(code: String, expected: String) { #expect(PrintedUnit.text(code) == expected) }

  @Test(arguments: [
    ("{cells}/kg", "细胞/kg"), ("{copies}/ug", "拷贝/µg"), ("/[HPF]", "/高倍视野"), ("{INR}", "INR"), ("10*9/L", "10⁹/L"),
    ("mo", "个月"),
  ])
  func `a unit has its words in the language`(code: String, expected: String) async throws {
    let words = try await SiteStage().site.words(in: .chinese)
    #expect(words.unit(code) == expected)
  }

  @Test(arguments: [
    ("{score}", true), ("{INR}", true), ("1", true), ("{copies}/{cell}", false), ("{cells}/kg", false), ("mo", false),
  ])
  func `a unit that only names what is counted says nothing beside its name`(code: String, expected: Bool) {
    #expect(PrintedUnit.saysNothing(code) == expected)
  }

  @Test(arguments: [
    ("183976", "183,976"), ("12400000", "12,400,000"), ("999", "999"), ("-1234.5", "-1,234.5"), ("0.25", "0.25"),
  ])
  func `thousands are set apart`(number: String, expected: String) {
    #expect(PrintedUnit.grouped(number) == expected)
  }

  @Test(arguments: [
    ("1056200.956218", "1056000"), ("9999.6", "10000"), ("1234.6", "1235"), ("340.076", "340.1"), ("12.3456", "12.35"),
    ("0.1234567", "0.1235"), ("-1056200.9", "-1056000"), ("7", "7"),
  ])
  func `what was reckoned has four figures`(number: String, expected: String) throws {
    #expect("\(PrintedUnit.fourFigures(try #require(Decimal(number))))" == expected)
  }

  @Test(arguments: [
    ("at least 20 x 10*9/L", "at least 20 x 10⁹/L"), ("36.8 Cel, 118 mm[Hg]", "36.8 °C, 118 mmHg"),
    ("a dose of 208,144.79638009 cells", "a dose of 208,145 cells"), ("for 66.30000000 kg", "for 66.3 kg"),
    ("142.42731866 mL/min", "142.43 mL/min"), ("0.00012345 of it", "0.000123 of it"),
    ("CD3 1.126, 0.3211", "CD3 1.126, 0.3211"),
    ("version 1.0.12345", "version 1.0.12345"), ("[a note] stays", "[a note] stays"), ("999.99999 kg", "1000 kg"),
    ("1.01 {INR} (LLN 0.8 {INR}, ULN 1.2 {INR})", "1.01 (LLN 0.8, ULN 1.2)"), ("4.0 {score}, 2024", "4.0, 2024"),
    ("65 umol/L", "65 µmol/L"), ("5 {cells}/kg of it", "5 {cells}/kg of it"), ("5 ulcers", "5 ulcers"),
  ])
  func `a sentence keeps what it says`(sentence: String, expected: String) {
    #expect(PrintedUnit.inSentence(sentence) == expected)
  }
}
