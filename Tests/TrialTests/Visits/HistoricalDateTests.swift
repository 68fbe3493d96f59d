import ClinicalValues
import Testing

@testable import StudyDesign
@testable import Trial

/// Which date of a form says that a visit was held.
struct HistoricalDateTests {
  private static let book = FormBook(
    forms: Array(FormBook.example.forms.values),
    schedule: SchedulePlan(
      visits: [
        VisitPlan(
          id: "SCR", title: "Screening", epoch: "screening", anchor: .consent, day: 0...28, window: 0...0, mode: .site,
          activities: [])
      ], activities: []))

  /// The screening visit of somebody who consented on 2026-01-05, after forms of it were dated, as it stands 60 days later.
  private func screening(_ dates: [String]) throws -> CalendarVisit {
    var trial = try TrialScenario.consented()
    for (row, date) in dates.enumerated() {
      let form = try FormKey(visit: "SCR", form: "vitals", row: row + 1)
      trial.given(
        .casebook(
          .first, .saved(form: form, entries: [Entry("DATE", .value(date))], source: .hospitalRecord, reason: nil)))
    }
    trial.wait(days: 60)
    let watched = WatchedParticipant(trial.of(), now: trial.now, plan: trial.plan, book: Self.book)
    return try #require(ParticipantCalendar(of: watched).visit("SCR"))
  }

  @Test func `what is dated before consent is history, and says of no visit that it was held`() throws {
    let visit = try screening(["2017-12-27"])
    #expect(visit.held == nil && visit.status == .missed)
    let now = try #require(visit.dates?.since)
    #expect(visit.windowDeviation(at: now, in: RecordState()) == nil)
  }

  @Test func `what is dated after the window says of no visit that it was held`() throws {
    let visit = try screening(["2026-02-20"])
    #expect(visit.held == nil && visit.status == .missed)
  }

  @Test func `a form that is dated in the window says that it was held, and not when`() throws {
    for dates in [["2017-12-27", "2026-01-07"], ["2026-02-20", "2026-01-12"]] {
      let visit = try screening(dates)
      #expect(visit.held == nil && visit.status == .done, "\(dates)")
      let now = try #require(visit.dates?.since)
      #expect(visit.windowDeviation(at: now, in: RecordState()) == nil)
    }
  }
}
