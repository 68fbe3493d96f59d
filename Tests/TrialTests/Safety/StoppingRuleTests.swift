import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct StoppingRuleTests {
  @Test func `two dose-limiting toxicities of three stop the study, once for the same facts`() throws {
    let ids: [ParticipantID] = [.first, .second, .third]
    var trial = TrialScenario.watched(infused: [.first: 60, .second: 50, .third: 40])
    for id in ids { trial.given(.way(id, .visitRecorded(visit: .seen))) }
    try trial.limit(.first)
    #expect(trial.ruleHolds == [])
    try trial.limit(.third)
    #expect(trial.ruleHolds == [.toxicityRate, .twoEarlyToxicities])
    let hold = try #require(trial.state.study.holdsInForce.first?.hold)
    #expect(hold.activities == Activity.allCases && hold.kind == .safety && hold.setBy == nil)
    for words in ["2 of 3", "0.30", "0.80", "from 2 of 3 on"] { #expect(hold.reason.contains(words), "\(hold.reason)") }
    trial.lift(1)
    trial.lift(2)
    #expect(SafetyWatch.facts(in: trial.state, at: trial.now, plan: trial.plan).isEmpty)
    try trial.tell("adverseEvent", ["AESER": "false"])
    #expect(trial.ruleHolds == [])
  }

  /// Toxic and evaluable, and whether the rate stops: the boundary of the shipped rule.
  @Test(arguments: [(2, 2, false), (1, 3, false), (2, 3, true), (2, 4, true), (2, 5, false), (3, 5, true)])
  func `the rate is looked at from the third evaluable on, by its exact boundary`(
    toxic: Int, evaluable: Int, stops: Bool
  ) throws {
    var trial = TrialScenario.watched(infused: [:])
    trial.plan.safety.stopEvents = []
    let ids = try (1...evaluable).map { try ParticipantID("01-000\($0)") }
    for (index, id) in ids.enumerated() {
      trial.infuse(id, daysAgo: 100 - index)
      trial.given(.way(id, .visitRecorded(visit: .seen)))
      if index < toxic { trial.givenDLT(index + 1, id) }
    }
    let facts = SafetyWatch.facts(in: trial.state, at: trial.now, plan: trial.plan)
    #expect(facts.contains { if case .study(.holdSet) = $0.event { true } else { false } } == stops)
  }

  @Test func `a closed window is a look: the rule fires when it closes`() throws {
    var trial = TrialScenario.watched(infused: [.first: 60, .second: 50, .third: 28])
    trial.plan.safety.stopEvents = []
    for id in [ParticipantID.first, .second] {
      trial.given(.way(id, .visitRecorded(visit: .seen)))
      try trial.limit(id)
    }
    #expect(trial.ruleHolds == [])
    try trial.perform(RecordVisit(participant: .third, visit: "D28", assessed: true), by: .nurse)
    #expect(trial.ruleHolds == [.toxicityRate])
  }

  // MARK: deaths

  @Test(arguments: [(28, [StoppingRule.earlyDeath]), (29, [])])
  func `a death within 28 days of the infusion stops the study, whatever its cause`(days: Int, holds: [StoppingRule])
    throws
  {
    var trial = TrialScenario.watched(infused: [.first: days])
    try trial.perform(RecordDeath(participant: .first, cause: "accident", lastContact: trial.now.date), by: .nurse)
    #expect(trial.ruleHolds == holds)
  }

  @Test func `a death within 28 days of the first dose of lymphodepletion stops it without any infusion`() throws {
    for (days, holds) in [(28, [StoppingRule.earlyDeath]), (29, [])] {
      var trial = TrialScenario.watched(infused: [:])
      let dose = LymphodepletionDose(number: 1, round: 1, infusable: 0...0, gate: [], outsideGate: false)
      trial.given(.way(.first, .lymphodepletionGiven(dose: dose)), at: trial.ago(days: days))
      try trial.tell("death", visit: FormKey.once, ["DTHFL": "true", "DTHDTC": trial.now.date.description])
      #expect(trial.ruleHolds == holds, "Day \(days)")
    }
  }

  @Test(arguments: [
    // Infused so many days before 5 January; the month or year of the death.
    (33, "2025-12", [StoppingRule.earlyDeath]), (40, "2026-01", []), (33, "2025", [.earlyDeath]), (33, "2025-11", []),
  ])
  func `of a death that is dated to the month the earliest possible day counts`(
    days: Int, died: String, holds: [StoppingRule]
  ) throws {
    var trial = TrialScenario.watched(infused: [.first: days])
    // The shipped form asks for the whole date; what is in a ledger may know less.
    let entries = [Entry("DTHFL", .value("true")), Entry("DTHDTC", .value(died))]
    let form = try FormKey("once/1/death/1")
    trial.given(.casebook(.first, .saved(form: form, entries: entries, source: nil, reason: nil)))
    #expect(trial.state.metRules(at: trial.now.instant, plan: trial.plan).map(\.rule) == holds)
  }

  @Test func `a DLT after a dose below the least counts among the first three`() throws {
    var trial = TrialScenario.watched(infused: [.first: 90, .second: 60], dose: 1)
    trial.givenDLT(1, .first)
    try trial.limit(.second)
    #expect(trial.ruleHolds == [.twoEarlyToxicities])
  }

  @Test func `a death on a day that nobody knows is early only where today is`() throws {
    for (days, holds) in [(20, [StoppingRule.earlyDeath]), (100, [])] {
      var trial = TrialScenario.watched(infused: [.first: days])
      try trial.tell("death", visit: FormKey.once, ["DTHFL": "true", "DTHDTC": "?"])
      #expect(trial.ruleHolds == holds, "Day \(days)")
    }
  }

  @Test(arguments: [
    ("RELATED", true), ("POSSIBLY RELATED", true), ("UNKNOWN", true), ("?", true), ("UNLIKELY RELATED", false),
    ("NOT RELATED", false), ("", false),
  ])
  func `a later death stops the study where it counts as related`(relation: String, stops: Bool) throws {
    for item in ["DTHREL_PROD", "DTHREL_LD", "DTHREL_LEUK", "DTHREL_PROC"] {
      var trial = TrialScenario.watched(infused: [.first: 200])
      let others = ["DTHREL_PROD", "DTHREL_LD", "DTHREL_LEUK", "DTHREL_PROC"].filter { $0 != item }
      try trial.tell("death", visit: FormKey.once, ["DTHDTC": trial.now.date.description])
      for other in others { try trial.tell("death", visit: FormKey.once, [other: "NOT RELATED"]) }
      if !relation.isEmpty { try trial.tell("death", visit: FormKey.once, [item: relation]) }
      try trial.tell("death", visit: FormKey.once, ["DTHFL": "true"])
      #expect(trial.ruleHolds == (stops ? [.relatedDeath] : []), "\(item) \(relation)")
    }
  }

  /// What makes an adverse event fatal.
  static let fatal: [[String: String]] = [["AEOUT": "FATAL"], ["AETOXGR": "5"], ["AESDTH": "true"]]

  @Test(arguments: fatal) func `a fatal adverse event is a death, whether or not the form on it is filled in`(
    _ answers: [String: String]
  ) throws {
    for (days, holds) in [(28, [StoppingRule.earlyDeath]), (29, [])] {
      var trial = TrialScenario.watched(infused: [.first: days])
      let today = trial.now.date.description
      try trial.save(answers.merging(["AESTDTC": today, "AEENDTC": today, "AEREL_PROD": "NOT RELATED"]) { $1 })
      #expect(trial.ruleHolds == holds, "\(answers) on Day \(days)")
      #expect(trial.of().death(by: trial.plan.safety)?.isOnRecord == false)
    }
  }

  @Test func `a fatal adverse event stops a study late where it counts as related`() throws {
    for (relation, holds) in [
      ("RELATED", [StoppingRule.relatedDeath]), ("UNKNOWN", [.relatedDeath]), ("NOT RELATED", []),
    ] {
      var trial = TrialScenario.watched(infused: [.first: 200])
      let today = trial.now.date.description
      try trial.save(["AEOUT": "FATAL", "AESTDTC": today, "AEENDTC": today, "AEREL_LD": relation])
      #expect(trial.ruleHolds == holds, "\(relation)")
    }
  }

  @Test func `of a fatal event without an end the day on which it began counts, and the form on death corrects it`()
    throws
  {
    var trial = TrialScenario.watched(infused: [.first: 40])
    let began = trial.ago(days: 20).date.description
    try trial.save(["AEOUT": "FATAL", "AESTDTC": began])
    #expect(trial.ruleHolds == [.earlyDeath])
    try trial.tell("death", visit: FormKey.once, ["DTHFL": "true", "DTHDTC": trial.now.date.description])
    #expect(trial.state.metRules(at: trial.now.instant, plan: trial.plan).isEmpty)
  }

  static let days: [(form: String, event: String, told: Int, day: String)] = [
    ("2026-01-04", "2026-01-03", 1, "2026-01-03"), ("2026-01-02", "2026-01-03", 1, "2026-01-02"),
    ("2026-01-04", "2026-01-05", 3, "2026-01-02"), ("2026-01-04", "2026-01", 0, "2026-01-04"),
    ("2026-01-04", "2025", 0, "2025"),
  ]

  @Test(arguments: days.indices) func `a death has one day: the earliest of form, fatal event and command`(_ index: Int)
    throws
  {
    let (form, event, told, day) = Self.days[index]
    var trial = TrialScenario.watched(infused: [.first: 300])
    try trial.save(["AEOUT": "FATAL", "AEENDTC": event])
    try trial.tell("death", visit: FormKey.once, ["DTHFL": "true", "DTHDTC": form])
    trial.given(.way(.first, .died(cause: "sepsis")), at: trial.ago(days: told))
    #expect(trial.of().death(by: trial.plan.safety)?.day?.description == day)
  }

  // MARK: single events

  /// A change of grade, so many hours ago.
  struct Change: Sendable {
    let hoursAgo: Int
    let grade: Int

    init(_ hoursAgo: Int, _ grade: Int) { (self.hoursAgo, self.grade) = (hoursAgo, grade) }
  }

  static let courses: [(name: String, course: [Change], stops: Bool)] = [
    ("never recorded as lower", [Change(192, 4)], true),
    ("down on the seventh day", [Change(192, 4), Change(24, 2)], false),
    ("down an hour later", [Change(192, 4), Change(23, 2)], true),
    ("not down far enough", [Change(192, 4), Change(100, 3)], true),
    ("there is still time", [Change(168, 4)], false), ("never of grade 4", [Change(192, 3)], false),
  ]

  @Test(arguments: courses.indices) func `CRS of grade 4 is down to grade 2 within seven days, or stops the study`(
    _ index: Int
  ) throws {
    let (name, course, stops) = Self.courses[index]
    for answers in [["AESI": "CRS"], ["AESI": "ICANS"], ["AEDECOD": "Cytokine release syndrome"]] {
      var trial = TrialScenario.watched(infused: [.first: 10])
      for (row, change) in course.enumerated() {
        try trial.tell(
          "adverseEventCourse", row: row + 1,
          ["FAAENO": "1", "FADTC": trial.time(hoursAgo: change.hoursAgo), "FATOXGR": String(change.grade)])
      }
      try trial.save(answers)
      #expect(trial.ruleHolds.contains(.persistentGrade4) == stops, "\(name) \(answers)")
      trial.wait(days: 60)
      let later = SafetyWatch.facts(in: trial.state, at: trial.now, plan: trial.plan)
      let fires = later.contains { $0.fires(.persistentGrade4) }
      #expect(fires == (name == "there is still time"), "\(name) \(answers), two months later")
    }
  }

  static let vectors: [([String: String], Bool)] = [
    (["LBORRES_RCV": "detected", "LBCONF": "true"], true), (["LBORRES_RCV": "detected", "LBCONF": "false"], false),
    (["LBORRES_RCV": "detected"], false), (["LBORRES_RCV": "not-detected", "LBCONF": "true"], false),
  ]

  @Test(arguments: vectors)
  func `replication-competent vector stops the study once it is confirmed`(answers: [String: String], stops: Bool)
    throws
  {
    var trial = TrialScenario.watched()
    for (item, answer) in answers.sorted(by: { $0.key < $1.key }) {
      try trial.tell("replicationCompetentVector", visit: "M3", [item: answer])
    }
    #expect(trial.ruleHolds == (stops ? [.replicationCompetentVector] : []))
  }

  @Test(arguments: [("POSITIVE", true), ("NEGATIVE", false), ("PENDING", false), ("?", false)])
  func `a malignancy with the transgene stops the study`(transgene: String, stops: Bool) throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESI": "SECOND MALIGNANCY"])
    try trial.tell("aesiDetails", ["FAAENO": "1", "FAAESI": "SECOND MALIGNANCY", "SPMCAR": transgene])
    #expect(trial.ruleHolds == (stops ? [.carPositiveMalignancy] : []))
  }

  // MARK: the hold

  @Test func `a hold that somebody set by the rule before stands for it`() throws {
    var trial = TrialScenario.watched(infused: [.first: 5])
    try trial.perform(SetHold(kind: .safety, reason: "told by telephone", rule: .earlyDeath), by: .safetyOfficer)
    try trial.perform(RecordDeath(participant: .first, cause: "sepsis", lastContact: trial.now.date), by: .nurse)
    #expect(trial.ruleHolds == [.earlyDeath])
    #expect(trial.state.study.firedRules[.earlyDeath]?.map(\.hold) == [1])
  }

  @Test func `a hold by a rule or by the board is reported to committee and authority`() throws {
    var trial = TrialScenario.watched(infused: [.first: 5])
    try trial.perform(SetHold(kind: .operational, reason: "no beds"), by: .principalInvestigator)
    #expect(trial.state.record.clocks == [])
    try trial.perform(RecordDeath(participant: .first, cause: "sepsis", lastContact: trial.now.date), by: .nurse)
    #expect(trial.state.record.clocks.map(\.clock) == ["urgentSafetyMeasure"])
    #expect(trial.state.record.clocks.first?.due == trial.now.instant.adding(hours: 7 * 24))
  }

  @Test(arguments: [Acting.principalInvestigator, .safetyOfficer, .boardMember])
  func `a safety hold is an urgent safety measure, whoever sets it`(by actor: Acting) throws {
    var trial = TrialScenario.watched()
    try trial.perform(SetHold(kind: .safety, reason: "liver failure elsewhere"), by: actor)
    #expect(trial.state.record.clocks.map(\.clock) == ["urgentSafetyMeasure"])
  }

  @Test func `a study whose plan does not name a rule does not follow it`() throws {
    var trial = TrialScenario.watched(infused: [.first: 5])
    trial.plan.safety.stopEvents = []
    try trial.perform(RecordDeath(participant: .first, cause: "sepsis", lastContact: trial.now.date), by: .nurse)
    #expect(trial.ruleHolds == [])
  }
}

