import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

struct OutsideGateTests {
  private func record(_ act: RecordOutsideGate.Act, bag: BagNumber? = nil) -> RecordOutsideGate {
    RecordOutsideGate(participant: .first, act: act, bag: bag, circumstances: "the system was down")
  }

  @Test(arguments: RecordOutsideGate.Act.allCases)
  func `regulatory 41: what happened outside the gate is recorded by two people, with a critical deviation`(
    _ act: RecordOutsideGate.Act
  ) throws {
    let stages: [RecordOutsideGate.Act: ProductStage] = [.leukapheresis: .enrolled, .resumption: .infusing]
    var trial = try TrialScenario.cells(at: stages[act] ?? .takenOut)
    if act == .resumption {
      try trial.perform(PauseInfusion(participant: .first, bag: .first, volumeML: 5, reason: "chills"), by: .nurse)
    }
    let command = record(act, bag: act == .thaw || act == .infusion ? .first : nil)
    trial.when(command, by: .nurse).refused("two-people")
    trial.when(command, by: .nurse, together: [.nurse]).refused("two-people")
    trial.when(command, by: .nurse, together: [.monitor]).refused("role-may-not")
    let facts = trial.when(command, by: .nurse, together: [.otherNurse]).facts
    #expect(facts.first?.signedByAll == true)
    try trial.perform(command, by: .nurse, together: [.otherNurse])
    #expect(trial.of().record.deviations.map(\.severity).contains(.critical))
    #expect(trial.of().record.deviations.map(\.kind).contains(.outsideGate))
    let sign = SignOutsideGate(participant: .first, number: 1)
    trial.when(sign, by: .investigator).refused("role-may-not")
    #expect(trial.when(sign, by: .principalInvestigator).facts.first?.signed != nil)
    try trial.perform(sign, by: .principalInvestigator)
    trial.when(sign, by: .principalInvestigator).refused("nothing-to-sign")
  }

