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
    let save = SaveForm(
      participant: .first, form: try FormKey("once/1/demographics/1"),
      entries: [ReadEntry(Entry("SEX", .value("male")))])
    return try await required { _ in Request(save, by: AskingStage.coordinator, late: late, origin: .web) }
  }

  private func required(_ request: (AmendedStage) async throws -> Request) async throws -> [FormKey: Set<String>] {
    let stage = try await AmendedStage(appliesTo: .notYetEnrolled)
    let statements = try FormKey("SCR/eligibilityStatements")
    let said = Entry("IEORRES_TXCOMPL", .value("true"))
    try await stage.write(
      [
        .casebook(.first, .saved(form: statements, entries: [said], source: nil, reason: nil)),
        .casebook(
          .first, .assessed(form: statements, missing: Self.lacking.sorted(), unasked: [], calculated: [])),
      ], at: stage.now)
    _ = try await stage.live.state()
    let found = try await stage.live.pictures(
      for: try await request(stage), at: stage.now, now: stage.now.instant, in: stage.live.fold, by: stage.first,
      after: nil)
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

  @Test func `a form that lacks an answer is asked anew with data that are imported`() async throws {
    let record = """
      {"resourceType": "Bundle", "type": "collection", "entry": [
        {"fullUrl": "urn:uuid:7992b86f-9e97-5232-82d9-c71a3baf896c",
         "resource": {"resourceType": "Patient", "gender": "male"}}]}
      """
    let meant = ImportData(participant: .first, bundle: Digest(of: ""), resources: 0, source: .hospitalRecord)
    let required = try await required { stage in
      // Where the identity store says a sex, that holds, whatever is imported.
      var person = IdentityVaultTests.person
      person.sexAtBirth = nil
      try await stage.live.vault.put(person, for: .first)
      return try await stage.live.importing(
        Array(record.utf8), file: "record.json", with: Request(meant, by: AskingStage.coordinator, origin: .import))
    }
    let statements = try #require(required[try FormKey("SCR/eligibilityStatements")])
    #expect(statements.isDisjoint(with: Self.lacking) && statements.contains("IEDTC"))
  }

  @Test func `what is entered late is asked of its own form alone`() async throws {
    let required = try await required(late: EntrySource(source: "Ward chart", reason: "The network was down"))
    #expect(required.keys.map(\.form) == ["demographics"])
  }
}
