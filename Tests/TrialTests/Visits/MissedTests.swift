import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

/// When a visit, or what is done at one, counts as missed.
struct MissedTests {
  /// A visit whose window ends on day 100, with one activity.
  private func visit(
    _ status: VisitStatus, held: Int? = nil, _ activity: FormState = .complete, times: [FormState] = []
  ) throws -> CalendarVisit {
    let from = try #require(CalendarDate(daysSinceEpoch: 90))
    let dates = VisitDates(
      anchor: .dayZero, from: from, isBooked: false, since: try moment(90), planned: DaySpan(98...98),
      window: DaySpan(96...100))
    return CalendarVisit(
      visit: "D8", number: 1, title: "Day 8", mode: .site, dates: dates, former: [], applies: true, status: status,
      reason: nil, held: held.flatMap { CalendarDate(daysSinceEpoch: $0) },
      activities: [
        CalendarActivity(
          activity: "ecg", title: "ECG", applies: true, forms: [], state: activity,
          times: try times.enumerated().map { index, state in
            PlannedTime(
              form: try FormKey(visit: "D8", number: 1, form: "ecg", row: index + 1), minutes: index * 480,
              isFromInfusion: false, due: nil, state: state)
          })
      ])
  }

  private func moment(_ day: Int) throws -> Moment {
    Moment(Instant(milliseconds: day * 86_400_000 + 43_200_000), offsetMinutes: 0, zone: "UTC")
  }

  @Test(arguments: [
    (VisitStatus.missed, 101, false), (.missed, 107, false), (.missed, 108, true), (.notDone, 101, true),
  ])
  func `a visit of which nothing is recorded is waited for, one that was said not to be held is not`(
    _ status: VisitStatus, _ today: Int, _ isDeviation: Bool
  ) throws {
    let found = try visit(status).missedDeviation(at: moment(today), in: RecordState(), grace: 7)
    #expect((found != nil) == isDeviation)
  }

  @Test(
    arguments: [
      (FormState.notStarted, 98, 107, false), (.notStarted, 98, 108, true), (.notDone, 98, 101, true),
      (.notStarted, 104, 111, false), (.notStarted, 104, 112, true), (.complete, 98, 200, false),
    ])
  func `what was done at a visit may be recorded for some days after its window, or after the visit where it was late`(
    _ state: FormState, _ held: Int, _ today: Int, _ isDeviation: Bool
  ) throws {
    let visit = try visit(held > 100 ? .outOfWindow : .done, held: held, state)
    #expect((visit.activityDeviation(at: try moment(today), in: RecordState(), grace: 7) != nil) == isDeviation)
  }

  @Test func `one of several planned times that was left out is missed, once it can be recorded no more`() throws {
    let visit = try visit(.done, held: 98, .incomplete, times: [.complete, .notStarted, .complete])
    #expect(visit.activityDeviation(at: try moment(107), in: RecordState(), grace: 7) == nil)
    let found = try #require(visit.activityDeviation(at: try moment(108), in: RecordState(), grace: 7))
    #expect(found.what.hasSuffix("not all is recorded of: ECG."))
    #expect(found.about == [.activity("D8", 1, "ecg")])
  }

  @Test func `a planned time that was said not to be done, or is not through, is none that was left out`() throws {
    for last in [FormState.notDone, .incomplete] {
      let visit = try visit(.done, held: 98, .incomplete, times: [.complete, last])
      #expect(visit.activityDeviation(at: try moment(200), in: RecordState(), grace: 7) == nil)
    }
  }

  @Test func `without days of grace the end of the window is the end`() throws {
    #expect(try visit(.missed).missedDeviation(at: moment(101), in: RecordState(), grace: 0) != nil)
    #expect(try visit(.missed).missedDeviation(at: moment(100), in: RecordState(), grace: 0) == nil)
  }
}
