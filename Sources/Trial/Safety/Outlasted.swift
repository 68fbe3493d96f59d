import ClinicalValues
public import StudyDesign

/// What an adverse event without an end went on until: what came first of death and the end of the participant's time in
/// the study. Nobody follows its course from then on, so that its last recorded outcome stays its last.
public enum Outlasted: String, Sendable, Hashable, Codable, CaseIterable {
  case death, study

  /// `ongoing at death`.
  public var words: String {
    switch self {
    case .death: "ongoing at death"
    case .study: "ongoing at the end of the study"
    }
  }
}

extension ParticipantState {
  /// What an event of this participant outlasted; nil for one that has ended, for one that is still followed, if after leaving, and for
  /// one of which no outcome is on record: that is still to be told.
  public func outlasted(by event: AdverseEvent, plan: SafetyPlan, schedule: SchedulePlan) -> Outlasted? {
    guard event.isResolved != true, event.outcome != nil else { return nil }
    let left = isFollowedAfterLeaving(schedule) ? nil : [way.left, way.completed].compactMap(\.self).min()
    guard let death = death(by: plan) else { return left == nil ? nil : .study }
    guard let left, let day = death.earliestDay else { return .death }
    return left.day < day ? .study : .death
  }
}
