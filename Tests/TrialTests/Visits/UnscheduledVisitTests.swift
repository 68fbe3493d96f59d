import ClinicalValues
import Testing

@testable import StudyDesign
@testable import Trial

/// What is asked of a visit that nobody plans.
struct UnscheduledVisitTests {
  private static func visit(_ id: String, epoch: String) -> VisitPlan {
    VisitPlan(
      id: id, title: id, epoch: epoch, anchor: .unscheduled, day: 0...0, window: 0...0, mode: .site,
      activities: [PlannedActivity(activity: "blood", minutes: [], fromInfusion: false)])
  }

  private static let book = FormBook(
    forms: Array(ShippedStudy.book.forms.values),
    schedule: SchedulePlan(
      visits: [visit("UNS", epoch: VisitPlan.anyEpoch), visit("ET", epoch: "followUp")],
      activities: [ActivityPlan(id: "blood", title: "Blood", forms: ["hematology", "chemistry"])]))

  @Test(arguments: [("UNS", []), ("ET", ["ET/1/hematology/1"])] as [(String, [String])])
  func `one in which the doctor decides what is done asks for nothing more; early termination asks for all of it`(
    visit: String, asked: [String]
  ) throws {
    var trial = TrialScenario.watched()
    trial.book = Self.book
    try trial.tell("chemistry", visit: visit, ["LBDTC": trial.time()])
    let titles = trial.worklist.tasks.filter { $0.kind == .completeForms }.map(\.title).joined(separator: "\n")
    for form in ["hematology", "chemistry"].map({ "\(visit)/1/\($0)/1" }) {
      #expect(titles.contains(form) == asked.contains(form), "\(form)")
    }
  }
}
