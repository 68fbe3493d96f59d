import Foundation
import Ledger
import Testing

@testable import Trial

/// The shapes in which events stand in ledgers: `Examples/stored.txt`, a line an event: stream, type, fact.
@Suite(.serialized) struct StoredShapeTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Examples/stored.txt")

  private static func line(_ event: TrialEvent) throws -> String {
    let (type, fact) = try event.named()
    return "\(event.stream) \(type) \(try CanonicalJSON(fact))"
  }

  private static func kept() throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// With UPDATE_EXAMPLES=1 what is missing is added. A line is never taken out: ledgers hold events of its shape.
  @Test func `every event is stored in a shape that is on record`() throws {
    var examples: [String] = []
    for event in EventExamples.all {
      let line = try Self.line(event)
      if !examples.contains(line) { examples.append(line) }
    }
    if ProcessInfo.processInfo.environment["UPDATE_EXAMPLES"] == "1" {
      let kept = (try? Self.kept()) ?? []
      let lines = kept + examples.filter { !kept.contains($0) }
      try (lines.joined(separator: "\n") + "\n").write(to: Self.file, atomically: true, encoding: .utf8)
    }
    let kept = Set(try Self.kept())
    #expect(examples.filter { !kept.contains($0) } == [], "a renamed member is a new version and a step in upcasters")
  }

  @Test func `whatever was stored is read, and nothing that it held is lost`() throws {
    let kept = try Self.kept()
    #expect(!kept.isEmpty)
    for line in kept {
      let parts = line.split(separator: " ", maxSplits: 2)
      try #require(parts.count == 3, "\(line)")
      let fact = try CanonicalJSON(parsing: parts[2]).value
      let event = try TrialEvent(
        type: String(parts[1]), fact: fact, stream: try #require(StreamID(parts[0]), "\(line)"))
      let (type, read) = try event.named()
      // A member that became optional under another name would be read as none, silently.
      #expect(type == parts[1] && read.holds(fact), "\(line)")
    }
  }
}

extension CanonicalJSON.Value {
  /// Whether all that another value says stands here, too: an event may have gained members since.
  fileprivate func holds(_ other: CanonicalJSON.Value) -> Bool {
    switch (self, other) {
    case (.object(let own), .object(let others)):
      others.allSatisfy { name, value in own[name].map { $0.holds(value) } ?? false }
    case (.array(let own), .array(let others)):
      own.count == others.count && zip(own, others).allSatisfy { $0.holds($1) }
    default: self == other
    }
  }
}
