import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

extension Director {
  /// What is done with a participant's cells.
  mutating func performOnProduct(_ deed: Deed, of key: String) async throws {
    switch deed {
    case .collect(let number): try await collect(number, key)
    case .receiveCells(let number): try await receiveCells(number, key)
    case .fill(let lot): try await fill(lot, key)
    case .test(let lot): try await test(lot, key)
    case .decideLot(let lot): try await decideLot(lot, key)
    case .finalSterility(let lot):
      try await act(
        EnterTest(participant: try id(key), lot: try self.lot(lot, key), test: "sterility", result: "negative"),
        by: try cast.acting(.cellLaboratory))
    case .ship(let lot): try await ship(lot, key)
    case .store(let lot): try await store(lot, key)
    case .resolveQuarantine: try await resolveQuarantine(key)
    case .admit: try await checkPerson(.admission, key)
    case .infuse: try await infuse(key)
    default: return
    }
  }

  func lot(_ number: Int, _ key: String) throws -> LotNumber { LotNumber(participant: try id(key), lot: number) }

  /// What a scanner reads from a label: whose cells, the participant and the number.
  func label(_ material: Material, _ key: String) async throws -> String {
    let id = try id(key)
    let identity = try await live.state().participants[id]?.product.identity
    return LabelReading(material: material, identity: identity, participant: id).text
  }

  private mutating func checkPerson(_ place: PersonCheckPlace, _ key: String) async throws {
    let patient = try patient(key)
    let id = try id(key)
    let name = try await vault.matches(name: patient.person.name, participant: id) == true
    let born = try await vault.matches(birthDate: patient.person.birthDate, participant: id) == true
    try await act(
      CheckPerson(
        participant: id, at: place, wristband: id.printed, documentName: name, documentBirthDate: born,
        wristbandName: name, wristbandBirthDate: born),
      by: try nurse(key), with: [try of(.coordinator, key)])
  }

  /// The nurse, or another one, who has duty for a participant today.
  func nurse(_ key: String, other: Bool = false) throws -> Acting {
    let first = rhythm.duty(key, try here(key).day, of: 2)
    return try of(.nurse, key, other ? 1 - first : first)
  }

  /// Who of the laboratory looks after a participant's cells, or the colleague.
  func laboratory(_ key: String, other: Bool = false) throws -> Acting {
    let first = rhythm.duty(key, 1, of: 2)
    return try cast.acting(.cellLaboratory, nil, other ? 1 - first : first)
  }

  /// The courier's driver.
  func courier(_ key: String) throws -> String { rhythm.courier(key, site: try story(key).site) }

  /// A whole number of degrees Celsius as a logger shows it.
  mutating func celsius(_ low: Int, _ high: Int) -> String { String(Int.random(in: low...high, using: &numbers)) }

  /// A number between two, both given in tenths.
  mutating func tenths(_ low: Int, _ high: Int) -> String {
    Series.printed(Int.random(in: low...high, using: &numbers) * 100, places: 1)
  }

  /// A step of custody with its label, temperatures in degrees Celsius.
  mutating func step(
    _ step: String, _ material: Material, _ key: String, by actor: Acting, with together: [Acting] = [],
    at place: String,
    from least: String? = nil, to largest: String? = nil, otherParty: String? = nil
  ) async throws {
    try await act(
      RecordStep(
        participant: try id(key), step: step, material: material, label: try await label(material, key), place: place,
        least: least.flatMap { Decimal($0) }, largest: largest.flatMap { Decimal($0) }, otherParty: otherParty),
      by: actor, with: together)
  }

