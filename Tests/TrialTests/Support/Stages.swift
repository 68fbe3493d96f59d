import ClinicalValues
import Ledger
import StudyDesign

@testable import Trial

// Trials in which the first participant has come so far, each by the commands of the way; what the cells went through
// stands in the ledger as given.

extension TrialScenario {
  /// A study that is open at two sites, each with version 1.0 of its consent form; a candidate is registered.
  static func candidate() -> TrialScenario {
    var trial = TrialScenario()
    for (site, name, zone) in [(SiteID.berlin, "Berlin", "Europe/Berlin"), (.shanghai, "Shanghai", "Asia/Shanghai")] {
      trial.given(.site(site, .siteAdded(name: name, zone: zone)), at: .summer)
      let form = ConsentForm(version: "1.0", from: .summer, signedAnewBy: .nobody)
      trial.given(.site(site, .consentPutInForce(form: form)), .study(.opened(scope: .site(site))), at: .summer)
    }
    let scopes = trial.version.cohorts.map { StudyScope.cohort($0) } + [.study]
    trial.given(scopes.map { .study(.opened(scope: $0)) }, at: .summer)
    trial.given(.way(.first, .registered(site: .berlin, cohort: "sle")))
    return trial
  }

  /// Consent is signed, and today's data are there: everything passes.
  static func consented() throws(Refusal) -> TrialScenario {
    var trial = candidate()
    try trial.perform(GiveConsent.example, by: .coordinator)
    trial.refresh()
    return trial
  }

  /// An investigator has found the participant eligible today.
  static func eligible() throws(Refusal) -> TrialScenario {
    var trial = try consented()
    try trial.perform(StartScreening(participant: .first), by: .coordinator)
    try trial.perform(DecideEligible(participant: .first, cohort: "sle"))
    return trial
  }

  /// A slot is allotted.
  static func enrolled() throws(Refusal) -> TrialScenario {
    var trial = try eligible()
    try trial.perform(Enroll(participant: .first, identity: .example), by: .coordinator)
    return trial
  }

  /// Cells are collected, accepted, made into two bags of the first lot, released, received and stored.
  static func released() throws(Refusal) -> TrialScenario {
    var trial = try enrolled()
    trial.wait(days: 2)
    trial.givenProduct()
    trial.wait(days: 20)
    trial.refresh()
    return trial
  }

  /// Everything for lymphodepletion is there.
  static func readyForLymphodepletion() throws(Refusal) -> TrialScenario {
    var trial = try released()
    try trial.prepareLymphodepletion()
    return trial
  }

  /// Lymphodepletion is complete; it is the second day after its last dose.
  static func conditioned() throws(Refusal) -> TrialScenario {
    var trial = try readyForLymphodepletion()
    try trial.lymphodeplete()
    trial.wait(days: 2)
    trial.refresh()
    return trial
  }

  /// Everything for the infusion of the first bag is there, the two at the bedside included.
  static func readyForInfusion() throws(Refusal) -> TrialScenario {
    var trial = try conditioned()
    try trial.prepareInfusion()
    return trial
  }

  /// The infusion of the first bag began today.
  static func infused() throws(Refusal) -> TrialScenario {
    var trial = try readyForInfusion()
    trial.given(
      .product(.first, .infusionStarted(bag: .first, outsideGate: false, lines: [])),
      .study(.infusionBegun(participant: .first)))
    return trial
  }

  /// Today's data: every criterion passes, every finding holds.
  mutating func refresh(_ participant: ParticipantID = .first) {
    let numbers: [String: Decimal] = [
      FindingID.baselineWeight: 70, FindingID.weight: 70, FindingID.height: 175, FindingID.clearance: 95,
    ]
    var picture = ClinicalPicture()
    for finding in plan.findings {
      picture.findings[finding.id] = Finding(value: true, evidence: ["seen"], number: numbers[finding.id])
    }
    let criteria = ["INC-1", "EXC-1"] + plan.way.longWaitCriteria
    picture.eligibility["sle"] = .example(criteria.map { _ in .pass }, ids: criteria, asOf: now)
    for (kind, recheck) in plan.recheck {
      picture.rechecks[kind] = .example(recheck.criteria.map { _ in .pass }, ids: recheck.criteria, asOf: now)
    }
    picture.longWait = .example(
      plan.way.longWaitCriteria.map { _ in .pass }, ids: plan.way.longWaitCriteria, asOf: now)
    pictures[participant] = picture
  }

