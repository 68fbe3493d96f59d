import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

/// What bars who comes next although its question is answered: how long an event lasts is not known yet.
struct UndecidedToxicityTests {
  /// An event, the grade whose hours count, and hours shortly before they make it dose-limiting.
  static let lasting: [(answers: [String: String], grade: Int, hours: Int)] = [
    (DoseLimitingTests.crs, 3, 65), (DoseLimitingTests.kidney, 3, 160), (DoseLimitingTests.neutrophils, 4, 665),
  ]

  @Test(arguments: lasting.indices)
  func `the window does not close at the hour at which an event that goes on becomes dose-limiting`(
    _ index: Int
  ) throws {
    let (answers, grade, hours) = Self.lasting[index]
    var trial = TrialScenario.watched(infused: [.first: 30])
    trial.given(.way(.first, .visitRecorded(visit: RecordedVisit(visit: "D28", assessed: true, completes: false))))
    try trial.turn(grade, hoursAgo: hours)
    try trial.save(answers.merging(["AESTDTC": trial.ago(days: 27).date.description]) { $1 })
    try trial.settle(1, .belowThreshold)
    for wait in [0, 10] {
      trial.wait(hours: wait)
      let standing = trial.state.doseLimitingStanding(of: .first, at: trial.now.instant, plan: trial.plan)?.standing
      let barring = trial.state.barringQuestions(at: trial.now.instant, plan: trial.plan.safety).map(\.number)
      #expect(standing == .windowOpen && barring == [1], "\(answers), \(wait) hours later")
    }
  }

  @Test func `the board reads that an answered question bars because how long its event lasts is not known`() throws {
    var trial = TrialScenario.watched(infused: [.second: 10])
    trial.lymphodeplete(.first)
    let severe = ["AETOXGR": "3", "AESTDTC": trial.ago(days: 5).date.description]
    try trial.save(DoseLimitingTests.crs.merging(severe) { $1 }, of: .second)
    for words in ["is open.", "was answered, but how long the event lasts is not known yet."] {
      let urgent = trial.state.urgentDecision(on: .first, at: trial.now, plan: trial.plan.safety)
      #expect(urgent?.reasons == ["DLT question 1 about \(ParticipantID.second) \(words)"])
      if trial.state.study.questions.contains(where: { $0.isDoseLimiting == nil }) {
        try trial.settle(1, .belowThreshold)
      }
    }
  }
}
