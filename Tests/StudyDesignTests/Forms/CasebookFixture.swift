import Foundation
import Rules
import Testing

@testable import StudyDesign

/// A schedule and three forms in a copy of the shipped study, with what else its criteria ask for in further forms.
enum CasebookFixture {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Casebook")

  /// Runs `body` on a copy of the shipped study with the fixture's casebook in place of its own.
  static func withCopy<T>(_ body: (URL) throws -> T) throws -> T {
    try StudyOnDisk.withCopy { copy in
      try StudyOnDisk.removeCasebook(from: copy)
      try FileManager.default.copyItem(
        at: folder.appending(path: "schedule.yaml"), to: copy.appending(path: "schedule.yaml"))
      try FileManager.default.copyItem(at: folder.appending(path: "forms"), to: copy.appending(path: "forms"))
      try removeGrading(copy)
      return try body(copy)
    }
  }

  /// Removes what fills the instruments from items of forms that the fixture does not have.
  private static func removeGrading(_ copy: URL) throws {
    let file = copy.appending(path: "safety.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.range(of: "\ngrading:\n")).lowerBound
    try text[..<start].write(to: file, atomically: true, encoding: .utf8)
  }

  /// Adds the forms that collect what the three do not, so that every criterion can be decided.
  static func complete(_ copy: URL) throws {
    let text = try String(contentsOf: copy.appending(path: "concepts.csv"), encoding: .utf8)
    let concepts = DictionaryReader(text, file: "concepts.csv").concepts
    let others = concepts.filter { ["Observation", "Patient", "Consent"].contains($0.resource) }
    try write("others", nil, others.compactMap(item), to: copy)
    for resource in ["Condition", "Procedure", "Immunization", "AllergyIntolerance", "AdverseEvent"] {
      let codes = concepts.filter { $0.resource == resource }.map(\.id).joined(separator: ", ")
      let item = "  - {id: TERM, label: Which, type: code, gives: code, codes: [\(codes)]}"
      try write("all\(resource)", resource, [item], to: copy)
    }
  }

  private static func item(_ concept: DataConcept) -> String? {
    let start = "  - {id: \(concept.id), label: \(concept.id), concept: \(concept.id), type: "
    switch concept.valueType {
    case .quantity: return start + "quantity}"
    case .integer: return start + "integer}"
    case .boolean, .none: return start + "boolean}"
    case .dateTime: return start + "partialDate}"
    case .coded:
      return start + "code, codes: {\(concept.valueCodes.map { "\($0): \($0)" }.joined(separator: ", "))}}"
    case .period: return nil
    }
  }

  private static func write(_ id: String, _ resource: String?, _ items: [String], to copy: URL) throws {
    let head = ["id: \(id)", "title: \(id)", "domain: XX", "occurs: log", "source: hospitalRecord"]
    let resource = resource.map { ["resource: \($0)"] } ?? []
    let text = (head + resource + ["provisional: registry-fields", "items:"] + items).joined(separator: "\n") + "\n"
    try text.write(to: copy.appending(path: "forms/\(id).yaml"), atomically: true, encoding: .utf8)
  }

  /// What the checks say that need no library.
  static func quickProblems(_ copy: URL) -> [Problem] {
    let parts = StudyParts(StudyFolder(path: copy.path))
    guard parts.problems.isEmpty else { return parts.problems.inOrder }
    let schedule = ScheduleCheck(
      casebook: parts.casebook, conduct: parts.conduct.plan, study: parts.study, source: parts.source)
    let forms = FormCheck(
      casebook: parts.casebook, study: parts.study, dictionary: parts.dictionary, source: parts.source)
    return (schedule.problems() + forms.problems()).inOrder
  }
}
