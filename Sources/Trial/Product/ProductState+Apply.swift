import ClinicalValues
import Ledger

extension ProductState {
  /// The state after one more event.
  public mutating func apply(_ recorded: Recorded<ProductEvent>) {
    switch recorded.event {
    case .identityIssued(let issued): identity = issued
    case .labelsPrinted, .labelsDrawn, .labelsUsed, .labelsDestroyed, .labelsCounted: applyLabels(recorded)
    case .personChecked(let place): personChecks[place] = recorded.happened
    case .personMismatched(let place, _): personChecks[place] = nil
    case .collectionBegun, .collectionEnded: applyCollection(recorded)
    case .custodyStepDone(let step): take(step, recorded)
    // A correction is applied to the entries that the state is folded from (`ParticipantState.apply`).
    case .labelMismatched, .growthFound, .corrected: break
    case .foundElsewhere(let material, let step, _): misplace(material, at: step)
    case .quarantined(let quarantine):
      quarantineCount += 1
      quarantines[quarantineCount] = quarantine
      quarantined[quarantineCount] = recorded.happened
    case .quarantineResolved(let number, let disposition, _):
      resolve(quarantines.removeValue(forKey: number), as: disposition)
    case .materialLost(let material, _): lose(material)
    case .manufacturingBegun, .bagFilled, .sampleTaken, .sampleEnded: applyManufacturing(recorded)
    case .testEntered, .testCorrected, .lotReleased, .lotRejected, .exceptionalReleaseProposed,
      .exceptionalConsentGiven, .exceptionalReleaseSigned:
      applyRelease(recorded)
    case .bagThawed, .bedsideVerified, .bedsideMismatched, .infusionStarted, .infusionPaused, .infusionResumed,
      .infusionStopped:
      applyInfusion(recorded)
    case .outsideGateRecorded(let act, _, _):
      let recorders = Set(recorded.signatures.map(\.account.description)).union([recorded.actor.account])
      outsideGate.append(OutsideGateState(number: outsideGate.count + 1, act: act, recordedBy: recorders))
      // Also where only a correction shows it: what was begun as behind the gate was not.
      switch act {
      case .infusion, .resumption: infusion?.outsideGate = true
      case .leukapheresis, .lymphodepletionDose, .thaw: break
      }
    case .outsideGateSigned(let number):
      if outsideGate.indices.contains(number - 1) { outsideGate[number - 1].isSigned = true }
    }
  }

  /// Changes a collection, lot or bag that is there; what its kind has no change for stays as it is.
  mutating func change(
    _ material: Material, collection: (inout CollectionState) -> Void = { _ in },
    lot: (inout LotState) -> Void = { _ in }, bag: (inout BagState) -> Void = { _ in }
  ) {
    switch material {
    case .collection(let number) where self[number] != nil: collection(&collections[number.collection - 1])
    case .lot(let number) where self[number] != nil: lot(&lots[number.lot - 1])
    case .bag(let number) where self[number] != nil: bag(&lots[number.lot.lot - 1].bags[number.bag - 1])
    default: break
    }
  }

  private mutating func applyLabels(_ recorded: Recorded<ProductEvent>) {
    switch recorded.event {
    case .labelsPrinted(let material, let count, _):
      issue(material)
      self.count(material) {
        $0.printed += count
        $0.drawing = nil
      }
    case .labelsDrawn(let material):
      let drawing = LabelDrawing(by: recorded.actor.account, at: recorded.recorded)
      self.count(material) { $0.drawing = drawing }
    case .labelsUsed(let material, let count, _): self.count(material) { $0.used += count }
    case .labelsDestroyed(let material, let count, _): self.count(material) { $0.destroyed += count }
    default: break
    }
  }

  private mutating func count(_ material: Material, _ change: (inout LabelCount) -> Void) {
    self.change(
      material, collection: { change(&$0.labels) }, lot: { change(&$0.labels) }, bag: { change(&$0.labels) })
  }

  /// Issues a number, if it is the next of its kind.
  private mutating func issue(_ material: Material) {
    switch material {
    case .collection(let number) where number.collection == collections.count + 1:
      collections.append(CollectionState(number))
    case .lot(let number) where number.lot == lots.count + 1: lots.append(LotState(number))
    case .bag(let number):
      change(.lot(number.lot), lot: { if number.bag == $0.bags.count + 1 { $0.bags.append(BagState(number)) } })
    default: break
    }
  }

  private mutating func applyCollection(_ recorded: Recorded<ProductEvent>) {
    switch recorded.event {
    case .collectionBegun(let number, _, _):
      issue(.collection(number))
      change(
        .collection(number),
        collection: {
          $0.begun = recorded.happened
          $0.firstDay = $0.firstDay ?? recorded.happened.day
          $0.step = nil
        })
    case .collectionEnded(let number, let yield, let accepted, let step):
      change(
        .collection(number),
        collection: {
          $0.begun = nil
          $0.ended = recorded.happened
          $0.yield = $0.yield + yield ?? $0.yield
          $0.isAccepted = accepted
          $0.hasMaterial = accepted
          // What was collected first spoils first: a further day does not set the clock back.
          $0.keepsUntil = $0.keepsUntil ?? step.keepsUntil
        })
      take(step, recorded)
    default: break
    }
  }

