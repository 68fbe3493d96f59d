internal import FoundationEssentials
internal import GRDB
public import Ledger

/// A sealed store in one SQLite file. What is removed or replaced is overwritten in the file, so that a destroyed key is
/// not to be found in it.
///
/// It keeps a rollback journal and no write-ahead log: a log would hold removed bytes until its next checkpoint.
public final class SQLiteSealedStore: SealedStore {
  private let queue: DatabaseQueue
  private let path: String

  /// "TnSl", in the header of the file.
  private static let applicationID = 0x546E_536C

  /// What a store is opened for.
  public enum Access: Hashable, Sendable {
    /// Reading and writing; a file that does not exist is made. For the beginning of a study, and nothing else.
    case create
    /// Reading and writing; a file that is missing or empty is damaged.
    case readWrite
    /// Reading alone; nothing is made beside the file.
    case readOnly
  }

  /// Opens a store; `.create` makes it if there is none.
  ///
  /// - Throws: `StoreFailure` if the file is missing, another one, damaged, or not written durably.
  public init(path: String, access: Access = .create) throws {
    self.path = path
    let size = StoreFile.size(of: path)
    guard size != 0, access == .create || size != nil else { throw StoreFailure.lost(path, isThere: size != nil) }
    if access == .create { PrivateFile.make(path) }
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.readonly = access == .readOnly
    configuration.prepareDatabase { db in
      guard access != .readOnly else { return try db.execute(sql: "PRAGMA cell_size_check = ON") }
      try db.execute(
        sql: """
          PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON;
          PRAGMA cell_size_check = ON
          """)
    }
    self.queue = try StoreFailure.translating(path) {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.read { db in try SQLiteSealedStore.requireStore(db, path, access) }
      guard access != .readOnly else { return queue }
      try queue.write { db in try SQLiteSealedStore.prepare(db) }
      try queue.writeWithoutTransaction { db in try SQLiteSealedStore.requireSafe(db, path) }
      return queue
    }
  }

  private static func requireStore(_ db: Database, _ path: String, _ access: Access) throws {
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    guard id == applicationID || (access == .create && id == 0 && tables == 0) else {
      throw StoreFailure(
        .notALedger, found: "\(path) is an SQLite file, but no store of sealed data.", remedy: "Give another path.")
    }
    let problems = try String.fetchAll(db, sql: "PRAGMA quick_check(5)")
    guard problems == ["ok"] else {
      throw StoreFailure(
        .damaged, found: "\(path): \(problems.joined(separator: "; ")).",
        remedy: "Stop working with this file, keep it as it is, and restore the last backup.")
    }
  }

  private static func prepare(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS sealed (
          kind TEXT NOT NULL, key TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (kind, key)
        ) STRICT, WITHOUT ROWID;
        PRAGMA application_id = \(applicationID);
        """)
  }

  private static func requireSafe(_ db: Database, _ path: String) throws {
    let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
    let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode")
    let isOverwriting = try Int.fetchOne(db, sql: "PRAGMA secure_delete")
    guard synchronous == 3, journal == "delete", isOverwriting == 1 else {
      throw StoreFailure(
        .notDurable,
        found: "\(path): synchronous is \(synchronous ?? -1), journal_mode \(journal ?? "unknown"), secure_delete "
          + "\(isOverwriting ?? -1); 3, delete and 1 are needed.",
        remedy: "Put the file on a local disk, not on a network share.")
    }
  }

  /// The bytes under a name.
  public func bytes(_ name: SealedName) async throws -> [UInt8]? {
    try await translating { queue in
      try await queue.read { db in try Self.bytes(name, db) }
    }
  }

  /// Every name of a kind, in order.
  public func names(of kind: String) async throws -> [SealedName] {
    try await translating { queue in
      try await queue.read { db in
        try String.fetchAll(db, sql: "SELECT key FROM sealed WHERE kind = ? ORDER BY key", arguments: [kind])
          .map { SealedName(kind, $0) }
      }
    }
  }

  /// Makes all changes, or none.
  public func write(_ changes: [SealedChange], expecting expected: [SealedName: [UInt8]?]) async throws -> Bool {
    try await translating { queue in
      try await queue.write { db in
        for (name, bytes) in expected where try Self.bytes(name, db) != bytes { return false }
        for change in changes {
          switch change {
          case .put(let bytes, let name):
            try db.execute(
              sql: """
                INSERT INTO sealed (kind, key, bytes) VALUES (?, ?, ?)
                ON CONFLICT (kind, key) DO UPDATE SET bytes = excluded.bytes
                """, arguments: [name.kind, name.key, Data(bytes)])
          case .remove(let name):
            try db.execute(sql: "DELETE FROM sealed WHERE kind = ? AND key = ?", arguments: [name.kind, name.key])
          }
        }
        return true
      }
    }
  }

  /// Copies the store while it is in use.
  ///
  /// - Parameter destination: a file that does not exist yet, in a folder that does.
  /// - Throws: `StoreFailure` (`ledger-exists` if something is there already).
  public func backUp(to destination: String) async throws {
    guard !FileManager.default.fileExists(atPath: destination) else {
      throw StoreFailure(
        .exists, found: "\(destination) exists already.", remedy: "Give a new path; nothing is ever overwritten.")
    }
    PrivateFile.make(destination)
    try await translating { queue in
      let target = try DatabaseQueue(path: destination)
      try queue.backup(to: target)
      try target.close()
    }
  }

  /// Closes the file; the store cannot be used after it.
  public func close() throws { try queue.close() }

  private static func bytes(_ name: SealedName, _ db: Database) throws -> [UInt8]? {
    try Data.fetchOne(
      db, sql: "SELECT bytes FROM sealed WHERE kind = ? AND key = ?", arguments: [name.kind, name.key]
    ).map { Array($0) }
  }

  private func translating<T: Sendable>(_ body: (DatabaseQueue) async throws -> T) async throws -> T {
    do { return try await body(queue) } catch { throw StoreFailure.translated(error, path) }
  }
}
