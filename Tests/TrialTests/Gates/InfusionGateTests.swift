import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `Cells are infused behind ten lines, and thawed behind all but the fourth` {
  static let lines: [Spoil] =
    [
      .newConsent("infusion.consent", before: .infusion), .question("infusion.recheck"),
      Spoil("infusion.bag", "the bag is in quarantine") { trial in
        let quarantine = Quarantine(.identity, of: .bag(.first), step: "stored", involved: [])
        trial.given(.product(.first, .quarantined(quarantine)))
      },
      Spoil("infusion.bedside", "one of the two read something else") { trial in
        trial.given(.product(.first, .bedsideMismatched(bag: .first, items: [.birthDate])), by: .nurse)
      },
      Spoil("infusion.bedside", "it is more than 30 minutes ago") { $0.wait(minutes: 31) },
      Spoil("infusion.lymphodepletion", "from day 8 on without the reason") { trial in
        let doses = [trial.ago(days: 10), trial.ago(days: 9), trial.ago(days: 8)]
        trial.state.participants[.first]?.way.lymphodepletionDoses = doses
      },
      Spoil("infusion.lymphodepletion", "a dose is left and nobody signed it as ended") { trial in
        trial.state.participants[.first]?.way.lymphodepletionDoses.removeFirst()
      },
      Spoil("infusion.lymphodepletion", "it has run out") { trial in
        let today = trial.now.day
        trial.state.participants[.first]?.way.infusable = (today - 13)...(today - 1)
      },
      Spoil("infusion.lymphodepletion", "it is too soon") { trial in
        let today = trial.now.day
        trial.state.participants[.first]?.way.infusable = (today + 1)...(today + 13)
      },
      .hold("infusion.open", on: .infusion),
      Spoil("infusion.stagger", "the interval is not over") { $0.infuse(.third, at: $0.ago(days: 27)) },
      Spoil("infusion.stagger", "no assessment after the interval") { $0.infuse(.third, at: $0.ago(days: 40)) },
      Spoil("infusion.stagger", "a question on somebody infused earlier") { trial in
        trial.infuse(.third, at: trial.ago(days: 40))
        trial.assess(.third)
        trial.openQuestion(on: .third)
      },
      Spoil("infusion.stagger", "an event of somebody infused earlier may still become dose-limiting") {
        try $0.answerAhead(on: .third)
      },
      Spoil("infusion.readiness", "one dose of tocilizumab") { trial in
        try trial.perform(ConfirmReadiness(participant: .first, item: .tocilizumabKept, doses: 1), by: .nurse)
      },
      Spoil("infusion.recheck", "fever since it was signed") { $0.see("noFever48h", false) },
      Spoil("infusion.order", "no weight since LD 1 is known", nil) { $0.see("weightSinceFirstDose", nil) },
      Spoil("infusion.order", "weighed anew") { $0.see("weightSinceFirstDose", true, number: 72) },
      Spoil("infusion.order", "the limits of the dose are lower") { $0.plan.product.largestDose = 6_000_000 },
    ] + Spoil.recheck("infusion.recheck", .infusion) + Spoil.finding("infusion.recheck", "notPregnant")
    + ["iceAndVitalsWithin8h", "noGlucocorticoid72h"].flatMap { Spoil.finding("infusion.baseline", $0) }

  @Test(arguments: lines) func line(_ spoil: Spoil) throws {
    try check(spoil, of: .infusion, from: try .readyForInfusion(), bag: .first)
    guard spoil.line != "infusion.bedside" else { return }
    try check(spoil, of: .thawing, from: try .readyForInfusion(), bag: .first)
  }

  @Test func `another's bag, and one that is not ordered, do not pass`() throws {
    let trial = try TrialScenario.readyForInfusion()
    #expect(closed(trial, .thawing, bag: .second) == ["infusion.bag", "infusion.order"])
    let reserve = BagNumber(lot: .first, bag: 2)
    #expect(closed(trial, .thawing, bag: reserve) == ["infusion.order"])
    #expect(closed(trial, .infusion, bag: reserve) == ["infusion.bedside", "infusion.order"])
    #expect(closed(trial, .infusion).isEmpty, "asked of all that are ordered")
  }

  @Test(arguments: ["infusion.bag", "infusion.bedside"])
  func `where no bag is ordered, the order comes first`(line: String) throws {
    var trial = try TrialScenario.readyForInfusion()
    trial.state.participants[.first]?.way.infusionOrder = nil
    let found = trial.line(line, of: .infusion)
    #expect(found != nil && found?.value == nil && found?.evidence == ["no bag is ordered"])
    #expect(found?.remedy == "An investigator signs the infusion order.")
  }

  @Test func `a bag is in order until its last day ends, by the clocks that hold then`() throws {
    let trial = try TrialScenario.cells(at: .takenOut)
    let bag = ParticipantID.first.b1
    let last = try #require(trial.of().product[bag]?.lastDay)
    func until(_ situation: Situation) -> Instant? {
      situation.lines(of: .thawing, for: .first, bag: bag).first { $0.id == "infusion.bag" }?.until
    }
    var situation = trial.situation(by: .nurse)
    #expect(until(situation) == trial.now.end(ofDay: last))
    situation.endOfDay = { day, moment in moment.end(ofDay: day).adding(hours: -1) }
    #expect(until(situation) == trial.now.end(ofDay: last).adding(hours: -1))
  }

  @Test func `re-check and readiness hold 24 hours, and a line says until when it stays true`() throws {
    var trial = try TrialScenario.readyForInfusion()
    let until = trial.now.instant.adding(hours: 24)
    for line in ["infusion.recheck", "infusion.readiness"] {
      #expect(trial.line(line, of: .thawing, bag: .first)?.until == until)
    }
    trial.wait(hours: 24)
    #expect(closed(trial, .thawing, bag: .first).isEmpty)
    trial.wait(minutes: 1)
    #expect(
      closed(trial, .thawing, bag: .first) == ["infusion.recheck", "infusion.readiness", "infusion.baseline"])
  }

  @Test func `a medicine without a code is named where the line asks for medicines, with what is to be done`() throws {
    var trial = try TrialScenario.readyForInfusion()
    let form = try #require(ShippedStudy.book.forms["concomitantMedication"])
    trial.book = FormBook(
      forms: Array(trial.book.forms.values) + [form], visits: trial.book.visits, medicines: ["prednisone"],
      medicineSets: ["GC"])
    try trial.tell("concomitantMedication", ["CMTRT": "泼尼松"])
    let named = "medicine without a code: ‘泼尼松’ (log/1/concomitantMedication/1)"
    #expect(trial.line("infusion.baseline", of: .infusion)?.evidence.contains(named) == false, "it does not decide")
    trial.see("noGlucocorticoid72h", nil)
    let line = trial.line("infusion.baseline", of: .infusion)
    #expect(line?.value == nil && line?.evidence.contains(named) == true)
    #expect(line?.remedy == "The ATC code of each medicine without one is found and entered.")
    trial.see("iceAndVitalsWithin8h", false)
    let both =
      "The site records ICE score, vital signs and medication, and gives premedication. "
      + "The ATC code of each medicine without one is found and entered."
    #expect(trial.line("infusion.baseline", of: .infusion)?.remedy == both)
    try trial.tell("concomitantMedication", ["CMTRT": "prednisone"], correction: "Coded.")
    #expect(trial.line("infusion.baseline", of: .infusion)?.evidence.contains(named) == false)
  }

  @Test func `an open query on the data that a line rests on is named beside them, and does not decide`() throws {
    var trial = try TrialScenario.readyForInfusion()
    trial.pictures[.first]?.findings["iceAndVitalsWithin8h"] = Finding(
      value: true, evidence: ["bodyTemperature 37.0 Cel (2026-01-28T07:00), casebook:D28/1/vitals/1#TEMP"])
    for form in [FormKey.otherVitals, .vitals] {
      trial.given(.casebook(.first, .queryRaised(query: RaisedQuery(form: form, text: "Whose temperature?"))))
    }
    let line = trial.line("infusion.baseline", of: .infusion)
    #expect(line?.value == true)
    #expect(line?.evidence.filter { $0.hasPrefix("query") } == ["query 1 on D28/1/vitals/1 is open"])
    trial.given(.casebook(.first, .queryClosed(query: 1, text: "The right one's.")))
    #expect(trial.line("infusion.baseline", of: .infusion)?.evidence.contains { $0.hasPrefix("query") } == false)
  }

  @Test func `gate and way say from which day on a late infusion needs a reason`() throws {
    let trial = try TrialScenario.conditioned()
    let last = try #require(trial.of().way.lymphodepletionDoses.last)
    let first = try #require(CalendarDate(daysSinceEpoch: last.day + trial.plan.way.infusionReasonFromDay))
    let words = "from \(first) on with an investigator's written reason"
    #expect(trial.line("infusion.lymphodepletion", of: .infusion)?.evidence.last == words)
    let telling = EventTelling(Vocabulary(plan: trial.plan))
    let told = trial.ledger.last { event in
      if case .way(_, .lymphodepletionGiven) = event.event { true } else { false }
    }.map { telling.told($0.event).sentence }
    #expect(told?.contains(words) == true, "\(told ?? "")")
  }

  @Test func `from day 8 on it takes the investigator's written reason, and ends after day 14`() throws {
    var trial = try TrialScenario.readyForInfusion()
    trial.wait(days: 5)
    #expect(trial.line("infusion.lymphodepletion", of: .infusion)?.value == true, "day 7")
    trial.wait(days: 1)
    #expect(trial.line("infusion.lymphodepletion", of: .infusion)?.value == false, "day 8")
    try trial.perform(JustifyDelay(participant: .first, reason: "fever for two days, now over"))
    #expect(trial.line("infusion.lymphodepletion", of: .infusion)?.value == true)
    trial.wait(days: 7)
    #expect(trial.line("infusion.lymphodepletion", of: .infusion)?.value == false, "day 15")
    trial.when(JustifyDelay(participant: .first, reason: "late")).refused("not-conditioned")
  }

  @Test func `the board's signed decision stands for a hold and a question, never for the interval`() throws {
    var trial = try TrialScenario.readyForInfusion()
    trial.infuse(.third, at: trial.ago(days: 40))
    trial.assess(.third)
    trial.wait(minutes: 1)
    trial.openQuestion(on: .third)
    try Spoil.hold("infusion.open", on: .infusion).change(&trial)
    #expect(closed(trial, .infusion, bag: .first) == ["infusion.open", "infusion.stagger"])
    trial.given(.study(.boardDecidedOnParticipant(participant: .first, goesOn: true, ballot: .of())))
    #expect(closed(trial, .infusion, bag: .first).isEmpty)
    trial.infuse(.second, at: trial.ago(days: 3))
    #expect(closed(trial, .infusion, bag: .first) == ["infusion.stagger"])
  }

  @Test func `a further bag passes what stood before the infusion began, and nothing that came up since`() throws {
    let further = BagNumber(lot: .first, bag: 2)
    func hold(_ number: Int) -> TrialEvent {
      .study(
        .holdSet(
          hold: Hold(
            number: number, kind: .operational, activities: [.infusion], site: nil, cohort: nil, reason: "no staff",
            setBy: .qualityAssurance, rule: nil)))
    }
    var trial = try TrialScenario.readyForInfusion()
    try trial.perform(OrderInfusion(participant: .first, bags: [.first, further], weight: 70))
    trial.infuse(.third, at: trial.ago(days: 40))
    trial.assess(.third)
    trial.wait(minutes: 1)
    trial.openQuestion(on: .third)
    trial.given(hold(1))
    trial.given(.study(.boardDecidedOnParticipant(participant: .first, goesOn: true, ballot: .of())))
    trial.wait(minutes: 1)
    #expect(closed(trial, .infusion, bag: .first).isEmpty)
    trial.given(
      .product(.first, .infusionStarted(bag: .first, outsideGate: false, lines: [])),
      .study(.infusionBegun(participant: .first)))
    trial.wait(minutes: 10)
    trial.given(
      .product(
        .first, .infusionStopped(bag: .first, volumeML: 30, whole: true, dosePerKg: 100_000, reason: nil)))
    #expect(closed(trial, .thawing, bag: further).isEmpty, "the same infusion")
    var held = trial
    held.given(hold(2))
    #expect(closed(held, .thawing, bag: further) == ["infusion.open"])
    var asked = trial
    asked.openQuestion(on: .third)
    #expect(closed(asked, .thawing, bag: further) == ["infusion.stagger"])
    trial.state.participants[.first]?.product.infusion?.outsideGate = true
    #expect(closed(trial, .thawing, bag: further) == ["infusion.open", "infusion.stagger"], "no gate has seen them")
  }

  @Test func `what was confirmed at another site is not ready here`() throws {
    var trial = try TrialScenario.readyForInfusion()
    try trial.perform(ChangeSite(participant: .first, to: .shanghai), by: .coordinator)
    #expect(closed(trial, .thawing, bag: .first) == ["infusion.consent", "infusion.readiness", "infusion.baseline"])
  }
}
