import ClinicalValues
import FHIR
import Ledger
import Rules
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// A screening record entered in forms says the same as the record itself.
struct VignetteTests {
  /// What a record says by each criterion that applies.
  private func verdicts(_ record: Record, _ edition: ProtocolShelf.Edition, _ cohort: Cohort, _ day: CalendarDate)
    throws
    -> [String: String]
  {
    let criteria = try edition.screening.screen(record, asOf: day, cohorts: [cohort]).assessments.flatMap(\.criteria)
    return Dictionary(uniqueKeysWithValues: criteria.map { ($0.criterion.id, $0.outcome.rawValue) })
  }

  @Test(arguments: CasebookStage.examples) func `every example gives the same verdict when it is entered in forms`(
    _ name: String
  ) throws {
    let edition = try CasebookStage.edition.get()
    let record = try CasebookStage.example(name)
    let day = try #require(record.timestamp?.date)
    let filled = FormFilling(edition.study, visit: "SCR", noonAt: 480).fill(record)
    // A preliminary result decides nothing, and no form holds one.
    let left = filled.left.filter { $0.why != "It is not final." }
    #expect(left.isEmpty, "\(left.map { "\($0.resource): \($0.why)" }.joined(separator: "\n"))")
    var desk = CasebookDesk(try CasebookStage.moment("\(day)"))
    for (key, entries) in filled.entries.sorted(by: { $0.key < $1.key }) {
      let plan = try edition.book.form(of: key)
      for entry in entries {
        let item = try #require(plan.item(entry.item))
        #expect(item.objection(to: entry) == nil, "\(key) \(entry.item): \(item.objection(to: entry) ?? "")")
      }
      desk.save(entries, of: key)
    }
    var person = Demographics()
    person.birthDate = record.patient?["birthDate"]?.date
    let merged = try #require(try desk.source(person).record(by: edition.study))
    #expect(merged.record.problems.isEmpty, "\(merged.record.problems)")
    for cohort in edition.study.cohorts {
      let asRecord = try verdicts(record, edition, cohort, day)
      let asForms = try verdicts(merged.record, edition, cohort, day)
      for (id, outcome) in asRecord.sorted(by: { $0.key < $1.key }) {
        #expect(asForms[id] == outcome, "\(cohort.id) \(id): record \(outcome), forms \(asForms[id] ?? "-")")
      }
    }
  }

  @Test(arguments: CasebookStage.examples.prefix(6)) func `the rules of every form of an example can be asked`(
    _ name: String
  ) throws {
    let edition = try CasebookStage.edition.get()
    let record = try CasebookStage.example(name)
    let day = try #require(record.timestamp?.date)
    var desk = CasebookDesk(try CasebookStage.moment("\(day)"))
    for (key, entries) in FormFilling(edition.study, visit: "SCR", noonAt: 480).fill(record).entries {
      desk.save(entries, of: key)
    }
    let source = desk.source()
    let merged = try #require(try source.record(by: edition.study))
    let painter = FormPainter(source: source, edition: edition, moment: desk.now, record: merged.record)
    let pictures = try painter.pictures(of: desk.state.casebook.keys())
    #expect(pictures.count == desk.state.casebook.keys().count)
    for (key, picture) in pictures { #expect(picture.impossible.isEmpty, "\(key) \(picture.impossible)") }
  }
}
