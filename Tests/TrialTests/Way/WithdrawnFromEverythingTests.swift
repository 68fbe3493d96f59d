import ClinicalValues
import Testing

@testable import Trial

/// After a withdrawal from everything nothing that happened later is recorded, whichever command would record it.
struct WithdrawnFromEverythingTests {
  private static func withdrawn(
    _ trial: TrialScenario, from scope: Withdrawal.Scope = .everything
  ) -> TrialScenario {
    var trial = trial
    let departure = Departure(
      reason: .withdrawn, detail: "wish", decidedBy: .participant, lastContact: trial.now.date,
      withdrawal: Withdrawal(scope: scope, samples: .destroyed, cells: .destroyed))
    trial.given(.way(.first, .left(departure: departure)))
    trial.wait(days: 2)
    return trial
  }

  @Test func `a question of dose-limiting toxicity is asked of what began before, and of nothing later`() throws {
    let trial = Self.withdrawn(try TrialScenario.infused())
    func ask(_ days: Int) -> OpenDLTQuestion {
      OpenDLTQuestion(participant: .first, toxicity: .crs, onset: trial.date(inDays: days), about: "Grade 3.")
    }
    trial.when(ask(-1), by: .nurse).refused("withdrawn-from-everything")
    trial.when(ask(-2), by: .nurse).then { #expect($0.count == 1) }
    let ofVisits = Self.withdrawn(try TrialScenario.infused(), from: .visits)
    ofVisits.when(ask(-1), by: .nurse).then { #expect($0.count == 1) }
  }

  @Test func `a deviation is opened of before, and of nothing later`() throws {
    let trial = Self.withdrawn(try TrialScenario.infused())
    let open = OpenDeviation(participant: .first, kind: .other, what: "Has fever today.")
    trial.when(open, by: .nurse).refused("withdrawn-from-everything")
    var late = trial
    late.late = EntrySource(source: "ward chart", reason: "forgotten")
    late.when(open, by: .nurse, at: trial.ago(days: 3)).then { #expect($0.count == 2) }
    trial.when(OpenDeviation(kind: .other, what: "The fridge was warm."), by: .nurse).then { #expect($0.count == 1) }
  }

  @Test func `the person is not checked, no sample is taken and no label printed; cells are destroyed all the same`()
    throws
  {
    var trial = Self.withdrawn(try TrialScenario.cells(at: .stored))
    let lot = Material.lot(.first)
    let bag = Material.bag(ParticipantID.first.b2)
    trial.when(CheckPerson(matching: .first, at: .admission), by: .nurse, together: [.otherNurse])
      .refused("withdrawn-from-everything")
    trial.when(
      TakeSample(participant: .first, material: lot, label: trial.label(lot), purpose: "research"), by: .cellLaboratory
    ).refused("withdrawn")
    trial.when(PrintLabels(participant: .first, material: bag, count: 1, reprintReason: "torn"), by: .nurse)
      .refused("withdrawn")
    try trial.step("destroyed", bag, by: .nurse, together: [.otherNurse])
    #expect(trial.of().product[ParticipantID.first.b2]?.end == .destroyed)
  }
}
