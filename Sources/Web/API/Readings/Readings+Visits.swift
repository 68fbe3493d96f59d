import ClinicalValues
import Trial

extension Readings {
  private static let span = Shape<DaySpan>.object(
    "DaySpan", "From the first day through the last.",
    [.text("first") { $0.first.description }, .text("last") { $0.last.description }])

  private static let activity = Shape<CalendarActivity>.object(
    "Activity", "Something that is done at a visit.",
    [
      .text("activity") { $0.activity }, .text("title") { $0.title },
      .truthOrNull("applies", "Whether it applies to this participant.") { $0.applies },
      .textOrNull("state") { $0.state?.rawValue },
      .texts("forms", "Its forms, by key.") { $0.forms.map(\.description) },
    ])

  private static let visit = Shape<CalendarVisit>.object(
    "Visit", "A visit of the schedule: when it is planned, its window, what became of it.",
    [
      .text("visit") { $0.visit }, .number("number") { $0.number }, .text("title") { $0.title },
      .choice("status", of: VisitStatus.allCases.map(\.rawValue)) { $0.status.rawValue },
      .textOrNull("reason") { $0.reason }, .truthOrNull("applies") { $0.applies },
      .objectOrNull("planned", span) { $0.dates?.planned }, .objectOrNull("window", span) { $0.dates?.window },
      .textOrNull("held") { $0.held?.description }, .list("activities", activity) { $0.activities },
    ])

  /// A participant's visits.
  static let calendar = Shape<ParticipantCalendar>.object(
    "Calendar", "A participant's visits, in the order of the schedule.",
    [
      .text("participant") { $0.participant.description }, .text("at") { $0.now.description },
      .list("visits", visit) { $0.visits },
    ])
}
