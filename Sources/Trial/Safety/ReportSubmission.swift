import ClinicalValues
import StudyDesign

// Clocks follow the dates of submission in the casebook: one that is new stops them, and what a corrected one had stopped is judged
// anew by the date that is right.

/// The date of submission of a form that has changed.
private struct ChangedSubmission {
  let form: FormKey
  /// What it was; nil where there was none.
  let before: DateTime?
  /// What it is; nil where there is none any more.
  let sent: DateTime?
  /// Whether another form of the matter still says the former date.
  let stands: Bool

  /// What has changed between two readings of the dates of a matter's forms, in the order of the forms.
  static func all(from before: [FormKey: DateTime], to now: [FormKey: DateTime]) -> [ChangedSubmission] {
    Set(before.keys).union(now.keys).sorted().compactMap { form in
      let (former, sent) = (before[form], now[form])
      guard former != sent else { return nil }
      return ChangedSubmission(
        form: form, before: former, sent: sent,
        stands: now.contains { $0.key != form && $0.value.instant == former?.instant })
    }
  }
}

extension SafetyDraft {
  /// Stops clocks by the dates of submission that the casebook has gained, and judges them anew by those that were corrected in it.
  mutating func submitReports(of id: ParticipantID, before: ParticipantState) {
    let plan = plan.safety
    let earlier = Dictionary(before.adverseEvents(by: plan).map { ($0.number, $0) }) { first, _ in first }
    for event in participant(id).adverseEvents(by: plan) {
      let known = earlier[event.number]
      let subject = ReportSubject.event(event.number)
      for changed in ChangedSubmission.all(from: known?.reportDates ?? [:], to: event.reportDates) {
        correct([ReportClock.siteToSponsor], changed, of: id, about: subject)
        submit([ReportClock.siteToSponsor], changed, of: id, about: subject, to: "sponsor")
      }
      let recipients = Dictionary(event.assessments.map { ($0.form, $0.recipients) }) { first, _ in first }
      for changed in ChangedSubmission.all(from: known?.assessmentDates ?? [:], to: event.assessmentDates) {
        let first = [ReportClock.susarFatal, ReportClock.susarOther]
        let ofFirst =
          changed.before.map { was in
            clocks(first, of: id, about: subject).contains { $0.submitted == was.instant }
          } ?? false
        let isCorrected = correct(first + [ReportClock.susarFatalFollowUp], changed, of: id, about: subject)
        let isFirst = !running(first, of: id, about: subject).isEmpty
        // The corrected date of a report is no further one, also where another judgment still says the former.
        if isCorrected || ofFirst, !isFirst { continue }
        submit(
          isFirst ? first : [ReportClock.susarFatalFollowUp], changed, of: id, about: subject,
          to: recipients[changed.form] ?? "")
      }
    }
    submitPregnancies(of: id, before: before)
  }

  private mutating func submitPregnancies(of id: ParticipantID, before: ParticipantState) {
    let (former, present) = (before.pregnancyDates(by: plan.safety), participant(id).pregnancyDates(by: plan.safety))
    for changed in ChangedSubmission.all(from: former, to: present) {
      let subject = ReportSubject.pregnancy(changed.form.row)
      correct([ReportClock.pregnancyToSponsor], changed, of: id, about: subject)
      submit([ReportClock.pregnancyToSponsor], changed, of: id, about: subject, to: "sponsor")
    }
  }

  private func clocks(_ ids: [String], of id: ParticipantID, about subject: ReportSubject) -> [ClockState] {
    let state = participant(id)
    let numbers = Set(state.safety.clocks(about: sameMatter(subject, state)))
    return state.record.clocks.filter { ids.contains($0.clock) && numbers.contains($0.number) }
  }

  private func running(_ ids: [String], of id: ParticipantID, about subject: ReportSubject) -> [ClockState] {
    clocks(ids, of: id, about: subject).filter { $0.submitted == nil }
  }

  /// A submission stops the clocks that run about its matter and tell of nothing newer; what lies ahead is none.
  private mutating func submit(
    _ ids: [String], _ changed: ChangedSubmission, of id: ParticipantID, about subject: ReportSubject, to: String
  ) {
    guard let sent = changed.sent else { return }
    for clock in running(ids, of: id, about: subject) where canStop(clock, sent, of: id) {
      for event in clock.submission(to: to, at: sent.moment(zone: happened.zone), in: participant(id).record) {
        record(.record(id, event))
      }
      startUntold(by: sent.instant, clock: clock.number, of: id)
    }
  }

  /// Clocks that the former date had stopped follow the one that is right; where that can be none, they run again.
  ///
  /// - Returns: whether there were any.
  @discardableResult
  private mutating func correct(
    _ ids: [String], _ changed: ChangedSubmission, of id: ParticipantID, about subject: ReportSubject
  ) -> Bool {
    guard let before = changed.before, !changed.stands else { return false }
    let stopped = clocks(ids, of: id, about: subject).filter { $0.submitted == before.instant }
    for clock in stopped {
      let sent = changed.sent.flatMap { canStop(clock, $0, of: id) ? $0 : nil }
      let events = clock.correction(
        to: nil, submitted: sent?.moment(zone: happened.zone), because: why(changed.form, of: id), noticed: present,
        in: participant(id).record)
      for event in events { record(.record(id, event)) }
      if let sent { startUntold(by: sent.instant, clock: clock.number, of: id) }
    }
    return !stopped.isEmpty
  }

  /// Whether a report that was sent at a time can have told of what a clock counts for, and was sent at all.
  private func canStop(_ clock: ClockState, _ sent: DateTime, of id: ParticipantID) -> Bool {
    sent.instant <= now && participant(id).known(clock).map { $0.instant <= sent.instant } ?? true
  }

  /// Clocks for what a report was sent too early to tell of.
  private mutating func startUntold(by sent: Instant, clock: Int, of id: ParticipantID) {
    for (duty, known) in participant(id).untold(by: sent, clock: clock) {
      start(duty, of: id, aware: known, hours: self.clock(duty.clock)?.hoursInAll ?? 0)
    }
  }

  /// Why a form was corrected last: by whoever corrected it, else by its name.
  private func why(_ form: FormKey, of id: ParticipantID) -> String {
    guard let record = participant(id).casebook.forms[form] else { return form.description }
    if let notDone = record.notDone { return notDone.reason }
    let versions = record.items.values.compactMap(\.current)
    let last = versions.map(\.position).max()
    return versions.filter { $0.position == last }.compactMap(\.reason).min() ?? form.description
  }
}

extension AdverseEvent {
  /// When its reports were handed in, by their forms.
  fileprivate var reportDates: [FormKey: DateTime] {
    Dictionary(reports.compactMap { report in report.submission.map { (report.form, $0) } }) { first, _ in first }
  }

  /// When it was handed in to all whom the study asks about, by the safety officer's judgments.
  fileprivate var assessmentDates: [FormKey: DateTime] {
    Dictionary(assessments.compactMap { judged in judged.sent.map { (judged.form, $0) } }) { first, _ in first }
  }
}

extension ParticipantState {
  /// When reports of pregnancies were handed in, by their forms.
  fileprivate func pregnancyDates(by plan: SafetyPlan) -> [FormKey: DateTime] {
    let rows = casebook.rows(of: plan.forms?.pregnancy)
    return Dictionary(rows.compactMap { row in row.time(.sent).map { (row.key, $0) } }) { first, _ in first }
  }
}
