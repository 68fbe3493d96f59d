import ClinicalValues
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// Where a bag is too late, the page leads to another one of the order: to one that can be infused.
struct BedsideActsTests {
  /// What has become of the other bag.
  enum Fate: CaseIterable {
    case isInOrder, isNotStored, isExpired, isInQuarantine, isUnusable, isLost, isThawedTooLong
  }

  private func events(of id: ParticipantID, _ bags: [BagNumber], _ fate: Fate) throws -> [ProductEvent] {
    let collection = CollectionNumber(participant: id, collection: 1)
    let lot = LotNumber(participant: id, lot: 1)
    let lastDay = try #require(CalendarDate(fate == .isExpired ? "2026-01-04" : "2026-12-31"))
    func step(_ step: String, _ material: Material, lastDay: CalendarDate? = nil) -> CustodyStep {
      CustodyStep(step: step, material: material, place: "here", lastDay: lastDay)
    }
    var events: [ProductEvent] = [
      .labelsPrinted(material: .collection(collection), count: 3, reason: nil),
      .collectionBegun(collection: collection, outsideGate: false, lines: []),
      .collectionEnded(
        collection: collection, yield: 900, accepted: true, step: step("collected", .collection(collection))),
      .labelsPrinted(material: .lot(lot), count: 3, reason: nil),
      .manufacturingBegun(
        lot: lot, from: collection, materialLeft: false, step: step("manufacturingStarted", .lot(lot))),
    ]
    for bag in bags {
      events += [
        .labelsPrinted(material: .bag(bag), count: 3, reason: nil),
        .bagFilled(bag: bag, volumeML: 30, cells: 14_000_000, step: step("filled", .bag(bag))),
        .custodyStepDone(step("cryopreserved", .bag(bag), lastDay: lastDay)),
        .custodyStepDone(step("receivedAtSite", .bag(bag))),
      ]
      if fate != .isNotStored { events.append(.custodyStepDone(step("stored", .bag(bag)))) }
    }
    return events
  }

  private func spoil(_ bag: BagNumber, _ fate: Fate, startBy: Instant) -> [ProductEvent] {
    switch fate {
    case .isInOrder, .isNotStored, .isExpired: return []
    case .isInQuarantine: return [.quarantined(Quarantine(.identity, of: .bag(bag), step: "stored", involved: []))]
    case .isUnusable:
      return [
        .quarantined(Quarantine(.identity, of: .bag(bag), step: "stored", involved: [])),
        .quarantineResolved(quarantine: 1, disposition: .unusable, reason: "It leaks."),
      ]
    case .isLost: return [.materialLost(material: .bag(bag), reason: "It broke.")]
    case .isThawedTooLong: return [thawed(bag, startBy: startBy)]
    }
  }

  private func thawed(_ bag: BagNumber, startBy: Instant) -> ProductEvent {
    .bagThawed(
      bag: bag, step: CustodyStep(step: "thawed", material: .bag(bag), place: "here"), startBy: startBy,
      endBy: startBy.adding(minutes: 30), outsideGate: false, lines: [])
  }

  @Test(arguments: Fate.allCases) func `the other bag is one that can be infused`(fate: Fate) async throws {
    var stage = try await ParticipantStage()
    let id = stage.id
    let bags = [1, 2].map { BagNumber(lot: LotNumber(participant: id, lot: 1), bag: $0) }
    let startBy = try ParticipantStage.moment("2026-01-05T10:30").instant
    let happened =
      try events(of: id, bags, fate) + spoil(bags[1], fate, startBy: startBy) + [thawed(bags[0], startBy: startBy)]
    for event in happened { try stage.record(.product(id, event)) }
    try stage.record(.way(id, .infusionOrdered(order: InfusionOrder(bags: bags, dosePerKg: 200_000, weight: 60))))
    let acts = BedsideActs(
      participant: try stage.participant, bag: bags[0], thawing: [], infusion: [], state: stage.state,
      plan: stage.study.conduct.way, now: try ParticipantStage.moment("2026-01-05T11:00"))
    #expect(acts.isTooLate)
    #expect(acts.otherBag == (fate == .isInOrder ? bags[1] : nil))
  }
}
