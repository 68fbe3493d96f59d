// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

/// Records that the label of a number is drawn, as a file or on a page, for the labels that were counted as printed last.
///
/// Whoever has the drawing can print any number of them: it is given once a printing, to who handles the cells.
public struct DrawLabels: TrialCommand {
  public static let name = "product label record-draw"
  public static let abstract =
    "Record that the label of a number is drawn for the printer; once for what was counted as printed."
  public static let permission = Permission.recordCustody
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("material", "the number on the labels, such as 03-0007-C1-X"),
  ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The number on them.
  public var material: Material

  public init(participant: ParticipantID, material: Material) {
    self.participant = participant
    self.material = material
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    try situation.requireNotWithdrawn(material)
    try situation.requirePlace(of: material, in: state)
    guard material.participant == participant, let labels = state.product.labels(of: material), labels.printed > 0
    else {
      throw Refusal(
        "not-issued", because: "No label of \(material) is counted as printed.",
        remedy: "Record first how many are printed (\(PrintLabels.name)).")
    }
    guard labels.drawing == nil else {
      throw Refusal(
        "drawn-already", because: "The labels of \(material) that are counted as printed were drawn already.",
        remedy: "Further ones are a reprint: record how many and why (\(PrintLabels.name)).")
    }
    return [Fact(.product(participant, .labelsDrawn(material: material)))]
  }
}
