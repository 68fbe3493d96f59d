import Rules
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// A term that is an event of special interest by itself, and what is said of it: the check asks by the terms that clocks go by.
struct SpecialInterestCheckTests {
  private func fires(_ term: String, _ said: String?) throws -> Bool {
    let edition = try CasebookStage.edition.get()
    var desk = CasebookDesk(try CasebookStage.moment("2026-03-14"))
    let form = try FormKey("log/1/adverseEvent/1")
    desk.save([Entry("AEDECOD", .value(term))] + (said.map { [Entry("AESI", .value($0))] } ?? []), of: form)
    let source = desk.source()
    let merged = try #require(try source.record(by: edition.study))
    let painter = FormPainter(source: source, edition: edition, moment: desk.now, record: merged.record)
    let picture = try #require(try painter.pictures(of: [form])[form])
    return picture.fired.contains { $0.check == "AE-AESI-TERM" }
  }

  @Test func `what is said of special interest is held against the term`() throws {
    let forms = try #require(try CasebookStage.edition.get().study.conduct.safety.forms)
    let none = try #require(forms.noKind)
    for (term, code) in forms.terms {
      #expect(try fires(term, none), "\(term), said to be none")
      #expect(try !fires(term, code), "\(term), \(code)")
      #expect(try !fires(term, nil), "\(term), not answered yet")
    }
    #expect(try !fires("Fatigue", none))
  }
}
