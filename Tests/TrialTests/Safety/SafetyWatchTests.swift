import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

/// What time alone leads to for safety, through `Watch.rules` as the running study asks them.
struct SafetyWatchTests {
  static let crs = [
    "AEDECOD": "Cytokine release syndrome", "AESI": "CRS", "AEREL_PROD": "RELATED", "AESER": "false",
    "AESTDTC": "2026-01-01",
  ]

  @Test func `the rule of safety is one of those that are asked`() {
    #expect(Watch.rules.map(\.id).contains("safety"))
    #expect(Set(Watch.rules.map(\.id)).count == Watch.rules.count)
  }

  @Test func `grade 4 that does not come down stops the study on the day that its time is over, and once`() throws {
    var trial = TrialScenario.watched(infused: [.first: 10])
    try trial.tell("adverseEventCourse", ["FAAENO": "1", "FADTC": trial.time(), "FATOXGR": "4"])
    try trial.save(Self.crs)
    trial.wait(days: 7)
    #expect(trial.ruleFacts.isEmpty, "there is still time")
    trial.wait(minutes: 1)
    let holds = trial.watch().filter { if case .study(.holdSet) = $0 { true } else { false } }
    #expect(holds.count == 1 && trial.ruleHolds == [.persistentGrade4])
    #expect(trial.watch().isEmpty, "what is recorded is not recorded again")
    trial.wait(days: 1)
    #expect(trial.ruleFacts.isEmpty)
  }

  @Test func `grade 3 that goes on becomes a question that is certain after 72 hours`() throws {
    var trial = TrialScenario.watched(infused: [.first: 10])
    try trial.tell("adverseEventCourse", ["FAAENO": "1", "FADTC": trial.time(), "FATOXGR": "3"])
    try trial.save(Self.crs)
    #expect(trial.state.study.questions.count == 1, "it may come to be one, and is asked at once")
    try trial.settle(1, .belowThreshold)
    trial.wait(hours: 72)
    #expect(trial.ruleFacts.isEmpty)
    trial.wait(minutes: 1)
    trial.watch()
    #expect(trial.state.study.questions.count == 2)
    #expect(trial.ruleFacts.isEmpty)
  }

  @Test func `a window that closes is looked at by the rule of the rate`() throws {
    let infused: [ParticipantID: Int] = [.first: 120, .second: 90, .third: 27]
    var trial = TrialScenario.watched(infused: infused)
    for id in infused.keys.sorted() {
      trial.given(.way(id, .visitRecorded(visit: RecordedVisit(visit: "D28", assessed: true, completes: false))))
    }
    for (number, id) in [(1, ParticipantID.first), (2, .third)] {
      trial.given(
        .study(
          .dltQuestionOpened(
            question: number, participant: id, toxicity: .crs, onset: trial.now.date, about: "Cytokine release.")),
        .study(.dltAnswered(question: number, answer: DLTAnswer(basis: .meetsDefinition))),
        .study(.dltConfirmed(question: number)))
    }
    trial.watch()
    #expect(Set(trial.ruleHolds) == [.toxicityRate, .twoEarlyToxicities])
    #expect(trial.watch().isEmpty)
  }

  @Test func `a hold that time has set starts the clock of its report`() throws {
    var trial = TrialScenario.watched(infused: [.first: 10])
    try trial.tell("adverseEventCourse", ["FAAENO": "1", "FADTC": trial.time(), "FATOXGR": "4"])
    try trial.save(Self.crs)
    trial.wait(days: 8)
    trial.watch()
    #expect(trial.state.record.clocks.map(\.clock) == ["urgentSafetyMeasure"])
    #expect(trial.worklist.tasks.contains { $0.kind == .submitReport && $0.participant == nil })
  }
}

extension TrialScenario {
  /// What time would lead to now for safety; a report that is late is another rule's.
  fileprivate var ruleFacts: [TrialEvent] {
    var copy = self
    return copy.watch().filter { if case .record = $0 { false } else { true } }
  }
}
