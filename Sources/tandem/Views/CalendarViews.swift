import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// `tandem participant calendar`
struct ParticipantCalendarView: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar",
    abstract: "A participant's visits: planned days and windows, former plans, where each stands, what is done at it.")

  @Argument(help: "The participant's number, 03-0007.") var participant: String
  @Option(help: "One visit with everything that is done at it, D28.") var visit: String?
  @Flag(help: "Print it as iCalendar (RFC 5545), for a calendar program.") var ics = false
  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.open()
      try await visit.requireReader()
      let found = try await visit.participant(participant)
      let live = visit.running.live
      let calendars = try await live.calendars(of: [found.id])
      if ics { return .view(await live.feed(of: calendars, title: "Visits of \(found.id)")) }
      guard let calendar = calendars.first else { throw Unusable("\(found.id) has no calendar.") }
      let state = try await live.state()
      guard let id = self.visit else {
        return .view(
          text: { CalendarText.text(calendar) }, json: { marked(state, CalendarText.members(calendar)) })
      }
      let visits = calendar.visits.filter { $0.visit == id }
      guard !visits.isEmpty else {
        let known = calendar.visits.map(\.visit).joined(separator: ", ")
        throw ValidationError("There is no visit ‘\(id)’. The visits are: \(known).")
      }
      return .view(
        text: { visits.map { CalendarText.details($0) }.joined(separator: "\n") },
        json: { marked(state, [("visits", .array(visits.map { CalendarText.json($0) }))]) })
    }
  }
}

/// `tandem site calendar`
struct SiteCalendar: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar",
    abstract: "The visits of all participants of a site that are to be held, or were missed, day by day.")

  @Argument(help: "The site, 01; left out for your own.") var of: String?
  @Flag(help: "Print all visits as iCalendar (RFC 5545), for a calendar program.") var ics = false
  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.open()
      try await visit.requireReader()
      let live = visit.running.live
      let state = try await live.state()
      guard let site = try of.map({ try site($0) }) ?? visit.actor.site, state.sites[site] != nil else {
        throw ValidationError("Name a site of the study: tandem site calendar 01. tandem site list shows them.")
      }
      guard visit.sees(site) else {
        throw Refusal(
          "other-site", because: "Site \(site) is not yours.", remedy: "Ask a colleague of that site.")
      }
      let there = Set(state.participants.values.filter { $0.way.site == site }.map(\.id))
      let calendars = try await live.calendars(of: there)
      if ics { return .view(await live.feed(of: calendars, title: "Visits at site \(site)")) }
      return .view(
        text: { CalendarText.agenda(calendars) },
        json: {
          marked(
            state,
            [
              ("site", .string(site.description)),
              ("calendars", .array(calendars.map { .object(CalendarText.members($0)) })),
            ])
        })
    }
  }

  private func site(_ text: String) throws -> SiteID {
    do { return try SiteID(text) } catch { throw ValidationError("\(error)") }
  }
}

extension Answer {
  /// A feed as it is; for programs, in a text.
  fileprivate static func view(_ feed: CalendarFeed) -> Answer {
    .view(text: { feed.text }, json: { .object([("ics", .string(feed.text))]) })
  }
}

/// Calendars, for people and for programs.
enum CalendarText {
  /// A row a visit, in the order of the schedule.
  static func text(_ calendar: ParticipantCalendar) -> String {
    var table = Table("visit", "planned", "window", "held", "status", "title")
    for visit in calendar.visits where visit.status != .notApplicable {
      table.add(
        visit.number == 1 ? visit.visit : visit.key, planned(visit), visit.dates?.window.description ?? "-",
        visit.held?.description ?? "-", words(visit.status) + (visit.applies == nil ? " (if it applies)" : ""),
        visit.title + note(visit))
    }
    let left = calendar.visits.filter { $0.status == .notApplicable }
    var page = Page()
    page.line("Calendar of \(calendar.participant) at \(EventText.clock(calendar.now))")
    let reasons = Dictionary(grouping: left) { $0.reason ?? "" }
    var end = Page()
    for (reason, visits) in reasons.sorted(by: { $0.key < $1.key }) {
      end.entry("not asked", "\(visits.map(\.visit).joined(separator: ", ")). \(reason)", labelWidth: 9)
    }
    return page.text + table.text(whenEmpty: "The study has no schedule.") + end.text
  }

  private static func planned(_ visit: CalendarVisit) -> String {
    guard let dates = visit.dates else { return "-" }
    return dates.planned.description + (dates.isBooked ? " (booked)" : "")
  }

  private static func note(_ visit: CalendarVisit) -> String {
    let former = visit.former.isEmpty ? "" : ", planned anew \(visit.former.count)x"
    return former + (visit.reason.map { ", \($0)" } ?? "")
  }

