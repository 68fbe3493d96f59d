public import ClinicalValues
public import StudyDesign

extension ParticipantState {
  /// The gate that a participant stands before; nil where none comes next.
  public func nextGate(at now: Moment, way: WayPlan) -> Gate? {
    switch status(at: now) {
    case .eligible: .enrollment
    case .enrolled, .productFailed: .leukapheresis
    case .released: .lymphodepletion
    case .conditioning: self.way.isLymphodepleted(way) ? .infusion : nil
    case .candidate, .consented, .screening, .screenFailed, .collected, .manufacturing, .infused, .followUp, .completed,
      .leftEarly:
      nil
    }
  }
}

extension WatchedParticipant {
  /// The gate that the participant stands before, with the lines that are not true where they were asked.
  func gateTasks(_ calendar: ParticipantCalendar, lines: [GateLine]?) -> [StudyTask] {
    guard let gate = state.nextGate(at: now, way: plan.way) else { return [] }
    let closed = (lines ?? []).filter { $0.value != true }
      .map { $0.title + ($0.value == nil ? " (unknown)" : " (no)") }
    let words =
      lines == nil
      ? "" : closed.isEmpty ? " Every line is true." : " Not true: \(closed.joined(separator: "; "))."
    return [
      StudyTask(
        .passGate, "\(state.id) stands before the gate of \(gate.rawValue).\(words)",
        roles: Role.allowed(permission(of: gate)), site: state.way.site, participant: state.id,
        since: reached(gate)?.date ?? now.date,
        deadline: lastDay(of: gate, calendar).map { .through($0) }, about: .gate(gate))
    ]
  }

  /// When the participant came to stand before a gate, where that is recorded.
  private func reached(_ gate: Gate) -> Moment? {
    switch gate {
    case .enrollment: if case .eligible(let signed, _, _) = state.way.eligibility { signed } else { nil }
    case .leukapheresis: state.way.enrolled
    case .lymphodepletion: nil
    case .infusion, .thawing: state.way.lymphodepletionEnded ?? state.way.lymphodepletionDoses.last
    }
  }

  private func permission(of gate: Gate) -> Permission {
    switch gate {
    case .enrollment: Enroll.permission
    case .leukapheresis: BeginCollection.permission
    case .lymphodepletion: StartLymphodepletion.permission
    case .infusion: StartInfusion.permission
    case .thawing: ThawBag.permission
    }
  }

  /// The last day on which what stands behind a gate may be done, by the decision or the schedule.
  private func lastDay(of gate: Gate, _ calendar: ParticipantCalendar) -> CalendarDate? {
    if gate == .enrollment {
      guard case .eligible(_, let through, _) = state.way.eligibility else { return nil }
      return CalendarDate(daysSinceEpoch: through)
    }
    let anchor: VisitAnchor =
      gate == .leukapheresis ? .enrollment : gate == .lymphodepletion ? .bookedDayZero : .dayZero
    return calendar.visits.first { visit in
      visit.status.isOpen && visit.dates?.anchor == anchor
        && (gate != .infusion || visit.dates.map { $0.planned.days.contains($0.from.daysSinceEpoch) } ?? false)
    }?.lastDay
  }
}
