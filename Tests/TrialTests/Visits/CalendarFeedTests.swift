import ClinicalValues
import Testing

@testable import StudyDesign
@testable import Trial

/// Planned times of a day, what was planned before, and both as a calendar program reads them.
struct CalendarFeedTests {
  private static let book = FormBook(
    forms: [.example("vitals", .repeated, dated: "AT", [.example("AT", .dateTime)])],
    schedule: SchedulePlan(
      visits: [
        visit("D0", day: 0, minutes: [-30, 15], fromInfusion: true), visit("D1", day: 1, minutes: [360, 840, 1320]),
      ],
      activities: [ActivityPlan(id: "vitals", title: "Vital signs", forms: ["vitals"])]))

  private static func visit(_ id: String, day: Int, minutes: [Int], fromInfusion: Bool = false) -> VisitPlan {
    VisitPlan(
      id: id, title: "Day \(day)", epoch: "treatment", anchor: .dayZero, day: day...day, window: 0...0, mode: .site,
      activities: [PlannedActivity(activity: "vitals", minutes: minutes, fromInfusion: fromInfusion)])
  }

  private func calendar(_ trial: TrialScenario) -> ParticipantCalendar {
    ParticipantCalendar(of: WatchedParticipant(trial.of(), now: trial.now, plan: trial.plan, book: Self.book))
  }

  private func times(_ visit: String, _ trial: TrialScenario) -> [PlannedTime] {
    calendar(trial).visit(visit)?.activities.first?.times ?? []
  }

  /// The day before the booked Day 0, on which it is booked for three days later.
  private func putOff() throws -> (trial: TrialScenario, before: CalendarDate) {
    var trial = try TrialScenario.conditioned()
    let before = try #require(trial.of().way.bookedDayZero)
    trial.wait(days: before.daysSinceEpoch - 1 - trial.now.day)
    try trial.perform(BookDayZero(participant: .first, day: trial.date(inDays: 4)), by: .coordinator)
    return (trial, before)
  }

  @Test func `what is done every eight hours has a time and a form each, on the day that is planned`() throws {
    let trial = try putOff().trial
    let times = times("D1", trial)
    #expect(times.map(\.form.description) == ["D1/1/vitals/1", "D1/1/vitals/2", "D1/1/vitals/3"])
    let expected = ["06:00", "14:00", "22:00"].map { "\(trial.date(inDays: 5))T\($0)" }
    #expect(times.map { String(($0.due?.description ?? "").prefix(16)) } == expected)
  }

  @Test func `times from the start of the infusion are not known before it`() throws {
    var trial = try putOff().trial
    #expect(times("D0", trial).map(\.due) == [nil, nil])
    trial.wait(days: 4)
    trial.given(.product(.first, .infusionStarted(bag: .first, outsideGate: false, lines: [])))
    let expected = [trial.ago(minutes: 30), trial.ago(minutes: -15)].map(\.dateTime.description)
    #expect(times("D0", trial).map { $0.due?.description } == expected)
  }

  @Test func `a booking that moves plans anew what hangs on it, and what was planned before stays readable`() throws {
    let (trial, before) = try putOff()
    let visit = try #require(calendar(trial).visit("D1"))
    #expect(visit.dates?.planned.first == trial.date(inDays: 5))
    #expect(visit.former.map(\.from) == [before])
    #expect(visit.former.map(\.planned.first.daysSinceEpoch) == [before.daysSinceEpoch + 1])
  }

  @Test func `the feed is an iCalendar stream, with the last event's stamp and how often a visit was planned anew`()
    throws
  {
    let trial = try putOff().trial
    let stamp = try #require(Moment("2026-01-05T09:00:00+01:00[Europe/Berlin]")).instant
    let text = CalendarFeed([calendar(trial)], title: "A, B", study: "cart", stamp: stamp).text
    #expect(text.hasPrefix("BEGIN:VCALENDAR\r\n") && text.hasSuffix("END:VCALENDAR\r\n"))
    #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
    let lines = text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
    #expect(lines.contains("X-WR-CALNAME:A\\, B"))
    let start = try #require(lines.firstIndex(of: "UID:01-0001.D1.1@cart.tandem"))
    let event = lines[start...].prefix { $0 != "END:VEVENT" }
    func day(_ days: Int) -> String { trial.date(inDays: days).description.replacing("-", with: "") }
    for line in [
      "DTSTAMP:20260105T080000Z", "DTSTART;VALUE=DATE:\(day(5))", "DTEND;VALUE=DATE:\(day(6))", "SEQUENCE:1",
      "SUMMARY:01-0001 D1\\, Day 1", "STATUS:TENTATIVE",
    ] {
      #expect(event.contains(line), "\(line)")
    }
    #expect(event.contains { $0.hasSuffix("\\n- Vital signs: 06:00 14:00 22:00") })
  }

  @Test func `a long line is folded at 75 octets, between characters`() {
    let line = String(repeating: "\u{E9}", count: 90)
    let folded = CalendarFeed.folded(line)
    #expect(folded.split(separator: "\r\n").map(\.utf8.count) == [74, 75, 33])
    #expect(folded.replacing("\r\n ", with: "") == line)
  }
}
