// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`, what it has as a step of custody at `CustodyCommand`.

public import ClinicalValues
import StudyDesign

/// Begins a collection, or goes on with it on a further day: behind the leukapheresis gate.
public struct BeginCollection: TrialCommand {
  public static let name = "product collect"
  public static let abstract = "Begin a collection, or go on with one that yielded too little."
  public static let permission = Permission.recordCustody
  public static let passesGate = true
  public static let fields = [CommandField("participant", "whose cells are collected, such as 03-0007")]

  /// Whose cells are collected.
  public var participant: ParticipantID

  public init(participant: ParticipantID) { self.participant = participant }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let product = try situation.participant(participant).product
    if situation.actor.role == .cellLaboratory {
      throw Refusal(
        "other-place", because: "Cells are collected at a site.", remedy: "Somebody of the site records it.")
    }
    guard let collection = product.openCollection else {
      throw Refusal(
        "no-collection", because: "No number of a collection is issued that cells could be collected under.",
        remedy: "Print the labels of the next collection first.")
    }
    guard collection.begun == nil else {
      throw Refusal(
        "collection-runs", because: "\(collection.number) is under way.", remedy: "Record its end first.")
    }
    let days = situation.plan.way.collectionAttemptDays
    if let first = collection.firstDay, situation.happened.day > first + days {
      throw Refusal(
        "collection-over", because: "\(collection.number) may go on for \(days) days after its first day.",
        remedy: "Record it as lost, with the reason; a further collection is then decided on.")
    }
    guard product.personChecks[.collection]?.day == situation.happened.day else {
      throw Refusal(
        "person-not-checked", because: "Today nobody has checked the person before collection.",
        remedy: "Two people check the person against identity document and wristband.")
    }
    let lines = try situation.pass(.leukapheresis, for: participant)
    return [
      Fact(
        .product(
          participant, .collectionBegun(collection: collection.number, outsideGate: false, lines: lines)))
    ]
  }
}

/// Ends a day of collecting with its yield.
public struct EndCollection: CustodyCommand {
  public static let name = "product collected"
  public static let abstract = "Record that a collection ended, with its yield."
  public static let permission = Permission.recordCustody
  public static let fields =
    [
      CommandField("participant", "whose cells these are, such as 03-0007"),
      CommandField("yield", "what was collected, in the protocol's unit"),
    ] + recordFields

  public var participant: ParticipantID
  /// What was collected this day, in the plan's unit.
  public var yield: Decimal
  public var label: String
  public var place: String
  public var least: Decimal?
  public var largest: Decimal?
  public var container: Condition
  public var seal: Condition
  public var otherParty: String?

  public init(
    participant: ParticipantID, yield: Decimal, label: String, place: String, least: Decimal? = nil,
    largest: Decimal? = nil, container: Condition = .intact, seal: Condition = .intact, otherParty: String? = nil
  ) {
    self.participant = participant
    self.yield = yield
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
    let stepPlan = try situation.stepPlan(StepID.collected)
    guard let collection = state.product.openCollection, let begun = collection.begun else {
      throw Refusal("not-collected", because: "No collection is under way.", remedy: "Begin one first.")
    }
    let material = Material.collection(collection.number)
    try situation.requirePlace(of: stepPlan, situation.actor)
    let reading = try situation.read(label: label)
    if let facts = situation.mixUp(reading: reading, expecting: material, at: StepID.collected, of: state) {
      return facts
    }
    guard situation.happened >= begun else {
      throw Refusal(
        "ends-before-it-began", because: "It was begun at \(begun).", remedy: "Give the time at which it ended.")
    }
    try situation.requireOrder(of: stepPlan, for: material, in: state.product)
    if stepPlan.twoPeople { try situation.requireTwoPeople(.recordCustody, for: participant) }
    try situation.requireRecord(self, of: stepPlan)
    guard yield >= .zero, let sum = collection.yield + yield else {
      throw Refusal(
        "yield", because: "\(yield) is no yield.", remedy: "Give it in \(situation.plan.product.yieldUnit).")
    }
    let accepted = sum >= situation.plan.product.smallestYield
    let done = situation.custodyStep(StepID.collected, material, self)
    let ended = ProductEvent.collectionEnded(
      collection: collection.number, yield: yield, accepted: accepted, step: done)
    return [Fact(.product(participant, ended))]
      + situation.consequences(of: situation.problems(of: done, as: stepPlan, in: state.product), at: done)
  }
}
