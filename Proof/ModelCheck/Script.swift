import ClinicalValues
import Ledger
import StudyDesign
import Trial

/// Scripted ways to a world from which exploration starts: accepted commands only, one after the other.
struct Script {
  let study: SmallStudy
  let setting: Setting
  let moves: Moves
  private(set) var world: World
  /// Where whoever acts for a site is.
  private(set) var place: SiteID

  /// A study in which everybody's data speak for them.
  init(_ study: SmallStudy) {
    self.study = study
    setting = Setting(study)
    moves = Moves(study)
    world = World(study)
    place = study.site
    for id in study.participants { world.pictures[id] = .clear }
  }

  var staff: SmallStudy.Staff { study.staff(at: place) }

  /// Does what must be accepted; throws the refusal, or what the invariants say against it.
  mutating func ask(_ command: any TrialCommand, _ actor: Acting, with together: [Acting] = []) throws {
    let pictures = setting.pictures(of: world)
    switch setting.decide(command, by: actor, together: together, earlier: false, in: world, pictures: pictures) {
    case .refused(let refusal): throw refusal
    case .accepted(let facts, let next):
      let broken = Invariants(study: study)
        .violations(of: facts, from: command, by: actor, earlier: false, before: world, after: next)
      if let first = broken.first { throw first }
      world = next
    }
  }

  /// Does a move that was made for commands of several people.
  mutating func make(_ move: Move) throws {
    if case .command(let command, let actor, let together, _) = move { try ask(command, actor, with: together) }
  }

  mutating func wait(_ pause: Pause) { world = setting.after(pause, world) }

  mutating func know(_ picture: Picture, of id: ParticipantID) { world.pictures[id] = picture }

  // MARK: The study

  /// The study is configured, adopted, staffed with a board and open.
  mutating func open(adopted: Bool = true) throws {
    let (principal, version) = (staff.principal, study.version)
    try ask(AddSite(site: study.site, name: "Hospital", zone: "UTC"), staff.administrator)
    try ask(PutProtocolInForce(version: version.version, digest: version.digest, appliesTo: .all), principal)
    try ask(
      SignConfigurationTest(
        version: version.version, digest: version.digest, report: version.digest, tests: 1, failures: 0), principal)
    try ask(PutConsentInForce(site: study.site, version: "1.0", signedAnewBy: .nobody), principal)
    // A later consent form comes into force later than the first.
    wait(.short)
    if adopted {
      try ask(
        AdoptProvisional(items: [SmallStudy.provisional], version: version.version, digest: version.digest), principal)
    }
    for (index, member) in staff.board.enumerated() {
      try ask(AppointBoardMember(account: member.account, isStatistician: index == 2), staff.sponsor)
    }
    for scope in [StudyScope.study, .site(study.site), .cohort(SmallStudy.cohort)] {
      try ask(OpenForEnrollment(scope: scope), principal)
    }
  }

  /// The other site is there, and open.
  mutating func openElsewhere() throws {
    let principal = study.staffElsewhere.principal
    try ask(AddSite(site: study.otherSite, name: "Clinic", zone: "UTC"), staff.administrator)
    try ask(PutConsentInForce(site: study.otherSite, version: "1.0", signedAnewBy: .nobody), principal)
    try ask(OpenForEnrollment(scope: .site(study.otherSite)), principal)
  }

  /// Somebody is looked after at the other site from now on, and so acts whoever acts for a site.
  mutating func handOver(_ id: ParticipantID) throws {
    try ask(ChangeSite(participant: id, to: study.otherSite), staff.nurse)
    place = study.otherSite
  }

  // MARK: The way

  mutating func register() throws {
    try ask(RegisterCandidate(site: study.site, cohort: SmallStudy.cohort), staff.nurse)
  }

  mutating func findEligible(_ id: ParticipantID) throws {
    try register()
    try consent(id)
    try ask(StartScreening(participant: id), staff.nurse)
    try ask(DecideEligible(participant: id, cohort: SmallStudy.cohort), staff.investigator)
  }

  mutating func consent(_ id: ParticipantID) throws {
    let consent = GiveConsent(
      participant: id, version: "1.0", obtainedBy: staff.investigator.account, obtainedAs: .subInvestigator,
      adult: true, copyGiven: true)
    try ask(consent, staff.nurse)
  }

  mutating func enroll(_ id: ParticipantID) throws {
    guard let identity = study.identities[id] else { return }
    try ask(Enroll(participant: id, identity: identity), staff.nurse)
  }

  mutating func recheck(_ kind: RecheckKind, _ id: ParticipantID) throws {
    try ask(SignRecheck(participant: id, kind: kind, outcome: .passed), staff.investigator)
  }

  mutating func confirm(_ items: [Readiness], _ id: ParticipantID) throws {
    for item in items {
      try ask(
        ConfirmReadiness(participant: id, item: item, doses: item == .tocilizumabKept ? 2 : nil), staff.nurse)
    }
  }

  mutating func book(_ id: ParticipantID, inDays days: Int) throws {
    guard let day = CalendarDate(daysSinceEpoch: world.now.day + days) else { return }
    try ask(BookDayZero(participant: id, day: day), staff.nurse)
  }

  mutating func visit(_ id: ParticipantID) throws {
    try ask(RecordVisit(participant: id, visit: "unscheduled", assessed: true), staff.nurse)
  }

  mutating func review() throws {
    try make(moves.decided(2) { ReviewAsBoard(decision: .goOn, report: study.version.digest, ballot: $0) })
  }

  /// All that lymphodepletion needs of the site: re-check, order, prophylaxis, bookings.
  mutating func prepareLymphodepletion(_ id: ParticipantID, dayZeroIn days: Int = 3, ordered: Bool = true) throws {
    try recheck(.lymphodepletion, id)
    if ordered {
      try ask(
        OrderLymphodepletion(
          participant: id, height: SmallStudy.height, weight: SmallStudy.weight,
          creatinineClearance: SmallStudy.clearance,
          doses: [.init(concept: "fludarabine", perSquareMeter: 30)], bags: [Seeds.bag(id)]), staff.investigator)
    }
    try book(id, inDays: days)
    try confirm([.infectionProphylaxis, .tocilizumabBooked, .intensiveCareBooked], id)
  }

  /// Both doses of lymphodepletion, on this day and the next.
  mutating func lymphodeplete(_ id: ParticipantID) throws {
    try ask(StartLymphodepletion(participant: id), staff.nurse)
    wait(.day)
    try ask(ContinueLymphodepletion(participant: id, nothingNew: true), staff.investigator)
  }

  /// All that the infusion gate asks of the site but the bedside; `days` after the last dose.
  mutating func prepareInfusion(_ id: ParticipantID, afterDays days: Int = 1) throws {
    for _ in 0..<days { wait(.day) }
    try ask(OrderInfusion(participant: id, bags: [Seeds.bag(id)], weight: SmallStudy.weight), staff.investigator)
    try recheck(.infusion, id)
    try confirm(
      [.tocilizumabKept, .resuscitationReady, .intensiveCareReady, .neurologistReachable, .premedicationGiven], id)
    try checkPerson(id, .admission)
    try step("takenOut", .bag(Seeds.bag(id)))
  }

  mutating func checkPerson(_ id: ParticipantID, _ place: PersonCheckPlace) throws {
    let check = CheckPerson(
      participant: id, at: place, wristband: id.printed, documentName: true, documentBirthDate: true,
      wristbandName: true, wristbandBirthDate: true)
    try ask(check, staff.nurse, with: [staff.otherNurse])
  }
}
