public import ClinicalValues
public import Ledger
public import StudyDesign

/// A form as it stands, with the history of each of its items.
public struct FormRecord: Sendable, Hashable {
  /// Its items that were ever answered, by id.
  public internal(set) var items: [String: ItemRecord] = [:]
  /// That it was not done; nil where it was, or nothing is said.
  public internal(set) var notDone: FormNotDone?
  /// Required items that lack an answer, as the form's rules said after the last save.
  public internal(set) var missing: [String] = []
  /// Answered items that are not asked any more.
  public internal(set) var unasked: [String] = []
  /// Where its data come from, if whoever saved last said so; nil: as the form's plan says.
  public internal(set) var source: SourceOfData?
  /// When something in it was first entered.
  public internal(set) var firstSaved: Moment?
  /// When something in it was last entered.
  public internal(set) var lastSaved: Moment?

  /// A form of which nothing is recorded.
  public init() {}

  /// The entries that count, in the order of their items' ids; what was cleared is not among them.
  public var entries: [Entry] {
    items.keys.sorted().compactMap { id in
      guard let entry = items[id]?.current?.entry, entry.answer != .cleared else { return nil }
      return entry
    }
  }

  /// The entry of an item that counts; nil where there is none or it was cleared.
  public func entry(_ item: String) -> Entry? {
    guard let entry = items[item]?.current?.entry, entry.answer != .cleared else { return nil }
    return entry
  }

  /// The laboratory that measured a value: that of the entry, else that which the form names (CDASH: LBNAM); nil: the
  /// site's own.
  public func laboratory(of entry: Entry) -> String? { entry.laboratory ?? self.entry("LBNAM")?.answer.text }

  /// The form with what was entered after a place in the ledger alone. What was calculated is there only where all that
  /// it can rest on is.
  public func answered(after position: Position) -> FormRecord {
    guard position > 0 else { return self }
    let versions = items.values.compactMap(\.current)
    let isWhole = versions.allSatisfy { $0.isCalculated || $0.entry.answer == .cleared || $0.position > position }
    var record = self
    record.items = items.filter { _, item in
      item.current.map { $0.position > position && (isWhole || !$0.isCalculated) } ?? false
    }
    return record
  }

  /// Whether a person has answered anything that counts.
  public var isBegun: Bool {
    items.values.contains { item in
      item.current.map { !$0.isCalculated && $0.entry.answer != .cleared } ?? false
    }
  }
}

/// That a form was not done.
public struct FormNotDone: Sendable, Hashable {
  /// Why.
  public let reason: String
  /// Who said so.
  public let by: Actor
  /// When.
  public let at: Moment
}

/// An item with everything that was ever entered for it.
public struct ItemRecord: Sendable, Hashable {
  /// Its versions, oldest first.
  public internal(set) var history: [ItemVersion] = []
  /// Whether it was compared with its source.
  public internal(set) var verification: Verification?

  /// The version that counts.
  public var current: ItemVersion? { history.last }
  /// The ledger position of the version that counts; 0 where there is none.
  public var version: Position { history.last?.position ?? 0 }
}

/// What was entered for an item once.
public struct ItemVersion: Sendable, Hashable {
  /// What was entered.
  public let entry: Entry
  /// The ledger position of the event.
  public let position: Position
  /// When it happened.
  public let happened: Moment
  /// When the ledger took it.
  public let recorded: Instant
  /// Who entered it; for a calculated value, by whose entry it was calculated.
  public let by: Actor
  /// Why what stood there before was corrected.
  public let reason: String?
  /// Whether the form's rules calculated it.
  public let isCalculated: Bool
}

/// Source data verification of an item.
public struct Verification: Sendable, Hashable {
  /// Who compared it.
  public let by: Actor
  /// When.
  public let at: Moment
  /// The source that was seen.
  public let source: String
  /// Whether the item has changed since.
  public internal(set) var isTakenBack = false
}

/// A signature under a form or the casebook.
public struct CasebookSignature: Sendable, Hashable {
  /// Who signed, as printed.
  public let signature: Signature?
  /// When.
  public let at: Moment
  /// The digest of what was shown.
  public let content: Digest
  /// The form whose change broke it; nil while it holds.
  public internal(set) var brokenBy: FormKey?
}
