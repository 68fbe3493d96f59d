internal import GRDB
internal import Ledger

/// The file itself: how it is opened, what it must be, and the shape of its tables.
enum SQLiteFile {
  /// "Tndm", in the header of the file: what `file(1)` and this program know it by.
  private static let applicationID = 0x546E_646D

  static func open(_ path: String, _ access: SQLiteEventStore.Access) throws -> DatabasePool {
    let size = StoreFile.size(of: path)
    switch (access, size) {
    case (.create, nil): PrivateFile.make(path)
    case (.create, 0): throw StoreFailure.lost(path, isThere: true)
    case (.readWrite, nil) where PrivateFile.isFolderThere(path): throw StoreFailure.lost(path, isThere: false)
    case (.readOnly, nil), (.atRest, nil), (.verification, nil):
      throw StoreFailure(.unreachable, found: "there is no file \(path).", remedy: "Give the path of a ledger.")
    case (.readWrite, 0), (.readOnly, 0), (.atRest, 0), (.verification, 0):
      throw StoreFailure.lost(path, isThere: true)
    default: break
    }
    guard access.isWriting else {
      return try ReadOnlyOpening(path, access).open { try requireLedger($0, path, access) }
    }
    let pool = try DatabasePool(path: path, configuration: configuration(isReadOnly: false))
    try requireLedger(pool, path, access)
    try migrator.migrate(pool)
    try requireDurable(pool, path)
    return pool
  }

  static func configuration(isReadOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      // REPLACE would else delete rows without asking the triggers; and a torn page is to be seen where it is read.
      try db.execute(sql: "PRAGMA recursive_triggers = ON; PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  private static func requireLedger(_ pool: DatabasePool, _ path: String, _ access: SQLiteEventStore.Access) throws {
    let (id, tables, isNewer) = try pool.read { db in
      let id = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      return (id, tables, id == applicationID ? try migrator.hasBeenSuperseded(db) : false)
    }
    guard id == applicationID || (access == .create && id == 0 && tables == 0) else {
      throw StoreFailure(
        .notALedger, found: "\(path) is an SQLite file, but no ledger.",
        remedy: "Give the path of a ledger; if this was one, restore the last backup.")
    }
    guard !isNewer else {
      throw StoreFailure(
        .newer, found: "\(path) was written by a newer release.", remedy: "Open it with that release or a later one.")
    }
  }

  /// GRDB sets `synchronous` to NORMAL when it opens a pool, which would lose acknowledged appends in a power cut: it is
  /// set to FULL afterwards, and read back on the very connection that writes.
  private static func requireDurable(_ pool: DatabasePool, _ path: String) throws {
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
      let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode")
      let foreignKeys = try Int.fetchOne(db, sql: "PRAGMA foreign_keys")
      guard synchronous == 2, journal == "wal", foreignKeys == 1 else {
        throw StoreFailure(
          .notDurable,
          found: "\(path): synchronous is \(synchronous ?? -1), journal_mode \(journal ?? "unknown"), foreign_keys "
            + "\(foreignKeys ?? -1); 2, wal and 1 are needed.",
          remedy: "Put the ledger on a local disk, not on a network share.")
      }
    }
  }

  /// Whether the file is whole, whether it refuses changes, and whether the tree over its leaves has the root of the last
  /// checkpoint kept.
  static func checkQuickly(_ pool: DatabasePool) throws -> Frontier {
    try pool.read { db in
      let problems = try String.fetchAll(db, sql: "PRAGMA quick_check(5)")
      guard problems == ["ok"] else { throw StoreFailure.damaged(problems.joined(separator: "; ") + ".") }
      guard try db.tableExists("event") else { return Frontier() }
      try requireTriggers(db)
      let last = try Rows.lastPosition(db)
      let checkpoint = try Rows.lastCheckpoint(db)
      var frontier = Frontier()
      for leaf in try Rows.leaves(db, after: 0, upTo: last) {
        frontier.append(leaf)
        if let head = checkpoint?.checkpoint.head, head.position == frontier.size, head != frontier.head {
          throw StoreFailure.damaged(
            "the events up to \(head.position) are not those of the checkpoint kept there; tandem ledger verify names the "
              + "first.")
        }
      }
      if let size = checkpoint?.checkpoint.head.position, size > last {
        throw StoreFailure.damaged("a checkpoint of \(size) events is kept, but there are only \(last).")
      }
      return frontier
    }
  }

  /// That the triggers which refuse UPDATE and DELETE are there, each as it was made.
  static func requireTriggers(_ db: Database) throws {
    let rows = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    let found = Dictionary(
      rows.map { ($0[0] as String, $0[1] as String?) }, uniquingKeysWith: { first, _ in first })
    let wrong = triggers.filter { found[$0.name] != $0.sql }.map(\.name)
    guard wrong.isEmpty else {
      throw StoreFailure.damaged(
        "what makes it append-only is missing or was altered (\(wrong.joined(separator: ", "))): rows may have been "
          + "changed or removed.")
    }
  }

  /// What refuses to change or remove a row.
  private static let triggers: [(name: String, sql: String)] = ["event", "attachment", "checkpoint"].flatMap { table in
    ["UPDATE", "DELETE"].map { act in
      (
        name: "\(table)No\(act)",
        sql: """
        CREATE TRIGGER \(table)No\(act) BEFORE \(act) ON \(table)
        BEGIN SELECT RAISE(ABORT, 'a ledger is append-only: correct by a new event'); END
        """
      )
    }
  }

  /// The tables, version by version; a version that was released is never changed.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(
        sql: """
          CREATE TABLE event (
            position INTEGER PRIMARY KEY CHECK (position > 0),
            stream TEXT NOT NULL,
            version INTEGER NOT NULL CHECK (version > 0),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            body BLOB NOT NULL,
            UNIQUE (stream, version)
          ) STRICT;
          CREATE TABLE attachment (
            id INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
            position INTEGER NOT NULL REFERENCES event (position),
            bytes BLOB NOT NULL
          ) STRICT;
          CREATE TABLE checkpoint (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL) STRICT;
          CREATE INDEX checkpointBySize ON checkpoint (size);
          PRAGMA application_id = \(applicationID);
          """)
      for trigger in triggers { try db.execute(sql: trigger.sql) }
    }
    return migrator
  }
}
