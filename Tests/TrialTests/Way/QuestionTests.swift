import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `A correction or a late result that would change the verdict` {
  let late = ImportData(participant: .first, bundle: .other, resources: 1, source: .laboratory)

  /// The data imported now would have changed the decision.
  private func contradict(_ trial: inout TrialScenario) {
    trial.pictures[.first]?.reviewed = .example([.pass, .fail, .pass], asOf: trial.now)
  }

  @Test func `closes the gates until an investigator has decided anew`() throws {
    var trial = try TrialScenario.eligible()
    contradict(&trial)
    try trial.perform(late, by: .coordinator)
    #expect(trial.status() == .screening && trial.of().way.isEligibilityQuestioned)
    trial.when(Enroll(participant: .first, identity: .example), by: .coordinator)
      .refused("gate-closed", lines: ["enrollment.eligibility"])
    trial.when(late, by: .coordinator).then { #expect($0.count == 1, "raised once") }
    try trial.perform(DecideEligible(participant: .first, cohort: "sle"))
    try trial.perform(Enroll(participant: .first, identity: .example), by: .coordinator)
  }

  @Test func `after enrollment is decided on the verdict of that day, and nobody signs over it`() throws {
    var trial = try TrialScenario.enrolled()
    trial.when(DecideEligible(participant: .first, cohort: "sle")).refused("already-decided")
    contradict(&trial)
    try trial.perform(late, by: .coordinator)
    #expect(trial.line("leukapheresis.enrolled", of: .leukapheresis)?.value == false)
    #expect(trial.line("infusion.recheck", of: .infusion)?.value == false)
    trial.when(DecideEligible(participant: .first, cohort: "sle")).refused("not-eligible")
    trial.pictures[.first]?.reviewed = .example(asOf: trial.now)
    try trial.perform(DecideEligible(participant: .first, cohort: "sle"))
    #expect(trial.line("leukapheresis.enrolled", of: .leukapheresis)?.value == true)
  }

  @Test func `after the infusion is an important deviation`() throws {
    var trial = try TrialScenario.infused()
    contradict(&trial)
    trial.when(late, by: .coordinator).then { events in
      guard case .record(_, .deviationOpened(let deviation)) = events.last else {
        Issue.record("\(events)")
        return
      }
      #expect(deviation.severity == .important && deviation.kind == .eligibility)
    }
  }

  @Test func `can be raised by hand, once and only about a decision`() throws {
    var trial = try TrialScenario.consented()
    let question = QuestionEligibility(participant: .first, reason: "the sample was another's")
    trial.when(question, by: .coordinator).refused("nothing-to-question")
    trial = try .eligible()
    try trial.perform(question, by: .coordinator)
    trial.when(question, by: .coordinator).refused("nothing-to-question")
    #expect(trial.status() == .screening)
  }
}
