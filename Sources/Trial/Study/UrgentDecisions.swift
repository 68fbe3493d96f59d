public import ClinicalValues
public import StudyDesign

/// Somebody already lymphodepleted when a hold fell or a DLT question opened.
public struct UrgentDecision: Sendable, Hashable {
  /// Whose infusion is at stake.
  public let participant: ParticipantID
  /// When the first of what the board has not decided on yet began: what comes up besides does not put its word off.
  public let since: Moment
  /// When the last of what stands against the infusion began: a decision that has seen all of it is not older.
  public let last: Moment
  /// The holds and questions, a sentence each.
  public let reasons: [String]
}

extension DLTQuestion {
  /// Why it stands against an infusion.
  fileprivate var reason: String {
    isDoseLimiting == nil
      ? "DLT question \(number) about \(participant) is open."
      : "DLT question \(number) about \(participant) was answered, but how long the event lasts is not known yet."
  }
}

extension TrialState {
  /// What stands against the infusion of somebody who was lymphodepleted before it fell; nil where nothing does, where
  /// the participant is not lymphodepleted, or is infused or gone, and where something was known before the first dose
  /// of the round that counts: then the gate of lymphodepletion bars, and the board's word cannot stand for it.
  public func urgentDecision(on participant: ParticipantID, at moment: Moment, plan: SafetyPlan) -> UrgentDecision? {
    guard let state = participants[participant], state.product.infusion == nil,
      state.way.isConditioned(onDay: moment.day), !state.isGone(by: plan),
      let firstDose = state.way.lymphodepletionDoses.map(\.instant).min(), let site = state.way.site,
      let cohort = state.way.cohort
    else { return nil }
    let holds = study.holdsInForce.filter {
      $0.hold.activities.contains(.infusion) && $0.hold.covers(site: site, cohort: cohort)
    }
    let questions = barringQuestions(at: moment.instant, plan: plan)
    guard !(holds.isEmpty && questions.isEmpty),
      holds.allSatisfy({ firstDose <= $0.recorded }),
      questions.allSatisfy({ $0.isDoseLimiting != nil || firstDose <= $0.recorded }),
      let last = (holds.map(\.since) + questions.map(\.opened)).max()
    else { return nil }
    let decided = study.boardDecisions[participant]
    let undecided = (holds.map(\.since) + questions.map(\.opened)).filter { since in
      decided.map { $0 < since } ?? true
    }
    return UrgentDecision(
      participant: participant, since: undecided.min() ?? last, last: last,
      reasons: holds.map { "Hold \($0.hold.number): \($0.hold.reason)" }
        + questions.map(\.reason))
  }

  /// Whether the board has signed "go on" for somebody lymphodepleted before all that stands against the infusion, and
  /// nothing newer does.
  public func boardLetsGoOn(_ participant: ParticipantID, at moment: Moment, plan: SafetyPlan) -> Bool {
    study.boardLetsGoOn(participant) && urgentDecision(on: participant, at: moment, plan: plan) != nil
  }
}
