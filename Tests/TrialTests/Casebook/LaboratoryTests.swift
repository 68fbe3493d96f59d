import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct LaboratoryTests {
  private static func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .least }

  private static func range(
    _ low: Decimal, _ high: Decimal, sex: AdministrativeSex? = nil, ages: ClosedRange<Int>? = nil,
    from: String = "2026-01-01", to: String? = nil, laboratory: String = "Central"
  ) -> NormalRange {
    NormalRange(
      laboratory: laboratory, concept: "hemoglobin", sex: sex, ageFrom: ages?.lowerBound, ageTo: ages?.upperBound,
      validFrom: day(from), validTo: to.map(day), low: low, high: high, unit: "g/L")
  }

  private func known(_ files: [[NormalRange]]) -> LaboratoryState {
    var state = LaboratoryState()
    for (index, ranges) in files.enumerated() {
      state.apply(
        Recorded(
          .rangesImported(file: Digest(of: "\(index)"), ranges: ranges), happened: Moment(Instant(milliseconds: 0)),
          recorded: Instant(milliseconds: 0), actor: Actor(account: "pi", role: ""), position: index + 1), of: .berlin)
    }
    return state
  }

  private func low(
    _ state: LaboratoryState, _ sex: AdministrativeSex? = .female, age: Int? = 40, on day: String
  ) -> Decimal? {
    state.range(laboratory: "Central", concept: "hemoglobin", sex: sex, age: age, on: Self.day(day))?.low
  }

  @Test func `a value keeps the range of its day`() {
    let state = known([[Self.range(115, 160)], [Self.range(110, 155, from: "2026-06-01")]])
    #expect(low(state, on: "2025-12-31") == nil)
    #expect(low(state, on: "2026-05-31") == 115)
    #expect(low(state, on: "2026-06-01") == 110)
  }

  @Test func `a corrected file replaces what it corrects, and nothing that began later`() {
    let state = known([[Self.range(115, 160)], [Self.range(110, 155, from: "2026-06-01")], [Self.range(117, 160)]])
    #expect(low(state, on: "2026-02-01") == 117)
    #expect(low(state, on: "2026-07-01") == 110)
  }

  @Test func `ranges go by sex and age, and hold for nobody of whom these are unknown`() {
    let state = known([
      [
        Self.range(115, 160, sex: .female), Self.range(130, 175, sex: .male, ages: 18...59),
        Self.range(120, 170, sex: .male, ages: 60...120),
      ]
    ])
    #expect(low(state, .male, age: 59, on: "2026-02-01") == 130)
    #expect(low(state, .male, age: 60, on: "2026-02-01") == 120)
    #expect(low(state, .male, age: nil, on: "2026-02-01") == nil)
    #expect(low(state, nil, on: "2026-02-01") == nil)
    #expect(low(state, .female, age: nil, on: "2026-02-01") == 115)
  }

  @Test func `a laboratory that is not on file has no ranges`() {
    let state = known([[Self.range(115, 160)]])
    #expect(
      state.range(laboratory: "Elsewhere", concept: "hemoglobin", sex: .male, age: 40, on: Self.day("2026-02-01"))
        == nil)
    #expect(state.ownLaboratory(of: .berlin) == "Central")
    #expect(state.ownLaboratory(of: .shanghai) == nil)
  }

  @Test func `a file is taken over whole or refused with every row that is wrong`() {
    let trial = TrialScenario.candidate()
    let good = Self.range(115, 160, sex: .female)
    let bad = [Self.range(160, 115, sex: .male), Self.range(100, 150), good]
    let outcome = trial.when(ImportRanges(of: .berlin, file: .example, ranges: [good] + bad), by: .coordinator)
    outcome.refused("ranges-refused")
    if case .refused(let refusal) = outcome {
      for row in ["Row 2", "Row 3", "Row 4"] { #expect(refusal.because.contains(row)) }
      #expect(!refusal.because.contains("Row 1:"))
    }
    trial.when(ImportRanges(of: .berlin, file: .example, ranges: [good]), by: .coordinator).then(
      .laboratory(.berlin, .rangesImported(file: .example, ranges: [good])))
  }

  @Test func `the same file again changes nothing; a study's laboratory is the principal investigator's`() throws {
    var trial = TrialScenario.candidate()
    let file = ImportRanges(file: .example, ranges: [Self.range(115, 160)])
    trial.when(file, by: .coordinator).refused("role-may-not")
    try trial.perform(file, by: .principalInvestigator)
    trial.when(file, by: .principalInvestigator).refused("nothing-changed")
    trial.when(ImportRanges(of: .shanghai, file: .other, ranges: [Self.range(1, 2)]), by: .coordinator)
      .refused("other-site")
  }

  @Test func `results of a file are taken over for all participants or for none`() throws {
    var trial = try TrialScenario.consented()
    let save = FormSave(participant: .first, form: .vitals, entries: [ReadEntry(.pulse("70"))])
    let bad = FormSave(participant: .first, form: .otherVitals, entries: [ReadEntry(.pulse("x"))])
    trial.when(RecordResults(file: .example, saves: [save, bad]), by: .nurse).refused("not-an-answer")
    try trial.perform(RecordResults(file: .example, saves: [save]), by: .nurse)
    trial.when(RecordResults(file: .example, saves: [save]), by: .nurse).refused("nothing-changed")
  }
}
