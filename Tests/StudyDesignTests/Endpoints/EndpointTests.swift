import CQL
import ClinicalValues
import Foundation
import Instruments
import Testing

@testable import StudyDesign

struct EndpointTests {
  /// The shipped study's other files, read once.
  private static let parts = StudyParts(StudyFolder(path: StudyOnDisk.shipped.path))

  /// What is wrong with a text of endpoints beside the other files of the shipped study; it needs no library.
  private static func problems(_ text: String) -> [String] {
    let reader = EndpointReader(text)
    let check = EndpointCheck(
      file: reader.file, casebook: parts.casebook, study: parts.study, dictionary: parts.dictionary,
      source: parts.source)
    return (reader.problems.isEmpty ? check.problems() : reader.problems).inOrder.map(\.description)
  }

  private static func text() throws -> String {
    try String(contentsOf: StudyOnDisk.shipped.appending(path: EndpointFile.name), encoding: .utf8)
  }

  private let plan: EndpointPlan

  init() throws {
    try #require(Self.parts.problems.map(\.description) == [])
    plan = try #require(Self.parts.endpoints).plan
  }

  @Test func `the endpoints that ship name only what is there`() throws {
    #expect(Self.problems(try Self.text()) == [])
  }

  @Test func `time points, baseline and thresholds are read as they are written`() {
    #expect(plan.timePoints.map(\.id) == ["D28", "M2", "M3", "M6", "M9", "M12", "M18", "M24"])
    #expect(plan.timePoints.filter { $0.note != nil }.map(\.id) == ["D28"])
    #expect(plan.baseline.afterBridging == ItemPath("bridging.CMSTDTC") && plan.baseline.beside == "SCR")
    #expect(plan.bCells.depletion == 1 && !plan.bCells.depletionInclusive && plan.bCells.reconstitution == 10)
    #expect(plan.cohorts.map(\.cohort) == ["sle", "ssc", "iim", "ss", "aiha", "ms"])
    #expect(plan.sets.map(\.id) == AnalysisSetID.allCases)
  }

  @Test func `every part says where it comes from, and all of it is provisional`() {
    let origins =
      plan.timePoints.map(\.origin) + plan.picks.map(\.origin) + plan.sets.map(\.origin)
      + [
        plan.baseline.origin, plan.drugFree.origin, plan.context.origin, plan.bCells.origin, plan.persistence.origin,
      ] + plan.cohorts.flatMap { $0.evaluations.map(\.origin) + [$0.remission.origin] }
    #expect(origins.allSatisfy { $0.provisional != nil })
    #expect(plan.picks.first?.origin.provisional == "response-definitions")
    #expect(plan.baseline.origin.provisional == "response-baseline")
  }

  @Test func `every key of every instrument is filled`() throws {
    for evaluation in plan.cohorts.flatMap(\.evaluations) {
      let instrument = try #require(Instrument.named(evaluation.instrument))
      #expect(Set(evaluation.keys.map(\.key)) == Set(instrument.items.map(\.key)), "\(evaluation.id)")
    }
    let sri = try #require(plan.cohort("sle")?.evaluation("sri4"))
    #expect(
      sri.keys.first?.source == .score(instrument: "sledai2k", output: "total") && sri.keys.first?.at == .baseline)
    #expect(plan.cohort("aiha")?.outcome("aihaAny")?.isOneOf == ["response", "completeResponse"])
  }

  @Test func `the plan is the same after it was written as JSON and read again`() throws {
    let data = try JSONEncoder().encode(plan)
    #expect(try JSONDecoder().decode(EndpointPlan.self, from: data) == plan)
  }

  @Test(arguments: PlantedMistake.inEndpoints)
  func `a mistake planted in the endpoints is refused with its place and its cure`(_ mistake: PlantedMistake) throws {
    let text = try Self.text()
    let place = try #require(text.range(of: mistake.replace), "‘\(mistake.replace)’ does not stand there")
    #expect(Self.problems(text.replacingCharacters(in: place, with: mistake.with)) == mistake.says)
  }

  @Test func `a changed threshold is told by its path`() throws {
    let before = StudyDiff.flattened(plan, below: "")
    var other = plan
    other.bCells.depletion = 5
    other.cohorts[0].evaluations[0].keys[1].source = .notCollected(follows: "DORIS cannot be told.")
    let after = StudyDiff.flattened(other, below: "")
    let changed = after.filter { entry in !before.contains { $0.name == entry.name && $0.text == entry.text } }
    #expect(
      changed.map(\.name) == [
        "bCells.depletion", "cohorts.sle.evaluations.doris.keys.pga.source.notCollected.follows",
      ])
  }
}
