import Foundation
import Instruments
import Testing

@testable import StudyDesign

/// What cures send the reader to docs/writing-a-study.md for stands there.
struct WritingGuideTests {
  private static func guide() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "docs/writing-a-study.md"), encoding: .utf8)
  }

  @Test func `every column of the dictionary has its line`() throws {
    let guide = try Self.guide()
    let start = try #require(guide.range(of: "\n## The data dictionary\n")).upperBound
    let end = try #require(guide[start...].range(of: "\n## ")).lowerBound
    let section = guide[start..<end]
    for column in DictionaryReader.columns { #expect(section.contains("`\(column)`"), "\(column)") }
  }

  @Test func `every analyte that can be graded is listed`() throws {
    let guide = try Self.guide()
    let start = try #require(guide.range(of: "The analytes are:\n")).upperBound
    let line = guide[start...].prefix { $0 != "." }
    #expect(Set(line.split(separator: ", ").map(String.init)) == Set(CTCAE.laboratory.map(\.key)))
  }
}
