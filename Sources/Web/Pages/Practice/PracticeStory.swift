import ClinicalValues
import Ledger
import StudyDesign
import Trial

/// Who is there in a practice.
struct PracticeCast: Sendable {
  /// Whoever practises, and who stands beside them.
  let you, colleague: Acting
  let investigator, coordinator, laboratory: Acting
  /// Who is to be infused, and somebody else whose cells are there too.
  let meant, other: PracticePerson
  let site: SiteID

  /// - Throws: `InvalidCode` only where its own text is wrong.
  init() throws {
    let site = try SiteID("99")
    func person(_ account: String, _ role: Role) throws -> Acting {
      Acting(account: try AccountID(account), role: role, site: role.isOfSite ? site : nil)
    }
    self.site = site
    you = try person("you", .nurse)
    colleague = try person("colleague", .nurse)
    investigator = try person("investigator", .subInvestigator)
    coordinator = try person("coordinator", .coordinator)
    laboratory = try person("laboratory", .cellLaboratory)
    meant = PracticePerson(
      id: try ParticipantID(site: site, number: 1), identity: ChainOfIdentity(random: 4_711), name: "Alex Example",
      birthDate: "1984-03-17")
    other = PracticePerson(
      id: try ParticipantID(site: site, number: 2), identity: ChainOfIdentity(random: 8_150), name: "Kim Sample",
      birthDate: "1979-11-02")
  }

  fileprivate var staff: [(who: Acting, name: String)] {
    [
      (you, "You"), (colleague, "Your colleague"), (investigator, "An investigator"), (coordinator, "A coordinator"),
      (laboratory, "The laboratory"),
    ]
  }
}

/// An invented person of a practice.
struct PracticePerson: Sendable, Hashable {
  let id: ParticipantID
  let identity: ChainOfIdentity
  let name: String
  let birthDate: String

  var lot: LotNumber { LotNumber(participant: id, lot: 1) }
  var bag: BagNumber { BagNumber(lot: lot, bag: 1) }
}

extension PracticeTrial {
  /// The trial on the morning of Day 0: two people with released cells, of whom one is to be infused today. Everything is there but what
  /// is done at the bedside.
  ///
  /// - Throws: `Refusal` where the study's plan asks for more than this story brings.
  static func dayZero(_ study: Study, _ cast: PracticeCast, now: Instant) throws -> PracticeTrial {
    let doses = study.conduct.way.lymphodepletionDays
    let days = 22 + (doses - 1) + study.conduct.way.infusionAfterLastDose.lowerBound
    var trial = PracticeTrial(study, from: now.adding(hours: -days * 24))
    trial.open(cast, cohorts: study.cohorts.map(\.id))
    let cohort = study.cohorts.first?.id ?? ""
    for person in [cast.meant, cast.other] { try trial.enroll(person, cohort, cast) }
    trial.wait(days: 2)
    for person in [cast.meant, cast.other] { trial.makeCells(of: person, cast) }
    trial.wait(days: 20)
    try trial.lymphodeplete(cast.meant, doses: doses, cast)
    trial.wait(days: study.conduct.way.infusionAfterLastDose.lowerBound)
    try trial.prepare(cast.meant, cast)
    return trial
  }

  private mutating func open(_ cast: PracticeCast, cohorts: [String]) {
    for (number, person) in cast.staff.enumerated() {
      let id = person.who.account
      let trainings = [Training.Subject.system, .protocolVersion(situation(by: person.who).protocolVersion.version)]
      let events: [PeopleEvent] =
        [.accountCreated(account: id, name: person.name, namesakes: []), .identityChecked(account: id, how: .document)]
        + trainings.map { .trained(account: id, training: Training($0, from: now.date)) }
        + [
          .accountEnabled(account: id), .roleGranted(account: id, role: person.who.role, site: person.who.site),
          .delegationSigned(
            number: number + 1, account: id, role: person.who.role, site: person.who.site,
            tasks: person.who.role.permissions, from: now.date, to: nil),
          .delegationAccepted(number: number + 1),
        ]
      for event in events { take(.people(event), by: person.who) }
    }
    take(.site(cast.site, .siteAdded(name: "Practice", zone: "UTC")), by: cast.coordinator)
    let form = ConsentForm(version: "1.0", from: now, signedAnewBy: .nobody)
    take(.site(cast.site, .consentPutInForce(form: form)), by: cast.investigator)
    for scope in [StudyScope.study, .site(cast.site)] + cohorts.map({ .cohort($0) }) {
      take(.study(.opened(scope: scope)), by: cast.investigator)
    }
  }

