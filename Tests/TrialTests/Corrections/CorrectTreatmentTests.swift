import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `A dose of lymphodepletion recorded wrongly is corrected` {
  private func correct(_ dose: Int, inError: Bool? = nil, given: Moment? = nil) -> CorrectDose {
    CorrectDose(participant: .first, dose: dose, inError: inError, given: given, reason: "the chart says otherwise")
  }

  @Test func `the days on which the infusion may follow are counted from the day that is right`() throws {
    // The last of three doses was two days ago.
    var trial = try TrialScenario.conditioned()
    let day = trial.now.day
    #expect(trial.of().way.infusable == day...(day + 12))
    let given = trial.ago(days: 1)
    let facts = trial.when(correct(3, given: given), by: .investigator).facts
    #expect(facts.count == 1 && facts.first?.signed?.hasPrefix("I correct dose 3") == true)
    try trial.perform(correct(3, given: given), by: .investigator)
    #expect(trial.of().way.lymphodepletionDoses.last == given)
    #expect(trial.of().way.infusable == (day + 1)...(day + 13))
    #expect(trial.of().visits.doses.last?.last == given)
  }

  @Test func `a last dose that was not given is taken back, and lymphodepletion is not complete`() throws {
    var trial = try TrialScenario.conditioned()
    try trial.perform(correct(3, inError: true), by: .investigator)
    #expect(trial.of().way.lymphodepletionDoses.count == 2)
    #expect(!trial.of().way.isLymphodepleted(trial.plan.way))
    #expect(trial.line("infusion.lymphodepletion", of: .infusion)?.value != true)
    try trial.perform(EndLymphodepletion(participant: .first, reason: "cystitis"))
    #expect(trial.of().way.isLymphodepleted(trial.plan.way))
  }

  @Test func `found to be before its gate was asked, the first dose was given outside it`() throws {
    var trial = try TrialScenario.conditioned()
    let first = try #require(trial.of().way.lymphodepletionDoses.first)
    let earlier = Moment(first.instant.adding(hours: -3), offsetMinutes: first.offsetMinutes, zone: first.zone)
    trial.when(correct(1, given: earlier), by: .investigator).refused("two-people")
    let events = try trial.perform(correct(1, given: earlier), by: .investigator, together: [.nurse])
    #expect(trial.of().way.firstLymphodepletion == earlier)
    #expect(trial.of().product.outsideGate.map(\.act) == [.lymphodepletionDose])
    #expect(trial.of().record.deviations.last?.severity == .critical)
    #expect(!events.contains { if case .study(.holdSet) = $0 { true } else { false } })
    // Five minutes are what it takes to record an act.
    let soon = Moment(first.instant.adding(minutes: -5), offsetMinutes: first.offsetMinutes, zone: first.zone)
    try TrialScenario.conditioned().when(correct(1, given: soon), by: .nurse).then { #expect($0.count == 1) }
  }

  @Test func `an infusion that the corrected doses do not bear was outside its gate: hold, clock, signature`() throws {
    var trial = try TrialScenario.infused()
    trial.when(correct(3, inError: true), by: .investigator).refused("two-people")
    try trial.perform(correct(3, inError: true), by: .investigator, together: [.nurse])
    #expect(trial.of().product.infusion != nil)
    #expect(trial.of().product.outsideGate.map(\.act) == [.infusion(bag: .first)])
    #expect(trial.of().product.outsideGate.allSatisfy { !$0.isSigned })
    #expect(trial.state.study.holdsInForce.map(\.hold.rule) == [.infusionOutsideGate])
    #expect(trial.of().record.runningClocks.map(\.clock).contains("infusionOutsideGate"))
  }

  @Test func `refused: what the gate was passed for, doses out of order, and what changes nothing`() throws {
    let trial = try TrialScenario.conditioned()
    let refused: [(CorrectDose, String)] = [
      (correct(4, inError: true), "no-such-dose"), (correct(1, inError: true), "gate-was-passed"),
      (correct(2, inError: true), "not-the-last-dose"), (correct(2), "nothing-corrected"),
      (correct(2, given: trial.ago(days: 2)), "out-of-order"), (correct(1, given: trial.ago(days: 60)), "out-of-order"),
      (correct(3, given: trial.ago(days: -1)), "not-yet"),
      (correct(3, inError: true, given: trial.now), "in-error-or-corrected"),
    ]
    for (command, id) in refused { trial.when(command, by: .investigator).refused(id) }
    trial.when(correct(3, given: trial.ago(days: 1)), by: .nurse).refused("role-may-not")
  }
}

@Suite struct `An infusion recorded wrongly is corrected` {
  private func correct(
    started: Moment? = nil, stopped: Moment? = nil, volumeML: Decimal? = nil, _ bag: BagNumber = .first
  ) -> CorrectInfusion {
    CorrectInfusion(
      participant: .first, bag: bag, started: started, stopped: stopped, volumeML: volumeML,
      reason: "read from the pump")
  }

  /// The first bag ran in whole in 20 minutes; it was thawed five minutes before.
  private func infused() throws -> TrialScenario {
    var trial = try TrialScenario.cells(at: .thawed)
    trial.wait(minutes: 5)
    for stage in [ProductStage.verified, .infusing] { try trial.advance(.first, to: stage) }
    trial.wait(minutes: 20)
    try trial.perform(StopInfusion(participant: .first, bag: .first, volumeML: 50), by: .nurse)
    trial.wait(minutes: 30)
    return trial
  }

  @Test func `volume and dose follow, and the end of the bag`() throws {
    var trial = try infused()
    let dose = try #require(trial.of().product.infusion?.dosePerKg)
    try trial.perform(correct(volumeML: 25), by: .nurse)
    #expect(trial.of().product.infusion?.dosePerKg.flatMap { $0 * 2 } == dose)
    #expect(trial.of().product[.first]?.end == .infusedInPart)
    trial.when(correct(volumeML: 51), by: .nurse).refused("volume")
    trial.when(correct(volumeML: 25), by: .nurse).refused("nothing-corrected")
  }

  @Test func `within five minutes the start is corrected; Day 0 and the order of infusions follow`() throws {
    var trial = try infused()
    let begun = try #require(trial.of().product.infusion?.begun)
    let start = Moment(begun.instant.adding(minutes: -4), offsetMinutes: begun.offsetMinutes, zone: begun.zone)
    try trial.perform(correct(started: start), by: .nurse)
    #expect(trial.of().product.infusion?.begun == start)
    #expect(trial.state.study.infusions.map(\.begun) == [start])
    #expect(trial.of().product.infusion?.outsideGate == false)
    #expect(trial.of().record.deviations.isEmpty)
  }

  @Test func `a start that the gate had not seen is outside the gate: two people, the signature, hold and clock`()
    throws
  {
    // Six minutes before, nobody had asked the gate; 36 after thaw, it was closed again.
    for minutes in [-6, 31] {
      var trial = TrialScenario()
      trial.gates = .product
      try trial.bring(.first, to: .thawed)
      trial.wait(minutes: 6)
      for stage in [ProductStage.verified, .infusing] { try trial.advance(.first, to: stage) }
      trial.wait(minutes: 50)
      let begun = trial.of().product.infusion?.begun ?? trial.now
      let start = Moment(begun.instant.adding(minutes: minutes), offsetMinutes: begun.offsetMinutes, zone: begun.zone)
      trial.when(correct(started: start), by: .nurse).refused("two-people")
      try trial.perform(correct(started: start), by: .nurse, together: [.otherNurse])
      #expect(trial.of().product.infusion?.outsideGate == true)
      #expect(trial.of().record.deviations.map(\.severity) == [.critical])
      #expect(trial.state.study.holdsInForce.map(\.hold.rule) == [.infusionOutsideGate])
      #expect(trial.of().record.runningClocks.map(\.clock).contains("infusionOutsideGate"))
    }
  }

  @Test func `an end after the bag's time is a deviation`() throws {
    var trial = try infused()
    trial.wait(minutes: 30)
    let thawed = try #require(trial.of().product[.first]?.thaw?.thawed)
    let late = Moment(thawed.adding(minutes: 61), offsetMinutes: trial.now.offsetMinutes, zone: trial.now.zone)
    try trial.perform(correct(stopped: late), by: .nurse)
    #expect(trial.of().product.infusion?.ended == late)
    #expect(trial.of().record.deviations.map(\.kind) == [.expiry])
  }

  @Test func `found to be later than recorded, another was infused inside the interval: hold, deviation, clock`() throws
  {
    var trial = TrialScenario.study()
    trial.infuse(.first, at: trial.ago(days: 60))
    trial.infuse(.second, at: trial.ago(days: 32))
    let command = correct(started: trial.ago(days: 59), BagNumber(lot: LotNumber(participant: .first, lot: 1), bag: 1))
    try trial.perform(command, by: .nurse)
    #expect(trial.of(.second).record.deviations.map(\.severity) == [.critical])
    #expect(trial.of(.second).record.runningClocks.map(\.clock).contains("infusionOutsideGate"))
    #expect(trial.state.study.holdsInForce.map(\.hold.rule) == [.infusionOutsideGate])
    #expect(trial.stagger(for: .third).firstDay == trial.now.day - 32 + 28)
  }

  @Test func `refused: no infusion of that bag, before the thaw, after its end, still running`() throws {
    let trial = try infused()
    let refused: [(CorrectInfusion, String)] = [
      (correct(started: trial.now, ParticipantID.first.b2), "not-infused-bag"),
      (correct(started: trial.ago(minutes: 56)), "out-of-order"),
      (correct(started: trial.ago(minutes: 20)), "out-of-order"),
      (correct(stopped: trial.ago(minutes: -1)), "not-yet"), (correct(), "nothing-corrected"),
    ]
    for (command, id) in refused { trial.when(command, by: .nurse, together: [.otherNurse]).refused(id) }
    let running = try TrialScenario.cells(at: .infusing)
    running.when(correct(volumeML: 10), by: .nurse).refused("not-stopped")
    trial.when(correct(volumeML: 25), by: .coordinator).refused("role-may-not")
  }
}