  /// Changes what CQL finds of the first participant.
  mutating func see(_ finding: String, _ value: Bool?, number: Decimal? = nil) {
    pictures[.first, default: ClinicalPicture()].findings[finding] = Finding(value: value, number: number)
  }

  /// The cells of the first participant from collection to the site's freezer.
  mutating func givenProduct(lot: LotNumber = .first, keepsDays: Int = 365) {
    let number = CollectionNumber(participant: .first, collection: lot.lot)
    func step(_ id: String, _ material: Material, keeps: Bool = false) -> CustodyStep {
      CustodyStep(step: id, material: material, place: "here", lastDay: keeps ? date(inDays: keepsDays) : nil)
    }
    var events: [ProductEvent] = [
      .labelsPrinted(material: .collection(number), count: 3, reason: nil),
      .collectionBegun(collection: number, outsideGate: false, lines: []),
      .collectionEnded(
        collection: number, yield: 900, accepted: true, step: step("collected", .collection(number))),
      .labelsPrinted(material: .lot(lot), count: 3, reason: nil),
      .manufacturingBegun(
        lot: lot, from: number, materialLeft: false, step: step("manufacturingStarted", .lot(lot))),
    ]
    for bag in [BagNumber(lot: lot, bag: 1), BagNumber(lot: lot, bag: 2)] {
      events += [
        .labelsPrinted(material: .bag(bag), count: 3, reason: nil),
        .bagFilled(bag: bag, volumeML: 30, cells: 7_000_000, step: step("filled", .bag(bag))),
        .custodyStepDone(step("cryopreserved", .bag(bag), keeps: true)),
      ]
    }
    events.append(.lotReleased(lot: lot, release: .normal, results: []))
    for bag in 1...2 {
      for id in ["shipped", "receivedAtSite", "stored"] {
        events.append(.custodyStepDone(step(id, .bag(BagNumber(lot: lot, bag: bag)))))
      }
    }
    given(events.map { .product(.first, $0) }, by: .cellLaboratory)
  }

  /// Books Day 0, confirms, orders and re-checks what the gate of lymphodepletion asks for.
  mutating func prepareLymphodepletion() throws(Refusal) {
    try perform(BookDayZero(participant: .first, day: date(inDays: 5)), by: .coordinator)
    for item in [Readiness.tocilizumabBooked, .intensiveCareBooked, .infectionProphylaxis] {
      try perform(ConfirmReadiness(participant: .first, item: item), by: .nurse)
    }
    try perform(OrderLymphodepletion.example)
    try perform(SignRecheck(participant: .first, kind: .lymphodepletion, outcome: .passed))
  }

  /// Gives the three doses on three days, from today.
  mutating func lymphodeplete() throws(Refusal) {
    try perform(StartLymphodepletion(participant: .first), by: .nurse)
    for _ in 2...3 {
      wait(days: 1)
      try perform(ContinueLymphodepletion(participant: .first, nothingNew: true))
    }
  }

  /// Orders, confirms, re-checks and verifies what the gate of infusion asks for.
  mutating func prepareInfusion() throws(Refusal) {
    try perform(OrderInfusion(participant: .first, bags: [.first], weight: 70))
    for item in [Readiness.resuscitationReady, .intensiveCareReady, .neurologistReachable, .premedicationGiven] {
      try perform(ConfirmReadiness(participant: .first, item: item), by: .nurse)
    }
    try perform(ConfirmReadiness(participant: .first, item: .tocilizumabKept, doses: 2), by: .nurse)
    try perform(SignRecheck(participant: .first, kind: .infusion, outcome: .passed))
    for nurse in [Acting.nurse, .otherNurse] {
      given(.product(.first, .bedsideVerified(bag: .first, said: .agrees)), by: nurse)
    }
  }
}

extension GiveConsent {
  static let example = GiveConsent(
    participant: .first, version: "1.0", obtainedBy: Acting.investigator.account, obtainedAs: .subInvestigator,
    adult: true, copyGiven: true)
}

extension OrderLymphodepletion {
  static let example = OrderLymphodepletion(
    participant: .first, height: 175, weight: 70, creatinineClearance: 95,
    doses: [Dose(concept: "fludarabine", perSquareMeter: 30), Dose(concept: "cyclophosphamide", perSquareMeter: 300)],
    bags: [.first])
}

extension ChainOfIdentity {
  static let example = ChainOfIdentity(random: 1)
}
