import ClinicalValues
import Testing

@testable import Trial

struct ConsentVersionTests {
  /// The first participant consented under version 1, the second is infused too; then version 2 came.
  private func renewed(
    _ by: ConsentForm.SignedAnewBy, before activity: Activity? = nil, date inDays: Int? = nil
  ) -> TrialScenario {
    var trial = TrialScenario.study()
    trial.given(
      .site(.berlin, .consentPutInForce(form: ConsentForm(version: "1", from: trial.now, signedAnewBy: .nobody))))
    for id in [ParticipantID.first, .second] {
      trial.given(.way(id, .registered(site: .berlin, cohort: "sle")))
      sign("1", id, &trial)
    }
    trial.given(.way(.third, .registered(site: .berlin, cohort: "sle")))
    trial.infuse(.second)
    trial.wait(days: 1)
    let form = ConsentForm(
      version: "2", from: trial.now, signedAnewBy: by, beforeActivity: activity,
      beforeDate: inDays.map { trial.date(inDays: $0) })
    trial.given(.site(.berlin, .consentPutInForce(form: form)))
    return trial
  }

  private func sign(_ version: String, _ id: ParticipantID, _ trial: inout TrialScenario) {
    let consent = GivenConsent(
      version: version, site: .berlin, obtainedBy: Acting.investigator.account, adult: true, copyGiven: true)
    trial.given(.way(id, .consented(consent: consent)))
  }

  private func due(_ id: ParticipantID, before activity: Activity? = nil, in trial: TrialScenario) -> [String] {
    trial.state.sites[.berlin]?.reconsentDue(trial.of(id), before: activity, at: trial.now) ?? ["no site"]
  }

  @Test(arguments: [
    (ConsentForm.SignedAnewBy.nobody, [] as [ParticipantID]), (.notYetInfused, [.first]), (.all, [.first, .second]),
    (.inFollowUp, [.second]),
  ])
  func `a version says who signs it anew; whoever has not consented yet signs it as the first`(
    _ by: ConsentForm.SignedAnewBy, _ expected: [ParticipantID]
  ) {
    let trial = renewed(by, date: by == .nobody ? nil : 10)
    #expect([ParticipantID.first, .second, .third].filter { due($0, in: trial) == ["2"] } == expected)
    #expect(trial.tasks.map(\.participant) == expected)
    #expect(trial.tasks.allSatisfy { $0.kind == .signConsentAnew && $0.site == .berlin })
  }

  @Test func `regulatory 43: the version in force is known at every moment`() {
    let trial = renewed(.all, date: 10)
    let site = trial.state.sites[.berlin]
    #expect(site?.consentVersion(at: trial.ago(days: 2)) == nil)
    #expect(site?.consentVersion(at: trial.ago(hours: 1)) == "1")
    #expect(site?.consentVersion(at: trial.now) == "2")
  }

  @Test func `what is due before an activity is due before all later ones`() {
    let trial = renewed(.notYetInfused, before: .lymphodepletion)
    #expect(Activity.allCases.map { due(.first, before: $0, in: trial) } == [[], [], ["2"], ["2"]])
  }

  @Test func `what is due before a day is due from that day on, before any activity`() {
    var trial = renewed(.notYetInfused, date: 2)
    #expect(due(.first, before: .leukapheresis, in: trial) == [])
    trial.wait(days: 2)
    #expect(due(.first, before: .leukapheresis, in: trial) == ["2"])
    #expect(trial.tasks.first?.isLate(at: trial.now) == true)
  }

  @Test func `signing the version, or a later one, settles it`() {
    for version in ["2", "3"] {
      var trial = renewed(.all, date: 0)
      trial.wait(hours: 1)
      trial.given(
        .site(.berlin, .consentPutInForce(form: ConsentForm(version: "3", from: trial.now, signedAnewBy: .nobody))))
      sign(version, .first, &trial)
      #expect(due(.first, in: trial) == [])
      #expect(due(.second, in: trial) == ["2"])
    }
  }

  @Test func `somebody without the capacity to consent waits, and is not late`() {
    var trial = renewed(.inFollowUp, date: 1)
    trial.given(.way(.second, .capacityLost(reason: "ICANS grade 3.")))
    trial.wait(days: 3)
    #expect(trial.tasks.map(\.waits) == ["The participant has lost the capacity to consent."])
    #expect(trial.tasks.first?.isLate(at: trial.now) == false)
    trial.given(.way(.second, .capacityRegained))
    #expect(trial.tasks.first?.isLate(at: trial.now) == true)
  }

  @Test func `nobody who has left signs anew`() {
    var trial = renewed(.all, date: 0)
    let departure = Departure(
      reason: .withdrawn, detail: "No more.", decidedBy: .participant, lastContact: trial.now.date)
    trial.given(.way(.first, .left(departure: departure)))
    #expect(due(.first, in: trial) == [])
  }

  @Test func `the site's principal investigator puts a version in force, once, with one deadline`() {
    let trial = renewed(.nobody)
    func put(
      _ version: String = "3", _ by: ConsentForm.SignedAnewBy = .nobody, _ activity: Activity? = nil,
      _ inDays: Int? = nil, from: Moment? = nil
    ) -> PutConsentInForce {
      PutConsentInForce(
        site: .berlin, version: version, signedAnewBy: by, beforeActivity: activity,
        beforeDate: inDays.map { trial.date(inDays: $0) }, from: from)
    }
    let later = trial.now.adding(days: 1)
    let cases: [(PutConsentInForce, Acting, String?)] = [
      (put(from: later), .principalInvestigator, nil),
      (put("3", .all, .infusion, from: later), .principalInvestigator, nil),
      (put("3", .inFollowUp, nil, 3, from: later), .principalInvestigator, nil),
      (put("2", from: later), .principalInvestigator, "version-used"),
      (put(" ", from: later), .principalInvestigator, "words-missing"),
      (put(from: trial.ago(days: 1)), .principalInvestigator, "version-too-early"),
      (put("3", .all, from: later), .principalInvestigator, "deadline-unclear"),
      (put("3", .all, .infusion, 3, from: later), .principalInvestigator, "deadline-unclear"),
      (put("3", .nobody, .infusion, from: later), .principalInvestigator, "deadline-unclear"),
      (put("3", .inFollowUp, .infusion, from: later), .principalInvestigator, "deadline-unclear"),
      (put(from: later), .elsewherePI, "other-site"), (put(from: later), .coordinator, "role-may-not"),
    ]
    for (command, by, refusal) in cases {
      let outcome = trial.when(command, by: by)
      if let refusal { outcome.refused(refusal) } else { #expect(outcome.events?.count == 1) }
    }
  }

  @Test(arguments: [
    ("03", "Wuhan", "Asia/Shanghai", nil as String?), ("03", "Wuhan", "UTC", nil),
    ("01", "Wuhan", "UTC", "site-exists"),
    ("03", " ", "UTC", "words-missing"), ("03", "Wuhan", "China", "no-time-zone"),
    ("03", "Wuhan", "Asia/Shang hai", "no-time-zone"),
  ])
  func `a site has a number of its own, a name and a time zone`(
    _ number: String, _ name: String, _ zone: String, _ refusal: String?
  ) throws {
    let command = AddSite(site: try SiteID(number), name: name, zone: zone)
    let outcome = TrialScenario.study().when(command, by: .administrator)
    if let refusal { outcome.refused(refusal) } else { #expect(outcome.events?.count == 1) }
  }
}
