import Foundation
import Ledger
import LedgerSQLite
import LedgerTesting
import Testing

/// Kills a program that appends under load, and looks at what it left.
struct CrashTests {
  static let program: URL = {
    var folder = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(filePath: ".build/debug")
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    if let bundle { folder = URL(filePath: bundle).deletingLastPathComponent() }
    return folder.appending(path: "ledger-load")
  }()

  /// Runs the program until it has acknowledged so many appends, then kills it; what it had acknowledged by then.
  static func load(_ ledger: String, killedAfter count: Int, spinning: Int) throws -> [String: Int] {
    let process = Process()
    process.executableURL = program
    process.arguments = [ledger, "8"]
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    var text = Data()
    while text.count(where: { $0 == 0x0A }) < count {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { break }
      text += more
    }
    // Not always right after an acknowledgement: some work in between makes the moment fall anywhere.
    var work = 0
    for step in 0..<spinning { work = work &* 31 &+ step }
    #expect(process.isRunning && work != 1)
    kill(process.processIdentifier, SIGKILL)
    text += output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    var acknowledged: [String: Int] = [:]
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast()
    {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let version = Int(parts[1]) else { continue }
      acknowledged[String(parts[0])] = max(acknowledged[String(parts[0])] ?? 0, version)
    }
    return acknowledged
  }

  @Test func `a program that is killed under load has kept every acknowledged event whole`() async throws {
    let rounds = ProcessInfo.processInfo.environment["TANDEM_LONG"] == nil ? 20 : 200
    var random = Seeded(20_261_123)
    try await withFolder { folder in
      var before = 0
      for round in 0..<rounds {
        let acknowledged = try Self.load(
          folder.ledger, killedAfter: Int.random(in: 1...60, using: &random),
          spinning: Int.random(in: 0...400_000, using: &random))
        let store = try SQLiteEventStore(path: folder.ledger)
        let report = try await store.verifyFully(keys: [try loadKey().verifier])
        #expect(!acknowledged.isEmpty && report.head.position > before, "round \(round)")
        before = report.head.position
        for (stream, version) in acknowledged {
          let site = stream.replacing("participant", with: "site")
          let events = try await store.events(of: Facts.stream(stream), after: 0)
          #expect(events.count >= version, "round \(round): \(stream) lost an acknowledged event")
          let others = try await store.events(of: Facts.stream(site), after: 0)
          #expect(others.count == events.count, "round \(round): half an append is there")
        }
        try store.close()
      }
      print("killed \(rounds) times, \(before) events, all acknowledged ones there")
    }
  }
}