  /// One visit with its former plans and everything that is done at it.
  static func details(_ visit: CalendarVisit) -> String {
    var page = Page()
    page.line("Visit \(visit.key), \(visit.title): \(words(visit.status))" + (visit.reason.map { ", \($0)" } ?? ""))
    if let held = visit.held { page.entry("  held", held.description, labelWidth: 10) }
    if let dates = visit.dates { page.entry("  planned", words(dates), labelWidth: 10) }
    for dates in visit.former.reversed() { page.entry("  before", words(dates), labelWidth: 10) }
    for activity in visit.activities {
      page.entry("  activity", words(activity), labelWidth: 10)
      for time in activity.times {
        page.entry("    \(clock(time.due))", "\(time.form), \(words(time.state))", labelWidth: 22)
      }
    }
    return page.text
  }

  private static func words(_ activity: CalendarActivity) -> String {
    var words = activity.title
    if activity.applies == nil { words += " (if it applies)" }
    if activity.applies == false { words += " (does not apply)" }
    guard let state = activity.state else { return words + ", in a log" }
    return words + ", " + Self.words(state)
  }

  private static func words(_ state: FormState) -> String { EventText.words(ofName: state.rawValue) }

  /// A date and time by the clocks of the site.
  private static func clock(_ due: DateTime?) -> String {
    guard let due else { return "not known yet" }
    return "\(due.date) " + (due.time.map { "\($0)" } ?? "").prefix(5)
  }

  private static func words(_ dates: VisitDates) -> String {
    let booked = dates.isBooked ? " as booked" : ""
    return "\(dates.planned), window \(dates.window), from \(EventText.words(ofName: dates.anchor.rawValue)) "
      + "\(dates.from)\(booked); since \(EventText.clock(dates.since))"
  }

  /// What is to be held at a site, by the first day on which it may be, and what was missed.
  static func agenda(_ calendars: [ParticipantCalendar]) -> String {
    var lines: [(first: Int, participant: ParticipantID, visit: CalendarVisit)] = []
    for calendar in calendars {
      for visit in calendar.visits where isPending(visit.status) {
        guard let window = visit.dates?.window else { continue }
        lines.append((window.days.lowerBound, calendar.participant, visit))
      }
    }
    var table = Table("window", "participant", "visit", "status", "title")
    for line in lines.sorted(by: { ($0.first, $0.participant) < ($1.first, $1.participant) }) {
      let window = line.visit.dates?.window.description ?? "-"
      let status = words(line.visit.status) + (line.visit.applies == nil ? " (if it applies)" : "")
      table.add(window, line.participant.description, line.visit.key, status, line.visit.title)
    }
    return table.text(whenEmpty: "No visit is to be held.")
  }

  private static func isPending(_ status: VisitStatus) -> Bool {
    status.isOpen || status == .missed || status == .unknown
  }

  private static func words(_ status: VisitStatus) -> String { EventText.words(ofName: status.rawValue) }

  static func members(_ calendar: ParticipantCalendar) -> [(String, JSON)] {
    [
      ("participant", .string(calendar.participant.description)), ("site", JSON(calendar.site?.description)),
      ("at", .string(calendar.now.description)), ("visits", .array(calendar.visits.map { json($0) })),
    ]
  }

  static func json(_ visit: CalendarVisit) -> JSON {
    .object([
      ("visit", .string(visit.visit)), ("number", .integer(visit.number)), ("title", .string(visit.title)),
      ("mode", .string(visit.mode.rawValue)), ("status", .string(visit.status.rawValue)),
      ("reason", JSON(visit.reason)), ("applies", visit.applies.map { .boolean($0) } ?? .null),
      ("held", JSON(visit.held?.description)), ("dates", visit.dates.map { json($0) } ?? .null),
      ("former", .array(visit.former.map { json($0) })),
      (
        "activities",
        .array(
          visit.activities.map { activity in
            .object([
              ("activity", .string(activity.activity)), ("title", .string(activity.title)),
              ("applies", activity.applies.map { .boolean($0) } ?? .null), ("state", JSON(activity.state?.rawValue)),
              ("forms", .strings(activity.forms.map(\.description))),
              (
                "times",
                .array(
                  activity.times.map { time in
                    .object([
                      ("form", .string(time.form.description)), ("minutes", .integer(time.minutes)),
                      ("due", JSON(time.due?.description)), ("state", .string(time.state.rawValue)),
                    ])
                  })
              ),
            ])
          })
      ),
    ])
  }

  private static func json(_ dates: VisitDates) -> JSON {
    .object([
      ("anchor", .string(dates.anchor.rawValue)), ("from", .string(dates.from.description)),
      ("booked", .boolean(dates.isBooked)), ("since", .string(dates.since.description)),
      ("planned", json(dates.planned)), ("window", json(dates.window)),
    ])
  }

  private static func json(_ span: DaySpan) -> JSON {
    .object([("first", .string(span.first.description)), ("last", .string(span.last.description))])
  }
}
