import ClinicalValues
import StudyDesign

extension Situation {
  /// What follows where a correction shows that somebody was infused inside the interval after another, or before an assessment on or
  /// after its end was held: as if that had been outside the gate. Nothing for pairs of which that was known.
  func tooCloseAfter(_ facts: [Fact], _ id: ParticipantID, isHeld: Bool) -> [Fact] {
    let before = state.infusedInsideInterval(plan.safety)
    let after = asOf(happened, after: facts.map(\.event)).state.infusedInsideInterval(plan.safety)
    let pairs = Set(after.subtracting(before).map(\.pair)).filter { $0.later != id }
    let found = pairs.sorted { ($0.later, $0.earlier) < ($1.later, $1.earlier) }
    let hold = found.isEmpty || isHeld ? [] : [state.study.hold(by: .infusionOutsideGate)]
    return hold
      + found.flatMap { pair in
        let what = "By a corrected time, \(pair.later) was infused inside the interval after \(pair.earlier)."
        return [
          deviation(.outsideGate, what, of: pair.later, severity: .critical),
          clock(ReportClock.outsideGate, of: pair.later),
        ]
      }
  }
}

/// Two of whom one was infused before the interval after the other was over.
private struct InfusedPair: Hashable {
  let earlier: ParticipantID
  let later: ParticipantID
}

/// Why the interval was not over.
private struct TooClose: Hashable {
  let pair: InfusedPair
  /// Whether its days had passed, and no assessment was held on or after its end.
  let isUnseen: Bool
}

extension TrialState {
  fileprivate func infusedInsideInterval(_ plan: SafetyPlan) -> Set<TooClose> {
    var found: Set<TooClose> = []
    for (ordinal, infusion) in study.infusions.enumerated() {
      let last = infusion.begun.day + StudyState.intervalDays(after: ordinal, plan: plan)
      let earlier = participants[infusion.participant]
      let isGone = earlier?.isGone(by: plan) ?? false
      let assessed = earlier?.assessedDays ?? []
      for later in study.infusions.dropFirst(ordinal + 1) {
        let day = later.begun.day
        let isUnseen = day >= last && !isGone && !assessed.contains { (last...day).contains($0) }
        guard day < last || isUnseen else { continue }
        let pair = InfusedPair(earlier: infusion.participant, later: later.participant)
        found.insert(TooClose(pair: pair, isUnseen: isUnseen))
      }
    }
    return found
  }
}

extension ParticipantState {
  /// The days of the visits on which the participant was assessed for toxicity, as the record stands.
  fileprivate var assessedDays: [Int] {
    entries.all.compactMap { entry in
      guard case .visitRecorded(let visit) = entry.way, visit.assessed else { return nil }
      return entry.happened.day
    }
  }
}
