import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `A status follows from what was recorded` {
  @Test func `from candidate to infused, each by its command`() throws {
    #expect(TrialScenario.candidate().status() == .candidate)
    #expect(try TrialScenario.consented().status() == .consented)
    #expect(try TrialScenario.eligible().status() == .eligible)
    #expect(try TrialScenario.enrolled().status() == .enrolled)
    #expect(try TrialScenario.released().status() == .released)
    #expect(try TrialScenario.conditioned().status() == .conditioning)
    #expect(try TrialScenario.infused().status() == .infused)
  }

  @Test func `the first data after consent begin screening`() throws {
    var trial = try TrialScenario.consented()
    let data = ImportData(participant: .first, bundle: .example, resources: 12, source: .laboratory)
    try trial.perform(data, by: .coordinator)
    #expect(trial.status() == .screening)
    trial.when(data, by: .coordinator).then(
      .way(.first, .dataImported(data: ImportedData(bundle: .example, resources: 12, source: .laboratory))))
  }

  @Test func `an old decision does not enroll: back to screening after 28 days`() throws {
    var trial = try TrialScenario.eligible()
    trial.wait(days: 28)
    #expect(trial.status() == .eligible)
    trial.wait(days: 1)
    #expect(trial.status() == .screening)
  }

  @Test func `cells go from collected over manufacturing to released, and a rejected lot is a failed product`() throws {
    var trial = try TrialScenario.enrolled()
    let number = CollectionNumber(participant: .first, collection: 1)
    func step(_ id: String, _ material: Material) -> CustodyStep {
      CustodyStep(step: id, material: material, place: "here")
    }
    trial.given(
      .product(.first, .collectionBegun(collection: number, outsideGate: false, lines: [])),
      .product(
        .first,
        .collectionEnded(
          collection: number, yield: 100, accepted: false, step: step("collected", .collection(number)))))
    #expect(trial.status() == .enrolled, "too little yield")
    trial.given(
      .product(
        .first,
        .collectionEnded(
          collection: number, yield: 800, accepted: true, step: step("collected", .collection(number)))))
    #expect(trial.status() == .collected)
    trial.given(
      .product(.first, .labelsPrinted(material: .lot(.first), count: 1, reason: nil)),
      .product(
        .first,
        .manufacturingBegun(
          lot: .first, from: number, materialLeft: false, step: step("manufacturingStarted", .lot(.first)))))
    #expect(trial.status() == .manufacturing)
    trial.given(.product(.first, .lotReleased(lot: .first, release: .normal, results: [])))
    #expect(trial.status() == .released)
    trial.given(.product(.first, .lotRejected(lot: .first, reason: "growth")))
    #expect(trial.status() == .productFailed)
    let further = Material.collection(CollectionNumber(participant: .first, collection: 2))
    trial.given(.product(.first, .labelsPrinted(material: further, count: 3, reason: nil)))
    #expect(trial.status() == .enrolled, "back for one further collection")
  }

  @Test func `lymphodepletion that no infusion followed has run out: back to released`() throws {
    var trial = try TrialScenario.conditioned()
    trial.wait(days: 12)
    #expect(trial.status() == .conditioning, "the fourteenth day after the last dose")
    trial.wait(days: 1)
    #expect(trial.status() == .released)
  }

  @Test func `Day 1 begins follow-up, and the last visit completes the study, not before its window`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 1)
    #expect(trial.status() == .followUp)
    trial.wait(days: 698)
    let last = RecordVisit(participant: .first, visit: "M24", assessed: true)
    trial.when(last, by: .nurse).refused("visit-too-early")
    trial.wait(days: 1)
    try trial.perform(last, by: .nurse)
    #expect(trial.status() == .completed)
    trial.wait(days: 1)
    trial.when(RecordVisit(participant: .first, visit: "unscheduled", assessed: true), by: .nurse)
      .refused("has-completed")
  }

  @Test func `the last visit is none for who was not infused`() throws {
    let trial = try TrialScenario.enrolled()
    trial.when(RecordVisit(participant: .first, visit: "M24", assessed: true), by: .nurse).refused("not-infused")
  }

  @Test func `days are those of the calendar at the site`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(hours: 14, minutes: 59)
    #expect(trial.status() == .infused)
    trial.wait(minutes: 1)
    #expect(trial.status() == .followUp, "midnight has passed")
  }
}
