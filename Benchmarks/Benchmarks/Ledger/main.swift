// How many durable appends a second the ledger takes, against plain SQLite that does the same disk syncs in the same run,
// and how quickly 20,000 events are read. Run: `swift run -c release ledger-rates [FOLDER]`, on the disk in question.

import ClinicalValues
import Foundation
import GRDB
import Ledger
import LedgerSQLite

let folder = URL(filePath: CommandLine.arguments.dropFirst().first ?? ".")
  .appending(path: "ledger-rates-\(UUID().uuidString)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

let clock = ContinuousClock()

func seconds(_ body: () async throws -> Void) async throws -> Double {
  let start = clock.now
  try await body()
  let passed = clock.now - start
  return Double(passed.components.seconds) + Double(passed.components.attoseconds) / 1e18
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func text(_ value: Double, _ digits: Int = 0) -> String { String(format: "%.\(digits)f", value) }

let payload = try CanonicalJSON(
  .object(["form": .string("vitalSigns"), "note": .string(String(repeating: "as measured ", count: 8))]))

func append(_ stream: StreamID, _ version: Version) -> Append {
  Append(
    expected: [stream: version],
    events: [
      NewEvent(
        stream: stream, type: "formSaved", payloadVersion: 1, payload: payload,
        happened: Moment(now, offsetMinutes: 480, zone: "Asia/Shanghai"),
        actor: Actor(account: "li.wei", role: "investigator", site: "01"), origin: .web)
    ], recorded: now)
}

/// The time of one sync of 4 KiB, the unit in which all below is paid.
func syncMicroseconds() async throws -> Double {
  let path = folder.appending(path: "sync").path
  let file = open(path, O_CREAT | O_WRONLY, 0o600)
  defer { close(file) }
  let page = [UInt8](repeating: 1, count: 4096)
  var times: [Double] = []
  for _ in 0..<200 {
    _ = write(file, page, page.count)
    times.append(try await seconds { _ = fdatasync(file) } * 1e6)
  }
  return median(times)
}

/// One insert a transaction, of a row of the same size.
final class PlainSQLite: Sendable {
  let queue: DatabaseQueue
  let body: Data

  init(body: Data) throws {
    self.body = body
    queue = try DatabaseQueue(path: folder.appending(path: "plain.sqlite").path)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
      try db.execute(
        sql: """
          CREATE TABLE event (position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, hash BLOB, body BLOB,
            UNIQUE (stream, version))
          """)
    }
  }

  func append(_ version: Int) throws {
    try queue.write { db in
      try db.cachedStatement(sql: "INSERT INTO event (stream, version, hash, body) VALUES ('a', ?, zeroblob(32), ?)")
        .execute(arguments: [version, body])
    }
  }
}

let now = Instant(milliseconds: 1_795_422_600_000)
let key = try SigningKey(name: "ledger.example/rates", seed: [UInt8](repeating: 3, count: 32))
let ledger = try SQLiteEventStore(path: folder.appending(path: "ledger.sqlite").path)
let sealed = try SQLiteEventStore(path: folder.appending(path: "sealed.sqlite").path, sealing: key)
let stream = StreamID("participant/01-0001")!
let first = try await ledger.append(append(stream, 0))[0]
_ = try await sealed.append(append(stream, 0))
let plain = try PlainSQLite(body: Data(first.canonical))

print(
  "sync of 4 KiB: \(text(try await syncMicroseconds())) us (median of 200); event of \(first.canonical.count) bytes")

// In turn, so that a slow minute of the disk touches all alike.
let (rounds, count) = (9, 200)
var rates: [[Double]] = [[], [], []]
for round in 0..<rounds {
  rates[0].append(Double(count) / (try await seconds { for i in 0..<count { try plain.append(round * count + i) } }))
  for (place, store) in [ledger, sealed].enumerated() {
    let time = try await seconds {
      for i in 0..<count { _ = try await store.append(append(stream, 1 + round * count + i)) }
    }
    rates[place + 1].append(Double(count) / time)
  }
}
for (name, rate) in zip(["plain SQLite", "ledger", "ledger, a signed checkpoint a commit"], rates) {
  let share = median(zip(rate, rates[0]).map { $0 / $1 })
  print("\(name), one writer: \(text(median(rate))) appends/s, \(text(share * 100)) % of plain (median of \(rounds))")
}

let writers = 16
for (name, store) in [("ledger", ledger), ("ledger, a signed checkpoint a commit", sealed)] {
  let each = 200
  let time = try await seconds {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<writers {
        group.addTask {
          let stream = StreamID("site/\(writer)")!
          for version in 0..<each { _ = try await store.append(append(stream, version)) }
        }
      }
      try await group.waitForAll()
    }
  }
  let rate = Double(writers * each) / time
  print("\(name), \(writers) writers: \(text(rate)) appends/s, \(text(rate / median(rates[0]), 1)) times plain SQLite")
}

// A casebook of 20,000 events, appended 100 at a time, then read, verified and exported.
let large = try SQLiteEventStore(path: folder.appending(path: "large.sqlite").path)
for batch in 0..<200 {
  var many = append(stream, batch * 100)
  many.events = Array(repeating: many.events[0], count: 100)
  _ = try await large.append(many)
}
let reading = try await seconds { _ = try await large.events(of: stream, after: 0) }
let verifying = try await seconds { _ = try await large.verifyFully() }
nonisolated func export(_ store: SQLiteEventStore, _ key: SigningKey, at time: Instant) async throws -> [UInt8] {
  var bytes: [UInt8] = []
  try await LedgerExport.write(store, key: key, exported: time) { bytes += $0 }
  return bytes
}
var exported: [UInt8] = []
let exporting = try await seconds { exported = try await export(large, key, at: now) }
let checking = try await seconds { _ = try LedgerExport.verify(LineReader(exported), keys: [key.verifier]) }
let opening = try await seconds { try SQLiteEventStore(path: folder.appending(path: "large.sqlite").path).close() }
print(
  """
  20,000 events: read \(text(reading, 2)) s, verified \(text(verifying, 2)) s, exported \(text(exporting, 2)) s \
  (\(exported.count / 1_000_000) MB), export verified \(text(checking, 2)) s, opened \(text(opening, 3)) s
  """)
