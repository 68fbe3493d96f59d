import ClinicalValues
import Ledger
import StudyDesign
import Trial

extension Script {
  /// A step of custody with the right label and a good record.
  mutating func step(_ step: String, _ material: Material) throws {
    let isSite = ["labelled", "receivedAtSite", "stored", "takenOut"].contains(step)
    try ask(
      RecordStep(
        participant: material.participant, step: step, material: material, label: moves.label(material), place: "room",
        least: -150, largest: -140), isSite ? staff.nurse : staff.laboratory,
      with: step == "labelled" ? [staff.otherNurse] : [])
  }

  /// Labels, re-check and person are ready for the collection.
  mutating func prepareCollection(_ id: ParticipantID, _ number: Int = 1) throws {
    let material = Material.collection(CollectionNumber(participant: id, collection: number))
    try ask(PrintLabels(participant: id, material: material, count: 1), staff.nurse)
    try recheck(.leukapheresis, id)
    try checkPerson(id, .collection)
  }

  mutating func collect(_ id: ParticipantID) throws {
    let material = Material.collection(CollectionNumber(participant: id, collection: 1))
    try ask(BeginCollection(participant: id), staff.nurse)
    try step("labelled", material)
    try ask(EndCollection(participant: id, yield: 1000, label: moves.label(material), place: "ward"), staff.nurse)
    try step("accepted", material)
  }

  /// A lot with so many bags, filled and frozen, and its results but not released.
  mutating func manufacture(_ id: ParticipantID, bags: Int = 1) throws {
    let collection = CollectionNumber(participant: id, collection: 1)
    let lot = LotNumber(participant: id, lot: 1)
    try ask(PrintLabels(participant: id, material: .lot(lot), count: 1), staff.laboratory)
    try ask(
      BeginManufacturing(
        participant: id, collection: collection, lot: lot, lotLabel: moves.label(.lot(lot)), materialLeft: false,
        label: moves.label(.collection(collection)), place: "room"), staff.laboratory)
    for number in 1...bags {
      let bag = BagNumber(lot: lot, bag: number)
      try ask(PrintLabels(participant: id, material: .bag(bag), count: 1), staff.laboratory)
      try ask(
        FillBag(
          participant: id, bag: bag, volumeML: 50, cells: Seeds.cellsInBag, label: moves.label(.bag(bag)),
          place: "room"), staff.laboratory)
      try step("cryopreserved", .bag(bag))
    }
    for (test, result) in [("viability", "90"), ("sterility", "negative"), ("gramStain", "negative")] {
      try ask(EnterTest(participant: id, lot: lot, test: test, result: result), staff.otherLaboratory)
    }
  }

  mutating func release(_ id: ParticipantID) throws {
    try ask(ReleaseLot(participant: id, lot: LotNumber(participant: id, lot: 1)), staff.quality)
  }

  mutating func ship(_ id: ParticipantID, bags: Int = 1) throws {
    for number in 1...bags {
      let bag = Material.bag(BagNumber(lot: LotNumber(participant: id, lot: 1), bag: number))
      for name in ["shipped", "receivedAtSite", "stored"] { try step(name, bag) }
    }
  }

  /// The dose comes from the site that handed its participant over.
  mutating func receiveElsewhere(_ id: ParticipantID) throws {
    for name in ["receivedAtSite", "stored"] { try step(name, .bag(Seeds.bag(id))) }
  }

  /// From nothing to a released dose at the site.
  mutating func makeProduct(_ id: ParticipantID, bags: Int = 1) throws {
    try findEligible(id)
    try enroll(id)
    try prepareCollection(id)
    try collect(id)
    try manufacture(id, bags: bags)
    try release(id)
    try ship(id, bags: bags)
  }

  mutating func thaw(_ id: ParticipantID) throws {
    let bag = Seeds.bag(id)
    try ask(ThawBag(participant: id, bag: bag, label: moves.label(.bag(bag)), place: "ward"), staff.nurse)
  }

  mutating func verify(_ id: ParticipantID, by nurses: [Acting]) throws {
    for nurse in nurses {
      let verify = VerifyBedside(
        participant: id, bag: Seeds.bag(id), labelIdentity: study.identities[id]?.description ?? "",
        labelParticipant: id.printed, labelBag: Seeds.bag(id).description, wristband: id.printed,
        birthDateMatches: true, said: .agrees)
      try ask(verify, nurse)
    }
  }

  mutating func infuse(_ id: ParticipantID) throws {
    let bag = Seeds.bag(id)
    try ask(StartInfusion(participant: id, bag: bag, label: moves.label(.bag(bag))), staff.nurse)
  }

  mutating func stop(_ id: ParticipantID) throws {
    try ask(StopInfusion(participant: id, bag: Seeds.bag(id), volumeML: 50), staff.nurse)
  }

  /// From a dose at the site to a completed infusion, three days later.
  mutating func treat(_ id: ParticipantID) throws {
    try prepareLymphodepletion(id)
    try lymphodeplete(id)
    try prepareInfusion(id)
    try thaw(id)
    try verify(id, by: [staff.nurse, staff.otherNurse])
    try infuse(id)
    try stop(id)
  }
}
