import Foundation
import Ledger
import LedgerSQLite
import LedgerTesting
import Testing

struct BackupTests {
  @Test func `regulatory 37: a backup made while the ledger is written to is checked, and restored to the same ledger`()
    async throws
  {
    try await withFolder { folder in
      let key = try loadKey()
      let store = try SQLiteEventStore(path: folder.ledger, sealing: key)
      try await Facts.fill(store, streams: ["study"], count: 40)
      let writing = Task {
        for version in 0..<60 { _ = try await store.append(Facts.append("site/01", at: version)) }
      }
      let backup = folder.appending(path: "backups/monday/ledger.sqlite").path
      let report = try await store.backUp(to: backup, keys: [key.verifier])
      try await writing.value
      #expect((40...100).contains(report.head.position))
      let beside = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "backups/monday").path)
      #expect(beside == ["ledger.sqlite"])
      let restored = folder.appending(path: "restored/ledger.sqlite").path
      #expect(try await SQLiteEventStore.restore(from: backup, to: restored, keys: [key.verifier]) == report)
      let second = try SQLiteEventStore(path: restored, sealing: key)
      #expect(
        try await second.events(after: 0, limit: 1000) == store.events(after: 0, limit: report.head.position))
      let version = try await second.events(of: Facts.stream("study"), after: 0).count
      _ = try await second.append(Facts.append("study", at: version))
      _ = try await second.verifyFully(keys: [key.verifier])
    }
  }

  @Test func `nothing that exists is overwritten`() async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger)
      try await Facts.fill(store, streams: ["study"], count: 3)
      let there = folder.appending(path: "there.sqlite").path
      try Data("something dear".utf8).write(to: URL(filePath: there))
      #expect(try await reason { try await store.backUp(to: there) } == .exists)
      #expect(try await reason { try await SQLiteEventStore.restore(from: folder.ledger, to: there) } == .exists)
      #expect(try await reason { try await SQLiteEventStore.restore(from: there, to: there + "2") } == .notALedger)
      #expect(try Data(contentsOf: URL(filePath: there)) == Data("something dear".utf8))
    }
  }

  @Test func `a backup that does not verify is not restored`() async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger, sealing: try loadKey())
      try await Facts.fill(store, streams: ["study"], count: 9)
      let backup = folder.appending(path: "backup.sqlite").path
      try await store.backUp(to: backup)
      try tamper(backup, "UPDATE attachment SET bytes = x'00'")
      let restored = folder.appending(path: "restored.sqlite").path
      await #expect(throws: LedgerFault.self) { try await SQLiteEventStore.restore(from: backup, to: restored) }
      #expect(!FileManager.default.fileExists(atPath: restored))
      #expect(!FileManager.default.fileExists(atPath: restored + ".partial"))
    }
  }
}
