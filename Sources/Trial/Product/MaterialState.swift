public import ClinicalValues

/// Labels of one number. Printed labels are used, destroyed or at hand.
public struct LabelCount: Sendable, Hashable {
  /// Labels that were printed.
  public internal(set) var printed = 0
  /// Labels that stand on material.
  public internal(set) var used = 0
  /// Labels that were destroyed.
  public internal(set) var destroyed = 0
  /// That the label was drawn for those printed last; nil where it can be.
  public internal(set) var drawing: LabelDrawing?
  /// Those that must be there.
  public var atHand: Int { printed - used - destroyed }
}

/// That the label of a number was drawn.
public struct LabelDrawing: Sendable, Hashable {
  /// Minutes for which who drew it has it before them, to print it.
  public static let minutes = 15
  /// The account that has the drawing.
  public let by: String
  /// When.
  public let at: Instant
}

/// A collection of starting material.
public struct CollectionState: Sendable, Hashable {
  /// Its number.
  public let number: CollectionNumber
  /// Its labels.
  public internal(set) var labels = LabelCount()
  /// Its last custody step.
  public internal(set) var step: String?
  /// When the day of collecting that runs was begun; nil while none does.
  public internal(set) var begun: Moment?
  /// The first day of collecting, since 1970-01-01.
  public internal(set) var firstDay: Int?
  /// When the last day of collecting ended.
  public internal(set) var ended: Moment?
  /// What its days together yielded, in the plan's unit.
  public internal(set) var yield = Decimal.zero
  /// Whether that is enough.
  public internal(set) var isAccepted = false
  /// Until when it keeps while it is fresh; nil once it is frozen.
  public internal(set) var keepsUntil: Instant?
  /// Whether it was frozen.
  public internal(set) var isFrozen = false
  /// Whether what is to be used of it was thawed.
  public internal(set) var isThawed = false
  /// Whether the laboratory accepted it as starting material.
  public internal(set) var isAcceptedByLaboratory = false
  /// Whether something of it is left for a lot.
  public internal(set) var hasMaterial = false
  /// Whether it is lost, destroyed or must not be used.
  public internal(set) var isUnusable = false
  /// Whether something happened to it outside its order.
  public internal(set) var hasGap = false

  init(_ number: CollectionNumber) { self.number = number }

  mutating func take(_ done: CustodyStep) {
    step = done.step
    switch done.step {
    case StepID.labelled: labels.used += 1
    case StepID.accepted: isAcceptedByLaboratory = true
    case StepID.materialFrozen:
      isFrozen = true
      isThawed = false
      keepsUntil = nil
    case StepID.materialThawed: isThawed = true
    default: break
    }
    guard BagEnd(rawValue: done.step) != nil else { return }
    isUnusable = true
    hasMaterial = false
  }

  /// Something was taken for a lot; frozen material that is left was not thawed.
  mutating func leave(_ materialLeft: Bool) {
    hasMaterial = materialLeft
    guard materialLeft, isFrozen else { return }
    isThawed = false
    step = StepID.materialFrozen
  }
}

/// A manufacturing run.
public struct LotState: Sendable, Hashable {
  /// Its number.
  public let number: LotNumber
  /// Its labels.
  public internal(set) var labels = LabelCount()
  /// Its last custody step.
  public internal(set) var step: String?
  /// The collection that it is made from; nil while only its number is issued.
  public internal(set) var from: Int?
  /// When its cells were harvested; nil until they are.
  public internal(set) var harvested: Instant?
  /// Its bags, in the order of their numbers.
  public internal(set) var bags: [BagState] = []
  /// Results of release tests, by id.
  public internal(set) var tests: [String: TestEntry] = [:]
  /// Who entered or corrected one; none of them releases the lot.
  public internal(set) var testers: Set<AccountID> = []
  /// How it was released; nil until it is.
  public internal(set) var release: ReleaseKind?
  /// When it was released.
  public internal(set) var released: Moment?
  /// The tests outside limits that its exceptional release passed over.
  public internal(set) var passedOver: Set<String> = []
  /// What became of it where it came to nothing.
  public internal(set) var outcome: LotOutcome?
  /// An exceptional release that not everybody has signed yet.
  public internal(set) var exceptional: ExceptionalRelease?

  init(_ number: LotNumber) { self.number = number }

  /// Whether it is being made.
  public var isUnderWay: Bool { from != nil && release == nil && outcome == nil }

  /// Whether nothing of it can be infused any more.
  public func hasFailed(onDay day: Int) -> Bool {
    if outcome != nil { return true }
    let filled = bags.filter { $0.isFilled }
    return !filled.isEmpty
      && filled.allSatisfy { bag in
        bag.end != nil || bag.isUnusable || bag.hasExpired(beforeDay: day)
      }
  }
}

