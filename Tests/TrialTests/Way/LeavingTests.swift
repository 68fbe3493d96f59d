import ClinicalValues
import Testing

@testable import StudyDesign
@testable import Trial

@Suite struct `Leaving is always possible` {
  static let stages: [@Sendable () throws -> TrialScenario] = [
    { TrialScenario.candidate() }, { try .consented() }, { try .eligible() }, { try .enrolled() }, { try .released() },
    { try .readyForLymphodepletion() }, { try .conditioned() }, { try .readyForInfusion() }, { try .infused() },
  ]

  private func discontinue(_ trial: TrialScenario, _ reason: Departure.Reason = .discontinued) -> Discontinue {
    Discontinue(participant: .first, reason: reason, detail: "by judgment", lastContact: trial.now.date)
  }

  private func withdraw(_ trial: TrialScenario, of scope: Withdrawal.Scope) -> Withdraw {
    Withdraw(
      participant: .first, scope: scope, samples: .kept, cells: .destroyed, lastContact: trial.now.date, detail: "asked"
    )
  }

  @Test(arguments: stages.indices)
  func `from every status an investigator can end it, and the slot comes free before infusion only`(
    _ stage: Int
  ) throws {
    var trial = try Self.stages[stage]()
    let held = trial.state.study.slots.contains(.first)
    let infused = trial.of().product.infusion != nil
    let events = try trial.perform(discontinue(trial))
    #expect(events.contains(.study(.slotFreed(participant: .first))) == (held && !infused))
    #expect(trial.status() == .leftEarly)
    trial.when(discontinue(trial)).refused("has-left")
  }

  @Test(arguments: stages.indices.dropFirst())
  func `from every status after consent a participant can withdraw from everything`(_ stage: Int) throws {
    var trial = try Self.stages[stage]()
    try trial.perform(withdraw(trial, of: .everything), by: .coordinator)
    #expect(trial.status() == .leftEarly && !trial.of().way.consentInForce(at: trial.now))
  }

  @Test func `regulatory 43: withdrawal of everything: nothing later is recorded, what happened before may be entered`()
    throws
  {
    var trial = try TrialScenario.infused()
    trial.wait(days: 10)
    try trial.perform(withdraw(trial, of: .everything), by: .coordinator)
    trial.wait(hours: 2)
    let visit = RecordVisit(participant: .first, visit: "D10", assessed: true)
    trial.when(visit, by: .nurse).refused("withdrawn-from-everything")
    trial.when(
      RecordDeath(participant: .first, cause: "infection", lastContact: trial.now.date), by: .coordinator
    ).refused("withdrawn-from-everything")
    trial.when(visit, by: .nurse, at: trial.ago(hours: 4)).then { #expect($0.count == 1) }
    trial.when(withdraw(trial, of: .everything), by: .coordinator).refused("withdrawn-from-everything")
  }

  @Test func `withdrawal of visits: no visit, but records and vital status may be used; it can go further`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 10)
    trial.when(withdraw(trial, of: .treatment), by: .coordinator).refused("treatment-is-over")
    try trial.perform(withdraw(trial, of: .visits), by: .coordinator)
    trial.wait(hours: 2)
    trial.when(RecordVisit(participant: .first, visit: "D10", assessed: true), by: .nurse).refused("has-left")
    trial.when(
      ImportData(participant: .first, bundle: .other, resources: 1, source: .hospitalRecord), by: .coordinator
    ).then { #expect($0.count == 1) }
    trial.when(withdraw(trial, of: .visits), by: .coordinator).refused("already-withdrawn")
    let death = RecordDeath(participant: .first, cause: "accident", lastContact: trial.now.date)
    trial.when(death, by: .coordinator).then { events in
      #expect(events.prefix { if case .way = $0 { true } else { false } } == [.way(.first, .died(cause: "accident"))])
    }
    try trial.perform(withdraw(trial, of: .everything), by: .coordinator)
    #expect(trial.of().way.departure?.withdrawal?.scope == .everything)
  }

