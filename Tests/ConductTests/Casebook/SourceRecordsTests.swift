import FHIR
import StudyDesign
import Testing

@testable import Conduct

/// What was imported, by concept: the source beside a form.
struct SourceRecordsTests {
  private func records() throws -> SourceRecords {
    SourceRecords(
      try CasebookStage.example("01-sle-base.json"), study: try CasebookStage.edition.get().study)
  }

  @Test func `a value stands with its unit, its day and the resource that it is read from`() throws {
    let hemoglobin = try #require(try records().of("hemoglobin").first)
    #expect(hemoglobin.value == "119 g/L" && hemoglobin.when == "2026-04-01")
    #expect(hemoglobin.json.contains("718-7"))
  }

  @Test func `who somebody is is not in it`() throws {
    let all = try records().data
    #expect(!all.isEmpty)
    #expect(all.allSatisfy { !$0.source.hasPrefix("Patient") && !$0.json.contains("1990-05-21") })
  }

  @Test func `the newest stands first`() throws {
    let days = try records().data.compactMap(\.when)
    #expect(days == days.sorted(by: >))
  }
}
