import Foundation
import GRDB
import Ledger
import LedgerSQLite
import LedgerTesting
import Testing

struct FailureTests {
  @Test func `a full disk refuses the append, loses nothing, and takes the next when there is room`() async throws {
    try await withFolder { folder in
      let small = try SQLiteEventStore(path: folder.ledger, access: .create, sealing: nil, greatestPages: 40)
      let large = [UInt8](repeating: 7, count: 30_000)
      var acknowledged = 0
      let failure = try await reason {
        for version in 0..<50 {
          _ = try await small.append(
            Facts.append("study", at: version, attachments: [large + [UInt8(version)]]))
          acknowledged += 1
        }
      }
      #expect(failure == .full && acknowledged > 0 && acknowledged < 50)
      #expect(try await small.head().position == acknowledged)
      #expect(try await small.verifyFully().attachments == acknowledged)
      try small.close()
      let roomy = try SQLiteEventStore(path: folder.ledger)
      #expect(try await roomy.head().position == acknowledged)
      _ = try await roomy.append(Facts.append("study", at: acknowledged, attachments: [large]))
      _ = try await roomy.verifyFully()
    }
  }

  @Test func `an append that does not fit does not bring down those that share its commit`() async throws {
    try await withFolder { folder in
      let small = try SQLiteEventStore(path: folder.ledger, access: .create, sealing: nil, greatestPages: 40)
      let large = [UInt8](repeating: 7, count: 1_000_000)
      let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
        for writer in 0..<12 {
          group.addTask {
            let attachments = writer % 4 == 0 ? [large + [UInt8(writer)]] : []
            let failure = try await reason {
              _ = try await small.append(Facts.append("site/\(writer)", at: 0, attachments: attachments))
            }
            #expect(failure == (attachments.isEmpty ? nil : .full))
            return failure == nil
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(outcomes == 9)
      #expect(try await small.verifyFully().head.position == 9)
    }
  }

  @Test func `a ledger opened for reading is read, and refuses to be written to`() async throws {
    try await withFolder { folder in
      let writer = try SQLiteEventStore(path: folder.ledger)
      try await Facts.fill(writer, streams: ["study"], count: 3)
      let reader = try SQLiteEventStore(path: folder.ledger, access: .readOnly)
      #expect(try await reader.verifyFully().head.position == 3)
      #expect(try await reason { _ = try await reader.append(Facts.append("study", at: 3)) } == .readOnly)
      let checkpoint = try Checkpoint(origin: "a", head: try await reader.head()).signed(with: try loadKey())
      #expect(try await reason { try await reader.keep(checkpoint) } == .readOnly)
      #expect(try await writer.head().position == 3)
    }
  }

  @Test func `a changed byte is seen when it is read, and named by a verification`() async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger)
      try await Facts.fill(store, streams: ["study"], count: 30)
      try store.close()
      try tamper(folder.ledger, "SELECT 1")
      var bytes = try Data(contentsOf: URL(filePath: folder.ledger))
      let place = try #require(bytes.range(of: Data("\"text\":\"fact 17\"".utf8)))
      bytes[place.upperBound - 2] ^= 1
      try bytes.write(to: URL(filePath: folder.ledger))
      let damaged = try SQLiteEventStore(path: folder.ledger, access: .readOnly)
      #expect(try await damaged.events(after: 0, limit: 17).count == 17)
      await #expect {
        _ = try await damaged.verifyFully()
      } throws: {
        ($0 as? LedgerFault)?.position == 18 && "\($0)".contains("event 18 (study, version 18)")
      }
      #expect(try await reason { _ = try await damaged.events(of: Facts.stream("study"), after: 0) } == .damaged)
    }
  }

  @Test func `a page that is overwritten is found when the file is opened`() async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger)
      try await Facts.fill(store, streams: ["study"], count: 60)
      try store.close()
      try tamper(folder.ledger, "SELECT 1")
      let whole = try Data(contentsOf: URL(filePath: folder.ledger))
      var found = 0
      for page in 1..<whole.count / 4096 {
        var bytes = whole
        bytes.replaceSubrange(page * 4096..<page * 4096 + 64, with: [UInt8](repeating: 0x5A, count: 64))
        try bytes.write(to: URL(filePath: folder.ledger))
        if try await reason({ _ = try SQLiteEventStore(path: folder.ledger, access: .readOnly) }) == .damaged {
          found += 1
        }
      }
      // A page that holds only what is not asked for (GRDB's list of migrations) may pass the first look.
      #expect(found > 0 && found >= whole.count / 4096 - 3)
    }
  }

  @Test func `what is no ledger is refused, and left as it is`() async throws {
    try await withFolder { folder in
      let text = Data(String(repeating: "no database at all. ", count: 500).utf8)
      try text.write(to: URL(filePath: folder.ledger))
      #expect(try await reason { _ = try SQLiteEventStore(path: folder.ledger) } == .notALedger)
      #expect(try Data(contentsOf: URL(filePath: folder.ledger)) == text)
      let other = folder.appending(path: "other.sqlite").path
      let queue = try DatabaseQueue(path: other)
      try await queue.write { try $0.execute(sql: "CREATE TABLE accounts (id)") }
      try queue.close()
      #expect(try await reason { _ = try SQLiteEventStore(path: other) } == .notALedger)
      let nowhere = folder.appending(path: "no/such/folder/ledger.sqlite").path
      #expect(try await reason { _ = try SQLiteEventStore(path: nowhere) } == .unreachable)
      #expect(try await reason { _ = try SQLiteEventStore(path: nowhere, access: .readOnly) } == .unreachable)
    }
  }
}
