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
    try trial.settle(2, .belowThreshold)
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
    try trial.settle(1, .belowThreshold)
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

  @Test(arguments: [(29, "recorded-longer"), (27, nil)] as [(Int, String?)])
  func `expected on target is held against the days at grade 4 that are recorded`(days: Int, refusal: String?) throws {
    var trial = TrialScenario.watched(infused: [.first: 40])
    try trial.tell(
      "adverseEventCourse", ["FAAENO": "1", "FADTC": trial.time(hoursAgo: days * 24), "FATOXGR": "4"])
    try trial.save(Self.neutrophils + ["AESTDTC": trial.ago(days: 38).date.description])
    let answer = AnswerDLTQuestion(question: 1, participant: .first, basis: .expectedOnTarget, lastedDays: 20)
    let outcome = trial.when(answer, by: .principalInvestigator)
    if let refusal { outcome.refused(refusal) } else { #expect(outcome.events?.count == 1) }
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
    func standing() -> DoseLimitingStanding? {
      trial.state.doseLimitingStandings(at: trial.now.instant, plan: trial.plan).first
    }
    #expect(standing()?.standing == .questionOpen)
    try trial.settle(1, .belowThreshold)
    #expect(standing()?.standing == .windowClosed)
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

  /// Has a DLT question answered and confirmed.
  mutating func settle(_ question: Int, _ basis: DLTBasis) throws {
    let asked = state.study.questions.first { $0.number == question }?.participant ?? .first
    try perform(
      AnswerDLTQuestion(question: question, participant: asked, basis: basis), by: .principalInvestigator)
    try perform(ConfirmDLTAnswer(question: question), by: .safetyOfficer)
  }
}

private func + (a: [String: String], b: [String: String]) -> [String: String] { a.merging(b) { $1 } }
