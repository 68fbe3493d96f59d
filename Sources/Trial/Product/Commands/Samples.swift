// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

/// Records that a sample was taken.
public struct TakeSample: TrialCommand {
  public static let name = "product sample take"
  public static let abstract = "Record that a sample was taken of a collection or lot."
  public static let permission = Permission.recordCustody
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("material", "what it is taken of, such as 03-0007-L1-X"),
    CommandField("label", "the label of that, as read by scanning or typing"),
    CommandField("purpose", "what it is for, such as sterility"),
  ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// What it is taken of.
  public var material: Material
  /// The label of that, as read.
  public var label: String
  /// What it is for.
  public var purpose: String

  public init(participant: ParticipantID, material: Material, label: String, purpose: String) {
    self.participant = participant
    self.material = material
    self.label = label
    self.purpose = purpose
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    try situation.require(material, of: state)
    try situation.requireNotWithdrawn(material)
    try situation.requirePlace(of: material, in: state)
    try requireTexts(["purpose": purpose])
    let reading = try situation.read(label: label)
    if let facts = situation.mixUp(reading: reading, expecting: material, at: "sample", of: state) { return facts }
    guard state.product.samples.count < 99 else {
      throw Refusal("too-many-samples", because: "There are 99 samples.", remedy: "No more can be numbered.")
    }
    let number = SampleNumber(participant: participant, sample: state.product.samples.count + 1)
    return [Fact(.product(participant, .sampleTaken(sample: number, of: material, purpose: purpose)))]
  }
}

/// Records what became of a sample.
public struct EndSample: TrialCommand {
  public static let name = "product sample end"
  public static let abstract = "Record what became of a sample."
  public static let permission = Permission.recordCustody
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("sample", "the sample, as read from its label, such as 03-0007-S1-X"),
    CommandField("end", Self.listed(SampleEnd.self)),
  ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The sample, as read from its label.
  public var sample: SampleNumber
  /// What became of it.
  public var end: SampleEnd

  public init(participant: ParticipantID, sample: SampleNumber, end: SampleEnd) {
    self.participant = participant
    self.sample = sample
    self.end = end
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let product = try situation.participant(participant).product
    guard let state = product.samples.first(where: { $0.number == sample }) else {
      throw Refusal("unknown-material", because: "There is no sample \(sample).", remedy: "Read its label again.")
    }
    guard state.end == nil || state.end == .retained else {
      throw Refusal("ended", because: "\(sample) has come to its end.", remedy: "Its page shows how.")
    }
    try situation.requireEnd(end.rawValue, as: \.samples, of: sample.description, for: participant)
    let byTwo = end == .destroyed
    if byTwo { try situation.requireTwoPeople(.recordCustody, for: participant) }
    return [
      Fact(
        .product(participant, .sampleEnded(sample: sample, end: end)),
        signed: byTwo ? "We have destroyed this sample together: \(sample)." : nil, signedByAll: byTwo)
    ]
  }
}
