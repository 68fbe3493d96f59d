import ClinicalValues
import StudyDesign

@testable import Trial

/// How far cells have come; each stage builds on the one before it.
enum ProductStage: Int, CaseIterable, Comparable {
  case enrolled, collecting, collected, accepted, manufacturing, filled, frozen, tested, released, stored, takenOut,
    thawed, verified, infusing

  static func < (a: ProductStage, b: ProductStage) -> Bool { a.rawValue < b.rawValue }
}

extension GateBook {
  /// Only those lines that the product answers for: tests of the product need no clinical data.
  static let product = GateBook(
    rules: GateBook.standard.rules.mapValues { rules in
      rules.filter { ["leukapheresis.labels", "infusion.bag", "infusion.bedside"].contains($0.id) }
    })
}

extension TrialScenario {
  /// A trial in which the cells of a participant have come to a stage by the commands that lead there.
  static func cells(at stage: ProductStage, of id: ParticipantID = .first) throws -> TrialScenario {
    var trial = TrialScenario()
    trial.gates = .product
    try trial.bring(id, to: stage)
    return trial
  }

  /// Brings a participant's cells from the beginning to a stage.
  mutating func bring(_ id: ParticipantID, to stage: ProductStage) throws {
    for step in ProductStage.allCases where step <= stage { try advance(id, to: step) }
  }

  mutating func advance(_ id: ParticipantID, to stage: ProductStage) throws {
    switch stage {
    case .enrolled: enroll(id)
    case .collecting:
      try perform(PrintLabels(participant: id, material: .collection(id.c1), count: 4), by: .nurse)
      try perform(CheckPerson(matching: id, at: .collection), by: .nurse, together: [.otherNurse])
      try perform(BeginCollection(participant: id), by: .nurse)
    case .collected:
      try step("labelled", .collection(id.c1), by: .nurse, together: [.otherNurse])
      try perform(EndCollection(id, yield: 900, label: label(.collection(id.c1))), by: .nurse)
    case .accepted:
      for (step, actor) in [
        ("packed", Acting.nurse), ("pickedUp", .nurse), ("receivedAtManufacturing", .cellLaboratory),
        ("accepted", .cellLaboratory),
      ] { try self.step(step, .collection(id.c1), by: actor) }
    case .manufacturing:
      try perform(PrintLabels(participant: id, material: .lot(id.l1), count: 2), by: .cellLaboratory)
      try perform(BeginManufacturing(id, self), by: .cellLaboratory)
      try step("harvested", .lot(id.l1), by: .cellLaboratory)
    case .filled:
      for bag in [id.b1, id.b2] {
        try perform(PrintLabels(participant: id, material: .bag(bag), count: 2), by: .cellLaboratory)
        try perform(FillBag(bag, label: label(.bag(bag))), by: .cellLaboratory, together: [.otherCellLaboratory])
      }
    case .frozen: for bag in [id.b1, id.b2] { try step("cryopreserved", .bag(bag), by: .cellLaboratory) }
    case .tested: try enterTests(of: id.l1)
    case .released: try perform(ReleaseLot(participant: id, lot: id.l1), by: .qualityAssurance)
    case .stored:
      for bag in [id.b1, id.b2] {
        try step("shipped", .bag(bag), by: .cellLaboratory)
        try step("receivedAtSite", .bag(bag), by: .nurse)
        try step("stored", .bag(bag), by: .nurse)
      }
    case .takenOut:
      let order = InfusionOrder(bags: [id.b1, id.b2], dosePerKg: 200_000, weight: 60)
      given(.way(id, .infusionOrdered(order: order)))
      wait(minutes: 1)
      try perform(CheckPerson(matching: id, at: .admission), by: .nurse, together: [.otherNurse])
      try step("takenOut", .bag(id.b1), by: .nurse)
    case .thawed: try perform(ThawBag(id.b1, label: label(.bag(id.b1))), by: .nurse)
    case .verified:
      for nurse in [Acting.nurse, .otherNurse] { try perform(VerifyBedside(id.b1, self), by: nurse) }
    case .infusing:
      try perform(StartInfusion(participant: id, bag: id.b1, label: label(.bag(id.b1))), by: .nurse)
    }
  }

  mutating func enroll(_ id: ParticipantID) {
    given(
      .way(id, .registered(site: id.site, cohort: "sle")), .way(id, .enrolled(cohort: "sle", gate: [])),
      .product(id, .identityIssued(id.identity)))
  }

  /// Does a step of custody with everything in order.
  @discardableResult
  mutating func step(
    _ id: String, _ material: Material, by actor: Acting, together: [Acting] = []
  ) throws -> [TrialEvent] {
    try perform(RecordStep(id, material, label(material), plan), by: actor, together: together)
  }