extension RecordedVisit {
  /// A visit at which the participant was assessed.
  fileprivate static let seen = RecordedVisit(visit: "D28", assessed: true, completes: false)
}

extension Fact {
  fileprivate func fires(_ rule: StoppingRule) -> Bool {
    if case .study(.stoppingRuleFired(rule, _, _, _)) = event { true } else { false }
  }
}

extension TrialScenario {
  /// Somebody was infused with a full dose so many days ago.
  fileprivate mutating func infuse(_ id: ParticipantID, daysAgo days: Int) {
    let bag = BagNumber(lot: LotNumber(participant: id, lot: 1), bag: 1)
    given(
      .way(id, .registered(site: .berlin, cohort: "sle")),
      .product(id, .infusionStarted(bag: bag, outsideGate: false, lines: [])), .study(.infusionBegun(participant: id)),
      .product(id, .infusionStopped(bag: bag, volumeML: 30, whole: true, dosePerKg: 200_000, reason: nil)),
      at: ago(days: days))
  }

  /// A dose-limiting toxicity, as it stands in the ledger.
  fileprivate mutating func givenDLT(_ question: Int, _ id: ParticipantID) {
    given(
      .study(
        .dltQuestionOpened(
          question: question, participant: id, toxicity: .crs, onset: now.date, about: "Cytokine release.")),
      .study(.dltAnswered(question: question, answer: DLTAnswer(basis: .meetsDefinition))),
      .study(.dltConfirmed(question: question)))
  }

  /// The same by the commands.
  fileprivate mutating func limit(_ id: ParticipantID) throws {
    let begun = state.study.infusions.first { $0.participant == id }?.begun.date ?? now.date
    try perform(OpenDLTQuestion(participant: id, toxicity: .crs, onset: begun, about: "Cytokine release."), by: .nurse)
    try settle(state.study.questions.count, .meetsDefinition)
  }

  /// The board and the safety officer have let a hold fall.
  fileprivate mutating func lift(_ hold: Int) { given(.study(.holdLifted(hold: hold, approvals: [.example]))) }
}
