import ClinicalValues
import Ledger
import Markup
import StudyDesign
import Testing

@testable import Conduct
@testable import Trial
@testable import Web

/// What a form's rules say at an item, and the query by which that is confirmed.
struct FormFaultTests {
  private static let item = "VSORRES_SYSBP"

  /// A form with an open query of each of two checks at one item, 1 and 2, and the checks that find something now.
  private func view(_ checks: [String]) async throws -> (FormView, Words) {
    var stage = try await ParticipantStage()
    let key = try FormKey(visit: "SCR", form: "vitalSigns")
    try stage.save(key, [Self.item: "190"])
    for check in ["usual:\(Self.item)", "VS-OTHER"] {
      let query = RaisedQuery(form: key, items: [Self.item], check: check, text: "It is unusual.")
      try stage.record(.casebook(stage.id, .queryRaised(query: query)))
    }
    let casebook = try stage.participant.casebook
    let fired = checks.map { FormPicture.Fired(check: $0, message: "It is unusual.", items: [Self.item]) }
    let view = FormView(
      key: key, plan: try #require(stage.study.forms.first { $0.id == key.form }),
      record: casebook.forms[key] ?? FormRecord(), picture: FormPicture(shown: [Self.item], fired: fired),
      standing: casebook.standing(of: key), queries: casebook.queries, content: try casebook.content(of: .form(key)))
    return (view, stage.words)
  }

  @Test(
    arguments: [
      (["usual:VSORRES_SYSBP"], 1), (["VS-OTHER"], 2), (["usual:VSORRES_SYSBP", "VS-OTHER"], 2), (["VS-THIRD"], nil),
      ([], nil),
    ] as [([String], Int?)])
  func `a warning leads to the query of the check that gives it`(checks: [String], query: Int?) async throws {
    let (view, words) = try await view(checks)
    #expect(view.asked(at: Self.item) == query)
    let told = query.map { "\"queries\":{\"\(Self.item)\":\($0)}" } ?? "\"queries\":{}"
    let answer = FormAnswerJSON(view, words).text
    #expect(answer.contains(told), "\(answer)")
  }

  @Test func `the script says of an item what the page says`() async throws {
    let (view, words) = try await view(["usual:VSORRES_SYSBP", "VS-OTHER"])
    let told = "It is unusual. It is unusual."
    #expect(view.fault(at: Self.item, words) == told)
    #expect(FormAnswerJSON(view, words).text.contains("\"faults\":{\"\(Self.item)\":\"\(told)\"}"))
  }

  @Test func `the name of a medicine stands beside its code`() async throws {
    let words = try await SiteStage().site.words(in: .english)
    let stage = try await ParticipantStage()
    let item = try #require(stage.study.forms.lazy.flatMap(\.items).first { $0.type == .medicine })
    let medicine = try #require(words.medicines.first)
    for (text, named) in [(medicine.code, words.medicine(medicine.code)), ("some tablets", "")] {
      let control = ItemControl(item: item, parts: FormParts(words: words, csrf: nil), words: words, terms: "")
        .markup(FormParts.Field(name: "v.\(item.id)", label: item.label, value: text), unit: nil)
      let told = Markup.tag("output", ["class": "quiet", "data-named": ""]) { named }.printed(as: .html)
      #expect(control.printed(as: .html).contains(told))
    }
  }
}
