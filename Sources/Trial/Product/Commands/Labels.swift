// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Prints labels; the first of a number issue it.
public struct PrintLabels: TrialCommand {
  public static let name = "product label print"
  public static let abstract = "Print labels of a collection, lot or bag; the first ones issue its number."
  public static let permission = Permission.recordCustody
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("material", "the number on the labels, such as 03-0007-C1-X"),
    CommandField("count", "how many, 1 to 50"),
    CommandField("reprintReason", "why, where labels of this number were printed before", optional: true),
  ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The number on them.
  public var material: Material
  /// How many.
  public var count: Int
  /// Why, where labels of this number were printed before.
  public var reprintReason: String?

  public init(participant: ParticipantID, material: Material, count: Int, reprintReason: String? = nil) {
    self.participant = participant
    self.material = material
    self.count = count
    self.reprintReason = reprintReason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    guard state.product.identity != nil else {
      throw Refusal(
        "no-identity", because: "\(participant) has no chain-of-identity identifier.",
        remedy: "It is issued at enrollment.")
    }
    // Destroying and keeping go by the labels that there are, which can be read or typed.
    try situation.requireNotWithdrawn(material)
    try situation.requirePlace(of: material, in: state)
    guard (1...50).contains(count) else {
      throw Refusal("label-count", because: "\(count) labels cannot be printed.", remedy: "Print 1 to 50.")
    }
    if let labels = state.product.labels(of: material) {
      if labels.printed > 0 { try requireTexts(["reprintReason": reprintReason]) }
    } else {
      try requireNext(in: state, situation)
    }
    return [
      Fact(.product(participant, .labelsPrinted(material: material, count: count, reason: reprintReason)))
    ]
  }

  /// Refuses a new number unless it is the next, and there is a use for it.
  private func requireNext(in state: ParticipantState, _ situation: Situation) throws(Refusal) {
    let product = state.product
    let next: Material?
    switch material {
    case .collection:
      let further = product.collections.count
      let mayGoOn = further == 0 || product.hasFailed(at: situation.happened)
      guard mayGoOn, product.openCollection == nil, further <= situation.plan.way.furtherCollections else {
        throw Refusal(
          "no-further-collection", because: "\(participant) has a collection, and no other one is called for.",
          remedy: "After a failed product there is one more at most \(situation.plan.way.furtherCollections) times.")
      }
      next = .collection(CollectionNumber(participant: participant, collection: further + 1))
    case .lot:
      let unused = product.lots.contains { $0.from == nil }
      next = unused ? nil : .lot(LotNumber(participant: participant, lot: product.lots.count + 1))
    case .bag(let bag):
      let lot = product[bag.lot]
      next = lot?.isUnderWay == true ? .bag(BagNumber(lot: bag.lot, bag: (lot?.bags.count ?? 0) + 1)) : nil
    }
    guard next == material else {
      throw Refusal(
        "not-next-number", because: "\(material) is not the next number of its kind.",
        remedy: next.map { "The next is \($0)." } ?? "Use the numbers that are issued first.")
    }
  }
}

/// Records that a label replaced one that came off or could not be read.
public struct UseLabels: TrialCommand {
  public static let name = "product label use"
  public static let abstract = "Record labels used to replace one that came off or cannot be read."
  public static let permission = Permission.recordCustody
  public static let fields = Self.labelFields("why it had to be replaced")

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The number on them.
  public var material: Material
  /// How many.
  public var count: Int
  /// Why.
  public var reason: String

  public init(participant: ParticipantID, material: Material, count: Int, reason: String) {
    self.participant = participant
    self.material = material
    self.count = count
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try situation.requireLabels(count, of: material, participant)
    try situation.requirePlace(of: material, in: try situation.participant(participant))
    try situation.requireTwoPeople(.recordCustody, for: participant)
    try requireTexts(["reason": reason])
    return [
      Fact(
        .product(participant, .labelsUsed(material: material, count: count, reason: reason)),
        signed: "We have put this label on together: \(material).", signedByAll: true)
    ]
  }
}

/// Records that labels were destroyed.
public struct DestroyLabels: TrialCommand {
  public static let name = "product label destroy"
  public static let abstract = "Record that labels were destroyed."
  public static let permission = Permission.recordCustody
  public static let fields = Self.labelFields("why")

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The number on them.
  public var material: Material
  /// How many.
  public var count: Int
  /// Why.
  public var reason: String

  public init(participant: ParticipantID, material: Material, count: Int, reason: String) {
    self.participant = participant
    self.material = material
    self.count = count
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try situation.requireLabels(count, of: material, participant)
    try requireTexts(["reason": reason])
    return [Fact(.product(participant, .labelsDestroyed(material: material, count: count, reason: reason)))]
  }
}

/// Counts the labels at hand; a count that differs from the record is a deviation.
public struct CountLabels: TrialCommand {
  public static let name = "product label count"
  public static let abstract = "Count the labels of a number that are at hand."
  public static let permission = Permission.recordCustody
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("material", "the number on the labels, such as 03-0007-C1-X"),
    CommandField("atHand", "how many are there"),
  ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The number on them.
  public var material: Material
  /// How many are there.
  public var atHand: Int

  public init(participant: ParticipantID, material: Material, atHand: Int) {
    self.participant = participant
    self.material = material
    self.atHand = atHand
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    try situation.require(material, of: state)
    guard atHand >= 0 else {
      throw Refusal("label-count", because: "\(atHand) is no number of labels.", remedy: "Count them again.")
    }
    let counted = Fact(.product(participant, .labelsCounted(material: material, atHand: atHand)))
    guard let labels = state.product.labels(of: material), labels.atHand != atHand else { return [counted] }
    let what =
      "Labels of \(material): \(labels.printed) printed, \(labels.used) used, \(labels.destroyed) destroyed, so "
      + "\(labels.atHand) at hand; counted were \(atHand)."
    return [counted, situation.deviation(.labels, what, of: participant, severity: .important)]
  }
}

extension TrialCommand {
  fileprivate static func labelFields(_ reason: String) -> [CommandField] {
    [
      CommandField("participant", "whose cells these are, such as 03-0007"),
      CommandField("material", "the number on the labels, such as 03-0007-C1-X"),
      CommandField("count", "how many"),
      CommandField("reason", reason),
    ]
  }
}

extension Situation {
  fileprivate func requireLabels(_ count: Int, of material: Material, _ id: ParticipantID) throws(Refusal) {
    let state = try participant(id)
    try require(material, of: state)
    let atHand = state.product.labels(of: material)?.atHand ?? 0
    guard count >= 1, count <= atHand else {
      throw Refusal(
        "label-count", because: "\(atHand) labels of \(material) are at hand, not \(count).",
        remedy: "Count the labels; a difference is recorded by ‘\(CountLabels.name)’.")
    }
  }
}

extension ProductState {
  /// The labels of a number; nil where it was never issued.
  public func labels(of material: Material) -> LabelCount? {
    switch material {
    case .collection(let number): self[number]?.labels
    case .lot(let number): self[number]?.labels
    case .bag(let number): self[number]?.labels
    }
  }
}
