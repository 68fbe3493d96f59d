import ClinicalValues
import Markup
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// Adverse events by grade over time, and what was seen each day.
struct EventGradesTests {
  /// Infused on January 5; a fever from the day after on, of which the course is recorded, and a headache without a course.
  private static func stage() async throws -> ParticipantStage {
    var stage = try await ParticipantStage()
    let bag = BagNumber(lot: LotNumber(participant: stage.id, lot: 1), bag: 1)
    try stage.record(.product(stage.id, .infusionStarted(bag: bag, outsideGate: false, lines: [])))
    try stage.save(
      try FormKey("log/1/adverseEvent/1"),
      ["AETERM": "Fever", "AESTDTC": "2026-01-06", "AEENDTC": "2026-01-10", "AETOXGR": "3"])
    try stage.save(
      try FormKey("log/1/adverseEventCourse/1"),
      ["FAAENO": "1", "FADTC": "2026-01-07T08:00:00+01:00", "FATOXGR": "1"])
    try stage.save(
      try FormKey("log/1/adverseEventCourse/2"),
      ["FAAENO": "1", "FADTC": "2026-01-09T08:00:00+01:00", "FATOXGR": "3"])
    try stage.save(
      try FormKey("log/1/adverseEvent/2"), ["AETERM": "Headache", "AESTDTC": "2026-02-01", "AETOXGR": "2"])
    return stage
  }

  private func grades(_ event: Int, shown: ShownDays = .all) async throws -> DayGrades {
    let stage = try await Self.stage()
    let events = try stage.participant.adverseEvents(by: stage.study.conduct.safety)
    let found = try #require(events.first { $0.number == event })
    let zero = try ParticipantStage.moment("2026-01-05T10:00").day
    return DayGrades(of: found, from: zero, until: try ParticipantStage.moment("2026-02-10T10:00")).shown(on: shown)
  }

  @Test func `an event is drawn by the course of its grades, unknown before the first of them`() async throws {
    let expected: [Int: Int?] = [1: nil, 2: 1, 3: 1, 4: 3, 5: 3]
    #expect(try await grades(1).worst == expected)
    #expect(try await grades(1, shown: .fourWeeks).worst == expected)
  }

  @Test func `an event without a course stands with its worst grade, to now while it goes on`() async throws {
    let found = try await grades(2)
    #expect(found.worst.keys.sorted() == Array(27...36) && found.highest == 2)
    #expect(try await grades(2, shown: .fourWeeks).worst.keys.sorted() == [27, 28])
  }

  @Test func `what was seen each day has a row a day, each value with its grade`() async throws {
    let stage = try await Self.stage()
    let cells = [
      ToxicityGrid.Line(id: "bodyTemperature", unit: "Cel", cells: [1: .init(text: "39.5", grade: 2)]),
      ToxicityGrid.Line(id: "crs", unit: nil, cells: [2: .init(text: "1 (assigned)", grade: 1)]),
    ]
    let grid = ToxicityGrid(days: 0...28, lines: cells, iceBaseline: nil)
    let printed = DayGridTable(grid: grid, study: stage.study, words: stage.words).markup.printed(as: .html)
    #expect(printed.contains("39.5 (2)") && printed.contains("Body temperature") && printed.contains(">CRS<"))
    #expect(printed.contains("1 (assigned)") && !printed.contains("1 (assigned) (1)"))
    #expect(printed.matches(of: /<tr>/).count == 3, "a heading and two days")
  }
}
