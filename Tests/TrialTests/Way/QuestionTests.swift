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

  @Test func `is not answered by a decision of before it, which is recorded only where it is told late`() throws {
    var trial = try TrialScenario.eligible()
    let decide = DecideEligible(participant: .first, cohort: "sle")
    trial.wait(hours: 2)
    contradict(&trial)
    try trial.perform(late, by: .coordinator)
    trial.wait(minutes: 3)
    trial.when(decide, at: trial.ago(hours: 2)).refused("before-its-cause")
    trial.late = EntrySource(source: "the signed sheet", reason: "no power")
    let events = try trial.perform(decide, at: trial.ago(hours: 2))
    guard case .way(_, .foundEligible(let decision)) = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(!decision.answersQuestion && trial.of().way.isEligibilityQuestioned)
    trial.late = nil
    try trial.perform(decide, at: trial.ago(minutes: 1))
    #expect(!trial.of().way.isEligibilityQuestioned)
  }

  /// What a criterion says by the data of the time that is given, and by those of now.
  @Test(
    arguments: [(.pass, .pass), (.pass, .fail), (.pass, .unknown), (.fail, .pass)]
      as [(CriterionOutcome, CriterionOutcome)])
  func `known by now is not signed over by giving a time at which it was not`(
    _ then: CriterionOutcome, _ now: CriterionOutcome
  ) throws {
    var trial = try TrialScenario.consented()
    try trial.perform(StartScreening(participant: .first))
    trial.wait(hours: 2)
    trial.pictures[.first]?.eligibility["sle"] = .example([now, .pass, .pass], asOf: trial.now)
    trial.picturesOfNow = trial.pictures
    trial.pictures[.first]?.eligibility["sle"] = .example([then, .pass, .pass], asOf: trial.now)
    let decide = DecideEligible(participant: .first, cohort: "sle")
    let outcome = trial.when(decide, at: trial.ago(hours: 1))
    if then == .pass, now == .pass {
      #expect(outcome.events != nil)
    } else {
      outcome.refused("not-eligible")
    }
    // What was signed on paper then is told as it was, and questioned at once where it does not hold any more.
    trial.late = EntrySource(source: "the signed sheet", reason: "no power")
    let told = trial.when(decide, at: trial.ago(hours: 1))
    guard then == .pass else {
      told.refused("not-eligible")
      return
    }
    let isQuestioned = told.events?.contains { if case .way(_, .eligibilityQuestioned) = $0 { true } else { false } }
    #expect(isQuestioned == (now != .pass))
  }

  @Test func `answered late by a decision that does not hold any more is raised again`() throws {
    var trial = try TrialScenario.eligible()
    let question = EligibilityQuestion(reason: "a late result", assessment: nil)
    trial.given(.way(.first, .eligibilityQuestioned(question: question)))
    trial.wait(hours: 2)
    trial.pictures[.first]?.eligibility["sle"] = .example([.fail, .pass, .pass], asOf: trial.now)
    trial.picturesOfNow = trial.pictures
    trial.pictures[.first]?.eligibility["sle"] = .example([.pass, .pass, .pass], asOf: trial.now)
    trial.late = EntrySource(source: "the signed sheet", reason: "no power")
    let events = try trial.perform(DecideEligible(participant: .first, cohort: "sle"), at: trial.ago(hours: 1))
    guard case .way(_, .foundEligible(let decision)) = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(decision.answersQuestion)
    #expect(events.count { if case .way(_, .eligibilityQuestioned) = $0 { true } else { false } } == 1)
    #expect(trial.of().way.isEligibilityQuestioned)
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
