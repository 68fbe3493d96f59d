import ClinicalValues
import Conduct
import StudyDesign
import Trial

/// What a form of somebody is called, so that it is taken for no other: its visit, its title, its row, what the row is about
/// or for when it is planned. `Day 7 · Vital signs 2 (planned 14:00)`, `Adverse event 3: Headache`.
struct FormTitle {
  /// The visit; nil for a form of none.
  let visit: String?
  /// The form with its row.
  let form: String

  /// The whole.
  var text: String { [visit, form].compactMap(\.self).joined(separator: " · ") }

  init(_ plan: FormPlan, _ key: FormKey, _ record: FormRecord, _ visit: CalendarVisit?, _ words: Words) {
    let times = visit?.activities.flatMap(\.times) ?? []
    let time = times.first { $0.form == key }
    let isOfMany = key.visit == FormKey.log || key.row > 1 || time != nil
    var form = words.study(plan.title) + (isOfMany ? " \(key.row)" : "")
    if let subject = FormTitle.subject(plan, record, words) {
      form = words("{form}: {subject}", ["form": form, "subject": subject])
    } else if let time {
      form = words("{form} (planned {time})", ["form": form, "time": FormTitle.time(time, words)])
    }
    self.form = form
    self.visit = FormTitle.visit(key, visit, words)
  }

  /// What a row of a log is about, such as the term of an adverse event or a medicine, in words; nil where it says none.
  static func subject(_ plan: FormPlan, _ record: FormRecord?, _ words: Words) -> String? {
    plan.items.first { $0.type == .adverseEventTerm || $0.type == .medicine }.flatMap { item in
      (record?.entry(item.id)?.answer.text).map { item.type == .medicine ? words.medicine($0) : words.study($0) }
    }
  }

  private static func visit(_ key: FormKey, _ visit: CalendarVisit?, _ words: Words) -> String? {
    guard key.visit != FormKey.once, key.visit != FormKey.log else { return nil }
    return (visit.map { words.study($0.title) } ?? key.visit) + (key.number > 1 ? " (\(key.number))" : "")
  }

  /// The time of a day, or how long before or after the start of the infusion.
  private static func time(_ time: PlannedTime, _ words: Words) -> String {
    if let due = time.due { return String(due.description.drop { $0 != "T" }.dropFirst().prefix(5)) }
    guard time.isFromInfusion else {
      let (hours, minutes) = (time.minutes / 60, time.minutes % 60)
      return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    }
    let apart = words.duration(milliseconds: time.minutes * 60_000)
    return time.minutes < 0
      ? words("{time} before the start of the infusion", ["time": apart])
      : words("{time} after the start of the infusion", ["time": apart])
  }
}

extension FormPage {
  /// What the form of a place is called.
  static func title(_ request: PageRequest, _ place: Place, _ view: FormView) async throws -> FormTitle {
    FormTitle(view.plan, place.key, view.record, try await visit(request, place), request.words)
  }

  /// The visit that the form of a place is of; nil for a form of none.
  static func visit(_ request: PageRequest, _ place: Place) async throws -> CalendarVisit? {
    guard place.key.isOfVisit else { return nil }
    return try await request.calendar(of: place.participant.id)?.visit(place.key.visit, place.key.number)
  }

  /// Where a form stands: the participant, and the visit.
  static func trail(_ place: Place, _ title: FormTitle, _ words: Words) -> [(title: String, path: String)] {
    let participant = "/participants/\(place.participant.id)"
    return [(words["Participants"], "/participants"), (place.participant.id.description, participant)]
      + (title.visit.map {
        [($0, "\(participant)/visits/\(Fields.encoded(place.key.visit))/\(place.key.number)")]
      } ?? [])
  }
}
