import ClinicalValues
import Ledger

extension ParticipantState {
  /// The state after one more event of the way or of the cells. A correction changes what was recorded, and all that
  /// followed from it.
  mutating func apply(_ recorded: Recorded<TrialEvent>) {
    switch recorded.event {
    case .way(_, .corrected(let correction, _)):
      refold(entries.all.correcting(correction))
      switch correction {
      case .death(_, nil): safety.forget(.death)
      case .pregnancy(let who): safety.forget(way.expectation(who))
      default: break
      }
    case .product(_, .corrected(let correction, _)): refold(entries.all.correcting(correction))
    default: fold(recorded)
    }
  }

  /// This participant as of some entries alone, with everything that no correction reaches as it is.
  func asOf(_ entries: some Sequence<Recorded<TrialEvent>>) -> ParticipantState {
    var state = self
    state.refold(Array(entries))
    return state
  }

  private mutating func refold(_ all: [Recorded<TrialEvent>]) {
    way = WayState()
    product = ProductState()
    visits = VisitHistory()
    entries = Entries()
    for entry in all { fold(entry) }
  }

  private mutating func fold(_ recorded: Recorded<TrialEvent>) {
    entries.append(recorded)
    if let event = recorded.way {
      way.apply(recorded.map { _ in event })
      visits.apply(recorded.map { _ in event })
      if case .identityCorrected(let items, _) = event, items.contains(where: \.isCompared) {
        product.checkPersonAnew()
      }
    } else if let event = recorded.product {
      product.apply(recorded.map { _ in event })
      visits.apply(recorded.map { _ in event })
    }
  }
}

extension [Recorded<TrialEvent>] {
  /// The entries as a correction of the way leaves them; as they are where none is the one that is meant.
  func correcting(_ correction: WayCorrection) -> [Recorded<TrialEvent>] {
    switch correction {
    case .visit(let was, let corrected):
      return replacing(lastPlace { $0.isVisit(was) }) { entry, id in
        corrected.map { entry.corrected(.way(id, .visitRecorded(visit: $0.visit)), at: $0.held) }
      }
    case .death(_, let corrected): return correctingDeath(corrected)
    case .dose(let was, let corrected):
      return replacing(lastPlace { $0.isDose(was) }) { entry, id in
        guard case .lymphodepletionGiven(let dose) = entry.way else { return entry }
        return corrected.map {
          entry.corrected(.way(id, .lymphodepletionGiven(dose: dose.followed(by: $0.infusable))), at: $0.given)
        }
      }
    case .readiness(let item):
      return filter { if case .readinessConfirmed(item, _, _) = $0.way { false } else { true } }
    case .contactAttempt(let was, let inWriting):
      return replacing(lastPlace { $0.way == .contactAttempted(inWriting: inWriting) && $0.happened == was }) { _, _ in
        nil
      }
    case .pregnancy(let who):
      return replacing(lastPlace { $0.way == .pregnancyReported(of: who) }) { _, _ in nil }
    case .withdrawal(let was):
      return replacing(lastPlace { $0.isWithdrawal && $0.happened == was }) { _, _ in nil }
    case .consent(let was, let corrected):
      return replacing(lastPlace { $0.isConsent(was) }) { entry, id in
        guard case .consented(let given) = entry.way else { return entry }
        let consent = GivenConsent(
          version: corrected.version, site: given.site, obtainedBy: given.obtainedBy, adult: given.adult,
          copyGiven: given.copyGiven)
        return entry.corrected(.way(id, .consented(consent: consent)), at: corrected.signed)
      }
    case .dataImport(let bundle):
      return replacing(lastPlace { $0.way?.importedBundle == bundle }) { _, _ in nil }
    }
  }

  /// By a death somebody leaves who had not left before: that goes with it.
  private func correctingDeath(_ corrected: CorrectedDeath?) -> [Recorded<TrialEvent>] {
    compactMap { entry in
      guard case .way(let id, let event) = entry.event else { return entry }
      switch event {
      case .died: return corrected.map { entry.corrected(.way(id, .died(cause: $0.cause)), at: $0.died) }
      case .left(let departure) where departure.reason == .died:
        return corrected.map {
          let departure = Departure(
            reason: .died, detail: $0.cause, decidedBy: departure.decidedBy, lastContact: $0.lastContact)
          return entry.corrected(.way(id, .left(departure: departure)), at: $0.died)
        }
      default: return entry
      }
    }
  }

  /// The entries as a correction of the cells leaves them.
  func correcting(_ correction: ProductCorrection) -> [Recorded<TrialEvent>] {
    switch correction {
    case .infusion(let bag, _, let corrected):
      let started = replacing(lastPlace { $0.starts(bag) }) { entry, id in
        guard case .infusionStarted(_, _, let lines) = entry.product else { return entry }
        let event = ProductEvent.infusionStarted(bag: bag, outsideGate: corrected.outsideGate, lines: lines)
        return entry.corrected(.product(id, event), at: corrected.started)
      }
      guard let end = corrected.end else { return started }
      return started.replacing(started.lastPlace { $0.stops(bag) }) { entry, id in
        guard case .infusionStopped(_, _, _, _, let reason) = entry.product else { return entry }
        let event = ProductEvent.infusionStopped(
          bag: bag, volumeML: end.volumeML, whole: end.whole, dosePerKg: end.dosePerKg, reason: reason)
        return entry.corrected(.product(id, event), at: end.stopped)
      }
    case .fill(let bag, _, let corrected): return correctingFill(bag, corrected)
    case .yield(let collection, _, let corrected): return correctingYield(collection, corrected)
    case .step(let was, let corrected):
      return replacing(lastPlace { $0.product?.custodyStep == was.step && $0.happened == was.done }) { entry, id in
        guard let event = entry.product else { return entry }
        let later = corrected.done.instant.milliseconds(since: was.done.instant)
        return entry.corrected(.product(id, event.with(corrected.step, later: later)), at: corrected.done)
      }
    }
  }

