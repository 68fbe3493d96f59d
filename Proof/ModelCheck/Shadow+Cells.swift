import ClinicalValues
import Ledger
import StudyDesign
import Trial

extension Person {
  /// Takes note of what happened to this participant's cells, or at this participant's bedside.
  mutating func see(_ event: ProductEvent, _ sight: Sight) {
    switch event {
    case .identityIssued(let issued): identity = issued
    case .labelsPrinted(.collection, let count, _): labels += count
    case .labelsUsed(.collection, let count, _), .labelsDestroyed(.collection, let count, _): labels -= count
    case .custodyStepDone(let step): see(step, at: sight.actor.site)
    case .collectionBegun(_, false, _): collected.append(sight.minute)
    case .collectionEnded(_, _, let accepted, _):
      guard accepted else { return }
      hasCells = true
      labels = 0
    case .quarantined(let quarantine):
      quarantinesSeen += 1
      quarantines[quarantinesSeen] = SeenQuarantine(
        material: quarantine.material, involved: Set(quarantine.involved), cause: quarantine.cause)
    case .quarantineResolved(let number, .unusable, _):
      if let gone = quarantines.removeValue(forKey: number) { lose(gone.material, withLots: true) }
    case .quarantineResolved(let number, .fitForUse, _): quarantines[number] = nil
    case .materialLost(let material, _): lose(material)
    case .foundElsewhere(.bag(let bag), _, _): bags[bag]?.isGone = true
    case .manufacturingBegun(let lot, let from, _, _): lots[lot] = SeenLot(from: from)
    case .bagFilled(let bag, _, let cells, _): bags[bag] = SeenBag(cells: cells)
    case .lotReleased(let lot, _, _): lots[lot]?.isReleased = true
    case .lotRejected(let lot, _): lose(.lot(lot))
    case .bagThawed(let bag, _, _, _, _, _): bags[bag]?.thawed = sight.minute
    case .bedsideVerified(let bag, _): bags[bag]?.checks[sight.actor.account] = sight.minute
    case .bedsideMismatched(let bag, _): bags[bag]?.checks = [:]
    case .infusionStarted(let bag, let outside, _):
      infused.append(Infused(bag: bag, day: sight.day, minute: sight.minute, outside: outside))
      running = bag
    case .infusionStopped: running = nil
    case .outsideGateRecorded(let act, _, _):
      outside += 1
      if case .resumption = act { hasResumedOutside = true }
      // Also where only a correction shows it.
      if case .infusion = act { for index in infused.indices { infused[index].outside = true } }
    case .corrected(let correction, _): see(correction)
    default: break
    }
  }

  private mutating func see(_ correction: ProductCorrection) {
    switch correction {
    case .infusion(let bag, _, let corrected):
      guard let index = infused.lastIndex(where: { $0.bag == bag }) else { return }
      infused[index].day = corrected.started.day
      infused[index].minute = corrected.started.minute
      // What was found to be outside the gate stays so.
      infused[index].outside = infused[index].outside || corrected.outsideGate
    case .fill(let bag, _, let corrected): bags[bag]?.cells = corrected.cells
    case .yield: break
    case .step(_, let corrected):
      guard case .bag(let bag) = corrected.step.material else { return }
      if let day = corrected.step.lastDay { bags[bag]?.lastDay = day.daysSinceEpoch }
      if corrected.step.step == "thawed" { bags[bag]?.thawed = corrected.done.minute }
    }
  }

  private mutating func see(_ step: CustodyStep, at site: SiteID?) {
    switch step.material {
    case .collection:
      if step.step == "labelled" { labels -= 1 }
      if step.step == "destroyed" { hasCells = false }
    case .lot: break
    case .bag(let bag):
      if let day = step.lastDay { bags[bag]?.lastDay = day.daysSinceEpoch }
      if step.step == "receivedAtSite" {
        bags[bag]?.isReceived = true
        bags[bag]?.isStored = false
        bags[bag]?.site = site
      }
      if step.step == "stored" { bags[bag]?.isStored = true }
      if step.step == "destroyed" { bags[bag]?.isGone = true }
    }
  }

  /// What is lost, or found not to be used, is never used again: with a lot go its bags; with a collection that was
  /// found not to be used, and was not only lost, its lots.
  private mutating func lose(_ material: Material?, withLots: Bool = false) {
    switch material {
    case .bag(let bag): bags[bag]?.isGone = true
    case .lot(let lot): lots[lot]?.isDead = true
    case .collection(let number):
      hasCells = false
      guard withLots else { return }
      for lot in lots.keys where lots[lot]?.from == number { lots[lot]?.isDead = true }
    case nil:
      hasCells = false
      for lot in lots.keys { lots[lot]?.isDead = true }
    }
  }
}
