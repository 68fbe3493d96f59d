import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `What is closed stays closed` {
  private static let lost = WayEvent.left(
    departure: Departure(reason: .lostToFollowUp, detail: "not reached", decidedBy: .nobody, lastContact: .summer))

  /// What ends a participation, and under which id whoever is to be enrolled is refused then.
  static let ends: [(WayEvent, String)] = [
    (
      .left(
        departure: Departure(
          reason: .withdrawn, detail: "wish", decidedBy: .participant, lastContact: .summer,
          withdrawal: Withdrawal(scope: .everything, samples: .destroyed, cells: .destroyed))),
      "withdrawn-from-everything"
    ),
    (lost, "has-left"), (.died(cause: "pneumonia"), "after-death"),
  ]

  @Test(arguments: ends)
  func `no gate opens as of minutes before a participation ended`(_ end: WayEvent, _ refusal: String) throws {
    let thawed = try thawed()
    let infuse = StartInfusion(participant: .first, bag: .first, label: thawed.label(.bag(.first)))
    let acts: [(TrialScenario, any TrialCommand, Acting, String)] = [
      (try .eligible(), Enroll(participant: .first, identity: .example), .coordinator, refusal),
      (thawed, infuse, .nurse, "gate-closed"),
    ]
    for (ready, act, actor, id) in acts {
      var trial = ready
      trial.wait(minutes: 3)
      #expect(trial.when(act, by: actor, at: trial.ago(minutes: 2)).events != nil)
      trial.given(.way(.first, end))
      trial.wait(minutes: 1)
      trial.when(act, by: actor).refused(id)
      trial.when(act, by: actor, at: trial.ago(minutes: 2)).refused(id)
    }
  }

  /// Whether the wash-out was kept by what CQL finds as of the time that is given, and as of now.
  @Test(arguments: [(true, true), (true, false), (true, nil), (false, true), (nil, true)] as [(Bool?, Bool?)])
  func `a gate opens as of minutes ago only where CQL speaks for it both then and now`(
    _ then: Bool?, _ now: Bool?
  ) throws {
    var trial = try TrialScenario.readyForLymphodepletion()
    trial.wait(minutes: 3)
    trial.see(FindingID.washOut, now)
    trial.picturesOfNow = trial.pictures
    trial.see(FindingID.washOut, then)
    let outcome = trial.when(StartLymphodepletion(participant: .first), by: .nurse, at: trial.ago(minutes: 2))
    if then == true, now == true {
      #expect(outcome.events != nil)
    } else {
      outcome.refused("gate-closed", lines: ["lymphodepletion.washOut"])
    }
  }

  /// The first bag is thawed and verified, and all else for its infusion is there.
  private func thawed() throws -> TrialScenario {
    var trial = try TrialScenario.readyForInfusion()
    let now = trial.now.instant
    func step(_ id: String) -> CustodyStep { CustodyStep(step: id, material: .bag(.first), place: "ward") }
    trial.given(
      .product(.first, .custodyStepDone(step("takenOut"))),
      .product(
        .first,
        .bagThawed(
          bag: .first, step: step("thawed"), startBy: now.adding(minutes: 30), endBy: now.adding(minutes: 90),
          outsideGate: false, lines: [])), by: .nurse)
    for nurse in [Acting.nurse, .otherNurse] {
      trial.given(.product(.first, .bedsideVerified(bag: .first, said: .agrees)), by: nurse)
    }
    return trial
  }

  @Test func `who was lost and has died is not found again, also not as of before the death`() throws {
    var trial = try TrialScenario.enrolled()
    trial.given(.way(.first, Self.lost))
    trial.wait(hours: 1)
    trial.given(.way(.first, .died(cause: "pneumonia")))
    trial.wait(hours: 1)
    trial.when(FindAgain(participant: .first), by: .coordinator, at: trial.ago(minutes: 90)).refused("after-death")
  }

  @Test func `consent ends with death`() throws {
    var trial = try TrialScenario.enrolled()
    #expect(trial.of().way.consentInForce(at: trial.now))
    trial.given(.way(.first, .died(cause: "pneumonia")))
    #expect(!trial.of().way.consentInForce(at: trial.now))
  }

  @Test func `a death that a form alone tells of closes what consent opens, until the form is corrected`() throws {
    var trial = TrialScenario.watched(infused: [:])
    let lines = [
      (Gate.enrollment, "enrollment.consent"), (.leukapheresis, "leukapheresis.consent"),
      (.lymphodepletion, "lymphodepletion.consent"), (.infusion, "infusion.consent"), (.thawing, "infusion.consent"),
    ]
    for (gate, line) in lines { #expect(trial.line(line, of: gate)?.value == true) }
    try trial.tell("death", visit: FormKey.once, ["DTHFL": "true"])
    for (gate, line) in lines { #expect(trial.line(line, of: gate)?.value == false) }
    try trial.tell("death", visit: FormKey.once, ["DTHFL": "false"], correction: "Another participant's.")
    for (gate, line) in lines { #expect(trial.line(line, of: gate)?.value == true) }
  }

  @Test func `a re-check that is entered late does not stand for a later one`() throws {
    var trial = try TrialScenario.enrolled()
    let deferred = SignedRecheck(kind: .leukapheresis, outcome: .deferred, assessment: nil, reason: "fever")
    let passed = SignedRecheck(kind: .leukapheresis, outcome: .passed, assessment: nil)
    trial.given(.way(.first, .recheckSigned(recheck: deferred)))
    trial.given(.way(.first, .recheckSigned(recheck: passed)), at: trial.ago(hours: 1))
    #expect(trial.of().way.rechecks[.leukapheresis]?.outcome == .deferred)
    trial.given(.way(.first, .recheckSigned(recheck: passed)))
    #expect(trial.of().way.rechecks[.leukapheresis]?.outcome == .passed)
  }

  @Test func `a confirmation that is entered late does not stand for a later one`() throws {
    var trial = try TrialScenario.enrolled()
    trial.given(.way(.first, .readinessConfirmed(item: .tocilizumabKept, site: .berlin, doses: 1)))
    trial.given(
      .way(.first, .readinessConfirmed(item: .tocilizumabKept, site: .berlin, doses: 2)), at: trial.ago(hours: 1))
    #expect(trial.of().way.readiness[.tocilizumabKept]?.doses == 1)
  }

  @Test func `a paused infusion is not resumed after the participant has withdrawn`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    try trial.perform(PauseInfusion(participant: .first, bag: .first, volumeML: 1, reason: "fever"), by: .nurse)
    let withdrawn = Departure(
      reason: .withdrawn, detail: "wish", decidedBy: .participant, lastContact: .summer,
      withdrawal: Withdrawal(scope: .visits, samples: .kept, cells: .destroyed))
    trial.given(.way(.first, .left(departure: withdrawn)))
    trial.when(ResumeInfusion(participant: .first, bag: .first), by: .nurse).refused("has-left")
  }

  @Test func `of a candidate nothing is put into quarantine`() {
    let trial = TrialScenario.candidate()
    trial.when(QuarantineMaterial(participant: .first, reason: "doubts"), by: .qualityAssurance).refused("no-cells")
  }

  @Test func `a bag that is brought to a candidate is not thawed, verified or infused, and nothing is recorded`() throws
  {
    var trial = try TrialScenario.cells(at: .takenOut)
    trial.given(.way(.second, .registered(site: .berlin, cohort: "sle")))
    let label = trial.label(.bag(.first))
    trial.when(ThawBag(participant: .second, bag: .first, label: label, place: "ward"), by: .nurse).refused("no-cells")
    trial.when(StartInfusion(participant: .second, bag: .first, label: label), by: .nurse).refused("no-cells")
  }

  @Test func `a candidate's number that is read by mistake leaves nothing in the candidate's record`() throws {
    var trial = try TrialScenario.cells(at: .collected)
    trial.given(.way(.second, .registered(site: .berlin, cohort: "sle")))
    var check = CheckPerson(matching: .first, at: .admission)
    check.wristband = ParticipantID.second.printed
    trial.when(check, by: .nurse, together: [.otherNurse]).then { events in
      #expect(events.contains { if case .product(.first, .quarantined) = $0 { true } else { false } })
      #expect(
        !events.contains {
          switch $0 {
          case .product(.second, _), .record(.second, _): true
          default: false
          }
        })
    }
  }

  @Test func `a lot that was rejected after its release is not shipped`() throws {
    var trial = try TrialScenario.cells(at: .released)
    try trial.perform(RejectLot(participant: .first, lot: .first, reason: "complaint"), by: .qualityAssurance)
    let ship = RecordStep("shipped", .bag(.first), trial.label(.bag(.first)), trial.plan)
    trial.when(ship, by: .cellLaboratory).refused("not-to-be-used")
  }
}
