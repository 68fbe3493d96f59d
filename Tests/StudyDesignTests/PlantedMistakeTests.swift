import Foundation
import Rules
import Testing

@testable import StudyDesign

/// A mistake put into a file of the study, and the whole of what the check must say of it.
struct PlantedMistake: CustomTestStringConvertible {
  let kind: String
  let file: String
  let replace: String
  let with: String
  let says: [String]
  var testDescription: String { kind }

  init(_ kind: String, in file: String, replace: String, with: String, says: String...) {
    self.kind = kind
    self.file = file
    self.replace = replace
    self.with = with
    self.says = says
  }

  /// Puts the mistake into a copy of the study.
  func plant(in copy: URL) throws {
    let path = copy.appending(path: file)
    let text = try String(contentsOf: path, encoding: .utf8)
    let place = try #require(text.range(of: replace), "‘\(replace)’ does not stand in \(file)")
    try text.replacingCharacters(in: place, with: with).write(to: path, atomically: true, encoding: .utf8)
  }

  /// What the check says of a copy of the study with this mistake in it. The copy has no casebook, whose forms would tell
  /// the same mistake once more; mistakes in forms and endpoints are planted elsewhere.
  func reported() throws -> [String] {
    try StudyOnDisk.withCopy { copy in
      try StudyOnDisk.removeCasebook(from: copy)
      try plant(in: copy)
      return StudyChecker.tested.problems(in: copy.path).map(\.description)
    }
  }
}

struct PlantedMistakeTests {
  @Test func `the shipped study has no problems`() {
    #expect(StudyChecker.tested.problems(in: StudyOnDisk.shipped.path).map(\.description) == [])
  }

  @Test(
    arguments: PlantedMistake.inYAML + PlantedMistake.inReferences + PlantedMistake.inDictionary + PlantedMistake.inCQL
      + PlantedMistake.inConduct + PlantedMistake.inGrading)
  func `a planted mistake is refused with its place and its cure`(_ mistake: PlantedMistake) throws {
    #expect(try mistake.reported() == mistake.says)
  }

  @Test(arguments: [
    "study.yaml", "criteria.yaml", "concepts.csv", "source.md", "conduct.yaml", "product.yaml", "safety.yaml",
  ])
  func `a missing file is named`(_ file: String) throws {
    let said = try StudyOnDisk.withCopy { copy in
      try FileManager.default.removeItem(at: copy.appending(path: file))
      return StudyChecker.tested.problems(in: copy.path).map(\.description)
    }
    #expect(
      said == [
        "\(file):1:1: error: The file is not there, or cannot be read. A protocol version needs study.yaml, "
          + "concepts.csv, criteria.yaml, conduct.yaml, product.yaml, safety.yaml, source.md and library/*.cql. "
          + "[missing-file]"
      ])
  }

  @Test func `a library that is missing is the one thing to mend, whatever rests on it`() throws {
    let said = try StudyOnDisk.withCopy { copy in
      try FileManager.default.removeItem(at: copy.appending(path: "library/Truth.cql"))
      return StudyChecker.tested.problems(in: copy.path).map(\.description)
    }
    #expect(
      said == [
        "library/Measured.cql:6:9: error: The library 'Truth' version '1.0' was not found. Put Truth.cql beside this library, "
          + "or remove the include. [cql]"
      ])
  }

  @Test func `a copy in a folder of another name is checked whole`() throws {
    let (said, study) = try StudyOnDisk.withCopy { copy in
      try StudyOnDisk.removeCasebook(from: copy)
      let other = copy.deletingLastPathComponent().appending(path: "draft")
      try FileManager.default.moveItem(at: copy, to: other)
      let whole = StudyChecker.tested.check(other.path).study
      let expected = other.appending(path: "examples/expected.json")
      let text = try String(contentsOf: expected, encoding: .utf8)
      try text.replacing("\"INC-3.1.2\": \"pass\"", with: "\"INC-3.1.2\": \"passed\"", maxReplacements: 1)
        .write(to: expected, atomically: true, encoding: .utf8)
      return (StudyChecker.tested.problems(in: other.path).map(\.id), whole?.id)
    }
    #expect(said == ["unknown-word", "folder-name"])
    #expect(study == "cd19-bcma-aid")
  }

  @Test func `criteria in another order than the source's are told`() throws {
    let said = try StudyOnDisk.withCopy { copy in
      let file = copy.appending(path: "criteria.yaml")
      var text = try String(contentsOf: file, encoding: .utf8)
      let first = try #require(text.range(of: "  - id: EXC-18\n"))
      let next = try #require(text.range(of: "  - id: EXC-19\n"))
      let end = try #require(text.range(of: "  - id: EXC-20\n"))
      text.replaceSubrange(
        first.lowerBound..<end.lowerBound,
        with: text[next.lowerBound..<end.lowerBound] + text[first.lowerBound..<next.lowerBound])
      try text.write(to: file, atomically: true, encoding: .utf8)
      return StudyChecker.tested.problems(in: copy.path).filter { $0.id == "out-of-order" }.map(\.message)
    }
    #expect(
      said == ["EXC-18 stands after EXC-19, but its anchor stands before that of EXC-19 in source.md."])
  }

  @Test func `a dictionary that a spreadsheet saved with semicolons is told as that`() throws {
    let said = try StudyOnDisk.withCopy { copy in
      let file = copy.appending(path: "concepts.csv")
      let text = try String(contentsOf: file, encoding: .utf8)
      try text.replacing(",", with: ";").write(to: file, atomically: true, encoding: .utf8)
      return StudyChecker.tested.problems(in: copy.path).map(\.description)
    }
    #expect(
      said == [
        "concepts.csv:1:1: error: The cells are separated by semicolons, expected commas. Save the table as CSV with commas, in "
          + "UTF-8. [csv-separator]"
      ])
  }

  @Test func `expectations that name no example are refused`() throws {
    let said = try StudyOnDisk.withCopy { copy in
      try StudyOnDisk.removeCasebook(from: copy)
      try "[]".write(to: copy.appending(path: ExampleCheck.file), atomically: true, encoding: .utf8)
      return StudyChecker.tested.problems(in: copy.path).map(\.description)
    }
    #expect(
      said == [
        "examples/expected.json:1:1: error: Expected an object with an entry for each example, found a list. Name each record of "
          + "examples/ with what is expected of it: { \"01-sle-base.json\": { ... } }. [expected-mapping]"
      ])
  }

  @Test func `a file that is not UTF-8 is refused`() throws {
    let said = try StudyOnDisk.withCopy { copy in
      try Data([0x69, 0x64, 0x3A, 0x20, 0xFF]).write(to: copy.appending(path: "study.yaml"))
      return StudyChecker.tested.problems(in: copy.path).map(\.description)
    }
    #expect(said == ["study.yaml:1:1: error: The file is not UTF-8 text. Save it as UTF-8. [not-utf8]"])
  }
}

extension StudyChecker {
  static var tested: StudyChecker { StudyChecker(models: Screening.models) }
}
