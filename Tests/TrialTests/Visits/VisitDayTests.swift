import ClinicalValues
import Testing

@testable import StudyDesign
@testable import Trial

/// What says on which day a visit was held, and what becomes of a deviation where that was wrong.
struct VisitDayTests {
  private static let book = FormBook(
    forms: Array(ShippedStudy.book.forms.values),
    schedule: SchedulePlan(
      visits: [
        VisitPlan(
          id: "D28", title: "Day 28", epoch: "treatment", anchor: .dayZero, day: 28...28, window: 0...3, mode: .site,
          activities: [])
      ], activities: []))

  /// Forty days after the infusion; nothing is recorded of the visit yet.
  private func trial() -> TrialScenario {
    var trial = TrialScenario.watched(infused: [.first: 40])
    trial.book = Self.book
    return trial
  }

  private func visit(_ trial: TrialScenario) throws -> CalendarVisit {
    let watched = WatchedParticipant(trial.of(), now: trial.now, plan: trial.plan, book: Self.book)
    return try #require(ParticipantCalendar(of: watched).visit("D28"))
  }

  private func hold(_ day: Int, _ trial: inout TrialScenario, correction: String? = nil) throws -> [RecordEvent] {
    let events = try trial.tell(
      "visit", visit: "D28", ["SVOCCUR": "true", "SVSTDTC": trial.ago(days: 40 - day).dateTime.description],
      correction: correction)
    return records(events)
  }

  private func records(_ events: [TrialEvent]) -> [RecordEvent] {
    events.compactMap { if case .record(_, let event) = $0 { event } else { nil } }
  }

  private func asks(_ trial: TrialScenario) -> Bool {
    trial.worklist.tasks.contains { $0.kind == .classifyDeviation }
  }

  @Test(arguments: [(-20, VisitStatus.missed), (20, .missed), (29, .done), (35, .done)])
  func `what a form of it is about has its own date, which says of no day that the visit was held on it`(
    _ day: Int, _ status: VisitStatus
  ) throws {
    var trial = trial()
    let events = try trial.tell(
      "echocardiogram", visit: "D28", ["CVDTC": trial.ago(days: 40 - day).date.description])
    #expect(records(events) == [])
    let visit = try visit(trial)
    #expect(visit.held == nil && visit.status == status)
  }

  @Test func `a day outside the window is a deviation, which lapses where the day was wrong and can come again`() throws
  {
    var trial = trial()
    let opened = try hold(35, &trial)
    #expect(opened.count == 1 && trial.of().record.noticed == [.window("D28", 1)] && asks(trial))
    #expect(records(trial.watch()) == [])
    #expect(try hold(30, &trial, correction: "The month was misread.") == [])
    #expect(records(trial.watch()) == [.deviationLapsed(deviation: 1)])
    #expect(trial.of().record.deviations.map(\.isLapsed) == [true] && !asks(trial))
    #expect(records(trial.watch()) == [])
    #expect(try hold(36, &trial, correction: "It was right.").count == 1)
    #expect(trial.of().record.deviations.map(\.isClosed) == [true, false] && asks(trial))
  }

  @Test func `a visit that was missed lapses where it was held in its window, and is one deviation where it was not`()
    throws
  {
    var trial = trial()
    #expect(records(trial.watch()).count == 1)
    #expect(trial.of().record.noticed == [.visit("D28", 1)])
    var other = trial
    #expect(try hold(30, &trial) == [])
    #expect(records(trial.watch()) == [.deviationLapsed(deviation: 1)])
    #expect(try hold(36, &other) == [])
    #expect(records(other.watch()) == [])
    #expect(other.of().record.deviations.map(\.isClosed) == [false])
  }

  @Test(arguments: [true, false])
  func `a visit at the end of the window that stands in forms alone asks to be recorded, until it is`(
    _ isAssessed: Bool
  ) throws {
    func asked(_ trial: TrialScenario) -> [String] {
      trial.worklist.tasks.filter { $0.kind == .holdVisit }.map(\.title)
    }
    var trial = trial()
    #expect(try hold(29, &trial) == [])
    #expect(
      asked(trial) == [
        "Record that visit D28, Day 28 of 01-0001 took place, and whether toxicity was assessed: "
          + "interval or window wait for it."
      ])
    let recorded = RecordedVisit(visit: "D28", assessed: isAssessed, completes: false)
    trial.given(.way(.first, .visitRecorded(visit: recorded)), at: trial.ago(days: 11))
    #expect(asked(trial) == [])
  }

  @Test func `before the end of the interval and the window no assessment is waited for`() throws {
    var trial = trial()
    #expect(try hold(20, &trial).count == 1, "it is outside its window")
    #expect(!trial.worklist.tasks.contains { $0.kind == .holdVisit })
  }

  @Test func `what a person has opened about a visit is not noticed again, and does not lapse by itself`() throws {
    var trial = trial()
    let open = OpenDeviation(
      participant: .first, kind: .missedActivity, what: "They did not come.", about: "D28/1")
    try trial.perform(open, by: .coordinator)
    #expect(trial.of().record.noticed == [.visit("D28", 1)])
    trial.when(open, by: .coordinator).refused("already-noticed")
    for about in ["D29/1", "D28", "D28/x"] {
      let other = OpenDeviation(participant: .first, kind: .window, what: "They came late.", about: about)
      trial.when(other, by: .coordinator).refused("not-a-visit")
    }
    #expect(records(trial.watch()) == [])
    #expect(try hold(30, &trial) == [])
    #expect(records(trial.watch()) == [])
  }
}
