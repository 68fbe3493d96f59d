import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

/// Each task of safety stands in the worklist of whoever can settle it, and goes with the deed that settles it.
struct SafetyWorklistTests {
  /// A task with what brings it and what settles it.
  struct Example: Sendable {
    let kind: StudyTask.Kind
    /// A role that can settle it, and one that cannot.
    let role: Role
    let other: Role
    var infused: [ParticipantID: Int] = [.first: 10]
    let arises: @Sendable (inout TrialScenario) throws -> Void
    let settles: @Sendable (inout TrialScenario) throws -> Void
  }

  static let serious = ["AETERM": "as told", "AESER": "true", "AESHOSP": "true", "AEOUT": "RECOVERED/RESOLVED"]
  static let mild = ["AETERM": "as told", "AESER": "false", "AEOUT": "RECOVERED/RESOLVED"]

  static let ofEvents: [Example] = [
    Example(
      kind: .judgeSeriousness, role: .nurse, other: .safetyOfficer,
      arises: { try $0.tell("adverseEvent", ["AETERM": "as told", "AEOUT": "RECOVERED/RESOLVED"]) },
      settles: { try $0.tell("adverseEvent", ["AESER": "false"]) }),
    Example(
      kind: .judgeExpectedness, role: .safetyOfficer, other: .principalInvestigator,
      arises: { try $0.save(serious) },
      settles: { try $0.tell("saeAssessment", ["SOAAENO": "1", "SOAEXPECT": "EXPECTED", "SOASUSAR": "false"]) }),
    Example(
      kind: .submitReport, role: .principalInvestigator, other: .statistician,
      arises: { try $0.save(serious) },
      settles: {
        try $0.tell(
          "sae", ["SAEAENO": "1", "SAEVERS": "FIRST", "SAEVERNO": "0", "SAEDTC": $0.time(), "SAESENT": $0.time()])
      }),
    Example(
      kind: .reconcile, role: .dataManager, other: .monitor,
      arises: { try $0.save(mild.merging(["AECONTRT": "true"]) { $1 }) },
      settles: { try $0.tell("concomitantMedication", ["CMTRT": "J01CA04", "CMAENO": "1"]) }),
    Example(
      kind: .reviewEvent, role: .coordinator, other: .monitor,
      arises: { try $0.tell("adverseEvent", ["AESER": "false", "AEOUT": "NOT RECOVERED/NOT RESOLVED"]) },
      settles: { try $0.tell("adverseEvent", ["AEOUT": "RECOVERED/RESOLVED"], correction: "It has ended.") }),
    Example(
      kind: .codeMedicine, role: .nurse, other: .monitor,
      arises: { try $0.tell("concomitantMedication", ["CMTRT": "some tablets"]) },
      settles: { try $0.tell("concomitantMedication", ["CMTRT": "L04AC07"], correction: "Coded.") }),
    Example(
      kind: .followPregnancy, role: .coordinator, other: .safetyOfficer,
      arises: { try $0.tell("pregnancyReport", ["RPWHO": "PARTNER", "RPCONSENT": "true"]) },
      settles: { try $0.tell("pregnancyOutcome", ["RPNO": "1", "RPOUT": "ECTOPIC"]) }),
    Example(
      kind: .followUpReport, role: .subInvestigator, other: .nurse,
      arises: {
        try $0.save(serious)
        try $0.tell("sae", ["SAEAENO": "1", "SAEVERS": "FIRST", "SAEVERNO": "0", "SAEDTC": $0.time()])
        $0.wait(days: 1)
        try $0.tell("adverseEvent", ["AENARR": "A new finding."])
      },
      settles: {
        $0.wait(hours: 1)
        try $0.tell("sae", row: 2, ["SAEAENO": "1", "SAEVERS": "FOLLOW-UP", "SAEVERNO": "1", "SAEDTC": $0.time()])
      }),
    Example(
      kind: .followUpReport, role: .subInvestigator, other: .nurse,
      arises: {
        try $0.save(serious)
        try $0.tell("sae", ["SAEAENO": "1", "SAEVERS": "FIRST", "SAEVERNO": "0", "SAEDTC": $0.time()])
        $0.wait(days: 1)
        try $0.tell("adverseEventCourse", ["FAAENO": "1", "FADTC": $0.time(), "FATOXGR": "4"])
      },
      settles: {
        $0.wait(hours: 1)
        try $0.tell("sae", row: 2, ["SAEAENO": "1", "SAEVERS": "FOLLOW-UP", "SAEVERNO": "1", "SAEDTC": $0.time()])
      }),
    Example(
      kind: .judgeDeath, role: .principalInvestigator, other: .nurse, infused: [.first: 200],
      arises: {
        try $0.perform(RecordDeath(participant: .first, cause: "accident", lastContact: $0.now.date), by: .nurse)
      },
      settles: {
        try $0.tell(
          "death", visit: FormKey.once,
          [
            "DTHFL": "true", "DTHREL_PROD": "NOT RELATED", "DTHREL_LD": "NOT RELATED", "DTHREL_LEUK": "NOT RELATED",
            "DTHREL_PROC": "NOT RELATED",
          ])
      }),
    Example(
      kind: .answerDLT, role: .principalInvestigator, other: .safetyOfficer,
      arises: { try $0.save(severe) }, settles: { try $0.answer(1, .unrelated) }),
    Example(
      kind: .reconcile, role: .principalInvestigator, other: .statistician,
      arises: {
        try $0.save(severe)
        try $0.answer(1, .meetsDefinition)
        try $0.tell("dltQuestion", ["DLTAENO": "1", "DLTANSW": "NO"])
      },
      settles: { try $0.tell("dltQuestion", ["DLTANSW": "YES"], correction: "As it was signed.") }),
    Example(
      kind: .reconcile, role: .principalInvestigator, other: .statistician,
      arises: {
        try $0.save(severe)
        try $0.answer(1, .meetsDefinition)
        try $0.tell("dltQuestion", ["DLTAENO": "1", "DLTANSW": "YES"])
        let other = DLTAnswer(basis: .unrelated)
        $0.given(
          .study(.dltDisputed(question: 1, answer: other)),
          .study(.dltDecided(question: 1, answer: other, ballot: .of())))
      }, settles: { try $0.tell("dltQuestion", ["DLTBOARD": "NO"]) }),
    Example(
      kind: .confirmDLT, role: .safetyOfficer, other: .principalInvestigator,
      arises: {
        try $0.save(severe)
        try $0.answer(1, .unrelated)
      }, settles: { try $0.perform(ConfirmDLTAnswer(question: 1), by: .safetyOfficer) }),
  ]

