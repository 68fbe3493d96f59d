import ClinicalValues
import Testing

@testable import Trial

struct DeviationTests {
  private func opened() throws -> TrialScenario {
    var trial = try TrialScenario.cells(at: .enrolled)
    try trial.perform(
      OpenDeviation(participant: .first, kind: .window, what: "Visit D28 was missed."), by: .coordinator)
    return trial
  }

  @Test func `a deviation is opened, classified, assessed and reported`() throws {
    var trial = try opened()
    #expect(trial.of().record.deviations.map(\.severity) == [nil])
    try trial.perform(
      ClassifyDeviation(participant: .first, deviation: 1, severity: .minor, reason: "no effect"), by: .monitor)
    try trial.perform(
      AssessDeviation(
        participant: .first, deviation: 1, cause: "holiday", correction: "visit on D33", prevention: "reminder"),
      by: .investigator)
    try trial.perform(ReportDeviation(participant: .first, deviation: 1, to: "ethics committee"), by: .investigator)
    #expect(trial.of().record.deviations.allSatisfy { $0.isClosed && $0.isReported })
  }

  @Test func `one of the whole study stands apart from participants`() throws {
    var trial = try opened()
    try trial.perform(OpenDeviation(kind: .other, what: "The freezer's alarm was off."), by: .qualityAssurance)
    #expect(trial.state.record.deviations.count == 1)
    try trial.perform(
      ClassifyDeviation(deviation: 1, severity: .important, reason: "all bags"), by: .qualityAssurance)
    #expect(trial.state.record.deviations[0].severity == .important)
  }

  @Test func `one made to avert an immediate danger is reported at once`() throws {
    var trial = try opened()
    try trial.perform(
      OpenDeviation(participant: .first, kind: .other, what: "Dose left out.", averting: true), by: .investigator)
    #expect(trial.of().record.runningClocks.map(\.due) == [trial.now.instant])
  }

  @Test func `who may not classify is refused, and what is outside the gate stays critical`() throws {
    var trial = try opened()
    let classify = ClassifyDeviation(participant: .first, deviation: 1, severity: .minor, reason: "x")
    for actor in [Acting.coordinator, .nurse, .dataManager, .safetyOfficer, .administrator, .inspector] {
      trial.when(classify, by: actor).refused("role-may-not")
    }
    trial.given(
      .record(
        .first, .deviationOpened(Deviation(.outsideGate, what: "x", noticed: trial.now, severity: .critical))))
    var second = classify
    second.deviation = 2
    trial.when(second, by: .monitor).refused("always-critical")
    second.deviation = 3
    trial.when(second, by: .monitor).refused("no-such-deviation")
    trial.when(OpenDeviation(kind: .other, what: ""), by: .coordinator).refused("text-missing")
    trial.when(OpenDeviation(kind: .other, what: "x"), by: .inspector).refused("role-may-not")
    trial.when(SubmitReport(participant: .first, clock: 1, to: "sponsor"), by: .investigator).refused("no-such-clock")
  }
}
