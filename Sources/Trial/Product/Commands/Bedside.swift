// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`, what it has as a step of custody at `CustodyCommand`.

public import ClinicalValues
import StudyDesign

/// One person, for themselves, verifies a bag against its participant at the bedside; the gate asks for two.
public struct VerifyBedside: TrialCommand {
  public static let name = "product verify"
  public static let abstract =
    "Verify a bag at the bedside: label, wristband and person; each of two people for themselves."
  public static let permission = Permission.bedsideAndInfusion
  public static let fields = [
    CommandField("participant", "who is to be infused, such as 03-0007"),
    CommandField("bag", "the bag that was ordered, such as 03-0007-L1-B2-X"),
    CommandField("labelIdentity", "chain-of-identity identifier as read from the label, such as COI-7KQ2-M4XD-R"),
    CommandField("labelParticipant", "participant's number as read from the label, such as 03-0007-K"),
    CommandField("labelBag", "bag number as read from the label"),
    CommandField("wristband", "participant's number as read from the wristband"),
    CommandField("birthDateMatches", "whether the wristband's date of birth is the participant's: true or false"),
    CommandField("said", "name and date of birth as said by the participant: \(Self.listed(SaidByParticipant.self))"),
  ]

  /// Who is to be infused.
  public var participant: ParticipantID
  /// The bag that is meant.
  public var bag: BagNumber
  /// The chain-of-identity identifier as read from the label, with its check character.
  public var labelIdentity: String
  /// The participant's number as read from the label, with its check character.
  public var labelParticipant: String
  /// The bag number as read from the label.
  public var labelBag: String
  /// The participant's number as read from the wristband, with its check character.
  public var wristband: String
  /// Whether the identity store finds the wristband's date of birth to be the participant's.
  public var birthDateMatches: Bool
  /// What came of asking the participant.
  public var said: SaidByParticipant

  public init(
    participant: ParticipantID, bag: BagNumber, labelIdentity: String, labelParticipant: String, labelBag: String,
    wristband: String, birthDateMatches: Bool, said: SaidByParticipant
  ) {
    self.participant = participant
    self.bag = bag
    self.labelIdentity = labelIdentity
    self.labelParticipant = labelParticipant
    self.labelBag = labelBag
    self.wristband = wristband
    self.birthDateMatches = birthDateMatches
    self.said = said
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.withCells(participant)
    let read = try reading(situation)
    var wrong: [BedsideItem] = []
    if read.identity != state.product.identity { wrong.append(.identity) }
    if read.labelParticipant != participant { wrong.append(.labelParticipant) }
    if read.bag != bag || bag.lot.participant != participant { wrong.append(.bag) }
    if read.wristband != participant { wrong.append(.wristbandParticipant) }
    if !birthDateMatches { wrong.append(.birthDate) }
    if said == .differs { wrong.append(.said) }
    guard wrong.isEmpty else { return mismatch(wrong, read, state, situation) }
    try situation.require(.bag(bag), of: state)
    try requireReady(state.product, situation)
    return [Fact(.product(participant, .bedsideVerified(bag: bag, said: said)))]
  }

  private struct Read {
    let identity: ChainOfIdentity
    let labelParticipant: ParticipantID
    let bag: BagNumber
    let wristband: ParticipantID
  }

  private func reading(_ situation: Situation) throws(Refusal) -> Read {
    let onLabel = try situation.read(wristband: labelParticipant)
    let onWristband = try situation.read(wristband: wristband)
    do {
      return Read(
        identity: try ChainOfIdentity(labelIdentity), labelParticipant: onLabel, bag: try BagNumber(labelBag),
        wristband: onWristband)
    } catch { throw .readAgain }
  }

  private func mismatch(
    _ wrong: [BedsideItem], _ read: Read, _ state: ParticipantState, _ situation: Situation
  ) -> [Fact] {
    let others: Set<ParticipantID> = [
      read.labelParticipant, read.bag.lot.participant, read.wristband,
      situation.owner(of: read.identity) ?? participant,
    ]
    let what =
      "At the bedside, for bag \(bag) of \(participant), did not agree: "
      + wrong.map(\.words).joined(separator: ", ") + "; read was bag \(read.bag)."
    let event = ProductEvent.bedsideMismatched(bag: bag, items: wrong)
    return [Fact(.product(participant, event))]
      + situation.identityFacts(
        what, at: StepID.bedsideVerified, of: state, others: others, found: .bag(read.bag))
  }

