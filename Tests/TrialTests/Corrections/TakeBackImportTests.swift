import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct TakeBackImportTests {
  private static let data = WayEvent.dataImported(
    data: ImportedData(bundle: .other, resources: 12, source: .hospitalRecord))
  private let takeBack = TakeBackImport(participant: .first, bundle: .other, reason: "another participant's record")

  @Test func `data of another are taken back by an investigator's signature, once`() throws {
    var trial = try TrialScenario.consented()
    trial.when(takeBack).refused("no-such-import")
    trial.given(.way(.first, Self.data))
    trial.when(takeBack, by: .coordinator).refused("role-may-not")
    let facts = trial.when(takeBack).facts
    #expect(facts.count == 1 && facts.first?.signed?.contains("do not count for 01-0001") == true)
    try trial.perform(takeBack)
    trial.when(takeBack).refused("no-such-import")
    #expect(trial.ledger.contains { $0.event == .way(.first, Self.data) }, "the past stays")
    trial.when(TakeBackImport(participant: .first, bundle: .other, reason: " ")).refused("text-missing")
  }

  @Test func `a decision on eligibility that was made since is questioned, and one of before is not`() throws {
    var trial = try TrialScenario.consented()
    trial.given(.way(.first, Self.data))
    try trial.perform(StartScreening(participant: .first), by: .coordinator)
    try trial.perform(DecideEligible(participant: .first, cohort: "sle"))
    try trial.perform(takeBack)
    #expect(trial.of().way.isEligibilityQuestioned)
    var before = try TrialScenario.eligible()
    before.given(.way(.first, Self.data))
    try before.perform(takeBack)
    #expect(!before.of().way.isEligibilityQuestioned)
  }

  @Test func `a screening that failed on such data goes on in its round until an investigator has decided anew`() throws
  {
    var trial = try TrialScenario.consented()
    trial.given(.way(.first, Self.data))
    try trial.perform(StartScreening(participant: .first), by: .coordinator)
    try trial.perform(FailScreening(participant: .first, reason: "too ill"))
    #expect(trial.status() == .screenFailed)
    try trial.perform(takeBack)
    #expect(trial.of().way.isEligibilityQuestioned && trial.status() == .screening)
    let watched = WatchedParticipant(trial.of(), now: trial.now, plan: trial.plan, book: trial.book)
    #expect(watched.decisionTasks.map(\.kind) == [.decideEligibilityAnew])
    trial.when(StartScreening(participant: .first), by: .coordinator).refused("not-to-be-screened")
    var failed = trial
    try failed.perform(FailScreening(participant: .first, reason: "too ill all the same"))
    #expect(!failed.of().way.isEligibilityQuestioned && failed.status() == .screenFailed)
    try trial.perform(DecideEligible(participant: .first, cohort: "sle"))
    #expect(trial.status() == .eligible && trial.of().way.screeningRound == 1)
  }

  @Test func `a failure for a reason without data, and one of before, stands`() throws {
    var reasoned = try TrialScenario.consented()
    reasoned.given(.way(.first, Self.data))
    try reasoned.perform(StartScreening(participant: .first), by: .coordinator)
    reasoned.pictures = [:]
    try reasoned.perform(FailScreening(participant: .first, reason: "does not wish to go on"))
    var before = try TrialScenario.consented()
    try before.perform(StartScreening(participant: .first), by: .coordinator)
    try before.perform(FailScreening(participant: .first, reason: "too ill"))
    before.given(.way(.first, Self.data))
    for var trial in [reasoned, before] {
      try trial.perform(takeBack)
      #expect(trial.status() == .screenFailed && !trial.of().way.isEligibilityQuestioned)
    }
  }

  @Test func `re-checks that were signed since count no more, and are signed anew`() throws {
    var trial = try TrialScenario.released()
    trial.given(.way(.first, Self.data))
    try trial.prepareLymphodepletion()
    #expect(trial.line("lymphodepletion.recheck", of: .lymphodepletion)?.value == true)
    try trial.perform(takeBack)
    #expect(trial.of().way.rechecks.isEmpty)
    #expect(trial.line("lymphodepletion.recheck", of: .lymphodepletion)?.value != true)
    // A later correction of something else does not bring them back.
    try trial.perform(ConfirmReadiness(participant: .first, item: .antiviralProphylaxis), by: .nurse)
    try trial.perform(
      TakeBackConfirmation(participant: .first, item: .antiviralProphylaxis, reason: "not so"), by: .nurse)
    #expect(trial.of().way.rechecks.isEmpty)
    try trial.perform(SignRecheck(participant: .first, kind: .lymphodepletion, outcome: .passed))
    #expect(trial.line("lymphodepletion.recheck", of: .lymphodepletion)?.value == true)
  }

  @Test func `a re-check of before does not count, and is recorded only where it is told late`() throws {
    var trial = try TrialScenario.released()
    trial.given(.way(.first, Self.data))
    try trial.prepareLymphodepletion()
    trial.wait(minutes: 30)
    try trial.perform(takeBack)
    trial.wait(minutes: 3)
    let passed = SignRecheck(participant: .first, kind: .lymphodepletion, outcome: .passed)
    trial.when(passed, at: trial.ago(minutes: 20)).refused("before-its-cause")
    trial.late = EntrySource(source: "the signed sheet", reason: "no power")
    try trial.perform(passed, at: trial.ago(minutes: 20))
    #expect(trial.of().way.rechecks.isEmpty)
    trial.late = nil
    try trial.perform(passed, at: trial.ago(minutes: 1))
    #expect(trial.of().way.rechecks[.lymphodepletion]?.outcome == .passed)
  }

  @Test func `after the infusion it is an important deviation`() throws {
    var trial = try TrialScenario.consented()
    trial.given(.way(.first, Self.data))
    try trial.perform(StartScreening(participant: .first), by: .coordinator)
    try trial.perform(DecideEligible(participant: .first, cohort: "sle"))
    trial.given(
      .product(.first, .infusionStarted(bag: .first, outsideGate: false, lines: [])),
      .study(.infusionBegun(participant: .first)))
    try trial.perform(takeBack)
    #expect(trial.of().record.deviations.map(\.severity) == [.important])
  }
}
