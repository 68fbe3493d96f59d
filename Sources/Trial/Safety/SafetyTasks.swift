import ClinicalValues
import StudyDesign

extension ParticipantState {
  /// What safety waits for of one participant at the site, from the safety officer and from data management. Each
  /// disappears by the deed that settles it. Reports whose clocks run, and DLT questions, are tasks of their own.
  func safetyTasks(plan: SafetyPlan, book: FormBook) -> [StudyTask] {
    eventTasks(plan, book.schedule) + pregnancyTasks(plan) + reconciliationTasks(plan) + codingTasks(book)
  }

  static let site: [Role] = [.principalInvestigator, .subInvestigator, .coordinator, .nurse]
  private static let investigators: [Role] = [.principalInvestigator, .subInvestigator]

  private func eventTasks(_ plan: SafetyPlan, _ schedule: SchedulePlan) -> [StudyTask] {
    var tasks = adverseEvents(by: plan).flatMap { event in
      [
        seriousness(of: event, plan), judgment(of: event), followUp(of: event, plan), end(of: event, plan, schedule),
      ].compactMap(\.self)
    }
    if let death = death(by: plan), death.countsAsRelated(adverseEvents(by: plan)) == nil {
      tasks.append(
        task(
          .judgeDeath,
          "Judge the relation of the death of \(id) to product, lymphodepletion, leukapheresis and procedures: a related "
            + "one stops the study.", Self.investigators, since: death.day ?? death.notBefore))
    }
    return tasks
  }

  /// Seriousness that nobody has answered yet; the clock of the shorter way would count from when the site was aware.
  private func seriousness(of event: AdverseEvent, _ plan: SafetyPlan) -> StudyTask? {
    guard event.isSerious == nil, !event.seriousness.isSaidUnknown else { return nil }
    let hours = plan.clocks.first { $0.id == ReportClock.siteToSponsor }?.hours
    let deadline = event.siteAware.flatMap { aware in hours.map { aware.instant.adding(hours: $0) } }
    return task(
      .judgeSeriousness, "Say whether \(event.name) (\(event.title)) is serious.", Self.site,
      since: event.siteAware?.date ?? event.start, deadline: deadline.map { .at($0) }, about: .form(event.form))
  }

  private func judgment(of event: AdverseEvent) -> StudyTask? {
    guard event.isSerious == true, event.isSUSAR == nil else { return nil }
    return task(
      .judgeExpectedness, "Judge relation and expectedness of \(event.name) (\(event.title)).", [.safetyOfficer],
      since: event.siteAware?.date ?? event.start, isOfSite: false, about: .adverseEvent(event.number))
  }

  /// What has changed of a serious event since its last report was written, in its own form or in its course, as long as that report
  /// is not the final one.
  private func followUp(of event: AdverseEvent, _ plan: SafetyPlan) -> StudyTask? {
    let course = casebook.rows(of: plan.forms?.course).filter { $0.number(.event) == event.number }
    let saved = [casebook.forms[event.form]?.lastSaved] + course.map { $0.record.lastSaved }
    guard let last = event.reports.last, last.version != "FINAL", let written = last.written,
      let changed = saved.compactMap(\.self).max(), changed.instant > written.instant
    else { return nil }
    return task(
      .followUpReport, "Write a follow-up report of \(event.name) (\(event.title)): it has changed since the last.",
      Self.investigators, since: changed.date, about: .adverseEvent(event.number))
  }

  private func end(of event: AdverseEvent, _ plan: SafetyPlan, _ schedule: SchedulePlan) -> StudyTask? {
    guard event.isResolved != true, outlasted(by: event, plan: plan, schedule: schedule) == nil else { return nil }
    return task(
      .reviewEvent, "Review \(event.name) (\(event.title)): it has no end yet.", Self.site, since: event.start,
      about: .form(event.form))
  }

  private func reconciliationTasks(_ plan: SafetyPlan) -> [StudyTask] {
    Reconciliation(of: self, plan: plan).findings.map { finding in
      task(
        .reconcile, "\(id): \(finding.text)", Self.site + [.dataManager, .safetyOfficer],
        since: finding.form.flatMap { casebook.forms[$0]?.lastSaved?.date }, about: finding.form.map { .form($0) })
    }
  }

  /// Medicines that were entered as free text and have no code: data management finds it, the site enters it.
  private func codingTasks(_ book: FormBook) -> [StudyTask] {
    uncodedMedicines(book).map { medicine in
      task(
        .codeMedicine, "Find the ATC code of ‘\(medicine.text)’, \(medicine.item) of \(medicine.form) of \(id).",
        Self.site + [.dataManager], since: casebook.forms[medicine.form]?.lastSaved?.date, about: .form(medicine.form))
    }
  }

  /// Medicines that were entered as free text and have no code, in the order of their forms.
  func uncodedMedicines(_ book: FormBook) -> [(form: FormKey, item: String, text: String)] {
    casebook.forms.sorted { $0.key < $1.key }.flatMap { key, record in
      (book.forms[key.form]?.items ?? []).filter { $0.type == .medicine }.compactMap {
        item -> (form: FormKey, item: String, text: String)? in
        guard let text = record.entry(item.id)?.answer.text, !ATC.isCode(text), !book.medicines.contains(text) else {
          return nil
        }
        return (form: key, item: item.id, text: text)
      }
    }
  }

  private func task(
    _ kind: StudyTask.Kind, _ title: String, _ roles: [Role], since: CalendarDate?,
    deadline: StudyTask.Deadline? = nil, isOfSite: Bool = true, about: StudyTask.Subject? = nil
  ) -> StudyTask {
    StudyTask(
      kind, title, roles: roles, site: isOfSite ? way.site : nil, participant: id, since: since ?? .least,
      deadline: deadline, about: about)
  }
}