  @Test func `who was treated and never infused is followed for 30 days, then it ends`() throws {
    var trial = try TrialScenario.conditioned()
    try trial.perform(discontinue(trial, .neverInfused))
    let visit = RecordVisit(participant: .first, visit: "unscheduled", assessed: true)
    trial.wait(days: 28)
    try trial.perform(visit, by: .nurse)
    trial.wait(days: 1)
    trial.when(visit, by: .nurse).refused("has-left")
    #expect(try TrialScenario.enrolled().of().safetyFollowUpThrough(days: 30) == nil)
  }

  @Test func `who was collected in vain and leaves is followed for 30 days after the last leukapheresis`() throws {
    var trial = try TrialScenario.enrolled()
    let collection = CollectionNumber(participant: .first, collection: 1)
    trial.given(
      .product(.first, .collectionBegun(collection: collection, outsideGate: false, lines: [])),
      .product(
        .first,
        .collectionEnded(
          collection: collection, yield: 100, accepted: false,
          step: CustodyStep(step: "collected", material: .collection(collection), place: "here"))))
    trial.wait(days: 2)
    try trial.perform(discontinue(trial, .neverInfused))
    let visit = RecordVisit(participant: .first, visit: "unscheduled", assessed: true)
    trial.wait(days: 28)
    try trial.perform(visit, by: .nurse)
    trial.wait(days: 1)
    trial.when(visit, by: .nurse).refused("has-left")
  }

