import ClinicalValues
import Testing

@testable import StudyDesign
@testable import Trial

/// A booked Day 0 that passes without the infusion: what is counted from it waits for the next booking.
struct LapsedDayZeroTests {
  private static let visits: [(id: String, day: Int)] = [("PRE", -1), ("D0", 0), ("D1", 1), ("D6", 6), ("D28", 28)]

  private static let book = FormBook(
    schedule: SchedulePlan(
      visits: visits.map { id, day in
        VisitPlan(
          id: id, title: id, epoch: "treatment", anchor: .dayZero, day: day...day, window: 0...0, mode: .site,
          activities: [])
      }, activities: []))

  private func watched(_ trial: TrialScenario) -> WatchedParticipant {
    WatchedParticipant(trial.of(), now: trial.now, plan: trial.plan, book: Self.book)
  }

  private func statuses(_ trial: TrialScenario) -> [VisitStatus] {
    ParticipantCalendar(of: watched(trial)).visits.map(\.status)
  }

  /// Lymphodepleted, and so many days after the booked Day 0.
  private func trial(daysAfterBooked days: Int) throws -> TrialScenario {
    var trial = try TrialScenario.conditioned()
    let booked = try #require(trial.of().way.bookedDayZero)
    trial.wait(days: booked.daysSinceEpoch + days - trial.now.day)
    return trial
  }

  @Test func `on the booked day visits are due by it`() throws {
    let trial = try trial(daysAfterBooked: 0)
    #expect(statuses(trial) == [.missed, .due, .planned, .planned, .planned])
    #expect(watched(trial).dayZeroTasks.isEmpty)
  }

  @Test func `once it has passed nothing after it is due, overdue or missed`() throws {
    let trial = try trial(daysAfterBooked: 6)
    #expect(statuses(trial) == Self.visits.map { _ in .waitsForDayZero })
    let watched = watched(trial)
    #expect(watched.visitTasks(ParticipantCalendar(of: watched)).isEmpty)
    let all = Watched(state: trial.state, now: trial.now, plan: trial.plan, participants: [.first: watched])
    #expect(Watch.visits.facts(all).isEmpty)
  }

  @Test func `one task asks to book it anew, and waits once an investigator has given the reason`() throws {
    var trial = try trial(daysAfterBooked: 1)
    let booked = try #require(trial.of().way.bookedDayZero)
    let task = try #require(watched(trial).dayZeroTasks.first)
    #expect(
      task.title
        == "Day 0 (\(booked)) of 01-0001 has passed without the infusion: book it anew, or say why it is put off.")
    #expect(task.roles == [.principalInvestigator, .subInvestigator, .coordinator] && task.waits == nil)
    try trial.perform(JustifyDelay(participant: .first, reason: "fever since yesterday"))
    #expect(watched(trial).dayZeroTasks.map(\.waits) == ["The reason for the delay is given."])
    try trial.perform(BookDayZero(participant: .first, day: trial.date(inDays: 2)), by: .coordinator)
    #expect(watched(trial).dayZeroTasks.isEmpty)
    #expect(statuses(trial) == [.planned, .planned, .planned, .planned, .planned])
  }

  @Test func `what is done before the infusion is done again where it is put off on that very day`() throws {
    var trial = try trial(daysAfterBooked: -1)
    try trial.perform(RecordVisit(participant: .first, visit: "PRE", assessed: false), by: .nurse)
    trial.wait(hours: 2)
    try trial.perform(BookDayZero(participant: .first, day: trial.date(inDays: 4)), by: .coordinator)
    let calendar = ParticipantCalendar(of: watched(trial))
    #expect(calendar.visit("PRE")?.status == .done)
    #expect(calendar.visit("PRE", 2)?.status == .planned)
    #expect(calendar.visit("PRE", 2)?.dates?.planned.first == trial.date(inDays: 3))
    let all = Watched(state: trial.state, now: trial.now, plan: trial.plan, participants: [.first: watched(trial)])
    #expect(Watch.visits.facts(all).isEmpty)
  }

  @Test func `a visit for a day that was booked that morning counts for that day`() throws {
    var trial = try trial(daysAfterBooked: -1)
    try trial.perform(BookDayZero(participant: .first, day: trial.date(inDays: 4)), by: .coordinator)
    trial.wait(days: 2)
    try trial.perform(BookDayZero(participant: .first, day: trial.date(inDays: 1)), by: .coordinator)
    trial.wait(hours: 2)
    try trial.perform(RecordVisit(participant: .first, visit: "PRE", assessed: false), by: .nurse)
    let calendar = ParticipantCalendar(of: watched(trial))
    #expect(calendar.visit("PRE")?.status == .done)
    #expect(calendar.visit("PRE", 2) == nil)
  }

  @Test func `from the infusion on the actual Day 0 counts`() throws {
    var trial = try trial(daysAfterBooked: 2)
    trial.given(.product(.first, .infusionStarted(bag: .first, outsideGate: false, lines: [])))
    trial.wait(days: 1)
    #expect(watched(trial).dayZeroTasks.isEmpty)
    #expect(statuses(trial) == [.missed, .done, .due, .planned, .planned])
  }

  @Test func `who has left is not booked anew`() throws {
    var trial = try trial(daysAfterBooked: 1)
    trial.given(.way(.first, .died(cause: "accident")))
    #expect(watched(trial).dayZeroTasks.isEmpty)
  }
}
