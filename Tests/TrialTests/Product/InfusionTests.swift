import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

struct InfusionTests {
  private func start(_ bag: BagNumber, _ trial: TrialScenario) -> StartInfusion {
    StartInfusion(participant: bag.lot.participant, bag: bag, label: trial.label(.bag(bag)))
  }

  @Test func `the start counts once for the study, a further bag of the same day belongs to it`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    let b2 = ParticipantID.first.b2
    #expect(trial.state.study.infusions.map(\.participant) == [.first])
    trial.when(start(b2, trial), by: .nurse).refused("infusion-runs")
    try trial.perform(StopInfusion(participant: .first, bag: .first, volumeML: 50), by: .nurse)
    trial.when(start(.first, trial), by: .nurse).refused("one-infusion")
    trial.when(start(b2, trial), by: .nurse).refused("not-thawed")
    try trial.step("takenOut", .bag(b2), by: .nurse)
    try trial.perform(ThawBag(b2, label: trial.label(.bag(b2))), by: .nurse)
    trial.when(start(b2, trial), by: .nurse).refused("gate-closed", lines: ["infusion.bedside"])
    for nurse in [Acting.nurse, .otherNurse] { try trial.perform(VerifyBedside(b2, trial), by: nurse) }
    var tomorrow = trial
    tomorrow.wait(days: 1)
    tomorrow.when(start(b2, tomorrow), by: .nurse).refused("one-infusion")
    try trial.perform(start(b2, trial), by: .nurse)
    try trial.perform(
      StopInfusion(participant: .first, bag: b2, volumeML: 25, reason: "urticaria"), by: .nurse)
    #expect(trial.state.study.infusions.count == 1)
    #expect(trial.of().product.infusion?.dosePerKg == 150_000)
    #expect(trial.of().product[b2]?.end == .infusedInPart)
  }

  @Test func `paused and resumed within the bag's time after thaw, else ended`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    let pause = PauseInfusion(participant: .first, bag: .first, volumeML: 20, reason: "fever 38.4")
    let resume = ResumeInfusion(participant: .first, bag: .first)
    trial.when(resume, by: .nurse).refused("not-paused")
    try trial.perform(pause, by: .nurse)
    trial.when(pause, by: .nurse).refused("paused")
    var inTime = trial
    inTime.wait(minutes: 59)
    #expect(inTime.when(resume, by: .nurse).events != nil)
    var quarantined = inTime
    try quarantined.perform(QuarantineMaterial(participant: .first, reason: "doubt"), by: .qualityAssurance)
    quarantined.when(resume, by: .nurse).refused("quarantined")
    trial.wait(minutes: 60)
    trial.when(resume, by: .nurse).refused("thawed-too-long")
    if case .refused(let refusal) = trial.when(resume, by: .nurse) {
      #expect(refusal.because.contains("[\(trial.now.zone)]"), "the bedside reads its own clocks")
    }
    let stop = StopInfusion(participant: .first, bag: .first, volumeML: 20, reason: "too late to resume")
    try trial.perform(stop, by: .nurse)
    #expect(trial.of().product.infusion?.dosePerKg == 40_000)
    #expect(trial.of().record.deviations.isEmpty)
    trial.when(stop, by: .nurse).refused("not-running")
  }

  private func hold(_ activities: [Activity], at site: SiteID? = nil) -> TrialEvent {
    .study(
      .holdSet(
        hold: Hold(
          number: 1, kind: .operational, activities: activities, site: site, cohort: nil, reason: "no bed is free",
          setBy: .qualityAssurance, rule: nil)))
  }

  /// Paused, five minutes after the start.
  private func paused() throws -> TrialScenario {
    var trial = try TrialScenario.cells(at: .infusing)
    trial.wait(minutes: 5)
    try trial.perform(
      PauseInfusion(participant: .first, bag: .first, volumeML: 20, reason: "rash, 37.1 Cel, 128/80"), by: .nurse)
    return trial
  }

  @Test func `a paused infusion is not resumed while a hold stands that was set since it began`() throws {
    let resume = ResumeInfusion(participant: .first, bag: .first)
    var held = try paused()
    held.given(hold([.infusion]))
    held.when(resume, by: .nurse).refused("barred-since")
    held.given(.study(.holdLifted(hold: 1, approvals: [])))
    #expect(held.when(resume, by: .nurse).events != nil)
    for other in [hold([.enrollment, .lymphodepletion]), hold([.infusion], at: .shanghai)] {
      var trial = try paused()
      trial.given(other)
      #expect(trial.when(resume, by: .nurse).events != nil)
    }
  }

  @Test func `a hold that the board had let pass before the infusion began does not bar its resumption`() throws {
    var trial = try TrialScenario.cells(at: .takenOut)
    trial.given(hold([.infusion]))
    trial.wait(minutes: 1)
    for stage in [ProductStage.thawed, .verified, .infusing] { try trial.advance(.first, to: stage) }
    try trial.perform(PauseInfusion(participant: .first, bag: .first, volumeML: 20, reason: "rash"), by: .nurse)
    #expect(trial.when(ResumeInfusion(participant: .first, bag: .first), by: .nurse).events != nil)
  }

  @Test
  func `a DLT question that was opened since about somebody infused earlier bars the resumption, the own does not`()
    throws
  {
    for (whom, isBarred) in [(ParticipantID.second, true), (.first, false)] {
      var trial = try paused()
      trial.given(.study(.infusionBegun(participant: .second)), at: trial.ago(days: 40))
      trial.openQuestion(on: whom)
      let outcome = trial.when(ResumeInfusion(participant: .first, bag: .first), by: .nurse)
      if isBarred { outcome.refused("barred-since") } else { #expect(outcome.events != nil) }
    }
  }

  @Test func `what was resumed all the same is recorded as outside the gate, and can be ended`() throws {
    var trial = try paused()
    trial.given(hold([.infusion]))
    let record = RecordOutsideGate(
      participant: .first, act: .resumption, circumstances: "nobody at the bedside knew of the hold")
    try trial.perform(record, by: .nurse, together: [.otherNurse])
    #expect(trial.of().product.infusion?.outsideGate == true)
    #expect(trial.of().record.deviations.map(\.severity) == [.critical])
    #expect(
      trial.state.study.holds(on: .enrollment, site: .berlin, cohort: "sle").map(\.rule) == [.infusionOutsideGate])
    #expect(trial.of().record.runningClocks.count == 1)
    trial.when(record, by: .nurse, together: [.otherNurse]).refused("not-paused")
    try trial.perform(StopInfusion(participant: .first, bag: .first, volumeML: 50), by: .nurse)
    #expect(trial.of().product[.first]?.end == .infused)
  }

  @Test func `an infusion that ends past the bag's time is recorded with a deviation`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    trial.wait(minutes: 61)
    try trial.perform(StopInfusion(participant: .first, bag: .first, volumeML: 50), by: .nurse)
    #expect(trial.of().record.deviations.map(\.kind) == [.expiry])
  }

  @Test func `a volume that the bag does not hold, and a part without a reason, are refused`() throws {
    let trial = try TrialScenario.cells(at: .infusing)
    for volume: Decimal in [51, -1] {
      trial.when(StopInfusion(participant: .first, bag: .first, volumeML: volume, reason: "x"), by: .nurse)
        .refused("volume")
      trial.when(PauseInfusion(participant: .first, bag: .first, volumeML: volume, reason: "x"), by: .nurse)
        .refused("volume")
    }
    trial.when(StopInfusion(participant: .first, bag: .first, volumeML: 10), by: .nurse).refused("text-missing")
  }

  @Test func `a bag thawed too long is not started`() throws {
    var trial = try TrialScenario.cells(at: .verified)
    trial.wait(minutes: 31)
    for nurse in [Acting.nurse, .otherNurse] { try trial.perform(VerifyBedside(.first, trial), by: nurse) }
    trial.when(start(.first, trial), by: .nurse).refused("gate-closed", lines: ["infusion.bag"])
  }

  @Test func `a gate is passed now, not earlier`() throws {
    var trial = try TrialScenario.cells(at: .verified)
    trial.wait(minutes: 10)
    trial.when(start(.first, trial), by: .nurse, at: trial.ago(minutes: 9)).refused("gate-is-now")
  }

  @Test func `a bag whose time has run out is not started as of before`() throws {
    var trial = try TrialScenario.cells(at: .verified)
    trial.wait(minutes: 29)
    for nurse in [Acting.nurse, .otherNurse] { try trial.perform(VerifyBedside(.first, trial), by: nurse) }
    trial.wait(minutes: 2)
    trial.when(start(.first, trial), by: .nurse, at: trial.ago(minutes: 2))
      .refused("gate-closed", lines: ["infusion.bag"])
  }

  @Test func `every bag and sample is accounted for at the end`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    #expect(!trial.of().product.accountability.allSatisfy { $0.isAccountedFor })
    try trial.perform(StopInfusion(participant: .first, bag: .first, volumeML: 50), by: .nurse)
    let b2 = Material.bag(ParticipantID.first.b2)
    try trial.perform(
      TakeSample(
        participant: .first, material: .lot(.first), label: trial.label(.lot(.first)), purpose: "retention"),
      by: .cellLaboratory)
    let sample = SampleNumber(participant: .first, sample: 1)
    try trial.perform(EndSample(participant: .first, sample: sample, end: .retained), by: .cellLaboratory)
    let destroy = EndSample(participant: .first, sample: sample, end: .destroyed)
    trial.when(destroy, by: .cellLaboratory).refused("two-people")
    try trial.perform(destroy, by: .cellLaboratory, together: [.otherCellLaboratory])
    trial.when(destroy, by: .cellLaboratory, together: [.otherCellLaboratory]).refused("ended")
    try trial.step("destroyed", b2, by: .nurse, together: [.otherNurse])
    trial.when(RecordStep("takenOut", b2, trial.label(b2), trial.plan), by: .nurse).refused("ended")
    #expect(
      trial.of().product.accountability.filter { !$0.isAccountedFor }.map(\.what) == ["\(ParticipantID.first.c1)"])
    // What is left of the starting material lies at the laboratory: it destroys it.
    let c1 = Material.collection(ParticipantID.first.c1)
    trial.when(
      RecordStep("destroyed", c1, trial.label(c1), trial.plan), by: .nurse, together: [.otherNurse]
    ).refused("not-in-hand")
    try trial.step("destroyed", c1, by: .cellLaboratory, together: [.otherCellLaboratory])
    #expect(trial.of().product.accountability.allSatisfy { $0.isAccountedFor })
    #expect(trial.of().product.accountability.map(\.fate) == ["destroyed", "infused", "destroyed", "destroyed"])
  }
}
