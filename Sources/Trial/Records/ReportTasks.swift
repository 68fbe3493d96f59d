import ClinicalValues

extension WatchedParticipant {
  /// Report clocks that run; only a submission stops them.
  var reportTasks: [StudyTask] {
    state.record.reportTasks(at: now, about: "\(state.id)", of: state.id, at: state.way.site)
  }
}

extension RecordState {
  /// Reports that are due, in the worklist of everybody who can hand them in, with the time that is left.
  func reportTasks(
    at now: Moment, about whom: String, of participant: ParticipantID? = nil, at site: SiteID? = nil
  ) -> [StudyTask] {
    runningClocks.map { clock in
      let minutes = clock.due.milliseconds(since: now.instant) / 60_000
      let left = minutes < 0 ? "late by \(Self.words(-minutes))" : "\(Self.words(minutes)) left"
      return StudyTask(
        .submitReport, "Hand in report \(clock.number) of \(whom) (\(clock.clock)): \(left).",
        roles: Role.allowed(clock.permission), site: site, participant: participant, since: clock.aware.date,
        deadline: .at(clock.due), about: .clock(clock.number))
    }
  }

  /// `2 days 3 h`, `3 h 20 min`, `20 min`.
  private static func words(_ minutes: Int) -> String {
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
    if days > 0 { return "\(days) \(days == 1 ? "day" : "days") \(hours) h" }
    return hours > 0 ? "\(hours) h \(rest) min" : "\(rest) min"
  }
}
