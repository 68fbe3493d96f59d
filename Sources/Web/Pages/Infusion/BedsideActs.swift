import ClinicalValues
import StudyDesign
import Trial

/// The acts at the bedside in their order, and which of them can be done now: an act is at hand only while every line that it
/// needs is true. The command asks all of it once more.
struct BedsideActs: Sendable {
  /// An act.
  enum Act: String, CaseIterable {
    case checkPerson, thaw, verify, start, pause, resume, end

    /// The command that does it.
    var command: any TrialCommand.Type {
      switch self {
      case .checkPerson: CheckPerson.self
      case .thaw: ThawBag.self
      case .verify: VerifyBedside.self
      case .start: StartInfusion.self
      case .pause: PauseInfusion.self
      case .resume: ResumeInfusion.self
      case .end: StopInfusion.self
      }
    }
  }

  /// How an act stands.
  enum Standing: Sendable, Equatable {
    /// It is done.
    case done
    /// It can be done now.
    case atHand
    /// Something that it needs is not true.
    case waits
    /// It is not asked for: a bag that is never frozen is not thawed.
    case notNeeded
  }

  let participant: ParticipantState
  /// The bag that it is about; nil where none is ordered.
  let bag: BagNumber?
  /// The gate of thawing for that bag.
  let thawing: [GateLine]
  /// The gate of infusion for that bag.
  let infusion: [GateLine]
  let state: TrialState
  let plan: WayPlan
  let now: Moment

  private var product: ProductState { participant.product }
  private var held: BagState? { bag.flatMap { product[$0] } }
  private var isThawed: Bool { held.map { !$0.isFrozen || $0.thaw != nil } ?? false }
  private var isQuarantined: Bool { bag.map { !product.quarantines(over: .bag($0)).isEmpty } ?? true }

  /// Whether the bag lies there for longer than its infusion may be waited for: by the clock after thaw, or that of a fresh product.
  var isTooLate: Bool {
    guard let held, !held.isStarted, held.end == nil else { return false }
    return held.startedBy.map { now.instant > $0 } ?? false
  }

  /// Another bag of the order that can still be infused; nil where there is none.
  var otherBag: BagNumber? { participant.way.infusionOrder?.bags.first { $0 != bag && canBeInfused($0) } }

  /// Whether nothing stands against a bag itself.
  private func canBeInfused(_ number: BagNumber) -> Bool {
    guard let other = product[number], other.isStored, other.end == nil, !other.isStarted, !other.isUnusable,
      !other.hasGap, product.quarantines(over: .bag(number)).isEmpty
    else { return false }
    let isOfUse = other.lastDay.map { $0 >= now.day } ?? true
    return isOfUse && (other.startedBy.map { now.instant <= $0 } ?? true)
  }

  /// Whether somebody found the person to be who is meant, since the last collection.
  var isPersonChecked: Bool {
    guard let checked = product.personChecks[.admission] else { return false }
    return product.lastCollection.map { checked > $0 } ?? true
  }

  /// Who has verified the bag, and until when that counts.
  var bedside: BedsideStanding? { bag.map { product.bedside(of: $0, at: now, plan: plan) } }

  /// How an act stands now.
  func standing(_ act: Act) -> Standing {
    switch act {
    case .checkPerson: return isPersonChecked ? .done : product.identity == nil ? .waits : .atHand
    case .thaw:
      guard let held, held.isFrozen else { return held == nil ? .waits : .notNeeded }
      return held.thaw != nil ? .done : Self.isOpen(thawing) ? .atHand : .waits
    case .verify:
      guard let held else { return .waits }
      if held.isStarted || bedside?.isVerified == true { return .done }
      return isPersonChecked && isThawed && !isQuarantined && !isTooLate ? .atHand : .waits
    case .start:
      guard let held else { return .waits }
      if held.isStarted { return .done }
      return isThawed && Self.isOpen(infusion) ? .atHand : .waits
    case .pause: return isRunning && held?.isPaused == false ? .atHand : .waits
    case .resume: return isRunning && held?.isPaused == true && mayGoOn ? .atHand : .waits
    case .end: return held?.end != nil ? .done : isRunning ? .atHand : .waits
    }
  }

  private var isRunning: Bool { held.map { $0.isStarted && $0.end == nil } ?? false }

  /// Whether nothing has come up since the infusion began that keeps a paused one from going on.
  private var mayGoOn: Bool {
    guard let begun = product.infusion?.begun, !isQuarantined else { return false }
    if let end = held?.infusedBy, now.instant >= end { return false }
    if state.study.boardWords[participant.id] == true { return true }
    let holds = state.study.holdsInForce.filter { held in
      held.since >= begun && held.hold.activities.contains(.infusion)
        && (held.hold.site == nil || held.hold.site == participant.way.site)
        && (held.hold.cohort == nil || held.hold.cohort == participant.way.cohort)
    }
    return holds.isEmpty && state.study.openQuestions.allSatisfy { $0.opened < begun }
  }

  private static func isOpen(_ lines: [GateLine]) -> Bool { !lines.isEmpty && lines.allSatisfy { $0.value == true } }

  /// What runs out, the first first: thawed cells, verification, and each line of the gate of infusion while it is needed.
  var deadlines: [(title: String, until: Instant)] {
    var found: [(title: String, until: Instant)] = []
    if let held, held.end == nil {
      if let thaw = held.thaw, !held.isStarted { found.append(("Start the infusion by", thaw.startBy)) }
      if let end = held.infusedBy { found.append(("The bag has run in by", end)) }
      if !held.isStarted {
        if let until = bedside?.until { found.append(("The verification counts until", until)) }
        found += infusion.compactMap { line in line.until.map { (title: line.title, until: $0) } }
      }
    }
    return found.sorted { $0.until < $1.until }
  }
}

extension BedsideActs.Act: Titled {
  var title: String {
    switch self {
    case .checkPerson: "Check the person, by two people"
    case .thaw: "Thaw the bag"
    case .verify: "Verify label, wristband and person, each for themselves"
    case .start: "Start the infusion"
    case .pause: "Pause"
    case .resume: "Resume"
    case .end: "End the infusion"
    }
  }
}
