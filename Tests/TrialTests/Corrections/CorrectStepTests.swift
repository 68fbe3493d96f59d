import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `A step of custody recorded wrongly is corrected` {
  private let bag = Material.bag(ParticipantID.first.b1)

  private func correct(
    _ step: String = "receivedAtSite", done: Moment? = nil, least: Decimal? = nil, largest: Decimal? = nil,
    container: Condition? = nil
  ) -> CorrectStep {
    CorrectStep(
      participant: .first, step: step, material: bag, done: done, least: least, largest: largest,
      container: container, reason: "misread the logger")
  }

  private func causes(_ trial: TrialScenario) -> [Quarantine.Cause] {
    trial.of().product.quarantines.sorted { $0.key < $1.key }.map(\.value.cause)
  }

  @Test func `a temperature outside its limits leads to quarantine and a deviation, as if recorded so at once`() throws
  {
    var trial = try TrialScenario.cells(at: .stored)
    #expect(causes(trial).isEmpty)
    try trial.perform(correct(least: -90, largest: -60), by: .nurse)
    #expect(causes(trial) == [.temperature])
    #expect(trial.of().record.deviations.map(\.severity) == [.important])
    trial.when(correct(least: -90, largest: -60), by: .nurse).refused("nothing-corrected")
  }

  @Test func `what would not have led to quarantine stays in it until quality assurance decides`() throws {
    var trial = try TrialScenario.cells(at: .stored)
    try trial.perform(correct(container: .damaged), by: .nurse)
    try trial.perform(correct(container: .intact), by: .nurse)
    #expect(causes(trial) == [.container])
  }

  @Test func `found after the infusion it is critical`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    try trial.perform(correct(least: -90, largest: -60), by: .nurse)
    #expect(trial.of().record.deviations.map(\.severity) == [.critical])
  }

  @Test func `the clock of expiry begins when the step was done`() throws {
    var trial = try TrialScenario.cells(at: .filled)
    trial.wait(days: 1)
    try trial.advance(.first, to: .frozen)
    let last = try #require(trial.of().product[ParticipantID.first.b1]?.lastDay)
    try trial.perform(correct("cryopreserved", done: trial.ago(hours: 24)), by: .cellLaboratory)
    #expect(trial.of().product[ParticipantID.first.b1]?.lastDay == last - 1)
  }

  @Test func `a thaw that was earlier shortens the time to the start; an infusion begun after it was outside the gate`()
    throws
  {
    var trial = try TrialScenario.cells(at: .takenOut)
    trial.wait(minutes: 40)
    try trial.advance(.first, to: .thawed)
    trial.wait(minutes: 29)
    for stage in [ProductStage.verified, .infusing] { try trial.advance(.first, to: stage) }
    trial.wait(minutes: 1)
    let thawed = try #require(trial.of().product[.first]?.thaw?.thawed)
    let earlier = Moment(thawed.adding(minutes: -4), offsetMinutes: trial.now.offsetMinutes, zone: trial.now.zone)
    trial.when(correct("thawed", done: earlier), by: .nurse).refused("two-people")
    try trial.perform(correct("thawed", done: earlier), by: .nurse, together: [.otherNurse])
    #expect(trial.of().product[.first]?.thaw?.startBy == earlier.instant.adding(minutes: 30))
    #expect(trial.of().product.outsideGate.map(\.act) == [.infusion(bag: .first)])
    #expect(trial.state.study.holdsInForce.map(\.hold.rule) == [.infusionOutsideGate])
  }

  private func fill(volumeML: Decimal? = nil, cells: Decimal? = nil) -> CorrectFill {
    CorrectFill(
      participant: .first, bag: ParticipantID.first.b1, volumeML: volumeML, cells: cells,
      reason: "the counter's printout")
  }

  @Test func `other contents of a released bag: quarantine, and an order for them anew`() throws {
    var trial = try TrialScenario.cells(at: .takenOut)
    let people = ([Acting.cellLaboratory], [Acting.otherCellLaboratory])
    trial.gates = .standard
    try trial.perform(fill(cells: 5_000_000), by: people.0[0], together: people.1)
    #expect(causes(trial) == [.testResult])
    #expect(trial.of().record.deviations.map(\.kind) == [.release])
    let line = trial.line("infusion.order", of: .infusion)
    #expect(line?.value == false && line?.evidence.contains { $0.hasPrefix("the bags hold") } == true)
    trial.when(fill(), by: people.0[0], together: people.1).refused("nothing-corrected")
    trial.when(fill(volumeML: 0), by: people.0[0], together: people.1).refused("volume")
    trial.when(fill(cells: 1), by: .nurse, together: people.1).refused("other-place")
  }

  @Test func `of a bag that ran in the dose follows its contents`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    trial.wait(minutes: 10)
    try trial.perform(StopInfusion(participant: .first, bag: .first, volumeML: 50), by: .nurse)
    #expect(trial.of().product.infusion?.dosePerKg == 100_000)
    try trial.perform(fill(cells: 3_000_000), by: .cellLaboratory, together: [.otherCellLaboratory])
    #expect(trial.of().product.infusion?.dosePerKg == 50_000)
    #expect(trial.of().record.deviations.map(\.severity) == [.critical])
    trial.when(fill(volumeML: 49), by: .cellLaboratory, together: [.otherCellLaboratory]).refused("volume")
  }

  @Test func `a yield is corrected; that it was accepted stays, and is a deviation where it was too little`() throws {
    var trial = try TrialScenario.cells(at: .collected)
    let collection = ParticipantID.first.c1
    func correct(_ yield: Decimal) -> CorrectYield {
      CorrectYield(participant: .first, collection: collection, yield: yield, reason: "a typing error")
    }
    try trial.perform(correct(950), by: .nurse)
    #expect(trial.of().product[collection]?.yield == 950 && trial.of().record.deviations.isEmpty)
    try trial.perform(correct(95), by: .nurse)
    #expect(trial.of().product[collection]?.isAccepted == true)
    #expect(trial.of().record.deviations.map(\.severity) == [.important])
    trial.when(correct(95), by: .nurse).refused("nothing-corrected")
    trial.when(correct(-1), by: .nurse).refused("yield")
    trial.when(correct(900), by: .cellLaboratory).refused("other-place")
  }

  @Test func `a destruction is corrected by two of those who had the material in hand`() throws {
    var trial = try TrialScenario.cells(at: .frozen)
    try trial.step("destroyed", bag, by: .cellLaboratory, together: [.otherCellLaboratory])
    trial.wait(hours: 1)
    let command = correct("destroyed", done: trial.ago(minutes: 30))
    trial.when(command, by: .nurse, together: [.otherNurse]).refused("other-place")
    trial.when(command, by: .cellLaboratory, together: [.otherNurse]).refused("other-place")
    #expect(trial.when(command, by: .cellLaboratory, together: [.otherCellLaboratory]).events != nil)
  }

  @Test func `refused: a step that was not done, a place that does not do it, a time out of order`() throws {
    var trial = try TrialScenario.cells(at: .frozen)
    trial.wait(hours: 2)
    for stage in [ProductStage.tested, .released, .stored] { try trial.advance(.first, to: stage) }
    let refused: [(CorrectStep, Acting, String)] = [
      (correct("takenOut", least: -150, largest: -140), .nurse, "no-such-step"),
      (correct("nowhere"), .nurse, "unknown-step"), (correct(), .nurse, "nothing-corrected"),
      (correct(least: -150, largest: -140), .cellLaboratory, "other-place"),
      (correct(least: -100, largest: -140), .nurse, "temperature-record"),
      (correct(done: trial.ago(hours: 3)), .nurse, "out-of-order"),
      (correct(done: trial.ago(hours: -1)), .nurse, "not-yet"),
      (correct(least: -150, largest: -140), .monitor, "role-may-not"),
    ]
    for (command, actor, id) in refused { trial.when(command, by: actor).refused(id) }
  }
}

