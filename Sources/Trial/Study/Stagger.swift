import ClinicalValues
public import StudyDesign

/// How the interval between infusions stands for somebody on a day.
public struct Stagger: Sendable, Hashable {
  /// Whether the interval after everybody infused earlier is over, as far as it is known now.
  public let isOver: Bool
  /// Whether its days have passed by then, assessments left aside: what can be asked of a day still to come.
  public let daysHavePassed: Bool
  /// Those whose interval is not over.
  public let waitsFor: [ParticipantID]
  /// The first day (since 1970-01-01) on which its days have passed; nil where nobody was infused before.
  public let firstDay: Int?
}

extension StudyState {
  /// Whether somebody may be infused on a day, for all who were infused before.
  ///
  /// Days are calendar days at the site of each infusion. After an infusion the interval is over once its last day is
  /// reached and an assessment on or after that day is recorded, or the participant has left early.
  public func stagger(for participant: ParticipantID, onDay day: Int, in state: TrialState, plan: SafetyPlan) -> Stagger
  {
    var waitsFor: [ParticipantID] = []
    var firstDay: Int?
    for (ordinal, infusion) in infusions.enumerated() {
      if infusion.participant == participant { break }
      let last = infusion.begun.day + Self.intervalDays(after: ordinal, plan: plan)
      firstDay = max(firstDay ?? last, last)
      if !Self.isSeen(infusion, through: last, by: day, in: state, plan: plan) { waitsFor.append(infusion.participant) }
    }
    return Stagger(
      isOver: waitsFor.isEmpty, daysHavePassed: firstDay.map { $0 <= day } ?? true, waitsFor: waitsFor,
      firstDay: firstDay)
  }

  /// Days after an infusion, the first being 0, on which nobody else is infused.
  public static func intervalDays(after ordinal: Int, plan: SafetyPlan) -> Int {
    plan.staggerDaysFirst.indices.contains(ordinal) ? plan.staggerDaysFirst[ordinal] : plan.staggerDaysLater
  }

  /// Whether a day after an infusion is reached and an assessment on or after it is recorded, or the participant left or died.
  static func isSeen(
    _ infusion: BegunInfusion, through last: Int, by day: Int, in state: TrialState, plan: SafetyPlan
  ) -> Bool {
    guard day >= last, let participant = state.participants[infusion.participant] else { return false }
    return participant.way.isAssessed(onOrAfter: last) || participant.isGone(by: plan)
  }

  /// The last days of the dose-limiting window of those who are through it on a day, an assessment on or after it
  /// recorded or gone early, in order.
  func lastDaysOfWindow(onDay day: Int, in state: TrialState, plan: SafetyPlan) -> [Int] {
    infusions.compactMap { infusion in
      let last = infusion.begun.day + plan.doseLimitingWindowDays
      return Self.isSeen(infusion, through: last, by: day, in: state, plan: plan) ? last : nil
    }.sorted()
  }
}

extension ParticipantState {
  /// Whether somebody has left or died, as far as anything tells it.
  public func isGone(by plan: SafetyPlan) -> Bool { way.left != nil || death(by: plan) != nil }
}

extension TrialState {
  /// Those but for one who are lymphodepleted on a day and not yet infused.
  func awaitingInfusion(onDay day: Int, but participant: ParticipantID, plan: SafetyPlan) -> [ParticipantState] {
    participants.values.filter { other in
      other.id != participant && other.product.infusion == nil && other.way.isConditioned(onDay: day)
        && !other.isGone(by: plan)
    }
  }

  /// Those who are lymphodepleted today, not yet infused, and booked so near to a day that the infusion of a participant
  /// on it would bar theirs, or theirs this one.
  func conditionedTooClose(
    to day: Int, of participant: ParticipantID, onDay today: Int, plan: SafetyPlan
  ) -> [ParticipantID] {
    let interval = StudyState.intervalDays(after: study.infusions.count, plan: plan)
    return awaitingInfusion(onDay: today, but: participant, plan: plan)
      .filter { other in other.way.bookedDayZero.map { abs($0.daysSinceEpoch - day) < interval } ?? false }
      .map(\.id).sorted()
  }
}
