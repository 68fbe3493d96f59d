import Foundation
import Testing

@testable import StudyDesign

/// A study that is conducted elsewhere has a casebook, and nothing that decides.
@Suite struct ConductedElsewhereTests {
  static let pilot = StudyOnDisk.shipped.appending(path: "../../cdisc-pilot/1.0").standardizedFileURL

  /// What the check says of a copy of the study with a file written into it.
  private func said(writing text: String, to file: String) throws -> [String] {
    let root = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)")
    let copy = root.appending(path: "cdisc-pilot/1.0")
    try FileManager.default.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    try FileManager.default.copyItem(at: Self.pilot, to: copy)
    let path = copy.appending(path: file)
    try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: path, atomically: true, encoding: .utf8)
    return StudyChecker.tested.problems(in: copy.path).map(\.description)
  }

  @Test func `it is read without criteria, plan of conduct and libraries`() throws {
    let study = try StudyChecker.tested.read(Self.pilot.path)
    #expect(study.conducted == .elsewhere)
    #expect(study.criteria.isEmpty)
    #expect(study.forms.map(\.id) == ["dm", "lb", "vs", "ae", "cm", "ex"])
    #expect(study.schedule.visits.count == 22)
  }

  @Test(arguments: ["criteria.yaml", "conduct.yaml", "product.yaml", "safety.yaml", "library/Inclusion.cql"])
  func `a file that nothing reads is an error`(_ file: String) throws {
    #expect(
      try said(writing: "", to: file) == [
        "\(file):1:1: error: The study is conducted elsewhere, and nothing reads this file. Remove it, or remove "
          + "‘conducted: elsewhere’ from study.yaml. [no-effect]"
      ])
  }

  @Test func `without the word it lacks what a study needs`() throws {
    let text = try String(contentsOf: Self.pilot.appending(path: "study.yaml"), encoding: .utf8)
    let lacking = try said(writing: text.replacing("conducted: elsewhere\n", with: ""), to: "study.yaml")
    #expect(lacking.count == 4)
    #expect(lacking.allSatisfy { $0.contains("[missing-file]") })
    let unknown = try said(writing: text.replacing("elsewhere\n", with: "elsewere\n"), to: "study.yaml")
    #expect(
      unknown.contains { $0.contains("‘elsewere’ is no ‘conducted’. Did you mean ‘elsewhere’? [unknown-word]") },
      "\(unknown)")
  }
}
