// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// An investigator orders the infusion: the bags, for the weight measured since the first dose of lymphodepletion.
public struct OrderInfusion: TrialCommand {
  public static let name = "participant order-infusion"
  public static let abstract = "Order the infusion of bags, for the weight measured since lymphodepletion began."
  public static let fields = [
    .whom, CommandField("bags", "the bags, in their order"),
    CommandField("weight", "body weight measured since the first dose of lymphodepletion, kg"),
  ]
  public static let permission = Permission.judgeAndSign
  public static let readsClinicalData = true

  /// Whom it is about.
  public let participant: ParticipantID
  /// The bags.
  public let bags: [BagNumber]
  /// Body weight, kg.
  public let weight: Decimal

  public init(participant: ParticipantID, bags: [BagNumber], weight: Decimal) {
    self.participant = participant
    self.bags = bags
    self.weight = weight
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.notInfused(participant)
    guard !state.way.lymphodepletionDoses.isEmpty else {
      throw Refusal(
        "not-lymphodepleted", because: "Lymphodepletion has not begun.",
        remedy: "The order is for the weight measured since its first dose.")
    }
    let finding = situation.pictures[participant]?.findings[FindingID.weight]
    guard finding?.value == true, finding?.number != nil else {
      throw Refusal(
        "not-weighed", because: "No weight since the first dose of lymphodepletion is recorded.",
        remedy: "The site weighs the participant and records it.")
    }
    try situation.requireMeasured(weight, as: FindingID.weight, "weight", "kg", of: participant)
    try situation.requireReleased(bags, of: state)
    let order = InfusionOrder(bags: bags, dosePerKg: try dose(of: state), weight: weight)
    let problems = situation.doseProblems(of: order, for: state)
    guard problems.isEmpty else {
      throw Refusal(
        "dose-outside-limits", because: problems.joined(separator: "; ") + ".",
        remedy: "Order other bags of the released lot.")
    }
    return [
      Fact(
        .way(participant, .infusionOrdered(order: order)),
        signed: "I order the infusion for \(participant): \(bags.map(\.description).joined(separator: ", ")), "
          + "\(order.dosePerKg) CAR-positive viable cells per kg at \(weight) kg.")
    ]
  }

  /// CAR-positive viable cells per kg that the bags hold together.
  private func dose(of state: ParticipantState) throws(Refusal) -> Decimal {
    guard let dose = state.product.dosePerKg(of: bags, weight: weight) else {
      throw Refusal(
        "dose-unknown", because: "How many cells the bags hold is not recorded.",
        remedy: "The cell laboratory records what each bag holds.")
    }
    return dose
  }
}

extension ProductState {
  /// CAR-positive viable cells per kg that bags hold together, as an order has them; nil where that is not known.
  func dosePerKg(of bags: [BagNumber], weight: Decimal) -> Decimal? {
    var cells: Decimal? = 0
    for bag in bags {
      cells = cells.flatMap { sum in self[bag]?.cells.flatMap { sum + $0 } }
    }
    guard let cells, weight > 0, let dose = cells / weight else { return nil }
    return dose.rounded()
  }
}