  private func requireReady(_ product: ProductState, _ situation: Situation) throws(Refusal) {
    let step = try situation.stepPlan(StepID.bedsideVerified)
    guard let checked = product.personChecks[.admission], product.lastCollection.map({ checked > $0 }) ?? true else {
      throw Refusal(
        "person-not-checked", because: "Nobody has checked the person at admission.",
        remedy: "Two people check the person against identity document and wristband.")
    }
    try situation.requireThawed(bag, in: product)
    try situation.requireOrder(of: step, for: .bag(bag), in: product)
    try situation.requireNoQuarantine(over: .bag(bag), in: product)
  }
}

extension Situation {
  /// Refuses a frozen bag that was not thawed, and one whose infusion was started.
  func requireThawed(_ bag: BagNumber, in product: ProductState) throws(Refusal) {
    guard let state = product[bag] else { return }
    if state.isStarted {
      throw Refusal(
        "one-infusion", because: "The infusion of \(bag) was started before.",
        remedy: "A bag is infused once; after a pause it is resumed.")
    }
    if state.isFrozen, state.thaw == nil {
      throw Refusal("not-thawed", because: "\(bag) is frozen.", remedy: "It is thawed behind the gate first.")
    }
  }
}

/// Thaws a bag, behind the infusion's gate but for bedside verification.
public struct ThawBag: CustodyCommand {
  public static let name = "product thaw"
  public static let abstract = "Thaw a bag: every line of the infusion gate but bedside verification must be true."
  public static let permission = Permission.recordCustody
  public static let passesGate = true
  public static let fields =
    [
      CommandField("participant", "whose cells these are, such as 03-0007"),
      CommandField("bag", "the bag, such as 03-0007-L1-B2-X"),
    ] + recordFields

  public var participant: ParticipantID
  /// The bag that is thawed.
  public var bag: BagNumber
  public var label: String
  public var place: String
  public var least: Decimal?
  public var largest: Decimal?
  public var container: Condition
  public var seal: Condition
  public var otherParty: String?

  public init(
    participant: ParticipantID, bag: BagNumber, label: String, place: String, least: Decimal? = nil,
    largest: Decimal? = nil, container: Condition = .intact, seal: Condition = .intact, otherParty: String? = nil
  ) {
    self.participant = participant
    self.bag = bag
    self.label = label
    self.place = place
    self.least = least
    self.largest = largest
    self.container = container
    self.seal = seal
    self.otherParty = otherParty
  }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.withCells(participant)
    let stepPlan = try situation.stepPlan(StepID.thawed)
    let material = Material.bag(bag)
    try situation.requirePlace(of: stepPlan, situation.actor)
    let reading = try situation.read(label: label)
    if let facts = situation.mixUp(reading: reading, expecting: material, at: stepPlan.id, of: state) { return facts }
    try situation.require(material, of: state)
    try situation.requireOrder(of: stepPlan, for: material, in: state.product)
    if stepPlan.twoPeople { try situation.requireTwoPeople(.recordCustody, for: participant) }
    try situation.requireRecord(self, of: stepPlan)
    let lines = try situation.pass(.thawing, for: participant, bag: bag)
    let done = situation.custodyStep(stepPlan.id, material, self)
    return [situation.thawed(bag, done, outsideGate: false, lines: lines)]
      + situation.consequences(of: situation.problems(of: done, as: stepPlan, in: state.product), at: done)
  }
}

extension Situation {
  /// The fact of a thaw, with the two clocks that begin with it.
  func thawed(_ bag: BagNumber, _ step: CustodyStep, outsideGate: Bool, lines: [GateLine]) -> Fact {
    let event = ProductEvent.bagThawed(
      bag: bag, step: step, startBy: happened.instant.adding(minutes: plan.product.thawToStartMinutes),
      endBy: happened.instant.adding(minutes: plan.product.thawToEndMinutes), outsideGate: outsideGate, lines: lines)
    return Fact(.product(bag.lot.participant, event))
  }
}
