import ClinicalValues
import Rules
import StudyDesign
import Testing

/// A recorded total of an activity instrument is told where its items cannot sum up to it, also where some of them are missing.
struct ActivityTotalTests {
  private struct Total {
    let form: String
    let total: String
    let check: String
    /// What is recorded of its items.
    let items: [String: FormAnswer]
  }

  /// Proteinuria and anti-dsDNA are present (6), low complement (2) is missing, the rest is absent.
  private static let lupus = Total(
    form: "sledai2k", total: "SLEDAI_TOTAL", check: "SLEDAI-TOTAL",
    items: Dictionary(
      uniqueKeysWithValues: [
        "SEIZURE", "PSYCHOSIS", "OBS", "VISUAL", "CRANIAL", "HEADACHE", "CVA", "VASC", "ARTHR", "MYOS", "CASTS",
        "HEMAT",
        "PROTEIN", "PYURIA", "RASH", "ALOPECIA", "ULCERS", "PLEUR", "PERIC", "DNA", "FEVER", "THROMB", "LEUKO",
      ].map { ("SLEDAI_\($0)", .boolean(["PROTEIN", "DNA"].contains($0))) }))
  /// The neck is of 4, the rest missing: 4 to 144.
  private static let strength = Total(
    form: "mmt8", total: "MMT8_TOTAL", check: "MMT-TOTAL", items: ["MMT8_NECK": .integer(4)])
  /// The face is of 2, the rest missing: 2 to 50.
  private static let skin = Total(
    form: "mrss", total: "MRSS_TOTAL", check: "MRSS-TOTAL", items: ["MRSS_FACE": .integer(2)])
  /// The lung is of level 2 and weighs 5, the biological domain is of 0, the rest missing: 10 to 116.
  private static let sjogren = Total(
    form: "essdai", total: "ESSDAI_TOTAL", check: "ESSDAI-TOTAL",
    items: ["ESSDAI_PULM": .integer(2), "ESSDAI_BIOL": .integer(0)])

  private static let cases: [(Total, Int32, Bool)] = [
    (lupus, 5, true), (lupus, 6, false), (lupus, 8, false), (lupus, 9, true), (strength, 3, true), (strength, 4, false),
    (strength, 144, false), (strength, 145, true), (skin, 1, true), (skin, 2, false), (skin, 50, false),
    (skin, 51, true),
    (sjogren, 9, true), (sjogren, 10, false), (sjogren, 116, false), (sjogren, 117, true),
  ]

  @Test func `a total outside what its items allow is told`() throws {
    let candidate = try Candidate("01-sle-base.json")
    let rules = FormRules(try Examples.screening.get())
    let moment = try #require(Moment("\(candidate.asOf)T12:00:00+08:00[Asia/Shanghai]"))
    for (instrument, total, isTold) in Self.cases {
      let form = try #require(try Examples.study.get().casebook.form(instrument.form))
      let reading = try rules.read(
        form, answers: instrument.items.merging([instrument.total: .integer(total)]) { $1 },
        record: try candidate.record(),
        cohort: candidate.cohort, visit: "SCR", at: moment)
      #expect(reading.fired.contains { $0.id == instrument.check } == isTold, "\(instrument.total) \(total)")
    }
  }
}
