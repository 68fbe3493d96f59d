import ClinicalValues
import StudyDesign

extension WatchedParticipant {
  /// Visits that may be held today and were not; done by holding them, or by saying why they were not held.
  func visitTasks(_ calendar: ParticipantCalendar) -> [StudyTask] {
    calendar.visits.filter { $0.status == .due || $0.status == .overdue }.compactMap { visit in
      guard let dates = visit.dates else { return nil }
      let late = visit.status == .overdue ? ", planned for \(dates.planned)" : ""
      let unsure = visit.applies == nil ? " Whether it applies the data cannot say." : ""
      return StudyTask(
        .holdVisit, "Carry out visit \(visit.name) of \(state.id)\(late).\(unsure)", roles: Role.allowed(.recordData),
        site: state.way.site, participant: state.id, since: dates.window.first, deadline: .through(dates.window.last),
        about: .visit(visit.visit, visit.number))
    }
  }

  /// That somebody was assessed at the end of the interval after their infusion, or of the dose-limiting window, where a visit of then
  /// stands in forms alone: interval and window wait for it. Done by recording the visit.
  func assessmentTasks(_ calendar: ParticipantCalendar, in study: StudyState) -> [StudyTask] {
    guard let ordinal = study.infusions.firstIndex(where: { $0.participant == state.id }),
      !state.isGone(by: plan.safety)
    else { return [] }
    let ends = [StudyState.intervalDays(after: ordinal, plan: plan.safety), plan.safety.doseLimitingWindowDays]
      .map { study.infusions[ordinal].begun.day + $0 }
    guard let end = ends.filter({ !state.way.isAssessed(onOrAfter: $0) }).min() else { return [] }
    let inForms = calendar.visits.first { visit in
      guard let held = visit.held?.daysSinceEpoch else { return false }
      return held >= end && !state.visits.days(of: visit.visit).contains(held)
    }
    guard let visit = inForms, let held = visit.held else { return [] }
    return [
      StudyTask(
        .holdVisit,
        "Record that visit \(visit.name) of \(state.id) took place, and whether toxicity was assessed: "
          + "interval or window wait for it.",
        roles: Role.allowed(.recordData), site: state.way.site, participant: state.id, since: held,
        about: .visit(visit.visit, visit.number))
    ]
  }

  /// A booked Day 0 that has passed without the infusion; done by booking it anew. Where an investigator has given the reason for the delay it
  /// waits; after a lymphodepletion that still counts it does until its last day.
  var dayZeroTasks: [StudyTask] {
    guard let booked = state.lapsedDayZero(onDay: now.day), state.ended == nil else { return [] }
    let isConditioned = state.way.isConditioned(onDay: now.day)
    let last = isConditioned ? state.way.infusable.flatMap { CalendarDate(daysSinceEpoch: $0.upperBound) } : nil
    return [
      StudyTask(
        .bookDayZero,
        "Day 0 (\(booked)) of \(state.id) has passed without the infusion: book it anew, or say why it is put off.",
        roles: [.principalInvestigator, .subInvestigator, .coordinator], site: state.way.site, participant: state.id,
        since: booked, deadline: last.map { .through($0) },
        waits: isConditioned && state.way.isDelayJustified ? "The reason for the delay is given." : nil)
    ]
  }

  /// Forms that lack answers: those of a visit once it was held, with what is done at it and was not begun where the
  /// schedule asks for all of it, rows of logs, and how the study ended for who is through with it. What nobody of the site may
  /// change is not asked.
  func formTasks(_ calendar: ParticipantCalendar) -> [StudyTask] {
    let ofVisits = calendar.visits.filter { $0.status == .done || $0.status == .outOfWindow }
      .compactMap { visit -> StudyTask? in
        let open = Set(wanted(at: visit).filter { casebook.state(of: $0) == .notStarted } + incomplete(at: visit))
          .sorted()
        return task(open.filter(isChangeable), of: visit, since: visit.held)
      }
    let rows = casebook.keys().filter {
      ($0.visit == FormKey.log || $0.visit == FormKey.once) && casebook.state(of: $0) == .incomplete && isChangeable($0)
    }
    let end = [missingEndForm].compactMap(\.self).filter(isChangeable)
    let ended = end.compactMap { _ in state.endOfStudy(book.schedule) }
    let since = rows.compactMap { casebook.forms[$0]?.firstSaved } + ended
    return ofVisits + [task((rows + end).sorted(), of: nil, since: since.min()?.date)].compactMap(\.self) + endTasks
  }

  /// Forms that are complete and carry no signature that holds, where the form asks for one.
  var signatureTasks: [StudyTask] {
    casebook.keys().compactMap { key in
      guard let plan = book.forms[key.form], let signer = plan.signed, casebook.state(of: key) == .complete,
        case let standing = casebook.standing(of: key), standing.badges.signed == 0, standing.badges.locked == 0,
        let saved = casebook.forms[key]?.lastSaved
      else { return nil }
      let asked = standing.badges.openQueries + standing.badges.answeredQueries > 0
      let anew = standing.badges.brokenSignatures > 0 ? " anew: it has changed since" : ""
      return StudyTask(
        .signForm, "Sign \(plan.title) (\(key)) of \(state.id)\(anew).",
        roles: signer == .investigator ? [.principalInvestigator, .subInvestigator] : [.principalInvestigator],
        site: state.way.site, participant: state.id, since: saved.date, waits: asked ? "It has open queries." : nil,
        about: .form(key))
    }
  }

  private var casebook: CasebookState { state.casebook }

  /// The forms that a visit that was held is to have: all of what is done at it, or its own alone, which says why it was held, where
  /// the investigator decides what is done.
  private func wanted(at visit: CalendarVisit) -> [FormKey] {
    let forms = visit.activities.filter { $0.applies == true && $0.state != .notDone }.flatMap(\.forms)
    if book.schedule.visit(visit.visit)?.isAtDiscretion == true {
      let own = book.visitForm?.id
      return forms.filter { $0.form == own }
    }
    // A second echocardiogram of screening is not a second screening.
    return visit.dates != nil || visit.number == 1 ? forms : []
  }

  private func incomplete(at visit: CalendarVisit) -> [FormKey] {
    casebook.keys(in: .visit(visit.visit, visit.number)).filter { casebook.state(of: $0) == .incomplete }
  }

  private func isChangeable(_ key: FormKey) -> Bool {
    !casebook.frozen.contains { $0.covers(key) } && !casebook.locked.contains { $0.covers(key) }
  }

  private func task(_ forms: [FormKey], of visit: CalendarVisit?, since: CalendarDate?) -> StudyTask? {
    guard !forms.isEmpty else { return nil }
    // A visit has two dozen forms; its page shows them all.
    let named = forms.prefix(3).map(\.description).joined(separator: ", ")
    let names = forms.count > 3 ? "\(named) and \(forms.count - 3) more" : named
    let counted = forms.count == 1 ? "the form" : "\(forms.count) forms"
    return StudyTask(
      .completeForms,
      visit.map { "Complete \(counted) of visit \($0.name) of \(state.id): \(names)." }
        ?? "Complete \(counted) of \(state.id) kept outside the visits: \(names).",
      roles: Role.allowed(.recordData), site: state.way.site, participant: state.id, since: since ?? now.date,
      deadline: visit?.lastDay.map { .through($0) },
      about: visit == nil || forms.count == 1 ? .form(forms[0]) : visit.map { .visit($0.visit, $0.number) })
  }
}
