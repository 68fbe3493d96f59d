import ClinicalValues
import Ledger
import StudyDesign
import Trial

/// What the checker itself has seen happen: the ground truth that accepted commands are judged by.
///
/// It is folded from accepted facts beside the trial's own state and shares no code with it. Minutes and days are
/// counted since 1970.
package struct Shadow: Sendable, Hashable {
  var people: [ParticipantID: Person] = [:]
  var holds: [Int: SeenHold] = [:]
  /// Open DLT questions: about whom, and when they were recorded.
  var questions: [Int: SeenQuestion] = [:]
  /// What the board last said on somebody.
  var words: [ParticipantID: Word] = [:]
  /// Who was given a slot and has not given it back.
  var holders: Set<ParticipantID> = []
  /// Infusions in the order in which they began: who, and the day.
  var infusions: [SeenInfusion] = []
  var open: Set<StudyScope> = []
  var adopted: Set<String> = []
  var forms: [SeenForm] = []
  /// The board's reviews of the study.
  var reviews: [SeenReview] = []
  var board: Set<AccountID> = []

  struct SeenHold: Sendable, Hashable {
    let kind: Hold.Kind
    let activities: Set<Activity>
    let setBy: Role?
    let recorded: Int
    var boardDecided = false
    var isReviewed = false
  }

  struct SeenQuestion: Sendable, Hashable {
    let about: ParticipantID
    let recorded: Int
  }

  struct Word: Sendable, Hashable {
    let goesOn: Bool
    let said: Int
  }

  struct SeenInfusion: Sendable, Hashable {
    let who: ParticipantID
    let day: Int
    let minute: Int
  }

  struct SeenReview: Sendable, Hashable {
    let day: Int
    /// The minute.
    let recorded: Int
    /// How many were through the dose-limiting window, as it was known then.
    let through: Int
  }

  struct SeenForm: Sendable, Hashable {
    let site: SiteID
    let version: String
    let from: Int
    /// The activity before which whoever is not infused signs it anew; nil where nobody does.
    let before: Activity?
  }
}

/// What was seen of one participant.
struct Person: Sendable, Hashable {
  /// Who looks after the participant.
  var site: SiteID?
  /// Consent forms that were signed, and when.
  var consents: [SeenConsent: Int] = [:]
  /// Data that were taken over and count, the last one last.
  var imports: [SeenImport] = []
  /// How the participant left, the last time last; found again, none of it counts any more.
  var departures: [SeenDeparture] = []
  var died: Int?
  /// Whether a form says that the participant died.
  var isToldDead = false
  /// The day on which eligibility was signed; nil while nobody decided, or screening failed.
  var eligible: Int?
  var isQuestioned = false
  /// When it was last questioned.
  var questioned: Int?
  var pregnancies: Set<Expectant> = []
  var enrolled = false
  /// The re-check of each kind that happened last: whether it passed, and when it happened.
  var rechecks: [RecheckKind: Check] = [:]
  /// When each thing was confirmed as ready, with doses of tocilizumab.
  var ready: [Readiness: Ready] = [:]
  var bookedDay: Int?
  /// The doses of lymphodepletion in the round that counts.
  var given: [SeenDose] = []
  var rounds = 0
  /// The day of the very first dose.
  var firstRound: Int?
  var isEnded = false
  var isDelayJustified = false
  /// The order of lymphodepletion: for which round, which weight, and the bags that follow.
  var orderedRound: Int?
  var orderedWeight: Decimal?
  var orderedBags: [BagNumber] = []
  var infusionOrder: SeenOrder?
  /// The visits, in the order in which they were recorded.
  var visits: [SeenVisit] = []
  var identity: ChainOfIdentity?
  /// Labels of the collection that is to come.
  var labels = 0
  /// Whether cells were collected and are not known to have come to nothing.
  var hasCells = false
  var lots: [LotNumber: SeenLot] = [:]
  var bags: [BagNumber: SeenBag] = [:]
  var quarantines: [Int: SeenQuarantine] = [:]
  var quarantinesSeen = 0
  /// When collections that passed the gate were begun.
  var collected: [Int] = []
  /// Begun infusions of bags: each bag, the day, whether outside the gate.
  var infused: [Infused] = []
  /// The bag that runs or is paused.
  var running: BagNumber?
  /// Acts outside the gate.
  var outside = 0
  /// Whether a paused infusion went on outside the gate.
  var hasResumedOutside = false

