import ClinicalValues
import FHIR
import Foundation
import Rules
import StudyDesign
import Testing

/// Records of an independent generator, written without this study in mind: nobody knows what is in them, and every criterion answers.
struct HospitalRecordTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "FHIRTests/Records")

  @Test(arguments: ["lifelong-child.json", "lifelong-adult.ndjson"])
  func `a hospital's record is measured by each criterion of every cohort, once`(_ file: String) throws {
    let screening = try Examples.screening.get()
    let study = screening.study
    let record = try FHIR.Record.read(path: Self.folder.appending(path: file).path)
    let day = try #require(CalendarDate("2026-04-10"))
    let screened = try screening.screen(record, asOf: day, for: .named(study.cohorts))
    #expect(screened.assessments.map(\.cohort.id) == study.cohorts.map(\.id))
    #expect(screened.assessments.count == 6)
    for assessment in screened.assessments {
      let applicable = study.criteria.filter { $0.applies(to: assessment.cohort) }.map(\.id)
      #expect(assessment.criteria.map(\.criterion.id) == applicable)
    }
  }
}
