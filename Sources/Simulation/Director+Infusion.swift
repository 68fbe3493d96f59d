import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

extension Director {
  /// Day 0: readiness, order, thawing, bedside and infusion.
  mutating func infuse(_ key: String) async throws {
    let id = try id(key)
    let nurse = try nurse(key)
    let investigator = try of(.subInvestigator, key)
    guard let lot = try await live.state().participants[id]?.product.releasedLot else {
      throw NotThere(what: "a released lot")
    }
    let bag = BagNumber(lot: lot, bag: 1)
    for item in Readiness.allCases where !item.isEarlier {
      try await act(
        ConfirmReadiness(participant: id, item: item, doses: item == .tocilizumabKept ? 4 : nil), by: nurse)
    }
    guard let weight = try await live.picture(of: id, at: try here(key)).findings["weightSinceFirstDose"]?.number
    else { throw MissingFindings(findings: ["weightSinceFirstDose"]) }
    try await act(OrderInfusion(participant: id, bags: [bag], weight: weight), by: investigator)
    let material = Material.bag(bag)
    try await step(
      "takenOut", material, key, by: nurse, at: "Cell storage, tank 1", from: celsius(-190, -187),
      to: celsius(-184, -178))
    try await act(
      ThawBag(
        participant: id, bag: bag, label: try await label(material, key), place: "Ward 7, thawing bench",
        least: Decimal(tenths(365, 369)), largest: Decimal(tenths(370, 375))),
      by: nurse)
    for person in [nurse, investigator] { try await verify(bag, key, by: person) }
    try await act(
      StartInfusion(participant: id, bag: bag, label: try await label(material, key)), by: investigator)
    if try story(key).isPaused { try await pause(bag, key) }
    clock.advance(minutes: Int.random(in: 8...13, using: &numbers))
    let filled = try await live.state().participants[id]?.product[bag]?.volumeML
    try await act(StopInfusion(participant: id, bag: bag, volumeML: filled ?? 40), by: nurse)
    try await fillInfusion(key)
  }

  /// One person reads label and wristband and asks the participant.
  private mutating func verify(_ bag: BagNumber, _ key: String, by person: Acting) async throws {
    let id = try id(key)
    let identity = try await live.state().participants[id]?.product.identity
    let born = try await vault.matches(birthDate: try patient(key).person.birthDate, participant: id)
    try await act(
      VerifyBedside(
        participant: id, bag: bag, labelIdentity: identity?.description ?? "", labelParticipant: id.printed,
        labelBag: bag.description, wristband: id.printed, birthDateMatches: born == true, said: .agrees),
      by: person)
  }

  private mutating func pause(_ bag: BagNumber, _ key: String) async throws {
    let id = try id(key)
    let nurse = try nurse(key)
    clock.advance(minutes: 5)
    try await act(
      PauseInfusion(
        participant: id, bag: bag, volumeML: 18,
        reason: "Chills; 37.9 °C, pulse 104/min, blood pressure 118/70 mmHg, oxygen saturation 97 %. Paracetamol given."
      ),
      by: nurse)
    clock.advance(minutes: 8)
    try await act(ResumeInfusion(participant: id, bag: bag), by: nurse)
  }
}

extension Readiness {
  /// Whether it was confirmed before lymphodepletion.
  fileprivate var isEarlier: Bool {
    switch self {
    case .tocilizumabBooked, .intensiveCareBooked, .infectionProphylaxis, .antiviralProphylaxis: true
    case .tocilizumabKept, .resuscitationReady, .intensiveCareReady, .neurologistReachable, .premedicationGiven: false
    }
  }
}