  private mutating func collect(_ number: Int, _ key: String) async throws {
    let id = try id(key)
    let collection = CollectionNumber(participant: id, collection: number)
    let material = Material.collection(collection)
    let nurse = try nurse(key)
    let bed = "Apheresis unit, bed \(rhythm.duty(key, number, of: 4) + 1)"
    let coordinator = try of(.coordinator, key)
    try await act(PrintLabels(participant: id, material: material, count: 4), by: coordinator)
    try await checkPerson(.collection, key)
    let begun = try here(key)
    try await act(BeginCollection(participant: id), by: nurse)
    clock.advance(minutes: Int.random(in: 176...258, using: &numbers))
    try await step("labelled", material, key, by: nurse, with: [try self.nurse(key, other: true)], at: bed)
    try await act(
      EndCollection(
        participant: id, yield: Decimal(Int.random(in: 110...520, using: &numbers) * 10),
        label: try await label(material, key), place: bed),
      by: nurse)
    try await fillCollection(number, begun: begun, key)
    try await act(DestroyLabels(participant: id, material: material, count: 1, reason: "Left over."), by: coordinator)
    try await act(CountLabels(participant: id, material: material, atHand: 2), by: coordinator)
    clock.advance(minutes: Int.random(in: 12...34, using: &numbers))
    try await step(
      "packed", material, key, by: coordinator, at: "Apheresis unit", from: tenths(26, 36), to: tenths(44, 59))
    clock.advance(minutes: Int.random(in: 25...80, using: &numbers))
    try await step(
      "pickedUp", material, key, by: coordinator, at: "Hospital gate 3", otherParty: try courier(key))
  }

  private mutating func receiveCells(_ number: Int, _ key: String) async throws {
    let id = try id(key)
    let collection = CollectionNumber(participant: id, collection: number)
    let material = Material.collection(collection)
    let laboratory = try laboratory(key)
    try await step(
      "receivedAtManufacturing", material, key, by: laboratory, at: "Goods-in, room 1.04", from: tenths(24, 34),
      to: tenths(52, 71), otherParty: try courier(key))
    try await step("accepted", material, key, by: laboratory, at: "Goods-in, room 1.04")
    let lot = try self.lot(number, key)
    try await act(PrintLabels(participant: id, material: .lot(lot), count: 3), by: laboratory)
    clock.advance(minutes: Int.random(in: 30...75, using: &numbers))
    try await act(
      BeginManufacturing(
        participant: id, collection: collection, lot: lot, lotLabel: try await label(.lot(lot), key),
        materialLeft: false, label: try await label(material, key), place: "Clean room B"),
      by: laboratory)
  }

  private mutating func fill(_ number: Int, _ key: String) async throws {
    let id = try id(key)
    let lot = try self.lot(number, key)
    let bag = BagNumber(lot: lot, bag: 1)
    let laboratory = try laboratory(key)
    let second = try self.laboratory(key, other: true)
    try await step("harvested", .lot(lot), key, by: laboratory, at: "Clean room B")
    try await act(
      TakeSample(
        participant: id, material: .lot(lot), label: try await label(.lot(lot), key), purpose: "release tests"),
      by: laboratory)
    try await act(PrintLabels(participant: id, material: .bag(bag), count: 2), by: laboratory)
    let perKg = try story(key).product == .exceptional ? 84_000 : Int.random(in: 160_000...240_000, using: &numbers)
    // As counted: to three figures.
    let cells = (try patient(key).weight * perKg / 1000 + 50_000) / 100_000 * 100_000
    try await act(
      FillBag(
        participant: id, bag: bag, volumeML: Decimal(Int.random(in: 36...44, using: &numbers)), cells: Decimal(cells),
        label: try await label(.bag(bag), key),
        place: "Clean room B"),
      by: laboratory, with: [second])
    clock.advance(minutes: Int.random(in: 72...110, using: &numbers))
    try await step(
      "cryopreserved", .bag(bag), key, by: second, at: "Freezer F2", from: celsius(-158, -151),
      to: celsius(-149, -143))
  }

  private mutating func test(_ number: Int, _ key: String) async throws {
    let id = try id(key)
    let lot = try self.lot(number, key)
    let product = try story(key).product
    var failed = false
    if case .failedLot = product { failed = number == 1 }
    let perKg = try await perKilogram(lot, key)
    let results = [
      ("dose", String(perKg)), ("viability", tenths(790, 940)), ("identity", tenths(941, 992)),
      ("transduction", tenths(218, 437)), ("vectorCopyNumber", tenths(12, 36)),
      ("gramStain", "negative"),
      ("sterility", failed ? "positive" : "negative"), ("mycoplasma", "negative"), ("endotoxin", tenths(1, 4)),
      ("replicationCompetentVector", "negative"), ("appearance", "conforms"),
    ]
    for (test, result) in results {
      let interim = product == .early && test == "sterility" ? true : nil
      try await act(
        EnterTest(participant: id, lot: lot, test: test, result: result, interim: interim),
        by: try laboratory(key, other: true))
    }
    let sample = try await live.state().participants[id]?.product.samples.last?.number
    guard let sample else { throw NotThere(what: "a sample of \(lot)") }
    try await act(EndSample(participant: id, sample: sample, end: .tested), by: try laboratory(key))
  }

