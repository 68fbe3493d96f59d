import ClinicalValues
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// What is said of collections and bags: by the clocks of the site, with units as people print them.
struct MaterialWordsTests {
  private func materials(_ stage: ParticipantStage) -> MaterialWords {
    MaterialWords(plan: stage.study.conduct.product, zone: "Asia/Shanghai", words: stage.words)
  }

  @Test func `a bag is told by the clocks of the site, its cells with their thousands set apart`() async throws {
    let startBy = try #require(Instant("2024-08-26T00:15:00Z"))
    var bag = BagState(try BagNumber("01-0001-L1-B1-G"))
    bag.volumeML = 44
    bag.cells = 12_400_000
    bag.thaw = BagState.Thaw(
      thawed: startBy.adding(minutes: -30), startBy: startBy, endBy: startBy.adding(minutes: 30))
    #expect(
      try await materials(ParticipantStage()).clauses(bag) == [
        "44 mL", "12,400,000 CAR-positive viable cells", "thawed; start by 26 Aug 2024 08:15 Asia/Shanghai",
      ])
  }

  @Test func `a collection is told by the clocks of the site, its yield with what was counted`() async throws {
    var collection = CollectionState(CollectionNumber(participant: try ParticipantID("01-0001"), collection: 1))
    collection.isAccepted = true
    collection.yield = 4830
    collection.ended = Moment("2024-07-18T12:09+08:00[Asia/Shanghai]")
    collection.keepsUntil = Instant("2024-07-20T04:09:00Z")
    #expect(
      try await materials(ParticipantStage()).clauses(collection) == [
        "accepted", "yield 4,830 × 10⁶ CD3-positive cells", "keeps until 20 Jul 2024 12:09 Asia/Shanghai",
      ])
  }
}