@Suite struct `What came of a material was done after it` {
  private let id = ParticipantID.first

  /// Accepted, made and filled with an hour between them.
  private func made() throws -> TrialScenario {
    var trial = try TrialScenario.cells(at: .accepted)
    for stage in [ProductStage.manufacturing, .filled] {
      trial.wait(hours: 1)
      try trial.advance(id, to: stage)
    }
    trial.wait(hours: 1)
    return trial
  }

  @Test(arguments: [
    ("accepted", 2, "out-of-order" as String?, "after the lot was begun of it"),
    ("accepted", -2, "out-of-order", "before it came"),
    ("harvested", 2, "out-of-order", "after its bags were filled"),
    ("filled", -2, "out-of-order", "before its lot was"),
    ("harvested", 1, nil, "as its bags were filled"), ("filled", -1, nil, "as its lot was harvested"),
  ])
  func `no corrected time turns their order round`(_ step: String, _ hours: Int, _ id: String?, _ what: String) throws {
    let trial = try made()
    let materials: [String: Material] = [
      "accepted": .collection(self.id.c1), "harvested": .lot(self.id.l1), "filled": .bag(self.id.b1),
    ]
    let material = try #require(materials[step])
    let entry = trial.of().entries.all.last {
      $0.product?.custodyStep?.step == step && $0.product?.custodyStep?.material == material
    }
    let done = try #require(entry).happened.adding(hours: hours)
    let command = CorrectStep(participant: self.id, step: step, material: material, done: done, reason: "misread")
    let outcome = trial.when(command, by: .cellLaboratory, together: [.otherCellLaboratory])
    if let id { outcome.refused(id) } else { #expect(outcome.events != nil, "\(what)") }
  }

  @Test func `what became of the rest of the collection does not stand before a step of the lot`() throws {
    var trial = try TrialScenario.cells(at: .accepted)
    try trial.advance(id, to: .manufacturing)
    trial.wait(hours: 1)
    let destroyed = CustodyStep(step: "destroyed", material: .collection(id.c1), place: "here")
    trial.given(.product(id, .custodyStepDone(destroyed)))
    trial.wait(hours: 1)
    try trial.advance(id, to: .filled)
    let earlier = trial.now.adding(minutes: -90)
    trial.wait(hours: 1)
    let command = CorrectStep(
      participant: id, step: "filled", material: .bag(id.b1), done: earlier, reason: "misread")
    #expect(trial.when(command, by: .cellLaboratory, together: [.otherCellLaboratory]).events != nil)
  }
}

@Suite struct `The clock of a fresh product follows its harvest` {
  @Test(arguments: [-1, 1]) func `of every bag that was filled of it`(_ hours: Int) throws {
    var trial = try TrialScenario.cells(at: .accepted)
    let id = ParticipantID.first
    try trial.perform(PrintLabels(participant: id, material: .lot(id.l1), count: 2), by: .cellLaboratory)
    try trial.perform(BeginManufacturing(id, trial), by: .cellLaboratory)
    trial.wait(hours: 2)
    try trial.step("harvested", .lot(id.l1), by: .cellLaboratory)
    let done = trial.now.adding(hours: hours)
    trial.wait(hours: 2)
    try trial.advance(id, to: .filled)
    let until = try #require(trial.of().product[id.b1]?.keepsUntil)
    try trial.perform(
      CorrectStep(participant: id, step: "harvested", material: .lot(id.l1), done: done, reason: "misread the sheet"),
      by: .cellLaboratory)
    for bag in [id.b1, id.b2] { #expect(trial.of().product[bag]?.keepsUntil == until.adding(hours: hours)) }
    #expect(trial.of().product[id.l1]?.harvested == done.instant)
    // When it was filled bears nothing.
    let filled = CorrectStep(
      participant: id, step: "filled", material: .bag(id.b2), done: trial.ago(minutes: 30), reason: "misread the sheet")
    try trial.perform(filled, by: .cellLaboratory, together: [.otherCellLaboratory])
    #expect(trial.of().product[id.b2]?.keepsUntil == until.adding(hours: hours))
    // To keep longer than was recorded is for quality assurance to believe.
    #expect(trial.of().product.quarantines.values.map(\.cause) == (hours > 0 ? [.correctedTime] : []))
  }
}

@Suite struct `A fresh product that kept no longer by its harvest as it was` {
  @Test func `ran in outside the gate, which two people say`() throws {
    var trial = try TrialScenario.cells(at: .accepted)
    let id = ParticipantID.first
    try trial.perform(PrintLabels(participant: id, material: .lot(id.l1), count: 2), by: .cellLaboratory)
    try trial.perform(BeginManufacturing(id, trial), by: .cellLaboratory)
    trial.wait(hours: 30)
    try trial.step("harvested", .lot(id.l1), by: .cellLaboratory)
    let harvested = trial.now
    trial.wait(hours: 2)
    try trial.advance(id, to: .filled)
    trial.given(
      .product(id, .infusionStarted(bag: id.b1, outsideGate: false, lines: [])),
      .study(.infusionBegun(participant: id)))
    trial.wait(hours: 1)
    func correct(earlier hours: Int) -> CorrectStep {
      CorrectStep(
        participant: id, step: "harvested", material: .lot(id.l1), done: harvested.adding(hours: -hours),
        reason: "misread the sheet")
    }
    // It keeps for 24 hours, and was started after two.
    #expect(trial.when(correct(earlier: 22), by: .cellLaboratory).events != nil)
    trial.when(correct(earlier: 23), by: .cellLaboratory).refused("two-people")
    try trial.perform(correct(earlier: 23), by: .cellLaboratory, together: [.nurse])
    #expect(trial.of().product.outsideGate.map(\.act) == [.infusion(bag: id.b1)])
    #expect(trial.of().product.infusion?.outsideGate == true)
  }
}

@Suite struct `What a corrected step of custody leads to anew` {
  private let bag = Material.bag(ParticipantID.first.b1)

