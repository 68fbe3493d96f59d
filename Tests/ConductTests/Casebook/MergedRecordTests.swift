import ClinicalValues
import FHIR
import Rules
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// A record that is put together of what was read before is the one that reading its whole text gives.
struct MergedRecordTests {
  /// An example entered in forms, with its day.
  private func entered(_ name: String) throws -> (desk: CasebookDesk, person: Demographics, day: CalendarDate) {
    let record = try CasebookStage.example(name)
    let day = try #require(record.timestamp?.date)
    var desk = CasebookDesk(try CasebookStage.moment("\(day)"))
    let study = try CasebookStage.edition.get().study
    for (key, entries) in FormFilling(study, visit: "SCR", noonAt: 480).fill(record).entries {
      desk.save(entries, of: key)
    }
    var person = Demographics()
    person.birthDate = record.patient?["birthDate"]?.date
    return (desk, person, day)
  }

  private func merged(_ source: ClinicalSource) throws -> MergedRecord {
    try #require(try source.record(by: try CasebookStage.edition.get().study))
  }

  @Test(arguments: CasebookStage.examples.prefix(6)) func `every resource stands where the whole text has it`(
    _ name: String
  ) throws {
    let (desk, person, _) = try entered(name)
    let merged = try merged(desk.source(person))
    #expect(merged.isJoined)
    let whole = try Record.read(merged.bundle, file: merged.record.file)
    #expect(merged.record.resources.map(\.reference) == whole.resources.map(\.reference))
    #expect(merged.record.resources.map(\.path) == whole.resources.map(\.path))
    #expect(merged.record.identifier == whole.identifier && merged.record.patient?.index == whole.patient?.index)
    #expect(zip(merged.record.resources, whole.resources).allSatisfy { $0.element.isEqual(to: $1.element) })
  }

  @Test func `of a casebook in which one form changed, only that form is read again`() throws {
    let (first, person, day) = try entered(try #require(CasebookStage.examples.first))
    let written = WrittenForms()
    var (before, after) = (first.source(person), first.source(person))
    var desk = first
    desk.save(
      [Entry("LBDTC", .value("\(day)T08:00+08:00")), Entry("LBORRES_ALT", .value("31", unit: "U/L"))],
      of: try FormKey("D28/chemistry"))
    after = desk.source(person)
    (before.written, after.written) = (written, written)
    let kept = try Set(merged(before).parts.map(ObjectIdentifier.init))
    let parts = try merged(after).parts
    #expect(parts.filter { !kept.contains(ObjectIdentifier($0)) }.count == 1)
    #expect(kept.isSubset(of: parts.map(ObjectIdentifier.init)))
  }

  @Test func `an imported file that says something of somebody else is read whole, and refused`() throws {
    let (desk, person, _) = try entered(try #require(CasebookStage.examples.first))
    var source = desk.source(person)
    let text = """
      {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"a"}},
       {"resource":{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},
        "subject":{"reference":"Patient/b"}}}]}
      """
    source.parts = [RecordMerge.Part(file: "import", bytes: Array(text.utf8))]
    #expect(throws: RecordError.self) { try merged(source) }
  }

  @Test func `an imported resource under the name of a form's is replaced by the form's`() throws {
    let (desk, person, _) = try entered(try #require(CasebookStage.examples.first))
    let plain = try merged(desk.source(person))
    let name = try #require(plain.record.resources.first { $0.type == "Observation" }?.fullUrl)
    var source = desk.source(person)
    let text = """
      {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"a"}},
       {"fullUrl":"\(name)","resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},
        "subject":{"reference":"Patient/a"}}}]}
      """
    source.parts = [RecordMerge.Part(file: "import", bytes: Array(text.utf8))]
    let found = try merged(source).record.resources.filter { $0.fullUrl == name }
    #expect(found.count == 1 && found.first?["code"]?.first("text") == nil)
  }

  @Test func `a verdict that was found before is the one that asking anew gives, whatever was changed`() throws {
    let edition = try CasebookStage.edition.get()
    let (desk, person, day, cohort) = try eligible(edition)
    let (verdicts, written) = (StandingVerdicts(), WrittenForms())
    let decision = StandingVerdicts.Decision(
      participant: desk.state.id, version: edition.version, cohort: cohort.id, day: day)
    var outcomes: Set<Bool> = []
    for key in desk.state.casebook.keys() {
      guard let item = desk.state.casebook.forms[key]?.items.keys.max() else { continue }
      var changed = desk
      changed.save([Entry(item, .cleared)], of: key)
      var source = changed.source(person)
      source.written = written
      let merged = try merged(source)
      let fresh = try passes(merged.record, day, cohort, edition)
      #expect(try verdicts.passes(decision, on: merged, by: edition.screening, cohort) == fresh, "\(key) \(item)")
      outcomes.insert(fresh)
    }
    #expect(outcomes == [true, false])
  }

  /// The first example that is eligible for some cohort.
  private func eligible(
    _ edition: ProtocolShelf.Edition
  ) throws -> (desk: CasebookDesk, person: Demographics, day: CalendarDate, cohort: Cohort) {
    for name in CasebookStage.examples {
      let (desk, person, day) = try entered(name)
      let record = try merged(desk.source(person)).record
      if let cohort = try edition.study.cohorts.first(where: {
        try passes(record, day, $0, edition)
      }) {
        return (desk, person, day, cohort)
      }
    }
    throw NobodyEligible()
  }

  private func passes(
    _ record: Record, _ day: CalendarDate, _ cohort: Cohort, _ edition: ProtocolShelf.Edition
  ) throws -> Bool {
    try edition.screening.outcomes(record, asOf: day, cohort: cohort).allSatisfy { $0.outcome == .pass }
  }

  private struct NobodyEligible: Error {}
}
