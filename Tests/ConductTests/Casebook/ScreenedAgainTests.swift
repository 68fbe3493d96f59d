import ClinicalValues
import FHIR
import Ledger
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// In a screening that was begun once more everything is assessed anew, what forms said as well as what was imported.
struct ScreenedAgainTests {
  private static let statements = "SCR/1/eligibilityStatements/1"
  private static let date = Entry("IEDTC", .value("2026-03-30"))

  private func desk() throws -> CasebookDesk {
    var desk = CasebookDesk(try CasebookStage.moment("2026-04-01"))
    desk.save([Self.date, Entry("IEORRES_LIFE6", .value("true"))], of: try FormKey(Self.statements))
    desk.save(
      [Entry("MHTERM", .value("Asthma")), Entry("MHDTC", .value("2026-03-30"))],
      of: try FormKey("log/1/medicalHistory/1"))
    return desk
  }

  private func observations(_ desk: CasebookDesk) throws -> Int {
    let study = try CasebookStage.edition.get().study
    return try desk.source().record(by: study)?.record.resources.count { $0.type == "Observation" } ?? 0
  }

  @Test func `what a form of a visit said before screening failed is asked again`() throws {
    var desk = try desk()
    #expect(try observations(desk) == 1)
    desk.screenAgain()
    #expect(try observations(desk) == 0)
  }

  @Test func `the form of before counts again item by item, as far as it is answered again`() throws {
    var desk = try desk()
    desk.screenAgain()
    desk.save([Entry("IEORRES_CONTRA", .value("true"))], of: try FormKey(Self.statements))
    // The day of the statements has not been said again.
    let study = try CasebookStage.edition.get().study
    let record = try #require(try desk.source().record(by: study)).record
    let statements = record.resources.filter { $0.type == "Observation" }
    #expect(statements.count <= 1 && statements.allSatisfy { $0["effective"] == nil })
    desk.save([Self.date, Entry("IEORRES_LIFE6", .value("true"))], of: try FormKey(Self.statements))
    #expect(try observations(desk) == 2)
  }

  @Test func `a form of the new round counts, and logs go on`() throws {
    var desk = try desk()
    desk.screenAgain()
    desk.save(
      [Self.date, Entry("IEORRES_LIFE6", .value("true"))], of: try FormKey("SCR/2/eligibilityStatements/1"))
    #expect(try observations(desk) == 1)
    #expect(desk.state.casebook.forms.count == 3)
  }

  @Test func `the same answer given again after a failed screening is an answer, and corrects nothing`() throws {
    var desk = try desk()
    let key = try FormKey(Self.statements)
    let record = try #require(desk.state.casebook.forms[key])
    let save = FormSave(
      participant: .first, form: key,
      entries: record.entries.map { ReadEntry($0, read: record.items[$0.item]?.version ?? 0) })
    #expect(save.changes(in: record, since: desk.state.way.assessedAnewSince).isEmpty)
    desk.screenAgain()
    #expect(save.changes(in: record, since: desk.state.way.assessedAnewSince).count == 2)
    let log = try FormKey("log/1/medicalHistory/1")
    let history = try #require(desk.state.casebook.forms[log])
    let again = FormSave(
      participant: .first, form: log, entries: history.entries.map { ReadEntry($0, read: 1) })
    #expect(again.changes(in: history, since: desk.state.way.assessedAnewSince).isEmpty)
  }

  @Test func `of a form what was entered after a place in the ledger can be told apart`() throws {
    let now = try CasebookStage.moment("2026-04-01")
    var desk = CasebookDesk(now)
    let key = try FormKey(Self.statements)
    desk.save([Self.date, Entry("IEORRES_LIFE6", .value("true"))], of: key)
    desk.save([Entry("IEORRES_LIFE6", .value("false"))], of: key)
    let form = try #require(desk.state.casebook.forms[key])
    #expect(form.answered(after: 0) == form)
    #expect(form.answered(after: 1).items.keys.sorted() == ["IEORRES_LIFE6"])
    #expect(form.answered(after: 2).items.isEmpty)
  }
}
