import ClinicalValues
import Ledger
import Testing

@testable import Trial

struct HoldTests {
  @Test(arguments: [
    (Hold.Kind.safety, Acting.principalInvestigator, nil as String?), (.safety, .safetyOfficer, nil),
    (.safety, .boardMember, nil), (.safety, .qualityAssurance, "role-may-not-hold"),
    (.operational, .qualityAssurance, nil), (.operational, .principalInvestigator, nil),
    (.operational, .safetyOfficer, "role-may-not-hold"), (.operational, .boardMember, "role-may-not-hold"),
    (.safety, .investigator, "role-may-not"), (.operational, .cellLaboratory, "role-may-not"),
    (.safety, .administrator, "role-may-not"),
  ])
  func `each kind of hold is set by its roles`(_ kind: Hold.Kind, _ by: Acting, _ refusal: String?) {
    let outcome = TrialScenario.study().when(SetHold(kind: kind, reason: "A reason."), by: by)
    if let refusal { return outcome.refused(refusal) }
    // A safety hold is reported to committee and authority: its clock starts with it.
    #expect(outcome.events?.count == (kind == .safety ? 2 : 1))
  }

  @Test func `an amendment for those not yet enrolled takes nobody's right to hold or to close`() throws {
    var trial = TrialScenario.study()
    trial.given(
      .study(.opened(scope: .study)), .way(.first, .registered(site: .berlin, cohort: "sle")),
      .study(.protocolPutInForce(version: "1.0", digest: .example, from: trial.now, appliesTo: .all)),
      .study(.slotAllotted(participant: .first)))
    trial.wait(days: 1)
    trial.given(
      .study(.protocolPutInForce(version: "3.0", digest: .other, from: trial.now, appliesTo: .notYetEnrolled)))
    trial.version = ProtocolVersion(version: "3.0", digest: .other, cohorts: ["sle"], provisional: [])
    let hold = SetHold(kind: .safety, reason: "A reason.")
    #expect(trial.when(hold, by: .safetyOfficer).events != nil)
    #expect(trial.when(CloseForEnrollment(scope: .study), by: .principalInvestigator).events != nil)
    trial.when(OpenForEnrollment(scope: .site(.berlin)), by: .principalInvestigator).refused("training-missing")
    let left = Departure(reason: .discontinued, detail: "ill", decidedBy: .investigator, lastContact: .summer)
    trial.given(.way(.first, .left(departure: left)))
    trial.when(hold, by: .safetyOfficer).refused("training-missing")
  }

