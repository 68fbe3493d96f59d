// Appends without end and prints what was acknowledged, until it is killed: the child of the crash test.
//
// Usage: ledger-load FILE WRITERS. Prints a line `STREAM VERSIONS` for each append, once it has returned.

import Foundation
import Ledger
import LedgerSQLite
import LedgerTesting

guard CommandLine.arguments.count == 3, let writers = Int(CommandLine.arguments[2]) else {
  FileHandle.standardError.write(Data("usage: ledger-load FILE WRITERS\n".utf8))
  exit(64)
}
let store = try SQLiteEventStore(
  path: CommandLine.arguments[1],
  sealing: try SigningKey(name: "ledger.example/load", seed: [UInt8](repeating: 9, count: 32)))

await withThrowingTaskGroup(of: Void.self) { group in
  for writer in 0..<writers {
    group.addTask {
      let stream = Facts.stream("participant/\(writer)")
      var version = try await store.events(of: stream, after: 0).count
      while true {
        // Two streams in one append: after a kill both events are there, or neither.
        let shared = Facts.stream("site/\(writer)")
        let append = Append(
          expected: [stream: version, shared: version],
          events: [Facts.event("\(stream)", "load \(version)"), Facts.event("\(shared)", "load \(version)")],
          recorded: Facts.time)
        _ = try await store.append(append)
        version += 1
        // One write call a line, so that lines of several writers do not mix.
        FileHandle.standardOutput.write(Data("\(stream) \(version)\n".utf8))
      }
    }
  }
}
