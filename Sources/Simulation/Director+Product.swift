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
      by: try of(.nurse, key), with: [try of(.coordinator, key)])
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
    let nurse = try of(.nurse, key)
    let coordinator = try of(.coordinator, key)
    try await act(PrintLabels(participant: id, material: material, count: 4), by: coordinator)
    try await checkPerson(.collection, key)
    try await act(BeginCollection(participant: id), by: nurse)
    clock.advance(minutes: 210)
    try await step("labelled", material, key, by: nurse, with: [try of(.nurse, key, 1)], at: "Apheresis unit, bed 2")
    try await act(
      EndCollection(
        participant: id, yield: Decimal(2_000 + Int(numbers.next() % 4_000)), label: try await label(material, key),
        place: "Apheresis unit, bed 2"),
      by: nurse)
    try await act(DestroyLabels(participant: id, material: material, count: 1, reason: "Left over."), by: coordinator)
    try await act(CountLabels(participant: id, material: material, atHand: 2), by: coordinator)
    clock.advance(minutes: 20)
    try await step("packed", material, key, by: coordinator, at: "Apheresis unit", from: "3.1", to: "5.4")
    clock.advance(minutes: 45)
    try await step(
      "pickedUp", material, key, by: coordinator, at: "Hospital gate 3", otherParty: "J. Fenn, Coldway Couriers")
  }

  private mutating func receiveCells(_ number: Int, _ key: String) async throws {
    let id = try id(key)
    let collection = CollectionNumber(participant: id, collection: number)
    let material = Material.collection(collection)
    let laboratory = try cast.acting(.cellLaboratory)
    try await step(
      "receivedAtManufacturing", material, key, by: laboratory, at: "Goods-in, room 1.04", from: "2.9", to: "6.1",
      otherParty: "J. Fenn, Coldway Couriers")
    try await step("accepted", material, key, by: laboratory, at: "Goods-in, room 1.04")
    let lot = try self.lot(number, key)
    try await act(PrintLabels(participant: id, material: .lot(lot), count: 3), by: laboratory)
    clock.advance(minutes: 40)
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
    let laboratory = try cast.acting(.cellLaboratory)
    let second = try cast.acting(.cellLaboratory, nil, 1)
    try await step("harvested", .lot(lot), key, by: laboratory, at: "Clean room B")
    try await act(
      TakeSample(
        participant: id, material: .lot(lot), label: try await label(.lot(lot), key), purpose: "release tests"),
      by: laboratory)
    try await act(PrintLabels(participant: id, material: .bag(bag), count: 2), by: laboratory)
    let perKg = try story(key).product == .exceptional ? 84_000 : Int.random(in: 160_000...240_000, using: &numbers)
    let cells = try patient(key).weight / 1000 * perKg
    try await act(
      FillBag(
        participant: id, bag: bag, volumeML: 40, cells: Decimal(cells), label: try await label(.bag(bag), key),
        place: "Clean room B"),
      by: laboratory, with: [second])
    clock.advance(minutes: 90)
    try await step("cryopreserved", .bag(bag), key, by: second, at: "Freezer F2", from: "-152", to: "-148")
  }

  private mutating func test(_ number: Int, _ key: String) async throws {
    let id = try id(key)
    let lot = try self.lot(number, key)
    let product = try story(key).product
    var failed = false
    if case .failedLot = product { failed = number == 1 }
    let perKg = try await perKilogram(lot, key)
    let results = [
      ("dose", String(perKg)), ("viability", String(Int.random(in: 81...92, using: &numbers))), ("identity", "97"),
      ("transduction", String(Int.random(in: 24...43, using: &numbers))), ("vectorCopyNumber", "2.1"),
      ("gramStain", "negative"),
      ("sterility", failed ? "positive" : "negative"), ("mycoplasma", "negative"), ("endotoxin", "0.3"),
      ("replicationCompetentVector", "negative"), ("appearance", "conforms"),
    ]
    for (test, result) in results {
      let interim = product == .early && test == "sterility" ? true : nil
      try await act(
        EnterTest(participant: id, lot: lot, test: test, result: result, interim: interim),
        by: try cast.acting(.cellLaboratory, nil, 1))
    }
    let sample = try await live.state().participants[id]?.product.samples.last?.number
    guard let sample else { return }
    try await act(EndSample(participant: id, sample: sample, end: .tested), by: try cast.acting(.cellLaboratory))
  }

  private func perKilogram(_ lot: LotNumber, _ key: String) async throws -> Int {
    let cells = try await live.state().participants[try id(key)]?.product[BagNumber(lot: lot, bag: 1)]?.cells
    guard let cells, let exact = Int64(exactly: cells) else { return 0 }
    return Int(exact) / (try patient(key).weight / 1000)
  }

  private mutating func decideLot(_ number: Int, _ key: String) async throws {
    let id = try id(key)
    let lot = try self.lot(number, key)
    let quality = try cast.acting(.qualityAssurance)
    switch try story(key).product {
    case .failedLot where number == 1:
      try await act(
        RejectLot(participant: id, lot: lot, reason: "Growth in the sterility test (Cutibacterium acnes)."), by: quality
      )
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
      "shipped", bag, key, by: try cast.acting(.cellLaboratory), at: "Goods-out", from: "-191", to: "-178",
      otherParty: "J. Fenn, Coldway Couriers")
  }

  private mutating func store(_ number: Int, _ key: String) async throws {
    let bag = Material.bag(BagNumber(lot: try lot(number, key), bag: 1))
    let warm = try story(key).product == .tooWarm
    try await step(
      "receivedAtSite", bag, key, by: try of(.coordinator, key), at: "Cell storage", from: "-189",
      to: warm ? "-108" : "-171", otherParty: "J. Fenn, Coldway Couriers")
    try await step("stored", bag, key, by: try of(.nurse, key), at: "Cell storage, tank 1", from: "-190", to: "-186")
  }

  private mutating func resolveQuarantine(_ key: String) async throws {
    let id = try id(key)
    guard let number = try await live.state().participants[id]?.product.quarantines.keys.min() else { return }
    try await act(
      ResolveQuarantine(
        participant: id, quarantine: number, disposition: .fitForUse,
        reason: "Four minutes above -120 Cel while the lid was open; stability data cover 30 minutes at -100 Cel."),
      by: try cast.acting(.qualityAssurance, nil, 1))
  }
}