  private mutating func enroll(_ person: PracticePerson, _ cohort: String, _ cast: PracticeCast) throws(Refusal) {
    take(.way(person.id, .registered(site: cast.site, cohort: cohort)), by: cast.coordinator)
    know(person.id)
    try perform(
      GiveConsent(
        participant: person.id, version: "1.0", obtainedBy: cast.investigator.account, obtainedAs: .subInvestigator,
        adult: true, copyGiven: true), by: cast.coordinator)
    know(person.id)
    try perform(StartScreening(participant: person.id), by: cast.coordinator)
    try perform(DecideEligible(participant: person.id, cohort: cohort), by: cast.investigator)
    try perform(Enroll(participant: person.id, identity: person.identity), by: cast.coordinator)
  }

  /// The cells from collection to the site's freezer.
  private mutating func makeCells(of person: PracticePerson, _ cast: PracticeCast) {
    let collection = CollectionNumber(participant: person.id, collection: 1)
    let keeps = CalendarDate(daysSinceEpoch: now.day + 365)
    let bag = Material.bag(person.bag)
    var events: [ProductEvent] = [
      .labelsPrinted(material: .collection(collection), count: 3, reason: nil),
      .collectionBegun(collection: collection, outsideGate: false, lines: []),
      .collectionEnded(
        collection: collection, yield: 900, accepted: true, step: step("collected", .collection(collection))),
      .labelsPrinted(material: .lot(person.lot), count: 3, reason: nil),
      .manufacturingBegun(
        lot: person.lot, from: collection, materialLeft: false, step: step("manufacturingStarted", .lot(person.lot))),
      .labelsPrinted(material: bag, count: 3, reason: nil),
      .bagFilled(bag: person.bag, volumeML: 30, cells: 14_000_000, step: step("filled", bag)),
      .custodyStepDone(step("cryopreserved", bag, lastDay: keeps)),
      .lotReleased(lot: person.lot, release: .normal, results: []),
    ]
    events += ["shipped", "receivedAtSite", "stored"].map { .custodyStepDone(step($0, bag)) }
    for event in events { take(.product(person.id, event), by: cast.laboratory) }
  }

  private func step(_ id: String, _ material: Material, lastDay: CalendarDate? = nil) -> CustodyStep {
    CustodyStep(step: id, material: material, place: "practice", lastDay: lastDay)
  }

  private mutating func lymphodeplete(_ person: PracticePerson, doses: Int, _ cast: PracticeCast) throws(Refusal) {
    know(person.id)
    guard let day = CalendarDate(daysSinceEpoch: now.day + plan.way.dayZeroAfterFirstDose) else { return }
    try perform(BookDayZero(participant: person.id, day: day), by: cast.coordinator)
    for item in [Readiness.tocilizumabBooked, .intensiveCareBooked, .infectionProphylaxis] {
      try perform(ConfirmReadiness(participant: person.id, item: item), by: cast.you)
    }
    try perform(
      OrderLymphodepletion(
        participant: person.id, height: 175, weight: PracticeTrial.weight, creatinineClearance: 95,
        doses: plan.way.lymphodepletionAgents.map { .init(concept: $0.concept, perSquareMeter: $0.lowestDose) },
        bags: [person.bag]), by: cast.investigator)
    try perform(SignRecheck(participant: person.id, kind: .lymphodepletion, outcome: .passed), by: cast.investigator)
    try perform(StartLymphodepletion(participant: person.id), by: cast.you)
    for _ in 1..<doses {
      wait(days: 1)
      try perform(ContinueLymphodepletion(participant: person.id, nothingNew: true), by: cast.investigator)
    }
  }

  /// What the gate of infusion asks for beside the bedside, with the bag out of the freezer.
  private mutating func prepare(_ person: PracticePerson, _ cast: PracticeCast) throws(Refusal) {
    take(.product(person.id, .custodyStepDone(step("takenOut", .bag(person.bag)))), by: cast.laboratory)
    know(person.id)
    try perform(
      OrderInfusion(participant: person.id, bags: [person.bag], weight: PracticeTrial.weight), by: cast.investigator)
    for item in [Readiness.resuscitationReady, .intensiveCareReady, .neurologistReachable, .premedicationGiven] {
      try perform(ConfirmReadiness(participant: person.id, item: item), by: cast.you)
    }
    try perform(
      ConfirmReadiness(participant: person.id, item: .tocilizumabKept, doses: plan.way.tocilizumabDoses), by: cast.you)
    try perform(SignRecheck(participant: person.id, kind: .infusion, outcome: .passed), by: cast.investigator)
  }
}