  /// Does a step of custody with a bag that is never frozen, everything in order.
  mutating func fresh(_ step: String, _ bag: BagNumber, by actor: Acting) throws {
    let limits = plan.product.step(step)?.freshTemperature
    try perform(
      RecordStep(
        participant: bag.lot.participant, step: step, material: .bag(bag), label: label(.bag(bag)),
        place: "refrigerator",
        least: limits?.lowerBound, largest: limits?.upperBound, otherParty: "courier, Cold Chain Ltd"),
      by: actor)
  }

  /// The label of a material, as a scanner reads it.
  func label(_ material: Material) -> String {
    let id = material.participant
    return LabelReading(material: material, identity: of(id).product.identity, participant: id).text
  }

  /// Every release test within limits, but for those that are left out or given.
  mutating func enterTests(
    of lot: LotNumber, but changed: [String: String] = [:], without missing: Set<String> = [],
    interim: Set<String> = []
  ) throws {
    for test in plan.product.tests where !missing.contains(test.id) {
      let usual =
        switch test.kind {
        case .quantity: (test.low ?? test.high ?? 1).description
        case .negative: "negative"
        case .conforms: "conforms"
        }
      try perform(
        EnterTest(
          participant: lot.participant, lot: lot, test: test.id, result: changed[test.id] ?? usual,
          interim: interim.contains(test.id)), by: .cellLaboratory)
    }
  }
}

extension ParticipantID {
  var c1: CollectionNumber { CollectionNumber(participant: self, collection: 1) }
  var c2: CollectionNumber { CollectionNumber(participant: self, collection: 2) }
  var l1: LotNumber { LotNumber(participant: self, lot: 1) }
  var l2: LotNumber { LotNumber(participant: self, lot: 2) }
  var b1: BagNumber { BagNumber(lot: l1, bag: 1) }
  var b2: BagNumber { BagNumber(lot: l1, bag: 2) }
  /// What a test issues to this participant.
  var identity: ChainOfIdentity { ChainOfIdentity(random: UInt64(number) * 7_919 + 100_000_007) }
}

extension CheckPerson {
  init(matching id: ParticipantID, at place: PersonCheckPlace) {
    self.init(
      participant: id, at: place, wristband: id.printed, documentName: true, documentBirthDate: true,
      wristbandName: true, wristbandBirthDate: true)
  }
}

extension EndCollection {
  init(_ id: ParticipantID, yield: Decimal, label: String) {
    self.init(participant: id, yield: yield, label: label, place: "apheresis unit")
  }
}

extension BeginManufacturing {
  init(
    _ id: ParticipantID, _ trial: TrialScenario, lot: LotNumber? = nil, from: CollectionNumber? = nil, left: Bool = true
  ) {
    let lot = lot ?? id.l1
    let from = from ?? id.c1
    self.init(
      participant: id, collection: from, lot: lot, lotLabel: trial.label(.lot(lot)), materialLeft: left,
      label: trial.label(.collection(from)), place: "clean room 1")
  }
}

extension FillBag {
  init(_ bag: BagNumber, label: String) {
    self.init(
      participant: bag.lot.participant, bag: bag, volumeML: 50, cells: 6_000_000, label: label, place: "clean room 1")
  }
}

extension ThawBag {
  init(_ bag: BagNumber, label: String) {
    self.init(
      participant: bag.lot.participant, bag: bag, label: label, place: "ward", least: 36, largest: 37)
  }
}

extension VerifyBedside {
  /// Everything read as it should be.
  init(_ bag: BagNumber, _ trial: TrialScenario) {
    let id = bag.lot.participant
    self.init(
      participant: id, bag: bag, labelIdentity: trial.of(id).product.identity?.description ?? "",
      labelParticipant: id.printed, labelBag: bag.description, wristband: id.printed, birthDateMatches: true,
      said: .agrees)
  }
}

extension RecordStep {
  /// A step with everything in order: temperatures within the plan's limits, both parties named.
  init(_ step: String, _ material: Material, _ label: String, _ plan: ConductPlan) {
    let limits = plan.product.step(step)?.temperature
    self.init(
      participant: material.participant, step: step, material: material, label: label, place: "freezer 2",
      least: limits?.lowerBound, largest: limits?.upperBound, otherParty: "courier, Cold Chain Ltd")
  }
}

extension TrialScenario {
  /// What stands in a stream of events: names of cases, in order.
  static func names(_ events: [TrialEvent]) -> [String] {
    events.map { event in
      let inner: Any =
        switch event {
        case .way(_, let event): event
        case .product(_, let event): event
        case .record(_, let event): event
        case .studyRecord(let event): event
        case .study(let event): event
        case .site(_, let event): event
        case .people(let event): event
        case .casebook(_, let event): event
        case .safety(_, let event): event
        case .grade(_, let event): event
        case .laboratory(_, let event): event
        }
      return String("\(inner)".prefix { $0 != "(" })
    }
  }
}

extension Outcome {
  /// The names of its events, in order; empty where it was refused.
  var names: [String] { TrialScenario.names(events ?? []) }
}
