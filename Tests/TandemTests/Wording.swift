import Foundation
import Testing

/// What no file of the repository says.
struct Wording {
  /// Words that stand where something is unfinished or unsafe. The pieces are joined here so that this file holds none.
  static let forbidden: [(pattern: String, where: String)] = [
    ("\\bTO" + "DO\\b|\\bFIX" + "ME\\b|\\bHA" + "CK\\b", ""),
    ("unimple" + "mented|not yet imple" + "mented", ""),
    ("\\btry" + "!|\\bas" + "! |@unchecked Send" + "able|nonisolated\\(un" + "safe\\)", "Sources"),
    ("fatal" + "Error\\(", "Sources"),
    ("\\.\\./sha" + "red|/work" + "/", ""),
  ]

  static func files() throws -> [String] {
    let folders = ["Sources", "Tests", "Studies", "scripts", "docs", "Benchmarks", "Fuzz"]
    let inFolders = try folders.filter {
      FileManager.default.fileExists(atPath: Repository.root.appending(path: $0).path)
    }
    .flatMap { try Repository.files(in: $0, ending: "") }
    // Benchmarks and Fuzz are packages of their own: where they were built, the folder holds the sources of others.
    return inFolders.filter { !$0.contains("/.build/") } + [
      "Package.swift", "README.md", "ARCHITECTURE.md", "DECISIONS.md", "CHANGELOG.md",
    ]
  }

  @Test func `no file says what is unfinished, unsafe or only true on one machine`() throws {
    for file in try Self.files() {
      guard
        ["swift", "md", "cql", "yaml", "sh", "start", "test", "csv"].contains(
          file.split { ".".contains($0) || "/".contains($0) }.last.map(String.init) ?? "")
      else { continue }
      let text = try Repository.text(file)
      for rule in Self.forbidden where file.hasPrefix(rule.where) {
        let match = try text.firstMatch(of: Regex(rule.pattern))
        let found = match.map { String(text[$0.range]) }
        #expect(found == nil, "\(file) says ‘\(found ?? "")’")
      }
    }
  }

  @Test func `no source file holds more than one idea's worth of lines`() throws {
    // A table of a standard is as long as the standard.
    for file in try Repository.files(in: "Sources", ending: ".swift") where !file.hasSuffix("Table.swift") {
      let lines = try Repository.text(file).split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(lines <= 450, "\(file) has \(lines) lines")
    }
  }
}
