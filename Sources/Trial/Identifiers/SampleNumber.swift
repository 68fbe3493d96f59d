/// A sample taken of a collection or lot, for a test or to be kept: `03-0007-S1-X`.
public struct SampleNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Whose cells it was taken of.
  public let participant: ParticipantID
  /// The first is 1.
  public let sample: Int

  /// The participant's sample of that number, from 1 on.
  public init(participant: ParticipantID, sample: Int) {
    self.participant = participant
    self.sample = sample
  }

  /// The number as read from a label.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let (participant, numbers) = try numbers(in: text, after: ["S"], expected: "a sample's number such as 03-0007-S1-X")
    self.init(participant: participant, sample: numbers[0])
  }

  /// With its check character.
  public var description: String { completed("\(participant)-S\(sample)") }

  /// By participant, then by number.
  public static func < (a: SampleNumber, b: SampleNumber) -> Bool {
    (a.participant, a.sample) < (b.participant, b.sample)
  }
}

extension SampleNumber: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
