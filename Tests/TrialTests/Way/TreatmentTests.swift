import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `Orders, doses and re-checks` {
  @Test(arguments: [("175", "70", "1.84"), ("160", "55", "1.56"), ("190", "110", "2.41"), ("30", "70", nil)])
  func `body surface by Mosteller, to two places`(_ height: String, _ weight: String, _ surface: String?) throws {
    let result = OrderLymphodepletion.bodySurface(
      height: try #require(Decimal(height)), weight: try #require(Decimal(weight)))
    #expect(result == surface.flatMap { Decimal($0) })
  }

  /// An order at a clearance, for fludarabine at 30 mg/m2 unless said.
  private func order(_ clearance: Decimal, fludarabine: Decimal = 30, bags: [BagNumber] = [.first])
    -> OrderLymphodepletion
  {
    OrderLymphodepletion(
      participant: .first, height: 175, weight: 70, creatinineClearance: clearance,
      doses: [
        .init(concept: "fludarabine", perSquareMeter: fludarabine),
        .init(concept: "cyclophosphamide", perSquareMeter: 300),
      ], bags: bags)
  }

  @Test(arguments: [(95, 100, 55), (80, 100, 55), (79, 80, 44), (50, 80, 44), (49, 60, 33), (30, 60, 33)])
  func `fludarabine is reduced by renal function`(_ clearance: Int, _ percent: Int, _ daily: Int) throws {
    var trial = try TrialScenario.released()
    trial.see("renalFunction", true, number: Decimal(clearance))
    try trial.perform(order(Decimal(clearance)))
    let agents = trial.of().way.lymphodepletionOrder?.agents ?? []
    #expect(
      agents == [
        OrderedAgent(concept: "fludarabine", perSquareMeter: 30, percent: percent, daily: Decimal(daily)),
        OrderedAgent(concept: "cyclophosphamide", perSquareMeter: 300, percent: 100, daily: 552),
      ])
  }

  @Test func `an order keeps to the protocol, the record and the released lot`() throws {
    var trial = try TrialScenario.released()
    trial.when(order(90)).refused("not-as-measured")
    trial.when(order(95, fludarabine: 31)).refused("dose-outside-limits")
    trial.when(order(95, bags: [])).refused("bags-missing")
    trial.when(order(95, bags: [.first, .first])).refused("bags-missing")
    trial.when(order(95, bags: [.second])).refused("bag-not-released")
    trial.see("renalFunction", true, number: 29)
    trial.when(order(29)).refused("renal-function")
    trial.when(order(29), by: .nurse).refused("role-may-not")
    for unknown in ["renalFunction", "bodyHeight", "baselineWeight"] {
      trial.refresh()
      trial.see(unknown, nil)
      trial.when(order(95)).refused("not-measured")
    }
    let enrolled = try TrialScenario.enrolled()
    enrolled.when(order(95)).refused("bag-not-released")
  }

  @Test func `the infusion is ordered for the weight measured since LD 1, within the limits of the dose`() throws {
    var trial = try TrialScenario.conditioned()
    let order = OrderInfusion(participant: .first, bags: [.first], weight: 70)
    trial.when(order).then(
      .way(.first, .infusionOrdered(order: InfusionOrder(bags: [.first], dosePerKg: 100_000, weight: 70))))
    trial.when(OrderInfusion(participant: .first, bags: [.first], weight: 71)).refused("not-as-measured")
    trial.when(OrderInfusion(participant: .first, bags: [], weight: 70)).refused("bags-missing")
    trial.when(OrderInfusion(participant: .first, bags: [.second], weight: 70)).refused("bag-not-released")
    trial.plan.product.smallestDosePerKg = 100_001
    trial.when(order).refused("dose-outside-limits")
    trial.plan.product.smallestDosePerKg = 1
    trial.plan.product.largestDosePerKg = 99_999
    trial.when(order).refused("dose-outside-limits")
    trial.see("weightSinceFirstDose", nil)
    trial.when(order).refused("not-weighed")
    try TrialScenario.released().when(order).refused("not-lymphodepleted")
  }

  @Test(arguments: [("dose", true), ("viability", false), ("transduction", false)])
  func `a dose below the least is ordered only of a lot that was released in spite of its dose`(
    _ test: String, _ isAllowed: Bool
  ) throws {
    var trial = try TrialScenario.conditioned()
    let line = TestLine(test: test, title: test, entry: nil, withinLimits: false)
    trial.given(
      .product(.first, .lotReleased(lot: .first, release: .exceptional, results: [line])), by: .qualityAssurance)
    trial.plan.product.smallestDosePerKg = 100_001
    let outcome = trial.when(OrderInfusion(participant: .first, bags: [.first], weight: 70))
    if isAllowed { #expect(outcome.events != nil) } else { outcome.refused("dose-outside-limits") }
  }

  @Test func `further doses ask only for the investigator's word, one a day`() throws {
    var trial = try TrialScenario.readyForLymphodepletion()
    let next = ContinueLymphodepletion(participant: .first, nothingNew: true)
    trial.when(next).refused("no-lymphodepletion-under-way")
    try trial.perform(StartLymphodepletion(participant: .first), by: .nurse)
    trial.when(next).refused("same-day")
    trial.wait(days: 1)
    try Spoil.hold("", on: .lymphodepletion).change(&trial)
    trial.when(ContinueLymphodepletion(participant: .first, nothingNew: false)).refused("something-new")
    trial.when(next, by: .nurse).refused("role-may-not")
    try trial.perform(next)
    trial.wait(days: 1)
    try trial.perform(next)
    trial.wait(days: 1)
    trial.when(next).refused("no-lymphodepletion-under-way")
    trial.when(EndLymphodepletion(participant: .first, reason: "x")).refused("no-lymphodepletion-under-way")
  }

  @Test func `a dose that is not given on the day after is a deviation, and puts off nothing`() throws {
    var trial = try TrialScenario.readyForLymphodepletion()
    let first = trial.now.day
    let next = ContinueLymphodepletion(participant: .first, nothingNew: true)
    try trial.perform(StartLymphodepletion(participant: .first), by: .nurse)
    trial.wait(days: 5)
    try trial.perform(next)
    #expect(trial.of().record.deviations.map(\.kind) == [.medication])
    let last = trial.plan.way.infusionAfterLastDose.upperBound
    #expect(trial.of().way.infusable?.upperBound == first + trial.plan.way.lymphodepletionDays - 1 + last)
    trial.wait(days: 10)
    trial.when(next).refused("run-out")
  }

  @Test func `lymphodepletion ended for toxicity counts from its last dose`() throws {
    var trial = try TrialScenario.readyForLymphodepletion()
    try trial.perform(StartLymphodepletion(participant: .first), by: .nurse)
    #expect(trial.line("infusion.lymphodepletion", of: .infusion)?.value == false)
    trial.wait(days: 1)
    let end = EndLymphodepletion(participant: .first, reason: "hemorrhagic cystitis")
    #expect(trial.when(end).facts.first?.signed != nil)
    try trial.perform(end)
    #expect(trial.line("infusion.lymphodepletion", of: .infusion)?.value == false, "one day after the last dose")
    trial.wait(days: 1)
    #expect(trial.line("infusion.lymphodepletion", of: .infusion)?.value == true)
  }

  @Test func `Day 0 is booked for a day to come, within the window once lymphodepletion is given`() throws {
    var trial = try TrialScenario.conditioned()
    func book(_ days: Int) -> BookDayZero { BookDayZero(participant: .first, day: trial.date(inDays: days)) }
    trial.when(book(-1), by: .nurse).refused("day-not-bookable")
    trial.when(book(13), by: .nurse).refused("day-outside-infusion-window")
    let last = book(12)
    try trial.perform(last, by: .nurse)
    trial.when(last, by: .nurse).refused("already-booked")
    #expect(
      trial.of().way.readiness[.tocilizumabBooked] == nil && trial.of().way.readiness[.infectionProphylaxis] != nil)
  }

  @Test func `once lymphodepletion is given Day 0 is not booked inside the interval of somebody infused`() throws {
    var trial = try TrialScenario.conditioned()
    func book(_ days: Int) -> BookDayZero { BookDayZero(participant: .first, day: trial.date(inDays: days)) }
    trial.infuse(.third, at: trial.ago(days: 20))
    trial.when(book(7), by: .nurse).refused("day-inside-interval")
    #expect(trial.when(book(8), by: .nurse).events != nil)
    var waiting = try TrialScenario.readyForLymphodepletion()
    waiting.infuse(.third, at: waiting.ago(days: 20))
    #expect(
      waiting.when(BookDayZero(participant: .first, day: waiting.date(inDays: 7)), by: .nurse).events != nil,
      "before lymphodepletion it is a plan, which its gate judges")
  }

  @Test func `once lymphodepletion is given Day 0 is not booked so near to another's that one would bar the other`()
    throws
  {
    var trial = try TrialScenario.conditioned()
    let book = BookDayZero(participant: .first, day: trial.date(inDays: 7))
    trial.lymphodeplete(.third)
    trial.given(.way(.third, .dayZeroBooked(day: trial.date(inDays: 12))))
    trial.when(book, by: .nurse).refused("day-bars-another")
    trial.given(.way(.third, .died(cause: "pneumonia")))
    #expect(trial.when(book, by: .nurse).events != nil)
  }

  @Test(arguments: RecheckKind.allCases)
  func `a re-check passes only where every criterion and finding does, and failing is no screening failure`(
    _ kind: RecheckKind
  ) throws {
    var trial = try TrialScenario.enrolled()
    let passed = SignRecheck(participant: .first, kind: kind, outcome: .passed)
    #expect(trial.when(passed).facts.first?.signed != nil)
    let ids = trial.plan.recheck[kind]?.criteria ?? []
    for outcome in [CriterionOutcome.fail, .unknown] {
      trial.pictures[.first]?.rechecks[kind] = .example(
        [outcome] + ids.dropFirst().map { _ in .pass }, ids: ids, asOf: trial.now)
      trial.when(passed).refused("recheck-not-passed")
    }
    trial.pictures[.first]?.rechecks[kind] = .example(
      ids.dropFirst().map { _ in .pass }, ids: Array(ids.dropFirst()), asOf: trial.now)
    trial.when(passed).refused("recheck-not-passed")
    trial.refresh()
    trial.wait(days: 1)
    trial.when(passed).refused("no-assessment")
    trial.when(passed, by: .coordinator).refused("role-may-not")
    trial.when(SignRecheck(participant: .first, kind: kind, outcome: .deferred)).refused("text-missing")
    let leave = SignRecheck(participant: .first, kind: kind, outcome: .leave, reason: "infection")
    let events = try trial.perform(leave)
    #expect(events.last == .study(.slotFreed(participant: .first)) && trial.status() == .leftEarly)
  }

  @Test(arguments: [CriterionOutcome.fail, .unknown])
  func `a re-check does not pass at an earlier time over what is known now`(_ now: CriterionOutcome) throws {
    var trial = try TrialScenario.enrolled()
    trial.wait(hours: 2)
    let known = trial.pictures
    let kind = RecheckKind.leukapheresis
    let ids = trial.plan.recheck[kind]?.criteria ?? []
    trial.pictures[.first]?.rechecks[kind] = .example(
      [now] + ids.dropFirst().map { _ in .pass }, ids: ids, asOf: trial.now)
    trial.picturesOfNow = trial.pictures
    trial.pictures = known
    let earlier = trial.ago(hours: 1)
    trial.when(SignRecheck(participant: .first, kind: kind, outcome: .passed), at: earlier)
      .refused("recheck-not-passed")
    let deferred = SignRecheck(participant: .first, kind: kind, outcome: .deferred, reason: "fever")
    #expect(trial.when(deferred, at: earlier).events != nil, "what puts off is told as it was")
    trial.late = EntrySource(source: "the signed sheet", reason: "no power")
    #expect(
      trial.when(SignRecheck(participant: .first, kind: kind, outcome: .passed), at: earlier).events != nil,
      "and what was signed on paper: the gate asks the data of its own day")
  }

  @Test func `fever before the infusion lets no re-check pass`() throws {
    var trial = try TrialScenario.conditioned()
    trial.see("noFever48h", false)
    trial.when(SignRecheck(participant: .first, kind: .infusion, outcome: .passed)).refused("recheck-not-passed")
    trial.see("noFever48h", nil)
    trial.when(SignRecheck(participant: .first, kind: .infusion, outcome: .passed)).refused("recheck-not-passed")
  }

  @Test func `bridging on the list is specified in the protocol, other treatment a deviation`() throws {
    let trial = try TrialScenario.released()
    trial.when(RecordBridging(participant: .first, treatment: "hydroxychloroquine"), by: .nurse)
      .then(.way(.first, .bridgingRecorded(treatment: "hydroxychloroquine", listed: true)))
    trial.when(RecordBridging(participant: .first, treatment: "rituximab"), by: .nurse).then { events in
      guard case .record(_, .deviationOpened(let deviation)) = events.last else {
        Issue.record("\(events)")
        return
      }
      #expect(deviation.kind == .medication)
    }
    try TrialScenario.enrolled().when(RecordBridging(participant: .first, treatment: "ivig"), by: .nurse)
      .refused("before-leukapheresis")
  }

  @Test func `doses are counted of tocilizumab that is kept, and bookings need a booked Day 0`() throws {
    let trial = try TrialScenario.released()
    func confirm(_ item: Readiness, _ doses: Int? = nil) -> ConfirmReadiness {
      ConfirmReadiness(participant: .first, item: item, doses: doses)
    }
    for command in [confirm(.tocilizumabKept), confirm(.tocilizumabKept, 0), confirm(.resuscitationReady, 2)] {
      trial.when(command, by: .nurse).refused("doses")
    }
    trial.when(confirm(.intensiveCareBooked), by: .nurse).refused("day-zero-not-booked")
  }
}

