// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`, what it has as a step of custody at `CustodyCommand`.

public import ClinicalValues
import StudyDesign

/// Begins a lot from a collection.
public struct BeginManufacturing: CustodyCommand {
  public static let name = "product manufacture"
  public static let abstract = "Begin a lot from accepted starting material."
  public static let permission = Permission.recordCustody
  public static let fields =
    [
      CommandField("participant", "whose cells these are, such as 03-0007"),
      CommandField("collection", "the collection that is used, such as 03-0007-C1-X"),
      CommandField("lot", "the lot that is begun, such as 03-0007-L1-X"),
      CommandField("lotLabel", "the lot's label as read by scanning or typing"),
      CommandField("materialLeft", "whether stored material is left for another lot: true or false"),
    ] + recordFields

  public var participant: ParticipantID
  /// The collection that is used.
  public var collection: CollectionNumber
  /// The lot that is begun.
  public var lot: LotNumber
  /// The lot's label as read.
  public var lotLabel: String
  /// Whether stored material is left for another lot.
  public var materialLeft: Bool
  /// The collection's label as read.
  public var label: String
  public var place: String
  public var least: Decimal?
  public var largest: Decimal?
  public var container: Condition
  public var seal: Condition
  public var otherParty: String?

  public init(
    participant: ParticipantID, collection: CollectionNumber, lot: LotNumber, lotLabel: String, materialLeft: Bool,
    label: String, place: String, least: Decimal? = nil, largest: Decimal? = nil, container: Condition = .intact,
    seal: Condition = .intact, otherParty: String? = nil
  ) {
    self.participant = participant
    self.collection = collection
    self.lot = lot
    self.lotLabel = lotLabel
    self.materialLeft = materialLeft
    self.label = label
    self.place = place
    self.least = least
    self.largest = largest
    self.container = container
    self.seal = seal
    self.otherParty = otherParty
  }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    let stepPlan = try situation.stepPlan(StepID.manufacturingStarted)
    let material = Material.collection(collection)
    try situation.require(material, of: state)
    try situation.require(.lot(lot), of: state)
    try situation.requirePlace(of: stepPlan, situation.actor)
    for (text, expected) in [(label, material), (lotLabel, .lot(lot))] {
      let reading = try situation.read(label: text)
      if let facts = situation.mixUp(reading: reading, expecting: expected, at: stepPlan.id, of: state) {
        return facts
      }
    }
    try requireStart(in: state.product, onDay: situation.happened.day)
    try situation.requireOrder(of: stepPlan, for: material, in: state.product)
    try situation.requireNoQuarantine(over: material, in: state.product)
    try situation.requireNotWithdrawn(material)
    if stepPlan.twoPeople { try situation.requireTwoPeople(.recordCustody, for: participant) }
    try situation.requireRecord(self, of: stepPlan)
    // What the starting material is found to be counts for it; what came of it is in quarantine with it.
    let found = situation.problems(
      of: situation.custodyStep(stepPlan.id, material, self), as: stepPlan, in: state.product)
    let done = situation.custodyStep(stepPlan.id, .lot(lot), self)
    let begun = ProductEvent.manufacturingBegun(lot: lot, from: collection, materialLeft: materialLeft, step: done)
    let reported = situation.custodyStep(stepPlan.id, material, self)
    return [Fact(.product(participant, begun))] + situation.consequences(of: found, at: reported)
  }

  private func requireStart(in product: ProductState, onDay day: Int) throws(Refusal) {
    guard let from = product[collection], let run = product[lot] else { return }
    guard from.isAcceptedByLaboratory, from.hasMaterial, !from.isUnusable else {
      throw Refusal(
        "no-starting-material",
        because: "\(collection) is not accepted as starting material, or nothing usable of it is left.",
        remedy: "The laboratory accepts the starting material first; else another collection is needed.")
    }
    if from.isFrozen, !from.isThawed {
      throw Refusal("not-thawed", because: "\(collection) is frozen.", remedy: "Record that it was thawed first.")
    }
    guard run.from == nil, run.outcome == nil else {
      throw Refusal("lot-begun", because: "\(lot) was begun before.", remedy: "A new lot gets a new number.")
    }
    if let other = product.lots.last(where: { $0.from != nil && !$0.hasFailed(onDay: day) }) {
      throw Refusal(
        "lot-under-way", because: "Lot \(other.number) is under way or released.",
        remedy: "A new lot follows one that was rejected or lost.")
    }
    guard product.infusion == nil else {
      throw Refusal(
        "one-infusion", because: "\(participant) was infused.", remedy: "There is never a second infusion.")
    }
  }
}

