// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Begins screening, or begins it once more after it failed.
public struct StartScreening: TrialCommand {
  public static let name = "participant screen"
  public static let abstract = "Begin screening, or begin it once more after it failed: everything is assessed anew."
  public static let fields = [CommandField.whom]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID

  public init(participant: ParticipantID) { self.participant = participant }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.active(participant)
    guard situation.isConsentInForce(state.way) else {
      throw Refusal(
        "no-consent", because: "\(participant) has not consented at the present site.",
        remedy: "Consent is signed before the first screening data.")
    }
    switch state.status(at: situation.happened) {
    case .consented: break
    case .screenFailed where state.way.screeningRound > situation.plan.way.rescreenings:
      throw Refusal(
        "screened-too-often", because: "\(participant) was screened \(state.way.screeningRound) times.",
        remedy: "The protocol allows \(situation.plan.way.rescreenings) more after the first.")
    case .screenFailed: break
    case let status:
      throw Refusal(
        "not-to-be-screened", because: "\(participant) is \(status.rawValue).",
        remedy: "Screening begins after consent, or once more after it failed.")
    }
    return [Fact(.way(participant, .screeningStarted(round: state.way.screeningRound + 1)))]
  }
}
