import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct DoseLimitingTests {
  /// An adverse event that began so many days after the infusion of ten days ago, with its course in hours ago and grades.
  struct Example: Sendable {
    let name: String
    var answers: [String: String] = [:]
    var onset: Int? = 3
    var course: [(hoursAgo: Int, grade: Int)] = []
    let result: DoseLimitingResult
  }

  static let crs = ["AEDECOD": "Cytokine release syndrome", "AESI": "CRS", "AEREL_PROD": "RELATED"]
  static let kidney = ["AEDECOD": "Acute kidney injury", "AEREL_PROD": "RELATED"]
  static let neutrophils = ["AEDECOD": "Neutrophil count decreased", "AEREL_PROD": "RELATED"]

  /// An event of that term, related.
  private static func related(_ term: String) -> [String: String] { ["AEDECOD": term, "AEREL_PROD": "RELATED"] }

  static let examples: [Example] = [
    Example(name: "CRS 4", answers: crs + ["AETOXGR": "4"], result: .yes),
    Example(name: "CRS 3, 73 hours", answers: crs, course: [(100, 3), (27, 2)], result: .yes),
    Example(name: "CRS 3, 72 hours", answers: crs, course: [(100, 3), (28, 2)], result: .no),
    Example(
      name: "CRS 3, two spells of 73 hours together", answers: crs, course: [(150, 3), (110, 1), (80, 3), (47, 1)],
      result: .yes),
    Example(name: "CRS 3, still going on", answers: crs, course: [(24, 3)], result: .indeterminate),
    Example(name: "CRS 3, without a course", answers: crs + ["AETOXGR": "3"], result: .indeterminate),
    Example(name: "CRS 2", answers: crs + ["AETOXGR": "2"], result: .no),
    Example(name: "CRS, grade not known", answers: crs, result: .indeterminate),
    Example(
      name: "CRS 4, relation not judged", answers: crs + ["AETOXGR": "4", "AEREL_PROD": "UNKNOWN"],
      result: .indeterminate),
    Example(name: "CRS 4, not related", answers: crs + ["AETOXGR": "4", "AEREL_PROD": "NOT RELATED"], result: .no),
    Example(name: "kidney 3, 169 hours", answers: kidney, course: [(180, 3), (11, 1)], result: .yes),
    Example(name: "kidney 3, 168 hours", answers: kidney, course: [(180, 3), (12, 1)], result: .no),
    Example(
      name: "kidney 3, gone within the days that it is known to the day",
      answers: kidney + ["AETOXGR": "3", "AEENDTC": "+5", "AEOUT": "RECOVERED/RESOLVED"], result: .no),
    Example(name: "before the infusion", answers: crs + ["AETOXGR": "4"], onset: -1, result: .no),
    Example(name: "day of the infusion", answers: crs + ["AETOXGR": "4"], onset: 0, result: .yes),
    Example(name: "onset not known", answers: crs + ["AETOXGR": "4"], onset: nil, result: .indeterminate),
    Example(
      name: "cytopenia 4, may outlast its days", answers: neutrophils, course: [(100, 4)], result: .indeterminate),
    Example(name: "cytopenia 4, over", answers: neutrophils, course: [(100, 4), (40, 3)], result: .no),
    Example(name: "anemia 4, over", answers: related("Anemia"), course: [(100, 4), (40, 3)], result: .no),
    Example(
      name: "hemolytic uremic syndrome 4", answers: related("Hemolytic uremic syndrome") + ["AETOXGR": "4"],
      result: .yes),
    Example(
      name: "disseminated intravascular coagulation 4",
      answers: related("Disseminated intravascular coagulation") + ["AETOXGR": "4"], result: .yes),
    Example(name: "febrile neutropenia 4", answers: related("Febrile neutropenia") + ["AETOXGR": "4"], result: .yes),
    Example(
      name: "thrombotic thrombocytopenic purpura 4",
      answers: related("Thrombotic thrombocytopenic purpura") + ["AETOXGR": "4"], result: .yes),
    Example(name: "fatal, entered as of grade 3", answers: kidney + ["AETOXGR": "3", "AEOUT": "FATAL"], result: .yes),
    Example(name: "death, related", answers: kidney + ["AETOXGR": "5", "AEOUT": "FATAL"], result: .yes),
  ]

  @Test(arguments: examples.indices) func `an event in the window opens a question unless it certainly is none`(
    _ index: Int
  ) throws {
    let example = Self.examples[index]
    var trial = TrialScenario.watched(infused: [.first: 10])
    let infused = trial.ago(days: 10)
    for (row, change) in example.course.enumerated() {
      try trial.tell(
        "adverseEventCourse", row: row + 1,
        ["FAAENO": "1", "FADTC": trial.time(hoursAgo: change.hoursAgo), "FATOXGR": String(change.grade)])
    }
    func day(_ number: Int) -> String { infused.date.adding(number, .day)?.description ?? "" }
    var answers = example.answers.mapValues { text in text.hasPrefix("+") ? day(Int(text) ?? 0) : text }
    if let onset = example.onset { answers["AESTDTC"] = day(onset) }
    try trial.save(answers)
    let event = try #require(trial.event(1))
    let found = event.doseLimiting(infusedOn: infused.day, plan: trial.plan.safety, until: trial.now.instant)
    #expect(found.result == example.result, "\(example.name): \(found.rule)")
    #expect(trial.state.study.questions.count == (example.result == .no ? 0 : 1), "\(example.name)")
    try trial.tell("adverseEvent", ["AENARR": "More."])
    #expect(trial.state.study.questions.count == (example.result == .no ? 0 : 1), "\(example.name), saved again")
  }

  @Test func `after Day 28 nothing is asked`() throws {
    for (days, questions) in [(28, 1), (29, 0)] {
      var trial = TrialScenario.watched(infused: [.first: 40])
      let onset = trial.ago(days: 40).date.adding(days, .day)?.description ?? ""
      try trial.save(Self.crs + ["AETOXGR": "4", "AESTDTC": onset])
      #expect(trial.state.study.questions.count == questions, "Day \(days)")
    }
  }

  @Test func `what somebody asked by hand is not asked again`() throws {
    var trial = TrialScenario.watched()
    let ask = OpenDLTQuestion(
      participant: .first, toxicity: .crs, onset: trial.ago(days: 7).date, about: "Cytokine release grade 4.")
    try trial.perform(ask, by: .nurse)
    try trial.save(Self.crs + ["AETOXGR": "4", "AESTDTC": trial.ago(days: 7).date.description])
    #expect(trial.state.study.questions.count == 1)
    #expect(trial.of().safety.questions[1]?.map(\.question) == [1])
  }

  @Test func `what has become certain after a question that was settled otherwise is asked once more`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEventCourse", ["FAAENO": "1", "FADTC": trial.time(hoursAgo: 24), "FATOXGR": "3"])
    try trial.save(Self.crs + ["AESTDTC": trial.ago(days: 1).date.description])
    try trial.settle(1, .belowThreshold)
    #expect(SafetyWatch.facts(in: trial.state, at: trial.now, plan: trial.plan).isEmpty)
    trial.wait(hours: 49)
    let facts = SafetyWatch.facts(in: trial.state, at: trial.now, plan: trial.plan)
    trial.given(facts.map(\.event))
    #expect(trial.state.study.questions.count == 2)
    try trial.settle(2, .unrelated)
    trial.wait(days: 3)
    #expect(SafetyWatch.facts(in: trial.state, at: trial.now, plan: trial.plan).isEmpty)
  }

  static let worse: [(name: String, before: [String: String], after: [String: String])] = [
    ("a higher grade", crs + ["AETOXGR": "4"], ["AETOXGR": "5"]),
    ("fatal", crs + ["AETOXGR": "4"], ["AEOUT": "FATAL"]),
    ("more of a relation", kidney + ["AETOXGR": "3", "AEREL_PROD": "UNKNOWN"], ["AEREL_PROD": "POSSIBLY RELATED"]),
  ]

  @Test(arguments: worse.indices) func `a question that was settled is asked anew where its event has become worse`(
    _ index: Int
  ) throws {
    let (name, before, after) = Self.worse[index]
    var trial = TrialScenario.watched()
    try trial.save(before + ["AESTDTC": trial.ago(days: 5).date.description])
    try trial.settle(1, .unrelated)
    try trial.tell("adverseEvent", ["AENARR": "More."])
    #expect(trial.state.study.questions.count == 1, "\(name), while it is as it was")
    for (item, answer) in after { try trial.tell("adverseEvent", [item: answer], correction: "It is worse.") }
    #expect(trial.state.study.questions.count == 2, "\(name)")
    try trial.settle(2, .unrelated)
    try trial.tell("adverseEvent", ["AENARR": "Still more."], correction: "More.")
    #expect(trial.state.study.questions.count == 2, "\(name), once")
  }

  @Test func `what was asked before it was kept how bad the event was stays readable, and is not asked anew for that`()
    throws
  {
    let asked = CanonicalJSON.Value.object([
      "event": .integer(1), "question": .integer(1), "result": .string("yes"), "rule": .string("crs"),
    ])
    let event = try TrialEvent(type: "safety.doseLimitingAsked", fact: asked, stream: .participant(.first))
    var trial = TrialScenario.watched()
    try trial.perform(
      OpenDLTQuestion(participant: .first, toxicity: .crs, onset: trial.ago(days: 5).date, about: "Grade 3."),
      by: .nurse)
    trial.given(event)
    try trial.settle(1, .belowThreshold)
    try trial.save(Self.crs + ["AETOXGR": "4", "AESTDTC": trial.ago(days: 5).date.description])
    #expect(trial.state.study.questions.count == 1)
  }

  @Test func `a question that was settled as below the threshold is asked anew where the grade falls and rises again`()
    throws
  {
    var trial = TrialScenario.watched()
    try trial.turn(3, hoursAgo: 48)
    try trial.save(Self.crs + ["AESTDTC": trial.ago(days: 2).date.description])
    try trial.settle(1, .belowThreshold)
    trial.wait(hours: 1)
    try trial.turn(1, hoursAgo: 0, row: 2)
    #expect(trial.state.study.questions.count == 1)
    trial.given(.study(.boardDecidedOnParticipant(participant: .second, goesOn: true, ballot: .of())))
    trial.wait(hours: 5)
    try trial.turn(3, hoursAgo: 1, row: 3)
    #expect(trial.state.study.questions.map(\.isDoseLimiting) == [false, nil])
    #expect(trial.state.study.boardWords.isEmpty, "the board has not seen it")
    try trial.settle(2, .belowThreshold)
    trial.wait(hours: 2)
    try trial.turn(3, hoursAgo: 1, row: 4)
    #expect(trial.state.study.questions.count == 2, "it is of the same grade still")
  }

  private static let gravest = crs + ["AETOXGR": "4"]
  private static let unjudged = gravest + ["AEREL_PROD": "UNKNOWN"]

  /// An event with its onset so many days after the infusion of twenty days ago, and its course; how a question about it is
  /// answered, and whether the record contradicts that.
  static let contradicted:
    [(
      answers: [String: String], onset: Int?, course: [(hoursAgo: Int, grade: Int)], basis: DLTBasis, isRefused: Bool
    )] = [
      (gravest, 5, [], .belowThreshold, true), (gravest, 5, [], .unrelated, false),
      (gravest, 5, [], .outsideWindow, true), (gravest, nil, [], .outsideWindow, false),
      (unjudged, 5, [], .belowThreshold, false), (kidney, 5, [(300, 3), (100, 1)], .belowThreshold, true),
      (kidney, 5, [(100, 3)], .belowThreshold, false), (kidney, 5, [(300, 3)], .meetsDefinition, false),
    ]

  @Test(arguments: contradicted.indices) func `an answer that the record contradicts is refused`(_ index: Int) throws {
    let (answers, onset, course, basis, isRefused) = Self.contradicted[index]
    var trial = TrialScenario.watched(infused: [.first: 20])
    for (row, change) in course.enumerated() { try trial.turn(change.grade, hoursAgo: change.hoursAgo, row: row + 1) }
    let start = onset.map { ["AESTDTC": trial.ago(days: 20 - $0).date.description] } ?? [:]
    try trial.save(answers + start)
    let outcome = trial.when(
      AnswerDLTQuestion(question: 1, participant: .first, basis: basis), by: .principalInvestigator)
    if isRefused { outcome.refused("recorded-otherwise") } else { #expect(outcome.events?.count == 1, "row \(index)") }
  }

  /// Of grade 4 since so many days, or without a course; of a lower grade since so many; how a question about it is answered,
  /// and what refuses it.
  static let answers: [(since: Int?, fell: Int?, basis: DLTBasis, lasted: Int?, refusal: String?)] = [
    (5, 1, .belowThreshold, 4, nil), (5, 1, .belowThreshold, 3, "recorded-longer"),
    (5, 1, .expectedOnTarget, 4, nil), (5, 1, .expectedOnTarget, 2, "recorded-longer"),
    (5, 1, .meetsDefinition, 2, "recorded-longer"), (5, 1, .unrelated, nil, nil),
    (5, nil, .belowThreshold, nil, nil), (5, nil, .belowThreshold, 2, "recorded-longer"),
    (5, nil, .belowThreshold, 5, "still-running"), (5, nil, .expectedOnTarget, 20, "still-running"),
    (5, nil, .meetsDefinition, 5, nil), (29, nil, .belowThreshold, nil, "recorded-longer"),
    (29, nil, .expectedOnTarget, 20, "recorded-longer"), (29, nil, .meetsDefinition, 29, nil),
    (nil, nil, .belowThreshold, 10, "still-running"), (nil, nil, .belowThreshold, nil, nil),
  ]

  @Test(arguments: answers.indices) func `an answer is held against the days at grade 4 that are recorded`(
    _ index: Int
  ) throws {
    let (since, fell, basis, lasted, refusal) = Self.answers[index]
    var trial = TrialScenario.watched(infused: [.first: 40])
    if let since { try trial.turn(4, hoursAgo: since * 24) }
    if let fell { try trial.turn(3, hoursAgo: fell * 24, row: 2) }
    try trial.save(Self.neutrophils + ["AETOXGR": "4", "AESTDTC": trial.ago(days: 38).date.description])
    // Of what is known to be over nobody is asked by itself.
    if trial.state.study.questions.isEmpty {
      try trial.perform(
        OpenDLTQuestion(participant: .first, toxicity: .cytopenia, onset: trial.ago(days: 38).date, about: "Grade 4."),
        by: .nurse)
      trial.given(
        .safety(
          .first, .doseLimitingAsked(event: 1, question: 1, result: .indeterminate, rule: "hematologic", seen: nil)))
    }
    let answer = AnswerDLTQuestion(question: 1, participant: .first, basis: basis, lastedDays: lasted)
    let outcome = trial.when(answer, by: .principalInvestigator)
    if let refusal { outcome.refused(refusal) } else { #expect(outcome.events?.count == 1, "\(Self.answers[index])") }
  }

  // MARK: who counts

  static let standings: [(Int, Bool, Decimal?, Bool)] = [
    (28, true, 200_000, true), (27, true, 200_000, false), (28, false, 200_000, false), (28, true, 99_999, false),
    (28, true, nil, false),
  ]

  @Test(arguments: standings)
  func `who had the least dose and whose window is seen closed counts`(
    days: Int, isSeen: Bool, dose: Decimal?, counts: Bool
  ) throws {
    var trial = TrialScenario.watched(infused: [.first: days], dose: dose)
    if isSeen {
      trial.given(.way(.first, .visitRecorded(visit: RecordedVisit(visit: "D28", assessed: true, completes: false))))
    }
    let standing = try #require(trial.state.doseLimitingStandings(at: trial.now.instant, plan: trial.plan).first)
    #expect(standing.isEvaluable == counts)
  }

  @Test(arguments: [(27, DoseLimitingStanding.Standing.goneEarly), (28, .windowClosed)])
  func `who left within the window without a toxicity tells nothing of the rate`(
    day: Int, standing: DoseLimitingStanding.Standing
  ) throws {
    var trial = TrialScenario.watched(infused: [.first: 40])
    let gone = trial.ago(days: 40 - day)
    let departure = Departure(
      reason: .withdrawn, detail: "moved away", decidedBy: .participant, lastContact: gone.date)
    trial.given(.way(.first, .left(departure: departure)), at: gone)
    #expect(
      trial.state.doseLimitingStanding(of: .first, at: trial.now.instant, plan: trial.plan)?.standing == standing)
  }

  @Test func `who died within the window by a fatal adverse event tells nothing of the rate`() throws {
    var trial = TrialScenario.watched(infused: [.first: 40])
    let day = trial.ago(days: 20).date.description
    try trial.save(["AEOUT": "FATAL", "AESTDTC": day, "AEENDTC": day, "AEREL_PROD": "NOT RELATED"])
    #expect(
      trial.state.doseLimitingStanding(of: .first, at: trial.now.instant, plan: trial.plan)?.standing == .goneEarly)
    #expect(
      trial.state.study.stagger(for: .second, onDay: trial.now.day, in: trial.state, plan: trial.plan.safety).isOver)
  }

  @Test func `an open question keeps the window open, and a DLT counts before it closes`() throws {
    var trial = TrialScenario.watched(infused: [.first: 30])
    trial.given(.way(.first, .visitRecorded(visit: RecordedVisit(visit: "D28", assessed: true, completes: false))))
    try trial.tell("adverseEventCourse", ["FAAENO": "1", "FADTC": trial.time(hoursAgo: 24), "FATOXGR": "4"])
    try trial.save(Self.neutrophils + ["AESTDTC": trial.ago(days: 27).date.description])
    #expect(
      trial.state.doseLimitingStanding(of: .first, at: trial.now.instant, plan: trial.plan)?.standing == .questionOpen)
    try trial.settle(1, .meetsDefinition)
    #expect(
      trial.state.doseLimitingStanding(of: .first, at: trial.now.instant, plan: trial.plan)?.standing == .toxicity)
  }

  /// How the question about a cytopenia of grade 4 was settled, and what was recorded of it then; how its participant stands,
  /// and whether the question still bars who comes next.
  static let settled:
    [(name: String, basis: DLTBasis, then: Then, standing: DoseLimitingStanding.Standing, bars: Bool)] =
      [
        ("below the threshold, and goes on", .belowThreshold, .goesOn, .windowOpen, true),
        ("below the threshold, and fell", .belowThreshold, .falls, .windowClosed, false),
        ("below the threshold, and over", .belowThreshold, .ends, .windowClosed, false),
        ("below the threshold, and gone", .belowThreshold, .leaves, .goneEarly, false),
        ("unrelated, and goes on", .unrelated, .goesOn, .windowClosed, false),
        ("dose-limiting, and goes on", .meetsDefinition, .goesOn, .toxicity, false),
      ]

  /// What follows upon a question that was settled.
  enum Then { case goesOn, falls, ends, leaves }

  @Test(arguments: settled.indices)
  func `the window stays open for an event that goes on and may still become dose-limiting`(_ index: Int) throws {
    let (name, basis, then, standing, bars) = Self.settled[index]
    var trial = TrialScenario.watched(infused: [.first: 30])
    trial.given(.way(.first, .visitRecorded(visit: RecordedVisit(visit: "D28", assessed: true, completes: false))))
    try trial.turn(4, hoursAgo: 24 * 10)
    try trial.save(Self.neutrophils + ["AETOXGR": "4", "AESTDTC": trial.ago(days: 27).date.description])
    try trial.settle(1, basis)
    let today = trial.now.date.description
    switch then {
    case .goesOn: break
    case .falls: try trial.turn(3, hoursAgo: 1, row: 2)
    case .ends:
      for (item, text) in [("AEOUT", "RECOVERED/RESOLVED"), ("AEENDTC", today)] {
        try trial.tell("adverseEvent", [item: text])
      }
    case .leaves:
      let departure = Departure(
        reason: .withdrawn, detail: "moved away", decidedBy: .participant, lastContact: trial.now.date)
      trial.given(.way(.first, .left(departure: departure)))
    }
    #expect(
      trial.state.doseLimitingStanding(of: .first, at: trial.now.instant, plan: trial.plan)?.standing == standing,
      "\(name)")
    let barring = trial.state.barringQuestions(at: trial.now.instant, plan: trial.plan.safety).map(\.number)
    #expect(barring == (bars ? [1] : []), "\(name)")
  }
}

