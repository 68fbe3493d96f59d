import ClinicalValues
import Foundation
import GRDB
import Ledger
import LedgerTesting
import Testing

@testable import LedgerSQLite

/// The regulatory statements that fall to the ledger, by their numbers.
struct AuditTrailTests {
  @Test func `regulatory 5, 34: a copy of the whole verifies with the public key alone, and no change passes unseen`()
    async throws
  {
    try await withFolder { folder in
      let key = try loadKey()
      let store = try SQLiteEventStore(path: folder.ledger, sealing: key)
      try await Facts.fill(store, streams: ["study", "participant/01-0001"], count: 12)
      var bytes: [UInt8] = []
      try await LedgerExport.write(store, key: key, exported: Facts.time) { bytes += $0 }
      let report = try LedgerExport.verify(LineReader(bytes), keys: [try VerifierKey("\(key.verifier)")])
      #expect(try await report.head == store.head())
      let text = String(decoding: bytes, as: UTF8.self)
      let altered = Array(text.replacing("fact 6", with: "fact 5").utf8)
      #expect { try LedgerExport.verify(LineReader(altered), keys: [key.verifier]) } throws: {
        ($0 as? LedgerFault)?.position == 7
      }
    }
  }

  @Test func `regulatory 13: every append is kept whole, and the ledger itself adds place, time and a name of its own`()
    async throws
  {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger)
      let appends = [
        Facts.append("study", at: 0), Facts.append("study", at: 1, "correction of the first"),
        Facts.append("site/01", at: 0),
      ]
      for append in appends { _ = try await store.append(append) }
      try store.close()
      let events = try await SQLiteEventStore(path: folder.ledger, access: .readOnly).events(after: 0, limit: 10)
      // Who, what, when it happened, from where and why: nothing of it is lost or made up.
      #expect(events.map(\.event) == appends.flatMap(\.events))
      #expect(events.map(\.recorded) == appends.map(\.recorded))
      #expect(events.map(\.position) == [1, 2, 3] && events.map(\.version) == [1, 2, 1])
      #expect(Set(events.map(\.id)).count == 3 && Set(events.map(\.hash)).count == 3)
    }
  }

  @Test(arguments: [
    "UPDATE event SET body = x'00'", "DELETE FROM event", "UPDATE event SET position = position + 10",
    "REPLACE INTO event SELECT position, stream, version, hash, x'00' FROM event",
    "UPDATE attachment SET bytes = x'00'",
    "DELETE FROM attachment", "UPDATE checkpoint SET size = 1", "DELETE FROM checkpoint",
    "REPLACE INTO attachment SELECT id, digest, position, x'00' FROM attachment",
    "INSERT OR REPLACE INTO checkpoint SELECT id, 1, note FROM checkpoint",
  ]) func `regulatory 14: nobody can change or remove what was recorded by a statement`(_ sql: String) async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger, sealing: try loadKey())
      try await Facts.fill(store, streams: ["study"], count: 6)
      await #expect(throws: DatabaseError.self) {
        try await store.pool.writeWithoutTransaction { try $0.execute(sql: sql) }
      }
      #expect(try await store.verifyFully().head.position == 6)
    }
  }

  @Test(arguments: [
    "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'fact 2', 'fact 9') AS BLOB) WHERE position = 3",
    "DELETE FROM event WHERE position = 3", "DELETE FROM event WHERE position = 6",
    "UPDATE event SET hash = zeroblob(32) WHERE position = 2",
    "UPDATE event SET position = 99 WHERE position = 3; UPDATE event SET position = 3 WHERE position = 4",
    "UPDATE attachment SET bytes = x'00'", "DELETE FROM attachment", "UPDATE checkpoint SET size = 2 WHERE size = 3",
    "INSERT INTO event SELECT 7, stream, 7, hash, body FROM event WHERE position = 6",
  ]) func `regulatory 14: what somebody changed past the program is detected`(_ sql: String) async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger, sealing: try loadKey())
      try await Facts.fill(store, streams: ["study"], count: 6)
      try store.close()
      try tamper(folder.ledger, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; \(sql)")
      await #expect(throws: (any Error).self) {
        let opened = try SQLiteEventStore(path: folder.ledger, access: .readOnly)
        _ = try await opened.verifyFully(keys: [try loadKey().verifier])
      }
    }
  }

  @Test func `regulatory 15: a correction leaves the first entry as it was`() async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger)
      let first = try await store.append(Facts.append("study", at: 0, "37.2"))
      _ = try await store.append(Facts.append("study", at: 1, "correction: 38.2"))
      let history = try await store.events(of: Facts.stream("study"), after: 0)
      #expect(history.count == 2 && history[0] == first[0])
      #expect(history.compactMap { $0.event.payload.value["text"]?.string } == ["37.2", "correction: 38.2"])
    }
  }

  @Test
  func `regulatory 16, 38: the time recorded is the server's in UTC, beside it stands when it happened, and where`()
    async throws
  {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger)
      let written = try await store.append(Facts.append("study", at: 0))
      let text = String(decoding: written[0].canonical, as: UTF8.self)
      #expect(text.contains("\"recorded\":\"\(Facts.time)\"") && "\(Facts.time)".hasSuffix("Z"))
      #expect(text.contains("+08:00[Asia/Shanghai]\""))
      #expect(written[0].recorded.milliseconds(since: written[0].event.happened.instant) == 90 * 60_000)
      // A day on which clocks go back: one hour is lived twice, and the offset tells which.
      let twice = [120, 60].map { offset in
        Moment(
          Instant(milliseconds: 1_792_890_000_000 + (120 - offset) * 60_000), offsetMinutes: offset,
          zone: "Europe/Berlin")
      }
      #expect(twice[0] < twice[1] && Set(twice.map(\.description)).count == 2)
      #expect(twice.map { Moment($0.description) } == twice)
    }
  }
}
