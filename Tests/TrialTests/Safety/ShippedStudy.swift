import Foundation
import StudyDesign

@testable import Trial

/// The shipped study's plan and forms, for rules that follow from its casebook.
enum ShippedStudy {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Studies/cd19-bcma-aid/1.0").path
  static let plan = known { try ConductPlan.inFolder(folder) }
  static let book = known {
    let casebook = try CasebookPlan.inFolder(folder)
    return FormBook(forms: casebook.forms, visits: casebook.schedule.visits.map(\.id))
  }
}
