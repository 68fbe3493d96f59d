import Foundation
import GRDB
import Ledger
import LedgerSQLite
import LedgerTesting
import Testing

struct StoreTests {
  @Test(arguments: EventStoreContract.all) func `the ledger in an SQLite file keeps the contract`(
    _ clause: EventStoreContract
  ) async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger)
      try await clause.check(store)
      _ = try await store.verifyFully()
      try store.close()
    }
  }

  @Test func `what was appended is there when the file is opened again`() async throws {
    try await withFolder { folder in
      let first = try SQLiteEventStore(path: folder.ledger)
      try await Facts.fill(first, streams: ["study", "site/01"], count: 20)
      let (events, head) = (try await first.events(after: 0, limit: 100), try await first.head())
      try first.close()
      let second = try SQLiteEventStore(path: folder.ledger)
      #expect(try await second.events(after: 0, limit: 100) == events)
      #expect(try await second.head() == head)
      _ = try await second.append(Facts.append("study", at: 10))
      #expect(try await second.verifyFully().head.position == 21)
    }
  }

  @Test func `two programs append to one file, and neither overtakes the other`() async throws {
    try await withFolder { folder in
      let one = try SQLiteEventStore(path: folder.ledger)
      let two = try SQLiteEventStore(path: folder.ledger)
      _ = try await one.append(Facts.append("study", at: 0))
      await #expect(throws: Conflict(moved: [Facts.stream("study"): 1])) {
        _ = try await two.append(Facts.append("study", at: 0))
      }
      _ = try await two.append(Facts.append("study", at: 1))
      _ = try await one.append(Facts.append("study", at: 2))
      #expect(try await two.head() == one.head())
      #expect(try await two.verifyFully().head.position == 3)
    }
  }

  @Test func `a checkpoint is signed with every commit where a key is given`() async throws {
    try await withFolder { folder in
      let key = try loadKey()
      let store = try SQLiteEventStore(path: folder.ledger, sealing: key)
      for version in 0..<3 { _ = try await store.append(Facts.append("study", at: version)) }
      let kept = try await store.checkpoints()
      #expect(kept.map(\.checkpoint.head.position) == [1, 2, 3])
      #expect(try await store.verifyFully(keys: [key.verifier]).checkpoints == 3)
    }
  }

  @Test func `writes are synchronous, which is read back on the writer`() async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger)
      #expect(try await store.durability() == ["synchronous": "2", "journal_mode": "wal", "foreign_keys": "1"])
    }
  }

  /// The root over the eight events that `Facts.fill` makes; whatever a later release makes of them, these stay.
  static let root = "a1434bcc6b4d324916784999f55435fc7ab82e400216d2560149adfbcc1d49c0"

  /// Rewritten by `UPDATE_EXAMPLES=1`, once a release; stores of earlier releases stay.
  static let stores = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Stores")

  @Test func `a store of this release is kept for the next ones`() async throws {
    let kept = Self.stores.appending(path: "schema-1.sqlite")
    if ProcessInfo.processInfo.environment["UPDATE_EXAMPLES"] != nil {
      try await withFolder { folder in
        let store = try SQLiteEventStore(path: folder.ledger, sealing: try loadKey())
        try await Facts.fill(store, streams: ["study", "participant/01-0001"], count: 8)
        try? FileManager.default.removeItem(at: kept)
        try await store.backUp(to: kept.path)
      }
    }
    #expect(FileManager.default.fileExists(atPath: kept.path))
  }

  @Test func `regulatory 7: a store that an older release wrote is read, verified and continued`() async throws {
    let files = try FileManager.default.contentsOfDirectory(at: Self.stores, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "sqlite" }
    #expect(!files.isEmpty)
    for file in files {
      try await withFolder { folder in
        try FileManager.default.copyItem(atPath: file.path, toPath: folder.ledger)
        let store = try SQLiteEventStore(path: folder.ledger)
        let report = try await store.verifyFully(keys: [try loadKey().verifier])
        #expect(report.head.position == 8 && report.attachments == 1 && report.checkpoints == 8)
        #expect("\(report.head.root)" == Self.root, "\(file.lastPathComponent)")
        #expect(try await store.append(Facts.append("study", at: 4))[0].position == 9)
      }
    }
  }

  @Test func `a store of a newer release is refused, and left as it is`() async throws {
    try await withFolder { folder in
      try SQLiteEventStore(path: folder.ledger).close()
      try tamper(folder.ledger, "INSERT INTO grdb_migrations VALUES ('99')")
      #expect(try await reason { _ = try SQLiteEventStore(path: folder.ledger) } == .newer)
    }
  }
}