  @Test func `a thaw said to have been later than recorded goes to quality assurance before the bag is infused`() throws
  {
    var trial = try TrialScenario.cells(at: .thawed)
    trial.wait(minutes: 45)
    let later = CorrectStep(
      participant: .first, step: "thawed", material: bag, done: trial.ago(minutes: 15), reason: "the clock of the bath")
    try trial.perform(later, by: .nurse)
    #expect(trial.of().product.quarantines.values.map(\.cause) == [.correctedTime])
    #expect(trial.of().record.deviations.map(\.severity) == [.important])
    trial.when(VerifyBedside(ParticipantID.first.b1, trial), by: .nurse).refused("quarantined")
  }

  @Test func `a temperature worse than the one that quality assurance has cleared is a matter of its own`() throws {
    var trial = try TrialScenario.cells(at: .stored)
    func correct(_ largest: Decimal) -> CorrectStep {
      CorrectStep(
        participant: .first, step: "receivedAtSite", material: bag, least: -180, largest: largest,
        reason: "misread the logger")
    }
    try trial.perform(correct(-100), by: .nurse)
    try trial.perform(correct(-90), by: .nurse)
    #expect(trial.of().product.quarantines.count == 1, "quality assurance has not decided yet")
    try trial.perform(
      ResolveQuarantine(participant: .first, quarantine: 1, disposition: .fitForUse, reason: "within stability data"),
      by: .qualityAssurance)
    #expect(trial.of().product.quarantines.isEmpty)
    try trial.perform(correct(4), by: .nurse)
    #expect(trial.of().product.quarantines.values.map(\.cause) == [.temperature])
    #expect(trial.of().record.deviations.count == 3)
  }
}
