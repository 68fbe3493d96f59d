// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

/// Corrects who a participant is, by the principal investigator's signature. What it is instead goes to the identity store;
/// the command, as the event, holds only which items and why.
public struct CorrectIdentity: TrialCommand {
  public static let name = "participant correct-identity"
  public static let abstract =
    "Correct a participant's name, birth date, sex at birth or document; what is left out stays as it is."
  public static let fields = [
    .whom, CommandField("items", "what is corrected, by what is kept"), .whyCorrected,
  ]
  public static let permission = Permission.signAsPrincipalInvestigator

  /// Whom it is about.
  public let participant: ParticipantID
  /// What is otherwise than it was kept.
  public let items: [IdentityItem]
  /// Why what is kept is wrong.
  public let reason: String

  public init(participant: ParticipantID, items: [IdentityItem], reason: String) {
    self.participant = participant
    self.items = items
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try situation.requireIdentity(of: participant)
    let items = Set(self.items).sorted()
    guard !items.isEmpty else { throw .nothingCorrected }
    return [
      Fact(
        .way(participant, .identityCorrected(items: items, reason: try stated(reason))),
        signed: "I have the identity data of \(participant) corrected: \(Say.listed(items.map(\.words)))")
    ]
  }
}

/// Records that a participant is reached otherwise from now on; how goes to the identity store.
public struct ChangeContact: TrialCommand {
  public static let name = "participant change-contact"
  public static let abstract = "Change how a participant is reached: telephone, address."
  public static let fields: [CommandField] = [.whom, .why]
  public static let permission = Permission.seeIdentity

  /// Whom it is about.
  public let participant: ParticipantID
  /// Why.
  public let reason: String

  public init(participant: ParticipantID, reason: String) {
    self.participant = participant
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try situation.requireIdentity(of: participant)
    return [Fact(.way(participant, .identityCorrected(items: [.contact], reason: try stated(reason))))]
  }
}

extension Situation {
  /// Refuses where nobody is registered under the number, or who it was is erased.
  fileprivate func requireIdentity(of id: ParticipantID) throws(Refusal) {
    _ = try participant(id)
    guard !state.people.erased.contains(id) else { throw .identityErased(id) }
  }
}

extension Refusal {
  /// Of what would be kept of somebody whose identity data were erased.
  public static func identityErased(_ participant: ParticipantID) -> Refusal {
    Refusal(
      "identity-erased", because: "The identity data of \(participant) were erased for ever.",
      remedy: "Nothing that names this participant can be kept any more.")
  }
}
