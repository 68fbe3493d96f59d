import ClinicalValues
import Testing

@testable import Trial

struct ProductCodingTests {
  @Test func `every event of the cells' way is stored under its name and read back the same`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    try trial.perform(
      StopInfusion(participant: .first, bag: .first, volumeML: 30, reason: "urticaria"), by: .nurse)
    try trial.perform(
      RecordOutsideGate(participant: .first, act: .thaw, bag: ParticipantID.first.b2, circumstances: "by mistake"),
      by: .nurse, together: [.otherNurse])
    try trial.perform(OpenDeviation(kind: .other, what: "The freezer's alarm was off."), by: .qualityAssurance)
    var types: Set<String> = []
    for recorded in trial.ledger {
      let (type, fact) = try recorded.event.named()
      types.insert(type)
      #expect(try TrialEvent(type: type, fact: fact, stream: recorded.event.stream) == recorded.event)
    }
    #expect(types.isSuperset(of: ["product.bagThawed", "product.lotReleased", "record.deviationOpened"]))
  }

  @Test func `commands have names of their own, help for every member, and stand in the list`() throws {
    let names = Commands.product.map { $0.name }
    #expect(Set(names).count == names.count)
    for command in Commands.product {
      #expect(!command.abstract.isEmpty)
      #expect(Set(command.fields.map(\.key)).count == command.fields.count, "\(command.name)")
    }
  }
}
