import ClinicalValues
import Testing

@testable import Trial

/// What an adverse event rests on: the values of its term on its days.
struct EventBasisTests {
  private func treated() -> GradedParticipant {
    var participant = GradedParticipant()
    participant.lymphodeplete()
    participant.infuse()
    participant.fill("BL/1/blood/1", at: "2026-02-28T08:00", .lab("NEUT", "4.0", "10*9/L", low: 2, high: 7))
    for (visit, day, count) in [("D1", "07", "0.4"), ("D3", "09", "0.2"), ("D5", "11", "0.8"), ("D28", "28", "3.0")] {
      participant.fill(
        "\(visit)/1/blood/1", at: "2026-03-\(day)T08:00", .lab("NEUT", count, "10*9/L", low: 2, high: 7))
    }
    return participant
  }

  private func event(_ term: String?, from start: String?, to end: String? = nil, kind: String? = nil) -> [Entry] {
    [("TERM", term), ("START", start), ("END", end), ("KIND", kind)].compactMap { item, text in
      text.map { Entry(item, .value($0)) }
    }
  }

  /// The days of March of the values that the only event rests on.
  private func days(_ entries: [Entry]) -> [Int?] {
    var participant = treated()
    participant.fill("log/1/events/1", entries)
    return participant.grading.bases.first?.values.map { $0.value.day?.day } ?? []
  }

  static let neutrophils = "Neutrophil count decreased"

  @Test(arguments: [
    ("while it goes on", neutrophils, "2026-03-07", nil as String?, [7, 9, 11] as [Int?]),
    ("of another term", "Anemia", "2026-03-07", nil, []),
    (
      "of an episode that it is part of, before its first day too", neutrophils, "2026-03-08", "2026-03-10", [7, 9, 11]
    ),
    ("before the episode", neutrophils, "2026-03-01", "2026-03-06", []),
    ("after it", neutrophils, "2026-03-12", nil, []),
    ("in a month that is all that is known", neutrophils, "2026-03", nil, [7, 9, 11]),
  ])
  func `an event rests on the values of its term on its days`(
    _ name: String, _ term: String, _ start: String, _ end: String?, _ expected: [Int?]
  ) {
    #expect(days(event(term, from: start, to: end)) == expected, "\(name)")
  }

  @Test func `without a term or a first day it rests on nothing that is known`() {
    #expect(days(event(nil, from: "2026-03-07")).isEmpty)
    #expect(days(event(Self.neutrophils, from: nil)).isEmpty)
  }

  @Test func `the task that asks for an event closes by the same link, and opens again with it`() {
    var participant = treated()
    func asked() -> Bool { participant.grading.tasks.contains { $0.kind == .recordAdverseEvent } }
    #expect(asked())
    participant.fill("log/1/events/1", event(Self.neutrophils, from: "2026-03-08"))
    #expect(!asked())
    #expect(participant.grading.bases.first?.worst?.grade == 4)
    participant.fill("log/1/events/1", event(nil, from: "2026-04-08"))
    #expect(asked())
    #expect(participant.grading.bases.first?.worst == nil)
  }

  @Test func `CRS rests on its assessments, but for those of grade 0`() {
    var participant = treated()
    for (day, temperature) in [("07", "37.0"), ("08", "38.5"), ("09", "39.4")] {
      participant.fill("D\(day.suffix(1))/1/vitals/1", at: "2026-03-\(day)T08:00", .lab("TEMP", temperature, "Cel"))
    }
    for (visit, day) in [("D1", "07"), ("D2", "08"), ("D3", "09")] {
      participant.fill(
        "\(visit)/1/crs/1", at: "2026-03-\(day)T09:00", Entry("HYPO", .value("false")), Entry("PRESS", .value("0")),
        Entry("OXY", .value("room-air")))
    }
    participant.fill("log/1/events/1", event("Other", from: "2026-03-07", kind: "CRS"))
    let basis = participant.grading.bases.first
    #expect(basis?.assessments.map { $0.when?.date.day } == [8, 9])
    #expect(basis?.assessments.map(\.grade) == [1, 1])
    #expect(basis?.values.isEmpty == true)
  }
}
