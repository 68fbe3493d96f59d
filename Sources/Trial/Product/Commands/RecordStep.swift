// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`, what it has as a step of custody at `CustodyCommand`.

public import ClinicalValues
import StudyDesign

/// Records a step of custody, of those that have no command of their own.
public struct RecordStep: CustodyCommand {
  public static let name = "product step"
  public static let abstract = "Record a step of custody: labelled, packed, picked up, received ... destroyed."
  public static let permission = Permission.recordCustody
  public static let fields =
    [
      CommandField("participant", "whose cells these are, such as 03-0007"),
      CommandField("step", "the step's id in the protocol, such as pickedUp"),
      CommandField("material", "the number of the collection, lot or bag that it is done to, such as 03-0007-C1-X"),
    ] + recordFields

  public var participant: ParticipantID
  /// The step's id in the plan.
  public var step: String
  /// What it is done to.
  public var material: Material
  public var label: String
  public var place: String
  public var least: Decimal?
  public var largest: Decimal?
  public var container: Condition
  public var seal: Condition
  public var otherParty: String?

  public init(
    participant: ParticipantID, step: String, material: Material, label: String, place: String, least: Decimal? = nil,
    largest: Decimal? = nil, container: Condition = .intact, seal: Condition = .intact, otherParty: String? = nil
  ) {
    self.participant = participant
    self.step = step
    self.material = material
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
    let product = state.product
    let stepPlan = try situation.stepPlan(step)
    if let command = StepID.ownCommand[step] {
      throw Refusal(
        "own-command", because: "‘\(stepPlan.title)’ is recorded by a command of its own.", remedy: "Use ‘\(command)’.")
    }
    try situation.require(material, of: state)
    try situation.requirePlace(of: stepPlan, situation.actor)
    if stepPlan.place == .wherever { try situation.requirePlace(of: material, in: state) }
    let reading = try situation.read(label: label)
    if let facts = situation.mixUp(reading: reading, expecting: material, at: step, of: state) { return facts }
    try requireSubject(stepPlan)
    try requireThere(stepPlan, in: product)
    if material.isSubject(of: stepPlan) {
      try situation.requireOrder(of: stepPlan, for: material, in: product)
    }
    if case .bag(let bag) = material { try situation.requireNotRunning(bag) }
    try situation.requireUse(of: stepPlan, for: material, in: product)
    if stepPlan.twoPeople { try situation.requireTwoPeople(.recordCustody, for: participant, doing: self) }
    try situation.requireRecord(self, of: stepPlan)
    let done = situation.custodyStep(step, material, self)
    let fact = Fact(
      .product(participant, .custodyStepDone(done)),
      signed: stepPlan.twoPeople ? "We have done this together: \(stepPlan.title), \(material)." : nil,
      signedByAll: stepPlan.twoPeople)
    return [fact] + situation.consequences(of: situation.problems(of: done, as: stepPlan, in: product), at: done)
  }

  /// An end is one of starting material too; any other step is done to what the protocol says.
  private func requireSubject(_ step: CustodyStepPlan) throws(Refusal) {
    if material.isSubject(of: step) { return }
    if step.final, case .collection = material { return }
    throw Refusal(
      "other-subject", because: "‘\(step.title)’ is done to a \(step.subject.rawValue), not to \(material).",
      remedy: "Read the number of the \(step.subject.rawValue).")
  }

  /// Refuses a step on what holds no cells, is lost, or has come to its end.
  private func requireThere(_ step: CustodyStepPlan, in product: ProductState) throws(Refusal) {
    var labels: LabelCount?
    switch material {
    case .collection(let number):
      guard let collection = product[number] else { return }
      labels = collection.labels
      guard collection.begun != nil || collection.ended != nil else {
        throw Refusal(
          "not-collected", because: "\(material) has not been begun.", remedy: "Begin the collection first.")
      }
      guard collection.step.flatMap(BagEnd.init) == nil || step.final else { throw over }
    case .lot(let number):
      guard product[number]?.from != nil else {
        throw Refusal(
          "not-manufactured", because: "\(material) has not been begun.", remedy: "Begin manufacturing first.")
      }
    case .bag(let number):
      guard let bag = product[number], bag.isFilled else {
        throw Refusal("not-filled", because: "\(material) has not been filled.", remedy: "Record its filling first.")
      }
      if bag.isOver { throw over }
    }
    if step.id == StepID.labelled, (labels?.atHand ?? 0) < 1 {
      throw Refusal(
        "no-label", because: "No printed label of \(material) is at hand.", remedy: "Print one, with the reason.")
    }
  }

  private var over: Refusal {
    Refusal("ended", because: "\(material) has come to its end.", remedy: "Its page shows when and how.")
  }
}

extension Material {
  /// Whether a step is done to this kind of material.
  func isSubject(of step: CustodyStepPlan) -> Bool {
    switch self {
    case .collection: step.subject == .collection
    case .lot: step.subject == .lot
    case .bag: step.subject == .bag
    }
  }
}
