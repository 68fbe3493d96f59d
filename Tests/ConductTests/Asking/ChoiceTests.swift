import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Conduct

/// What a field offers to choose from, and what is offered at all.
struct ChoiceTests {
  private static let collection = CollectionNumber(participant: .first, collection: 1).description
  private static let lot = LotNumber(participant: .first, lot: 1)
  private static let bags = [1, 2].map { BagNumber(lot: lot, bag: $0).description }

  @Test(
    arguments: [
      (FillBag.self, "bag", FieldReference.bag), (BeginManufacturing.self, "collection", .collection),
      (ReleaseLot.self, "lot", .lot), (RecordStep.self, "material", .material), (RecordStep.self, "step", .custodyStep),
      (GrantRole.self, "account", .account), (CreateAccount.self, "account", nil), (AddSite.self, "site", nil),
      (ChangeSite.self, "to", .site), (GiveConsent.self, "version", .consentVersion),
      (PutConsentInForce.self, "version", nil), (RecordVisit.self, "visit", .visit),
      (LiftOperationalHold.self, "hold", .hold), (AcceptDelegation.self, "number", .delegation),
      (RecordStep.self, "label", nil), (VerifyBedside.self, "labelBag", nil), (VerifyBedside.self, "wristband", nil),
      (EndSample.self, "sample", nil), (RecordOutsideGate.self, "bag", nil),
    ] as [(any TrialCommand.Type, String, FieldReference?)])
  func `a field names what it can be chosen from; what is read from a label names nothing`(
    _ command: any TrialCommand.Type, _ key: String, _ expected: FieldReference?
  ) {
    #expect(CommandForm.of(command).fields.first { $0.key == key }?.kind.reference == expected)
  }

  @Test func `of the cells those fit that the act can be done to`() throws {
    var stage = try ChoiceStage()
    stage.make(bags: 2)
    #expect(stage.values(EnterTest.self, "lot") == ["+\(Self.lot)"])
    #expect(stage.values(FillBag.self, "bag") == Self.bags)
    #expect(stage.values(CorrectFill.self, "bag") == Self.bags.map { "+" + $0 })
    #expect(stage.values(BeginManufacturing.self, "collection") == [Self.collection])
    #expect(stage.values(EnterTest.self, "lot", ["participant": "01-0009"]).isEmpty)
    let next = BagNumber(lot: Self.lot, bag: 3).description
    #expect(stage.values(PrintLabels.self, "material", by: ChoiceStage.laboratory).first == "+" + next)
    let atSite = stage.values(PrintLabels.self, "material")
    #expect(atSite.contains(next), "a bag is the laboratory's until it is shipped")
    #expect(atSite.first == "+\(Self.collection)", "a collection was at the site, and may be told of late")
  }

  @Test func `steps of the laboratory do not fit who is at a site, nor those that an act of their own records`() throws
  {
    let steps = Set(try ChoiceStage().values(RecordStep.self, "step"))
    #expect(steps.isSuperset(of: ["+labelled", "+packed", "accepted", "filled", "thawed"]))
  }

  @Test func `people, participants and visits are known by name`() throws {
    let stage = try ChoiceStage()
    #expect(stage.values(GiveConsent.self, "participant", [:]) == ["+01-0001"])
    #expect(
      stage.values(GiveConsent.self, "obtainedBy")
        == ["+cora.lund", "+nora.diaz", "milo.adams"], "who has no role at the site is not known there")
    #expect(stage.values(RecordVisit.self, "visit").last == "+unscheduled")
  }

  @Test(
    arguments: [
      (CheckPerson.self, [:], Company.needed), (FillBag.self, [:], .needed), (ThawBag.self, [:], .possible),
      (RecordStep.self, ["step": "labelled"], .needed), (RecordStep.self, ["step": "packed"], .possible),
      (RecordVisit.self, [:], .possible), (RecordVisit.self, ["afterDowntime": "true"], .needed),
      (DecideLift.self, [:], .needed), (EraseIdentity.self, [:], .needed),
    ] as [(any TrialCommand.Type, [String: String], Company)])
  func `who acts along is asked for from the start`(
    _ command: any TrialCommand.Type, _ given: [String: String], _ expected: Company
  ) throws {
    let given = given.merging(["participant": "01-0001"]) { $1 }
    #expect(try ChoiceStage().choices(command, given).company == expected)
  }

  @Test func `which step it is decides whether two people do it`() throws {
    guard case .atSteps(let titles) = try ChoiceStage().choices(RecordStep.self).company else {
      Issue.record("two people do some steps")
      return
    }
    #expect(titles.contains("Labels put on by two people at the chairside"))
  }

  @Test func `those can act along who may, but for who asks`() throws {
    let people = try ChoiceStage().choices(CheckPerson.self, ["participant": "01-0001"]).companions
    #expect(people.map(\.value) == ["cora.lund"])
  }

  @Test func `a number has its unit`() throws {
    let stage = try ChoiceStage()
    for (command, key, unit) in [
      (FillBag.self as any TrialCommand.Type, "volumeML", "mL"), (RecordStep.self, "least", "Cel"),
      (OrderInfusion.self, "weight", "kg"),
    ] {
      let field = try #require(CommandForm.of(command).fields.first { $0.key == key })
      #expect(stage.choices(command).unit(of: field) == unit)
    }
  }
}

