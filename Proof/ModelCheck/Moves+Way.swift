import ClinicalValues
import Ledger
import StudyDesign
import Trial

extension Moves {
  /// From candidate to enrolled.
  func screening(_ participant: ParticipantState, in world: World) -> [Move] {
    let (id, staff) = (participant.id, study.staff)
    let investigator = study.staff(at: participant.way.site).investigator.account
    let decide = DecideEligible(participant: id, cohort: SmallStudy.cohort)
    var moves: [Move] = [
      .ask(StartScreening(participant: id), staff.nurse),
      .ask(decide, staff.investigator), .command(decide, by: staff.investigator, together: [], earlier: true),
      .ask(FailScreening(participant: id, reason: "does not wish to go on"), staff.investigator),
      .ask(QuestionEligibility(participant: id, reason: "a late result"), staff.nurse),
    ]
    for version in ["1.0", "2.0"] {
      let consent = GiveConsent(
        participant: id, version: version, obtainedBy: investigator, obtainedAs: .subInvestigator,
        adult: true, copyGiven: true)
      moves.append(.ask(consent, staff.nurse))
    }
    let imports = world.shadow.people[id]?.imports.count ?? 0
    for source in [ImportedData.Source.hospitalRecord, .laboratory] where imports < Scope.imports {
      let data = ImportData(participant: id, bundle: study.version.digest, resources: 1, source: source)
      moves.append(.ask(data, staff.nurse))
    }
    for whose in [id, study.other(than: id)] {
      guard let identity = study.identities[whose] else { continue }
      moves.append(.ask(Enroll(participant: id, identity: identity), staff.nurse))
    }
    return moves
  }

  /// From enrolled to the infusion, but for the cells.
  func treatment(_ participant: ParticipantState, in world: World) -> [Move] {
    let (id, staff) = (participant.id, study.staff)
    var moves: [Move] = [
      .ask(StartLymphodepletion(participant: id), staff.nurse),
      .ask(ContinueLymphodepletion(participant: id, nothingNew: true), staff.investigator),
      .ask(ContinueLymphodepletion(participant: id, nothingNew: false), staff.investigator),
      .ask(EndLymphodepletion(participant: id, reason: "toxicity"), staff.investigator),
      .ask(JustifyDelay(participant: id, reason: "fever"), staff.investigator),
      .ask(RecordBridging(participant: id, treatment: "GC"), staff.nurse),
      .ask(RecordBridging(participant: id, treatment: "other"), staff.nurse),
    ]
    for days in [2, 3, 4] {
      guard let day = CalendarDate(daysSinceEpoch: world.now.day + days) else { continue }
      moves.append(.ask(BookDayZero(participant: id, day: day), staff.nurse))
    }
    for kind in RecheckKind.allCases {
      let passed = SignRecheck(participant: id, kind: kind, outcome: .passed)
      let deferred = SignRecheck(participant: id, kind: kind, outcome: .deferred, reason: "fever")
      moves += [
        .ask(passed, staff.investigator),
        .command(passed, by: staff.investigator, together: [], earlier: true),
        .ask(deferred, staff.investigator),
        .ask(SignRecheck(participant: id, kind: kind, outcome: .leave, reason: "too ill"), staff.investigator),
      ]
    }
    for item in Readiness.allCases {
      for doses in item == .tocilizumabKept ? [2, 1] : [nil] {
        moves.append(.ask(ConfirmReadiness(participant: id, item: item, doses: doses), staff.nurse))
      }
    }
    return moves + orders(participant, in: world)
  }

