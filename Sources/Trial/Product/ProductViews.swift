/// A number's labels: printed = used + destroyed + at hand.
public struct LabelLine: Sendable, Hashable {
  /// The number that stands on them.
  public let material: Material
  /// How many were printed, used and destroyed.
  public let labels: LabelCount
}

/// A collection, bag or sample, and what became of it.
public struct AccountLine: Sendable, Hashable {
  /// Its number.
  public let what: String
  /// How it ended; nil while it is open.
  public let fate: String?
  /// Whether it came to an end, or is kept on purpose.
  public var isAccountedFor: Bool { fate != nil }
}

extension ProductState {
  /// The labels of every number that was issued.
  public var labelReconciliation: [LabelLine] {
    collections.map { LabelLine(material: .collection($0.number), labels: $0.labels) }
      + lots.flatMap { lot in
        [LabelLine(material: .lot(lot.number), labels: lot.labels)]
          + lot.bags.map { LabelLine(material: .bag($0.number), labels: $0.labels) }
      }
  }

  /// Every collection that was made, every bag that was filled, every sample: what became of it.
  public var accountability: [AccountLine] {
    collections.filter { $0.ended != nil }.map { collection in
      let end = collection.step.flatMap(BagEnd.init)?.rawValue
      let used = collection.hasMaterial ? nil : "used"
      return AccountLine(what: collection.number.description, fate: end ?? (collection.isUnusable ? "lost" : used))
    }
      + lots.flatMap(\.bags).filter(\.isFilled).map {
        AccountLine(what: $0.number.description, fate: $0.end?.rawValue)
      }
      + samples.map { AccountLine(what: $0.number.description, fate: $0.end?.rawValue) }
  }
}
