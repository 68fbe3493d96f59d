public import ClinicalValues

extension ParticipantState {
  /// When a participant's time in the study ended: with death, departure or the last visit, whichever came first; nil while it goes on.
  public var ended: Moment? { [way.died, way.left, way.completed].compactMap(\.self).min() }

  /// Days from Day 0 to a moment at the participant's site; nil before Day 0. They stop where the participant's time in the study ended.
  public func studyDay(at now: Moment) -> Int? {
    product.infusion.map { min(now.day, ended?.day ?? now.day) - $0.begun.day }
  }
}
