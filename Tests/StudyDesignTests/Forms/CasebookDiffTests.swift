import Foundation
import Rules
import Testing

@testable import StudyDesign

struct CasebookDiffTests {
  /// A change to one file, and how the difference tells it; in its order.
  private static let edits: [(file: String, replace: String, with: String, says: String)] = [
    (
      "schedule.yaml", "window: {low: 0, high: 3}", "window: {low: -1, high: 3}",
      "visits D28.window changed: 0, 3 > -1, 3"
    ),
    (
      "schedule.yaml", "title: Weight and temperature", "title: Measures",
      "visits activity measures.title changed: Weight and temperature > Measures"
    ),
    (
      "forms/measures.yaml", "LYING: Lying", "LYING: Lying down",
      "forms measures.items.VSPOS.codes.LYING.label changed: Lying > Lying down"
    ),
    (
      "forms/measures.yaml", "type: dateTime, required: always", "type: dateTime",
      "forms measures.items.VSDTC.required changed: always > never"
    ),
  ]

  @Test func `an amendment of visits and forms is told by what it changes`() throws {
    let (before, diff) = try CasebookFixture.withCopy { copy in
      try CasebookFixture.complete(copy)
      let before = try StudyChecker.tested.read(copy.path)
      // The first version's texts are read again from its folder: the second lies in a copy of it.
      let other = copy.deletingLastPathComponent().deletingLastPathComponent().appending(path: "b/cd19-bcma-aid/1.0")
      try FileManager.default.createDirectory(
        at: other.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: copy, to: other)
      for edit in Self.edits {
        let path = other.appending(path: edit.file)
        let text = try String(contentsOf: path, encoding: .utf8)
        let place = try #require(text.range(of: edit.replace), "\(edit.replace)")
        try text.replacingCharacters(in: place, with: edit.with).write(to: path, atomically: true, encoding: .utf8)
      }
      let after = try StudyChecker.tested.read(other.path)
      return (before, StudyDiff(from: before, to: after))
    }
    #expect(before.forms.count > 3)
    let said = diff.changes.map {
      "\($0.part) \($0.subject) \($0.kind): \($0.before ?? "-") > \($0.after ?? "-")"
    }
    #expect(Set(said) == Set(Self.edits.map(\.says)))
  }
}
