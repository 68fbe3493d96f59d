import ClinicalValues
import Markup
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// A form of a visit that nothing plans yet says so before anything is entered, and after.
struct UnplannedVisitTests {
  private func notice(_ visit: String, of stage: ParticipantStage, form: String? = nil) throws -> String {
    UnplannedVisit.notice(
      try stage.calendar().visit(visit), of: stage.study, form: stage.study.forms.first { $0.id == form }, stage.words
    ).plainText
  }

  @Test(arguments: [
    ("SCR", "no consent is recorded."), ("LEU", "the participant is not enrolled."), ("BL", "Day 0 is not booked."),
    ("D28", "Day 0 is not booked."), ("UNS", ""),
  ])
  func `what it is counted from is named`(visit: String, why: String) async throws {
    let notice = try notice(visit, of: try await ParticipantStage(), form: "vitalSigns")
    #expect(notice.contains(why) && notice.isEmpty == why.isEmpty, "\(notice)")
    #expect(why.isEmpty || notice.contains("does not say that it was held"))
  }

  @Test func `on the page of the whole visit its own form says that it was held`() async throws {
    var stage = try await ParticipantStage()
    let open = try notice("D28", of: stage)
    #expect(open.contains("Only the visit's own form says that it was held") && !open.contains("entered here"))
    try stage.save(try FormKey("D28/1/visit/1"), ["SVOCCUR": "true", "SVSTDTC": "2026-01-05T10:30+01:00"])
    #expect(try notice("D28", of: stage).contains("it counts as held"))
  }

  @Test func `it stays there once something is entered, and goes with the plan`() async throws {
    var stage = try await ParticipantStage()
    let consent = GivenConsent(
      version: "1.0", site: stage.id.site, obtainedBy: try AccountID("ivan.kral"), adult: true, copyGiven: true)
    try stage.record(.way(stage.id, .consented(consent: consent)))
    #expect(try notice("SCR", of: stage).isEmpty)
    try stage.save(try FormKey("D28/1/vitalSigns/1"), ["VSDTC": "2026-01-05T10:30+01:00"])
    #expect(try notice("D28", of: stage, form: "vitalSigns").contains("Day 0 is not booked."))
    try stage.save(try FormKey("D28/1/visit/1"), ["SVOCCUR": "true", "SVSTDTC": "2026-01-05T10:30+01:00"])
    #expect(try notice("D28", of: stage, form: "visit").contains("it counts as held"))
    let day = try #require(CalendarDate("2026-02-02"))
    try stage.record(.way(stage.id, .dayZeroBooked(day: day)))
    #expect(try notice("D28", of: stage, form: "visit").isEmpty)
  }
}
