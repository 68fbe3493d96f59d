import ClinicalValues
import StudyDesign

// Clocks of reports: started once by what calls for them.

extension SafetyDraft {
  /// Starts the clocks of all reports that are called for and have none yet.
  mutating func startClocks(of id: ParticipantID, before: ParticipantState) {
    let called = ReportDuties(participant: participant(id), before: before, plan: plan.safety).called()
    let newest = participant(id).record.clocks.count
    for report in called {
      guard let clock = clock(report.duty.clock) else { continue }
      let aware = aware(of: report)
      let due = aware.instant.adding(hours: clock.hoursInAll)
      let own = participant(id).safety.reports[report.duty] ?? []
      let told = toldClocks(report, of: id, aware: aware.instant)
      var ended: [ClockState] = []
      if !own.isEmpty || !told.isEmpty {
        // Somebody was aware earlier than was thought: the earlier clock counts, and the first stays visible.
        let counting = participant(id).record.clocks.filter { (own + told).contains($0.number) }
        let running = counting.filter { $0.submitted == nil }
        let first = (running.isEmpty ? counting : running).map(\.due).min()
        let isKnown =
          !own.isEmpty && report.aware == report.awareBefore && report.reported.now == report.reported.before
        guard !isKnown, let first, due < first else {
          unite(report, told, of: id)
          continue
        }
        if running.isEmpty { ended = counting }
      }
      // A further cause of the event has begun the earlier clock just now, and where all was reported it has stopped at once.
      let reported = ended.isEmpty ? Int.max : newest
      if let covering = covering(report.duty, of: id, aware: aware.instant, dueBy: due, orStoppedAfter: reported) {
        let isLater = participant(id).record.clocks.contains { $0.number == covering && $0.aware < aware }
        record(.safety(id, .reportDue(clock: covering, duty: report.duty, known: isLater ? aware : nil)))
        continue
      }
      start(report.duty, of: id, aware: aware, hours: clock.hoursInAll)
      handIn(with: ended, of: id)
      unite(report, told, of: id)
      if report.duty.clock == ReportClock.susarFatal, let followUp = self.clock(ReportClock.susarFatalFollowUp) {
        let duty = ReportDuty(report.duty.subject, .followUp, clock: followUp.id)
        guard isOpen(duty, of: id) else { continue }
        start(
          duty, of: id, aware: Moment(due, offsetMinutes: aware.offsetMinutes, zone: aware.zone),
          hours: followUp.hoursInAll)
      }
    }
  }

  /// Whether a duty is still to be met: it was never started, or one of its clocks runs.
  private func isOpen(_ duty: ReportDuty, of id: ParticipantID) -> Bool {
    guard let numbers = participant(id).safety.reports[duty], !numbers.isEmpty else { return true }
    return participant(id).record.runningClocks.contains { numbers.contains($0.number) }
  }

  /// Stops the clock that was started last by the report that had stopped all others of its matter: by this one it may be late.
  private mutating func handIn(with ended: [ClockState], of id: ParticipantID) {
    guard let clock = participant(id).record.clocks.last, let sent = ended.compactMap(\.submitted).min(),
      clock.aware.instant <= sent
    else { return }
    let to = ReportClock.toSponsor.contains(clock.clock) ? ["sponsor"] : ReportRecipient.allCases.map(\.words)
    let moment = Moment(sent, offsetMinutes: happened.offsetMinutes, zone: happened.zone)
    for event in clock.submission(to: to.joined(separator: ", "), at: moment, in: participant(id).record) {
      record(.record(id, event))
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

  /// Starts a clock for a report.
  mutating func start(_ duty: ReportDuty, of id: ParticipantID, aware: Moment, hours: Int) {
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
  ///
  /// - Parameter newest: of a matter that was reported, a clock above this number counts too, though it has stopped.
  private func covering(
    _ duty: ReportDuty, of id: ParticipantID, aware: Instant, dueBy due: Instant, orStoppedAfter newest: Int
  ) -> Int? {
    let state = participant(id)
    let numbers = Set(state.safety.clocks(about: sameMatter(duty.subject, state)))
    let own = duty.cause == .death ? [] : Set(state.safety.clocks(about: [duty.subject]))
    return state.record.clocks.first { clock in
      clock.clock == duty.clock && numbers.contains(clock.number) && clock.due <= due
        && (clock.submitted == nil || clock.number > newest)
        && (aware <= clock.aware.instant || own.contains(clock.number))
    }?.number
  }

  /// What is one matter with a subject: a death and the events that ended in it.
  func sameMatter(_ subject: ReportSubject, _ state: ParticipantState) -> Set<ReportSubject> {
    switch subject {
    case .death, .event:
      let fatal = state.adverseEvents(by: plan.safety).filter(\.isFatal).map { ReportSubject.event($0.number) }
      let ofDeath = Set(fatal + [.death])
      return ofDeath.contains(subject) ? ofDeath : [subject]
    case .pregnancy, .expectation: return [subject]
    }
  }
}
