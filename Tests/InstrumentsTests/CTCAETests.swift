import ClinicalValues
import Instruments
import Testing

@Suite struct CTCAETests {
  @Test func `every term of the table is one of CTCAE, and every grade of it can be reached but death`() throws {
    let present = Dictionary(uniqueKeysWithValues: CTCAE.Circumstance.allCases.map { ($0, true) })
    for analyte in CTCAE.laboratory {
      let measurements = [[:], [.symptomatic: false, .physiologicConsequences: false], present].flatMap {
        circumstances in
        [(1, 1), (2, 2), (4, 5), (135, 145)].flatMap { lln, uln in
          sweep(lln: lln, uln: uln, baseline: nil).map { measurement in
            var measurement = measurement
            measurement.circumstances = circumstances
            if circumstances == present { measurement.durationHours = 30 }
            return measurement
          }
        }
      }
      let grades = measurements.map { analyte.grade($0) }
      for ladder in analyte.ladders {
        let term = try #require(CTCAE.term(named: ladder.name), "\(ladder.name)")
        let reached = Set(grades.filter { $0.term == ladder.term }.compactMap(\.grade))
        // Grade 4 of leukocytosis has no number.
        let expected = Set(term.grades).subtracting(ladder.term == "leukocytosis" ? [4, 5] : [5])
        #expect(reached == expected, "\(ladder.term)")
      }
    }
  }

  @Test(arguments: CTCAE.laboratory.map(\.key))
  func `every analyte has a unit of UCUM, and every one of its terms can be reached`(_ key: String) throws {
    let analyte = try #require(CTCAE.analyte(key))
    #expect(UCUM.isValid(analyte.unit))
    let found = Set(sweep(lln: 10, uln: 20, baseline: nil).compactMap { analyte.grade($0).term })
    #expect(found == Set(analyte.ladders.map(\.term)))
  }

  /// From below all normal values to above them: a lower value is never the lighter one on the low side, a higher one never on
  /// the high side.
  @Test(arguments: CTCAE.laboratory.map(\.key))
  func `the further a value is from normal, the higher is its grade`(_ key: String) throws {
    let analyte = try #require(CTCAE.analyte(key))
    for baseline in [nil, 3, 40] as [Decimal?] {
      for (lln, uln) in [(10, 20), (1, 3), (135, 145)] as [(Decimal, Decimal)] {
        let grades = sweep(lln: lln, uln: uln, baseline: baseline).map { analyte.grade($0) }
        let low = grades.first.flatMap { ($0.grade ?? 0) > 0 ? $0.term : nil }
        let signed = grades.compactMap { grade in grade.grade.map { grade.term == low ? -$0 : $0 } }
        #expect(signed.count == grades.count)
        #expect(signed == signed.sorted(), "\(key), limits \(lln) to \(uln), baseline \(String(describing: baseline))")
      }
    }
  }

  @Test(arguments: CTCAE.laboratory.map(\.key))
  func `what is not recorded of symptoms never lowers a grade, and a missing limit gives the same grade or none`(
    _ key: String
  ) throws {
    let analyte = try #require(CTCAE.analyte(key))
    for denied in [[:], [.symptomatic: false], [.symptomatic: false, .physiologicConsequences: false]]
      as [[CTCAE.Circumstance: Bool]]
    {
      for measurement in sweep(lln: 10, uln: 20, baseline: nil) {
        var known = measurement
        known.circumstances = denied
        let grade = try #require(analyte.grade(known).grade)
        #expect(try #require(analyte.grade(measurement).grade) >= grade)
        for limit in [\CTCAE.Measurement.lln, \.uln] {
          var open = known
          open[keyPath: limit] = nil
          let left = analyte.grade(open).grade
          #expect(left == nil || left == grade)
        }
      }
    }
  }

  @Test(
    arguments: [
      ("alt", 121, 40, 30, "Grade 2: > 3 ULN. Value 121 U/L, ULN 40 U/L."),
      (
        "alt", 120, 40, 80,
        "Grade 1: >= 1.5 baseline (as baseline > ULN). Value 120 U/L, baseline 80 U/L, ULN 40 U/L."
      ),
      ("alt", 40, 40, nil, "Grade 0: not > ULN. Value 40 U/L, ULN 40 U/L."),
      ("alt", 40, nil, nil, "Not gradable: whether > ULN is not known. Value 40 U/L, ULN not recorded."),
      ("creatinine", 80, 100, 50, "Grade 2: > 1.5 baseline. Value 80 umol/L, baseline 50 umol/L."),
      (
        "uricAcid", 500, 420, nil,
        "Grade 3: > ULN and physiologicConsequences. Value 500 umol/L, ULN 420 umol/L. "
          + "Whether physiologicConsequences is not recorded: the worst case is taken."
      ),
      ("calcium", 2, 3, nil, "Not gradable. No albumin, for which total calcium is corrected."),
    ] as [(String, Decimal, Decimal?, Decimal?, String)])
  func `a grade says its rule`(_ key: String, _ value: Decimal, _ uln: Decimal?, _ baseline: Decimal?, _ rule: String)
    throws
  {
    let analyte = try #require(CTCAE.analyte(key))
    #expect(analyte.grade(CTCAE.Measurement(value: value, uln: uln, baseline: baseline)).rule == rule)
  }

