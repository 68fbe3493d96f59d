import StudyDesign
import Trial

extension StoppingStanding.StopEvent {
  init(_ plan: StopEventPlan, in snapshot: TrialSnapshot, toxicity: LimitingToxicity) {
    self.init(
      id: plan.id, title: plan.title, withinDays: plan.withinDays,
      happenedTo: Self.known(plan, in: snapshot, toxicity: toxicity),
      holds: snapshot.history.holds.filter { $0.hold.rule?.rawValue == plan.id }.map(\.hold.number))
  }

  private static func known(
    _ plan: StopEventPlan, in snapshot: TrialSnapshot, toxicity: LimitingToxicity
  ) -> [ParticipantID]? {
    switch StoppingRule(rawValue: plan.id) {
    case .earlyDeath:
      return DeathLine.all(in: snapshot).filter { death in
        [death.daysAfterInfusion, death.daysAfterLymphodepletion].compactMap(\.self)
          .contains { (0...(plan.withinDays ?? .max)).contains($0) }
      }.map(\.participant)
    case .twoEarlyToxicities:
      return toxicity.infused.prefix(3).filter { $0.standing == .toxicity }.map(\.participant)
    case .infusionOutsideGate:
      return snapshot.state.study.infusions.map(\.participant).filter {
        snapshot.state.participants[$0]?.product.infusion?.outsideGate == true
      }
    case .toxicityRate, .relatedDeath, .persistentGrade4, .replicationCompetentVector, .carPositiveMalignancy, nil:
      return nil
    }
  }
}
