import Conduct
import Markup
import StudyDesign
import Testing
import Trial

@testable import Rules
@testable import Web

/// What somebody who screens can try, and whose record they can add to.
struct SupposalTests {
  private let study: Study

  init() async throws { study = try #require(try await SiteStage().site.newest) }

  /// What a criterion says of a candidate, and on what it rests.
  private func result(
    _ id: String, _ outcome: Outcome, on concepts: [String] = [], missing: [String] = []
  ) throws -> CriterionResult {
    CriterionResult(
      criterion: try #require(study.criteria.first { $0.id == id }), outcome: outcome, reason: "",
      evidence: concepts.map { Evidence(concept: $0, value: "1", converted: nil, when: nil, source: "Observation/1") },
      missing: missing, parts: [], notes: [])
  }

  private func offered(_ results: [CriterionResult], supposing: [SupposedValue] = []) -> [String] {
    let assessment = Assessment(
      cohort: study.cohorts[0], verdict: Verdict(results.map(\.outcome)), criteria: results, next: [], unsettled: [])
    return Supposal.offered(supposing, assessment, study).map(\.id)
  }

  @Test func `what is missing can be supposed first, then what fails, then what passes`() throws {
    let passes = try result("INC-6", .pass, on: ["lvef", "birthDate"])
    #expect(offered([passes]) == ["lvef"])
    #expect(
      offered([
        passes, try result("INC-5.1", .fail, on: ["platelets"]), try result("EXC-12", .unknown, missing: ["igra"]),
      ])
        == ["igra", "platelets", "lvef"])
    #expect(offered([passes], supposing: [SupposedValue("platelets", "100")]) == ["platelets", "lvef"])
    #expect(offered([try result("INC-6", .pass, on: ["birthDate"])]).isEmpty)
  }

  @Test func `a record is dropped for who may still take part`() {
    let awaited = ParticipantStatus.allCases.filter(\.awaitsData)
    #expect(awaited == [.candidate, .consented, .screening, .eligible])
  }

  @Test func `whose record is dropped is chosen, also of one, where the page names nobody`() throws {
    let parts = FormParts(words: Words(.english, messages: [:]), csrf: nil)
    let id = try ParticipantID("01-0001")
    let chosen = RecordDrop.Candidate.chosen(among: [id]).field(parts).printed(as: .html)
    #expect(chosen.contains("<select") && chosen.contains(" required"))
    for option in [#"<option value="" selected></option>"#, #"<option value="01-0001">01-0001</option>"#] {
      #expect(chosen.contains(option), "\(chosen)")
    }
    let known = RecordDrop.Candidate.known(id).field(parts).printed(as: .html)
    #expect(known.contains(#"type="hidden" name="participant" value="01-0001""#), "\(known)")
  }
}
