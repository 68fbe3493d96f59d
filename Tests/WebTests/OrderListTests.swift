import Conduct
import Markup
import StudyDesign
import Testing

@testable import Rules
@testable import Web

/// What is missing, as what to order next.
struct OrderListTests {
  private let study: Study

  init() async throws { study = try #require(try await SiteStage().site.newest) }

  /// What a criterion says of a candidate.
  private func result(_ id: String, _ outcome: Outcome, missing: [String] = []) throws -> CriterionResult {
    CriterionResult(
      criterion: try #require(study.criteria.first { $0.id == id }), outcome: outcome, reason: "", evidence: [],
      missing: missing, parts: [], notes: [])
  }

  private func assessment(_ results: [CriterionResult], next: [NextDatum] = []) -> Assessment {
    Assessment(
      cohort: study.cohorts[0], verdict: Verdict(results.map(\.outcome)), criteria: results, next: next, unsettled: [])
  }

  @Test func `what is enough comes first, and nothing is told twice`() throws {
    let found = assessment(
      [
        try result("EXC-12", .unknown, missing: ["igra", "tuberculinSkinTest"]),
        try result("INC-5.1", .unknown, missing: ["platelets"]), try result("INC-6", .pass, missing: []),
      ],
      next: [
        NextDatum(concept: "igra", oneOf: [], decides: ["EXC-12"], corrects: []),
        NextDatum(concept: "platelets", oneOf: [], decides: ["INC-5.1"], corrects: ["casebook:SCR/1/hematology/1"]),
      ])
    #expect(
      OrderList.enough(found) == [
        OrderList.Order(concepts: ["igra"], decides: ["EXC-12"], corrects: []),
        OrderList.Order(concepts: ["platelets"], decides: ["INC-5.1"], corrects: ["casebook:SCR/1/hematology/1"]),
      ])
    #expect(
      OrderList.besides(found) == [
        OrderList.Order(concepts: ["tuberculinSkinTest"], decides: ["EXC-12"], corrects: [])
      ])
  }

  @Test func `of somebody who is barred nothing is enough, and what is missing is told all the same`() throws {
    let found = assessment([
      try result("INC-5.1", .fail), try result("EXC-12", .unknown, missing: ["igra"]),
      try result("EXC-10", .unknown, missing: ["igra"]),
    ])
    #expect(OrderList.enough(found).isEmpty)
    #expect(
      OrderList.besides(found) == [OrderList.Order(concepts: ["igra"], decides: ["EXC-12", "EXC-10"], corrects: [])])
  }

  @Test func `of several medicines one will do, but each that is to be corrected is named`() throws {
    let medicines = ["prednisone", "hydrocortisone"]
    let orders = OrderList.enough(
      assessment(
        [],
        next: [
          NextDatum(concept: medicines[0], oneOf: medicines, decides: ["INC-4"], corrects: []),
          NextDatum(concept: medicines[0], oneOf: medicines, decides: ["INC-4"], corrects: ["urn:1", "urn:2"]),
        ]))
    #expect(orders.map(\.named) == [["prednisone"], medicines])
    #expect(orders.map(\.others) == [1, 0])
  }

  @Test func `a record that names no medicine is one thing to clarify, and not each that it may be`() throws {
    var open = try result("EXC-4", .unknown, missing: ["prednisone", "hydrocortisone", "tacrolimus"])
    open.unnamed = ["MedicationStatement": ["prednisone", "tacrolimus"]]
    #expect(
      OrderList.besides(assessment([open, try result("INC-5.1", .fail)])) == [
        OrderList.Order(concepts: ["hydrocortisone"], decides: ["EXC-4"], corrects: []),
        OrderList.Order(concepts: ["MedicationStatement"], decides: ["EXC-4"], corrects: []),
      ])
  }

  @Test func `orders stand by kind, in the order of the study's kinds; what no dictionary lists comes last`() {
    let concepts = ["MedicationStatement", "lvef", "igra", "nyhaClass", "birthDate"]
      .filter { $0 == "MedicationStatement" || study.dictionary[$0] != nil }
    let groups = OrderList.groups(
      concepts.map { OrderList.Order(concepts: [$0], decides: [], corrects: []) }, by: study)
    let kinds = study.kinds.map(\.id)
    let places = groups.map { group in group.kind.flatMap { kinds.firstIndex(of: $0.id) } ?? kinds.count }
    #expect(places == places.sorted() && places.last == kinds.count)
    #expect(groups.flatMap(\.orders).count == concepts.count)
    for group in groups {
      #expect(group.orders.allSatisfy { study.dictionary[$0.concepts[0]]?.kind == group.kind?.id })
    }
  }
}
