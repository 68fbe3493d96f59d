import ClinicalValues
import Conduct
import Markup
import Trial

/// A participant's visits: when planned, window, what became of each, and the forms that are filled there with their state.
struct VisitTable {
  private let calendar: ParticipantCalendar
  private let participant: ParticipantState
  private let words: Words

  init(_ calendar: ParticipantCalendar, _ participant: ParticipantState, _ words: Words) {
    self.calendar = calendar
    self.participant = participant
    self.words = words
  }

  var markup: Markup {
    Part.table(
      words["Every visit of the schedule"],
      [words["Visit"], words["Planned"], words["Window"], words["State"], words["Forms"]],
      calendar.visits.filter { $0.status != .notApplicable }.map(row), empty: words["No visit is planned yet."])
  }

  private func row(_ visit: CalendarVisit) -> [Markup] {
    [
      .text(words.study(visit.title) + (visit.number > 1 ? " (\(visit.number))" : "")),
      planned(visit, \.planned), planned(visit, \.window),
      .fragment([
        Part.badge(words.title(visit.status), visit.status.tone),
        visit.held.map { .text(" " + words.date($0)) } ?? .fragment([]),
      ]),
      forms(visit),
    ]
  }

  /// Days of the plan; struck through where the day that they are counted from holds no longer.
  private func planned(_ visit: CalendarVisit, _ days: (VisitDates) -> DaySpan) -> Markup {
    let shown = visit.dates.map { span(days($0)) } ?? "–"
    return visit.status == .waitsForDayZero ? .tag("s") { shown } : .text(shown)
  }

  private func forms(_ visit: CalendarVisit) -> Markup {
    let keys = VisitForms.keys(of: visit)
    guard !keys.isEmpty else { return .text("–") }
    let states = keys.map { participant.casebook.state(of: $0.key) }
    let done = states.count { $0 == .complete || $0 == .notDone }
    return .fragment([
      Part.link(
        "/participants/\(participant.id)/visits/\(Fields.encoded(visit.visit))/\(visit.number)",
        words("{done} of {all} forms", ["done": String(done), "all": String(keys.count)])),
      CasebookBadges.markup(participant.casebook.standing(of: keys.map(\.key)).badges, words),
    ])
  }

  private func span(_ span: DaySpan) -> String {
    span.days.count == 1 ? words.date(span.first) : "\(words.date(span.first)) – \(words.date(span.last))"
  }
}

/// The forms of a visit, each with its state and marks, and what is done at the visit.
enum VisitForms {
  static let routes: [Route] = [.get("/participants/{participant}/visits/{visit}/{number}", .clinicalReader, page)]

  /// The forms that are filled at a visit, each once, with the title of what they belong to.
  static func keys(of visit: CalendarVisit) -> [(key: FormKey, title: String)] {
    var seen: Set<FormKey> = []
    return visit.activities.filter { $0.applies != false }
      .flatMap { activity in activity.forms.map { (key: $0, title: activity.title) } }
      .filter { seen.insert($0.key).inserted }
  }

  private static let page: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let state = try await request.live.state()
    let now = try await request.now()
    let number = try request.parameter("number") { text in
      guard let number = Int(text) else { throw NotFound() }
      return number
    }
    guard
      let calendar = try await request.live.calendars(of: [participant.id]).first,
      let visit = calendar.visit(request.parameters["visit"] ?? "", number)
    else { throw NotFound() }
    let study = try await request.edition(of: participant.id, in: state).study
    return .page(
      Page(
        words.study(visit.title) + (number > 1 ? " (\(number))" : ""), at: .participants,
        trail: [
          (words["Participants"], "/participants"), (participant.id.description, "/participants/\(participant.id)"),
        ], isLive: true, actions: Part.badge(words.title(visit.status), visit.status.tone)
      ) {
        ParticipantHeader(participant: participant, state: state, now: now, words: words).markup
        if let reason = visit.reason {
          Notice.markup(.note, visit.status == .notDone ? words.writing(reason) : words.sentence(reason))
        }
        UnplannedVisit.notice(visit, of: study, words)
        Part.section(words["Forms"]) {
          Markup.tag("ul", ["class": "formlist"]) {
            for form in keys(of: visit) { FormLink.item(form.key, title: form.title, participant, words) }
          }
          Markup.tag("div", ["class": "actions"]) {
            LockActs.markup(ActLinks(request), participant, .visit(visit.visit, visit.number))
          }
        }
      })
  }
}

/// A form as a link with its state and marks.
enum FormLink {
  static func path(_ key: FormKey, _ participant: ParticipantID) -> String {
    "/participants/\(participant)/forms/\(Fields.encoded(key.visit))/\(key.number)/\(key.form)/\(key.row)"
  }

  /// The name by which an item is found on the page of its form.
  static func anchor(_ item: String) -> String { "item-\(item)" }

  /// - Parameter subject: what a row of a log is about.
  static func item(
    _ key: FormKey, title: String, about subject: String? = nil, _ participant: ParticipantState, _ words: Words
  ) -> Markup {
    let standing = participant.casebook.standing(of: key)
    let form = words.study(title) + (key.row > 1 || subject != nil ? " \(key.row)" : "")
    return .tag("li") {
      Part.link(
        path(key, participant.id),
        subject.map { words("{form}: {subject}", ["form": form, "subject": $0]) } ?? form)
      " "
      Part.badge(words.title(standing.state), standing.state.tone)
      CasebookBadges.markup(standing.badges, words)
    }
  }
}

extension FormState: Titled {
  var title: String {
    switch self {
    case .notStarted: "not started"
    case .incomplete: "incomplete"
    case .complete: "complete"
    case .notDone: "not done"
    }
  }

  var tone: Part.Tone {
    switch self {
    case .notStarted: .plain
    case .incomplete: .progress
    case .complete: .done
    case .notDone: .excluded
    }
  }
}

extension VisitStatus: Titled {
  var title: String {
    switch self {
    case .notPlanned: "not planned yet"
    case .planned: "planned"
    case .waitsForDayZero: "waits for Day 0"
    case .due: "due"
    case .overdue: "overdue"
    case .done: "done"
    case .outOfWindow: "outside its window"
    case .missed: "missed"
    case .notDone: "not held"
    case .notApplicable: "not applicable"
    case .unknown: "cannot be said"
    }
  }

  var tone: Part.Tone {
    switch self {
    case .notPlanned, .planned, .waitsForDayZero, .notApplicable: .plain
    case .due: .progress
    case .overdue, .outOfWindow, .unknown: .due
    case .done: .done
    case .missed: .stop
    case .notDone: .excluded
    }
  }
}
