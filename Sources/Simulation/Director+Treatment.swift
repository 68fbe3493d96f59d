import ClinicalValues
import Conduct
import StudyDesign
import Trial

extension Director {
  /// The form of a collection as it went. Of one that has ended the state does not say when it was begun.
  mutating func fillCollection(_ number: Int, begun: Moment, _ key: String) async throws {
    let id = try id(key)
    guard
      let done = try await live.state().participants[id]?.product.collections.last(where: {
        $0.number.collection == number
      }), let ended = done.ended
    else { throw NotThere(what: "collection \(number), ended") }
    let given = [
      Entry("PRSTDTC", .value(begun.dateTime.description)), Entry("PRENDTC", .value(ended.dateTime.description)),
      Entry("PRATTEMPT", .value("\(done.number.collection)")), Entry("PRCD3", .value("\(done.yield)", unit: "10*6")),
      Entry("PRCOLLNO", .value(done.number.description)),
    ]
    try await fill("leukapheresis", on: try occasion("LEU", key), given: given, key, by: try nurse(key))
  }

  /// The form of a day of lymphodepletion, with the doses of the order.
  mutating func fillLymphodepletion(_ dose: Int, _ key: String) async throws {
    let way = try await live.state().participants[try id(key)]?.way
    guard let order = way?.lymphodepletionOrder, let begun = way?.lymphodepletionDoses.last else {
      throw NotThere(what: "the order and dose \(dose) of lymphodepletion")
    }
    var given = [
      Entry("EXSTDTC", .value(begun.dateTime.description)),
      Entry("EXENDTC", .value(begun.adding(minutes: 150).dateTime.description)),
      Entry("EXBSA", .value("\(order.bodySurface)", unit: "m2")),
    ]
    for agent in order.agents {
      let name = agent.concept == "fludarabine" ? "FLU" : "CYC"
      given += [
        Entry("EXDOSM2_\(name)", .value("\(agent.perSquareMeter)", unit: "mg/m2")),
        Entry("EXDOSE_\(name)", .value("\(agent.daily)", unit: "mg")),
        Entry("EXLOT_\(name)", .value("\(name)-\(drawnLot(key))")),
      ]
      if name == "FLU" { given.append(Entry("EXRENAL", .value("\(agent.percent)"))) }
    }
    try await fill("lymphodepletion", on: try occasion("LD\(dose)", key), given: given, key, by: try nurse(key))
  }

  private func drawnLot(_ key: String) -> Int { 4_100 + rhythm.duty(key, 7, of: 800) }

  /// The forms of the infusion as it went.
  mutating func fillInfusion(_ key: String) async throws {
    let state = try await live.state().participants[try id(key)]
    guard let infusion = state?.product.infusion, let ended = infusion.ended, let order = state?.way.infusionOrder,
      let bag = order.bags.first.flatMap({ state?.product[$0] }), let dose = infusion.dosePerKg
    else { throw NotThere(what: "the infusion, ended, with its order and dose") }
    let isPaused = try story(key).isPaused
    let nurse = try nurse(key)
    guard let perKg = Self.millions(dose, places: 3), let planned = Self.millions(order.dosePerKg, places: 3),
      let total = (perKg * order.weight)?.rounded(to: 2)
    else { throw NotThere(what: "a dose that can be counted in millions") }
    var given = [
      Entry("EXSTDTC", .value(infusion.begun.dateTime.description)),
      Entry("EXENDTC", .value(ended.dateTime.description)), Entry("EXVOL", .value("\(bag.volumeML ?? 40)", unit: "mL")),
    ]
    if isPaused {
      given += [
        Entry("EXINTRP", .value("true")),
        Entry("EXINTRPREAS", .value("Chills at 18 mL; paracetamol, resumed after eight minutes.")),
      ]
    }
    try await fill("infusion", on: try occasion("D0", key), given: given, key, by: nurse)
    var doses = [
      Entry("EXWEIGHT", .value("\(order.weight)", unit: "kg")),
      Entry("EXDOSE_PLAN", .value("\(planned)", unit: "10*6/kg")),
      Entry("EXDOSE", .value("\(perKg)", unit: "10*6/kg")),
      Entry("EXDOSTOT", .value("\(total)", unit: "10*6")),
    ]
    if isPaused {
      let row = try await row("adverseEvent", "infusionReaction", key)
      doses += [Entry("EXREACT", .value("true")), Entry("EXAENO", .value("\(row)"))]
    }
    try await fill("infusionDose", on: try occasion("D0", key), given: doses, key, by: nurse)
  }

  /// A number of cells in millions.
  private static func millions(_ cells: Decimal, places: Int) -> Decimal? {
    (cells / Decimal(1_000_000))?.rounded(to: places)
  }
}
