import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `A visit recorded wrongly is corrected` {
  /// Infused ten days ago, visited on Day 3 and Day 10; both assessed.
  private func visited() throws -> TrialScenario {
    var trial = try TrialScenario.infused()
    trial.wait(days: 3)
    try trial.perform(RecordVisit(participant: .first, visit: "D3", assessed: true), by: .nurse)
    trial.wait(days: 7)
    try trial.perform(RecordVisit(participant: .first, visit: "D10", assessed: true), by: .nurse)
    trial.wait(hours: 5)
    return trial
  }

  private func correct(
    _ visit: String = "D10", inError: Bool? = nil, to other: String? = nil, held: Moment? = nil, assessed: Bool? = nil,
    reason: String = "The nurse had opened another participant."
  ) -> CorrectVisit {
    CorrectVisit(
      participant: .first, visit: visit, inError: inError, correctVisit: other, held: held, assessed: assessed,
      reason: reason)
  }

  @Test func `what did not take place is as if it had not been recorded, and both entries can be read`() throws {
    var trial = try visited()
    let recorded = trial.ledger
    let before = trial.of().way.lastAssessment
    try trial.perform(correct(inError: true), by: .coordinator)
    #expect(trial.of().way.lastAssessment == trial.of().visits.visits.last?.held)
    #expect(trial.of().way.lastAssessment != before)
    #expect(trial.of().visits.visits.map(\.visit) == ["D3"])
    #expect(Array(trial.ledger.prefix(recorded.count)) == recorded, "nothing is overwritten")
    let told = EventTelling(Vocabulary(nil, in: trial.state))
    let sentence = try #require(trial.ledger.last.map { told.sentence($0.event) })
    #expect(sentence.hasPrefix("Corrected: visit D10 recorded for 2026-"))
    #expect(sentence.hasSuffix("it did not take place; why: The nurse had opened another participant."))
  }

  @Test func `day, name and assessment hold as corrected; what is right stays`() throws {
    var trial = try visited()
    let day = trial.ago(days: 1)
    try trial.perform(correct(held: day), by: .nurse)
    #expect(trial.of().visits.visits.last == VisitHistory.HeldVisit(visit: "D10", held: day))
    #expect(trial.of().way.lastAssessment == day)
    try trial.perform(correct(assessed: false), by: .nurse)
    #expect(trial.of().way.lastAssessment == trial.of().visits.visits.first?.held)
    try trial.perform(correct(to: "unscheduled"), by: .nurse)
    #expect(trial.of().visits.visits.map(\.visit) == ["D3", "unscheduled"])
    #expect(trial.of().visits.visits.last?.held == day)
  }

  @Test(arguments: [true, false])
  func `whoever was infused on the strength of an assessment that did not take place was so outside the gate`(
    isTakenBack: Bool
  ) throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 28)
    try trial.perform(RecordVisit(participant: .first, visit: "D28", assessed: true), by: .nurse)
    trial.wait(days: 2)
    trial.given(.way(.second, .registered(site: .berlin, cohort: "ssc")))
    trial.given(
      .product(.second, .infusionStarted(bag: .second, outsideGate: false, lines: [])),
      .study(.infusionBegun(participant: .second)))
    let correction =
      isTakenBack ? correct("D28", inError: true) : correct("D28", held: trial.ago(days: 3))
    try trial.perform(correction, by: .coordinator)
    #expect(trial.of(.second).record.deviations.map(\.kind) == [.outsideGate])
    #expect(trial.state.study.holdsInForce.map(\.hold.rule) == [.infusionOutsideGate])
    #expect(trial.of(.second).record.runningClocks.map(\.clock) == [ReportClock.outsideGate])
  }

  @Test func `the last visit taken back, the participant is in the study again`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 720)
    try trial.perform(RecordVisit(participant: .first, visit: "M24", assessed: true), by: .nurse)
    #expect(trial.status() == .completed)
    try trial.perform(correct("M24", to: "unscheduled"), by: .nurse)
    #expect(trial.status() == .followUp)
    trial.when(correct("unscheduled", to: "M24"), by: .nurse).then { #expect($0.count == 1) }
  }

  @Test func `attempts to reach the participant count again where the visit after them was none`() throws {
    var trial = try visited()
    for writes in [true, false] {
      trial.wait(days: 1)
      try trial.perform(AttemptContact(participant: .first, inWriting: writes), by: .nurse)
    }
    trial.wait(days: 1)
    try trial.perform(RecordVisit(participant: .first, visit: "D14", assessed: true), by: .nurse)
    #expect(trial.of().way.contactAttempts.isEmpty)
    try trial.perform(correct("D14", inError: true), by: .nurse)
    #expect(trial.of().way.contactAttempts.count == 2)
  }

  @Test func `a correction is refused where the visit could not have been recorded so, or changes nothing`() throws {
    let trial = try visited()
    let refused: [(CorrectVisit, String)] = [
      (correct(reason: " "), "text-missing"), (correct("D28", inError: true), "no-such-visit"),
      (correct(), "nothing-corrected"), (correct(assessed: true), "nothing-corrected"),
      (correct(inError: true, assessed: false), "in-error-or-corrected"),
      (correct(held: trial.ago(days: -1)), "not-yet"), (correct(held: trial.ago(days: 400)), "no-consent"),
      (correct(to: "M24"), "visit-too-early"), (correct(to: "no visit!"), "unknown-visit"),
    ]
    for (command, id) in refused { trial.when(command, by: .nurse).refused(id) }
    trial.when(correct(inError: true), by: .monitor).refused("role-may-not")
  }

  @Test func `of several visits of one name the day says which`() throws {
    var trial = try visited()
    let day = trial.now.date
    for days in [0, 2] {
      trial.wait(days: days)
      try trial.perform(RecordVisit(participant: .first, visit: "unscheduled", assessed: false), by: .nurse)
    }
    trial.when(correct("unscheduled", inError: true), by: .nurse).refused("which-visit")
    let meant = CorrectVisit(
      participant: .first, visit: "unscheduled", recordedFor: day, inError: true, reason: "entered twice")
    try trial.perform(meant, by: .nurse)
    #expect(trial.of().visits.visits.filter { $0.visit == "unscheduled" }.map(\.held.date) == [trial.now.date])
  }
}