  @Test func `of two bags that were entered the other way round the infusion began with the earlier`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    trial.wait(hours: 1)
    let first = trial.ago(hours: 2)
    try trial.perform(
      record(.infusion, bag: ParticipantID.first.b2), by: .nurse, together: [.otherNurse], at: first)
    #expect(trial.of().product.infusion?.begun == first)
    #expect(trial.state.study.infusions.map(\.begun) == [first])
  }

  @Test func `after a bag of another's cells the dose of all is not known, whatever an own bag holds`() throws {
    var trial = try TrialScenario.cells(at: .takenOut)
    let doses: [(BagNumber, Decimal?)] = [(.second, nil), (.first, 200_000)]
    for (bag, dose) in doses {
      trial.given(
        .product(.first, .infusionStarted(bag: bag, outsideGate: true, lines: [])),
        .product(.first, .infusionStopped(bag: bag, volumeML: 30, whole: true, dosePerKg: dose, reason: nil)))
    }
    #expect(trial.of().product.infusion?.dosePerKg == nil)
  }

  @Test func `an infusion outside the gate puts the study on hold and starts a 24-hour clock`() throws {
    var trial = try TrialScenario.cells(at: .takenOut)
    try trial.perform(record(.infusion, bag: .first), by: .nurse, together: [.otherNurse])
    for activity in Activity.allCases {
      #expect(trial.state.study.holds(on: activity, site: .shanghai, cohort: "ms").count == 1)
    }
    #expect(trial.of().record.runningClocks.map(\.due) == [trial.now.instant.adding(hours: 24)])
    #expect(trial.of().product.infusion?.outsideGate == true)
    #expect(trial.state.study.infusions.map(\.participant) == [.first])
    try trial.perform(
      StopInfusion(participant: .first, bag: .first, volumeML: 30, reason: "noticed"), by: .nurse)
    trial.wait(hours: 25)
    try trial.perform(SubmitReport(participant: .first, clock: 1, to: "sponsor"), by: .investigator)
    #expect(trial.of().record.runningClocks.isEmpty)
    #expect(trial.of().record.deviations.map(\.kind) == [.outsideGate, .lateReport])
  }

  @Test func `another's bag infused outside the gate quarantines both and is gone for its owner`() throws {
    var trial = try TrialScenario.cells(at: .takenOut)
    try trial.bring(.second, to: .stored)
    try trial.perform(record(.infusion, bag: .second), by: .nurse, together: [.otherNurse])
    #expect(trial.of().product.isQuarantined && trial.of(.second).product.isQuarantined)
    #expect(trial.of(.second).product[BagNumber.second]?.isUnusable == true)
    #expect(trial.of().product.infusion?.lot == .second)
    #expect(trial.of(.second).product.infusion == nil)
    try trial.perform(
      StopInfusion(participant: .first, bag: .second, volumeML: 5, reason: "noticed"), by: .nurse)
    #expect(trial.of().product.infusion?.dosePerKg == nil)
  }

  @Test(arguments: [(Decimal(5), BagEnd.infusedInPart), (Decimal(50), BagEnd.infused)])
  func `another's bag that ran in is accounted for in its owner's record, and comes to no other end`(
    _ volume: Decimal, _ end: BagEnd
  ) throws {
    var trial = try TrialScenario.cells(at: .takenOut)
    try trial.bring(.second, to: .stored)
    try trial.perform(record(.infusion, bag: .second), by: .nurse, together: [.otherNurse])
    let bag = Material.bag(.second)
    let destroy = RecordStep("destroyed", bag, trial.label(bag), trial.plan)
    trial.when(destroy, by: .nurse, together: [.otherNurse]).refused("infusion-runs")
    trial.when(LoseMaterial(participant: .second, material: bag, reason: "gone"), by: .nurse).refused("ended")
    try trial.perform(
      StopInfusion(participant: .first, bag: .second, volumeML: volume, reason: "noticed"), by: .nurse)
    func fate() -> String? { trial.of(.second).product.accountability.first { $0.what == "\(bag)" }?.fate }
    #expect(fate() == end.rawValue)
    #expect(trial.of(.second).product.infusion == nil)
    trial.when(destroy, by: .nurse, together: [.otherNurse]).refused("ended")
    let stopped = trial.now
    trial.wait(days: 3)
    try trial.perform(
      CorrectInfusion(participant: .first, bag: .second, volumeML: volume == 5 ? 50 : 5, reason: "misread"), by: .nurse)
    let other = end == .infused ? BagEnd.infusedInPart : .infused
    #expect(fate() == other.rawValue)
    // It is one end, with the time of the infusion, and is corrected with that alone.
    func ends() -> [Moment] {
      trial.of(.second).entries.all.filter { $0.product?.custodyStep?.step == other.rawValue }.map(\.happened)
    }
    #expect(ends() == [stopped])
    let later = stopped.adding(minutes: 5)
    try trial.perform(
      CorrectInfusion(participant: .first, bag: .second, stopped: later, reason: "misread"), by: .nurse)
    #expect(ends() == [later] && fate() == other.rawValue)
    let step = CorrectStep(
      participant: .second, step: other.rawValue, material: bag, done: stopped, reason: "misread")
    trial.when(step, by: .nurse).refused("own-command")
  }

  @Test func `a bag thawed outside the gate waits for quality assurance`() throws {
    var trial = try TrialScenario.cells(at: .takenOut)
    try trial.perform(record(.thaw, bag: .first), by: .nurse, together: [.otherNurse])
    trial.when(VerifyBedside(.first, trial), by: .nurse).refused("quarantined")
    try trial.perform(
      ResolveQuarantine(participant: .first, quarantine: 1, disposition: .fitForUse, reason: "right bag, in time"),
      by: .qualityAssurance)
    for nurse in [Acting.nurse, .otherNurse] { try trial.perform(VerifyBedside(.first, trial), by: nurse) }
    #expect(
      trial.when(
        StartInfusion(participant: .first, bag: .first, label: trial.label(.bag(.first))), by: .nurse
      ).events != nil)
  }

  @Test func `nobody who recorded it signs it as principal investigator`() throws {
    var trial = try TrialScenario.cells(at: .takenOut)
    try trial.perform(record(.thaw, bag: .first), by: .nurse, together: [.principalInvestigator])
    let sign = SignOutsideGate(participant: .first, number: 1)
    trial.when(sign, by: .principalInvestigator).refused("own-entry")
    try trial.perform(record(.lymphodepletionDose), by: .principalInvestigator, together: [.nurse])
    trial.when(SignOutsideGate(participant: .first, number: 2), by: .principalInvestigator).refused("own-entry")
  }

  @Test(arguments: ["destroyed", "infused", "infusing"])
  func `an infusion of a bag that had come to its end is recorded, and the contradiction is a critical deviation`(
    _ before: String
  ) throws {
    var trial = try TrialScenario.cells(at: before == "destroyed" ? .stored : .infusing)
    if before == "destroyed" { try trial.step("destroyed", .bag(.first), by: .nurse, together: [.otherNurse]) }
    if before == "infused" {
      try trial.perform(StopInfusion(participant: .first, bag: .first, volumeML: 5, reason: "clotted"), by: .nurse)
    }
    let events = try trial.perform(record(.infusion, bag: .first), by: .nurse, together: [.otherNurse])
    let deviations = events.compactMap { event -> Deviation? in
      if case .record(_, .deviationOpened(let deviation)) = event { deviation } else { nil }
    }
    #expect(deviations.map(\.kind) == [.outsideGate, .other] && deviations.allSatisfy { $0.severity == .critical })
    #expect(deviations.last?.what.contains("one of the two is wrong") == true)
    #expect(trial.of().product.infusion?.bag == .first)
  }

  @Test func `an act without its bag or its circumstances is refused`() throws {
    let trial = try TrialScenario.cells(at: .takenOut)
    trial.when(record(.infusion), by: .nurse, together: [.otherNurse]).refused("unknown-material")
    var command = record(.infusion, bag: .first)
    command.circumstances = ""
    trial.when(command, by: .nurse, together: [.otherNurse]).refused("text-missing")
  }

  @Test func `a dose of lymphodepletion outside the gate counts as given`() throws {
    var trial = try TrialScenario.cells(at: .stored)
    try trial.perform(record(.lymphodepletionDose), by: .nurse, together: [.otherNurse])
    #expect(trial.of().way.lymphodepletionDoses == [trial.now])
    #expect(trial.of().way.lymphodepletionRounds == 1)
  }
}