  private func orders(_ participant: ParticipantState, in world: World) -> [Move] {
    let id = participant.id
    let own = participant.product.lots.flatMap(\.bags).map(\.number)
    let other = BagNumber(lot: LotNumber(participant: study.other(than: id), lot: 1), bag: 1)
    return (own.map { [$0] } + [[other]]).flatMap { bags -> [Move] in
      let lymphodepletion = OrderLymphodepletion(
        participant: id, height: SmallStudy.height, weight: SmallStudy.weight,
        creatinineClearance: SmallStudy.clearance,
        doses: [.init(concept: "fludarabine", perSquareMeter: 30)], bags: bags)
      let infusion = OrderInfusion(participant: id, bags: bags, weight: SmallStudy.weight)
      return [.ask(lymphodepletion, study.staff.investigator), .ask(infusion, study.staff.investigator)]
    }
  }

  /// Visits, conditions, and every way to leave.
  func leaving(_ participant: ParticipantState, in world: World) -> [Move] {
    let (id, staff, today) = (participant.id, study.staff, world.now.date)
    var moves: [Move] = [
      .ask(RecordVisit(participant: id, visit: "unscheduled", assessed: true), staff.nurse),
      .ask(RecordVisit(participant: id, visit: study.plan.way.lastVisit, assessed: true), staff.nurse),
      .ask(AttemptContact(participant: id, inWriting: true), staff.nurse),
      .ask(LoseToFollowUp(participant: id, lastContact: today), staff.nurse),
      .ask(RecordCapacity(participant: id, present: false, reason: "delirium"), staff.investigator),
      .ask(RecordCapacity(participant: id, present: true), staff.investigator),
      .ask(ReportPregnancy(participant: id, of: .participant), staff.nurse),
      .ask(EndPregnancy(participant: id, of: .participant, outcome: "birth"), staff.nurse),
      .ask(EndPregnancy(participant: id, of: .participant, outcome: "birth"), staff.investigator),
    ]
    for hasDied in ["true", "false"] {
      let isTold = participant.casebook.forms[study.deathForm] != nil
      let save = SaveForm(
        participant: id, form: study.deathForm, entries: [ReadEntry(Entry(SmallStudy.hasDied, .value(hasDied)))],
        correction: isTold ? "misread" : nil)
      moves.append(.ask(save, staff.nurse))
    }
    for site in [study.site, study.otherSite] where site != participant.way.site {
      moves.append(.ask(ChangeSite(participant: id, to: site), staff.nurse))
    }
    for reason in [Departure.Reason.discontinued, .neverInfused] {
      let command = Discontinue(participant: id, reason: reason, detail: "decided", lastContact: today)
      moves.append(.ask(command, staff.investigator))
    }
    for scope in Withdrawal.Scope.allCases {
      let command = Withdraw(
        participant: id, scope: scope, samples: .kept, cells: .destroyed, lastContact: today, detail: "wish")
      moves.append(.ask(command, staff.nurse))
    }
    for earlier in [false, true] {
      let death = RecordDeath(participant: id, cause: "pneumonia", lastContact: study.start.date)
      moves += [
        .command(death, by: staff.nurse, together: [], earlier: earlier),
        .command(FindAgain(participant: id), by: staff.nurse, together: [], earlier: earlier),
      ]
    }
    return moves
  }

  /// Deviations and reports.
  func records(_ participant: ParticipantState) -> [Move] {
    let (id, staff, record) = (participant.id, study.staff, participant.record)
    var moves: [Move] = [
      .ask(OpenDeviation(participant: id, kind: .other, what: "something"), staff.nurse)
    ]
    if let deviation = record.deviations.last?.number {
      moves += [
        .ask(
          ClassifyDeviation(participant: id, deviation: deviation, severity: .minor, reason: "no harm"),
          staff.investigator),
        .ask(
          AssessDeviation(participant: id, deviation: deviation, cause: "a", correction: "b", prevention: "c"),
          staff.investigator),
        .ask(ReportDeviation(participant: id, deviation: deviation, to: "sponsor"), staff.nurse),
      ]
    }
    let clock = record.runningClocks.first?.number ?? 1
    moves.append(.ask(SubmitReport(participant: id, clock: clock, to: "sponsor"), staff.nurse))
    return moves
  }
}
