import Testing

@testable import StudyDesign
@testable import Trial

/// A visit is one of the schedule, or unscheduled.
struct NamedVisitTests {
  @Test func `a visit that is not in the schedule is refused, and an unscheduled one is not`() throws {
    var trial = try TrialScenario.infused()
    trial.book = FormBook(
      schedule: SchedulePlan(
        visits: [
          VisitPlan(
            id: "D1", title: "Day 1", epoch: "followUp", anchor: .dayZero, day: 1...1, window: 0...0, mode: .site,
            activities: [])
        ], activities: []))
    trial.wait(days: 1)
    func visit(_ name: String) -> RecordVisit { RecordVisit(participant: .first, visit: name, assessed: true) }
    trial.when(visit("D99"), by: .nurse).refused("unknown-visit")
    trial.when(visit("D1"), by: .nurse).then { #expect(!$0.isEmpty) }
    trial.when(visit("unscheduled"), by: .nurse).then { #expect(!$0.isEmpty) }
  }
}
