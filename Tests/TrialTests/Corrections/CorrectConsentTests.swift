import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct CorrectConsentTests {
  private func correct(version: String? = nil, signed: Moment? = nil) -> CorrectConsent {
    CorrectConsent(
      participant: .first, version: "1.0", correctVersion: version, signed: signed, reason: "misread the sheet")
  }

  /// Somebody who consented two hours ago, as it is recorded.
  private func consented() throws -> TrialScenario {
    var trial = try TrialScenario.consented()
    trial.wait(hours: 2)
    return trial
  }

  @Test func `a consent has another time by an investigator's signature, and the entry of before stays`() throws {
    var trial = try consented()
    let earlier = trial.ago(hours: 3)
    trial.when(correct(signed: earlier), by: .coordinator).refused("role-may-not")
    let facts = trial.when(correct(signed: earlier)).facts
    #expect(facts.count == 1 && facts.first?.signed?.contains("signed version 1.0 of the consent form") == true)
    try trial.perform(correct(signed: earlier))
    #expect(trial.of().way.consents.map(\.signed) == [earlier])
    #expect(trial.of().record.deviations.isEmpty)
    #expect(trial.ledger.count { if case .way(_, .consented) = $0.event { true } else { false } } == 1)
  }

  @Test func `a consent of another version is that version, where it was in force at that time`() throws {
    var trial = try consented()
    trial.when(correct(version: "2.0")).refused("other-consent-version")
    let form = ConsentForm(version: "2.0", from: trial.ago(hours: 4), signedAnewBy: .nobody)
    trial.given(.site(.berlin, .consentPutInForce(form: form)))
    trial.when(correct(signed: trial.ago(hours: 1))).refused("other-consent-version")
    try trial.perform(correct(version: "2.0"))
    #expect(trial.of().way.consents.map(\.version) == ["2.0"])
  }

  @Test func `a correction that says nothing new, of no consent, or of a time that cannot be is refused`() throws {
    let trial = try consented()
    trial.when(correct()).refused("nothing-corrected")
    trial.when(correct(version: "1.0")).refused("nothing-corrected")
    trial.when(correct(signed: trial.now.adding(hours: 1))).refused("not-yet")
    let other = CorrectConsent(participant: .first, version: "3.0", signed: trial.ago(hours: 1), reason: "misread")
    trial.when(other).refused("no-such-consent")
    var silent = correct(signed: trial.ago(hours: 1))
    silent = CorrectConsent(participant: .first, version: "1.0", signed: silent.signed, reason: " ")
    trial.when(silent).refused("text-missing")
    let beforeDelegation = Moment("2025-05-01T09:00:00+02:00[Europe/Berlin]")
    trial.when(correct(signed: beforeDelegation)).refused("other-consent-version")
  }

  @Test func `what was recorded before the corrected time becomes a deviation, and a decision is questioned`() throws {
    var trial = try consented()
    try trial.perform(trial.save([.pulse("72")]), by: .nurse)
    try trial.perform(DecideEligible(participant: .first, cohort: "sle"))
    trial.wait(hours: 3)
    let events = try trial.perform(correct(signed: trial.ago(hours: 1)))
    let deviations = events.compactMap { event -> Deviation? in
      if case .record(_, .deviationOpened(let deviation)) = event { deviation } else { nil }
    }
    let deviation = try #require(deviations.first)
    #expect(deviation.kind == .consent && deviation.severity == .important)
    for part in ["SCR/1/vitals/1", "the beginning of screening", "the decision on eligibility"] {
      #expect(deviation.what.contains(part), "\(part)")
    }
    #expect(trial.of().way.isEligibilityQuestioned)
  }

  @Test func `an infusion before the corrected consent was outside the gate, which two people record`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 2)
    let late = correct(signed: trial.ago(days: 1))
    trial.when(late).refused("two-people")
    try trial.perform(late, together: [.nurse])
    #expect(trial.of().product.outsideGate.map(\.act).contains(.infusion(bag: .first)))
    let critical = trial.of().record.deviations.filter { $0.severity == .critical }.map(\.kind)
    #expect(critical.contains(.consent) && critical.contains(.outsideGate))
    #expect(!trial.state.study.holdsInForce.isEmpty)
    #expect(trial.of().record.runningClocks.contains { $0.clock == ReportClock.outsideGate })
    // It counts as such wherever it is asked: for the rule that stops the study, for the board's report, for a further bag.
    #expect(trial.of().product.infusion?.outsideGate == true)
  }

  @Test func `no further bag follows an infusion that a correction shows to have been outside the gate`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(hours: 1)
    let stopped = ProductEvent.infusionStopped(bag: .first, volumeML: 40, whole: true, dosePerKg: nil, reason: nil)
    trial.given(.product(.first, stopped))
    trial.wait(hours: 1)
    try trial.perform(correct(signed: trial.ago(minutes: 30)), together: [.nurse])
    let next = BagNumber(lot: .first, bag: 2)
    let label = LabelReading(material: .bag(next), identity: .example, participant: .first).text
    trial.when(StartInfusion(participant: .first, bag: next, label: label), by: .nurse).refused("one-infusion")
  }

  @Test func `cells that were collected before the corrected consent go into quarantine`() throws {
    var trial = try TrialScenario.released()
    try trial.perform(correct(signed: trial.ago(hours: 1)), together: [.nurse])
    let product = trial.of().product
    #expect(product.outsideGate.map(\.act) == [.leukapheresis])
    let collection = try #require(product.collections.first).number
    #expect(product.quarantines.values.map(\.material) == [.collection(collection)])
    #expect(product.quarantines.values.allSatisfy { $0.cause == .outsideGate })
    #expect(trial.line("lymphodepletion.product", of: .lymphodepletion)?.value != true)
  }

  @Test func `at another site its own consent counts, not that of the site before`() throws {
    var trial = try TrialScenario.released()
    let consent = GivenConsent(
      version: "1.0", site: .shanghai, obtainedBy: Acting.investigatorElsewhere.account, adult: true, copyGiven: true)
    trial.given(.way(.first, .siteChanged(to: .shanghai)), .way(.first, .consented(consent: consent)))
    trial.wait(hours: 2)
    trial.given(
      .product(.first, .infusionStarted(bag: .first, outsideGate: false, lines: [])),
      .study(.infusionBegun(participant: .first)))
    trial.wait(hours: 2)
    func correct(_ hoursAgo: Int) -> CorrectConsent {
      CorrectConsent(
        participant: .first, version: "1.0", atSite: .shanghai, signed: trial.ago(hours: hoursAgo), reason: "misread")
    }
    #expect(trial.when(correct(3), by: .investigatorElsewhere).events?.count == 1)
    trial.when(correct(1), by: .investigatorElsewhere).refused("two-people")
  }

  @Test func `a consent that was signed earlier than recorded has no such consequences`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 1)
    let consent = try #require(trial.of().way.consents.first)
    let events = try trial.perform(correct(signed: consent.signed.adding(hours: -2)))
    #expect(events.count == 1)
  }
}
