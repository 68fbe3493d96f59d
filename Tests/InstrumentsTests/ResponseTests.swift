import ClinicalValues
import Instruments
import Testing

/// What holds of response criteria whatever the answers.
@Suite struct ResponseTests {
  /// Answers at which something turns, by what an item's key ends with.
  static let turns: [(suffix: String, values: [String])] = [
    ("Sledai", ["0", "3", "4", "8", "10"]), ("sledai2k", ["0", "4", "5"]),
    ("ga", ["0", "0.49", "0.5", "0.8", "1", "1.1"]),
    ("BilagA", ["0", "1"]), ("BilagB", ["0", "1", "2"]), ("PerDay", ["0", "5", "5.1", "7.5", "8"]),
    ("Mrss", ["0", "15", "20", "21", "28"]), ("FvcPercent", ["68", "70", "76", "79.9", "80", "84"]),
    ("DlcoPercent", ["51", "60"]), ("Global", ["0", "3", "4", "5"]), ("HaqDi", ["0", "0.75", "1", "1.5"]),
    ("thresholdPercent", ["20", "25", "50", "75"]), ("hemoglobinGPerL", ["95", "96", "125"]),
    ("LlnGPerL", ["120"]), ("HemoglobinGPerL", ["75"]), ("relapses", ["0", "1"]), ("Lesions", ["0", "1"]),
    ("ClinEssdai", ["7", "10"]), ("Esspri", ["3.4", "4", "5"]), ("SchirmerMeanMm", ["2", "5", "7"]),
    ("OssMean", ["1", "3", "5"]), ("Uwsf", ["0", "0.1", "0.125"]), ("Hocevar", ["15", "20"]), ("IgG", ["18", "20"]),
    ("Rf", ["15", "20"]),
  ]

  /// One answer to an item, or nil where none fits it.
  static func answer(to item: Item, _ random: inout SplitMix) -> Datum {
    if case .yesNo = item.answer { return .bool(random.next() % 3 == 0) }
    let values = turns.filter { item.key.hasSuffix($0.suffix) }.max { $0.suffix.count < $1.suffix.count }?.values ?? []
    guard !values.isEmpty else { return .null }
    return Decimal(values[Int(random.next() % UInt64(values.count))]).map { .number($0) } ?? .null
  }

  static let decisions = [
    (id: "doris2021", name: "result"), (id: "lldas", name: "result"), (id: "sri4", name: "result"),
    (id: "neda3", name: "result"), (id: "aihaResponse", name: "result"), (id: "rcriss", name: "responder"),
    (id: "sscChange", name: "skinImprovement"), (id: "sscChange", name: "skinWorsening"),
    (id: "sscChange", name: "ildProgression"), (id: "criss2016", name: "step1NotImproved"),
    (id: "criss2016", name: "improved"),
  ]

  @Test(arguments: decisions)
  func `what is decided with answers missing stays so however they come out`(_ id: String, _ name: String) throws {
    let instrument = try #require(Instrument.named(id))
    var random = SplitMix(seed: 4)
    var decided = 0
    for _ in 0..<600 {
      var complete: [String: Datum] = [:]
      for item in instrument.items { complete[item.key] = Self.answer(to: item, &random) }
      let partial = complete.filter { _ in random.next() % 4 > 0 }
      let before = instrument(partial)[name]
      guard before != .null, before != .text("indeterminate") else { continue }
      decided += 1
      #expect(instrument(complete)[name] == before, "\(partial)")
    }
    #expect(decided > 30)
  }

