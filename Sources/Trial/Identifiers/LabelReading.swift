/// What a label said, as scanned or typed: the number of the collection, lot or bag, and beside it, as the
/// machine-readable code gives them, the chain-of-identity identifier and the participant's number.
///
/// The order does not matter; blanks stand between the codes: `COI-7KQ2-M4XD-R 03-0007-K 03-0007-L1-B2-X`. Each
/// carries its check character.
public struct LabelReading: Hashable, Sendable, Codable {
  /// The number that says which cells these are.
  public let material: Material
  /// The chain-of-identity identifier, where it was read.
  public let identity: ChainOfIdentity?
  /// The participant's number, where it was read.
  public let participant: ParticipantID?

  /// A reading of these codes; nil for one that was not on the label or not read.
  public init(material: Material, identity: ChainOfIdentity? = nil, participant: ParticipantID? = nil) {
    self.material = material
    self.identity = identity
    self.participant = participant
  }

  /// What a text says; throws where a check character does not fit, a code is none of a label's, or one is there twice.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let expected = "the codes of one label: a collection's, lot's or bag's number, with or without the others"
    var material: Material?
    var identity: ChainOfIdentity?
    var participant: ParticipantID?
    for code in text.split(whereSeparator: \.isWhitespace) {
      let parts = code.split(separator: "-", omittingEmptySubsequences: false)
      switch (parts.first?.uppercased(), parts.count) {
      case ("COI", _) where identity == nil: identity = try ChainOfIdentity(code)
      case (_, 3) where participant == nil: participant = try ParticipantID(code)
      case (_, 4...5) where material == nil: material = try Material(code)
      default: throw InvalidCode(String(text), expected: expected)
      }
    }
    guard let material else { throw InvalidCode(String(text), expected: expected) }
    self.init(material: material, identity: identity, participant: participant)
  }

  /// The text that a label's machine-readable code holds.
  public var text: String {
    ([identity?.description, participant?.printed].compactMap { $0 } + [material.description]).joined(separator: " ")
  }
}
