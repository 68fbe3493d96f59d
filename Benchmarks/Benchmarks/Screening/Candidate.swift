import ClinicalValues
import Foundation
import StudyDesign

/// An example of a study: its bytes, and what it is screened for.
struct Candidate: Sendable {
  let bytes: [UInt8]
  let asOf: CalendarDate
  let cohort: Cohort

  private struct Expected: Decodable {
    let asOf: String
    let cohort: String
  }

  /// The examples of a study that `expected.json` names, in the order of their names.
  static func all(of study: Study, in folder: String) -> [Candidate] {
    guard let text = FileManager.default.contents(atPath: "\(folder)/expected.json"),
      let expected = try? JSONDecoder().decode([String: Expected].self, from: text)
    else { return [] }
    return expected.sorted { $0.key < $1.key }.compactMap { name, expected in
      guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)"),
        let asOf = CalendarDate(expected.asOf), let cohort = study.cohorts.first(where: { $0.id == expected.cohort })
      else { return nil }
      return Candidate(bytes: [UInt8](bytes), asOf: asOf, cohort: cohort)
    }
  }
}
