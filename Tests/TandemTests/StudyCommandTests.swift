import Foundation
import Testing

@testable import tandem

struct StudyCommandTests {
  @Test func `the shipped study is found from any folder and passes its check`() throws {
    let outcome = try Program.run(["study", "check"], in: URL(filePath: "/"))
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
    #expect(outcome.output.contains("no problems"))
  }

  @Test(arguments: ["Studies/cd19-bcma-aid", "Studies/cd19-bcma-aid/1.0", "Studies/cd19-bcma-aid/1.0/"])
  func `a study is its highest version`(_ folder: String) throws {
    let outcome = try Program.run(["study", "check", folder, "--format", "json"])
    #expect(outcome.status == 0)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect((object["problems"] as? [Any])?.isEmpty == true)
  }

  @Test func `a study with a mistake ends with 1 and names file, line and column`() throws {
    try Program.withFolder { folder in
      let copy = folder.appending(path: "cd19-bcma-aid")
      try FileManager.default.copyItem(at: Repository.root.appending(path: "Studies/cd19-bcma-aid"), to: copy)
      let file = copy.appending(path: "1.0/criteria.yaml")
      let text = try String(contentsOf: file, encoding: .utf8)
      try text.replacing("cohort: ssc", with: "cohort: scc", maxReplacements: 1).write(
        to: file, atomically: true, encoding: .utf8)
      let check = try Program.run(["study", "check", copy.path])
      #expect(check.status == 1)
      #expect(
        check.output.contains(
          "\(copy.path)/1.0/criteria.yaml:95:13: error: There is no cohort ‘scc’. Did you mean ‘ssc’?"))
      let screen = try Program.run(["screen", "x.json", "--study", copy.path])
      #expect(screen.status == 1)
      #expect(screen.output.isEmpty)
      #expect(screen.errors.contains("There is no cohort ‘scc’"))
    }
  }

  @Test func `an example that comes out otherwise than expected is a problem at its expectation`() throws {
    try Program.withFolder { folder in
      let copy = folder.appending(path: "cd19-bcma-aid")
      try FileManager.default.copyItem(at: Repository.root.appending(path: "Studies/cd19-bcma-aid"), to: copy)
      let file = copy.appending(path: "1.0/examples/expected.json")
      let text = try String(contentsOf: file, encoding: .utf8)
      try text.replacing("\"INC-5.1\": \"pass\"", with: "\"INC-5.1\": \"fail\"", maxReplacements: 1).write(
        to: file, atomically: true, encoding: .utf8)
      let check = try Program.run(["study", "check", copy.path])
      #expect(check.status == 1)
      #expect(
        check.output.contains(
          "/1.0/examples/expected.json:13:15: error: INC-5.1 of ‘examples/01-sle-base.json’ is expected to be ‘fail’ and is ‘pass’."
        ))
      #expect(check.output.contains("[unexpected-outcome]"))
    }
  }

  @Test(
    arguments: [
      (
        "expected.json", "\"verdict\": \"eligible\"", "\"verdict\": \"ineligible\"",
        "‘examples/01-sle-base.json’ is expected to be ‘ineligible’ and is ‘eligible’. The verdict follows from the "
          + "criteria: correct the expectation. [unexpected-verdict]"
      ),
      (
        "01-sle-base.json", "\"resourceType\": \"Bundle\"", "\"resourceType\": \"Bundel\"",
        "‘examples/01-sle-base.json’ cannot be screened: "
      ),
    ] as [(String, String, String, String)])
  func `a verdict that does not follow and an example that cannot be screened are problems at the verdict`(
    file: String, replace: String, with: String, says: String
  ) throws {
    try Program.withFolder { folder in
      let copy = folder.appending(path: "cd19-bcma-aid")
      try FileManager.default.copyItem(at: Repository.root.appending(path: "Studies/cd19-bcma-aid"), to: copy)
      let example = copy.appending(path: "1.0/examples/\(file)")
      let text = try String(contentsOf: example, encoding: .utf8)
      try text.replacing(replace, with: with, maxReplacements: 1).write(to: example, atomically: true, encoding: .utf8)
      let check = try Program.run(["study", "check", copy.path])
      #expect(check.status == 1)
      #expect(check.output.contains("/1.0/examples/expected.json:5:14: error: \(says)"), "\(check.output)")
    }
  }

  @Test func `a copy under another name is checked to the end, its examples too`() throws {
    try Program.withFolder { folder in
      let copy = folder.appending(path: "cd19-bcma-aid/draft")
      try FileManager.default.createDirectory(
        at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: Repository.root.appending(path: "Studies/cd19-bcma-aid/1.0"), to: copy)
      let file = copy.appending(path: "examples/expected.json")
      let text = try String(contentsOf: file, encoding: .utf8)
      try text.replacing("\"INC-5.1\": \"pass\"", with: "\"INC-5.1\": \"fail\"", maxReplacements: 1).write(
        to: file, atomically: true, encoding: .utf8)
      let check = try Program.run(["study", "check", copy.path])
      #expect(check.status == 1)
      #expect(check.errors.contains("[folder-name]") && !check.output.contains("[folder-name]"))
      #expect(check.output.contains("[unexpected-outcome]"))
      #expect(!check.output.contains("no problems"))
    }
  }

  @Test func `a version's folder given itself is used under any name, which is noted`() throws {
    try Program.withFolder { folder in
      let copy = folder.appending(path: "copy")
      let shipped = Repository.root.appending(path: "Studies/cd19-bcma-aid/1.0")
      try FileManager.default.copyItem(at: shipped, to: copy)
      let record = copy.appending(path: "examples/01-sle-base.json").path
      for (named, otherwise) in [
        (["study", "check", shipped.path], ["study", "check", copy.path]),
        (["study", "show", shipped.path], ["study", "show", copy.path]),
        (["study", "provisional", shipped.path], ["study", "provisional", copy.path]),
        (["screen", record, "--study", shipped.path], ["screen", record, "--study", copy.path]),
      ] {
        let expected = try Program.run(named)
        let outcome = try Program.run(otherwise)
        #expect(outcome.status == 0 && outcome.output == expected.output, "\(otherwise)")
        #expect(!expected.errors.contains("[folder-name]"))
        #expect(
          outcome.errors.contains(
            "\(copy.path)/study.yaml:7:10: note: The version is ‘1.0’, and its folder is named ‘copy’. [folder-name]"))
      }
    }
  }

  @Test func `a version that is looked up in a study's folder bears its name`() throws {
    try Program.withFolder { folder in
      let study = folder.appending(path: "cd19-bcma-aid")
      let version = study.appending(path: "1.1")
      try FileManager.default.createDirectory(at: study, withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: Repository.root.appending(path: "Studies/cd19-bcma-aid/1.0"), to: version)
      let said = "\(version.path)/study.yaml:7:10: error: The version is ‘1.0’, and its folder is named ‘1.1’."
      let check = try Program.run(["study", "check", study.path])
      #expect(check.status == 1 && check.output.contains(said))
      let screen = try Program.run(["screen", "x.json", "--study", study.path])
      #expect(screen.status == 1 && screen.output.isEmpty && screen.errors.contains(said))
      #expect(throws: Unusable.self) { try Shelf.read(version.path) }
    }
  }

  @Test func `a folder without a study is refused`() throws {
    let outcome = try Program.run(["study", "check", "Sources"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("‘Sources’ holds no study"))
  }

  @Test func `the page says what the source does not state`() throws {
    let outcome = try Program.run(["study", "show"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("not stated in the source"))
    let json = try Program.run(["study", "show", "--format", "json"])
    let page = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let fields = try #require(page["registry"] as? [[String: Any]])
    let byName = Dictionary(
      uniqueKeysWithValues: fields.map { ($0["field"] as? String ?? "", $0["text"] as? String ?? "") })
    #expect(byName["enrollment"] == "12")
    #expect(byName["phase"] == "not stated in the source")
    #expect(byName["contact"] == "Yajing Zhang")
    let arms = try #require(page["arms"] as? [[String: Any]])
    #expect(arms.map { $0["id"] as? String } == ["car-t"])
    #expect(outcome.output.contains("Arms") && page["titleNote"] is String)
  }

  @Test func `what the source lost is listed with its origin`() throws {
    let outcome = try Program.run(["study", "provisional", "--format", "json"])
    #expect(outcome.status == 0)
    let items = try outcome.objects
    let exc4 = try #require(items.first { ($0["criteria"] as? [String]) == ["EXC-4"] })
    #expect(!((exc4["origin"] as? [String]) ?? []).isEmpty)
    #expect(items.allSatisfy { $0["reading"] is NSNull || !(($0["origin"] as? [String]) ?? []).isEmpty })
  }
}
