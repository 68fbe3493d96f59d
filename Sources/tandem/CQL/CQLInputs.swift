import CQL
import FHIR
import FoundationEssentials
import Rules

/// The files that `cql run` reads.
enum CQLInputs {
  /// The text of a library.
  static func library(_ path: String) throws -> LibrarySource {
    let bytes = try InputFile.bytes(path)
    do {
      return try LibrarySource(file: path, utf8: bytes)
    } catch {
      throw Unusable("\(error)")
    }
  }

  /// An included library: `NAME-VERSION.cql` or `NAME.cql` in a folder; nil where there is neither.
  static func library(named name: String, version: String?, in folder: String) -> LibrarySource? {
    guard !name.contains("/") else { return nil }
    let candidates = (version.map { ["\(name)-\($0)"] } ?? []) + [name]
    for candidate in candidates {
      let path = "\(folder)/\(candidate).cql"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      do { return try library(path) } catch {
        Terminal.say("\(error)")
        return nil
      }
    }
    return nil
  }

  /// The folder that a file lies in.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// A patient's record.
  static func record(_ path: String) throws -> RecordData {
    try InputFile.check(path)
    do {
      let record = try FHIR.Record.read(path: path)
      for problem in record.problems where problem.severity == .warning { Terminal.say(problem.description) }
      return RecordData(record)
    } catch {
      throw Unusable(error.description)
    }
  }

  /// A folder of value sets.
  static func valueSets(_ path: String) throws -> ValueSetFolder {
    let sets = ValueSetFolder(try InputFile.valueSets(in: path))
    for problem in sets.problems { Terminal.say(problem.description) }
    return sets
  }
}
