// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Corrects the yield of a collection's last day. Whether it was accepted was decided then, and others went on from it.
public struct CorrectYield: TrialCommand {
  public static let name = "product correct-yield"
  public static let abstract = "Correct the yield of the last day of a collection; that it was accepted or not stays."
  public static let permission = Permission.recordCustody
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("collection", "the collection, such as 03-0007-C1-X"),
    CommandField("yield", "what was collected, in the protocol's unit"), .whyCorrected,
  ]

  /// Whose cells these are.
  public let participant: ParticipantID
  /// The collection.
  public let collection: CollectionNumber
  /// What was collected on its last day, in the plan's unit.
  public let yield: Decimal
  /// Why what is recorded is wrong.
  public let reason: String

  public init(participant: ParticipantID, collection: CollectionNumber, yield: Decimal, reason: String) {
    self.participant = participant
    self.collection = collection
    self.yield = yield
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    try situation.requirePlace(of: try situation.stepPlan(StepID.collected), situation.actor)
    guard let was = state.entries.all.compactMap({ $0.product?.yield(of: collection) }).last else {
      throw Refusal(
        "not-collected", because: "No end of \(collection) is recorded.", remedy: "Record it, with its yield.")
    }
    guard yield != was else { throw .nothingCorrected }
    guard yield >= .zero else {
      throw Refusal(
        "yield", because: "\(yield) is no yield.", remedy: "Give it in \(situation.plan.product.yieldUnit).")
    }
    let correction = ProductCorrection.yield(collection: collection, was: was, corrected: yield)
    let event = ProductEvent.corrected(correction: correction, reason: reason)
    let fact = Fact(.product(participant, event))
    let after = situation.asOf(situation.happened, after: [.product(participant, event)]).state.participants[
      participant]
    guard let now = after?.product[collection], now.isAccepted, now.yield < situation.plan.product.smallestYield else {
      return [fact]
    }
    let what = "\(collection) was accepted with less than the smallest yield: \(now.yield). \(reason)"
    return [fact, situation.deviation(.other, what, of: participant, severity: .important)]
  }
}

extension ProductEvent {
  /// What a day of a collection yielded.
  fileprivate func yield(of number: CollectionNumber) -> Decimal? {
    guard case .collectionEnded(number, let yield, _, _) = self else { return nil }
    return yield
  }
}
