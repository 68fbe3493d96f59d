import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

@Suite struct `What was recorded in error is taken back` {
  @Test func `a confirmation counts no more, and its gate is closed until it is confirmed anew`() throws {
    var trial = try TrialScenario.readyForInfusion()
    let takeBack = TakeBackConfirmation(participant: .first, item: .neurologistReachable, reason: "called away")
    #expect(trial.line("infusion.readiness", of: .infusion)?.value == true)
    try trial.perform(takeBack, by: .coordinator)
    #expect(trial.line("infusion.readiness", of: .infusion)?.value != true)
    trial.when(takeBack, by: .coordinator).refused("not-confirmed")
    try trial.perform(ConfirmReadiness(participant: .first, item: .neurologistReachable), by: .nurse)
    #expect(trial.line("infusion.readiness", of: .infusion)?.value == true)
  }

  @Test func `found after the infusion, a confirmation that was wrong is a critical deviation`() throws {
    var trial = try TrialScenario.infused()
    let takeBack = TakeBackConfirmation(participant: .first, item: .resuscitationReady, reason: "the kit was missing")
    try trial.perform(takeBack, by: .nurse)
    #expect(trial.of().record.deviations.map(\.severity) == [.critical])
  }

  @Test func `an attempt to reach somebody is taken back; a loss to follow-up that rested on it is a deviation`() throws
  {
    var trial = try TrialScenario.infused()
    for day in 1...3 {
      trial.wait(days: 1)
      try trial.perform(AttemptContact(participant: .first, inWriting: day == 1), by: .nurse)
    }
    let takeBack = TakeBackContact(participant: .first, on: trial.now.date, inWriting: false, reason: "not called")
    var early = trial
    try early.perform(takeBack, by: .nurse)
    #expect(early.of().record.deviations.isEmpty)
    early.when(LoseToFollowUp(participant: .first, lastContact: early.now.date), by: .nurse).refused("too-few-attempts")
    early.when(takeBack, by: .nurse).refused("no-such-attempt")
    try trial.perform(LoseToFollowUp(participant: .first, lastContact: trial.now.date), by: .nurse)
    try trial.perform(takeBack, by: .nurse)
    #expect(trial.of().record.deviations.count == 1 && trial.status() == .leftEarly)
  }

  @Test func `a pregnancy that there is not closes no gate; a later one starts its clock`() throws {
    var trial = TrialScenario.watched()
    try trial.perform(ReportPregnancy(participant: .first, of: .participant), by: .nurse)
    let clocks = trial.clocks().count
    let takeBack = TakeBackPregnancy(participant: .first, of: .participant, reason: "the sample was another's")
    try trial.perform(takeBack, by: .nurse)
    #expect(trial.of().way.pregnancies.isEmpty && trial.clocks().count == clocks)
    trial.when(takeBack, by: .nurse).refused("not-reported")
    trial.wait(hours: 1)
    try trial.perform(ReportPregnancy(participant: .first, of: .participant), by: .nurse)
    #expect(trial.clocks().count == clocks + 1)
  }

  @Test(arguments: Expectant.allCases)
  func `before the infusion an investigator signs that there is no pregnancy, and only then the gate opens`(
    _ who: Expectant
  ) throws {
    var trial = try TrialScenario.readyForInfusion()
    try trial.perform(ReportPregnancy(participant: .first, of: who), by: .nurse)
    let takeBack = TakeBackPregnancy(participant: .first, of: who, reason: "the sample was another's")
    for actor in [Acting.nurse, .coordinator] { trial.when(takeBack, by: actor).refused("role-may-not") }
    #expect(trial.line("infusion.recheck", of: .infusion, bag: .first)?.value == false)
    let facts = trial.when(takeBack).facts
    #expect(facts.first?.signed?.contains("There is no pregnancy of the \(who.rawValue)") == true)
    try trial.perform(takeBack)
    #expect(trial.line("infusion.recheck", of: .infusion, bag: .first)?.value == true)
  }

