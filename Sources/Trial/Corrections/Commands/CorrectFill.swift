// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Corrects what a bag was filled with; the dose that ran in from it follows.
///
/// What quality assurance has released with other contents goes into quarantine, and quality assurance decides on it.
public struct CorrectFill: TrialCommand {
  public static let name = "product correct-fill"
  public static let abstract = "Correct the volume of a bag, or the cells in it; the dose that ran in follows."
  public static let permission = Permission.recordCustody
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("bag", "the bag, such as 03-0007-L1-B2-X"), CommandField("volumeML", "its volume, mL", optional: true),
    CommandField("cells", "CAR-positive viable cells in it", optional: true), .whyCorrected,
  ]

  /// Whose cells these are.
  public let participant: ParticipantID
  /// The bag.
  public let bag: BagNumber
  /// Its volume, mL; nil where that is right.
  public let volumeML: Decimal?
  /// CAR-positive viable cells in it; nil where that is right.
  public let cells: Decimal?
  /// Why what is recorded is wrong.
  public let reason: String

  public init(
    participant: ParticipantID, bag: BagNumber, volumeML: Decimal? = nil, cells: Decimal? = nil, reason: String
  ) {
    self.participant = participant
    self.bag = bag
    self.volumeML = volumeML
    self.cells = cells
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    try situation.require(.bag(bag), of: state)
    let stepPlan = try situation.stepPlan(StepID.filled)
    try situation.requirePlace(of: stepPlan, situation.actor)
    guard let held = state.product[bag], let volume = held.volumeML, let inIt = held.cells else {
      throw Refusal("not-filled", because: "\(bag) has not been filled.", remedy: "Record its filling first.")
    }
    if stepPlan.twoPeople { try situation.requireTwoPeople(.recordCustody, for: participant) }
    let was = BagContents(volumeML: volume, cells: inIt)
    let corrected = BagContents(volumeML: volumeML ?? volume, cells: cells ?? inIt)
    guard corrected != was else { throw .nothingCorrected }
    let ranIn = state.infusion(of: bag)?.end?.volumeML ?? .zero
    guard corrected.volumeML > .zero, corrected.cells >= .zero, ranIn <= corrected.volumeML else {
      throw Refusal(
        "volume", because: "A bag of \(corrected.volumeML) mL with \(corrected.cells) cells is none.",
        remedy: "Check both; where more is recorded to have run in, correct that first.")
    }
    let correction = ProductCorrection.fill(bag: bag, was: was, corrected: corrected)
    let event = ProductEvent.corrected(correction: correction, reason: reason)
    let fact = Fact(
      .product(participant, event),
      signed: stepPlan.twoPeople ? "We correct together what is in bag \(bag): \(reason)" : nil,
      signedByAll: stepPlan.twoPeople)
    return [fact] + dose(after: event, state, situation) + released(held, state, situation)
  }

  /// The dose that ran in, by what the bag held.
  private func dose(after event: ProductEvent, _ state: ParticipantState, _ situation: Situation) -> [Fact] {
    let after = situation.asOf(situation.happened, after: [.product(participant, event)])
    guard let was = state.infusion(of: bag), let now = after.state.participants[participant], var end = was.end else {
      return []
    }
    end.whole = now.product[bag]?.volumeML.map { end.volumeML >= $0 } ?? false
    end.dosePerKg = after.dose(of: end.volumeML, from: bag, into: now)
    let corrected = BagInfusion(started: was.started, outsideGate: was.outsideGate, end: end)
    guard corrected != was else { return [] }
    let correction = ProductCorrection.infusion(bag: bag, was: was, corrected: corrected)
    return [Fact(.product(participant, .corrected(correction: correction, reason: reason)))]
  }

  /// What follows where the lot was released with other contents.
  private func released(_ held: BagState, _ state: ParticipantState, _ situation: Situation) -> [Fact] {
    guard state.product[bag.lot]?.release != nil else { return [] }
    let what = "Lot \(bag.lot) was released with other contents of bag \(bag). \(reason)"
    let deviation = situation.deviation(
      .release, what, of: participant, severity: held.isStarted ? .critical : .important)
    guard !held.isStarted, held.end == nil else { return [deviation] }
    let quarantine = Quarantine(.testResult, of: .bag(bag), step: StepID.filled, involved: situation.everybody)
    return [Fact(.product(participant, .quarantined(quarantine))), deviation]
  }
}
