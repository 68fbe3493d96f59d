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
    let stop = StopInfusion(participant: .first, bag: .first, volumeML: 20, reason: "too late to resume")
    try trial.perform(stop, by: .nurse)
    #expect(trial.of().product.infusion?.dosePerKg == 40_000)
    #expect(trial.of().record.deviations.isEmpty)
    trial.when(stop, by: .nurse).refused("not-running")
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
    try trial.step("destroyed", .collection(ParticipantID.first.c1), by: .nurse, together: [.otherNurse])
    #expect(trial.of().product.accountability.allSatisfy { $0.isAccountedFor })
    #expect(trial.of().product.accountability.map(\.fate) == ["destroyed", "infused", "destroyed", "destroyed"])
  }
}
