import ClinicalValues
import StudyDesign

// Clocks of reports: started once by what calls for them, stopped by a dated submission that the casebook holds.

extension SafetyDraft {
  /// Starts the clocks of all reports that are called for and have none yet.
  mutating func startClocks(of id: ParticipantID, before: ParticipantState) {
    let called = ReportDuties(participant: participant(id), before: before, plan: plan.safety).called()
    for report in called {
      guard let clock = clock(report.duty.clock) else { continue }
      let aware = aware(of: report)
      let due = aware.instant.adding(hours: clock.hoursInAll)
      let own = participant(id).safety.reports[report.duty] ?? []
      let told = toldClocks(report, of: id, aware: aware.instant)
      if !own.isEmpty || !told.isEmpty {
        // Somebody was aware earlier than was thought: the earlier clock counts, and the first stays visible.
        let first = participant(id).record.runningClocks.filter { (own + told).contains($0.number) }.map(\.due).min()
        let isKnown =
          !own.isEmpty && report.aware == report.awareBefore && report.reported.now == report.reported.before
        guard !isKnown, let first, due < first else {
          unite(report, told, of: id)
          continue
        }
      } else if let running = covering(report.duty, of: id, aware: aware.instant, dueBy: due) {
        let isLater = participant(id).record.clocks.contains { $0.number == running && $0.aware < aware }
        record(.safety(id, .reportDue(clock: running, duty: report.duty, known: isLater ? aware : nil)))
        continue
      }
      start(report.duty, of: id, aware: aware, hours: clock.hoursInAll)
      unite(report, told, of: id)
      if report.duty.clock == ReportClock.susarFatal, let followUp = self.clock(ReportClock.susarFatalFollowUp) {
        start(
          ReportDuty(report.duty.subject, .followUp, clock: followUp.id), of: id,
          aware: Moment(due, offsetMinutes: aware.offsetMinutes, zone: aware.zone), hours: followUp.hoursInAll)
      }
    }
  }

  /// The clocks of the same matter as it was told without a form: those that run, and those of what was known no later than told.
  private func toldClocks(_ report: CalledReport, of id: ParticipantID, aware: Instant) -> [Int] {
    let state = participant(id)
    let numbers = report.told.flatMap { state.safety.reports[$0] } ?? []
    return state.record.clocks.filter { clock in
      numbers.contains(clock.number) && (clock.submitted == nil || aware <= clock.aware.instant)
    }.map(\.number)
  }

  /// Makes one matter of a report and what was told without a form: every clock counts for both, so that the earliest awareness
  /// does, and one report stops them all.
  private mutating func unite(_ report: CalledReport, _ told: [Int], of id: ParticipantID) {
    guard let other = report.told else { return }
    for clock in Set((participant(id).safety.reports[report.duty] ?? []) + told).sorted() {
      for duty in [report.duty, other] where participant(id).safety.reports[duty]?.contains(clock) != true {
        record(.safety(id, .reportDue(clock: clock, duty: duty)))
      }
    }
  }

  private mutating func start(_ duty: ReportDuty, of id: ParticipantID, aware: Moment, hours: Int) {
    record(.record(id, .clockStarted(ReportClock(duty.clock, aware: aware, hours: hours))))
    record(.safety(id, .reportDue(clock: participant(id).record.clocks.count, duty: duty)))
  }

  /// The moment from which a clock counts: when somebody was aware, at the latest now; where a new fact makes it one, when
  /// that was recorded. A death or a pregnancy that a command tells of was known when it was recorded.
  ///
  /// Where an event became reportable after it was known, its report says since when that was known, if it says anything new.
  private func aware(of report: CalledReport) -> Moment {
    if let stated = report.reported.now, stated != report.reported.before,
      report.isNewFact || report.aware == report.awareBefore
    {
      return min(stated.moment(zone: happened.zone), happened)
    }
    if report.isNewFact, report.aware == report.awareBefore { return happened }
    let told = report.duty.subject == .death && report.aware == nil ? present : happened
    guard let known = report.aware?.moment(zone: happened.zone) else { return told }
    return min(known, told)
  }

  /// A clock that runs about the same matter and ends no later. One that runs for the same event counts for a further cause
  /// too: one report tells of both, and what it was sent too early to tell of is called for anew. Between a death and the
  /// event that it is the outcome of an older clock does not stand: the death is a matter that is told by itself.
  private func covering(_ duty: ReportDuty, of id: ParticipantID, aware: Instant, dueBy due: Instant) -> Int? {
    let state = participant(id)
    let numbers = Set(state.safety.clocks(about: sameMatter(duty.subject, state)))
    let own = duty.cause == .death ? [] : Set(state.safety.clocks(about: [duty.subject]))
    return state.record.runningClocks.first {
      $0.clock == duty.clock && numbers.contains($0.number) && $0.due <= due
        && (aware <= $0.aware.instant || own.contains($0.number))
    }?.number
  }

