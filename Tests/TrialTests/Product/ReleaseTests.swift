import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

struct ReleaseTests {
  private func tested(
    but changed: [String: String] = [:], without missing: Set<String> = [], interim: Set<String> = []
  ) throws -> TrialScenario {
    var trial = try TrialScenario.cells(at: .frozen)
    try trial.enterTests(of: .first, but: changed, without: missing, interim: interim)
    return trial
  }

  private let release = ReleaseLot(participant: .first, lot: .first)
  private let early = ReleaseLot(participant: .first, lot: .first, beforeFinalResult: true)

  @Test func `regulatory 40: quality assurance releases, signed, with all required results visible`() throws {
    let trial = try tested()
    let facts = trial.when(release, by: .qualityAssurance).facts
    guard case .product(_, .lotReleased(_, .normal, let results)) = facts.first?.event else {
      Issue.record("not released")
      return
    }
    #expect(facts.first?.signed?.contains("I release lot") == true)
    #expect(results.map(\.test) == trial.plan.product.tests.map(\.id))
    #expect(results.allSatisfy { $0.entry != nil && $0.withinLimits == true })
    for actor in Acting.everybody where actor.role != .qualityAssurance {
      trial.when(release, by: actor).refused("role-may-not")
    }
  }

  @Test(arguments: ConductPlan.example.product.tests.map(\.id))
  func `regulatory 40: a missing result blocks release`(_ test: String) throws {
    let trial = try tested(without: [test])
    trial.when(release, by: .qualityAssurance).refused("results-missing")
    trial.when(early, by: .qualityAssurance).refused("results-missing")
  }