  /// CRS of grade 4, six days after the infusion.
  static let severe = [
    "AEDECOD": "Cytokine release syndrome", "AETOXGR": "4", "AESER": "false", "AEREL_PROD": "RELATED", "AESI": "CRS",
    "AESTDTC": "2026-01-01", "AEOUT": "RECOVERED/RESOLVED",
  ]

  @Test(arguments: ofEvents.indices) func `it comes with what calls for it and goes with what settles it`(
    _ index: Int
  ) throws {
    let example = Self.ofEvents[index]
    var trial = TrialScenario.watched(infused: example.infused)
    func waits(_ role: Role) -> Bool {
      trial.worklist.tasks(for: role, at: .berlin).contains { $0.kind == example.kind }
    }
    #expect(!waits(example.role), "\(example.kind) at first")
    try example.arises(&trial)
    #expect(waits(example.role), "\(example.kind) arises")
    #expect(trial.worklist.tasks.filter { $0.kind == example.kind }.allSatisfy { Self.canBeSettled($0) })
    #expect(!waits(example.other), "\(example.kind) of \(example.other)")
    try example.settles(&trial)
    #expect(!waits(example.role), "\(example.kind) is settled")
  }

  @Test(arguments: [
    ("death", "NOT RECOVERED/NOT RESOLVED", Outlasted.death), ("death", "UNKNOWN", .death), ("death", "", nil),
    ("last visit", "RECOVERING/RESOLVING", .study), ("last visit", "", nil), ("", "RECOVERING/RESOLVING", nil),
  ])
  func `the end of an event is not waited for after death or the end of the study, once its outcome is on record`(
    _ end: String, _ outcome: String, _ outlasted: Outlasted?
  ) throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AETERM": "as told", "AESER": "false"])
    if !outcome.isEmpty { try trial.tell("adverseEvent", ["AEOUT": outcome]) }
    if end == "death" {
      try trial.perform(
        RecordDeath(participant: .first, cause: "accident", lastContact: trial.now.date), by: .nurse)
    } else if !end.isEmpty {
      trial.given(
        .way(.first, .visitRecorded(visit: RecordedVisit(visit: "M24", assessed: true, completes: true))))
    }
    let event = try #require(trial.of().adverseEvents(by: trial.plan.safety).first)
    #expect(trial.of().outlasted(by: event, plan: trial.plan.safety, schedule: trial.book.schedule) == outlasted)
    #expect(trial.worklist.tasks.contains { $0.kind == .reviewEvent } == (outlasted == nil))
  }

  @Test func `grades wait for an adverse event and for a word, each until it is there`() throws {
    var participant = GradedParticipant()
    participant.lymphodeplete()
    participant.fill("D1/1/blood/1", at: "2026-03-07T08:00", .lab("NEUT", "0.4", "10*9/L", low: 2, high: 7))
    func kinds() -> [StudyTask.Kind] {
      participant.trial.worklist.tasks.map(\.kind).filter { $0 == .recordAdverseEvent || $0 == .confirmGrades }
    }
    #expect(Set(kinds()) == [.recordAdverseEvent, .confirmGrades])
    participant.fill(
      "log/1/events/1", [Entry("TERM", .value("Neutrophil count decreased")), Entry("START", .value("2026-03-07"))])
    #expect(kinds() == [.confirmGrades])
    try participant.perform(
      ConfirmGrades(participant: .first, grades: [try ShownGrade("D1/1/blood/1/NEUT/low=4")]))
    #expect(kinds() == [])
  }

  @Test func `a list that was made before its report was due tells that it is late once it is`() throws {
    var trial = TrialScenario.watched()
    try trial.save(Self.serious.merging(["AEAWAREDTC": trial.time(hoursAgo: 2)]) { $1 })
    let list = trial.worklist
    let report = try #require(list.tasks.first { $0.kind == .submitReport })
    #expect(!list.isLate(report))
    let later = list.asOf(trial.now.instant.adding(hours: 23))
    #expect(later.isLate(report) && later.tasks.first == report)
    #expect(Set(later.tasks) == Set(list.tasks))
  }

  @Test func `what is late stands first, and every task of safety names somebody who can settle it`() throws {
    var trial = TrialScenario.watched()
    try trial.save(Self.serious.merging(["AEAWAREDTC": trial.time(hoursAgo: 2)]) { $1 })
    trial.wait(days: 2)
    let list = trial.worklist
    #expect(list.tasks.first.map { list.isLate($0) } == true)
    #expect(list.tasks.filter(\.kind.isOfSafety).allSatisfy { Self.canBeSettled($0) && !$0.title.isEmpty })
  }

  @Test func `what is due far ahead stands behind what has no day, and before it once its day is near`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("pregnancyReport", ["RPWHO": "PARTNER", "RPCONSENT": "true", "RPEDDDTC": "2026-08-01"])
    try trial.tell("adverseEvent", ["AETERM": "as told", "AESER": "false"])
    func order(_ list: Worklist) -> [StudyTask.Kind] {
      list.tasks.map(\.kind).filter { $0 == .followPregnancy || $0 == .reviewEvent }
    }
    let list = trial.worklist
    #expect(order(list).first == .reviewEvent && order(list).last == .followPregnancy)
    let near = try #require(Instant("2026-07-20T08:00:00.000Z"))
    #expect(order(list.asOf(near)).first == .followPregnancy)
  }

  /// Whether one of those whom a task names may do what settles it.
  private static func canBeSettled(_ task: StudyTask) -> Bool {
    let deed: Permission =
      switch task.kind {
      case .answerDLT: .signAsPrincipalInvestigator
      case .judgeExpectedness, .confirmDLT: .judgeExpectedness
      case .judgeDeath, .confirmGrades: .judgeAndSign
      case .submitReport: .answerQueries
      default: .recordData
      }
    return task.roles.contains { $0.extent(of: deed) != nil }
  }
}

extension TrialScenario {
  /// All that waits, as the study looks at it now.
  var worklist: Worklist {
    let participants = state.participants.mapValues { WatchedParticipant($0, now: now, plan: plan, book: book) }
    return Worklist(Watched(state: state, now: now, plan: plan, participants: participants))
  }

  /// What time alone leads to now; it is recorded.
  @discardableResult
  mutating func watch() -> [TrialEvent] {
    let participants = state.participants.mapValues { WatchedParticipant($0, now: now, plan: plan, book: book) }
    let events = Watch.facts(in: Watched(state: state, now: now, plan: plan, participants: participants)).map(\.event)
    given(events)
    return events
  }

  /// The investigator answers a question.
  mutating func answer(_ question: Int, _ basis: DLTBasis) throws {
    try perform(AnswerDLTQuestion(question: question, participant: .first, basis: basis), by: .principalInvestigator)
  }
}