/// What would be refused whatever is still given to it is not offered.
struct OfferingTests {
  @Test(
    arguments: [
      (RecordVisit.self, nil), (EndCollection.self, "not-collected"), (BeginCollection.self, "no-collection"),
      (BeginManufacturing.self, "nothing-fits"), (LoseMaterial.self, "nothing-fits"), (FillBag.self, "nothing-fits"),
      (PrintLabels.self, nil), (ReleaseLot.self, "role-may-not"), (OrderInfusion.self, "role-may-not"),
    ] as [(any TrialCommand.Type, String?)])
  func `what hangs on where a participant stands is refused before anybody types`(
    _ command: any TrialCommand.Type, _ expected: String?
  ) throws {
    #expect(try ChoiceStage().refusal(command) == expected)
  }

  @Test func `who is not delegated or not trained is offered nothing`() throws {
    #expect(try ChoiceStage().refusal(RaiseQuery.self, by: ChoiceStage.monitor) == "training-missing")
  }

  @Test func `who is dead is offered no visit now; one of before is still entered late`() throws {
    var stage = try ChoiceStage()
    #expect(stage.refusal(RecordVisit.self) == nil)
    stage.record(.way(.first, .died(cause: "sepsis")))
    #expect(stage.refusal(RecordVisit.self) == "after-death")
    #expect(stage.refusal(RecordDeath.self) == "after-death")
    let afterDeath = Refusal("after-death", because: "", remedy: "")
    #expect(Offering.mayHaveBeen(RecordVisit.self, despite: afterDeath))
    #expect(!Offering.mayHaveBeen(Enroll.self, despite: afterDeath), "a gate is passed now or never")
    #expect(!Offering.mayHaveBeen(RecordVisit.self, despite: Refusal("other-site", because: "", remedy: "")))
  }

  @Test func `what is made can be lost by who has it in hand; what is gone cannot`() throws {
    var stage = try ChoiceStage()
    stage.make(bags: 1)
    #expect(stage.refusal(LoseMaterial.self) == "nothing-fits" && stage.refusal(RecordStep.self) == nil)
    let bag = BagNumber(lot: LotNumber(participant: .first, lot: 1), bag: 1)
    let given = ["participant": "01-0001", "material": "\(bag)"]
    #expect(stage.refusal(PrintLabels.self, given) == "other-place")
    let received = CustodyStep(step: "receivedAtSite", material: .bag(bag), place: "Ward 3")
    stage.record(.product(.first, .custodyStepDone(received)))
    #expect(stage.refusal(LoseMaterial.self) == nil && stage.refusal(PrintLabels.self, given) == nil)
    var back = stage
    back.record(.product(.first, .custodyStepDone(CustodyStep(step: "retained", material: .bag(bag), place: "Tank 2"))))
    #expect(back.refusal(PrintLabels.self, given) == "not-in-hand" && back.refusal(LoseMaterial.self) == nil)
    let elsewhereNow = Refusal("not-in-hand", because: "", remedy: "")
    #expect(Offering.mayHaveBeen(PrintLabels.self, despite: elsewhereNow), "those of before are entered late")
    stage.record(.product(.first, .materialLost(material: .bag(bag), reason: "broken")))
    #expect(stage.refusal(LoseMaterial.self) == "nothing-fits")
  }

  @Test func `without whom it would be about only who acts is asked`() throws {
    #expect(try ChoiceStage().refusal(RecordVisit.self, [:]) == nil)
  }
}
