// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Records a treatment of the disease between leukapheresis and lymphodepletion.
///
/// One on the protocol's list is specified in the protocol; one that is not is recorded all the same, as a deviation.
public struct RecordBridging: TrialCommand {
  public static let name = "participant bridge"
  public static let abstract = "Record bridging treatment; what is not on the protocol's list raises a deviation."
  public static let fields = [.whom, CommandField("treatment", "a concept of the dictionary, hydroxychloroquine")]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// A concept of the dictionary.
  public let treatment: String

  public init(participant: ParticipantID, treatment: String) {
    self.participant = participant
    self.treatment = treatment
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.notInfused(participant)
    try Refusal.requireText(treatment, "treatment")
    guard let collected = state.product.lastCollection, collected <= situation.happened else {
      throw Refusal(
        "before-leukapheresis", because: "Bridging begins with leukapheresis, and none had ended.",
        remedy: "Record it as medication in the participant's data.")
    }
    let listed = situation.plan.way.bridging.contains(treatment)
    let recorded = Fact(.way(participant, .bridgingRecorded(treatment: treatment, listed: listed)))
    // Whoever writes it into the casebook too, before or after, has told of the same.
    let subject = situation.casebook.subject(ofMedicine: treatment, in: DeviationSubject.bridging)
    guard !listed, subject.map({ !state.record.noticed.contains($0) }) ?? true else { return [recorded] }
    let deviation = Deviation(
      .medication, what: "Bridging with \(treatment), which the protocol does not list.", noticed: situation.happened,
      about: subject.map { [$0] })
    return [recorded, Fact(.record(participant, .deviationOpened(deviation)))]
  }
}
