import Foundation
import Testing

/// The table of ARCHITECTURE.md is the law: `Package.swift` and every `import` in `Sources` follow it.
struct ModuleBoundaries {
  /// What the toolchain brings along; modules of ours at level 0 to 3 use the small Foundation only.
  static let system: Set<String> = [
    "Swift", "Synchronization", "FoundationEssentials", "Foundation", "FoundationXML", "CoreFoundation", "Glibc",
    "Musl", "Darwin",
  ]

  struct Row {
    let level: Int
    let ours: Set<String>
    let outside: Set<String>
  }

  /// The rows of the code map, by module.
  static func table() throws -> [String: Row] {
    var rows: [String: Row] = [:]
    for line in try Repository.text("ARCHITECTURE.md").split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 5, let level = Int(cells[0]) else { continue }
      func names(_ cell: String) -> Set<String> {
        Set(cell.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0 != "-" })
      }
      rows[cells[1].trimmingCharacters(in: ["`"])] = Row(level: level, ours: names(cells[3]), outside: names(cells[4]))
    }
    return rows
  }

  /// The modules imported by a file.
  static func imports(_ text: String) -> Set<String> {
    var modules: Set<String> = []
    for match in text.matches(
      of:
        /(?m)^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public |package |internal |private )?import (?:struct |enum |class |func |protocol )?(\w+)/
    ) {
      modules.insert(String(match.1))
    }
    return modules
  }

  @Test func `imports point from a higher level to a lower one`() throws {
    let table = try Self.table()
    #expect(table.count >= 8)
    for (name, row) in table {
      for other in row.ours {
        let level = try #require(table[other], "\(name) may import \(other), which has no row").level
        #expect(level < row.level, "\(name) and \(other)")
      }
    }
  }

  @Test func `every import in Sources stands in the table`() throws {
    let table = try Self.table()
    for file in try Repository.files(in: "Sources", ending: ".swift") {
      let module = String(file.split(separator: "/")[1])
      let row = try #require(table[module], "\(file): the module has no row in ARCHITECTURE.md")
      let allowed = row.ours.union(row.outside).union(Self.system)
      let extra = Self.imports(try Repository.text(file)).subtracting(allowed)
      #expect(extra.isEmpty, "\(file) imports \(extra.sorted().joined(separator: ", "))")
    }
  }

  @Test func `Package.swift states the same edges as the table`() throws {
    let package = try Repository.text("Package.swift")
    for (name, row) in try Self.table() where name != "tandem" {
      let declaration = try #require(package.firstMatch(of: try Regex("module\\(\\s*\"\(name)\"[^)]*")))
      let text = String(package[declaration.range])
      let uses = text.firstMatch(of: /uses: \[([^\]]*)\]/).map { String($0.1) } ?? ""
      let named = Set(uses.matches(of: /"(\w+)"/).map { String($0.1) })
      #expect(named == row.ours, "\(name)")
    }
  }
}
