import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

struct CustodyTests {
  @Test func `cells go from the vein to the bag and back, each step in its order`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    #expect(trial.of().product.infusion?.lot == .first)
    trial.wait(minutes: 20)
    try trial.perform(StopInfusion(participant: .first, bag: .first, volumeML: 50), by: .nurse)
    let product = trial.of().product
    #expect(product[BagNumber.first]?.end == .infused)
    #expect(product.infusion?.dosePerKg == 100_000)
    #expect(trial.of().record.deviations.isEmpty)
    #expect(!product.isQuarantined)
  }

  @Test(arguments: ProductStage.allCases)
  func `regulatory 25: steps run only in the allowed order`(_ stage: ProductStage) throws {
    let trial = try TrialScenario.cells(at: stage)
    let product = trial.of().product
    for step in trial.plan.product.steps where StepID.ownCommand[step.id] == nil && !step.final {
      let material: Material =
        switch step.subject {
        case .collection: .collection(ParticipantID.first.c1)
        case .lot: .lot(.first)
        case .bag: .bag(.first)
        }
      let allowed = trial.plan.product.predecessors(of: step, frozen: product.isFrozen(material))
      let actor: Acting = step.place == .laboratory ? .cellLaboratory : .nurse
      let command = RecordStep(step.id, material, trial.label(material), trial.plan)
      let second: [Acting] = step.twoPeople ? [.otherNurse] : []
      let outcome = trial.when(command, by: actor, together: second)
      let position = product.position(of: material, plan: trial.plan.product)
      if outcome.events != nil {
        #expect(allowed.contains(position), "\(step.id) after \(position ?? "nothing")")
      }
    }
  }

  struct Refused: CustomTestStringConvertible, Sendable {
    let what: String
    let stage: ProductStage
    let command: @Sendable (TrialScenario) -> any TrialCommand
    let actor: Acting
    var together: [Acting] = []
    let id: String
    var testDescription: String { "\(id): \(what)" }
  }

  static let refused: [Refused] = [
    Refused(
      what: "a step that the protocol does not have", stage: .collected,
      command: { RecordStep("teleported", .collection(ParticipantID.first.c1), "", $0.plan) }, actor: .nurse,
      id: "unknown-step"),
    Refused(
      what: "a step that has its own command", stage: .verified,
      command: { RecordStep("infusionStarted", .bag(.first), $0.label(.bag(.first)), $0.plan) }, actor: .nurse,
      id: "own-command"),
    Refused(
      what: "release as a step", stage: .tested,
      command: { RecordStep("released", .lot(.first), $0.label(.lot(.first)), $0.plan) }, actor: .cellLaboratory,
      id: "own-command"),
    Refused(
      what: "a number that was never issued", stage: .collected,
      command: { RecordStep("packed", .collection(ParticipantID.first.c2), "", $0.plan) }, actor: .nurse,
      id: "unknown-material"),
    Refused(
      what: "another's number", stage: .collected,
      command: {
        var command = RecordStep("packed", .collection(ParticipantID.first.c1), "", $0.plan)
        command.material = .collection(ParticipantID.second.c1)
        return command
      }, actor: .nurse, id: "unknown-material"),
    Refused(
      what: "out of order", stage: .collected,
      command: {
        RecordStep(
          "receivedAtManufacturing", .collection(ParticipantID.first.c1), $0.label(.collection(ParticipantID.first.c1)),
          $0.plan)
      }, actor: .cellLaboratory, id: "step-out-of-order"),
    Refused(
      what: "twice", stage: .stored,
      command: { RecordStep("shipped", .bag(.first), $0.label(.bag(.first)), $0.plan) }, actor: .cellLaboratory,
      id: "step-out-of-order"),
    Refused(
      what: "the laboratory's step by a site", stage: .manufacturing,
      command: { RecordStep("harvested", .lot(.first), $0.label(.lot(.first)), $0.plan) }, actor: .nurse,
      id: "other-place"),
    Refused(
      what: "a site's step by the laboratory", stage: .stored,
      command: { RecordStep("takenOut", .bag(.first), $0.label(.bag(.first)), $0.plan) }, actor: .cellLaboratory,
      id: "other-place"),
    Refused(
      what: "by a monitor", stage: .stored,
      command: { RecordStep("takenOut", .bag(.first), $0.label(.bag(.first)), $0.plan) }, actor: .monitor,
      id: "role-may-not"),
    Refused(
      what: "on a lot instead of a bag", stage: .released,
      command: { RecordStep("shipped", .lot(.first), $0.label(.lot(.first)), $0.plan) }, actor: .cellLaboratory,
      id: "other-subject"),
    Refused(
      what: "a hand-over without its other party", stage: .released,
      command: {
        var command = RecordStep("shipped", .bag(.first), $0.label(.bag(.first)), $0.plan)
        command.otherParty = " "
        return command
      }, actor: .cellLaboratory, id: "text-missing"),
    Refused(
      what: "half a temperature record", stage: .stored,
      command: {
        var command = RecordStep("takenOut", .bag(.first), $0.label(.bag(.first)), $0.plan)
        command.largest = nil
        return command
      }, actor: .nurse, id: "temperature-record"),
    Refused(
      what: "a temperature record upside down", stage: .stored,
      command: {
        var command = RecordStep("takenOut", .bag(.first), $0.label(.bag(.first)), $0.plan)
        command.least = -120
        command.largest = -196
        return command
      }, actor: .nurse, id: "temperature-record"),
    Refused(
      what: "labels put on by one person", stage: .collecting,
      command: {
        let c1 = Material.collection(ParticipantID.first.c1)
        return RecordStep("labelled", c1, $0.label(c1), $0.plan)
      }, actor: .nurse, id: "two-people"),
    Refused(
      what: "labels put on by the same person twice", stage: .collecting,
      command: {
        let c1 = Material.collection(ParticipantID.first.c1)
        return RecordStep("labelled", c1, $0.label(c1), $0.plan)
      }, actor: .nurse, together: [.nurse], id: "two-people"),
    Refused(
      what: "labels put on with somebody who may not", stage: .collecting,
      command: {
        let c1 = Material.collection(ParticipantID.first.c1)
        return RecordStep("labelled", c1, $0.label(c1), $0.plan)
      }, actor: .nurse, together: [.monitor], id: "role-may-not"),
    Refused(
      what: "destruction by one person", stage: .stored,
      command: { RecordStep("destroyed", .bag(.first), $0.label(.bag(.first)), $0.plan) }, actor: .nurse,
      id: "two-people"),
    Refused(
      what: "a label with a wrong check character", stage: .stored,
      command: { RecordStep("takenOut", .bag(.first), "01-0001-L1-B1-0", $0.plan) }, actor: .nurse, id: "read-again"),
    Refused(
      what: "a label that is none", stage: .stored,
      command: { RecordStep("takenOut", .bag(.first), "bag one", $0.plan) }, actor: .nurse, id: "read-again"),
    Refused(
      what: "manufacturing before the laboratory accepted", stage: .collected,
      command: { BeginManufacturing(.first, $0) }, actor: .cellLaboratory, id: "unknown-material"),
    Refused(
      what: "a second lot beside the first", stage: .manufacturing,
      command: { BeginManufacturing(.first, $0) }, actor: .cellLaboratory, id: "lot-begun"),
    Refused(
      what: "filling a bag twice", stage: .filled, command: { FillBag(.first, label: $0.label(.bag(.first))) },
      actor: .cellLaboratory, together: [.otherCellLaboratory], id: "not-to-be-filled"),
    Refused(
      what: "ending a collection that does not run", stage: .collected,
      command: { EndCollection(.first, yield: 1, label: $0.label(.collection(ParticipantID.first.c1))) },
      actor: .nurse, id: "not-collected"),
    Refused(
      what: "collecting twice", stage: .collecting, command: { _ in BeginCollection(participant: .first) },
      actor: .nurse, id: "collection-runs"),
    Refused(
      what: "collecting again without a failed product", stage: .collected,
      command: { _ in BeginCollection(participant: .first) }, actor: .nurse, id: "no-collection"),
    Refused(
      what: "a second collection's labels without a failed product", stage: .collected,
      command: { _ in
        PrintLabels(participant: .first, material: .collection(ParticipantID.first.c2), count: 1)
      }, actor: .nurse, id: "no-further-collection"),
  ]

  /// What is no step of the protocol's list is recorded by who has the material in hand.
  static let notInHand: [Refused] = [
    Refused(
      what: "a site's loss of a bag that is at the laboratory", stage: .released,
      command: { _ in LoseMaterial(participant: .first, material: .bag(.first), reason: "broken") }, actor: .nurse,
      id: "other-place"),
    Refused(
      what: "a site's loss of a lot", stage: .stored,
      command: { _ in LoseMaterial(participant: .first, material: .lot(.first), reason: "broken") }, actor: .nurse,
      id: "other-place"),
    Refused(
      what: "a site's loss of a collection that the laboratory has accepted", stage: .accepted,
      command: { _ in
        LoseMaterial(participant: .first, material: .collection(ParticipantID.first.c1), reason: "broken")
      }, actor: .nurse, id: "not-in-hand"),
    Refused(
      what: "the laboratory's loss of a bag that is at a site", stage: .stored,
      command: { _ in LoseMaterial(participant: .first, material: .bag(.first), reason: "broken") },
      actor: .cellLaboratory, id: "not-in-hand"),
    Refused(
      what: "a site's label of a bag that is at the laboratory", stage: .released,
      command: { _ in PrintLabels(participant: .first, material: .bag(.first), count: 1, reprintReason: "torn") },
      actor: .nurse, id: "other-place"),
    Refused(
      what: "a site's drawing of that label", stage: .released,
      command: { _ in DrawLabels(participant: .first, material: .bag(.first)) }, actor: .nurse, id: "other-place"),
    Refused(
      what: "a site's label put on a bag that is at the laboratory", stage: .released,
      command: { _ in UseLabels(participant: .first, material: .bag(.first), count: 1, reason: "came off") },
      actor: .nurse, id: "other-place"),
    Refused(
      what: "a site's sample of a lot", stage: .manufacturing,
      command: {
        TakeSample(participant: .first, material: .lot(.first), label: $0.label(.lot(.first)), purpose: "sterility")
      }, actor: .nurse, id: "other-place"),
    Refused(
      what: "the laboratory's sample of a collection that is at a site", stage: .collected,
      command: {
        let c1 = Material.collection(ParticipantID.first.c1)
        return TakeSample(participant: .first, material: c1, label: $0.label(c1), purpose: "sterility")
      }, actor: .cellLaboratory, id: "other-place"),
    Refused(
      what: "destruction at a site together with somebody of the laboratory", stage: .stored,
      command: { RecordStep("destroyed", .bag(.first), $0.label(.bag(.first)), $0.plan) }, actor: .nurse,
      together: [.cellLaboratory], id: "not-in-hand"),
    Refused(
      what: "a label put on at the laboratory together with somebody of a site", stage: .released,
      command: { _ in UseLabels(participant: .first, material: .bag(.first), count: 1, reason: "came off") },
      actor: .cellLaboratory, together: [.nurse], id: "other-place"),
  ]

  @Test func `what is entered late is of who had the material when it happened`() throws {
    var trial = try TrialScenario.cells(at: .collected)
    let c1 = Material.collection(ParticipantID.first.c1)
    try trial.step("packed", c1, by: .nurse)
    trial.wait(hours: 2)
    try trial.step("pickedUp", c1, by: .nurse)
    trial.wait(hours: 2)
    try trial.step("receivedAtManufacturing", c1, by: .cellLaboratory)
    trial.wait(hours: 1)
    let sample = TakeSample(participant: .first, material: c1, label: trial.label(c1), purpose: "sterility")
    let moments: [(hoursAgo: Int, nurse: String?, laboratory: String?)] = [
      (4, nil, "not-in-hand"), (2, nil, nil), (1, "not-in-hand", nil), (0, "not-in-hand", nil),
    ]
    for (hours, nurse, laboratory) in moments {
      for (actor, id) in [(Acting.nurse, nurse), (.cellLaboratory, laboratory)] {
        let outcome = trial.when(sample, by: actor, at: trial.ago(hours: hours))
        if let id { outcome.refused(id) } else { #expect(outcome.events != nil, "\(hours) hours ago, \(actor.role)") }
      }
    }
  }

  @Test(arguments: [Acting.nurse, .cellLaboratory])
  func `what is lost on the way is recorded by the site or the laboratory`(_ actor: Acting) throws {
    var trial = try TrialScenario.cells(at: .released)
    try trial.step("shipped", .bag(.first), by: .cellLaboratory)
    try trial.perform(
      LoseMaterial(participant: .first, material: .bag(.first), reason: "the box never came"), by: actor)
    #expect(trial.of().product[BagNumber.first]?.end == .lost)
  }

  @Test(arguments: refused + notInHand)
  func `a step that must not happen is refused and changes nothing`(_ case: Refused) throws {
    let trial = try TrialScenario.cells(at: `case`.stage)
    trial.when(`case`.command(trial), by: `case`.actor, together: `case`.together).refused(`case`.id)
  }

  @Test func `a wrong check character says read again and nothing else`() throws {
    let trial = try TrialScenario.cells(at: .stored)
    let command = RecordStep("takenOut", .bag(.first), "01-0001-L1-B1-0", trial.plan)
    guard case .refused(let refusal) = trial.when(command, by: .nurse) else {
      Issue.record("accepted")
      return
    }
    #expect(refusal.remedy == "Read again.")
    #expect(!refusal.because.contains("01-0001"))
    #expect(refusal.lines.isEmpty)
  }

  @Test func `frozen starting material is thawed before it is used, and what is left stays frozen`() throws {
    var trial = try TrialScenario.cells(at: .accepted)
    let c1 = Material.collection(ParticipantID.first.c1)
    try trial.step("materialFrozen", c1, by: .cellLaboratory)
    trial.wait(days: 30)
    try trial.perform(PrintLabels(participant: .first, material: .lot(.first), count: 2), by: .cellLaboratory)
    trial.when(BeginManufacturing(.first, trial), by: .cellLaboratory).refused("not-thawed")
    try trial.step("materialThawed", c1, by: .cellLaboratory)
    try trial.perform(BeginManufacturing(.first, trial), by: .cellLaboratory)
    #expect(!trial.of().product.isQuarantined)
    try trial.perform(
      LoseMaterial(participant: .first, material: .lot(.first), reason: "no growth"), by: .cellLaboratory)
    #expect(trial.of().product.hasFailed(at: trial.now))
    let l2 = ParticipantID.first.l2
    try trial.perform(PrintLabels(participant: .first, material: .lot(l2), count: 2), by: .cellLaboratory)
    trial.when(BeginManufacturing(.first, trial, lot: l2), by: .cellLaboratory).refused("not-thawed")
    try trial.step("materialThawed", c1, by: .cellLaboratory)
    try trial.perform(BeginManufacturing(.first, trial, lot: l2, left: false), by: .cellLaboratory)
    #expect(!trial.of().product.hasFailed(at: trial.now))
    #expect(trial.of().product.isManufacturing)
  }

  @Test func `a collection with too little goes on the next day, not later`() throws {
    var trial = try TrialScenario.cells(at: .collecting)
    let c1 = Material.collection(ParticipantID.first.c1)
    try trial.step("labelled", c1, by: .nurse, together: [.otherNurse])
    try trial.perform(EndCollection(.first, yield: 400, label: trial.label(c1)), by: .nurse)
    #expect(!trial.of().product.isCollected)
    trial.wait(days: 1)
    trial.when(BeginCollection(participant: .first), by: .nurse).refused("person-not-checked")
    try trial.perform(CheckPerson(matching: .first, at: .collection), by: .nurse, together: [.otherNurse])
    var later = trial
    later.wait(days: 1)
    try later.perform(CheckPerson(matching: .first, at: .collection), by: .nurse, together: [.otherNurse])
    later.when(BeginCollection(participant: .first), by: .nurse).refused("collection-over")
    try trial.perform(BeginCollection(participant: .first), by: .nurse)
    try trial.step("labelled", c1, by: .nurse, together: [.otherNurse])
    try trial.perform(EndCollection(.first, yield: 200, label: trial.label(c1)), by: .nurse)
    #expect(trial.of().product.isCollected)
    #expect(trial.of().product.lastCollection == trial.now)
  }

  @Test func `after a failed product there is one further collection, with its own number`() throws {
    var trial = try TrialScenario.cells(at: .manufacturing)
    trial.when(
      PrintLabels(participant: .first, material: .collection(ParticipantID.first.c2), count: 4), by: .nurse
    ).refused("no-further-collection")
    try trial.perform(RejectLot(participant: .first, lot: .first, reason: "contaminated"), by: .qualityAssurance)
    #expect(trial.of().product.hasFailed(at: trial.now))
    try trial.perform(
      PrintLabels(participant: .first, material: .collection(ParticipantID.first.c2), count: 4), by: .nurse)
    try trial.perform(CheckPerson(matching: .first, at: .collection), by: .nurse, together: [.otherNurse])
    try trial.perform(BeginCollection(participant: .first), by: .nurse)
    let c2 = Material.collection(ParticipantID.first.c2)
    try trial.step("labelled", c2, by: .nurse, together: [.otherNurse])
    try trial.perform(EndCollection(.first, yield: 900, label: trial.label(c2)), by: .nurse)
    #expect(!trial.of().product.hasFailed(at: trial.now))
    try trial.perform(LoseMaterial(participant: .first, material: c2, reason: "the bag burst"), by: .nurse)
    #expect(trial.of().product.hasFailed(at: trial.now))
    trial.when(
      PrintLabels(
        participant: .first, material: .collection(CollectionNumber(participant: .first, collection: 3)), count: 1),
      by: .nurse
    ).refused("no-further-collection")
  }

  @Test func `a product that is never frozen keeps for the plan's hours from its harvest, and is infused in them`()
    throws
  {
    var trial = TrialScenario()
    trial.gates = .product
    try trial.bring(.first, to: .manufacturing)
    let harvested = trial.now.instant
    trial.wait(hours: 2)
    for stage in [ProductStage.filled, .tested, .released] { try trial.advance(.first, to: stage) }
    let bag = ParticipantID.first.b1
    #expect(trial.of().product[bag]?.keepsUntil == harvested.adding(hours: 24))
    #expect(trial.of().product[bag]?.lastDay == nil)
    for (step, actor) in [("shipped", Acting.cellLaboratory), ("receivedAtSite", .nurse), ("stored", .nurse)] {
      try trial.fresh(step, bag, by: actor)
    }
    trial.given(.way(.first, .infusionOrdered(order: InfusionOrder(bags: [bag], dosePerKg: 200_000, weight: 60))))
    try trial.perform(CheckPerson(matching: .first, at: .admission), by: .nurse, together: [.otherNurse])
    try trial.fresh("takenOut", bag, by: .nurse)
    #expect(trial.line("infusion.bag", of: .infusion, bag: bag)?.until == harvested.adding(hours: 24))
    for nurse in [Acting.nurse, .otherNurse] { try trial.perform(VerifyBedside(bag, trial), by: nurse) }
    let start = StartInfusion(participant: .first, bag: bag, label: trial.label(.bag(bag)))
    #expect(trial.when(start, by: .nurse).events != nil)
    var late = trial
    late.wait(hours: 22, minutes: 1)
    for nurse in [Acting.nurse, .otherNurse] { try late.perform(VerifyBedside(bag, late), by: nurse) }
    late.when(start, by: .nurse).refused("gate-closed", lines: ["infusion.bag"])
    try trial.perform(start, by: .nurse)
    trial.wait(hours: 22, minutes: 1)
    try trial.perform(StopInfusion(participant: .first, bag: bag, volumeML: 50), by: .nurse)
    #expect(trial.of().record.deviations.map(\.kind) == [.expiry])
  }

  @Test func `the three clocks of expiry run from collection, freezing and thaw`() throws {
    let trial = try TrialScenario.cells(at: .thawed)
    let product = trial.of().product
    #expect(
      product.collections[0].keepsUntil
        == trial.ledger.first { TrialScenario.names([$0.event]) == ["collectionEnded"] }?.happened.instant.adding(
          hours: 48))
    #expect(product[BagNumber.first]?.lastDay == trial.now.day + 365)
    #expect(product[BagNumber.first]?.thaw?.startBy == trial.now.instant.adding(minutes: 30))
    #expect(product[BagNumber.first]?.thaw?.endBy == trial.now.instant.adding(minutes: 60))
  }

  @Test func `a product whose last day has passed has failed`() throws {
    var trial = try TrialScenario.cells(at: .stored)
    trial.wait(days: 365)
    #expect(!trial.of().product.hasFailed(at: trial.now))
    trial.wait(days: 1)
    #expect(trial.of().product.hasFailed(at: trial.now))
    let standing = trial.of().product.standing(
      of: .first, at: trial.now, until: trial.now.day, end: trial.now.end(ofDay:))
    #expect(standing.problems.count == 1)
  }
}
