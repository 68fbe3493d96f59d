public import ClinicalValues
public import StudyDesign

// Completion, withdrawal and the end of the study are three things: Month 24 completes it; who withdraws of visits or of everything,
// is lost or dies is out of it from then on; and who was treated and never infused has left, and is followed for safety still.

extension SchedulePlan {
  /// The visit that ends the follow-up for safety of who was treated and never infused.
  var safetyFollowUp: String? { visits.first { $0.anchor == .lastProcedure }?.id }
}

extension ParticipantState {
  /// Whether who left is followed for safety still: collected or lymphodepleted for the study and never infused, willing, and not
  /// seen since at the schedule's visit for it. Another visit, or another visit's form that is entered late, ends nothing.
  public func isFollowedAfterLeaving(_ schedule: SchedulePlan) -> Bool {
    guard let left = way.left, way.died == nil, product.infusion == nil,
      product.lastLeukapheresis != nil || !way.lymphodepletionDoses.isEmpty
    else { return false }
    switch (way.departure?.reason, way.departure?.withdrawal?.scope) {
    case (.lostToFollowUp, _), (.died, _), (_, .visits), (_, .everything): return false
    default: break
    }
    guard let followUp = schedule.safetyFollowUp else { return true }
    return !visits.visits.contains { $0.visit == followUp && left <= $0.held } && !isWritten(followUp, since: left)
  }

  /// When the study ended for a participant: with the last visit, death or departure, and for who is followed for safety after leaving
  /// with the visit that ends that; nil while it goes on.
  public func endOfStudy(_ schedule: SchedulePlan) -> Moment? {
    guard let ended, !isFollowedAfterLeaving(schedule) else { return nil }
    guard product.infusion == nil, way.left == ended, let followUp = schedule.safetyFollowUp else { return ended }
    return visits.visits.filter { $0.visit == followUp && ended <= $0.held }.map(\.held).min() ?? ended
  }

  /// Whether forms of a visit of which nothing was entered before were filled after a moment.
  private func isWritten(_ visit: String, since moment: Moment) -> Bool {
    let begun = Dictionary(grouping: casebook.forms.filter { $0.key.visit == visit && $0.value.isBegun }) { form in
      CasebookScope.visit(form.key.visit, form.key.number)
    }
    return begun.values.contains { forms in
      forms.compactMap(\.value.firstSaved).min().map { moment <= $0 } ?? false
    }
  }
}

extension WatchedParticipant {
  /// The form on the end of the study: what is filled once and belongs to the last visit.
  private var endForm: FormKey? {
    let planned = book.schedule.visit(plan.way.lastVisit)?.activities ?? []
    let forms = planned.flatMap { book.schedule.activity($0.activity)?.forms ?? [] }
    guard let form = forms.first(where: { book.forms[$0]?.occurs == .once }) else { return nil }
    return try? FormKey(visit: FormKey.once, form: form)
  }

  /// The form on the end of the study where it has ended for the participant and nothing says how.
  var missingEndForm: FormKey? {
    guard state.endOfStudy(book.schedule) != nil, let endForm, state.casebook.state(of: endForm) == .notStarted
    else { return nil }
    return endForm
  }

  /// That the form says that the study has ended, and neither a departure nor the last visit does.
  var endTasks: [StudyTask] {
    guard state.endOfStudy(book.schedule) == nil, let endForm, state.casebook.forms[endForm]?.isBegun == true else {
      return []
    }
    let why =
      state.isFollowedAfterLeaving(book.schedule)
      ? "the follow-up for safety goes on" : "no last visit or departure is recorded"
    return [
      StudyTask(
        .reconcile, "\(state.id): The end of the study is in \(endForm), and \(why).",
        roles: ParticipantState.site + [.dataManager], site: state.way.site, participant: state.id,
        since: state.casebook.forms[endForm]?.lastSaved?.date ?? now.date, about: .form(endForm))
    ]
  }
}
