// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues

/// Allots a slot behind the enrollment gate, and issues the chain-of-identity identifier.
public struct Enroll: TrialCommand {
  public static let name = "participant enroll"
  public static let abstract = "Allot a slot: every line of the enrollment gate must be true."
  public static let fields = [
    .whom, CommandField("identity", "the chain-of-identity identifier to be issued, drawn at random: COI-7KQ2-M4XD-R"),
  ]
  public static let permission = Permission.recordData
  public static let passesGate = true

  /// Whom it is about.
  public let participant: ParticipantID
  /// The identifier to be issued.
  public let identity: ChainOfIdentity

  public init(participant: ParticipantID, identity: ChainOfIdentity) {
    self.participant = participant
    self.identity = identity
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.active(participant)
    guard state.way.enrolled == nil else {
      throw Refusal(
        "already-enrolled", because: "\(participant) is enrolled.", remedy: "The participant's page shows since when.")
    }
    let lines = try situation.pass(.enrollment, for: participant)
    guard !situation.state.participants.values.contains(where: { $0.product.identity == identity }) else {
      throw Refusal(
        "identity-taken", because: "The identifier \(identity) belongs to another participant's cells.",
        remedy: "Draw another.")
    }
    guard let cohort = state.way.cohort else {
      throw Refusal(
        "no-cohort", because: "No cohort is decided for \(participant).",
        remedy: "An investigator decides on eligibility.")
    }
    return [
      Fact(.way(participant, .enrolled(cohort: cohort, gate: lines))),
      Fact(.product(participant, .identityIssued(identity))),
      Fact(.study(.slotAllotted(participant: participant))),
    ]
  }
}