  @Test(arguments: [
    ("dose", "99999", true), ("dose", "300001", true), ("viability", "69.9", true), ("transduction", "9.9", true),
    ("identity", "69.9", false), ("vectorCopyNumber", "5.1", false), ("endotoxin", "5.1", false),
    ("sterility", "positive", false), ("gramStain", "positive", false), ("mycoplasma", "positive", false),
    ("replicationCompetentVector", "positive", false), ("appearance", "does not conform", false),
  ])
  func `a result outside limits blocks release; only some may be passed over`(
    _ test: String, _ result: String, _ exceptional: Bool
  ) throws {
    let trial = try tested(but: [test: result])
    trial.when(release, by: .qualityAssurance).refused("outside-limits")
    let proposal = ProposeExceptionalRelease(
      participant: .first, lot: .first, committeeTold: trial.now.date, reason: "no other cells")
    let outcome = trial.when(proposal, by: .qualityAssurance)
    if exceptional { #expect(outcome.facts.first?.signed != nil) } else { outcome.refused("never-exceptional") }
  }

  @Test func `before the final sterility result only on a negative interim result and Gram stain, and if asked`() throws
  {
    var trial = try tested(interim: ["sterility"])
    trial.when(release, by: .qualityAssurance).refused("final-result-missing")
    try trial.perform(early, by: .qualityAssurance)
    #expect(trial.of().product[LotNumber.first]?.release == .beforeFinalResult)
    #expect(trial.of().product[LotNumber.first]?.pendingFinalResults() == ["sterility"])
    try tested(without: ["gramStain"], interim: ["sterility"]).when(early, by: .qualityAssurance)
      .refused("results-missing")
    try tested(but: ["sterility": "positive"], interim: ["sterility"]).when(early, by: .qualityAssurance)
      .refused("outside-limits")
    try trial.perform(
      EnterTest(participant: .first, lot: .first, test: "sterility", result: "negative"), by: .cellLaboratory)
    #expect(trial.of().product[LotNumber.first]?.pendingFinalResults() == [])
  }

  @Test(arguments: [false, true]) func `growth after release quarantines; after infusion it starts a clock`(
    _ infused: Bool
  ) throws {
    var trial = try TrialScenario.cells(at: .frozen)
    try trial.enterTests(of: .first, interim: ["sterility"])
    try trial.perform(early, by: .qualityAssurance)
    if infused {
      for stage in ProductStage.allCases where stage > .released { try trial.advance(.first, to: stage) }
    }
    try trial.perform(
      EnterTest(participant: .first, lot: .first, test: "sterility", result: "positive"), by: .cellLaboratory)
    #expect(trial.of().product.quarantines(over: .lot(.first)) == [1])
    #expect(trial.of().record.deviations.map(\.severity) == [.critical])
    #expect(trial.of().record.runningClocks.map(\.due) == (infused ? [trial.now.instant.adding(hours: 24)] : []))
  }

  @Test(arguments: [
    ("endotoxin", "50", ["siteToSponsor"]), ("identity", "50", ["siteToSponsor"]),
    ("appearance", "does not conform", ["siteToSponsor"]), ("viability", "60", []),
  ])
  func `a wrong or contaminated product that was infused is reported within 24 hours`(
    _ test: String, _ result: String, _ clocks: [String]
  ) throws {
    var trial = try TrialScenario.cells(at: .infusing)
    try trial.perform(
      CorrectTest(participant: .first, lot: .first, test: test, result: result, reason: "measured again"),
      by: .cellLaboratory)
    #expect(trial.of().record.runningClocks.map(\.clock) == clocks)
    #expect(trial.of().record.runningClocks.allSatisfy { $0.due == trial.now.instant.adding(hours: 24) })
  }

  @Test func `who has lost the capacity to consent does not consent to an exception`() throws {
    var trial = try tested(but: ["viability": "65"])
    try trial.perform(
      ProposeExceptionalRelease(participant: .first, lot: .first, committeeTold: trial.now.date, reason: "no others"),
      by: .qualityAssurance)
    let consent = ConsentToException(participant: .first, lot: .first)
    trial.given(.way(.first, .capacityLost(reason: "ICANS grade 3.")))
    trial.when(consent).refused("lacks-capacity")
    trial.given(.way(.first, .capacityRegained))
    #expect(trial.when(consent).events != nil)
  }

  @Test func `nobody releases or rejects a lot of which they entered a result`() throws {
    var trial = try tested()
    trial.given(
      .product(.first, .testCorrected(lot: .first, test: "viability", entry: TestEntry(.quantity(90)), reason: "typo")),
      by: .qualityAssurance)
    trial.when(release, by: .qualityAssurance).refused("own-results")
    trial.when(RejectLot(participant: .first, lot: .first, reason: "x"), by: .qualityAssurance).refused("own-results")
    #expect(trial.when(release, by: .otherQualityAssurance).events != nil)
  }

  @Test func `results are corrected with a reason, never overwritten`() throws {
    var trial = try tested(but: ["viability": "60"])
    trial.when(EnterTest(participant: .first, lot: .first, test: "viability", result: "80"), by: .cellLaboratory)
      .refused("result-entered")
    func correct(_ reason: String) -> CorrectTest {
      CorrectTest(participant: .first, lot: .first, test: "viability", result: "80", reason: reason)
    }
    trial.when(correct(" "), by: .cellLaboratory).refused("text-missing")
    try trial.perform(correct("decimal point"), by: .cellLaboratory)
    #expect(trial.when(release, by: .qualityAssurance).events != nil)
  }

  @Test(arguments: [
    ("viability", "high"), ("sterility", "80"), ("appearance", "fine"), ("viability", "1,5"), ("sterility", ""),
  ])
  func `what is no result of a test is refused`(_ test: String, _ result: String) throws {
    let trial = try TrialScenario.cells(at: .frozen)
    trial.when(EnterTest(participant: .first, lot: .first, test: test, result: result), by: .cellLaboratory)
      .refused("not-a-result")
  }

  @Test func `what is not released by its order is refused`() throws {
    var trial = try TrialScenario.cells(at: .manufacturing)
    trial.when(release, by: .qualityAssurance).refused("not-filled")
    trial.when(
      EnterTest(participant: .first, lot: .first, test: "viability", result: "80", interim: true), by: .cellLaboratory
    ).refused("no-interim")
    trial.when(EnterTest(participant: .first, lot: .first, test: "luck", result: "80"), by: .cellLaboratory)
      .refused("unknown-test")
    trial = try TrialScenario.cells(at: .released)
    trial.when(release, by: .qualityAssurance).refused("not-to-be-released")
  }

  @Test func `an exceptional release takes effect with the last of three signatures and the consent`() throws {
    var start = try tested(but: ["viability": "65", "dose": "90000"])
    let proposal = ProposeExceptionalRelease(
      participant: .first, lot: .first, committeeTold: start.now.date, reason: "no other cells")
    try start.perform(proposal, by: .qualityAssurance)
    let steps: [(any TrialCommand, Acting)] = [
      (ConsentToException(participant: .first, lot: .first), .investigator),
      (SignExceptionAsInvestigator(participant: .first, lot: .first), .principalInvestigator),
      (SignExceptionAsSafetyOfficer(participant: .first, lot: .first), .safetyOfficer),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
      var trial = start
      for (done, index) in order.enumerated() {
        #expect(trial.of().product.releasedLot == nil)
        let (command, actor) = steps[index]
        let outcome = trial.when(command, by: actor)
        #expect(outcome.facts.first?.signed != nil)
        #expect(outcome.names.contains("lotReleased") == (done == 2))
        try trial.perform(command, by: actor)
      }
      #expect(trial.of().product[LotNumber.first]?.release == .exceptional)
    }
    var changed = start
    try changed.perform(
      CorrectTest(participant: .first, lot: .first, test: "viability", result: "66", reason: "typo"),
      by: .cellLaboratory)
    changed.when(steps[1].0, by: .principalInvestigator).refused("not-proposed")
    start.when(steps[1].0, by: .investigator).refused("role-may-not")
    start.when(steps[2].0, by: .principalInvestigator).refused("role-may-not")
  }

  @Test func `an exceptional release is proposed only after the committee was told, on final results`() throws {
    let trial = try tested(but: ["viability": "65"])
    trial.when(
      ProposeExceptionalRelease(
        participant: .first, lot: .first, committeeTold: trial.date(inDays: 1), reason: "x"), by: .qualityAssurance
    ).refused("told-later")
    let pending = try tested(but: ["viability": "65"], interim: ["sterility"])
    pending.when(
      ProposeExceptionalRelease(participant: .first, lot: .first, committeeTold: trial.now.date, reason: "x"),
      by: .qualityAssurance
    ).refused("results-missing")
    let within = try tested()
    within.when(
      ProposeExceptionalRelease(participant: .first, lot: .first, committeeTold: trial.now.date, reason: "x"),
      by: .qualityAssurance
    ).refused("within-limits")
  }
}
