public import ClinicalValues
import Ledger

/// Collections, lots and bags of one participant, with their custody.
public struct ProductState: Sendable, Hashable {
  /// Whose cells these are; issued at enrollment.
  public internal(set) var identity: ChainOfIdentity?
  /// In the order of their numbers.
  public internal(set) var collections: [CollectionState] = []
  /// In the order of their numbers.
  public internal(set) var lots: [LotState] = []
  /// In the order of their numbers.
  public internal(set) var samples: [SampleState] = []
  /// When the person was last found to be who is meant; taken back by a mismatch, and where name or birth date are corrected.
  public internal(set) var personChecks: [PersonCheckPlace: Moment] = [:]
  /// Quarantines that nobody has resolved, by number.
  public internal(set) var quarantines: [Int: Quarantine] = [:]
  /// When each quarantine began, by number.
  public internal(set) var quarantined: [Int: Moment] = [:]
  /// How many there ever were.
  public internal(set) var quarantineCount = 0
  /// Acts outside the gate, in the order of their numbers.
  public internal(set) var outsideGate: [OutsideGateState] = []
  /// The infusion, once it was begun, however little ran in.
  public internal(set) var infusion: InfusionCourse?

  /// Nothing has happened yet.
  public init() {}

  /// Whether there are cells, or an identifier under which there will be.
  public var hasCells: Bool { identity != nil || !collections.isEmpty }

  /// Whether a material is lost or rejected, or quality assurance found that it must not be used.
  func isUnusable(_ material: Material) -> Bool {
    switch material {
    case .collection(let number): self[number]?.isUnusable ?? false
    case .lot(let number): self[number]?.outcome != nil
    case .bag(let number): self[number]?.isUnusable ?? false || self[number.lot]?.outcome != nil
    }
  }

  /// Whether labels for the next collection are printed and counted.
  public var labelsPrinted: Bool { (openCollection?.labels.atHand ?? 0) > 0 }

  /// The collection that is planned or under way: its number is issued, and it is neither complete nor given up.
  public var openCollection: CollectionState? { collections.last { !$0.isAccepted && !$0.isUnusable } }

  /// When the collection before the one that is planned or under way was: a further one asks for a re-check of its own.
  var collectionBefore: Moment? {
    collections.last { $0.number != openCollection?.number }.flatMap { $0.ended ?? $0.begun }
  }

  /// When the last completed collection was; it is the anchor of wash-outs and waits.
  public var lastCollection: Moment? { collections.last { $0.isAccepted }?.ended }

  /// When cells were last collected, whether or not they were enough: safety follow-up counts from it.
  public var lastLeukapheresis: Moment? { collections.compactMap(\.ended).max() }

  /// Whether a collection is accepted and none of its material is lost.
  public var isCollected: Bool { collections.contains { $0.isAccepted && !$0.isUnusable } }

  /// Whether a lot is being made.
  public var isManufacturing: Bool { lots.contains { $0.isUnderWay } }

  /// The lot that is released and not rejected since.
  public var releasedLot: LotNumber? {
    lots.last { $0.from != nil }.flatMap { $0.release != nil && $0.outcome == nil ? $0.number : nil }
  }

  /// Whether the last lot was rejected, lost or has expired, or the last collection is lost or given up, and neither
  /// another lot nor another collection has come of it since.
  public func hasFailed(at now: Moment) -> Bool {
    guard infusion == nil, let collection = collections.last(where: { $0.isAccepted || $0.isUnusable }) else {
      return false
    }
    guard let lot = lots.last(where: { $0.from != nil }), lot.from == collection.number.collection else {
      return collection.isUnusable
    }
    return lot.hasFailed(onDay: now.day)
  }

  /// Whether anything of these cells is in quarantine.
  public var isQuarantined: Bool { !quarantines.isEmpty }

  /// The quarantines that cover a material: its own, and that of what it came of.
  public func quarantines(over material: Material) -> [Int] {
    let covering: [Material] =
      switch material {
      case .collection: [material]
      case .lot(let lot): [material] + source(of: lot)
      case .bag(let bag): [material, .lot(bag.lot)] + source(of: bag.lot)
      }
    return quarantines.filter { $0.value.material.map(covering.contains) ?? true }.keys.sorted()
  }

  private func source(of lot: LotNumber) -> [Material] {
    guard let from = self[lot]?.from else { return [] }
    return [.collection(CollectionNumber(participant: lot.participant, collection: from))]
  }

  /// A collection by its number.
  public subscript(number: CollectionNumber) -> CollectionState? {
    collections.indices.contains(number.collection - 1) && collections[number.collection - 1].number == number
      ? collections[number.collection - 1] : nil
  }

  /// A lot by its number.
  public subscript(number: LotNumber) -> LotState? {
    lots.indices.contains(number.lot - 1) && lots[number.lot - 1].number == number ? lots[number.lot - 1] : nil
  }

  /// A bag by its number.
  public subscript(number: BagNumber) -> BagState? {
    guard let bags = self[number.lot]?.bags, bags.indices.contains(number.bag - 1) else { return nil }
    return bags[number.bag - 1]
  }
}

/// An act outside the gate.
public struct OutsideGateState: Sendable, Hashable {
  /// From 1.
  public let number: Int
  /// What happened.
  public let act: OutsideGateAct
  /// The accounts that recorded it, who do not confirm it.
  public let recordedBy: Set<String>
  /// Whether the principal investigator has signed it.
  public internal(set) var isSigned = false
}

/// The one infusion.
public struct InfusionCourse: Sendable, Hashable, Codable {
  /// When it was begun: the earliest of its bags.
  public internal(set) var begun: Moment
  /// When it ended; nil while it runs or is paused.
  public internal(set) var ended: Moment?
  /// CAR-positive viable cells per kg that ran in, where known.
  public internal(set) var dosePerKg: Decimal?
  /// Whether any of it was begun outside the gate.
  public internal(set) var outsideGate: Bool
  /// The lot whose bags belong to it.
  public let lot: LotNumber
  /// The bag that runs or is paused.
  public internal(set) var bag: BagNumber?
  /// How many of its bags have ended, whosever cells were in them.
  var endedBags = 0

  /// Where in the ledger its beginning stands; 0 where it is in none.
  var position: Position = 0

  /// Whether what the ledger took at a place was not before the gate when this infusion began; of one outside the gate
  /// nothing was.
  func isNew(_ place: LedgerPlace) -> Bool {
    outsideGate || LedgerPlace(recorded: begun.instant, position: position).isNoLater(than: place)
  }
}

/// Whether a bag is the right one and in order.
public struct BagStanding: Sendable, Hashable {
  /// What is wrong with it, a sentence each: not released, not received, not inspected, not stored, in quarantine,
  /// expired, a gap in its custody; empty if nothing.
  public let problems: [String]
  /// Until when nothing will be, as far as expiry goes.
  public let until: Instant?
}

/// Whether two people have verified a bag against its participant.
public struct BedsideStanding: Sendable, Hashable {
  /// Whether two different people have, in time.
  public let isVerified: Bool
  /// Who has, so far and in time.
  public let by: [AccountID]
  /// Until when it counts.
  public let until: Instant?
}
