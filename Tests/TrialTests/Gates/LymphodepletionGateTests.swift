import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `Nobody is lymphodepleted for an infusion that will not be allowed` {
  static let lines: [Spoil] =
    [
      .question("lymphodepletion.eligibility"), .newConsent("lymphodepletion.consent", before: .lymphodepletion),
      Spoil("lymphodepletion.recheck", "it is 72 hours old") { trial in
        trial.wait(hours: 72, minutes: 1)
        trial.refresh()
        try trial.perform(BookDayZero(participant: .first, day: trial.date(inDays: 5)), by: .nurse)
        for item in [Readiness.tocilizumabBooked, .intensiveCareBooked] {
          try trial.perform(ConfirmReadiness(participant: .first, item: item), by: .nurse)
        }
      },
      Spoil("lymphodepletion.product", "the bag is in quarantine") { trial in
        let quarantine = Quarantine(.temperature, of: .bag(.first), step: "stored", involved: [])
        trial.given(.product(.first, .quarantined(quarantine)))
      },
      Spoil("lymphodepletion.prophylaxis", "hepatitis B without antivirals") {
        $0.see("hepatitisBMarkersNegative", false)
      },
      Spoil("lymphodepletion.prophylaxis", "hepatitis B is unknown", nil) { $0.see("hepatitisBMarkersNegative", nil) },
      Spoil("lymphodepletion.readiness", "Day 0 moved, what was booked for it did not") { trial in
        try trial.perform(BookDayZero(participant: .first, day: trial.date(inDays: 6)), by: .nurse)
      },
      .hold("lymphodepletion.hold", on: .lymphodepletion), .hold("lymphodepletion.hold", on: .infusion),
      Spoil("lymphodepletion.questions", "a DLT question is open") { $0.openQuestion(on: .second) },
      Spoil("lymphodepletion.questions", "a question was answered, and its event goes on") {
        try $0.answerAhead(on: .third)
      },
      Spoil("lymphodepletion.stagger", "somebody else is lymphodepleted for a Day 0 inside the interval") { trial in
        trial.lymphodeplete(.third)
        trial.given(.way(.third, .dayZeroBooked(day: trial.date(inDays: 20))))
      },
      Spoil("lymphodepletion.stagger", "somebody was infused, and the interval is not over by Day 0") { trial in
        trial.infuse(.third, at: trial.ago(days: 22))
      },
      Spoil("lymphodepletion.order", "the weight that was measured is another", false) {
        $0.see("baselineWeight", true, number: 80)
      },
      Spoil("lymphodepletion.order", "renal function has fallen") { $0.see("renalFunction", true, number: 60) },
      Spoil("lymphodepletion.order", "fludarabine is not given at this renal function") {
        $0.see("renalFunction", true, number: 29)
      },
      Spoil("lymphodepletion.order", "renal function is unknown", nil) { $0.see("renalFunction", nil) },
      Spoil("lymphodepletion.order", "height is unknown", nil) { $0.see("bodyHeight", nil) },
      Spoil("lymphodepletion.review", "it would be the fourth, two are through Day 28, the board has not met") {
        trial in
        for (id, days) in [(ParticipantID.elsewhere, 90), (.second, 60)] {
          trial.infuse(id, at: trial.ago(days: days))
          trial.assess(id)
        }
        trial.infuse(.third, at: trial.ago(days: 23))
      },
      Spoil("lymphodepletion.review", "it would be the fourth, the third is still to be infused") { trial in
        for (id, days) in [(ParticipantID.elsewhere, 90), (.second, 60)] {
          trial.infuse(id, at: trial.ago(days: days))
          trial.assess(id)
        }
        trial.lymphodeplete(.third)
      },
    ] + Spoil.recheck("lymphodepletion.recheck", .lymphodepletion)
    + Spoil.finding("lymphodepletion.washOut", "washOutKept")
    + ["baselineInstrument", "baselineICE"].flatMap { Spoil.finding("lymphodepletion.baseline", $0) }

  @Test(arguments: lines) func line(_ spoil: Spoil) throws {
    try check(spoil, of: .lymphodepletion, from: try .readyForLymphodepletion())
  }

  @Test func `the fourth is lymphodepleted once the board has seen three through Day 28`() throws {
    var trial = try TrialScenario.readyForLymphodepletion()
    for (id, days) in [(ParticipantID.elsewhere, 90), (.second, 60), (.third, 30)] {
      trial.infuse(id, at: trial.ago(days: days))
      trial.assess(id)
    }
    func reviewed(through: Int) -> TrialEvent {
      .study(
        .boardReviewed(decision: .goOn, changes: nil, through: through, report: .example, ballot: .of()))
    }
    trial.given(reviewed(through: 2))
    #expect(closed(trial, .lymphodepletion) == ["lymphodepletion.review"])
    trial.given(reviewed(through: 3))
    #expect(closed(trial, .lymphodepletion).isEmpty)
  }

  @Test func `without the weight of the baseline visit the order has nothing to be compared with`() throws {
    var trial = try TrialScenario.readyForLymphodepletion()
    trial.see("baselineWeight", nil)
    for line in ["lymphodepletion.baseline", "lymphodepletion.order"] {
      #expect(trial.line(line, of: .lymphodepletion)?.value == Bool?.none)
    }
    #expect(closed(trial, .lymphodepletion) == ["lymphodepletion.baseline", "lymphodepletion.order"])
  }

  @Test func `renal function that leaves the dose what it is asks for no other order`() throws {
    var trial = try TrialScenario.readyForLymphodepletion()
    trial.see("renalFunction", true, number: 88)
    #expect(closed(trial, .lymphodepletion).isEmpty)
  }

  @Test func `the stagger interval may end on the booked Day 0`() throws {
    var trial = try TrialScenario.readyForLymphodepletion()
    trial.infuse(.third, at: trial.ago(days: 23))
    #expect(closed(trial, .lymphodepletion).isEmpty)
  }

  @Test func `antivirals stand in for negative markers of hepatitis B`() throws {
    var trial = try TrialScenario.readyForLymphodepletion()
    trial.see("hepatitisBMarkersNegative", false)
    try trial.perform(ConfirmReadiness(participant: .first, item: .antiviralProphylaxis), by: .nurse)
    #expect(closed(trial, .lymphodepletion).isEmpty)
  }

  @Test func `a bag that was taken out of storage does not do until it is put back`() throws {
    var trial = try TrialScenario.readyForLymphodepletion()
    func move(_ step: String) {
      trial.given(
        .product(
          .first, .custodyStepDone(CustodyStep(step: step, material: .bag(.first), place: "tank 1", lastDay: nil))))
    }
    move("takenOut")
    #expect(closed(trial, .lymphodepletion) == ["lymphodepletion.product"])
    move("stored")
    #expect(closed(trial, .lymphodepletion).isEmpty)
  }

  @Test func `a bag that expires before the last day on which it could be infused does not do`() throws {
    for (days, isOpen) in [(36, true), (35, false)] {
      var trial = try TrialScenario.enrolled()
      trial.givenProduct(keepsDays: days)
      trial.wait(days: 20)
      trial.refresh()
      try trial.prepareLymphodepletion()
      // Today, two more days of doses, and fourteen days after the last of them.
      #expect((trial.line("lymphodepletion.product", of: .lymphodepletion)?.value == true) == isOpen)
    }
  }

  @Test func `without an order, without Day 0 and without the board's review it stays closed`() throws {
    var trial = try TrialScenario.released()
    let open = Set(closed(trial, .lymphodepletion))
    #expect(
      open.isSuperset(of: [
        "lymphodepletion.order", "lymphodepletion.product", "lymphodepletion.stagger", "lymphodepletion.readiness",
      ]))
    try trial.prepareLymphodepletion()
    let hold = Hold(
      number: 1, kind: .safety, activities: [.enrollment], site: nil, cohort: nil, reason: "death", setBy: nil,
      rule: .earlyDeath)
    trial.given(.study(.holdSet(hold: hold)))
    #expect(closed(trial, .lymphodepletion) == ["lymphodepletion.review"])
  }

  @Test func `prophylaxis is confirmed by whoever records data at the site, as the line says`() throws {
    let trial = try TrialScenario.released()
    let line = try #require(trial.line("lymphodepletion.prophylaxis", of: .lymphodepletion))
    #expect(line.value == false && line.remedy?.hasSuffix("and the site confirms it.") == true)
    for actor in [Acting.coordinator, .nurse, .investigator] {
      let outcome = trial.when(ConfirmReadiness(participant: .first, item: .infectionProphylaxis), by: actor)
      #expect(outcome.events?.count == 1)
    }
  }

  @Test func `after too long a wait the re-check asks the criteria of the wait too`() throws {
    var trial = try TrialScenario.released()
    trial.wait(days: 70)
    trial.refresh()
    try trial.prepareLymphodepletion()
    #expect(closed(trial, .lymphodepletion).isEmpty, "day 90")
    trial.wait(days: 1)
    trial.refresh()
    #expect(closed(trial, .lymphodepletion) == ["lymphodepletion.recheck"], "signed before the wait was too long")
    let recheck = SignRecheck(participant: .first, kind: .lymphodepletion, outcome: .passed)
    trial.pictures[.first]?.longWait = nil
    trial.when(recheck).refused("long-wait")
    trial.refresh()
    try trial.perform(recheck)
    #expect(closed(trial, .lymphodepletion).isEmpty)
  }

  @Test func `once more at most, not sooner than 21 days after the first, through the whole gate`() throws {
    var trial = try TrialScenario.conditioned()
    #expect(closed(trial, .lymphodepletion).contains("lymphodepletion.round"))
    trial.wait(days: 16)
    #expect(trial.status() == .released)
    #expect(trial.line("lymphodepletion.round", of: .lymphodepletion)?.value == false, "20 days after the first")
    trial.wait(days: 1)
    trial.refresh()
    #expect(trial.line("lymphodepletion.round", of: .lymphodepletion)?.value == true)
    trial.when(StartLymphodepletion(participant: .first), by: .nurse).refused("gate-closed")
    try trial.prepareLymphodepletion()
    try trial.lymphodeplete()
    #expect(trial.of().way.lymphodepletionRounds == 2 && trial.of().way.lymphodepletionDoses.count == 3)
    trial.wait(days: 60)
    trial.refresh()
    try trial.prepareLymphodepletion()
    trial.when(StartLymphodepletion(participant: .first), by: .nurse)
      .refused("gate-closed", lines: ["lymphodepletion.round"])
  }
}
