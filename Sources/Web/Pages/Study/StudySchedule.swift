import Conduct
import Markup
import StudyDesign

/// The visits of a version: from what they are reckoned, their windows, what is done there.
enum StudySchedule {
  static let page: Route.Handler = { request in
    let words = request.words
    let study = try await request.edition().study
    return .page(
      Page(
        words("Schedule of version {version}", ["version": study.version]), at: .study, trail: StudyPage.trail(words)
      ) {
        Markup.tag("section") {
          Part.table(
            words["Every visit of the schedule"],
            [
              words["Visit"], words["Reckoned from"], words["Days from then"], words["Window, days"],
              words["Activities"],
            ],
            study.schedule.visits.map { row($0, study, words) }, empty: words["The version has no schedule."])
        }
      })
  }

  private static func row(_ visit: VisitPlan, _ study: Study, _ words: Words) -> [Markup] {
    let activities = visit.activities.compactMap { study.schedule.activity($0.activity) }
    return [
      .fragment([
        .text(words.study(visit.title) + " "),
        visit.provisional == nil ? .fragment([]) : OutcomeMark.provisional(words),
      ]),
      .text(words.title(visit.anchor)), .text(span(visit.day)), .text(span(visit.window, signed: true)),
      Part.disclosure(.text(words("{count} activities", ["count": String(activities.count)]))) {
        Markup.tag("ul", ["class": "formlist"]) {
          for activity in activities { Markup.tag("li") { words.study(activity.title) } }
        }
      },
    ]
  }

  /// - Parameter signed: whether they lie on both sides of a day that is planned.
  private static func span(_ days: ClosedRange<Int>, signed: Bool = false) -> String {
    [days.lowerBound, days.upperBound].prefix(days.count)
      .map { $0 < 0 ? "−\(-$0)" : signed && $0 > 0 ? "+\($0)" : String($0) }.joined(separator: " … ")
  }
}

extension VisitAnchor: Titled {
  var title: String {
    switch self {
    case .consent: "consent"
    case .enrollment: "enrollment"
    case .leukapheresis: "leukapheresis"
    case .firstDose: "first dose of lymphodepletion"
    case .bookedDayZero: "booked Day 0"
    case .dayZero: "Day 0"
    case .lastProcedure: "last procedure"
    case .unscheduled: "not reckoned: unscheduled"
    }
  }
}