extension TrialScenario {
  /// Saves an adverse event of somebody.
  mutating func save(_ answers: [String: String], _ row: Int = 1, of id: ParticipantID = .first) throws {
    let key = try FormKey(visit: FormKey.log, form: "adverseEvent", row: row)
    forms[key] = FormPicture(shown: Set(book.forms["adverseEvent"]?.items.map(\.id) ?? []))
    let entries = answers.sorted { $0.key < $1.key }.map { ReadEntry(Entry($0.key, .value($0.value))) }
    try perform(SaveForm(participant: id, form: key, entries: entries), by: .investigator)
  }

  /// Records a change of the grade of the first adverse event.
  mutating func turn(_ grade: Int, hoursAgo hours: Int, row: Int = 1) throws {
    try tell("adverseEventCourse", row: row, ["FAAENO": "1", "FADTC": time(hoursAgo: hours), "FATOXGR": "\(grade)"])
  }

  /// Has a DLT question answered and confirmed.
  mutating func settle(_ question: Int, _ basis: DLTBasis) throws {
    let asked = state.study.questions.first { $0.number == question }?.participant ?? .first
    try perform(
      AnswerDLTQuestion(question: question, participant: asked, basis: basis), by: .principalInvestigator)
    try perform(ConfirmDLTAnswer(question: question), by: .safetyOfficer)
  }
}

private func + (a: [String: String], b: [String: String]) -> [String: String] { a.merging(b) { $1 } }
