import ClinicalValues
import Testing

@testable import StudyDesign
@testable import Trial

/// What is asked of a visit that nobody plans.
struct UnscheduledVisitTests {
  private static func visit(_ id: String, epoch: String) -> VisitPlan {
    VisitPlan(
      id: id, title: id, epoch: epoch, anchor: .unscheduled, day: 0...0, window: 0...0, mode: .site,
      activities: ["visit", "blood"].map { PlannedActivity(activity: $0, minutes: [], fromInfusion: false) })
  }

  private static let book = FormBook(
    forms: Array(ShippedStudy.book.forms.values),
    schedule: SchedulePlan(
      visits: [visit("UNS", epoch: VisitPlan.anyEpoch), visit("ET", epoch: "followUp")],
      activities: [
        ActivityPlan(id: "visit", title: "Visit", forms: ["visit"]),
        ActivityPlan(id: "blood", title: "Blood", forms: ["hematology", "chemistry"]),
      ]))

  @Test(
    arguments: [
      ("UNS", 1, ["visit"]), ("UNS", 2, ["visit"]), ("ET", 1, ["hematology", "visit"]), ("ET", 2, []),
    ] as [(String, Int, [String])])
  func `one in which the doctor decides what is done asks why it was, and for nothing more; early termination for all`(
    visit: String, number: Int, asked: [String]
  ) throws {
    var trial = TrialScenario.watched()
    trial.book = Self.book
    try trial.tell("chemistry", visit: visit, number: number, ["LBDTC": trial.time()])
    let titles = trial.worklist.tasks.filter { $0.kind == .completeForms }.map(\.title).joined(separator: "\n")
    for form in ["visit", "hematology", "chemistry"] {
      #expect(titles.contains("\(visit)/\(number)/\(form)") == asked.contains(form), "\(form)")
    }
  }
}
