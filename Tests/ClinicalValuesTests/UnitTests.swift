import ClinicalValues
import Testing

@Suite struct `A unit of measure` {
  @Test(arguments: [
    "m", "/m", "10*3/ul", "10*-3/ul", "10*+3/ul", "10^9/L", "m[H2O]", "rad2", "m3.kg-1.s-2", "4.[pi].10*-7.N/A2",
    "{a}.rad2{b}",
    "1{c}", "{e}", "%", "dB[10.nV]", "[m/s2/Hz^(1/2)]", "[m/s2/Hz^0.5]", "meq/(8.h.kg)", "/{tot}", "10.L/(min.m2)",
    "pH", "Ms",
    "kat/kg", "g/(8.h){shift}", "mL/min/{1.73_m2}", "[in_i'Hg]", "%[slope]", "[hp'_X]", "KiBy", "((m))", "cal_[15]",
    "g%",
    "[Amb'a'1'U]", "''", "10*", "1",
  ])
  func `is valid where the grammar and the table have it`(_ code: String) { #expect(UCUM.isValid(code)) }

  @Test(arguments: [
    "", "m/", "/", ".", "m..m", "rad2{錠}", "{a}rad2{b}", "{|}1", "iU", "molv", "[BETH'U]", "g/12h", "[iIU]/L", "m[iIU]",
    "[M'U]",
    "(m", "m)", "()", "m-", "m+", "10*+", "{a", "a}", "[iU", "m2.3-", "m 2", "2m", "m{a}{b}", "m{a{b}}", "kmin",
    "k10*3", "dd",
    "m^2", "m(s)", "(m)2", "0", "0.m", "m1000", "µg", "\u{0}", "m\n", "(/m)", "1,5", "[", "{", "}", "]", "-1", "'''",
    "µ",
  ])
  func `is invalid otherwise`(_ code: String) { #expect(!UCUM.isValid(code)) }

  @Test(arguments: [
    ("6.3", "s/4/m", "s/m", "1.575"), ("6.3", "s/m.mg", "s.m-1.g", "0.0063"), ("6.30", "[in_i]", "m", "0.16002"),
    ("1", "10*-7.s", "s", "1e-7"), ("1", "4.[pi].10*-7.N", "N", "0.00000125663706143591729538506"),
    ("1", "m[Hg]", "g.s-2.m-1", "133322000"), ("1", "1/[ly]", "cm-1", "1.05700083402461546370946e-18"),
    ("37", "Cel", "[degF]", "98.6"), ("-40", "[degF]", "Cel", "-40"), ("0", "[degRe]", "K", "273.15"),
    ("5", "mCel", "Cel", "0.005"),
    ("7", "[pH]", "mol/L", "1e-7"), ("100", "nmol/L", "[pH]", "7"), ("2", "B", "1", "100"), ("20", "dB", "1", "100"),
    ("20", "dB[SPL]", "Pa", "0.0002"), ("1", "V", "dB[uV]", "120"), ("3", "B[W]", "B[kW]", "0"),
    ("8", "bit_s", "1", "256"),
    ("1", "Np", "B", "0.434294481903251827651129"), ("45", "deg", "%[slope]", "100"), ("100", "[p'diop]", "deg", "45"),
    ("6", "[hp'_X]", "1", "0.000001"), ("2", "[hp'_C]", "1", "0.0001"), ("4", "m2/s4/Hz", "[m/s2/Hz^(1/2)]", "2"),
    ("3", "k[IU]/L", "[iU]/mL", "3"), ("100", "10*3/uL", "10*9/L", "100"), ("1", "g%", "g/L", "10"),
    ("1", "mol", "10*23", "6.02214076"),
    ("5", "{cells}/uL", "/uL", "5"), ("70", "kg", "[lb_av]", "154.323583529414306506082"), ("1", "a", "d", "365.25"),
    ("0", "m", "km", "0"), ("1e300", "m", "km", "1e297"),
    ("12345678901234567890123456789.5", "m", "m", "1.23456789012345678901234567895e28"),
    ("1", "%", "[ppm]", "10000"), ("1", "U", "nkat", "16.6666666666666666666667"), ("1", "mm[Hg]", "Pa", "133.322"),
  ])
  func `converts exactly`(_ value: String, _ from: String, _ to: String, _ result: String) throws {
    #expect(try UCUM.convert(value, from: from, to: to) == result)
  }

  @Test(arguments: [
    (
      "mg/dL", "mmol/L",
      "mg/dL is a mass concentration, mmol/L a substance concentration: no molar mass is known for creatinine, "
        + "and a unit alone does not tell it."
    ),
    ("kg", "m", "kg is a mass, m a length: one cannot be converted to the other."),
    (
      "[iU]", "U",
      "[iU] is an arbitrary unit ([iU]), defined by its own procedure, U a catalytic activity: "
        + "one cannot be converted to the other."
    ),
    ("m7", "m", "m7 is of the dimension m7, m a length: one cannot be converted to the other."),
    ("m", "m7", "m is a length, m7 is of the dimension m7: one cannot be converted to the other."),
    (
      "Cel/h", "K/h",
      "'Cel/h' has a unit on a scale of its own (such as Cel, [degF], [pH] or B) in a product or power, "
        + "where it has no meaning. Use the unit alone, or K for a difference of temperatures."
    ),
    ("mol/L", "[pH]", "-1 mol/L has no value in [pH]."),
  ])
  func `says why it does not convert`(_ from: String, _ to: String, _ message: String) {
    do throws(UnitError) {
      _ = try UCUM.convert("-1", from: from, to: to)
      Issue.record("\(from) converted to \(to)")
    } catch { #expect(error.message(about: "creatinine") == message) }
  }

  @Test(arguments: [
    ("iU", "'iU' is no UCUM unit; did you mean [iU]?"),
    ("mcg/mL", "'mcg' in 'mcg/mL' (at character 1) is no UCUM unit; did you mean ug/mL?"),
    ("kg/M2", "'M' in 'kg/M2' (at character 4) is no UCUM unit; did you mean kg/m2?"),
    ("mIU/mL", "'mIU' in 'mIU/mL' (at character 1) is no UCUM unit; did you mean m[IU]/mL?"),
    ("mmHg", "'mmHg' is no UCUM unit; did you mean mm[Hg]?"),
    ("cm^2", "'cm^' in 'cm^2' (at character 1) is no UCUM unit; did you mean cm2?"),
    ("degF", "'degF' is no UCUM unit; did you mean [degF]?"),
    ("mg/Dl", "'Dl' in 'mg/Dl' (at character 4) is no UCUM unit; did you mean mg/dL?"),
    ("xyzzy", "'xyzzy' is no UCUM unit. Use a code of https://unitsofmeasure.org."),
    (
      "g/12h",
      "'g/12h' is no UCUM unit: units are joined by '.' or '/', an exponent follows its unit directly (12.h, m2) (at character 5)."
    ),
    (
      "µg",
      "'µg' is no UCUM unit: it may only have ASCII letters, digits and signs (u for µ, Cel for °C) (at character 1)."
    ),
    ("m/", "'m/' is no UCUM unit: a unit is missing after the last sign (at character 3)."),
    ("(m", "'(m' is no UCUM unit: this '(' has no ')' (at character 1)."),
    ("{a b}", "'{a b}' is no UCUM unit: a unit has no spaces (at character 3)."),
    ("", "'' is no UCUM unit: it is empty; write 1 for no unit (at character 1)."),
  ])
  func `says what is wrong with a code, and what may be meant`(_ code: String, _ message: String) {
    do throws(UnitError) {
      _ = try UCUM.unit(code)
      Issue.record("\(code) is a unit")
    } catch { #expect(error.description == message) }
  }

  @Test(arguments: [
    ("m", "(meter)"), ("mm", "(millimeter)"), ("10*23", "(the number ten for arbitrary powers ^ 23)"),
    ("m3.kg-1.s-2", "(meter ^ 3) * (kilogram ^ -1) * (second ^ -2)"), ("mg/dL", "(milligram) / (deciliter)"),
    ("/min", "1 / (minute)"), ("4.h", "4 * (hour)"), ("g/(8.h)", "(gram) / (8 * (hour))"),
    ("{cells}/uL", "1 / (microliter)"),
  ])
  func `has a name`(_ code: String, _ name: String) throws { #expect(try UCUM.unit(code).displayName == name) }

  @Test(arguments: [
    ("ug/dL", "μg/dL"), ("m2", "m²"), ("10*9/L", "10⁹/L"), ("mL/min/{1.73_m2}", "mL/min/"), ("Cel", "°C"),
    ("kg.m-2", "kg·m⁻²"),
    ("g/(8.h)", "g/(8·h)"), ("{score}", "1"),
  ])
  func `has a symbol for print`(_ code: String, _ symbol: String) throws {
    #expect(try UCUM.unit(code).printSymbol == symbol)
  }

  @Test(arguments: [
    ("mg/dL", "a mass concentration"), ("mmol/L", "a substance concentration"),
    ("U/L", "a catalytic activity concentration"),
    ("10*9/L", "a number concentration"), ("kg/m2", "a mass per area"), ("mL/min/{1.73_m2}", "a volume per time"),
    ("%", "a pure number"),
    ("mm[Hg]", "a pressure"), ("Cel", "a temperature"), ("wk", "a time"), ("/min", "a rate"),
    ("mmol/mol", "a pure number"),
    ("[IU]/L", "an arbitrary unit ([iU] with m-3), defined by its own procedure"),
  ])
  func `says what it measures`(_ code: String, _ kind: String) throws { #expect(try UCUM.unit(code).kind == kind) }

  @Test(arguments: [
    ("kg/L", "1000000 m-3.g"), ("Pa", "1000 m-1.s-2.g"), ("mol", "602214076000000000000000 1"),
    ("k[IU]/L", "1000000 m-3.[iU]"),
    ("[IU]", "1 [iU]"), ("1", "1 1"),
  ])
  func `has a canonical form`(_ code: String, _ form: String) throws {
    #expect(try UCUM.unit(code).canonicalForm == form)
  }

  @Test func `is converted for decimals at the eighth digit, never silently to zero`() throws {
    #expect(try UCUM.convert(1, from: "U", to: "nkat").description == "16.66666667")
    #expect(try UCUM.convert(#require(Decimal("98.6")), from: "[degF]", to: "Cel").description == "37")
    #expect(try UCUM.convert(#require(Decimal("1.50")), from: "m", to: "m").description == "1.50")
    #expect(try UCUM.convert(#require(Decimal("-17.78")), from: "Cel", to: "Cel") == #require(Decimal("-17.78")))
    #expect(throws: UnitError.outOfRange(number: "1", from: "ng/L", to: "kg/L")) {
      try UCUM.convert(1, from: "ng/L", to: "kg/L")
    }
    #expect(throws: UnitError.outOfRange(number: "1", from: "Ym", to: "ym")) {
      try UCUM.convert(1, from: "Ym", to: "ym")
    }
    #expect(try UCUM.convert(0, from: "ng/L", to: "kg/L") == 0)
  }

  @Test func `is compared exactly, whatever the sizes`() throws {
    #expect(try UCUM.compare(1, "U", with: #require(Decimal("16.66666667")), "nkat") == .less)
    #expect(try UCUM.compare(1, "ng/L", with: #require(Decimal("0.00000001")), "kg/L") == .less)
    #expect(try UCUM.compare(1, "Ym", with: Decimal.greatest, "ym") == .greater)
    #expect(try UCUM.compare(100, "[degF]", with: 38, "Cel") == .less)
    #expect(UCUM.areCommensurable("mL", "[drp]"))
    #expect(!UCUM.areCommensurable("[CFU]", "[PFU]"))
    #expect(!UCUM.areCommensurable("[CFU]/mL", "/mL"))
    #expect(UCUM.areCommensurable("[CFU]/mL", "k[IU]") == false)
  }

  @Test func `knows whether it is a number, arbitrary or special`() throws {
    #expect(try UCUM.unit("10*3").isDimensionless)
    #expect(try UCUM.unit("mmol").isDimensionless)
    #expect(try !UCUM.unit("mg").isDimensionless)
    #expect(try UCUM.unit("m[IU]/L").isArbitrary)
    #expect(try UCUM.unit("Cel").isSpecial)
    #expect(try !UCUM.unit("K").isSpecial)
  }

  @Test(arguments: [
    (UnitConformanceCase.Section.validation, ["unit": "m", "valid": "true"], UnitConformanceCase.Outcome.pass),
    (.validation, ["unit": "m", "valid": "false"], .fail(expected: "false", actual: "true")),
    (.conversion, ["value": "6.3", "srcUnit": "s/4/m", "dstUnit": "s/m", "outcome": "1.6"], .pass),
    (
      .conversion, ["value": "6.3", "srcUnit": "s/4/m", "dstUnit": "s/m", "outcome": "1.5"],
      .fail(expected: "1.5", actual: "1.575")
    ),
    (
      .conversion, ["value": "1", "srcUnit": "m", "dstUnit": "cm", "outcome": "101"],
      .fail(expected: "101", actual: "100")
    ),
    (.multiplication, ["v1": "1.5", "u1": "g", "v2": "2", "u2": "m", "vRes": "3.0", "uRes": "g.m"], .pass),
    (
      .division,
      ["v1": "1", "u1": "[lb_av]/h", "v2": "1", "u2": "kg/s", "vRes": "0.000125997880555555555555556", "uRes": ""],
      .pass
    ),
    (
      .division, ["v1": "1", "u1": "m", "v2": "0", "u2": "m", "vRes": "0", "uRes": ""],
      .fail(expected: "0", actual: "'0' is no number. Write digits with a point, such as 6.3 or 1e-7.")
    ),
    (.displayNameGeneration, ["unit": "Pa", "display": "(pascal)"], .pass),
    (.conversion, ["value": "1"], .skip(reason: "the case needs the attributes value, srcUnit, dstUnit, outcome")),
  ])
  func `is tested as the functional tests of UCUM are`(
    _ section: UnitConformanceCase.Section, _ attributes: [String: String], _ outcome: UnitConformanceCase.Outcome
  ) {
    #expect(UnitConformanceCase(section: section, attributes: attributes).run() == outcome)
  }
}
