import ClinicalValues
import Instruments
import Testing

@testable import Trial

/// Fever above 40.0 Cel is grade 3 for up to 24 hours and grade 4 beyond (CTCAE v5.0): the hours come from the series.
struct FeverTests {
  /// A series of temperatures by hours from 1 March, 00:00, and the grade of each.
  static let series: [(name: String, values: [(hour: Int, cel: String)], grades: [Int?])] = [
    (
      "up to 24 hours by a value below before it", [(0, "38.4"), (8, "40.3"), (16, "40.4"), (24, "40.2")], [1, 3, 3, 3]
    ),
    (
      "24 hours to the minute are not more",
      [(0, "39.9"), (8, "40.1"), (16, "40.1"), (24, "40.1"), (32, "40.1")], [2, 3, 3, 3, 3]
    ),
    (
      "more than 24 hours",
      [(0, "39.9"), (8, "40.1"), (16, "40.1"), (24, "40.1"), (32, "40.1"), (40, "40.1"), (48, "38.9")],
      [2, 3, 3, 3, 3, 4, 1]
    ),
    ("exactly 40.0 is not above it", [(0, "40.1"), (12, "40.0"), (24, "40.1"), (36, "40.1")], [3, 2, 3, 3]),
    ("nobody looked in between", [(0, "40.5"), (26, "40.5")], [3, 3]),
    ("nobody looked before", [(0, "40.5")], [3]),
  ]

  private func participant(_ values: [(hour: Int, cel: String)]) -> GradedParticipant {
    var participant = GradedParticipant()
    participant.lymphodeplete(on: "2026-02-20T09:00")
    for (index, value) in values.enumerated() {
      let (day, hour) = (value.hour / 24 + 1, value.hour % 24)
      let time = "2026-03-0\(day)T\(hour < 10 ? "0" : "")\(hour):00"
      participant.fill("D1/1/vitals/\(index + 1)", at: time, .lab("TEMP", value.cel, "Cel"))
    }
    return participant
  }

  @Test(arguments: series.indices) func `the grade follows how long it has lasted`(_ index: Int) {
    let series = Self.series[index]
    #expect(participant(series.values).grades("temperature", .high) == series.grades, "\(series.name)")
  }

  @Test(arguments: [
    ([(0, "40.5")], true), ([(0, "38.0"), (8, "40.5")], false), ([(0, "40.5"), (26, "40.5")], true),
    ([(0, "39.2")], false),
  ])
  func `where the duration is not known the rule says so, and the grade stays 3`(
    _ values: [(hour: Int, cel: String)], _ isTold: Bool
  ) {
    let rule = participant(values).graded("temperature").last?[.high]?.rule ?? ""
    #expect(rule.contains("would be grade 4; how long it has lasted is not known.") == isTold, "\(rule)")
  }

  @Test func `a date without a time breaks the series`() {
    var participant = participant([(0, "38.0"), (8, "40.5"), (16, "40.5")])
    participant.trial.given(
      .casebook(
        .first,
        .saved(
          form: GradedParticipant.key("D2/1/vitals/1"),
          entries: [Entry("DATE", .value("2026-03-01")), .lab("TEMP", "40.6", "Cel")], source: nil, reason: nil)))
    #expect(participant.grades("temperature", .high) == [1, 3, 3, 3])
    #expect(participant.graded("temperature").last?[.high]?.rule.contains("not known") == true)
  }
}
