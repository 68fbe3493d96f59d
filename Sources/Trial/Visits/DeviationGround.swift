import ClinicalValues

extension ParticipantCalendar {
  /// Whether what a deviation was opened for is still so, as the visits stand now; nil where they cannot tell it.
  func holds(_ subject: DeviationSubject) -> Bool? {
    switch subject {
    case .window(let id, let number): visit(id, number).map { $0.status == .outOfWindow } ?? false
    case .visit(let id, let number): visit(id, number).map(isMissing) ?? false
    case .activity(let id, let number, let activity):
      visit(id, number).map { isMissing(activity, at: $0) } ?? false
    case .report, .medicine: nil
    }
  }

  /// Whether a visit was not held in its window. Where its forms are filled and nobody says on which day, it may have been.
  private func isMissing(_ visit: CalendarVisit) -> Bool? {
    switch visit.status {
    case .missed, .notDone, .outOfWindow, .unknown: true
    case .done: visit.held == nil ? nil : false
    case .notPlanned, .planned, .waitsForDayZero, .due, .overdue, .notApplicable: false
    }
  }

  /// Whether an activity belonged to a visit that was held. What was entered of it later may have been done later: then a
  /// person says what becomes of the deviation.
  private func isMissing(_ activity: String, at visit: CalendarVisit) -> Bool? {
    guard visit.status == .done || visit.status == .outOfWindow else { return false }
    guard let found = visit.activities.first(where: { $0.activity == activity }) else { return nil }
    if found.applies == false { return false }
    return found.state == .notStarted || found.state == .notDone ? true : nil
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
