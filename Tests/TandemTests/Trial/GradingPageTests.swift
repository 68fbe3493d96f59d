import ClinicalValues
import Ledger
import Testing
import Trial

@testable import StudyDesign
@testable import tandem

/// Grades and courses as a person reads them.
struct GradingPageTests {
  /// Somebody with LD 1 on 1 March and the infusion on 6 March 2026, fever, few neutrophils and a score of CRS.
  private func grading() throws -> Grading {
    let id = try ParticipantID("01-0001")
    var state = TrialState()
    var position: Position = 0
    func record(_ event: TrialEvent, at text: String) throws {
      let moment = try #require(Moment("\(text):00+01:00[Europe/Berlin]"))
      position += 1
      state.apply(
        Recorded(
          event, happened: moment, recorded: moment.instant, actor: Actor(account: "nora.diaz", role: "nurse"),
          position: position))
    }
    func save(_ form: String, _ at: String, _ entries: Entry...) throws {
      let dated = Entry("DATE", .value("\(at)+01:00"))
      try record(
        .casebook(id, .saved(form: try FormKey(form), entries: [dated] + entries, source: nil, reason: nil)), at: at)
    }
    let dose = LymphodepletionDose(number: 1, round: 1, infusable: 0...1, gate: [], outsideGate: false)
    try record(.way(id, .lymphodepletionGiven(dose: dose)), at: "2026-03-01T09:00")
    let bag = BagNumber(lot: LotNumber(participant: id, lot: 1), bag: 1)
    try record(.product(id, .infusionStarted(bag: bag, outsideGate: false, lines: [])), at: "2026-03-06T10:00")
    for (form, at, count) in [
      ("BL", "2026-02-28T08:00", "4.1"), ("D1", "2026-03-07T08:00", "0.9"), ("D2", "2026-03-08T08:00", "0.3"),
    ] {
      try save(
        "\(form)/1/blood/1", at,
        Entry("NEUT", .value(count, unit: "10*9/L"), low: Decimal("1.8"), high: Decimal("7.5")))
    }
    try save("D2/1/vitals/1", "2026-03-08T20:00", Entry("TEMP", .value("39.2", unit: "Cel")))
    try save("D2/1/crs/1", "2026-03-08T21:00", Entry("HYPO", .value("true")), Entry("GRADE", .value("1")))
    return try #require(state.grading(of: id, book: Self.book))
  }

  private static func item(_ id: String, _ type: ItemType, _ concept: String? = nil, unit: String? = nil) -> ItemPlan {
    ItemPlan(
      id: id, label: id, type: type, concept: concept, gives: concept == nil ? .nothing : .value,
      units: [unit].compactMap(\.self), codes: [], required: .never, critical: false)
  }

  private static let book: FormBook = {
    func form(_ id: String, _ items: [ItemPlan]) -> FormPlan {
      FormPlan(
        id: id, title: id, domain: "XX", occurs: .visit, source: .laboratory, dated: "DATE",
        items: [item("DATE", .dateTime)] + items, checks: [])
    }
    return FormBook(
      forms: [
        form("blood", [item("NEUT", .quantity, "neutrophils", unit: "10*9/L")]),
        form("vitals", [item("TEMP", .quantity, "bodyTemperature", unit: "Cel")]),
        form("crs", [item("HYPO", .boolean, "hypotension"), item("GRADE", .integer, "crsGrade")]),
      ], visits: ["BL", "D1", "D2"],
      units: ["neutrophils": ConceptUnit("10*9/L"), "bodyTemperature": ConceptUnit("Cel")],
      grading: GradingPlan(
        analytes: [
          GradedAnalyte("neutrophils", concept: "neutrophils"),
          GradedAnalyte("temperature", concept: "bodyTemperature"),
        ],
        instruments: [
          "crs": InstrumentFilling(
            assigned: "crsGrade",
            keys: [
              InstrumentKey("temperatureC", concept: "bodyTemperature", unit: "Cel"),
              InstrumentKey("hypotension", concept: "hypotension"),
            ])
        ], daily: ["bodyTemperature", "neutrophils"]))
  }()

  /// Lines as they are laid out where nothing is wrapped.
  private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  @Test func `grades stand worst first with rule, baseline and name, then shifts and tasks`() throws {
    let page = lines(GradesPage(try grading(), from: 2).text)
    #expect(
      page[2...9] == [
        "4  Neutrophil count decreased  2026-03-08T08:00+01:00  [proposed]",
        "   Grade 4: < 0.5. Value 0.3 10*9/L.", "   Baseline 4.1 10*9/L (2026-02-28T08:00+01:00), grade 0.",
        "   D2/1/blood/1/NEUT/low=4", "3  Neutrophil count decreased  2026-03-07T08:00+01:00  [proposed]",
        "   Grade 3: < 1.0. Value 0.9 10*9/L.", "   Baseline 4.1 10*9/L (2026-02-28T08:00+01:00), grade 0.",
        "   D1/1/blood/1/NEUT/low=3",
      ])
    #expect(page.contains("  Neutrophil count decreased: 0 -> 4, 0.3 10*9/L on 2026-03-08T08:00+01:00"))
    #expect(page.contains("  Fever: unknown -> 2, 39.2 Cel on 2026-03-08T20:00+01:00"))
    #expect(
      page.contains { $0.hasPrefix("   Record an adverse event of 01-0001: Neutrophil count decreased, grade 4") })
  }

  @Test func `toxicity stands by day, what is a minimum is marked, what differs is told`() throws {
    let page = lines(ToxicityPage(try grading(), days: 0...3).text)
    #expect(
      page[2...7] == [
        "                     D0  D1       D2        D3", "bodyTemperature Cel  .   .        39.2 (2)  .",
        "crs                  .   .        >=2       .", "icans                .   .        .         .",
        "ice                  .   .        .         .", "neutrophils 10*9/L   .   0.9 (3)  0.3 (4)   .",
      ])
    #expect(page.contains { $0.hasPrefix("  D2/1/crs/1: assigned grade 1, computed >=2.") })
    #expect(
      page.contains { $0.hasPrefix("  ICAHT: early grade 1 at least (Day 0 or Day 30 not measured), 1 day with") })
  }
}
