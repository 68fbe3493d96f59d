import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `A death recorded wrongly is corrected` {
  private func died(_ trial: inout TrialScenario, _ id: ParticipantID = .first) throws {
    let death = RecordDeath(participant: id, cause: "sepsis", lastContact: trial.now.date)
    try trial.perform(death, by: .nurse)
  }

  private func correct(
    inError: Bool? = nil, died: Moment? = nil, cause: String? = nil, _ id: ParticipantID = .first
  ) -> CorrectDeath {
    CorrectDeath(participant: id, inError: inError, died: died, cause: cause, reason: "meant for another participant")
  }

  @Test func `who lives is in the study again, with the slot; what followed from the death stays to be settled`() throws
  {
    var trial = try TrialScenario.conditioned()
    try died(&trial)
    #expect(trial.status() == .leftEarly && !trial.state.study.slots.contains(.first))
    let clocks = trial.of().record.clocks.count
    trial.wait(hours: 3)
    try trial.perform(correct(inError: true), by: .coordinator)
    #expect(trial.status() == .conditioning && trial.state.study.slots.contains(.first))
    #expect(trial.of().way.died == nil && trial.of().way.departure == nil)
    #expect(trial.of().way.consentInForce(at: trial.now))
    #expect(trial.of().record.clocks.count == clocks)
  }

  @Test func `the hold of a death that there was not stands; one that there is sets another`() throws {
    var trial = TrialScenario.watched(infused: [.first: 10])
    try died(&trial)
    #expect(trial.state.study.holdsInForce.map(\.hold.rule) == [.earlyDeath])
    let clocks = trial.clocks().count
    try trial.perform(correct(inError: true), by: .nurse)
    #expect(trial.state.study.holdsInForce.map(\.hold.rule) == [.earlyDeath], "the board lifts it, and nobody else")
    trial.given(.study(.holdLifted(hold: 1, approvals: [])))
    trial.wait(hours: 1)
    try died(&trial)
    #expect(trial.state.study.holdsInForce.map(\.hold.rule) == [.earlyDeath])
    #expect(trial.clocks().count == clocks + 1, "a clock of its own")
  }

  @Test func `a date that is corrected into the window stops the study`() throws {
    var trial = TrialScenario.watched(infused: [.first: 40])
    try died(&trial)
    #expect(trial.state.study.holdsInForce.isEmpty)
    let early = trial.ago(days: 20)
    try trial.perform(correct(died: early), by: .nurse)
    #expect(trial.of().way.died == early && trial.of().way.left == early)
    #expect(trial.of().way.departure?.lastContact == early.date)
    #expect(trial.state.study.holdsInForce.map(\.hold.rule) == [.earlyDeath])
  }

  @Test func `the cause is corrected, and stays with how the participant left`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 30)
    try died(&trial)
    try trial.perform(correct(cause: "myocardial infarction"), by: .nurse)
    #expect(trial.of().way.departure?.detail == "myocardial infarction")
    #expect(trial.of().way.died == trial.now)
  }

  @Test func `a death after the participant had left otherwise is taken back alone`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 3)
    try trial.perform(
      Withdraw(
        participant: .first, scope: .visits, samples: .kept, cells: .kept, lastContact: trial.now.date, detail: "asked"),
      by: .nurse)
    trial.wait(days: 3)
    try died(&trial)
    try trial.perform(correct(inError: true), by: .nurse)
    #expect(trial.of().way.died == nil && trial.of().way.departure?.reason == .withdrawn)
  }

  @Test func `refused: no death, one that a form tells, a time that cannot be, a slot that is gone`() throws {
    var trial = try TrialScenario.infused()
    trial.when(correct(inError: true), by: .nurse).refused("no-death")
    trial.wait(days: 5)
    try trial.perform(RecordVisit(participant: .first, visit: "D5", assessed: true), by: .nurse)
    trial.wait(days: 1)
    try died(&trial)
    for (command, id) in [
      (correct(), "nothing-corrected"), (correct(died: trial.ago(days: -1)), "not-yet"),
      (correct(died: trial.ago(days: 2)), "alive-then"), (correct(inError: true, cause: "x"), "in-error-or-corrected"),
    ] { trial.when(command, by: .nurse).refused(id) }
    var shipped = TrialScenario.watched(infused: [.first: 40])
    try died(&shipped)
    try shipped.tell("death", visit: FormKey.once, ["DTHFL": "true"])
    shipped.when(correct(inError: true), by: .nurse).refused("death-in-form")
    var full = try TrialScenario.enrolled()
    try died(&full)
    full.plan.way.slots = 0
    full.when(correct(inError: true), by: .nurse).refused("no-free-slot")
  }
}
