import CQL
import ClinicalValues
import FHIR
import Foundation
import Rules
import StudyDesign

/// The shipped study and its example candidates.
enum Examples {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Studies/cd19-bcma-aid/1.0")

  static let study = Result { try StudyChecker(models: Screening.models).read(folder.path) }
  static let screening = study.map { Screening($0) }

  struct Expected: Decodable {
    let asOf: String
    let cohort: String
    let verdict: String
    let criteria: [String: String]
  }

  /// What is expected of each example, by file name.
  static func expected() throws -> [String: Expected] {
    let data = try Data(contentsOf: folder.appending(path: "examples/expected.json"))
    return try JSONDecoder().decode([String: Expected].self, from: data)
  }

  static let names = ((try? expected()) ?? [:]).keys.sorted()
}

/// An example as a bundle whose entries can be taken out, changed and put in another order.
struct Candidate {
  var entries: [[String: Any]]
  let asOf: CalendarDate
  let cohort: Cohort

  init(_ name: String) throws {
    let data = try Data(contentsOf: Examples.folder.appending(path: "examples/\(name)"))
    let bundle = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    entries = bundle["entry"] as? [[String: Any]] ?? []
    let expected = try Examples.expected()[name]
    let parts = (expected?.asOf ?? "").split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, let day = CalendarDate(year: parts[0], month: parts[1], day: parts[2]),
      let cohort = try Examples.study.get().cohorts.first(where: { $0.id == expected?.cohort })
    else { throw EvaluationError("no expectation for \(name)") }
    asOf = day
    self.cohort = cohort
  }

  func record() throws -> FHIR.Record {
    let bundle: [String: Any] = [
      "resourceType": "Bundle", "type": "collection", "identifier": ["value": "changed"], "entry": entries,
    ]
    return try FHIR.Record.read(Array(try JSONSerialization.data(withJSONObject: bundle)), file: "changed.json")
  }

  /// The outcome of each criterion, by id.
  func outcomes() throws -> [String: Outcome] {
    let outcomes = try Examples.screening.get().outcomes(try record(), asOf: asOf, cohort: cohort)
    return Dictionary(uniqueKeysWithValues: outcomes.map { ($0.criterion.id, $0.outcome) })
  }

  func assessment() throws -> Assessment {
    try Examples.screening.get().screen(try record(), asOf: asOf, cohorts: [cohort]).assessments[0]
  }

  /// Where the Observations of some concepts stand.
  func observations(where isWanted: (String) -> Bool) throws -> [(index: Int, concept: String)] {
    let dictionary = try Examples.study.get().dictionary
    return entries.indices.compactMap { index in
      guard let resource = entries[index]["resource"] as? [String: Any],
        resource["resourceType"] as? String == "Observation",
        let coding = ((resource["code"] as? [String: Any])?["coding"] as? [[String: Any]])?.first,
        let code = coding["code"] as? String,
        let concept = dictionary.concepts(identifiedBy: Code(code, system: coding["system"] as? String)).first,
        isWanted(dictionary.concepts[concept].id)
      else { return nil }
      return (index, dictionary.concepts[concept].id)
    }
  }

  func without(_ indices: Set<Int>) -> Candidate {
    var copy = self
    copy.entries = entries.indices.filter { !indices.contains($0) }.map { entries[$0] }
    return copy
  }
}

/// A small generator of numbers with a seed, so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

/// How many times as often a property is tried with `scripts/test --long`.
let effort = ProcessInfo.processInfo.environment["TANDEM_LONG"] == nil ? 1 : 25