  @Test(arguments: [(2, 30), (30, 30), (50, 50)])
  func `safety follow-up of the never infused is planned 30 days after the last procedure, or when they leave later`(
    _ left: Int, _ planned: Int
  ) throws {
    var trial = try TrialScenario.conditioned()
    trial.book = FormBook(
      schedule: SchedulePlan(
        visits: [
          VisitPlan(
            id: "SFU", title: "Safety follow-up", epoch: "followUp", anchor: .lastProcedure, day: 30...30,
            window: 0...7,
            mode: .siteOrCall, activities: [])
        ], activities: []))
    let dose = try #require(trial.of().way.lymphodepletionDoses.last)
    trial.wait(days: dose.day + left - trial.now.day)
    try trial.perform(discontinue(trial, .neverInfused))
    let watched = WatchedParticipant(trial.of(), now: trial.now, plan: trial.plan, book: trial.book)
    let visit = try #require(ParticipantCalendar(of: watched).visit("SFU"))
    #expect(visit.dates?.planned.days == dose.day + planned...dose.day + planned)
    #expect(visit.dates?.window.days == dose.day + planned...dose.day + planned + 7)
    #expect(visit.status == (left < 30 ? .planned : .due))
    let call = RecordVisit(participant: .first, visit: "SFU", assessed: true)
    trial.wait(days: planned + 7 - left)
    trial.when(call, by: .nurse).then { #expect(!$0.isEmpty) }
    trial.wait(days: 1)
    trial.when(call, by: .nurse).refused("has-left")
  }

  @Test func `never infused is no reason after an infusion, and others are not an investigator's`() throws {
    let trial = try TrialScenario.infused()
    for reason in [Departure.Reason.neverInfused, .withdrawn, .died, .lostToFollowUp] {
      trial.when(discontinue(trial, reason)).refused("other-reason")
    }
    trial.when(discontinue(trial), by: .nurse).refused("role-may-not")
    let future = Discontinue(
      participant: .first, reason: .discontinued, detail: "x", lastContact: trial.date(inDays: 1))
    trial.when(future).refused("last-contact")
  }

  @Test func `lost only after three attempts on different days, one in writing; who is found again returns`() throws {
    var trial = try TrialScenario.enrolled()
    let lose = LoseToFollowUp(participant: .first, lastContact: trial.now.date)
    func attempt(inWriting: Bool = false) -> AttemptContact {
      AttemptContact(participant: .first, inWriting: inWriting)
    }
    for day in 1...3 {
      trial.wait(days: 1)
      trial.when(lose, by: .coordinator).refused("too-few-attempts")
      try trial.perform(attempt(), by: .coordinator)
      try trial.perform(attempt(), by: .coordinator)
      #expect(trial.of().way.contactAttempts.count == day)
    }
    trial.when(lose, by: .coordinator).refused("too-few-attempts")
    try trial.perform(attempt(inWriting: true), by: .coordinator)
    try trial.perform(lose, by: .coordinator)
    #expect(trial.status() == .leftEarly && !trial.state.study.slots.contains(.first))
    trial.wait(days: 7)
    trial.when(RecordVisit(participant: .first, visit: "unscheduled", assessed: false), by: .nurse).refused("has-left")
    var full = trial
    full.plan.way.slots = 0
    full.when(FindAgain(participant: .first), by: .coordinator).refused("no-free-slot")
    try trial.perform(FindAgain(participant: .first), by: .coordinator)
    #expect(trial.status() == .enrolled && trial.state.study.slots.contains(.first))
    trial.when(FindAgain(participant: .first), by: .coordinator).refused("not-lost")
    trial.when(lose, by: .coordinator).refused("too-few-attempts")
  }

  @Test func `a visit is a contact: attempts before it count no more`() throws {
    var trial = try TrialScenario.infused()
    for _ in 1...3 {
      trial.wait(days: 1)
      try trial.perform(AttemptContact(participant: .first, inWriting: true), by: .nurse)
    }
    try trial.perform(RecordVisit(participant: .first, visit: "D4", assessed: true), by: .nurse)
    trial.when(LoseToFollowUp(participant: .first, lastContact: trial.now.date), by: .nurse)
      .refused("too-few-attempts")
  }

  @Test func `death ends it, and nothing happens after it`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 40)
    let death = RecordDeath(participant: .first, cause: "sepsis", lastContact: trial.now.date)
    try trial.perform(death, by: .coordinator)
    #expect(trial.status() == .leftEarly && trial.of().way.departure?.reason == .died)
    trial.wait(hours: 1)
    trial.when(death, by: .coordinator).refused("after-death")
    trial.when(death, by: .coordinator, at: trial.ago(hours: 2)).refused("already-dead")
    trial.when(AttemptContact(participant: .first, inWriting: true), by: .nurse).refused("after-death")
  }

  @Test func `a pregnancy closes the gates before infusion and is followed to its end`() throws {
    var trial = try TrialScenario.readyForInfusion()
    try trial.perform(ReportPregnancy(participant: .first, of: .partner), by: .nurse)
    trial.when(ReportPregnancy(participant: .first, of: .partner), by: .nurse).refused("already-reported")
    for gate in [Gate.leukapheresis, .lymphodepletion, .infusion, .thawing] {
      let closed = trial.situation().lines(of: gate, for: .first).filter { $0.value == false }
      #expect(closed.contains { $0.evidence.contains { $0.contains("pregnancy") } }, "\(gate)")
    }
    trial.when(EndPregnancy(participant: .first, of: .participant, outcome: "x"), by: .nurse).refused("not-reported")
    let end = EndPregnancy(participant: .first, of: .partner, outcome: "healthy child")
    for actor in [Acting.nurse, .coordinator] { trial.when(end, by: actor).refused("role-may-not") }
    #expect(trial.when(end).facts.first?.signed?.contains("pregnancy of the partner (01-0001) has ended") == true)
    try trial.perform(end)
    #expect(trial.line("infusion.recheck", of: .infusion, bag: .first)?.value == true)
  }

  @Test(arguments: [0, 1]) func `on the day of the infusion a pregnancy still holds the next bag back`(_ days: Int)
    throws
  {
    var trial = try TrialScenario.infused()
    try trial.perform(ReportPregnancy(participant: .first, of: .participant), by: .nurse)
    trial.wait(days: days)
    let settled: [any TrialCommand] = [
      EndPregnancy(participant: .first, of: .participant, outcome: "miscarriage"),
      TakeBackPregnancy(participant: .first, of: .participant, reason: "the sample was another's"),
    ]
    for command in settled {
      if days == 0 {
        trial.when(command, by: .nurse).refused("role-may-not")
        #expect(trial.when(command).facts.first?.signed != nil)
      } else {
        #expect(trial.when(command, by: .nurse).events != nil)
      }
    }
  }

  @Test func `cells of somebody who has withdrawn are not used any more, and are destroyed where that is their wish`()
    throws
  {
    func withdrawn(_ stage: ProductStage, cells: Withdrawal.Fate) throws -> TrialScenario {
      var trial = try TrialScenario.cells(at: stage)
      let sample = TakeSample(
        participant: .first, material: .collection(ParticipantID.first.c1),
        label: trial.label(.collection(ParticipantID.first.c1)), purpose: "retention")
      try trial.perform(sample, by: .cellLaboratory)
      let departure = Departure(
        reason: .withdrawn, detail: "wish", decidedBy: .participant, lastContact: trial.now.date,
        withdrawal: Withdrawal(scope: .treatment, samples: .kept, cells: cells))
      trial.given(.way(.first, .left(departure: departure)))
      return trial
    }
    let bag = Material.bag(ParticipantID.first.b1)
    let released = try withdrawn(.released, cells: .destroyed)
    released.when(RecordStep("shipped", bag, released.label(bag), released.plan), by: .cellLaboratory)
      .refused("withdrawn")
    released.when(RecordStep("retained", bag, released.label(bag), released.plan), by: .cellLaboratory)
      .refused("to-be-destroyed")
    try withdrawn(.tested, cells: .kept)
      .when(ReleaseLot(participant: .first, lot: .first), by: .qualityAssurance).refused("withdrawn")
    let kept = try withdrawn(.released, cells: .kept)
    #expect(kept.when(RecordStep("retained", bag, kept.label(bag), kept.plan), by: .cellLaboratory).events != nil)
    var stored = try withdrawn(.stored, cells: .destroyed)
    #expect(
      stored.of().owedByWithdrawal == [
        "\(ParticipantID.first.c1) is to be destroyed", "\(ParticipantID.first.b1) is to be destroyed",
        "\(ParticipantID.first.b2) is to be destroyed", "\(SampleNumber(participant: .first, sample: 1)) is to be kept",
      ])
    try stored.step("destroyed", bag, by: .nurse, together: [.otherNurse])
    #expect(!stored.of().owedByWithdrawal.contains { $0.hasPrefix("\(ParticipantID.first.b1) ") })
  }

  @Test func `a sample is not kept that its participant, who withdrew, wants destroyed`() throws {
    var trial = try TrialScenario.cells(at: .collected)
    let c1 = Material.collection(ParticipantID.first.c1)
    try trial.perform(
      TakeSample(participant: .first, material: c1, label: trial.label(c1), purpose: "retention"), by: .nurse)
    let departure = Departure(
      reason: .withdrawn, detail: "wish", decidedBy: .participant, lastContact: trial.now.date,
      withdrawal: Withdrawal(scope: .everything, samples: .destroyed, cells: .kept))
    trial.given(.way(.first, .left(departure: departure)))
    let sample = SampleNumber(participant: .first, sample: 1)
    trial.when(EndSample(participant: .first, sample: sample, end: .retained), by: .cellLaboratory)
      .refused("to-be-destroyed")
    try trial.perform(
      EndSample(participant: .first, sample: sample, end: .destroyed), by: .cellLaboratory,
      together: [.otherCellLaboratory])
  }
}
