import ClinicalValues
import Testing

@testable import Trial

struct StudyDayTests {
  @Test func `it counts from the day of the infusion`() throws {
    var trial = try TrialScenario.conditioned()
    #expect(trial.of().studyDay(at: trial.now) == nil)
    trial = try TrialScenario.infused()
    #expect(trial.of().studyDay(at: trial.now) == 0)
    trial.wait(days: 10)
    #expect(trial.of().studyDay(at: trial.now) == 10)
  }

  @Test func `it stops with death, with whoever leaves, and with the last visit`() throws {
    let ends: [WayEvent] = [
      .died(cause: "sepsis"),
      .visitRecorded(visit: RecordedVisit(visit: "M24", assessed: true, completes: true)),
    ]
    for end in ends {
      var trial = try TrialScenario.infused()
      trial.wait(days: 40)
      trial.given(.way(.first, end))
      trial.wait(days: 300)
      #expect(trial.of().studyDay(at: trial.now) == 40, "\(end)")
    }
  }
}