@Suite struct `Late entry carries both times, its source and its reason` {
  let visit = RecordVisit(participant: .first, visit: "D1", assessed: true)

  @Test func `regulatory 38: what is entered more than a day later says from where and why`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 5)
    trial.when(visit, by: .nurse, at: trial.ago(hours: 24)).then { #expect($0.count == 1) }
    trial.when(visit, by: .nurse, at: trial.ago(hours: 24, minutes: 1)).refused("late-entry")
    trial.late = EntrySource(source: " ", reason: "forgotten")
    trial.when(visit, by: .nurse, at: trial.ago(days: 4)).refused("text-missing")
    let source = EntrySource(source: "paper chart", reason: "forgotten")
    trial.late = source
    trial.when(visit, by: .nurse, at: trial.ago(days: 4)).then(
      .way(.first, .visitRecorded(visit: RecordedVisit(visit: "D1", assessed: true, completes: false))),
      .way(.first, .enteredLate(entry: LateEntry(command: "participant visit", entry: source))))
    try trial.perform(visit, by: .nurse, at: trial.ago(days: 4))
    #expect(trial.of().way.lastAssessment == trial.ago(days: 4))
    #expect(trial.ledger.last?.recorded == trial.now.instant)
  }

  @Test func `regulatory 38: after a downtime two people enter it, and both sign`() throws {
    var trial = try TrialScenario.infused()
    trial.wait(days: 5)
    trial.late = EntrySource(source: "downtime sheet", reason: "the system was down", downtime: true)
    trial.when(visit, by: .nurse, at: trial.ago(days: 4)).refused("two-people")
    trial.when(visit, by: .nurse, together: [.nurse], at: trial.ago(days: 4)).refused("two-people")
    trial.when(visit, by: .nurse, together: [.monitor], at: trial.ago(days: 4)).refused("role-may-not")
    let outcome = trial.when(visit, by: .nurse, together: [.otherNurse], at: trial.ago(days: 4))
    #expect(outcome.facts.last?.signedByAll == true && outcome.facts.last?.signed != nil)
  }

  @Test func `nothing is entered before it happens`() throws {
    let trial = try TrialScenario.infused()
    trial.when(visit, by: .nurse, at: trial.now.adding(minutes: 1)).refused("not-yet")
  }
}

@Suite struct `Every command of the way` {
  @Test func `has a name of its own in the group, a sentence, and a field for every member`() throws {
    let names = Commands.way.map { $0.name }
    #expect(Set(names).count == names.count && names.allSatisfy { $0.hasPrefix("participant ") })
    #expect(Commands.way.allSatisfy { $0.abstract.hasSuffix(".") && !$0.fields.isEmpty })
    let members = Mirror(reflecting: OrderLymphodepletion.example).children.compactMap(\.label)
    #expect(OrderLymphodepletion.fields.map(\.key) == members)
    #expect(GiveConsent.fields.map(\.key) == Mirror(reflecting: GiveConsent.example).children.compactMap(\.label))
  }
}
