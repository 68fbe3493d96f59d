import Markup
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// What monitors verify and data managers freeze, form by form.
struct SourceWorkTests {
  /// Two forms with an answer each, of which the second is critical.
  private func stage() async throws -> (ParticipantStage, plain: FormKey, critical: FormKey, item: String) {
    var stage = try await ParticipantStage()
    let forms = stage.study.forms.filter { form in form.items.contains { !$0.critical && $0.calculated == nil } }
    let critical = try #require(stage.study.forms.first { form in form.items.contains { $0.critical } })
    let item = try #require(critical.items.first { $0.critical }).id
    let plain = try #require(forms.first { $0.id != critical.id })
    let other = try #require(plain.items.first { !$0.critical && $0.calculated == nil }).id
    let keys = try [plain, critical].map { try FormKey(visit: FormKey.once, form: $0.id) }
    try stage.save(keys[0], [other: "1"])
    try stage.save(keys[1], [item: "1"])
    return (stage, keys[0], keys[1], item)
  }

  private func work(_ stage: ParticipantStage) throws -> SourceWork {
    SourceWork([try stage.participant], stage.study)
  }

  @Test func `what is critical comes first, until it is compared; before all what was changed since`() async throws {
    var (stage, plain, critical, item) = try await stage()
    #expect(try work(stage).rows.map(\.key) == [critical, plain])
    #expect(try work(stage).rows.filter { $0.isOf(.critical) }.map(\.key) == [critical])
    try stage.record(.casebook(stage.id, .verified(form: critical, items: [item], source: "Report 4711")))
    let compared = try work(stage).rows
    #expect(compared.map(\.key) == [plain, critical] && compared.map(\.open) == [1, 0])
    #expect(compared.filter { $0.isOf(.open) }.map(\.key) == [plain] && !compared.contains { $0.isOf(.critical) })
    try stage.record(.casebook(stage.id, .verificationTakenBack(form: critical, items: [item])))
    let changed = try work(stage).rows
    #expect(changed.map(\.key) == [critical, plain] && changed.filter { $0.isOf(.changed) }.map(\.key) == [critical])
  }

  @Test func `what is complete, without a query and not frozen can be frozen`() async throws {
    var (stage, plain, critical, _) = try await stage()
    #expect(try work(stage).rows.allSatisfy { $0.isOf(.freezable) })
    try stage.record(.casebook(stage.id, .queryRaised(query: RaisedQuery(form: plain, text: "Is that right?"))))
    try stage.record(.casebook(stage.id, .frozen(scope: .form(critical))))
    #expect(try !work(stage).rows.contains { $0.isOf(.freezable) })
  }

  @Test func `who freezes is offered what can be done with a part of a casebook, and nobody else is`() async throws {
    var (stage, _, critical, _) = try await stage()
    func offered(_ role: Role, _ scope: CasebookScope) throws -> String {
      LockActs.markup(ActLinks(role: role, back: "/", stage.words), try stage.participant, scope)
        .printed(as: .html)
    }
    let scope = CasebookScope.form(critical)
    #expect(try offered(.dataManager, scope).contains("Freeze it") && offered(.dataManager, scope).contains("Lock it"))
    #expect(try !offered(.monitor, scope).contains("href"))
    // Of a visit of which nothing is recorded there is nothing to be frozen.
    #expect(try !offered(.dataManager, .visit("D28", 1)).contains("href"))
    try stage.record(.casebook(stage.id, .frozen(scope: scope)))
    #expect(try offered(.dataManager, scope).contains("Release it"))
    #expect(try !offered(.dataManager, scope).contains("Freeze it"))
  }
}
