import ClinicalValues
import Instruments
import Ledger
import StudyDesign

@testable import Trial

extension FormBook {
  /// Forms of laboratory values, vital signs, syndromes and adverse events, with what fills the instruments.
  static let graded = FormBook(
    forms: [
      .example(
        "blood", .visit, source: .laboratory, dated: "DATE",
        [
          .example("DATE", .dateTime), .example("LBNAM", .text), quantity("HGB", "hemoglobin", ["g/L", "g/dL"]),
          quantity("NEUT", "neutrophils", ["10*9/L"]), quantity("LYMPH", "lymphocytes", ["10*9/L"]),
          quantity("CREAT", "creatinine", ["umol/L", "mg/dL"]), quantity("ALT", "alt", ["U/L"]),
          quantity("GLUC", "glucose", ["mg/dL"]), quantity("APTT", "aptt", ["s"]),
          .example("BLEED", .boolean, concept: "bleeding"), quantity("IGG", "igg", ["g/L"]),
          quantity("B", "bCellCount", ["10*9/L"]), quantity("COPY", "copies", ["{copies}/ug"]),
          .example("BLQ", .boolean, concept: "below"), quantity("LLOQ", "limit", ["{copies}/ug"]),
        ]),
      .example(
        "vitals", .repeated, dated: "DATE",
        [.example("DATE", .dateTime), quantity("TEMP", "bodyTemperature", ["Cel", "[degF]"])]),
      .example(
        "crs", .visit, dated: "DATE",
        [
          .example("DATE", .dateTime), .example("HYPO", .boolean, concept: "hypotension"),
          .example("PRESS", .integer, concept: "vasopressorCount"),
          .example("OXY", .code, concept: "oxygenSupport", codes: ["room-air", "face-mask"]),
          .example("GRADE", .integer, concept: "crsGrade"),
        ]),
      .example(
        "ice", .repeated, dated: "DATE",
        [
          .example("DATE", .dateTime), .example("TOTAL", .integer, concept: "iceScore"),
          .example("YEAR", .boolean, concept: "iceOrientedYear"),
          .example("ASLEEP", .boolean, concept: "iceUnarousable"),
        ]),
      .example(
        "icans", .repeated, dated: "DATE",
        [
          .example("DATE", .dateTime), .example("CONS", .code, concept: "consciousness", codes: ["alert", "to-voice"]),
          .example("GRADE", .integer, concept: "icansGrade"),
        ]),
      .example("visit", .visit, dated: "DATE", [.example("DATE", .dateTime)]),
      .example(
        "events", .log, dated: "START",
        [
          event("TERM", .adverseEventTerm, .code), event("START", .partialDate, .start),
          event("END", .partialDate, .end), .example("KIND", .code, codes: ["CRS"]),
        ]),
      .example("demographics", .once, [.example("AGE", .integer), .example("SEX", .code, codes: ["female", "male"])]),
    ], visits: ["SCR", "BL", "D1", "D2", "D3", "D4", "D5", "D28"],
    units: [
      "hemoglobin": ConceptUnit("g/L", conversions: ["g/dL": [.multiply(10)]]), "neutrophils": ConceptUnit("10*9/L"),
      "lymphocytes": ConceptUnit("10*9/L"), "alt": ConceptUnit("U/L"), "glucose": ConceptUnit("mg/dL"),
      "creatinine": ConceptUnit("umol/L", conversions: ["mg/dL": [.multiply(tenths(884))]]),
      "aptt": ConceptUnit("s"), "igg": ConceptUnit("g/L"), "bCellCount": ConceptUnit("10*9/L"),
      "copies": ConceptUnit("{copies}/ug"), "limit": ConceptUnit("{copies}/ug"),
      "bodyTemperature": ConceptUnit(
        "Cel", conversions: ["[degF]": [.subtract(32), .multiply(5), .divide(9)]]),
    ], grading: .example, safety: .example)

  private static func quantity(_ id: String, _ concept: String, _ units: [String]) -> ItemPlan {
    .example(id, .quantity, concept: concept, units: units)
  }

  private static func event(_ id: String, _ type: ItemType, _ role: ItemRole) -> ItemPlan {
    var item = ItemPlan.example(id, type, concept: "adverseEvent")
    item.gives = role
    return item
  }

  private static func tenths(_ number: Int) -> Decimal { Decimal("\(number / 10).\(number % 10)") ?? .zero }
}

extension SafetyForms {
  static let example: SafetyForms = {
    var forms = SafetyForms()
    forms.adverseEvent = FormBinding(
      form: "events", items: [.term: "TERM", .start: "START", .end: "END", .specialInterest: "KIND"])
    forms.kinds = ["CRS": .crs]
    return forms
  }()
}

