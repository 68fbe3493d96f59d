import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

/// What waits for a decision, a signature or a result stands in the worklist of whoever gives it, until it is given.
struct DecisionTaskTests {
  private func waits(_ kind: StudyTask.Kind, for role: Role, in trial: TrialScenario) -> Bool {
    trial.worklist.tasks(for: role, at: .berlin).contains { $0.kind == kind }
  }

  @Test func `a candidate waits for the consent, or for that the participation ends`() throws {
    var trial = TrialScenario.candidate()
    let registered = trial.now.date
    trial.wait(days: 3)
    for role in [Role.principalInvestigator, .subInvestigator, .coordinator] {
      #expect(waits(.recordConsent, for: role, in: trial), "\(role)")
    }
    #expect(!waits(.recordConsent, for: .monitor, in: trial))
    #expect(!trial.worklist.tasks(for: .coordinator, at: .shanghai).contains { $0.kind == .recordConsent })
    #expect(trial.worklist.tasks.first { $0.kind == .recordConsent }?.since == registered)
    var gone = trial
    try gone.perform(
      Discontinue(
        participant: .first, reason: .discontinued, detail: "does not wish to", lastContact: registered))
    #expect(!waits(.recordConsent, for: .coordinator, in: gone))
    try trial.perform(GiveConsent.example, by: .coordinator)
    #expect(!waits(.recordConsent, for: .coordinator, in: trial))
  }

  @Test func `an act outside the gate waits for the principal investigator's signature`() throws {
    var trial = try TrialScenario.cells(at: .takenOut)
    #expect(!waits(.signOutsideGate, for: .principalInvestigator, in: trial))
    try trial.perform(
      RecordOutsideGate(participant: .first, act: .thaw, bag: .first, circumstances: "the system was down"), by: .nurse,
      together: [.otherNurse])
    #expect(waits(.signOutsideGate, for: .principalInvestigator, in: trial))
    #expect(!waits(.signOutsideGate, for: .subInvestigator, in: trial))
    try trial.perform(SignOutsideGate(participant: .first, number: 1), by: .principalInvestigator)
    #expect(!waits(.signOutsideGate, for: .principalInvestigator, in: trial))
  }

  @Test func `a quarantine waits for quality assurance`() throws {
    var trial = try TrialScenario.cells(at: .released)
    try trial.perform(QuarantineMaterial(participant: .first, reason: "alarm"), by: .qualityAssurance)
    #expect(waits(.resolveQuarantine, for: .qualityAssurance, in: trial))
    #expect(!waits(.resolveQuarantine, for: .principalInvestigator, in: trial))
    try trial.perform(
      ResolveQuarantine(participant: .first, quarantine: 1, disposition: .fitForUse, reason: "false alarm"),
      by: .otherQualityAssurance)
    #expect(!waits(.resolveQuarantine, for: .qualityAssurance, in: trial))
  }

  @Test func `quality assurance is on call for a thawed bag: its quarantine is due while the bag can still be used`()
    throws
  {
    func deadlines(_ stage: ProductStage) throws -> (StudyTask.Deadline?, BagState.Thaw?) {
      var trial = try TrialScenario.cells(at: stage)
      try trial.perform(QuarantineMaterial(participant: .first, reason: "alarm"), by: .qualityAssurance)
      let task = trial.worklist.tasks(for: .qualityAssurance, at: nil).first { $0.kind == .resolveQuarantine }
      return (try #require(task).deadline, trial.of().product[.first]?.thaw)
    }
    let stored = try deadlines(.stored)
    #expect(stored.0 == nil && stored.1 == nil)
    let thawed = try deadlines(.thawed)
    #expect(thawed.0 == thawed.1.map { .at($0.startBy) } && thawed.0 != nil)
    let infusing = try deadlines(.infusing)
    #expect(infusing.0 == infusing.1.map { .at($0.endBy) } && infusing.0 != nil)
  }

  @Test func `growth after the infusion waits for the site and for the safety officer, who can hand it in`() throws {
    var trial = try TrialScenario.cells(at: .frozen)
    try trial.enterTests(of: .first, interim: ["sterility"])
    try trial.perform(ReleaseLot(participant: .first, lot: .first, beforeFinalResult: true), by: .qualityAssurance)
    for stage in ProductStage.allCases where stage > .released { try trial.advance(.first, to: stage) }
    try trial.perform(
      EnterTest(participant: .first, lot: .first, test: "sterility", result: "positive"), by: .cellLaboratory)
    for role in [Role.principalInvestigator, .nurse, .safetyOfficer] {
      #expect(waits(.submitReport, for: role, in: trial), "\(role)")
    }
    #expect(!waits(.submitReport, for: .monitor, in: trial))
    let submit = SubmitReport(participant: .first, clock: 1, to: "safety officer and site")
    #expect(trial.when(submit, by: .safetyOfficer).events != nil)
  }

  @Test func `the final result of a lot released before it waits for the laboratory`() throws {
    var trial = try TrialScenario.cells(at: .frozen)
    try trial.enterTests(of: .first, interim: ["sterility"])
    try trial.perform(ReleaseLot(participant: .first, lot: .first, beforeFinalResult: true), by: .qualityAssurance)
    #expect(waits(.enterFinalResult, for: .cellLaboratory, in: trial))
    try trial.perform(
      EnterTest(participant: .first, lot: .first, test: "sterility", result: "negative"), by: .cellLaboratory)
    #expect(!waits(.enterFinalResult, for: .cellLaboratory, in: trial))
  }

  @Test func `release tests wait for the laboratory once bags are filled, and the release for quality assurance`()
    throws
  {
    var trial = try TrialScenario.cells(at: .manufacturing)
    func titles(_ role: Role) -> [String] {
      trial.worklist.tasks(for: role, at: .berlin).filter { $0.kind == .takeCustodyStep && $0.waits == nil }.map(
        \.title
      )
      .filter { $0.contains("\(LotNumber.first)") && !$0.hasPrefix("\(LotNumber.first)") }
    }
    #expect(titles(.cellLaboratory) == ["Fill the cells of lot \(LotNumber.first) into bags."])
    try trial.advance(.first, to: .filled)
    try trial.advance(.first, to: .frozen)
    let all = trial.plan.product.tests.map(\.title).joined(separator: ", ")
    #expect(titles(.cellLaboratory) == ["Enter the results of the release tests of lot \(LotNumber.first): \(all)."])
    #expect(titles(.qualityAssurance) == [])
    try trial.enterTests(of: .first, without: ["dose"])
    let dose = try #require(trial.plan.product.tests.first { $0.id == "dose" })
    #expect(
      titles(.cellLaboratory) == ["Enter the results of the release tests of lot \(LotNumber.first): \(dose.title)."])
    #expect(titles(.qualityAssurance) == [])
    try trial.perform(
      EnterTest(participant: .first, lot: .first, test: "dose", result: "\(dose.low ?? 1)"), by: .cellLaboratory)
    #expect(titles(.cellLaboratory) == [])
    #expect(titles(.qualityAssurance) == ["Release or reject lot \(LotNumber.first): every release test has a result."])
    try trial.perform(ReleaseLot(participant: .first, lot: .first), by: .qualityAssurance)
    #expect(titles(.qualityAssurance) == [])
  }

