import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

struct LabelTests {
  private let c1 = Material.collection(ParticipantID.first.c1)

  @Test func `printed labels are used, destroyed or at hand, and a difference is a deviation`() throws {
    var trial = try TrialScenario.cells(at: .collected)
    try trial.perform(DestroyLabels(participant: .first, material: c1, count: 1, reason: "spare"), by: .nurse)
    try trial.perform(
      UseLabels(participant: .first, material: c1, count: 1, reason: "came off"), by: .nurse, together: [.otherNurse])
    let labels = trial.of().product.labels(of: c1)
    #expect(labels?.printed == 4 && labels?.used == 2 && labels?.destroyed == 1 && labels?.atHand == 1)
    try trial.perform(CountLabels(participant: .first, material: c1, atHand: 1), by: .nurse)
    #expect(trial.of().record.deviations.isEmpty)
    try trial.perform(CountLabels(participant: .first, material: c1, atHand: 0), by: .nurse)
    #expect(trial.of().record.deviations.map(\.kind) == [.labels])
    #expect(trial.of().product.labelReconciliation.map(\.material) == [c1])
  }

  @Test func `a reprint has a reason, and no label is used that is not there`() throws {
    let trial = try TrialScenario.cells(at: .collected)
    trial.when(PrintLabels(participant: .first, material: c1, count: 1), by: .nurse).refused("text-missing")
    #expect(
      trial.when(PrintLabels(participant: .first, material: c1, count: 1, reprintReason: "smudged"), by: .nurse).events
        != nil)
    trial.when(DestroyLabels(participant: .first, material: c1, count: 4, reason: "spare"), by: .nurse)
      .refused("label-count")
    trial.when(UseLabels(participant: .first, material: c1, count: 1, reason: "x"), by: .nurse).refused("two-people")
    for count in [0, -1, 51] {
      trial.when(PrintLabels(participant: .first, material: c1, count: count, reprintReason: "x"), by: .nurse)
        .refused("label-count")
    }
  }

  @Test func `a label is drawn once for what was counted as printed, by who handles the cells`() throws {
    var trial = try TrialScenario.cells(at: .collected)
    let draw = DrawLabels(participant: .first, material: c1)
    for reader in [Acting.monitor, .dataManager, .qualityAssurance, .inspector] {
      trial.when(draw, by: reader).refused("role-may-not")
    }
    try trial.perform(draw, by: .nurse)
    #expect(trial.of().product.labels(of: c1)?.drawing?.by == Acting.nurse.account.description)
    trial.when(draw, by: .nurse).refused("drawn-already")
    try trial.perform(
      PrintLabels(participant: .first, material: c1, count: 2, reprintReason: "smudged"), by: .nurse)
    try trial.perform(draw, by: .nurse)
    #expect(trial.of().product.labels(of: c1)?.printed == 6)
  }

  @Test func `no label is drawn of a number that was not issued, or of another's cells`() throws {
    let trial = try TrialScenario.cells(at: .collected)
    trial.when(DrawLabels(participant: .first, material: .lot(.first)), by: .cellLaboratory).refused("not-issued")
    trial.when(DrawLabels(participant: .first, material: .lot(.second)), by: .cellLaboratory).refused("not-issued")
  }

  @Test func `numbers are issued in order, and only after enrollment`() throws {
    var trial = TrialScenario()
    trial.given(.way(.first, .registered(site: .berlin, cohort: nil)))
    trial.when(PrintLabels(participant: .first, material: c1, count: 1), by: .nurse).refused("no-identity")
    trial = try TrialScenario.cells(at: .manufacturing)
    trial.when(PrintLabels(participant: .first, material: .bag(ParticipantID.first.b2), count: 1), by: .cellLaboratory)
      .refused("not-next-number")
    trial.when(
      PrintLabels(participant: .first, material: .lot(LotNumber(participant: .first, lot: 3)), count: 1),
      by: .cellLaboratory
    ).refused("not-next-number")
    trial.when(PrintLabels(participant: .first, material: .bag(.second), count: 1), by: .cellLaboratory)
      .refused("not-next-number")
  }
}
