import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

@Suite struct `After a clock that was ahead` {
  private let right = Moment.summer
  private var ahead: Moment { right.adding(days: 2) }

  /// The way after events, each recorded at the time at which it is said to have happened.
  private func way(_ events: (WayEvent, Moment)...) -> WayState {
    var way = WayState()
    for (event, moment) in events {
      way.apply(
        Recorded(
          event, happened: moment, recorded: moment.instant, actor: Actor(account: "anna.berg", role: "subInvestigator")
        ))
    }
    return way
  }

  @Test func `what is recorded by the right time counts, not what bears a time still to come`() {
    func recheck(_ outcome: SignedRecheck.Outcome) -> WayEvent {
      .recheckSigned(recheck: SignedRecheck(kind: .leukapheresis, outcome: outcome, assessment: nil, reason: "fever"))
    }
    func ready(_ doses: Int) -> WayEvent { .readinessConfirmed(item: .tocilizumabKept, site: .berlin, doses: doses) }
    let visit = WayEvent.visitRecorded(visit: RecordedVisit(visit: "D1", assessed: true, completes: false))
    let state = way(
      (recheck(.passed), ahead), (ready(2), ahead), (visit, ahead), (recheck(.deferred), right), (ready(1), right),
      (visit, right))
    #expect(state.rechecks[.leukapheresis]?.outcome == .deferred)
    #expect(state.readiness[.tocilizumabKept]?.doses == 1)
    #expect(state.lastAssessment == right)
  }

  @Test func `what is entered late still does not take the place of what was later`() {
    let visit = WayEvent.visitRecorded(visit: RecordedVisit(visit: "D1", assessed: true, completes: false))
    var state = way((visit, ahead))
    state.apply(
      Recorded(
        visit, happened: right, recorded: ahead.instant.adding(hours: 1),
        actor: Actor(account: "anna.berg", role: "subInvestigator")))
    #expect(state.lastAssessment == ahead)
  }

  @Test func `a withdrawal that bears a time still to come stands: consent has ended, nothing is recorded`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 10)
    let withdraw = Withdraw(
      participant: .first, scope: .everything, samples: .kept, cells: .kept, lastContact: trial.now.date,
      detail: "as wished")
    try trial.perform(withdraw, by: .coordinator)
    trial.wait(days: -10, hours: 1)
    #expect(trial.line("infusion.consent", of: .infusion)?.value == false)
    trial.when(RecordVisit(participant: .first, visit: "unscheduled", assessed: true), by: .nurse)
      .refused("withdrawn-from-everything")
  }

  @Test func `who was lost at a time still to come has left, and can be found again`() throws {
    var trial = try TrialScenario.enrolled()
    trial.wait(days: 10)
    trial.given(
      .way(
        .first,
        .left(
          departure: Departure(
            reason: .lostToFollowUp, detail: "not reached", decidedBy: .nobody, lastContact: .summer))))
    trial.wait(days: -9)
    trial.when(RecordVisit(participant: .first, visit: "unscheduled", assessed: true), by: .nurse).refused("has-left")
    #expect(trial.when(FindAgain(participant: .first), by: .coordinator).events != nil)
  }

  @Test func `a role and a delegation that ended at a time still to come have ended once the clock is right`() {
    for refusal in ["role-not-held", "not-delegated"] {
      var trial = PeopleScenario()
      let number = trial.delegateAnna()
      #expect(trial.perform(AcceptDelegation(number: number), by: PeopleScenario.annaNurse) == nil)
      trial.wait(days: 10)
      let ended =
        refusal == "role-not-held"
        ? trial.perform(
          WithdrawRole(account: .anna, role: .nurse, site: .berlin, reason: "left"), by: .administrator)
        : trial.perform(EndDelegation(number: number, reason: "left"), by: .principalInvestigator)
      #expect(ended == nil)
      let ahead = trial.now.instant
      trial.wait(days: -9)
      trial.record(Fact(.study(.clockSetRight(ahead: ahead, reason: "The battery was changed."))), by: .administrator)
      #expect(trial.refusal(PeopleScenario.annaNurse, .recordData) == refusal)
    }
  }

  @Test func `an eligibility decision that is signed at a time still to come opens nothing before it`() throws {
    var trial = try TrialScenario.consented()
    trial.wait(days: 10)
    trial.refresh()
    try trial.perform(StartScreening(participant: .first), by: .coordinator)
    try trial.perform(DecideEligible(participant: .first, cohort: "sle"))
    trial.wait(days: -9)
    #expect(trial.line("enrollment.eligibility", of: .enrollment)?.value == false)
    trial.wait(days: 9)
    #expect(trial.line("enrollment.eligibility", of: .enrollment)?.value == true)
  }

  @Test func `a hold that was set after an infusion had begun ahead of the time bars its resumption`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    try trial.perform(PauseInfusion(participant: .first, bag: .first, volumeML: 20, reason: "rash"), by: .nurse)
    trial.wait(minutes: -20)
    trial.given(
      .study(
        .holdSet(
          hold: Hold(
            number: 1, kind: .operational, activities: [.infusion], site: nil, cohort: nil, reason: "no bed is free",
            setBy: .qualityAssurance, rule: nil))))
    trial.wait(minutes: 21)
    trial.when(ResumeInfusion(participant: .first, bag: .first), by: .nurse).refused("barred-since")
  }
}