  @Test func `an interim result waits for the final one, and the release with it`() throws {
    var trial = try TrialScenario.cells(at: .frozen)
    try trial.enterTests(of: .first, interim: ["sterility"])
    let sterility = try #require(trial.plan.product.tests.first { $0.id == "sterility" })
    let tasks = trial.worklist.tasks.filter { $0.title.contains("lot \(LotNumber.first)") }
    #expect(tasks.contains { $0.roles == [.cellLaboratory] && $0.title.hasSuffix(": \(sterility.title).") })
    #expect(
      tasks.contains {
        $0.roles == [.qualityAssurance] && $0.waits == "Final results are still to come: \(sterility.title)."
      })
  }

  @Test func `a decision on eligibility that was questioned waits for an investigator`() throws {
    var trial = try TrialScenario.eligible()
    try trial.perform(QuestionEligibility(participant: .first, reason: "the sample was another's"), by: .coordinator)
    #expect(waits(.decideEligibilityAnew, for: .subInvestigator, in: trial))
    #expect(!waits(.decideEligibilityAnew, for: .coordinator, in: trial))
    try trial.perform(DecideEligible(participant: .first, cohort: "sle"))
    #expect(!waits(.decideEligibilityAnew, for: .subInvestigator, in: trial))
  }

  @Test func `a deviation waits to be classified, then for its cause`() throws {
    var trial = try TrialScenario.cells(at: .enrolled)
    try trial.perform(OpenDeviation(participant: .first, kind: .window, what: "Too late."), by: .coordinator)
    #expect(waits(.classifyDeviation, for: .monitor, in: trial))
    #expect(!waits(.classifyDeviation, for: .coordinator, in: trial))
    try trial.perform(
      ClassifyDeviation(participant: .first, deviation: 1, severity: .minor, reason: "no effect"), by: .monitor)
    #expect(!waits(.classifyDeviation, for: .monitor, in: trial))
    #expect(waits(.assessDeviation, for: .monitor, in: trial))
    try trial.perform(
      AssessDeviation(participant: .first, deviation: 1, cause: "a", correction: "b", prevention: "c"), by: .monitor)
    #expect(!waits(.assessDeviation, for: .monitor, in: trial))
  }

  @Test(arguments: [
    ("adverseEvent", [Role.subInvestigator, .nurse, .cellLaboratory], [Role.safetyOfficer]),
    ("saeAssessment", [.safetyOfficer], [.subInvestigator, .nurse, .cellLaboratory]),
  ])
  func `a query waits for whoever may change what it is about`(
    _ form: String, _ roles: [Role], _ others: [Role]
  ) throws {
    var trial = TrialScenario.watched()
    let query = RaisedQuery(form: try FormKey("log/1/\(form)/1"), text: "Is it right?")
    trial.given(.casebook(.first, .queryRaised(query: query)), by: .monitor)
    for role in roles { #expect(waits(.answerQuery, for: role, in: trial), "\(role)") }
    for role in others { #expect(!waits(.answerQuery, for: role, in: trial), "\(role)") }
  }
}
