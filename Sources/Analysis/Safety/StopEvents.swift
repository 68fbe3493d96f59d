import StudyDesign
import Trial

extension StoppingStanding.StopEvent {
  init(_ plan: StopEventPlan, met: [MetRule], in state: TrialState, history: StudyHistory) {
    let rule = StoppingRule(rawValue: plan.id)
    self.init(
      id: plan.id, title: plan.title, withinDays: plan.withinDays,
      metBy: rule == .infusionOutsideGate
        ? Self.infusedOutsideGate(state) : met.filter { $0.rule == rule }.map(\.reason),
      holds: history.holds.filter { $0.hold.rule?.rawValue == plan.id }.map(\.hold.number))
  }

  private static func infusedOutsideGate(_ state: TrialState) -> [String] {
    state.study.infusions.map(\.participant).filter { state.participants[$0]?.product.infusion?.outsideGate == true }
      .map { "The infusion of \($0) was begun outside the gate." }
  }
}
