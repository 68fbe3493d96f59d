internal import Foundation
internal import GRDB
public import Ledger

extension SQLiteEventStore {
  /// Checks everything that `EventStore.verify` does, then the file from end to end (`PRAGMA integrity_check`, foreign
  /// keys), and that the triggers are there which refuse changes. Cost: reads and hashes the whole file.
  ///
  /// A file that may have been altered is opened with `.verification`: any other opening throws before this is asked.
  ///
  /// - Throws: `LedgerFault` with the first event that is not what it was; `StoreFailure` if the file is damaged in
  ///   another way.
  public func verifyFully(keys: [VerifierKey] = [], witnesses: [WitnessCode] = []) async throws -> LedgerReport {
    let size = try await read { try Rows.lastPosition($0) }
    let report = try await verify(upTo: size, keys: keys, witnesses: witnesses)
    try await read { db in
      let problems = try String.fetchAll(db, sql: "PRAGMA integrity_check(5)")
      guard problems == ["ok"] else { throw StoreFailure.damaged(problems.joined(separator: "; ") + ".") }
      guard try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") == nil else {
        throw StoreFailure.damaged("an attachment belongs to no event.")
      }
      try SQLiteFile.requireTriggers(db)
    }
    return report
  }

  /// Copies the ledger while it is in use (SQLite's online backup), verifies the copy, and only then gives it its name.
  ///
  /// - Parameter destination: a file that does not exist yet; its folder is made, and only its owner may enter it.
  /// - Returns: what the copy holds.
  /// - Throws: `StoreFailure` (`ledger-exists` if something is there already); `LedgerFault` if the copy does not verify.
  @discardableResult
  public func backUp(to destination: String, keys: [VerifierKey] = []) async throws -> LedgerReport {
    try await SQLiteEventStore.copy(self, to: destination, keys: keys)
  }

  /// Brings a ledger back from a backup: copies it beside its new place, verifies the copy, and only then puts it there.
  ///
  /// - Parameters:
  ///   - backup: the backup; it is only read, and nothing is made beside it.
  ///   - destination: a file that does not exist yet; its folder is made.
  /// - Returns: what was restored.
  /// - Throws: as `backUp`. Nothing that exists is overwritten.
  @discardableResult
  public static func restore(
    from backup: String, to destination: String, keys: [VerifierKey] = []
  ) async throws -> LedgerReport {
    let source = try SQLiteEventStore(path: backup, access: .atRest)
    let report = try await copy(source, to: destination, keys: keys)
    try source.close()
    return report
  }

  private static func copy(
    _ source: SQLiteEventStore, to destination: String, keys: [VerifierKey]
  ) async throws -> LedgerReport {
    let files = FileManager.default
    let partial = destination + ".partial"
    for path in [destination, destination + "-wal", partial] where files.fileExists(atPath: path) {
      throw StoreFailure(
        .exists, found: "\(path) exists already.", remedy: "Give a new path; nothing is ever overwritten.")
    }
    let folder = URL(fileURLWithPath: destination).deletingLastPathComponent()
    do {
      try PrivateFile.makeFolder(folder.path)
    } catch {
      throw StoreFailure(.unreachable, found: "\(folder.path) cannot be made: \(error).", remedy: "Give another path.")
    }
    do {
      let report = try await fill(partial, from: source, keys: keys)
      try dropLog(of: partial)
      try files.moveItem(atPath: partial, toPath: destination)
      try synchronize(folder.path)
      return report
    } catch {
      for suffix in ["", "-wal", "-shm", "-journal"] { try? files.removeItem(atPath: partial + suffix) }
      throw StoreFailure.translated(error, destination)
    }
  }

  private static func fill(
    _ partial: String, from source: SQLiteEventStore, keys: [VerifierKey]
  ) async throws -> LedgerReport {
    PrivateFile.make(partial)
    let target = try DatabaseQueue(path: partial)
    try source.pool.backup(to: target)
    try target.close()
    let copy = try SQLiteEventStore(path: partial, access: .readWrite)
    let report = try await copy.verifyFully(keys: keys)
    try await copy.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try copy.close()
    return report
  }

  /// A write-ahead log that was emptied into its file may stay behind, empty; under the new name it would be missing.
  private static func dropLog(of path: String) throws {
    let files = FileManager.default
    for suffix in ["-wal", "-shm"] where files.fileExists(atPath: path + suffix) {
      let size = StoreFile.size(of: path + suffix)
      guard suffix == "-shm" || size == 0 else {
        throw StoreFailure(.io, found: "the log of \(path) was not emptied.", remedy: "Check the disk, then repeat it.")
      }
      try files.removeItem(atPath: path + suffix)
    }
  }

  /// Makes the new name itself durable.
  private static func synchronize(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY)
    defer { if descriptor >= 0 { Foundation.close(descriptor) } }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw StoreFailure(.io, found: "the folder \(folder) cannot be synced.", remedy: "Check the disk and repeat it.")
    }
  }
}

extension SQLiteEventStore {
  /// What the connection that writes answers to the pragmas on which durability rests: `synchronous` (2 is FULL),
  /// `journal_mode`, `foreign_keys`.
  public func durability() async throws -> [String: String] {
    do {
      return try await pool.writeWithoutTransaction { db in
        var answers: [String: String] = [:]
        for pragma in ["synchronous", "journal_mode", "foreign_keys"] {
          answers[pragma] = try Row.fetchOne(db, sql: "PRAGMA \(pragma)").map { "\($0[0] as DatabaseValue)" }
            .map { $0.trimmingCharacters(in: ["\""]) }
        }
        return answers
      }
    } catch { throw StoreFailure.translated(error, "the ledger") }
  }
}