  private func withdraw(_ scope: Withdrawal.Scope, _ trial: TrialScenario) -> Withdraw {
    Withdraw(
      participant: .first, scope: scope, samples: .kept, cells: .destroyed, lastContact: trial.now.date, detail: "asked"
    )
  }

  @Test func `a withdrawal that was never declared is taken back by an investigator, signed, with the slot`() throws {
    var trial = try TrialScenario.conditioned()
    let takeBack = TakeBackWithdrawal(participant: .first, reason: "declared by another participant")
    trial.when(takeBack).refused("not-withdrawn")
    try trial.perform(withdraw(.everything, trial), by: .nurse)
    trial.wait(hours: 2)
    trial.when(takeBack, by: .nurse).refused("role-may-not")
    let facts = trial.when(takeBack).facts
    #expect(facts.first?.signed?.contains("has not withdrawn") == true)
    try trial.perform(takeBack)
    #expect(trial.status() == .conditioning && trial.state.study.slots.contains(.first))
    #expect(trial.of().way.consentInForce(at: trial.now))
  }

  @Test func `of two withdrawals the last is taken back; an investigator's decision never is`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 1)
    try trial.perform(withdraw(.visits, trial), by: .nurse)
    trial.wait(days: 1)
    try trial.perform(withdraw(.everything, trial), by: .nurse)
    let takeBack = TakeBackWithdrawal(participant: .first, reason: "misheard")
    try trial.perform(takeBack)
    #expect(trial.of().way.departure?.withdrawal?.scope == .visits)
    var ended = try TrialScenario.infused()
    try ended.perform(
      Discontinue(participant: .first, reason: .discontinued, detail: "by judgment", lastContact: ended.now.date))
    ended.when(takeBack).refused("not-withdrawn")
  }

  @Test func `a report that was not handed in lets its clock run again; one handed in later than told is late`() throws
  {
    var trial = TrialScenario.watched()
    try trial.perform(ReportPregnancy(participant: .first, of: .participant), by: .nurse)
    let clock = try #require(trial.of().record.runningClocks.first)
    func correct(inError: Bool? = nil, submitted: Moment? = nil, to: String? = nil) -> CorrectReport {
      CorrectReport(
        participant: .first, clock: clock.number, inError: inError, submitted: submitted, to: to, reason: "mixed up")
    }
    trial.when(correct(inError: true), by: .nurse).refused("no-such-report")
    trial.wait(hours: 2)
    try trial.perform(SubmitReport(participant: .first, clock: clock.number, to: "sponsor"), by: .nurse)
    trial.wait(hours: 48)
    trial.when(correct(), by: .nurse).refused("nothing-corrected")
    trial.when(correct(submitted: trial.ago(hours: 60)), by: .nurse).refused("before-its-cause")
    var late = trial
    try late.perform(correct(submitted: late.ago(hours: 20)), by: .nurse)
    #expect(late.of().record.deviations.map(\.kind) == [.lateReport])
    try trial.perform(correct(inError: true), by: .nurse)
    #expect(trial.of().record.runningClocks.map(\.number).contains(clock.number))
    trial.when(correct(inError: true), by: .monitor).refused("role-may-not")
  }
}

/// The state after a correction is the one that the corrected entries alone would have given.
@Suite struct `Corrections and the entries that the state is made of` {
  @Test func `folded anew without a correction, the state is what it was`() throws {
    for trial in [try TrialScenario.infused(), try .cells(at: .infusing)] {
      let state = trial.of()
      #expect(state.asOf(state.entries.all) == state)
    }
  }

  @Test func `every event of a correction is written and read again as it is`() throws {
    for event in EventExamples.corrections {
      let new = try event.newEvent(
        happened: EventExamples.moment, actor: Actor(account: "nurse", role: "nurse"), origin: .web, reason: nil)
      let fact = new.payload.value["fact"] ?? .null
      #expect(try TrialEvent(type: new.type, fact: fact, stream: new.stream) == event)
    }
  }
}