extension GradingPlan {
  static let example = GradingPlan(
    analytes: [
      GradedAnalyte("hemoglobin", concept: "hemoglobin"), GradedAnalyte("neutrophils", concept: "neutrophils"),
      GradedAnalyte("lymphocytes", concept: "lymphocytes"), GradedAnalyte("creatinine", concept: "creatinine"),
      GradedAnalyte("alt", concept: "alt"), GradedAnalyte("glucose", concept: "glucose", conversion: "/18.016"),
      GradedAnalyte("aptt", concept: "aptt"), GradedAnalyte("temperature", concept: "bodyTemperature"),
    ],
    instruments: [
      "crs": InstrumentFilling(
        assigned: "crsGrade",
        keys: [
          InstrumentKey("temperatureC", concept: "bodyTemperature", unit: "Cel"),
          InstrumentKey("hypotension", concept: "hypotension"),
          InstrumentKey("vasopressorCount", concept: "vasopressorCount"),
          InstrumentKey(
            "oxygenDevice", concept: "oxygenSupport", words: ["room-air": "none", "face-mask": "faceMask"]),
        ]),
      "ice": InstrumentFilling(
        assigned: "iceScore",
        keys: [
          InstrumentKey("orientedYear", concept: "iceOrientedYear"),
          InstrumentKey("unarousable", concept: "iceUnarousable"),
        ]),
      "icans": InstrumentFilling(
        assigned: "icansGrade",
        keys: [InstrumentKey("consciousness", concept: "consciousness", words: ["to-voice": "awakensToVoice"])]),
    ],
    items: GradingItems(
      age: ItemReference(form: "demographics", item: "AGE"), sex: ItemReference(form: "demographics", item: "SEX"),
      visitDate: ItemReference(form: "visit", item: "DATE")), daily: ["bodyTemperature", "neutrophils"],
    courses: CoursePlan(
      copies: "copies", copiesLimit: "limit", copiesBelow: "below", bCells: "bCellCount", bCellsDepleted: 1,
      bCellsDepletedInclusive: false, bCellsReturned: 10, immunoglobulin: "igg", immunoglobulinSevere: 4))
}

/// A participant in a test, whose forms are filled in as if by somebody: LD 1 on 2026-03-01 at 9:00, the infusion on
/// 2026-03-06 at 10:00.
struct GradedParticipant {
  var trial = TrialScenario.candidate()

  init() {
    trial.book = .graded
    trial.wait(days: 90)
  }

  static func moment(_ local: String) -> Moment {
    known {
      guard let moment = Moment("\(local):00+01:00[Europe/Berlin]") else {
        throw InvalidCode(local, expected: "a time")
      }
      return moment
    }
  }

  /// LD 1 is given.
  mutating func lymphodeplete(on local: String = "2026-03-01T09:00") {
    trial.given(
      .way(
        .first,
        .lymphodepletionGiven(
          dose: LymphodepletionDose(number: 1, round: 1, infusable: 0...1, gate: [], outsideGate: false))),
      at: Self.moment(local))
  }

  /// The infusion begins.
  mutating func infuse(on local: String = "2026-03-06T10:00") {
    trial.given(
      .product(.first, .infusionStarted(bag: .first, outsideGate: false, lines: [])), at: Self.moment(local))
  }

  /// Entries of a form; a time of day goes into its item DATE.
  mutating func fill(_ form: String, at local: String? = nil, _ entries: Entry...) {
    fill(form, at: local, entries)
  }

  /// The same for a list of entries.
  mutating func fill(_ form: String, at local: String? = nil, _ entries: [Entry]) {
    let dated = local.map { [Entry("DATE", .value("\($0)+01:00"))] } ?? []
    trial.given(.casebook(.first, .saved(form: Self.key(form), entries: dated + entries, source: nil, reason: nil)))
  }

  /// Ranges of the site's laboratory.
  mutating func ranges(_ ranges: NormalRange...) {
    trial.given(.laboratory(.berlin, .rangesImported(file: .example, ranges: ranges)))
  }

  static func key(_ text: String) -> FormKey { known { try FormKey(text) } }

  var grading: Grading {
    Grading(of: trial.of(), laboratories: trial.state.laboratories, book: trial.book)
  }

  /// The values of an analyte, graded.
  func graded(_ analyte: String) -> [GradedValue] { grading.graded.flatMap(\.self).filter { $0.analyte == analyte } }

  /// The grades of an analyte, oldest first, in a direction.
  func grades(_ analyte: String, _ direction: CTCAE.Direction = .low) -> [Int?] {
    graded(analyte).map { $0[direction]?.grade }
  }

  /// What a command leads to.
  mutating func perform(_ command: any TrialCommand, by actor: Acting = .investigator) throws(Refusal) {
    try trial.perform(command, by: actor)
  }
}

extension Entry {
  /// A value with its unit and the range that the laboratory printed.
  static func lab(_ item: String, _ text: String, _ unit: String, low: Decimal? = nil, high: Decimal? = nil) -> Entry {
    Entry(item, .value(text, unit: unit), low: low, high: high)
  }
}