  struct Check: Sendable, Hashable {
    let passed: Bool
    let minute: Int
  }

  struct SeenConsent: Sendable, Hashable, Comparable {
    let site: SiteID
    let version: String

    static func < (a: SeenConsent, b: SeenConsent) -> Bool { (a.site, a.version) < (b.site, b.version) }
  }

  /// What was decided after data were taken over, and may rest on them.
  struct SeenImport: Sendable, Hashable {
    var isFoundEligible = false
    var hasFailed = false
    var isRechecked = false
  }

  struct Ready: Sendable, Hashable {
    let site: SiteID
    let minute: Int
    let doses: Int
  }

  struct SeenOrder: Sendable, Hashable {
    let bags: [BagNumber]
    let weight: Decimal
    let dosePerKg: Decimal
  }

  struct SeenLot: Sendable, Hashable {
    let from: CollectionNumber
    var isReleased = false
    /// Rejected, lost, or found not to be used.
    var isDead = false
  }

  struct SeenBag: Sendable, Hashable {
    var cells: Decimal
    var lastDay: Int?
    var isReceived = false
    /// The site that received it last.
    var site: SiteID?
    var isStored = false
    var thawed: Int?
    /// When each person verified it at the bedside.
    var checks: [AccountID: Int] = [:]
    /// Started, ended, lost, found not to be used, or turned up under another's name.
    var isGone = false
  }

  struct SeenQuarantine: Sendable, Hashable {
    /// What it covers; nil for everything.
    let material: Material?
    let involved: Set<AccountID>
    let cause: Quarantine.Cause
  }

  struct Infused: Sendable, Hashable {
    let bag: BagNumber
    var day: Int
    var minute: Int
    var outside: Bool
  }

  struct SeenDeparture: Sendable, Hashable {
    var minute: Int
    let reason: Departure.Reason
    let withdrew: Bool
  }

  struct SeenDose: Sendable, Hashable {
    var day: Int
    var minute: Int
    var outside = false
  }

  struct SeenVisit: Sendable, Hashable {
    let name: String
    let day: Int
    let minute: Int
    let recorded: Int
    let assessed: Bool
    let completes: Bool
  }

  var left: Int? { departures.last?.minute }
  /// Whether the participant left by withdrawing: the cells are not used any more.
  var hasWithdrawn: Bool { departures.last?.withdrew ?? false }
  var hasCompleted: Bool { visits.contains { $0.completes } }
  /// The last day on which the participant was assessed.
  var assessed: Int? { visits.filter(\.assessed).map(\.day).max() }
  /// Days of the doses of lymphodepletion in the round that counts.
  var doses: [Int] { given.map(\.day) }
  /// The minute of that round's first dose.
  var firstDose: Int { given.first?.minute ?? 0 }

  /// Whether the participant has left or died, whatever tells it.
  var isGone: Bool { left != nil || died != nil || isToldDead }

  /// Whether the participant is in the study at a minute.
  func isPresent(at minute: Int) -> Bool {
    died.map { minute < $0 } ?? true && left.map { minute < $0 } ?? true && !hasCompleted
  }

  /// Quarantines that nobody has resolved and that cover a material, by itself or by what it came of.
  func quarantines(over material: Material) -> [SeenQuarantine] {
    var covering: Set<Material> = [material]
    let lot: LotNumber? =
      switch material {
      case .bag(let bag): bag.lot
      case .lot(let lot): lot
      case .collection: nil
      }
    if let lot {
      covering.insert(.lot(lot))
      if let from = lots[lot]?.from { covering.insert(.collection(from)) }
    }
    return quarantines.values.filter { $0.material.map(covering.contains) ?? true }
  }
}
