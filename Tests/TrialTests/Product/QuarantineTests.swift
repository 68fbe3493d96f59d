import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

struct QuarantineTests {
  struct Trigger: CustomTestStringConvertible, Sendable {
    let what: String
    let change: @Sendable (inout RecordStep) -> Void
    let cause: Quarantine.Cause
    var testDescription: String { what }
  }

  static let triggers: [Trigger] = [
    Trigger(what: "too warm", change: { $0.largest = -119 }, cause: .temperature),
    Trigger(what: "too cold", change: { $0.least = -197 }, cause: .temperature),
    Trigger(
      what: "no temperature record",
      change: {
        $0.least = nil
        $0.largest = nil
      }, cause: .temperatureMissing),
    Trigger(what: "damaged container", change: { $0.container = .damaged }, cause: .container),
    Trigger(what: "container not looked at", change: { $0.container = .unknown }, cause: .container),
    Trigger(what: "broken seal", change: { $0.seal = .damaged }, cause: .container),
    Trigger(what: "seal not looked at", change: { $0.seal = .unknown }, cause: .container),
    Trigger(what: "no seal at a hand-over", change: { $0.seal = .absent }, cause: .container),
  ]

  @Test(arguments: triggers)
  func `what is wrong with the cells is recorded as it happened, opens a deviation and quarantines`(
    _ trigger: Trigger
  ) throws {
    var trial = try TrialScenario.cells(at: .released)
    try trial.step("shipped", .bag(.first), by: .cellLaboratory)
    var command = RecordStep("receivedAtSite", .bag(.first), trial.label(.bag(.first)), trial.plan)
    trigger.change(&command)
    #expect(
      trial.when(command, by: .nurse).names == ["custodyStepDone", "quarantined", "deviationOpened"])
    try trial.perform(command, by: .nurse)
    let product = trial.of().product
    #expect(product[BagNumber.first]?.step == "receivedAtSite")
    #expect(product.quarantines.values.map(\.cause) == [trigger.cause])
    #expect(product.quarantines(over: .bag(.first)) == [1])
    #expect(product.quarantines(over: .bag(ParticipantID.first.b2)).isEmpty)
    #expect(trial.of().record.deviations.map(\.severity) == [.important])
  }

  @Test func `starting material past its time is used as it was, and what comes of it is in quarantine`() throws {
    var trial = try TrialScenario.cells(at: .accepted)
    trial.wait(hours: 49)
    try trial.perform(PrintLabels(participant: .first, material: .lot(.first), count: 2), by: .cellLaboratory)
    let names = trial.when(BeginManufacturing(.first, trial), by: .cellLaboratory).names
    #expect(names == ["manufacturingBegun", "quarantined", "deviationOpened"])
    try trial.perform(BeginManufacturing(.first, trial), by: .cellLaboratory)
    #expect(trial.of().product.quarantines(over: .lot(.first)) == [1])
    try trial.step("harvested", .lot(.first), by: .cellLaboratory)
  }

  @Test func `a bag past its last day is taken out as it was, and is in quarantine`() throws {
    var trial = try TrialScenario.cells(at: .stored)
    trial.wait(days: 366)
    try trial.step("takenOut", .bag(.first), by: .nurse)
    #expect(trial.of().product.quarantines.values.map(\.cause) == [.expiry])
  }

  struct WrongLabel: CustomTestStringConvertible, Sendable {
    let what: String
    let label: @Sendable (TrialScenario) -> String
    let both: Bool
    var testDescription: String { what }
  }

  static let wrongLabels: [WrongLabel] = [
    WrongLabel(what: "another's bag", label: { $0.label(.bag(.second)) }, both: true),
    WrongLabel(what: "another's bag, only its number read", label: { _ in "\(BagNumber.second)" }, both: true),
    WrongLabel(what: "another bag of the same lot", label: { $0.label(.bag(ParticipantID.first.b2)) }, both: false),
    WrongLabel(
      what: "another's identifier",
      label: { _ in
        LabelReading(material: .bag(.first), identity: ParticipantID.second.identity, participant: .first).text
      }, both: true),
    WrongLabel(
      what: "another's participant number",
      label: { _ in
        LabelReading(material: .bag(.first), identity: ParticipantID.first.identity, participant: .second).text
      }, both: true),
    WrongLabel(
      what: "nobody's bag", label: { _ in "\(BagNumber(lot: LotNumber(participant: .third, lot: 4), bag: 9))" },
      both: false),
  ]

  @Test(arguments: wrongLabels)
  func `a label of other cells stops the step and quarantines both products`(_ wrong: WrongLabel) throws {
    var trial = try TrialScenario.cells(at: .stored)
    try trial.bring(.second, to: .stored)
    var command = RecordStep("takenOut", .bag(.first), "", trial.plan)
    command.label = wrong.label(trial)
    let events = try trial.perform(command, by: .nurse)
    #expect(TrialScenario.names(events).prefix(3) == ["labelMismatched", "quarantined", "deviationOpened"])
    #expect(trial.of().product[BagNumber.first]?.step == "stored")
    #expect(trial.of().product.quarantines(over: .bag(.first)) == [1])
    #expect(trial.of(.second).product.isQuarantined == wrong.both)
    #expect(trial.of(.second).record.deviations.map(\.severity) == (wrong.both ? [.critical] : []))
    #expect(trial.of().record.deviations.map(\.severity) == [.critical])
  }

  @Test func `a bag of another site's participant is recorded too`() throws {
    var trial = try TrialScenario.cells(at: .stored)
    trial.enroll(.elsewhere)
    var command = RecordStep("takenOut", .bag(.first), "", trial.plan)
    command.label = "\(BagNumber(lot: LotNumber(participant: .elsewhere, lot: 1), bag: 1))"
    try trial.perform(command, by: .nurse)
    #expect(trial.of(.elsewhere).product.isQuarantined)
  }

  struct Stopped: CustomTestStringConvertible, Sendable {
    let what: String
    let stage: ProductStage
    let command: @Sendable (TrialScenario) -> any TrialCommand
    let actor: Acting
    let id: String?
    var testDescription: String { what }
  }

  static let stopped: [Stopped] = [
    Stopped(
      what: "release", stage: .tested, command: { _ in ReleaseLot(participant: .first, lot: .first) },
      actor: .qualityAssurance, id: "quarantined"),
    Stopped(
      what: "shipping", stage: .released,
      command: { RecordStep("shipped", .bag(.first), $0.label(.bag(.first)), $0.plan) }, actor: .cellLaboratory,
      id: "quarantined"),
    Stopped(
      what: "thawing", stage: .takenOut, command: { ThawBag(.first, label: $0.label(.bag(.first))) }, actor: .nurse,
      id: "gate-closed"),
    Stopped(
      what: "bedside verification", stage: .thawed, command: { VerifyBedside(.first, $0) }, actor: .nurse,
      id: "quarantined"),
    Stopped(
      what: "infusion", stage: .verified,
      command: { StartInfusion(participant: .first, bag: .first, label: $0.label(.bag(.first))) }, actor: .nurse,
      id: "gate-closed"),
    Stopped(
      what: "manufacturing", stage: .accepted, command: { BeginManufacturing(.first, $0) }, actor: .cellLaboratory,
      id: "quarantined"),
    Stopped(
      what: "not culture steps under way", stage: .manufacturing,
      command: {
        TakeSample(participant: .first, material: .lot(.first), label: $0.label(.lot(.first)), purpose: "sterility")
      }, actor: .cellLaboratory, id: nil),
    Stopped(
      what: "not putting them where they keep", stage: .takenOut,
      command: { RecordStep("stored", .bag(.first), $0.label(.bag(.first)), $0.plan) }, actor: .nurse, id: nil),
    Stopped(
      what: "not freezing", stage: .filled,
      command: { RecordStep("cryopreserved", .bag(.first), $0.label(.bag(.first)), $0.plan) }, actor: .cellLaboratory,
      id: nil),
    Stopped(
      what: "not a test's result", stage: .frozen,
      command: { _ in EnterTest(participant: .first, lot: .first, test: "viability", result: "80") },
      actor: .cellLaboratory, id: nil),
  ]

  @Test(arguments: stopped) func `quarantine stops use, not care`(_ case: Stopped) throws {
    var trial = try TrialScenario.cells(at: `case`.stage)
    if `case`.stage == .accepted {
      try trial.perform(PrintLabels(participant: .first, material: .lot(.first), count: 2), by: .cellLaboratory)
    }
    let before = trial
    try trial.perform(QuarantineMaterial(participant: .first, reason: "a doubt"), by: .qualityAssurance)
    let outcome = trial.when(`case`.command(trial), by: `case`.actor)
    if let id = `case`.id { outcome.refused(id) } else { #expect(outcome.events != nil) }
    #expect(before.when(`case`.command(before), by: `case`.actor).events != nil)
    try trial.perform(
      ResolveQuarantine(participant: .first, quarantine: 1, disposition: .fitForUse, reason: "nothing found"),
      by: .otherQualityAssurance)
    #expect(trial.when(`case`.command(trial), by: `case`.actor).events != nil)
  }

  @Test func `only quality assurance, not involved in the step, resolves, and signs`() throws {
    var trial = try TrialScenario.cells(at: .released)
    let quarantine = Quarantine(.temperature, of: .bag(.first), step: "shipped", involved: [.named("qa")])
    trial.given(.product(.first, .quarantined(quarantine)))
    let command = ResolveQuarantine(participant: .first, quarantine: 1, disposition: .unusable, reason: "thawed")
    for actor in Acting.everybody where actor.role != .qualityAssurance {
      trial.when(command, by: actor).refused("role-may-not")
    }
    trial.when(command, by: .qualityAssurance).refused("took-part")
    #expect(trial.when(command, by: .otherQualityAssurance).facts.allSatisfy { $0.signed != nil })
    try trial.perform(command, by: .otherQualityAssurance)
    #expect(trial.of().product[BagNumber.first]?.isUnusable == true)
    trial.when(command, by: .otherQualityAssurance).refused("no-such-quarantine")
  }

  @Test func `everything found unusable is a failed product`() throws {
    var trial = try TrialScenario.cells(at: .released)
    try trial.perform(QuarantineMaterial(participant: .first, reason: "mix-up"), by: .qualityAssurance)
    try trial.perform(
      ResolveQuarantine(participant: .first, quarantine: 1, disposition: .unusable, reason: "other cells"),
      by: .qualityAssurance)
    #expect(trial.of().product.releasedLot == nil)
    #expect(trial.of().product.hasFailed(at: trial.now))
  }
}
