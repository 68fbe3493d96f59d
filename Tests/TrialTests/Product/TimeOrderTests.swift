import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

/// Cells are handled in the order of time, not only of steps: what is said to have been done before what was done last is refused.
struct TimeOrderTests {
  private let bag = ParticipantID.first.b1

  private func start(_ trial: TrialScenario) -> StartInfusion {
    StartInfusion(participant: .first, bag: bag, label: trial.label(.bag(bag)))
  }

  @Test func `no step before the one that was done last`() throws {
    let trial = try TrialScenario.cells(at: .collected)
    let packed = RecordStep(
      "packed", .collection(ParticipantID.first.c1), trial.label(.collection(ParticipantID.first.c1)), trial.plan)
    trial.when(packed, by: .nurse, at: trial.ago(minutes: 30)).refused("out-of-order")
    #expect(trial.when(packed, by: .nurse).events != nil)
  }

  @Test func `nobody verifies a thawed bag before it was thawed`() throws {
    var trial = try TrialScenario.cells(at: .thawed)
    trial.wait(minutes: 10)
    let verify = VerifyBedside(bag, trial)
    trial.when(verify, by: .nurse, at: trial.ago(minutes: 11)).refused("out-of-order")
    for nurse in [Acting.nurse, .otherNurse] {
      try trial.perform(verify, by: nurse, at: trial.ago(minutes: 10))
    }
    #expect(trial.when(start(trial), by: .nurse).events != nil)
  }

  @Test func `verifications from before the thaw open no gate, also where the thaw was corrected`() throws {
    var trial = try TrialScenario.cells(at: .takenOut)
    for nurse in [Acting.nurse, .otherNurse] {
      trial.given(.product(.first, .bedsideVerified(bag: bag, said: .agrees)), by: nurse)
    }
    trial.wait(minutes: 5)
    try trial.advance(.first, to: .thawed)
    trial.when(start(trial), by: .nurse).refused("gate-closed", lines: ["infusion.bedside"])
  }

