import ClinicalValues
import FHIR
import Foundation
import StudyDesign
import Testing

@testable import Conduct

/// What was imported, by concept: the source beside a form.
struct SourceRecordsTests {
  private func records() throws -> SourceRecords {
    SourceRecords(
      try CasebookStage.example("01-sle-base.json"), study: try CasebookStage.edition.get().study, mask: nil)
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

  @Test func `who is named in another resource than the Patient is masked there`() throws {
    let plain = try CasebookStage.example("01-sle-base.json")
    let text = try String(contentsOfFile: CasebookStage.folder + "/examples/01-sle-base.json", encoding: .utf8)
    let named = text.replacing(
      #""subject": {"#, with: #""subject": { "display": "Qin Meilan, born 1991-05-02", "#)
    let record = try Record.read(Array(named.utf8), file: "named.json")
    let study = try CasebookStage.edition.get().study
    let birthDate = try #require(CalendarDate("1991-05-02"))
    let mask = IdentityMask(Person(name: "Qin Meilan", birthDate: birthDate))
    let open = SourceRecords(record, study: study, mask: nil).data
    let shown = SourceRecords(record, study: study, mask: mask).data
    #expect(open.contains { $0.json.contains("Meilan") })
    #expect(shown.count == SourceRecords(plain, study: study, mask: mask).data.count)
    let names = ["Qin", "Meilan", "1991-05-02"]
    #expect(shown.allSatisfy { datum in names.allSatisfy { !datum.json.contains($0) } })
    #expect(shown.contains { $0.json.contains(IdentityMask.mark) })
  }

  @Test func `the newest stands first`() throws {
    let days = try records().data.compactMap(\.when)
    #expect(days == days.sorted(by: >))
  }
}