/// How a lot came to nothing.
public enum LotOutcome: String, Sendable, Hashable, Codable { case rejected, lost }

/// An exceptional release while it waits for signatures and consent.
public struct ExceptionalRelease: Sendable, Hashable {
  /// The tests that it passes over.
  public let tests: [String]
  /// Who has signed, by role.
  public internal(set) var signed: [Role: AccountID]
  /// Whether the participant has consented.
  public internal(set) var consented = false
}

/// A bag of a lot.
public struct BagState: Sendable, Hashable {
  /// Its number.
  public let number: BagNumber
  /// Its labels.
  public internal(set) var labels = LabelCount()
  /// Its last custody step of its own.
  public internal(set) var step: String?
  /// The volume that it was filled with, mL; nil until it is filled.
  public internal(set) var volumeML: Decimal?
  /// CAR-positive viable cells in it; nil until it is filled.
  public internal(set) var cells: Decimal?
  /// The last day on which it may be used, since 1970-01-01; nil until it is frozen.
  public internal(set) var lastDay: Int?
  /// Until when it keeps while it is fresh; nil until it is filled, and once it is frozen.
  public internal(set) var keepsUntil: Instant?
  /// Whether the site received and inspected it.
  public internal(set) var isReceived = false
  /// The site that received it last.
  public internal(set) var site: SiteID?
  /// Whether the site put it where it keeps.
  public internal(set) var isStored = false
  /// Its clock after thaw.
  public internal(set) var thaw: Thaw?
  /// Who verified it at the bedside, and when; the last of each person.
  public internal(set) var verifications: [AccountID: Instant] = [:]
  /// Whether its infusion was started.
  public internal(set) var isStarted = false
  /// Whether its infusion is paused.
  public internal(set) var isPaused = false
  /// Whether it is lost or must not be used.
  public internal(set) var isUnusable = false
  /// Whether something happened to it outside its order.
  public internal(set) var hasGap = false
  /// How it ended.
  public internal(set) var end: BagEnd?

  init(_ number: BagNumber) { self.number = number }

  /// Whether there are cells in it.
  public var isFilled: Bool { volumeML != nil }
  /// Whether it was ever frozen.
  public var isFrozen: Bool { lastDay != nil }
  /// Whether nothing can be done with it any more but to account for it.
  public var isOver: Bool {
    switch end {
    case .infused, .infusedInPart, .destroyed, .lost: true
    case .retained, .returned, nil: false
    }
  }

  /// Whether it was taken out of storage and not put back.
  var isOutOfStorage: Bool { step == StepID.takenOut || thaw != nil }

  /// Until when its infusion may be started: by the clock after thaw, or that of a fresh product; nil where no clock runs.
  public var startedBy: Instant? { thaw?.startBy ?? keepsUntil }

  /// Until when it may run in: by the clock after thaw, or that of a fresh product; nil where no clock runs.
  public var infusedBy: Instant? { thaw?.endBy ?? keepsUntil }

  /// Whether it was too old before a day began, wherever that is.
  func hasExpired(beforeDay day: Int) -> Bool {
    if let lastDay { return lastDay < day }
    // The day begins on the earth 14 hours before it does in UTC at the latest.
    return keepsUntil.map { $0 < Instant(milliseconds: day * 86_400_000).adding(hours: -14) } ?? false
  }

  mutating func take(_ done: CustodyStep, at site: SiteID?) {
    step = done.step
    keepsUntil = done.keepsUntil ?? keepsUntil
    if let day = done.lastDay {
      lastDay = day.daysSinceEpoch
      keepsUntil = nil
    }
    if done.step == StepID.receivedAtSite {
      isReceived = true
      isStored = false
      self.site = site
    }
    if done.step == StepID.stored { isStored = true }
    if let end = BagEnd(rawValue: done.step) { self.end = end }
  }

  /// The clock of a thawed bag.
  public struct Thaw: Sendable, Hashable {
    /// When it was thawed.
    public let thawed: Instant
    /// Until when its infusion may be started.
    public let startBy: Instant
    /// Until when its infusion may run.
    public let endBy: Instant
  }
}

/// The ends that a bag can come to.
public enum BagEnd: String, Sendable, Hashable, Codable, CaseIterable {
  case infused, infusedInPart, destroyed, retained, returned, lost

  /// That of a bag which ran in, the whole of it or not.
  init(whole: Bool) { self = whole ? .infused : .infusedInPart }
}

/// A sample.
public struct SampleState: Sendable, Hashable {
  /// Its number.
  public let number: SampleNumber
  /// What it was taken of.
  public let material: Material
  /// How it ended; nil while it is open.
  public internal(set) var end: SampleEnd?
}
