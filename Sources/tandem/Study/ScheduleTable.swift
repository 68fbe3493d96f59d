import StudyDesign

/// The schedule, as `study schedule` prints it: visits with their days, then a table of visits by activities.
enum ScheduleTable {
  static func text(_ schedule: SchedulePlan) -> String {
    guard !schedule.visits.isEmpty else { return "The study has no schedule.\n" }
    var visits = Table("visit", "counts from", "day", "window", "held", "title")
    for visit in schedule.visits {
      visits.add(
        visit.id, words(visit.anchor), visit.anchor == .unscheduled ? "-" : span(visit.day, sign: false),
        visit.anchor == .unscheduled || visit.window == 0...0 ? "-" : span(visit.window, sign: true),
        words(visit.mode), visit.title + (visit.applies.map { " (if \($0))" } ?? ""))
    }
    return visits.text(whenEmpty: "") + "\n" + matrix(schedule)
  }

  /// A row an activity; a cell holds how often it is planned at that visit. Visits stand in blocks that fit a page.
  private static func matrix(_ schedule: SchedulePlan) -> String {
    let width = schedule.activities.map(\.id.count).max() ?? 0
    var text = ""
    var block: [VisitPlan] = []
    var used = width
    func flush() {
      guard !block.isEmpty else { return }
      let header = block.map { $0.id }
      text += "".padded(to: width) + "  " + header.joined(separator: "  ") + "\n"
      for activity in schedule.activities {
        let cells = block.map { cell($0, activity.id).padded(to: $0.id.count) }
        guard cells.contains(where: { $0.contains { $0 != " " } }) else { continue }
        var line = activity.id.padded(to: width) + "  " + cells.joined(separator: "  ")
        while line.hasSuffix(" ") { line.removeLast() }
        text += line + "\n"
      }
    }
    for visit in schedule.visits {
      if used + 2 + visit.id.count > 100 {
        flush()
        text += "\n"
        (block, used) = ([], width)
      }
      block.append(visit)
      used += 2 + visit.id.count
    }
    flush()
    return text
  }

  private static func cell(_ visit: VisitPlan, _ activity: String) -> String {
    let planned = visit.activities.filter { $0.activity == activity }
    guard !planned.isEmpty else { return "" }
    let times = planned.map { max($0.minutes.count, 1) }.reduce(0, +)
    return times == 1 ? "x" : "\(times)"
  }

  private static func span(_ days: ClosedRange<Int>, sign: Bool) -> String {
    func text(_ day: Int) -> String { sign && day > 0 ? "+\(day)" : "\(day)" }
    return days.count == 1 ? text(days.lowerBound) : "\(text(days.lowerBound)) to \(text(days.upperBound))"
  }

  private static func words(_ anchor: VisitAnchor) -> String {
    switch anchor {
    case .consent: "consent"
    case .enrollment: "enrollment"
    case .leukapheresis: "leukapheresis"
    case .firstDose: "first LD dose"
    case .bookedDayZero: "booked Day 0"
    case .dayZero: "Day 0"
    case .lastProcedure: "last procedure"
    case .unscheduled: "unscheduled"
    }
  }

  private static func words(_ mode: VisitMode) -> String {
    switch mode {
    case .site: "site"
    case .siteOrCall: "site or call"
    case .laboratory: "laboratory"
    }
  }

  static func json(_ schedule: SchedulePlan) -> JSON {
    .object([
      (
        "visits",
        .array(
          schedule.visits.map { visit in
            .object([
              ("id", .string(visit.id)), ("title", .string(visit.title)), ("epoch", .string(visit.epoch)),
              ("anchor", .string(visit.anchor.rawValue)), ("day", range(visit.day)), ("window", range(visit.window)),
              ("mode", .string(visit.mode.rawValue)), ("applies", visit.applies.map { .string($0) } ?? .null),
              ("provisional", visit.provisional.map { .string($0) } ?? .null),
              (
                "activities",
                .array(
                  visit.activities.map { planned in
                    .object([
                      ("id", .string(planned.activity)), ("minutes", .array(planned.minutes.map { .integer($0) })),
                      ("fromInfusion", .boolean(planned.fromInfusion)),
                    ])
                  })
              ),
            ])
          })
      ),
      (
        "activities",
        .array(
          schedule.activities.map { activity in
            .object([
              ("id", .string(activity.id)), ("title", .string(activity.title)), ("forms", .strings(activity.forms)),
              ("applies", activity.applies.map { .string($0) } ?? .null),
              ("provisional", activity.provisional.map { .string($0) } ?? .null),
            ])
          })
      ),
    ])
  }

  private static func range(_ days: ClosedRange<Int>) -> JSON {
    .object([("low", .integer(days.lowerBound)), ("high", .integer(days.upperBound))])
  }
}