  private func sameMatter(_ subject: ReportSubject, _ state: ParticipantState) -> Set<ReportSubject> {
    switch subject {
    case .death, .event:
      let fatal = state.adverseEvents(by: plan.safety).filter(\.isFatal).map { ReportSubject.event($0.number) }
      let ofDeath = Set(fatal + [.death])
      return ofDeath.contains(subject) ? ofDeath : [subject]
    case .pregnancy, .expectation: return [subject]
    }
  }

  /// Stops clocks by the dates of submission that the casebook has gained, or that were corrected in it.
  mutating func submitReports(of id: ParticipantID, before: ParticipantState) {
    let plan = plan.safety
    let earlier = Dictionary(before.adverseEvents(by: plan).map { ($0.number, $0) }) { first, _ in first }
    for event in participant(id).adverseEvents(by: plan) {
      let known = earlier[event.number]
      for report in event.reports {
        let before = known?.reports.first { $0.form == report.form }?.submission
        guard let sent = report.submission, sent != before else { continue }
        submit(
          clocks: [ReportClock.siteToSponsor], of: id, about: .event(event.number), to: "sponsor", at: sent)
      }
      for judged in event.assessments {
        let before = known?.assessments.first { $0.form == judged.form }?.sent
        guard let sent = judged.sent, sent != before else { continue }
        let first = [ReportClock.susarFatal, ReportClock.susarOther]
        let isFirst = !running(first, of: id, about: .event(event.number)).isEmpty
        // The corrected date of a first report is no follow-up.
        if !isFirst, let before, stopped(first, of: id, about: .event(event.number), at: before) { continue }
        submit(
          clocks: isFirst ? first : [ReportClock.susarFatalFollowUp], of: id, about: .event(event.number),
          to: judged.recipients, at: sent)
      }
    }
    let rows = before.casebook.rows(of: plan.forms?.pregnancy)
    for row in participant(id).casebook.rows(of: plan.forms?.pregnancy) {
      guard let sent = row.time(.sent), sent != rows.first(where: { $0.key == row.key })?.time(.sent) else { continue }
      submit(
        clocks: [ReportClock.pregnancyToSponsor], of: id, about: .pregnancy(row.key.row), to: "sponsor", at: sent)
    }
  }

  private func running(_ clocks: [String], of id: ParticipantID, about subject: ReportSubject) -> [ClockState] {
    let state = participant(id)
    let numbers = Set(state.safety.clocks(about: sameMatter(subject, state)))
    return state.record.runningClocks.filter { clocks.contains($0.clock) && numbers.contains($0.number) }
  }

  /// Whether a report sent at a time has stopped one of some clocks about a matter.
  private func stopped(
    _ clocks: [String], of id: ParticipantID, about subject: ReportSubject, at sent: DateTime
  ) -> Bool {
    let state = participant(id)
    let numbers = Set(state.safety.clocks(about: sameMatter(subject, state)))
    return state.record.clocks.contains { clock in
      clocks.contains(clock.clock) && numbers.contains(clock.number) && clock.submitted == sent.instant
    }
  }

  /// A submission stops the clocks that run about its matter and tell of nothing newer; what lies ahead is none.
  private mutating func submit(
    clocks: [String], of id: ParticipantID, about subject: ReportSubject, to: String, at sent: DateTime
  ) {
    guard sent.instant <= now else { return }
    let moment = sent.moment(zone: happened.zone)
    let running = running(clocks, of: id, about: subject)
    for clock in running where participant(id).known(clock).map({ $0.instant <= sent.instant }) ?? true {
      for event in clock.submission(to: to, at: moment, in: participant(id).record) { record(.record(id, event)) }
      for (duty, known) in participant(id).untold(by: sent.instant, clock: clock.number) {
        start(duty, of: id, aware: known, hours: self.clock(duty.clock)?.hoursInAll ?? 0)
      }
    }
  }
}

extension ClockState {
  /// That a report was handed in, and the deviation where that was late.
  func submission(to: String, at moment: Moment, in record: RecordState) -> [RecordEvent] {
    let late = lateDeviation(at: moment, in: record)
    return [.reportSubmitted(clock: number, to: to, submitted: moment)]
      + [late].compactMap { $0.map(RecordEvent.deviationOpened) }
  }
}
