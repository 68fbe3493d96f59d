import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct UrgentDecisionTests {
  private let goOn = DecideOnParticipant(participant: .first, goesOn: true, ballot: .of())

  @Test func `the board lets somebody lymphodepleted before the hold go on, until something newer`() throws {
    var trial = TrialScenario.study()
    trial.lymphodeplete(.first)
    trial.when(goOn, by: .boardMember, together: otherMembers).refused("nothing-to-decide")
    trial.wait(days: 1)
    trial.given(trial.state.study.hold(by: .earlyDeath).event)
    #expect(trial.tasks.first?.kind == .decideOnParticipant)
    #expect(trial.tasks.first?.deadline == .at(trial.now.instant.adding(hours: 24)))
    try trial.perform(goOn, by: .boardMember, together: otherMembers)
    #expect(trial.state.boardLetsGoOn(.first, at: trial.now, plan: trial.plan.safety))
    #expect(!trial.tasks.contains { $0.kind == .decideOnParticipant })

    trial.given(trial.state.study.hold(by: .relatedDeath).event)
    #expect(!trial.state.boardLetsGoOn(.first, at: trial.now, plan: trial.plan.safety))
    #expect(trial.tasks.first?.kind == .decideOnParticipant)
  }

  @Test func `the board's day begins with the first that it has not decided on`() throws {
    var trial = TrialScenario.study()
    trial.lymphodeplete(.first)
    trial.given(trial.state.study.hold(by: .earlyDeath).event)
    let first = trial.now.instant.adding(hours: 24)
    trial.wait(hours: 20)
    trial.given(trial.state.study.hold(by: .relatedDeath).event)
    #expect(trial.tasks.first?.deadline == .at(first), "a second hold does not put it off")
    try trial.perform(goOn, by: .boardMember, together: otherMembers)
    trial.wait(hours: 2)
    trial.given(trial.state.study.hold(by: .carPositiveMalignancy).event)
    #expect(trial.tasks.first?.deadline == .at(trial.now.instant.adding(hours: 24)))
  }

  @Test func `a newer DLT question takes the board's word back too`() throws {
    var trial = TrialScenario.study()
    trial.infuse(.second)
    trial.lymphodeplete(.first)
    trial.given(trial.state.study.hold(by: .earlyDeath).event)
    try trial.perform(goOn, by: .boardMember, together: otherMembers)
    try trial.perform(
      OpenDLTQuestion(participant: .second, toxicity: .crs, onset: trial.now.date, about: "Grade 4."), by: .coordinator)
    #expect(!trial.state.boardLetsGoOn(.first, at: trial.now, plan: trial.plan.safety))
  }

  @Test func `the board's no is a decision too`() throws {
    var trial = TrialScenario.study()
    trial.lymphodeplete(.first)
    trial.given(trial.state.study.hold(by: .earlyDeath).event)
    try trial.perform(
      DecideOnParticipant(participant: .first, goesOn: false, ballot: .of()), by: .boardMember, together: otherMembers)
    #expect(!trial.state.boardLetsGoOn(.first, at: trial.now, plan: trial.plan.safety))
    #expect(!trial.tasks.contains { $0.kind == .decideOnParticipant })
  }

  @Test func `the board has no word on somebody lymphodepleted after the hold fell`() {
    var trial = TrialScenario.study()
    trial.given(trial.state.study.hold(by: .earlyDeath).event)
    trial.wait(hours: 1)
    trial.lymphodeplete(.first)
    trial.when(goOn, by: .boardMember, together: otherMembers).refused("nothing-to-decide")
  }

  @Test func `a word on one round of lymphodepletion does not stand for the next`() throws {
    var trial = TrialScenario.study()
    trial.lymphodeplete(.first)
    trial.given(trial.state.study.hold(by: .earlyDeath).event)
    try trial.perform(goOn, by: .boardMember, together: otherMembers)
    trial.wait(days: 15)
    #expect(!trial.state.boardLetsGoOn(.first, at: trial.now, plan: trial.plan.safety))
    trial.wait(days: 10)
    trial.lymphodeplete(.first, round: 2)
    #expect(!trial.state.boardLetsGoOn(.first, at: trial.now, plan: trial.plan.safety))
  }

  @Test func `a hold elsewhere, or of enrollment only, asks for no decision`() {
    for (activities, site) in [([Activity.enrollment], nil as SiteID?), (Activity.allCases, .shanghai)] {
      var trial = TrialScenario.study()
      trial.lymphodeplete(.first)
      trial.given(
        .study(
          .holdSet(
            hold: Hold(
              number: 1, kind: .safety, activities: activities, site: site, cohort: nil, reason: "Why.", setBy: nil,
              rule: nil))))
      #expect(trial.state.urgentDecision(on: .first, at: trial.now, plan: trial.plan.safety) == nil)
    }
  }
}
