import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `A candidate is registered, consents and is screened` {
  @Test func `a site numbers its candidates in order`() {
    var trial = TrialScenario.candidate()
    trial.when(RegisterCandidate(site: .berlin, cohort: "ms"), by: .coordinator)
      .then(.way(.second, .registered(site: .berlin, cohort: "ms")))
    trial.given(.way(.third, .registered(site: .berlin, cohort: nil)))
    trial.when(RegisterCandidate(site: .berlin), by: .coordinator).then { events in
      #expect(events == [.way(known { try ParticipantID("01-0004") }, .registered(site: .berlin, cohort: nil))])
    }
    trial.when(RegisterCandidate(site: .berlin, cohort: "ra"), by: .coordinator).refused("unknown-cohort")
    trial.when(RegisterCandidate(site: .shanghai), by: .coordinator).refused("other-site")
  }

  @Test func `of a candidate only what the hospital's record already holds is taken over`() {
    let trial = TrialScenario.candidate()
    func data(_ source: ImportedData.Source, _ resources: Int = 3) -> ImportData {
      ImportData(participant: .first, bundle: .example, resources: resources, source: source)
    }
    trial.when(data(.hospitalRecord), by: .coordinator).then { #expect($0.count == 1) }
    for source in ImportedData.Source.allCases where source != .hospitalRecord {
      trial.when(data(source), by: .coordinator).refused("no-consent")
    }
    trial.when(data(.hospitalRecord, 0), by: .coordinator).refused("empty-import")
  }

  @Test func `nothing is recorded for someone who has not consented`() {
    let trial = TrialScenario.candidate()
    let commands: [any TrialCommand] = [
      StartScreening(participant: .first), DecideEligible(participant: .first, cohort: "sle"),
      FailScreening(participant: .first, reason: "no"), RecordVisit(participant: .first, visit: "V", assessed: true),
      AttemptContact(participant: .first, inWriting: true), ReportPregnancy(participant: .first, of: .partner),
      Enroll(participant: .first, identity: .example), ChangeSite(participant: .first, to: .shanghai),
      BookDayZero(participant: .first, day: trial.date(inDays: 3)),
      ConfirmReadiness(participant: .first, item: .infectionProphylaxis),
    ]
    for command in commands { trial.when(command).refused("no-consent") }
  }

  @Test func `consent is for the version in force at the site, by an adult, with a copy`() throws {
    var trial = TrialScenario.candidate()
    func consent(
      _ version: String = "1.0", by account: Acting = .investigator, adult: Bool = true, copy: Bool = true
    ) -> GiveConsent {
      GiveConsent(
        participant: .first, version: version, obtainedBy: account.account, obtainedAs: account.role, adult: adult,
        copyGiven: copy)
    }
    trial.when(consent("0.9"), by: .coordinator).refused("other-consent-version")
    trial.when(consent(adult: false), by: .coordinator).refused("not-adult")
    trial.when(consent(copy: false), by: .coordinator).refused("copy-not-given")
    trial.when(consent(by: .monitor), by: .coordinator).refused("role-may-not")
    trial.see("adult", false)
    trial.when(consent(), by: .coordinator).refused("not-adult")
    trial.pictures = [:]
    try trial.perform(consent(), by: .coordinator)
    #expect(trial.of().way.consentInForce(at: trial.now))
    #expect(!trial.of().way.consentInForce(at: trial.ago(minutes: 1)))
    trial.when(consent(), by: .coordinator).refused("already-consented")
  }

  @Test func `a new version is signed by whoever owes it, and who has lost capacity waits`() throws {
    var trial = try TrialScenario.enrolled()
    trial.wait(days: 1)
    let form = ConsentForm(version: "2.0", from: trial.now, signedAnewBy: .all, beforeActivity: .leukapheresis)
    trial.given(.site(.berlin, .consentPutInForce(form: form)))
    #expect(trial.line("leukapheresis.consent", of: .leukapheresis)?.value == false)
    #expect(trial.of().way.consentInForce(at: trial.now), "the older consent stays in force for the rest")
    let anew = GiveConsent(
      participant: .first, version: "2.0", obtainedBy: Acting.investigator.account, obtainedAs: .subInvestigator,
      adult: true, copyGiven: true)
    try trial.perform(RecordCapacity(participant: .first, present: false, reason: "neurotoxicity"))
    trial.when(anew, by: .coordinator).refused("lacks-capacity")
    trial.when(RecordVisit(participant: .first, visit: "unscheduled", assessed: true), by: .nurse)
      .then { #expect($0.count == 1) }
    trial.when(RecordCapacity(participant: .first, present: false, reason: "again")).refused("capacity-unchanged")
    try trial.perform(RecordCapacity(participant: .first, present: true))
    try trial.perform(anew, by: .coordinator)
    #expect(trial.line("leukapheresis.consent", of: .leukapheresis)?.value == true)
  }

  @Test(arguments: [
    ([CriterionOutcome.pass, .pass, .fail], "not-eligible"), ([.pass, .unknown, .pass], "not-eligible"),
    ([], "not-eligible"),
  ])
  func `an investigator cannot sign over a failing or an unknown criterion`(
    _ outcomes: [CriterionOutcome], _ refusal: String
  ) throws {
    var trial = try TrialScenario.consented()
    try trial.perform(StartScreening(participant: .first))
    trial.pictures[.first]?.eligibility["sle"] = .example(outcomes, asOf: trial.now)
    trial.when(DecideEligible(participant: .first, cohort: "sle")).refused(refusal)
  }

  @Test func `an eligibility decision is signed and freezes record, report and every outcome`() throws {
    var trial = try TrialScenario.consented()
    try trial.perform(StartScreening(participant: .first))
    let outcome = trial.when(DecideEligible(participant: .first, cohort: "sle"))
    #expect(outcome.facts.first?.signed?.contains("I approve the eligibility of 01-0001 for cohort sle") == true)
    outcome.then { events in
      guard case .way(_, .foundEligible(let decision)) = events.first else {
        Issue.record("\(events)")
        return
      }
      #expect(decision.assessment == trial.pictures[.first]?.eligibility["sle"])
      #expect(decision.validThrough == trial.now.day + 28 && !decision.answersQuestion)
    }
    trial.when(DecideEligible(participant: .first, cohort: "sle"), by: .coordinator).refused("role-may-not")
    trial.when(DecideEligible(participant: .first, cohort: "ms")).refused("no-assessment")
    trial.wait(days: 1)
    trial.when(DecideEligible(participant: .first, cohort: "sle")).refused("other-day")
    trial.refresh()
    trial.version = ProtocolVersion(version: "1.0", digest: .other, cohorts: ["sle"], provisional: [])
    trial.when(DecideEligible(participant: .first, cohort: "sle")).refused("other-criteria")
  }

  @Test func `screening fails on a criterion or for a stated reason, never for neither`() throws {
    var trial = try TrialScenario.consented()
    trial.when(FailScreening(participant: .first, reason: "moved away")).refused("not-in-screening")
    try trial.perform(StartScreening(participant: .first))
    trial.when(FailScreening(participant: .first)).refused("no-failing-criterion")
    trial.when(FailScreening(participant: .first, reason: " ")).refused("text-missing")
    trial.pictures[.first]?.eligibility["sle"] = .example([.pass, .fail, .unknown], asOf: trial.now)
    trial.when(FailScreening(participant: .first)).then { events in
      guard case .way(_, .screeningFailed(let failure)) = events.first else {
        Issue.record("\(events)")
        return
      }
      #expect(failure.failing == ["INC-5.1"] && failure.reason == nil && failure.assessment != nil)
    }
  }

  @Test func `somebody is screened again once, under the same number`() throws {
    var trial = try TrialScenario.consented()
    try trial.perform(StartScreening(participant: .first))
    trial.when(StartScreening(participant: .first)).refused("not-to-be-screened")
    try trial.perform(FailScreening(participant: .first, reason: "infection"))
    #expect(trial.status() == .screenFailed)
    trial.when(DecideEligible(participant: .first, cohort: "sle")).refused("not-in-screening")
    try trial.perform(StartScreening(participant: .first))
    #expect(trial.status() == .screening && trial.of().way.screeningRound == 2)
    try trial.perform(FailScreening(participant: .first, reason: "infection"))
    trial.when(StartScreening(participant: .first)).refused("screened-too-often")
  }

  @Test func `screening does not begin before consent at the site that looks after the participant`() throws {
    var trial = try TrialScenario.consented()
    try trial.perform(ChangeSite(participant: .first, to: .shanghai), by: .coordinator)
    #expect(trial.of().id == .first, "the number is kept")
    trial.when(StartScreening(participant: .first), by: .coordinator).refused("other-site")
    trial.when(StartScreening(participant: .first), by: .investigatorElsewhere).refused("no-consent")
    let there = GiveConsent(
      participant: .first, version: "1.0", obtainedBy: Acting.investigatorElsewhere.account,
      obtainedAs: .subInvestigator, adult: true, copyGiven: true)
    try trial.perform(there, by: .investigatorElsewhere)
    try trial.perform(StartScreening(participant: .first), by: .investigatorElsewhere)
  }
}