  @Test func `a limit times its factor is compared exactly, beyond the eighth digit`() throws {
    let alt = try #require(CTCAE.analyte("alp"))
    // 2.5 times the limit is 0.083333325, between two numbers of eight digits.
    let uln = try #require(Decimal("0.03333333"))
    let below = try #require(Decimal("0.08333332"))
    let above = try #require(Decimal("0.08333333"))
    #expect(alt.grade(CTCAE.Measurement(value: below, uln: uln)).grade == 1)
    #expect(alt.grade(CTCAE.Measurement(value: above, uln: uln)).grade == 2)
  }

  @Test(arguments: [(10, 20, false), (20, 20, false), (21, 20, true)] as [(Decimal, Decimal, Bool)])
  func `a lower limit of normal above the upper one is no range`(_ lln: Decimal, _ uln: Decimal, _ isError: Bool) throws
  {
    let instrument = try #require(Instrument.named("ctcaeLab"))
    let result = instrument([
      "analyte": .text("platelets"), "value": .number(15), "lln": .number(lln), "uln": .number(uln),
    ])
    let error = Result(dictionaryLiteral: ("error", .object(["code": .text("outOfRange"), "field": .text("lln")])))
    #expect((result == error) == isError)
  }

  @Test func `a fever says how long it must last`() throws {
    let fever = try #require(CTCAE.analyte("temperature"))
    for (hours, grade) in [(nil, 3), (24, 3), (25, 4)] as [(Decimal?, Int)] {
      #expect(fever.grade(CTCAE.Measurement(value: 41, durationHours: hours)).grade == grade)
    }
  }

  @Test(
    arguments: [
      (
        "crs", ["temperatureC": .number(38)],
        "At least grade 1: fever, 38 Cel; no treated fever earlier in the episode; "
          + "hypotension not known, at least 0; hypoxia not known, at least 0."
      ),
      (
        "icans", ["iceScore": .number(5)],
        "At least grade 2, the worst domain: ice grade 2; consciousness not recorded; "
          + "seizure not recorded; motor not recorded; edema not recorded."
      ),
      (
        "crs",
        [
          "crsFeverEarlierInEpisode": .bool(true), "antipyreticOrAnticytokineGiven": .bool(true),
          "hypotension": .bool(false), "vasopressorCount": .number(0), "oxygenDevice": .text("none"),
        ],
        "Grade 0: temperature not recorded; fever earlier in the episode and treated; "
          + "hypotension grade 0; hypoxia grade 0."
      ),
      ("ctcaeLab", ["analyte": .text("inr"), "value": .number(2)], "Grade 2: > 1.5. Value 2 {INR}."),
      (
        "ctcaeLab", ["analyte": .text("uricAcid"), "value": .number(500), "lifeThreatening": .bool(true)],
        "Grade 4: lifeThreatening. Value 500 umol/L."
      ),
    ] as [(String, [String: Datum], String)])
  func `a grade of a syndrome says its rule`(_ id: String, _ input: [String: Datum], _ rule: String) throws {
    #expect(try #require(Instrument.named(id)).rule(for: input) == rule)
  }

  /// Values from 0 to 6000 in steps that grow, albumin normal.
  private func sweep(lln: Decimal, uln: Decimal, baseline: Decimal?) -> [CTCAE.Measurement] {
    // Fine where limits are close, and by one degree about fever.
    let ranges: [(from: Int, to: Int, by: Int)] = [
      (0, 400, 5), (400, 4200, 100), (4200, 17_000, 500), (17_000, 60_000, 1500), (60_000, 600_000, 60_000),
    ]
    let hundredths = ranges.flatMap { stride(from: $0.from, to: $0.to, by: $0.by) }
    let values = hundredths.map { Decimal(units: Int128($0) * 1_000_000, scale: 2) }
    return values.compactMap { $0 }.map {
      CTCAE.Measurement(value: $0, lln: lln, uln: uln, baseline: baseline, albuminGPerL: 40, durationHours: 20)
    }
  }
}

@Suite struct CTCAETermTests {
  @Test func `all terms of version 5 are there`() {
    #expect(CTCAE.terms.count == 837)
    #expect(Set(CTCAE.terms.map(\.systemOrganClass)).count == 26)
    #expect(CTCAE.term(named: "Leukocytosis")?.grades == [3, 4, 5])
    #expect(CTCAE.terms.allSatisfy { !$0.grades.isEmpty && $0.grades.allSatisfy((1...5).contains) })
  }

  @Test(arguments: [
    ("neutr", ["Neutrophil count decreased"]),
    ("NEUTROP", ["Neutrophil count decreased", "Febrile neutropenia"]),
    ("count dec", ["Lymphocyte count decreased", "Neutrophil count decreased"]),
    ("févri", []),
    ("Fébrile", ["Febrile neutropenia"]),
    ("fe\u{301}brile", ["Febrile neutropenia"]),
    ("   ", []), ("", []), ("zzz", []), ("-", []),
  ])
  func `a search ranks what begins with the text before words that do, and those before parts of words`(
    _ typed: String, _ first: [String]
  ) {
    let found = CTCAE.terms(matching: typed).map(\.name)
    if first.isEmpty { #expect(found.isEmpty) }
    #expect(Array(found.prefix(first.count)) == first)
  }

  @Test func `a search gives no more than asked for`() {
    #expect(CTCAE.terms(matching: "e", limit: 3).count == 3)
    #expect(CTCAE.terms(matching: "e", limit: -1).isEmpty)
  }
}
