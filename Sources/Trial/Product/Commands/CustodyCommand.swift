public import ClinicalValues

/// A command that records a step of custody: with the label that was read, and how everything was found.
public protocol CustodyCommand: TrialCommand {
  /// Whose cells these are.
  var participant: ParticipantID { get }
  /// What was read from the label, by scanning or typing.
  var label: String { get }
  /// Where it was done: a room, a freezer, a vehicle.
  var place: String { get }
  /// The least temperature of the record, degrees Celsius; nil where there is no record.
  var least: Decimal? { get }
  /// The largest temperature of the record, degrees Celsius.
  var largest: Decimal? { get }
  /// How the container was found.
  var container: Condition { get }
  /// How the seal was found.
  var seal: Condition { get }
  /// The other party of a hand-over, where that is nobody with an account: name and company.
  var otherParty: String? { get }
}

extension CustodyCommand {
  /// The participant whose cells these are, and nobody else.
  public var participants: Set<ParticipantID> { [participant] }

  /// The members that all of them have.
  static var recordFields: [CommandField] {
    [
      CommandField(
        "label", "the label as read by scanning or typing, such as COI-7KQ2-M4XD-R 03-0007-K 03-0007-L1-B2-X"),
      CommandField("place", "where: a room, a freezer, a vehicle"),
      CommandField("least", "least temperature of the record, Cel; left out where there is no record", optional: true),
      CommandField("largest", "largest temperature of the record, Cel", optional: true),
      CommandField("container", "how the container was found: \(Self.listed(Condition.self))"),
      CommandField("seal", "how the seal was found: \(Self.listed(Condition.self))"),
      CommandField("otherParty", "who handed over or took over, where that is nobody with an account", optional: true),
    ]
  }
}

extension TrialCommand {
  /// The values that a member can have, for its help.
  static func listed<Value: CaseIterable & RawRepresentable<String>>(_ type: Value.Type) -> String {
    type.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
