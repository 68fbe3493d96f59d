import ClinicalValues
import Foundation
import GRDB
import Ledger
import LedgerTesting
import Testing

@testable import LedgerSQLite

/// What was lost, emptied or tampered with: never begun anew, and named.
struct LossTests {
  private static let working: [SQLiteEventStore.Access] = [.readWrite, .readOnly, .atRest, .verification]

  /// A ledger of nine events, signed with every commit, closed.
  private func ledger(in folder: URL) async throws {
    let store = try SQLiteEventStore(path: folder.ledger, access: .create, sealing: try loadKey())
    try await Facts.fill(store, streams: ["study"], count: 9)
    try store.close()
    try tamper(folder.ledger, "SELECT 1")
  }

  /// The first fault that a verification finds.
  private func fault(in folder: URL) async throws -> LedgerFault? {
    let store = try SQLiteEventStore(path: folder.ledger, access: .verification)
    do { _ = try await store.verifyFully(keys: [try loadKey().verifier]) } catch let fault as LedgerFault {
      return fault
    }
    return nil
  }

  @Test func `a ledger that is missing or empty is refused, and not made, but where a study begins`() async throws {
    try await withFolder { folder in
      for access in Self.working {
        let expected: StoreFailure.Reason = access == .readWrite ? .damaged : .unreachable
        #expect(try await reason { _ = try SQLiteEventStore(path: folder.ledger, access: access) } == expected)
      }
      #expect(!FileManager.default.fileExists(atPath: folder.ledger))
      try Data().write(to: URL(filePath: folder.ledger))
      for access in Self.working + [.create] {
        #expect(try await reason { _ = try SQLiteEventStore(path: folder.ledger, access: access) } == .damaged)
      }
      #expect(try Data(contentsOf: URL(filePath: folder.ledger)).isEmpty)
    }
  }

  @Test func `a sealed store that is missing or empty is refused, and not made, but where a study begins`() async throws
  {
    try await withFolder { folder in
      let path = folder.appending(path: "keys.sqlite").path
      for access in [SQLiteSealedStore.Access.readWrite, .readOnly] {
        #expect(try await reason { _ = try SQLiteSealedStore(path: path, access: access) } == .damaged)
      }
      #expect(!FileManager.default.fileExists(atPath: path))
      try Data().write(to: URL(filePath: path))
      for access in [SQLiteSealedStore.Access.create, .readWrite, .readOnly] {
        #expect(try await reason { _ = try SQLiteSealedStore(path: path, access: access) } == .damaged)
      }
    }
  }

  @Test func `files and folders that are made are their owner's alone`() async throws {
    try await withFolder { folder in
      func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
      }
      let store = try SQLiteEventStore(path: folder.ledger)
      try await Facts.fill(store, streams: ["study"], count: 3)
      let backup = folder.appending(path: "backup/ledger.sqlite").path
      try await store.backUp(to: backup)
      let sealed = folder.appending(path: "sealed.sqlite").path
      let kept = folder.appending(path: "kept.sqlite").path
      try await SQLiteSealedStore(path: sealed).backUp(to: kept)
      for path in [folder.ledger, backup, sealed, kept] { #expect(try mode(path) == 0o600, "\(path)") }
      #expect(try mode(folder.appending(path: "backup").path) == 0o700)
    }
  }

  @Test(arguments: [
    (
      "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '\"happened\"', '\"hapqened\"') AS BLOB) WHERE position = 4",
      4
    ),
    (
      "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'fact 3', 'fact 9') AS BLOB) WHERE position IN (4, 7)",
      4
    ),
    ("UPDATE event SET hash = zeroblob(32) WHERE position = 2", 2),
    ("UPDATE event SET stream = 'site/01', version = 1 WHERE position = 6", 6),
    ("DELETE FROM event WHERE position = 3", 3),
    ("UPDATE checkpoint SET note = replace(note, 'example', 'exemple') WHERE size = 5", 5),
  ]) func `a verification names the first event that was altered or removed`(_ sql: String, _ position: Int)
    async throws
  {
    try await withFolder { folder in
      try await ledger(in: folder)
      try tamper(folder.ledger, sql)
      #expect(try await fault(in: folder)?.position == position)
    }
  }