  @Test func `pause, resumption and end do not lie before the start`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    let pause = PauseInfusion(participant: .first, bag: bag, volumeML: 20, reason: "fever 38.4")
    let stop = StopInfusion(participant: .first, bag: bag, volumeML: 20, reason: "fever 38.4")
    trial.wait(minutes: 10)
    trial.when(pause, by: .nurse, at: trial.ago(minutes: 15)).refused("out-of-order")
    trial.when(stop, by: .nurse, at: trial.ago(minutes: 15)).refused("out-of-order")
    #expect(trial.when(stop, by: .nurse, at: trial.ago(minutes: 10)).events != nil)
  }

  @Test func `a resumption is decided on now`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    trial.wait(minutes: 10)
    try trial.perform(
      PauseInfusion(participant: .first, bag: bag, volumeML: 20, reason: "fever 38.4"), by: .nurse)
    trial.wait(minutes: 90)
    let resume = ResumeInfusion(participant: .first, bag: bag)
    trial.when(resume, by: .nurse, at: trial.ago(minutes: 60)).refused("gate-is-now")
    trial.when(resume, by: .nurse).refused("thawed-too-long")
  }

  @Test func `a bag stored at another site than its participant's is received there first`() throws {
    var trial = try TrialScenario.cells(at: .stored)
    let order = InfusionOrder(bags: [bag], dosePerKg: 100_000, weight: 60)
    trial.given(.way(.first, .infusionOrdered(order: order)), .way(.first, .siteChanged(to: .shanghai)))
    let line = try #require(trial.line("infusion.bag", of: .infusion, bag: bag))
    #expect(line.value == false && line.evidence.contains { $0.contains("it lies at site 01") })
    let material = Material.bag(bag)
    let shanghai = Acting.investigatorElsewhere
    try trial.step("receivedAtSite", material, by: shanghai)
    try trial.step("stored", material, by: shanghai)
    #expect(trial.line("infusion.bag", of: .infusion, bag: bag)?.value == true)
  }

  @Test func `what becomes of a bag at a site that its participant has left is recorded by that site`() throws {
    var trial = try TrialScenario.cells(at: .stored)
    let material = Material.bag(bag)
    let lose = LoseMaterial(participant: .first, material: material, reason: "the freezer failed")
    trial.when(lose, by: .investigatorElsewhere).refused("other-site")
    trial.given(.way(.first, .siteChanged(to: .shanghai)))
    trial.when(AttemptContact(participant: .first, inWriting: true), by: .nurse).refused("other-site")
    // The new site has nothing in hand until it has received the bag.
    trial.when(lose, by: .investigatorElsewhere).refused("other-site")
    for step in ["takenOut", "returned", "destroyed"] {
      trial.when(RecordStep(step, material, trial.label(material), trial.plan), by: .investigatorElsewhere)
        .refused("other-site")
    }
    #expect(
      trial.when(RecordStep("receivedAtSite", material, trial.label(material), trial.plan), by: .investigatorElsewhere)
        .events != nil)
    trial.when(
      RecordStep("destroyed", material, trial.label(material), trial.plan), by: .nurse, together: [.otherNurse]
    )
    .then { #expect($0.count == 1) }
    try trial.perform(lose, by: .nurse)
    #expect(trial.of().product[bag]?.isUnusable == true)
  }

  @Test func `what was sent to a site that its participant has left since is received there, or where they are now`()
    throws
  {
    var trial = try TrialScenario.cells(at: .released)
    let material = Material.bag(bag)
    try trial.step("shipped", material, by: .cellLaboratory)
    let receipt = RecordStep("receivedAtSite", material, trial.label(material), trial.plan)
    trial.when(receipt, by: .investigatorElsewhere).refused("other-site")
    trial.given(.way(.first, .siteChanged(to: .shanghai)))
    for actor in [Acting.nurse, .investigatorElsewhere] {
      var received = trial
      try received.perform(receipt, by: actor)
      #expect(received.of().hasBag(at: .berlin) == (actor == .nurse))
    }
    trial.when(LoseMaterial(participant: .first, material: material, reason: "the courier's accident"), by: .nurse)
      .refused("other-site")
  }

  @Test func `a bag that the new site has received is in the hands of that site alone`() throws {
    var trial = try TrialScenario.cells(at: .stored)
    let material = Material.bag(bag)
    trial.given(.way(.first, .siteChanged(to: .shanghai)))
    try trial.step("receivedAtSite", material, by: .investigatorElsewhere)
    trial.when(LoseMaterial(participant: .first, material: material, reason: "the freezer failed"), by: .nurse)
      .refused("other-site")
  }

  @Test func `a further collection asks for a re-check of its own`() throws {
    var trial = try TrialScenario.enrolled()
    try trial.perform(SignRecheck(participant: .first, kind: .leukapheresis, outcome: .passed))
    #expect(trial.line("leukapheresis.recheck", of: .leukapheresis)?.value == true)
    trial.wait(hours: 1)
    let first = CollectionNumber(participant: .first, collection: 1)
    trial.given(
      .product(.first, .labelsPrinted(material: .collection(first), count: 3, reason: nil)),
      .product(.first, .collectionBegun(collection: first, outsideGate: false, lines: [])))
    #expect(trial.line("leukapheresis.recheck", of: .leukapheresis)?.value == true, "the same collection goes on")
    trial.given(.product(.first, .materialLost(material: .collection(first), reason: "the bag burst")))
    trial.wait(hours: 1)
    #expect(trial.line("leukapheresis.recheck", of: .leukapheresis)?.value == false)
    try trial.perform(SignRecheck(participant: .first, kind: .leukapheresis, outcome: .passed))
    #expect(trial.line("leukapheresis.recheck", of: .leukapheresis)?.value == true)
  }
}