/// Fills a bag of a lot.
public struct FillBag: CustodyCommand {
  public static let name = "product fill"
  public static let abstract = "Record that a bag was filled: its volume and the cells in it."
  public static let permission = Permission.recordCustody
  public static let fields =
    [
      CommandField("participant", "whose cells these are, such as 03-0007"),
      CommandField("bag", "the bag, such as 03-0007-L1-B2-X"),
      CommandField("volumeML", "its volume, mL"),
      CommandField("cells", "CAR-positive viable cells in it"),
    ] + recordFields

  public var participant: ParticipantID
  /// The bag that is filled.
  public var bag: BagNumber
  /// Its volume, mL.
  public var volumeML: Decimal
  /// CAR-positive viable cells in it.
  public var cells: Decimal
  public var label: String
  public var place: String
  public var least: Decimal?
  public var largest: Decimal?
  public var container: Condition
  public var seal: Condition
  public var otherParty: String?

  public init(
    participant: ParticipantID, bag: BagNumber, volumeML: Decimal, cells: Decimal, label: String, place: String,
    least: Decimal? = nil, largest: Decimal? = nil, container: Condition = .intact, seal: Condition = .intact,
    otherParty: String? = nil
  ) {
    self.participant = participant
    self.bag = bag
    self.volumeML = volumeML
    self.cells = cells
    self.label = label
    self.place = place
    self.least = least
    self.largest = largest
    self.container = container
    self.seal = seal
    self.otherParty = otherParty
  }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    let stepPlan = try situation.stepPlan(StepID.filled)
    let material = Material.bag(bag)
    try situation.require(material, of: state)
    try situation.requirePlace(of: stepPlan, situation.actor)
    let reading = try situation.read(label: label)
    if let facts = situation.mixUp(reading: reading, expecting: material, at: stepPlan.id, of: state) { return facts }
    guard state.product[bag.lot]?.isUnderWay == true, state.product[bag]?.isFilled == false else {
      throw Refusal(
        "not-to-be-filled", because: "\(bag) is filled, or its lot is not being made.", remedy: "Look at its lot.")
    }
    guard (state.product[bag]?.labels.atHand ?? 0) > 0 else {
      throw Refusal(
        "no-label", because: "No printed label of \(bag) is at hand.", remedy: "Print one, with the reason.")
    }
    guard volumeML > .zero, cells >= .zero else {
      throw Refusal("volume", because: "A bag of \(volumeML) mL with \(cells) cells is none.", remedy: "Check both.")
    }
    try situation.requireOrder(of: stepPlan, for: material, in: state.product)
    if stepPlan.twoPeople { try situation.requireTwoPeople(.recordCustody, for: participant) }
    try situation.requireRecord(self, of: stepPlan)
    let done = situation.custodyStep(stepPlan.id, material, self)
    let filled = Fact(
      .product(participant, .bagFilled(bag: bag, volumeML: volumeML, cells: cells, step: done)),
      signed: stepPlan.twoPeople ? "We have filled and labelled this bag together: \(bag)." : nil,
      signedByAll: stepPlan.twoPeople)
    return [filled]
      + situation.consequences(of: situation.problems(of: done, as: stepPlan, in: state.product), at: done)
  }
}