  private func perKilogram(_ lot: LotNumber, _ key: String) async throws -> Int {
    let cells = try await live.state().participants[try id(key)]?.product[BagNumber(lot: lot, bag: 1)]?.cells
    guard let cells, let exact = Int64(exactly: cells) else { throw NotThere(what: "the cells of \(lot)") }
    let grams = try patient(key).weight
    return (Int(exact) * 1000 / grams + 500) / 1000 * 1000
  }

  private mutating func decideLot(_ number: Int, _ key: String) async throws {
    let id = try id(key)
    let lot = try self.lot(number, key)
    let quality = try cast.acting(.qualityAssurance, nil, rhythm.duty(key, 2, of: 2))
    switch try story(key).product {
    case .failedLot where number == 1:
      try await act(
        RejectLot(participant: id, lot: lot, reason: "Growth in the sterility test (Cutibacterium acnes)."), by: quality
      )
      try await step(
        "retained", .bag(BagNumber(lot: lot, bag: 1)), key, by: try laboratory(key),
        at: "Freezer F9, rejected material")
    case .exceptional: try await releaseExceptionally(lot, key)
    case .early:
      try await act(ReleaseLot(participant: id, lot: lot, beforeFinalResult: true), by: quality)
    default: try await act(ReleaseLot(participant: id, lot: lot), by: quality)
    }
  }

  private mutating func releaseExceptionally(_ lot: LotNumber, _ key: String) async throws {
    let id = try id(key)
    let told = try here(key).date.adding(-1, .day) ?? (try here(key).date)
    try await act(
      ProposeExceptionalRelease(
        participant: id, lot: lot, committeeTold: told,
        reason: "Few cells grew after long glucocorticoid treatment; no other treatment is left."),
      by: try cast.acting(.qualityAssurance))
    try await act(ConsentToException(participant: id, lot: lot), by: try of(.subInvestigator, key))
    try await act(SignExceptionAsInvestigator(participant: id, lot: lot), by: try of(.principalInvestigator, key))
    try await act(SignExceptionAsSafetyOfficer(participant: id, lot: lot), by: try cast.acting(.safetyOfficer))
  }

  private mutating func ship(_ number: Int, _ key: String) async throws {
    let bag = Material.bag(BagNumber(lot: try lot(number, key), bag: 1))
    try await step(
      "shipped", bag, key, by: try laboratory(key), at: "Goods-out", from: celsius(-193, -189),
      to: celsius(-181, -174), otherParty: try courier(key))
  }

  private mutating func store(_ number: Int, _ key: String) async throws {
    let bag = Material.bag(BagNumber(lot: try lot(number, key), bag: 1))
    let warm = try story(key).product == .tooWarm
    try await step(
      "receivedAtSite", bag, key, by: try of(.coordinator, key), at: "Cell storage", from: celsius(-192, -187),
      to: warm ? "-108" : celsius(-178, -169), otherParty: try courier(key))
    try await step(
      "stored", bag, key, by: try nurse(key), at: "Cell storage, tank 1", from: celsius(-192, -188),
      to: celsius(-186, -181))
  }

  private mutating func resolveQuarantine(_ key: String) async throws {
    let id = try id(key)
    guard let number = try await live.state().participants[id]?.product.quarantines.keys.min() else {
      throw NotThere(what: "a quarantine")
    }
    try await act(
      ResolveQuarantine(
        participant: id, quarantine: number, disposition: .fitForUse,
        reason: "Four minutes above -120 °C while the lid was open; stability data cover 30 minutes at -100 °C."),
      by: try cast.acting(.qualityAssurance, nil, 1))
  }
}