  @Test func `STAR is decided once for all where each domain has one test`() throws {
    let star = try #require(Instrument.named("star"))
    let second = ["OssMean", "Hocevar", "Rf"]
    let items = star.items.filter { item in !second.contains { item.key.hasSuffix($0) } }
    var random = SplitMix(seed: 5)
    for _ in 0..<600 {
      var complete: [String: Datum] = [:]
      for item in items { complete[item.key] = Self.answer(to: item, &random) }
      let partial = complete.filter { _ in random.next() % 4 > 0 }
      let before = star(partial)["result"]
      if before != .text("indeterminate") { #expect(star(complete)["result"] == before, "\(partial)") }
    }
  }

  /// What the published examples leave out.
  static let cases: [(id: String, input: [String: Datum], expected: [String: Datum])] = [
    // A new BILAG A decides whether or not the B are recorded.
    ("sri4", ["newBilagA": .whole(1)], ["result": .text("notMet"), "failed": .list([.text("bilag")])]),
    // From 3 points nobody falls by 4, so that the result is decided; the fall itself is missing.
    (
      "sri4", ["baselineSledai": .whole(3)],
      [
        "result": .text("notMet"), "failed": texts(), "missing": texts("sledai", "bilag", "pga", "therapy"),
        "evaluable": .bool(false),
      ]
    ),
    ("sri4", ["baselinePga": number("2.8")], ["missing": texts("sledai", "bilag", "pga", "therapy")]),
    ("aihaResponse", ["transfusedLast7Days": .bool(true)], ["result": .text("noResponse")]),
    (
      "criss2016", ["newPah": .bool(true)],
      ["step1NotImproved": .bool(true), "probability": .whole(0), "improved": .bool(false)]
    ),
    (
      "rcriss", ["baselineMrss": .whole(0), "thresholdPercent": .whole(25)],
      ["improvedItems": items(), "improvedCount": .whole(0), "responder": .null]
    ),
    // Of a follow-up of 4 no fall by 75% is left on a scale to 10, and from 0 none at all: no third item can improve.
    (
      "rcriss",
      [
        "thresholdPercent": .whole(75), "followUpPhysicianGlobal": .whole(4), "baselineHaqDi": .whole(0),
        "baselineMrss": .whole(28), "followUpMrss": .whole(28),
      ],
      ["improvedItems": items(["mrss": .bool(false)]), "improvedCount": .whole(0), "responder": .bool(false)]
    ),
    ("rcriss", ["thresholdPercent": .whole(30)], ["error": fault("invalidValue", "thresholdPercent")]),
    ("tis", ["mmtMax": .whole(80), "baselineMmt": .whole(81)], ["error": fault("outOfRange", "baselineMmt")]),
    ("tis", ["mmtMax": .whole(100), "baselineMmt": .whole(151)], ["error": fault("outOfRange", "baselineMmt")]),
    ("tis", ["mmtMax": .whole(100)], ["error": fault("invalidValue", "mmtMax")]),
    ("tis", ["enzymeName": .text("GGT")], ["error": fault("invalidValue", "enzymeName")]),
    ("tis", ["enzymeUln": .whole(0)], ["error": fault("outOfRange", "enzymeUln")]),
    (
      "star", ["baselineClinEssdai": .whole(2), "baselineEsspri": .whole(0)],
      ["total": .whole(0), "result": .text("notMet")]
    ),
    (
      "sscChange", ["baselineMrss": .whole(0), "followUpMrss": .whole(6)],
      ["mrssPercentChange": .null, "skinWorsening": .bool(true)]
    ),
    (
      "sscChange", ["baselineMrss": .whole(0), "followUpMrss": .null, "baselineFvcPercent": .whole(0)],
      [
        "mrssChange": .null, "skinImprovement": .null, "skinWorsening": .null, "fvcAbsoluteChange": .null,
        "ildProgression": .null,
      ]
    ),
    // A fall of DLCO that is not recorded may have been there, whatever its baseline.
    (
      "sscChange",
      ["baselineFvcPercent": .whole(50), "followUpFvcPercent": .whole(47), "baselineDlcoPercent": .whole(0)],
      ["ildProgression": .null]
    ),
    (
      "sscChange", ["baselineFvcPercent": .whole(70), "followUpFvcPercent": .whole(67)],
      ["ildProgression": .bool(false)]
    ),
    ("essdaiResponse", ["baselineEssdai": .whole(4)], ["mciiEvaluable": .bool(false), "mciiResponse": .null]),
    ("msDisability", ["baselineEdss": number("0.5")], ["error": fault("invalidStep", "baselineEdss")]),
    ("msDisability", ["baselineEdss": number("10.5")], ["error": fault("outOfRange", "baselineEdss")]),
    ("msDisability", ["rule": .text("own")], ["error": fault("invalidValue", "rule")]),
    ("msDisability", ["visits": .whole(3)], ["error": fault("invalidValue", "visits")]),
    ("msDisability", ["visits": .list([.object(["edss": .whole(11)])])], ["error": fault("outOfRange", "visits")]),
    // The rule matters only from 6 on.
    ("msDisability", ["baselineEdss": .whole(5)], ["progressionThreshold": .whole(1), "confirmedProgression": .null]),
    (
      "msDisability", ["baselineEdss": .whole(6)], ["progressionThreshold": .null, "improvementEvaluable": .bool(true)]
    ),
  ]

  @Test(arguments: cases)
  func `answers at a limit, alone or wrong, have the result that the definition gives`(
    _ id: String, _ input: [String: Datum], _ expected: [String: Datum]
  ) throws {
    let instrument = try #require(Instrument.named(id))
    let result = instrument(input)
    for (name, value) in expected { #expect(result[name] == value, "\(name)") }
  }
}

/// Visits by day, the score and whether it was scored during a relapse.
@Suite struct MsDisabilityTests {
  static let courses: [(visits: [(Int, String, Bool)], onset: Int?)] = [
    // A relapse visit that reaches the threshold neither confirms nor cancels.
    ([(84, "3", false), (252, "3", true), (260, "3", false)], 84), ([(84, "3", false), (252, "3", true)], nil),
    // One that does not reach it cancels; the next onset counts.
    ([(84, "3", false), (112, "2.5", true), (140, "3", false), (308, "3", false)], 140),
    ([(84, "3", true), (112, "3", false), (280, "4", false)], 112), ([(84, "3", false), (251, "3", false)], nil),
    // In whatever order they are given.
    ([(252, "3", false), (84, "3", false)], 84),
  ]

  @Test(arguments: courses)
  func `progression is confirmed from its first visit outside relapses that holds`(
    _ visits: [(Int, String, Bool)], _ onset: Int?
  ) throws {
    let instrument = try #require(Instrument.named("msDisability"))
    let result = instrument([
      "baselineEdss": .whole(2), "rule": .text("standard"), "confirmationDays": .whole(168),
      "visits": .list(
        visits.map { .object(["day": .whole($0.0), "edss": number($0.1), "duringRelapse": .bool($0.2)]) }),
    ])
    #expect(result["confirmedProgression"] == .bool(onset != nil))
    #expect(result["progressionOnsetDay"] == .whole(onset))
  }

  @Test func `a visit without a score is skipped, one with a score and no day leaves all open`() throws {
    let instrument = try #require(Instrument.named("msDisability"))
    func result(_ second: Instruments.Result) -> Instruments.Result {
      instrument([
        "baselineEdss": .whole(2), "rule": .text("standard"), "confirmationDays": .whole(168),
        "visits": .list([
          .object(["day": .whole(84), "edss": .whole(3)]), .object(second),
          .object(["day": .whole(252), "edss": .whole(3)]),
        ]),
      ])
    }
    #expect(result(["day": .whole(168)])["confirmedProgression"] == .bool(true))
    #expect(result(["edss": .whole(2)])["confirmedProgression"] == .null)
  }
}

private func number(_ text: String) -> Datum { Decimal(text).map { .number($0) } ?? .null }
private func texts(_ texts: String...) -> Datum { .list(texts.map { .text($0) }) }
/// The items of the revised CRISS: those that are told, the others missing.
private func items(_ told: [String: Datum] = [:]) -> Datum {
  .object(
    Result(
      ["mrss", "haqDi", "patientGlobal", "physicianGlobal", "fvc"].map { (name: $0, value: told[$0] ?? .null) }))
}
private func fault(_ code: String, _ field: String) -> Datum {
  .object(["code": .text(code), "field": .text(field)])
}
