import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct OpeningTests {
  @Test func `regulatory 2: enrollment opens only on a signed test report of exactly the version in force`() throws {
    var trial = TrialScenario.study()
    let open = OpenForEnrollment(scope: .study)
    trial.when(open, by: .principalInvestigator).refused("no-protocol-in-force")

    try trial.perform(
      PutProtocolInForce(version: "1.0", digest: .example, appliesTo: .all), by: .principalInvestigator)
    trial.when(open, by: .principalInvestigator).refused("configuration-not-tested")

    // A report of other content, however the version is called, does not count.
    trial.given(.study(.configurationTested(version: "1.0", digest: .other, report: .other, tests: 200)))
    trial.when(open, by: .principalInvestigator).refused("configuration-not-tested")

    try trial.perform(
      SignConfigurationTest(version: "1.0", digest: .example, report: .other, tests: 200, failures: 0),
      by: .principalInvestigator)
    trial.when(open, by: .principalInvestigator).then(.study(.opened(scope: .study)))
  }

  @Test func `a report is signed of tests that all passed, on the version at hand`() {
    let trial = TrialScenario.study()
    for (tests, failures) in [(0, 0), (200, 1)] {
      trial.when(
        SignConfigurationTest(version: "1.0", digest: .example, report: .other, tests: tests, failures: failures),
        by: .principalInvestigator
      ).refused("test-not-passed")
    }
    for (version, digest) in [("1.0", Digest.other), ("1.1", .example)] {
      trial.when(
        SignConfigurationTest(version: version, digest: digest, report: .other, tests: 9, failures: 0),
        by: .principalInvestigator
      ).refused("unknown-version")
    }
  }

  @Test func `an amendment comes into force in an open study only with its own test report`() throws {
    var trial = TrialScenario.study()
    trial.given(
      .study(.configurationTested(version: "1.0", digest: .example, report: .other, tests: 9)),
      .study(.protocolPutInForce(version: "1.0", digest: .example, from: trial.now, appliesTo: .all)),
      .study(.opened(scope: .study)))
    trial.wait(days: 1)
    trial.version = ProtocolVersion(version: "2.0", digest: .other, cohorts: ["sle"], provisional: [])
    let amend = PutProtocolInForce(version: "2.0", digest: .other, appliesTo: .notYetEnrolled)
    trial.when(amend, by: .principalInvestigator).refused("configuration-not-tested")
    try trial.perform(
      SignConfigurationTest(version: "2.0", digest: .other, report: .other, tests: 9, failures: 0),
      by: .principalInvestigator)
    #expect(trial.when(amend, by: .principalInvestigator).events?.count == 1)
  }

  @Test func `somebody is enrolled where study, site and cohort are open`() {
    var trial = TrialScenario.study()
    let scopes: [StudyScope] = [.study, .site(.berlin), .cohort("sle")]
    for scope in scopes {
      #expect(!trial.state.study.isOpen(site: .berlin, cohort: "sle"))
      trial.given(.study(.opened(scope: scope)))
    }
    #expect(trial.state.study.isOpen(site: .berlin, cohort: "sle"))
    #expect(!trial.state.study.isOpen(site: .shanghai, cohort: "sle"))
    #expect(!trial.state.study.isOpen(site: .berlin, cohort: "ssc"))
    trial.given(.study(.closed(scope: .cohort("sle"))))
    #expect(!trial.state.study.isOpen(site: .berlin, cohort: "sle"))
  }

  @Test(arguments: [
    (StudyScope.site(.berlin), Acting.principalInvestigator, nil as String?),
    (.cohort("sle"), .principalInvestigator, nil), (.site(.shanghai), .principalInvestigator, "other-site"),
    (.cohort("gout"), .principalInvestigator, "unknown-cohort"), (.cohort("sle"), .investigator, "role-may-not"),
    (.cohort("sle"), .administrator, "role-may-not"), (.cohort("ssc"), .principalInvestigator, "already-open"),
  ])
  func `a principal investigator opens a cohort and the own site`(_ scope: StudyScope, _ by: Acting, _ refusal: String?)
  {
    var trial = TrialScenario.study()
    trial.given(.study(.opened(scope: .cohort("ssc"))))
    let outcome = trial.when(OpenForEnrollment(scope: scope), by: by)
    if let refusal { outcome.refused(refusal) } else { outcome.then(.study(.opened(scope: scope))) }
  }

  @Test func `what is closed already is not closed again, and closing is signed`() {
    var trial = TrialScenario.study()
    trial.when(CloseForEnrollment(scope: .study), by: .principalInvestigator).refused("not-open")
    trial.given(.study(.opened(scope: .study)))
    let facts = trial.when(CloseForEnrollment(scope: .study), by: .principalInvestigator).facts
    #expect(facts.map(\.signed) == ["I close the study for enrollment."])
  }

  @Test(arguments: ["study", "site:03", "cohort:sle"])
  func `a scope reads as it is written`(_ text: String) throws { #expect(try StudyScope(text).description == text) }

  @Test(arguments: ["", "site", "site:3", "cohort:", "arm:1", "study:1"])
  func `other text is no scope`(_ text: String) { #expect(throws: InvalidCode.self) { try StudyScope(text) } }

  @Test func `slots are free again after somebody leaves before infusion, never after`() {
    var trial = TrialScenario.study()
    for id in [ParticipantID.first, .second] { trial.given(.study(.slotAllotted(participant: id))) }
    trial.infuse(.first)
    #expect(trial.state.study.freeSlots(of: trial.plan.way) == 10)
    #expect(trial.state.study.freedSlot(of: .first) == nil)
    #expect(trial.state.study.freedSlot(of: .second)?.event == .study(.slotFreed(participant: .second)))
    trial.given(.study(.slotFreed(participant: .second)))
    #expect(trial.state.study.freeSlots(of: trial.plan.way) == 11)
    let counts = trial.state.study.counts(of: trial.plan.way)
    #expect((counts.everEnrolled, counts.infused, counts.taken) == (2, 1, 1))
    trial.plan.way.slotFreedBeforeInfusion = false
    #expect(trial.state.study.freeSlots(of: trial.plan.way) == 10)
  }
}
