// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

/// Records that material is lost: a broken bag, a failed run, a collection that is given up.
public struct LoseMaterial: TrialCommand {
  public static let name = "product lost"
  public static let abstract = "Record that a collection, lot or bag is lost, failed or given up."
  public static let permission = Permission.recordCustody
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("material", "what is lost, such as 03-0007-L1-X"),
    CommandField("reason", "how it was lost"),
  ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// What is lost.
  public var material: Material
  /// How.
  public var reason: String

  public init(participant: ParticipantID, material: Material, reason: String) {
    self.participant = participant
    self.material = material
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    try situation.require(material, of: state)
    try situation.requirePlace(of: material, in: state)
    try requireTexts(["reason": reason])
    let product = state.product
    let gone =
      switch material {
      case .collection(let number): product[number]?.isUnusable ?? true
      case .lot(let number): product[number]?.outcome != nil
      case .bag(let number): product[number].map { $0.isOver || $0.isStarted } ?? true || situation.runs(number)
      }
    if gone {
      throw Refusal("ended", because: "\(material) has come to its end.", remedy: "Its page shows when and how.")
    }
    return [
      Fact(.product(participant, .materialLost(material: material, reason: reason))),
      situation.deviation(.other, "\(material) is lost: \(reason)", of: participant, severity: .important),
    ]
  }
}

/// Puts material into quarantine by hand.
public struct QuarantineMaterial: TrialCommand {
  public static let name = "product quarantine"
  public static let abstract = "Put a collection, lot or bag into quarantine, or everything of a participant."
  public static let permission = Permission.classifyDeviations
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("material", "what; everything if left out", optional: true),
    CommandField("reason", "why"),
  ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// What; nil for everything.
  public var material: Material?
  /// Why.
  public var reason: String

  public init(participant: ParticipantID, material: Material? = nil, reason: String) {
    self.participant = participant
    self.material = material
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.withCells(participant)
    if let material { try situation.require(material, of: state) }
    try requireTexts(["reason": reason])
    // Who stops something has not taken part in what led to it.
    let quarantine = Quarantine(.byHand, of: material, step: "byHand", involved: [])
    return [
      Fact(.product(participant, .quarantined(quarantine))),
      situation.deviation(.other, "Put into quarantine: \(reason)", of: participant),
    ]
  }
}

/// Quality assurance decides on a quarantine.
public struct ResolveQuarantine: TrialCommand {
  public static let name = "product resolve"
  public static let abstract = "Decide on a quarantine: fit for use, or not."
  public static let permission = Permission.releaseProduct
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("quarantine", "its number"),
    CommandField("disposition", Self.listed(Disposition.self)),
    CommandField("reason", "what was found out, and why this follows"),
  ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// Its number.
  public var quarantine: Int
  /// Whether it may be used again.
  public var disposition: Disposition
  /// What was found out, and why this follows.
  public var reason: String

  public init(participant: ParticipantID, quarantine: Int, disposition: Disposition, reason: String) {
    self.participant = participant
    self.quarantine = quarantine
    self.disposition = disposition
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let product = try situation.participant(participant).product
    guard let open = product.quarantines[quarantine] else {
      let numbers = product.quarantines.keys.sorted().map(String.init).joined(separator: ", ")
      throw Refusal(
        "no-such-quarantine", because: "There is no quarantine \(quarantine) to decide on.",
        remedy: numbers.isEmpty ? "Nothing is in quarantine." : "Open are: \(numbers).")
    }
    guard !open.involved.contains(situation.actor.account) else {
      throw Refusal(
        "took-part", because: "You took part in the step that led to this quarantine.",
        remedy: "Somebody else of quality assurance decides.")
    }
    try requireTexts(["reason": reason])
    let what = open.material.map(\.description) ?? "all cells of \(participant)"
    let meaning =
      switch disposition {
      case .fitForUse: "I find fit for use: \(what)."
      case .unusable: "I find not to be used: \(what)."
      }
    return [
      Fact(
        .product(
          participant, .quarantineResolved(quarantine: quarantine, disposition: disposition, reason: reason)),
        signed: meaning)
    ]
  }
}