  @Test func `a hold that is entered long after it was set says from where and why`() throws {
    var trial = TrialScenario.study()
    let hold = SetHold(kind: .operational, reason: "No beds.")
    trial.when(hold, by: .qualityAssurance, at: trial.ago(days: 30)).refused("late-entry")
    trial.when(hold, by: .qualityAssurance, at: trial.ago(hours: 23)).then { #expect($0.count == 1) }
    let source = EntrySource(source: "the minutes", reason: "forgotten")
    trial.late = source
    trial.when(hold, by: .qualityAssurance, at: trial.ago(days: 30)).then { events in
      #expect(events.count == 2)
      #expect(events.last == .study(.enteredLate(entry: LateEntry(command: "study hold", entry: source))))
    }
    trial.late = EntrySource(source: " ", reason: "forgotten")
    trial.when(hold, by: .qualityAssurance, at: trial.ago(days: 30)).refused("text-missing")
  }

  @Test func `so do the board's review, a lift, and what is done with accounts`() {
    let trial = TrialScenario.study()
    let then = trial.ago(days: 20)
    let review = ReviewAsBoard(decision: .goOn, report: .example, ballot: .of())
    trial.when(review, by: .boardMember, together: otherMembers, at: then).refused("late-entry")
    trial.when(LiftOperationalHold(hold: 1), by: .qualityAssurance, at: then).refused("late-entry")
    let train = RecordTraining(account: Acting.nurse.account, from: then.date)
    trial.when(train, by: .administrator, at: then).refused("late-entry")
    trial.when(train, by: .administrator).then { #expect($0.count == 1) }
  }

  @Test func `a hold stops what it names, where it says`() throws {
    var trial = TrialScenario.study()
    try trial.perform(
      SetHold(
        kind: .operational, reason: "No beds.", activities: [.infusion, .lymphodepletion], site: .berlin,
        cohort: "sle"), by: .qualityAssurance)
    let study = trial.state.study
    #expect(
      study.holds(on: .infusion, site: .berlin, cohort: "sle").map(\.activities) == [[.lymphodepletion, .infusion]])
    #expect(study.holds(on: .enrollment, site: .berlin, cohort: "sle").isEmpty)
    #expect(study.holds(on: .infusion, site: .shanghai, cohort: "sle").isEmpty)
    #expect(study.holds(on: .infusion, site: .berlin, cohort: "ssc").isEmpty)
  }

  @Test(arguments: [
    (SetHold(kind: .safety, reason: " "), "words-missing"),
    (SetHold(kind: .safety, reason: "Why.", activities: []), "nothing-named"),
    (SetHold(kind: .safety, reason: "Why.", cohort: "gout"), "unknown-cohort"),
    (SetHold(kind: .safety, reason: "Why.", site: .shanghai), "other-site"),
    (SetHold(kind: .operational, reason: "Why.", rule: .earlyDeath), "rule-holds-all"),
    (SetHold(kind: .safety, reason: "Why.", cohort: "sle", rule: .earlyDeath), "rule-holds-all"),
  ])
  func `a hold without reason, object or place is refused`(_ command: SetHold, _ refusal: String) {
    TrialScenario.study().when(command, by: .principalInvestigator).refused(refusal)
  }

  @Test(arguments: StoppingRule.allCases)
  func `a rule that fires holds all four activities everywhere, by itself`(_ rule: StoppingRule) {
    var trial = TrialScenario.study()
    trial.given(trial.state.study.hold(by: rule).event)
    for activity in Activity.allCases {
      for site in [SiteID.berlin, .shanghai] {
        let holds = trial.state.study.holds(on: activity, site: site, cohort: "ssc")
        #expect(holds.map(\.kind) == [.safety])
        #expect(holds.map(\.setBy) == [nil])
      }
    }
  }

  @Test func `an operational hold is lifted by the role that set it`() throws {
    var trial = TrialScenario.study()
    try trial.perform(SetHold(kind: .operational, reason: "No beds."), by: .principalInvestigator)
    trial.when(LiftOperationalHold(hold: 1), by: .qualityAssurance).refused("other-role-set-it")
    trial.when(LiftOperationalHold(hold: 1), by: .elsewherePI).refused("other-role-set-it")
    trial.when(LiftOperationalHold(hold: 2), by: .principalInvestigator).refused("no-such-hold")
    trial.when(DecideLift(hold: 1, ballot: .of()), by: .boardMember, together: otherMembers).refused("operational-hold")
    trial.when(AcceptLift(hold: 1, approvals: [.example]), by: .safetyOfficer).refused("operational-hold")
    try trial.perform(LiftOperationalHold(hold: 1), by: .principalInvestigator)
    #expect(trial.state.study.holdsInForce.isEmpty)
  }

  @Test func `a safety hold falls by the board's decision and then the safety officer's acceptance, in this order`()
    throws
  {
    var trial = TrialScenario.study()
    try trial.perform(SetHold(kind: .safety, reason: "A death."), by: .principalInvestigator)
    let accept = AcceptLift(hold: 1, approvals: [.other, .example])
    trial.when(LiftOperationalHold(hold: 1), by: .principalInvestigator).refused("safety-hold")
    trial.when(accept, by: .safetyOfficer).refused("board-first")
    try trial.perform(DecideLift(hold: 1, ballot: .of()), by: .boardMember, together: otherMembers)
    #expect(trial.state.study.holds(on: .infusion, site: .berlin, cohort: "sle").count == 1)
    trial.when(DecideLift(hold: 1, ballot: .of()), by: .boardMember, together: otherMembers).refused("lift-decided")
    trial.when(accept, by: .principalInvestigator).refused("role-may-not")
    trial.when(AcceptLift(hold: 1, approvals: []), by: .safetyOfficer).refused("approvals-missing")
    try trial.perform(accept, by: .safetyOfficer)
    #expect(trial.state.study.holdsInForce.isEmpty)
  }

  @Test func `numbers of holds are never used again`() throws {
    var trial = TrialScenario.study()
    try trial.perform(SetHold(kind: .operational, reason: "One."), by: .qualityAssurance)
    try trial.perform(LiftOperationalHold(hold: 1), by: .qualityAssurance)
    try trial.perform(SetHold(kind: .operational, reason: "Two."), by: .qualityAssurance)
    #expect(trial.state.study.holdsInForce.map(\.hold.number) == [2])
  }

  @Test func `nothing that answers a hold or a decision happened before it`() throws {
    var trial = TrialScenario.study()
    trial.given(trial.state.study.hold(by: .earlyDeath).event)
    let before = trial.ago(hours: 1)
    let lift = DecideLift(hold: 1, ballot: .of())
    trial.when(lift, by: .boardMember, together: otherMembers, at: before).refused("before-its-cause")
    try trial.perform(lift, by: .boardMember, together: otherMembers)
    let accept = AcceptLift(hold: 1, approvals: [.example])
    trial.when(accept, by: .safetyOfficer, at: before).refused("before-its-cause")
    #expect(trial.when(accept, by: .safetyOfficer).events?.count == 1)
  }

  @Test func `a review that is entered late has not seen a hold that came after it`() throws {
    var trial = TrialScenario.study()
    trial.given(trial.state.study.hold(by: .earlyDeath).event)
    trial.wait(hours: 2)
    let review = ReviewAsBoard(decision: .goOn, report: .example, ballot: .of())
    try trial.perform(review, by: .boardMember, together: otherMembers, at: trial.ago(hours: 3))
    #expect(trial.dueReview != nil)
    try trial.perform(review, by: .boardMember, together: otherMembers)
    #expect(trial.dueReview == nil)
  }
}
