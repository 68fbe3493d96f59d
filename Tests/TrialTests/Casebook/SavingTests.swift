import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct SavingTests {
  @Test func `answers are kept as they were entered, and screening begins with the first`() throws {
    let trial = try TrialScenario.consented()
    trial.when(trial.save([.pulse("72")]), by: .nurse).then(
      .casebook(.first, .saved(form: .vitals, entries: [.pulse("72")], source: nil, reason: nil)),
      .way(.first, .screeningStarted(round: 1)))
  }

  @Test func `a correction needs a reason, and the old value stays readable`() throws {
    var trial = try TrialScenario.withVitals()
    trial.when(trial.save([.pulse("82")])).refused("reason-missing")
    try trial.perform(trial.save([.pulse("82")], correction: "Misread."), by: .coordinator)
    let history = try #require(trial.of().casebook.forms[.vitals]?.items["PULSE"]?.history)
    #expect(history.map(\.entry.answer) == [.value("72"), .value("82")])
    #expect(history.map(\.by.account) == ["nurse", "coordinator"])
    #expect(history.map(\.reason) == [nil, "Misread."])
    #expect(history[0].position < history[1].position)
  }

  @Test func `what a correction is of is named as on the form`() throws {
    var trial = TrialScenario.watched()
    let label = try #require(trial.book.forms["adverseEvent"]?.item("AETERM")?.label)
    try trial.tell("adverseEvent", ["AETERM": "as told"])
    do {
      try trial.tell("adverseEvent", ["AETERM": "otherwise"])
      Issue.record("accepted without a reason")
    } catch let refusal as Refusal {
      #expect(refusal.because == "This corrects what was entered before: \(label).")
    }
  }

  @Test func `what was entered before is not entered again`() throws {
    let trial = try TrialScenario.withVitals()
    trial.when(trial.save([.pulse("72")])).refused("nothing-changed")
    trial.when(trial.save([.pulse("72"), Entry("NOTE", .value("calm"))])).then { events in
      #expect(
        events == [
          .casebook(
            .first, .saved(form: .vitals, entries: [Entry("NOTE", .value("calm"))], source: nil, reason: nil))
        ])
    }
  }

  @Test func `two people on one form: different items merge, one item is refused to the second with both values`()
    throws
  {
    var trial = try TrialScenario.withVitals()
    let second = trial.save([.pulse("90"), Entry("NOTE", .value("calm"))], correction: "Measured again.")
    let other = trial.save([Entry("SITTING", .value("true"))])
    try trial.perform(trial.save([.pulse("84")], correction: "Typing error."), by: .nurse)
    try trial.perform(other, by: .coordinator)
    trial.when(second).refused("changed-meanwhile")
    if case .refused(let refusal) = trial.when(second) {
      #expect(refusal.because.contains("PULSE is 84") && refusal.because.contains("90"))
      #expect(!refusal.because.contains("NOTE"))
      // It may be months old, when the clocks of the place were others.
      #expect(refusal.because.contains("[UTC]"), "\(refusal.because)")
    }
    #expect(trial.answer("PULSE") == .value("84"))
    #expect(trial.answer("SITTING") == .value("true"))
    try trial.perform(trial.save([Entry("NOTE", .value("calm"))]), by: .investigator)
    #expect(trial.answer("NOTE") == .value("calm"))
  }

  @Test func `a cleared answer counts no more and stays in the history`() throws {
    var trial = try TrialScenario.withVitals()
    try trial.perform(
      trial.save([Entry("PULSE", .cleared), Entry("TEMP", .cleared)], correction: "Another participant's."), by: .nurse)
    #expect(trial.answer("PULSE") == nil)
    #expect(trial.of().casebook.state(of: .vitals) == .notStarted)
    #expect(trial.of().casebook.forms[.vitals]?.items["PULSE"]?.history.count == 2)
  }

  @Test(
    arguments: [
      (Entry("PULSE", .value("7.2")), "whole number"), (Entry("PULSE", .value("900")), "from 20 to 300"),
      (Entry("PULSE", .value("072")), "whole number"), (Entry("PULSE", .value("72", unit: "/min")), "takes no unit"),
      (Entry("TEMP", .value("36.8")), "needs a unit"),
      (Entry("TEMP", .value("36.8", unit: "K")), "one of the units Cel"),
      (Entry("TEMP", .value("98.6", unit: "Cel")), "from 30 to 45 Cel"),
      (Entry("TEMP", .value("warm", unit: "Cel")), "number"),
      (Entry("SITTING", .value("yes")), "true or false"), (Entry("PLACE", .value("NOSE")), "one of EAR, MOUTH"),
      (Entry("DATE", .value("2026-01")), "whole date"), (Entry("AT", .value("2026-01-05T09:30")), "offset"),
      (Entry("NOTE", .value("  ")), "empty"), (Entry("SCORE", .value("3")), "calculated"),
      (Entry("WEIGHT", .value("3")), "no item"), (Entry("TEMP", .absent(.notDone), low: 3), "without a value"),
      (Entry("TEMP", .value("37", unit: "Cel"), low: 38, high: 36), "low is above"),
    ]) func `an answer that is none is refused with what would be one`(_ entry: Entry, _ words: String) throws
  {
    let trial = try TrialScenario.consented()
    let outcome = trial.when(trial.save([entry]))
    outcome.refused("not-an-answer")
    if case .refused(let refusal) = outcome { #expect(refusal.because.contains(words), "\(refusal)") }
  }

  @Test func `what is no answer is told in a sentence that says what to write`() throws {
    let trial = try TrialScenario.consented()
    guard case .refused(let comma) = trial.when(trial.save([Entry("TEMP", .value("39,4", unit: "Cel"))])) else {
      Issue.record("a comma was taken for a point")
      return
    }
    #expect(comma.because == "TEMP must be a number such as 39.4, not ‘39,4’.")
    #expect(ItemPlan.example("TEMP", .quantity).name == "TEMP", "an item without a question is called by its id")
    var item = ItemPlan.example("VSORRES_TEMP", .quantity)
    item.label = "Body temperature"
    #expect(item.name == "Body temperature")
  }

  @Test(
    arguments: [
      Entry("TEMP", .value("98.6", unit: "[degF]")), Entry("TEMP", .value("<40", unit: "Cel")),
      Entry("TEMP", .absent(.notDone)), Entry("AT", .value("2026-01-05T09:30+01:00")), Entry("PLACE", .value("EAR")),
    ]) func `an answer is taken as the item allows`(_ entry: Entry) throws
  {
    let trial = try TrialScenario.consented()
    trial.when(trial.save([entry])).then { #expect($0.count == 2) }
  }

  @Test(
    arguments: [
      ("Headache", nil), ("Nervous system disorders - Other, specify", nil),
      ("headache", "must be a term of CTCAE v5.0 such as Headache, not ‘headache’"),
      ("Headachee", "must be a term of CTCAE v5.0, not ‘Headachee’"),
    ] as [(String, String?)])
  func `the term of an adverse event is one of CTCAE, and what is near is named`(_ text: String, _ objection: String?) {
    let item = ItemPlan.example("AEDECOD", .adverseEventTerm)
    #expect(item.objection(to: Entry("AEDECOD", .value(text))) == objection)
  }

  @Test func `a date of birth never enters the casebook`() throws {
    let trial = try TrialScenario.consented()
    trial.when(trial.save([Entry("BORN", .value("1984-03-17"))], of: .demographics)).refused("not-an-answer")
    trial.when(trial.save([Entry("SEX", .value("female"))], of: .demographics)).then { #expect($0.count == 2) }
  }

  @Test(
    arguments: ["log/1/vitals/1", "once/1/history/1", "XYZ/1/vitals/1", "SCR/1/demographics/1", "SCR/1/nothing/1"])
  func `a form stands where the study places it`(_ text: String) throws {
    let trial = try TrialScenario.consented()
    let key = try FormKey(text)
    trial.when(trial.save([.pulse("70")], of: key)).refused(key.form == "nothing" ? "unknown-form" : "unknown-visit")
  }

  @Test func `an item may say why it has no value, and a form why it was not done`() throws {
    var trial = try TrialScenario.consented()
    try trial.perform(trial.save([Entry("PULSE", .absent(.notDone))]), by: .nurse)
    #expect(trial.of().casebook.state(of: "PULSE", in: .vitals) == .notDone)
    trial.when(MarkFormNotDone(participant: .first, form: .vitals, reason: "Device broken.")).refused(
      "form-has-answers")
    try trial.perform(MarkFormNotDone(participant: .first, form: .otherVitals, reason: "Device broken."), by: .nurse)
    #expect(trial.of().casebook.state(of: .otherVitals) == .notDone)
    trial.when(trial.save([.pulse("70")], of: .otherVitals)).refused("reason-missing")
    try trial.perform(trial.save([.pulse("70")], of: .otherVitals, correction: "Found on paper."), by: .nurse)
    #expect(trial.of().casebook.state(of: .otherVitals) == .complete)
  }
}

/// What may be recorded, by time and source.
struct SavingTimeTests {
  @Test func `before consent only what the hospital's record holds`() {
    let trial = TrialScenario.candidate()
    let day = Entry("DATE", .value(trial.ago(days: 9).date.description))
    trial.when(trial.save([day, .pulse("70")]), by: .nurse).refused("no-consent")
    trial.when(trial.save([day, .pulse("70")], source: .laboratory), by: .nurse).refused("no-consent")
    trial.when(trial.save([day, .pulse("70")], source: .hospitalRecord), by: .nurse).then { #expect($0.count == 1) }
  }

  @Test func `before consent the person says that it is from the hospital's record, whatever the form's plan says`() {
    let trial = TrialScenario.candidate()
    let gout = Entry("TERM", .value("Gout"))
    trial.when(trial.save([gout], of: .history), by: .nurse).refused("no-consent")
    trial.when(trial.save([gout], of: .history, source: .hospitalRecord), by: .nurse).then { #expect($0.count == 1) }
    trial.when(trial.save([Entry("SEX", .value("male"))], of: .demographics, source: .hospitalRecord), by: .nurse)
      .refused("no-consent")
  }

  @Test func `before consent a form is of the screening visit, and of a day that is over or today`() {
    let trial = TrialScenario.candidate()
    func dated(_ days: Int) -> Entry { Entry("DATE", .value(trial.date(inDays: days).description)) }
    trial.when(trial.save([dated(-1), .pulse("70")], of: .otherVitals, source: .hospitalRecord), by: .nurse)
      .refused("no-consent")
    trial.when(trial.save([.pulse("70")], source: .hospitalRecord), by: .nurse).refused("no-consent")
    trial.when(trial.save([dated(1), .pulse("70")], source: .hospitalRecord), by: .nurse).refused("no-consent")
    trial.when(trial.save([dated(0), .pulse("70")], source: .hospitalRecord), by: .nurse).then {
      #expect($0.count == 1)
    }
  }

  @Test func `a visit dated before consent is refused, unless the hospital's record holds it`() throws {
    let trial = try TrialScenario.consented()
    let early = Entry("DATE", .value(trial.ago(days: 1).date.description))
    trial.when(trial.save([early])).refused("before-consent")
    trial.when(trial.save([early], source: .hospitalRecord)).then { #expect($0.count == 2) }
  }

  @Test func `after a withdrawal from everything only what happened before`() throws {
    var trial = try TrialScenario.withVitals()
    trial.wait(days: 3)
    let before = Entry("DATE", .value(trial.ago(days: 1).date.description))
    let withdrawal = Withdrawal(scope: .everything, samples: .destroyed, cells: .destroyed)
    let departure = Departure(
      reason: .withdrawn, detail: "Moves away.", decidedBy: .participant, lastContact: trial.now.date,
      withdrawal: withdrawal)
    trial.given(.way(.first, .left(departure: departure)))
    trial.wait(days: 2)
    trial.when(trial.save([Entry("NOTE", .value("later"))])).refused("withdrawn-from-everything")
    trial.when(trial.save([Entry("DATE", .value(trial.now.date.description))])).refused("withdrawn-from-everything")
    trial.when(trial.save([before])).then { #expect($0.count == 1) }
  }

  @Test func `a visit is not dated after death`() throws {
    var trial = try TrialScenario.withVitals()
    trial.given(.way(.first, .died(cause: "Accident.")))
    trial.wait(days: 2)
    trial.when(trial.save([Entry("DATE", .value(trial.now.date.description))])).refused("after-death")
    trial.when(trial.save([Entry("DATE", .value(trial.ago(days: 2).date.description))])).then { #expect($0.count == 1) }
  }

  @Test func `data that would have changed the eligibility decision question it`() throws {
    var trial = try TrialScenario.eligible()
    trial.pictures[.first]?.reviewed = .example([.pass, .fail, .pass], asOf: trial.now)
    trial.when(trial.save([.pulse("72")])).then { events in
      #expect(events.contains { if case .way(_, .eligibilityQuestioned) = $0 { true } else { false } })
    }
  }

  @Test func `an entry of long ago says from where and why it is late, as every other`() throws {
    var trial = try TrialScenario.consented()
    trial.wait(days: 4)
    let then = trial.ago(days: 3)
    trial.when(trial.save([.pulse("72")]), at: then).refused("late-entry")
    trial.late = EntrySource(source: "Ward chart", reason: "Form forgotten.")
    trial.when(trial.save([.pulse("72")]), at: then).then { events in
      #expect(events.contains { if case .way(_, .enteredLate) = $0 { true } else { false } })
    }
  }
}

/// Screening that is begun once more after it failed.
struct SavingAgainTests {
  @Test func `an answer is given again without a reason where it is the same, and with one where it is another`() throws
  {
    var trial = try TrialScenario.withVitals()
    try trial.perform(FailScreening(participant: .first, reason: "infection"))
    trial.when(trial.save([.pulse("72")])).refused("nothing-changed")
    try trial.perform(StartScreening(participant: .first))
    #expect(trial.of().way.assessedAnewSince > 0)
    trial.when(trial.save([.pulse("80")])).refused("reason-missing")
    try trial.perform(trial.save([.pulse("72")]), by: .nurse)
    trial.when(trial.save([.pulse("72")])).refused("nothing-changed")
    let failed = trial.of().way.assessedAnewSince
    func counting() -> [String] {
      trial.of().casebook.forms[.vitals]?.answered(after: failed).items.keys.sorted() ?? []
    }
    #expect(counting() == ["PULSE"])
    // What was calculated rests on an answer that was not given again.
    let score = Entry("SCORE", .value("73"))
    trial.given(.casebook(.first, .assessed(form: .vitals, missing: [], unasked: [], calculated: [score])))
    #expect(counting() == ["PULSE"])
    try trial.perform(trial.save([Entry("TEMP", .value("36.8", unit: "Cel"))]), by: .nurse)
    trial.given(.casebook(.first, .assessed(form: .vitals, missing: [], unasked: [], calculated: [score])))
    #expect(counting() == ["PULSE", "SCORE", "TEMP"])
  }
}

/// Any order of saves of different items leads to the same answers.
struct SavingOrderTests {
  static let entries = [
    Entry("PULSE", .value("72")), Entry("TEMP", .value("36.8", unit: "Cel")), Entry("NOTE", .value("calm")),
    Entry("SITTING", .value("true")),
  ]

  @Test(arguments: permutations(of: 4)) func `any order of saves leads to the same answers`(_ order: [Int]) throws {
    var trial = try TrialScenario.consented()
    let before = trial
    let saves = Self.entries.map { before.save([$0]) }
    for index in order { try trial.perform(saves[index], by: index % 2 == 0 ? .nurse : .coordinator) }
    var whole = before
    try whole.perform(whole.save(Self.entries), by: .nurse)
    #expect(trial.of().casebook.forms[.vitals]?.entries == whole.of().casebook.forms[.vitals]?.entries)
    #expect(trial.of().casebook.state(of: .vitals) == whole.of().casebook.state(of: .vitals))
  }
}

/// All orders of the numbers below a number.
func permutations(of count: Int) -> [[Int]] {
  guard count > 0 else { return [[]] }
  return permutations(of: count - 1).flatMap { rest in
    (0...rest.count).map { place in Array(rest[..<place]) + [count - 1] + Array(rest[place...]) }
  }
}