  private func correctingFill(_ bag: BagNumber, _ contents: BagContents) -> [Recorded<TrialEvent>] {
    map { entry in
      guard case .product(let id, .bagFilled(bag, _, _, let step)) = entry.event else { return entry }
      let event = ProductEvent.bagFilled(bag: bag, volumeML: contents.volumeML, cells: contents.cells, step: step)
      return entry.corrected(.product(id, event), at: entry.happened)
    }
  }

  private func correctingYield(_ collection: CollectionNumber, _ yield: Decimal) -> [Recorded<TrialEvent>] {
    let last = lastPlace { if case .collectionEnded(collection, _, _, _) = $0.product { true } else { false } }
    return replacing(last) { entry, id in
      guard case .collectionEnded(_, _, let accepted, let step) = entry.product else { return entry }
      let event = ProductEvent.collectionEnded(collection: collection, yield: yield, accepted: accepted, step: step)
      return entry.corrected(.product(id, event), at: entry.happened)
    }
  }

  private func lastPlace(where matches: (Recorded<TrialEvent>) -> Bool) -> Int? { lastIndex(where: matches) }

  /// The entries with another in the place of one, or without it.
  private func replacing(
    _ index: Int?, _ change: (Recorded<TrialEvent>, ParticipantID) -> Recorded<TrialEvent>?
  ) -> [Recorded<TrialEvent>] {
    guard let index, let id = self[index].event.participant else { return self }
    var entries = self
    if let changed = change(self[index], id) { entries[index] = changed } else { entries.remove(at: index) }
    return entries
  }
}

extension Recorded where Event == TrialEvent {
  fileprivate func isVisit(_ entry: VisitEntry) -> Bool {
    guard case .visitRecorded(let visit) = way else { return false }
    return visit.visit == entry.visit && happened == entry.held
  }

  fileprivate func isDose(_ entry: DoseEntry) -> Bool {
    guard case .lymphodepletionGiven(let dose) = way else { return false }
    return dose.round == entry.round && dose.number == entry.number && happened == entry.given
  }

  fileprivate func isConsent(_ entry: ConsentEntry) -> Bool {
    guard case .consented(let given) = way else { return false }
    return given.version == entry.version && given.site == entry.site && happened == entry.signed
  }

  fileprivate var isWithdrawal: Bool {
    guard case .left(let departure) = way else { return false }
    return departure.withdrawal != nil
  }

  /// Whether it starts the infusion of a bag.
  func starts(_ bag: BagNumber) -> Bool {
    guard case .infusionStarted(bag, _, _) = product else { return false }
    return true
  }

  /// Whether it ends the infusion of a bag.
  func stops(_ bag: BagNumber) -> Bool {
    guard case .infusionStopped(bag, _, _, _, _) = product else { return false }
    return true
  }
}

extension LymphodepletionDose {
  /// The same, with other days on which the infusion may follow.
  fileprivate func followed(by days: ClosedRange<Int>) -> LymphodepletionDose {
    LymphodepletionDose(number: number, round: round, infusable: days, gate: gate, outsideGate: outsideGate)
  }
}

extension ProductEvent {
  /// The step of custody that it holds.
  public var custodyStep: CustodyStep? {
    switch self {
    case .custodyStepDone(let step), .collectionEnded(_, _, _, let step), .manufacturingBegun(_, _, _, let step),
      .bagFilled(_, _, _, let step), .bagThawed(_, let step, _, _, _, _):
      step
    default: nil
    }
  }

  /// The same with the step as it was, done so many milliseconds later; the clock of a thawed bag begins with it.
  fileprivate func with(_ step: CustodyStep, later: Int) -> ProductEvent {
    switch self {
    case .custodyStepDone: .custodyStepDone(step)
    case .collectionEnded(let collection, let yield, let accepted, _):
      .collectionEnded(collection: collection, yield: yield, accepted: accepted, step: step)
    case .manufacturingBegun(let lot, let from, let materialLeft, _):
      .manufacturingBegun(lot: lot, from: from, materialLeft: materialLeft, step: step)
    case .bagFilled(let bag, let volume, let cells, _):
      .bagFilled(bag: bag, volumeML: volume, cells: cells, step: step)
    case .bagThawed(let bag, _, let startBy, let endBy, let outsideGate, let lines):
      .bagThawed(
        bag: bag, step: step, startBy: Instant(milliseconds: startBy.milliseconds + later),
        endBy: Instant(milliseconds: endBy.milliseconds + later), outsideGate: outsideGate, lines: lines)
    default: self
    }
  }
}

extension TrialEvent {
  /// The participant whose way or cells it belongs to.
  fileprivate var participant: ParticipantID? {
    switch self {
    case .way(let id, _), .product(let id, _): id
    default: nil
    }
  }
}