  @Test func `an event whose hash was rewritten with it is named by the checkpoint of its commit`() async throws {
    try await withFolder { folder in
      try await ledger(in: folder)
      let store = try SQLiteEventStore(path: folder.ledger, access: .readOnly)
      let original = try await store.events(after: 4, limit: 1)[0]
      try store.close()
      let forged = Envelope(
        original.event, position: 5, version: 5, recorded: original.recorded.adding(seconds: 1), attachments: [])
      try tamper(
        folder.ledger,
        "UPDATE event SET hash = x'\(forged.hash)', body = x'\(forged.canonical.hexadecimal)' WHERE position = 5")
      #expect(try await reason { _ = try SQLiteEventStore(path: folder.ledger, access: .readOnly) } == .damaged)
      let fault = try #require(try await fault(in: folder))
      #expect(fault.position == 5 && fault.change == .altered, "\(fault)")
    }
  }

  @Test(arguments: [
    "DROP TRIGGER eventNoDELETE",
    "DROP TRIGGER eventNoUPDATE; CREATE TRIGGER eventNoUPDATE BEFORE UPDATE ON event BEGIN SELECT 1; END",
  ]) func `a ledger without what refuses changes is not opened, and a verification tells`(_ sql: String) async throws {
    try await withFolder { folder in
      try await ledger(in: folder)
      let queue = try DatabaseQueue(path: folder.ledger)
      try await queue.write { try $0.execute(sql: sql) }
      try queue.close()
      for access in [SQLiteEventStore.Access.readWrite, .readOnly, .atRest] {
        #expect(try await reason { _ = try SQLiteEventStore(path: folder.ledger, access: access) } == .damaged)
      }
      let store = try SQLiteEventStore(path: folder.ledger, access: .verification)
      await #expect { _ = try await store.verifyFully() } throws: { "\($0)".contains("append-only") }
    }
  }

  @Test func `a backup that can only be read is verified and restored from, and nothing is left beside it`()
    async throws
  {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger)
      try await Facts.fill(store, streams: ["study"], count: 5)
      let kept = folder.appending(path: "kept")
      let backup = kept.appending(path: "ledger.sqlite").path
      try await store.backUp(to: backup)
      let files = FileManager.default
      try files.setAttributes([.posixPermissions: 0o400], ofItemAtPath: backup)
      try files.setAttributes([.posixPermissions: 0o500], ofItemAtPath: kept.path)
      defer { try? files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: kept.path) }
      let restored = folder.appending(path: "restored/ledger.sqlite").path
      #expect(try await SQLiteEventStore.restore(from: backup, to: restored).head.position == 5)
      #expect(try files.contentsOfDirectory(atPath: kept.path) == ["ledger.sqlite"])
      let reader = try SQLiteEventStore(path: backup, access: .verification)
      #expect(try await reader.verifyFully().head.position == 5)
      try reader.close()
    }
  }

  @Test func `where the clock was set back is told, of the ledger and of its export`() async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger)
      let written = try await store.append(Facts.append("study", at: 0))
      // As a release before this one took them.
      for (version, minutes) in [(2, 60), (3, 10), (4, 11), (5, 70)] {
        let envelope = Envelope(
          written[0].event, position: version, version: version, recorded: Facts.time.adding(minutes: minutes),
          attachments: [])
        try await store.pool.write { try Rows.insert(envelope, $0) }
      }
      let found = try await store.verifyFully().regressions
      #expect(found.map(\.position) == [3] && found.first?.before == Facts.time.adding(minutes: 60))
      #expect(found.first?.type == written[0].event.type)
      let key = try loadKey()
      var bytes: [UInt8] = []
      try await LedgerExport.write(store, key: key, exported: Facts.time) { bytes += $0 }
      #expect(try LedgerExport.verify(LineReader(bytes), keys: [key.verifier]).regressions == found)
    }
  }

  @Test func `of appends that share a commit only the one whose clock is behind is refused`() async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger)
      var late = Facts.append("site/1", at: 0)
      late.recorded = Facts.time.adding(minutes: 5)
      _ = try await store.append(late)
      var good = Facts.append("site/2", at: 0)
      good.recorded = late.recorded
      let outcomes = try await GroupCommitTests.appendTogether([Facts.append("site/3", at: 0), good], to: store)
      #expect(outcomes.map { (try? $0.get()) != nil } == [false, true])
      #expect(try await store.head().position == 2)
    }
  }
}