  /// What a step of custody leaves behind, whichever it is.
  mutating func take(_ step: CustodyStep, _ recorded: Recorded<ProductEvent>) {
    let site = recorded.actor.site.flatMap { try? SiteID($0) }
    change(
      step.material, collection: { $0.take(step) },
      lot: {
        $0.step = step.step
        if step.step == StepID.harvested { $0.harvested = recorded.happened.instant }
        if step.step == StepID.manufacturingStarted { $0.labels.used += 1 }
      },
      bag: { $0.take(step, at: site) })
  }

  private mutating func lose(_ material: Material) { discard(material, as: .lost) }

  /// Starting material that quality assurance finds fit in spite of its age has no clock any more; a product's last day
  /// and the clock after thaw stay.
  private mutating func resolve(_ quarantine: Quarantine?, as disposition: Disposition) {
    guard let quarantine else { return }
    if disposition == .unusable {
      discard(quarantine.material, as: .rejected)
    } else if quarantine.cause == .expiry, let material = quarantine.material {
      change(material, collection: { $0.keepsUntil = nil })
    }
  }

  /// What ran into somebody else is gone; what only turned up there is not where its record says.
  private mutating func misplace(_ material: Material, at step: String) {
    let infused = step == StepID.infusionStarted
    change(
      material, collection: { $0.hasGap = true },
      bag: {
        $0.hasGap = true
        if infused { $0.isUnusable = true }
      })
  }

  /// Makes material unusable: everything, or one collection, lot or bag.
  private mutating func discard(_ material: Material?, as outcome: LotOutcome) {
    guard let material else {
      for index in collections.indices { collections[index].isUnusable = true }
      for index in lots.indices where lots[index].outcome == nil { lots[index].outcome = outcome }
      return
    }
    change(
      material, collection: { $0.isUnusable = true },
      lot: { if $0.outcome == nil { $0.outcome = outcome } },
      bag: {
        $0.isUnusable = true
        if outcome == .lost, $0.end == nil { $0.end = .lost }
      })
    guard case .collection(let number) = material else { return }
    for index in lots.indices where lots[index].from == number.collection && lots[index].outcome == nil {
      if outcome == .rejected { lots[index].outcome = outcome }
    }
  }

  private mutating func applyManufacturing(_ recorded: Recorded<ProductEvent>) {
    switch recorded.event {
    case .manufacturingBegun(let number, let from, let materialLeft, let step):
      change(.collection(from), collection: { $0.leave(materialLeft) })
      change(.lot(number), lot: { $0.from = from.collection })
      take(step, recorded)
    case .bagFilled(let bag, let volume, let cells, let step):
      change(
        .bag(bag),
        bag: {
          $0.volumeML = volume
          $0.cells = cells
          $0.labels.used += 1
        })
      take(step, recorded)
    case .sampleTaken(let sample, let material, _):
      if sample.sample == samples.count + 1 { samples.append(SampleState(number: sample, material: material)) }
    case .sampleEnded(let sample, let end):
      if samples.indices.contains(sample.sample - 1) { samples[sample.sample - 1].end = end }
    default: break
    }
  }

  private mutating func applyRelease(_ recorded: Recorded<ProductEvent>) {
    switch recorded.event {
    case .testEntered(let lot, let test, let entry), .testCorrected(let lot, let test, let entry, _):
      let tester = try? AccountID(recorded.actor.account)
      change(
        .lot(lot),
        lot: {
          $0.tests[test] = entry
          if let tester { $0.testers.insert(tester) }
          $0.exceptional = nil
        })
    case .lotReleased(let lot, let release, let results):
      change(
        .lot(lot),
        lot: {
          $0.release = release
          $0.released = recorded.happened
          $0.passedOver = release == .exceptional ? Set(results.filter { $0.withinLimits == false }.map(\.test)) : []
          $0.exceptional = nil
          $0.step = StepID.released
        })
    case .lotRejected(let lot, _): discard(.lot(lot), as: .rejected)
    case .exceptionalReleaseProposed(let lot, let tests, _, _, _, _):
      let account = try? AccountID(recorded.actor.account)
      let signed = account.map { [Role.qualityAssurance: $0] } ?? [:]
      change(.lot(lot), lot: { $0.exceptional = ExceptionalRelease(tests: tests, signed: signed) })
    case .exceptionalConsentGiven(let lot, _): change(.lot(lot), lot: { $0.exceptional?.consented = true })
    case .exceptionalReleaseSigned(let lot, let role):
      if let account = try? AccountID(recorded.actor.account) {
        change(.lot(lot), lot: { $0.exceptional?.signed[role] = account })
      }
    default: break
    }
  }
}
