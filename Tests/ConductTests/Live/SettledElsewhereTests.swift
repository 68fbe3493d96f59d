import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Conduct

/// What waits in one form and is settled by the entries of another.
struct SettledElsewhereTests {
  private static let lacking: Set = ["IEORRES_PREGN", "IEORRES_BRFEED"]

  /// What each form that is asked requires, where it is saved that somebody is male whose statements lack pregnancy and breastfeeding.
  private func required(late: EntrySource? = nil) async throws -> [FormKey: Set<String>] {
    let stage = try await AmendedStage(appliesTo: .notYetEnrolled)
    let statements = try FormKey("SCR/eligibilityStatements")
    let said = Entry("IEORRES_TXCOMPL", .value("true"))
    try await stage.write(
      [
        .casebook(.first, .saved(form: statements, entries: [said], source: nil, reason: nil)),
        .casebook(
          .first, .assessed(form: statements, missing: Self.lacking.sorted(), unasked: [], calculated: [])),
      ], at: stage.now)
    let save = SaveForm(
      participant: .first, form: try FormKey("once/1/demographics/1"),
      entries: [ReadEntry(Entry("SEX", .value("male")))])
    _ = try await stage.live.state()
    let found = try await stage.live.pictures(
      for: Request(save, by: AskingStage.coordinator, late: late, origin: .web), at: stage.now, now: stage.now.instant,
      in: stage.live.fold, by: stage.first, after: nil)
    return (found.forms[.first] ?? [:]).mapValues(\.required)
  }

  @Test func `a form that lacks an answer is asked anew with the entries of another, and those that lack none are not`()
    async throws
  {
    let required = try await required()
    #expect(Set(required.keys.map(\.form)) == ["demographics", "eligibilityStatements"])
    let key = try FormKey("SCR/eligibilityStatements")
    let statements = try #require(required[key])
    #expect(statements.isDisjoint(with: Self.lacking) && statements.contains("IEDTC"))
  }

  @Test func `what is entered late is asked of its own form alone`() async throws {
    let required = try await required(late: EntrySource(source: "Ward chart", reason: "The network was down"))
    #expect(required.keys.map(\.form) == ["demographics"])
  }
}
