import Foundation
import GRDB
import Ledger
import LedgerSQLite
import LedgerTesting
import Testing

/// A folder of its own for a test, removed afterwards.
func withFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
  let folder = FileManager.default.temporaryDirectory.appending(path: "ledger-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

extension URL {
  var ledger: String { appending(path: "ledger.sqlite").path }
}

/// The id of the failure that something ends in.
func reason(_ body: () async throws -> Void) async throws -> StoreFailure.Reason? {
  do {
    try await body()
    return nil
  } catch let failure as StoreFailure {
    // Whatever fails says what to do.
    #expect(!failure.remedy.isEmpty && failure.description.hasPrefix(failure.reason.rawValue))
    return failure.reason
  }
}

/// Changes a file as somebody with another program would: past the triggers, which are put back.
func tamper(_ path: String, _ sql: String) throws {
  let queue = try DatabaseQueue(path: path)
  try queue.writeWithoutTransaction { db in
    let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
    try db.execute(sql: sql)
    for trigger in triggers { try db.execute(sql: trigger[1]) }
    _ = try db.checkpoint(.truncate)
  }
  try queue.close()
}

func loadKey() throws -> SigningKey {
  try SigningKey(name: "ledger.example/load", seed: [UInt8](repeating: 9, count: 32))
}
