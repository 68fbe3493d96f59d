import ClinicalValues
import StudyDesign

extension WatchedParticipant {
  /// Whether what a deviation was opened for is still so, as visits and forms stand now; nil where they cannot tell it.
  func holds(_ subject: DeviationSubject, in calendar: ParticipantCalendar) -> Bool? {
    switch subject {
    case .window(let id, let number):
      calendar.visit(id, number).map { $0.status == .outOfWindow } ?? withoutVisit(id)
    case .visit(let id, let number): calendar.visit(id, number).map(isMissing) ?? withoutVisit(id)
    case .activity(let id, let number, let activity):
      calendar.visit(id, number).map { isMissing(activity, at: $0) } ?? withoutVisit(id)
    case .medicine(let form, _): isGiven(subject, in: form)
    case .report: nil
    }
  }

  /// What a visit that is not in the calendar says: that nothing is missed, where the participant's version knows it, else nothing.
  private func withoutVisit(_ id: String) -> Bool? { book.schedule.visit(id) == nil ? nil : false }

  /// Whether a visit was not held in its window. Where its forms are filled and nobody says on which day, it may have been.
  private func isMissing(_ visit: CalendarVisit) -> Bool? {
    switch visit.status {
    case .missed, .notDone, .outOfWindow, .unknown: true
    case .done: visit.held == nil ? nil : false
    case .notPlanned, .planned, .waitsForDayZero, .due, .overdue, .notApplicable: false
    }
  }

  /// Whether an activity was not done at a visit that was held and to which it belongs. One that was entered late was done, where
  /// its forms are complete and of the visit's day or window; where they are of another day it was not done at the visit, and where
  /// nobody says of which, or the form has no day of its own, a person says what becomes of the deviation.
  private func isMissing(_ activity: String, at visit: CalendarVisit) -> Bool? {
    guard visit.status == .done || visit.status == .outOfWindow else { return false }
    guard let found = visit.activities.first(where: { $0.activity == activity }) else { return nil }
    if found.applies == false { return false }
    guard found.state == .complete else {
      return found.state == .notStarted || found.state == .notDone ? true : nil
    }
    let held = visit.held?.daysSinceEpoch
    let window = visit.dates?.window.days
    let days = found.forms.filter { state.casebook.forms[$0]?.isBegun == true }.map { key -> Int? in
      guard let plan = book.forms[key.form], plan.dated != nil else { return nil }
      return state.casebook.day(of: key, by: plan)
    }
    if days.compactMap(\.self).contains(where: { $0 == held || window?.contains($0) == true }) { return false }
    return days.contains(nil) ? nil : true
  }

  /// Whether a medicine that the protocol does not allow was given: by the command, or by a row of the form that still says so. What
  /// neither has ever said cannot be told.
  private func isGiven(_ subject: DeviationSubject, in form: String) -> Bool? {
    if form == DeviationSubject.bridging,
      state.way.unlistedBridging.contains(where: { book.subject(ofMedicine: $0, in: form) == subject })
    {
      return true
    }
    let checks = (book.forms[form]?.checks ?? []).filter { $0.deviation == .medication }
    let asked = state.casebook.queries.filter { query in
      query.query.form.form == form
        && checks.contains { check in
          check.id == query.query.check && names(subject, check.items.first, in: query.query.form)
        }
    }
    return asked.isEmpty ? nil : asked.contains { isStillSaid($0, subject) }
  }

  /// Whether a row has ever named the medicine.
  private func names(_ subject: DeviationSubject, _ item: String?, in row: FormKey) -> Bool {
    let history = item.flatMap { state.casebook.forms[row]?.items[$0]?.history } ?? []
    return history.contains { version in
      version.entry.answer.text.map { book.subject(ofMedicine: $0, in: row.form) == subject } ?? false
    }
  }

  /// Whether the row of a check's query names the medicine still, and the check has not found since that it is right.
  private func isStillSaid(_ query: QueryState, _ subject: DeviationSubject) -> Bool {
    guard let form = state.casebook.forms[query.query.form], let item = query.query.items.first,
      let named = form.entry(item)?.answer.text, book.subject(ofMedicine: named, in: query.query.form.form) == subject
    else { return false }
    return query.status.isPending || query.settled != nil
  }
}

extension RecordState {
  /// That deviations have no ground any more which were opened by the software: nothing that they are about is so. What a
  /// person has recorded a person judges.
  ///
  /// - Parameter holds: whether something is still so; nil where that cannot be told, and the deviation stays.
  func lapses(_ holds: (DeviationSubject) -> Bool?) -> [RecordEvent] {
    deviations.filter { deviation in
      !deviation.isLapsed && !deviation.isByHand && !deviation.about.isEmpty
        && deviation.about.allSatisfy { holds($0) == false }
    }.map { .deviationLapsed(deviation: $0.number) }
  }
}
