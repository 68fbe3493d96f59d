internal import FoundationEssentials
internal import GRDB
internal import Ledger

/// The statements, each once.
enum Rows {
  /// Events by their stored form. The hash is computed anew and compared, and the columns by which events are found are
  /// compared with what the event says, so that a changed byte is not read as a fact.
  ///
  /// - Parameters:
  ///   - condition: which, and in what order.
  ///   - first: where the first of them stands, if that is known: what cannot be read is named by it.
  static func events(
    _ db: Database, _ condition: String, _ arguments: StatementArguments, from first: Position? = nil
  ) throws -> [Envelope] {
    var events: [Envelope] = []
    do {
      let rows = try Row.fetchCursor(
        db.cachedStatement(sql: "SELECT position, stream, version, hash, body FROM event \(condition)"),
        arguments: arguments)
      while let row = try rows.next() { events.append(try event(row)) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      guard let first else { throw error }
      throw StoreFailure.damaged(
        "SQLite says '\(error.message ?? "nothing")'.", at: EventPlace(position: first + events.count))
    }
    return events
  }

  private static func event(_ row: Row) throws -> Envelope {
    let place = place(row)
    let envelope: Envelope
    do { envelope = try Envelope(canonical: Data.fromDatabaseValue(row[4]).map(Array.init) ?? []) } catch {
      throw StoreFailure.damaged("\(error.problem).", at: place)
    }
    guard Data.fromDatabaseValue(row[3]).flatMap({ Digest(bytes: $0) }) == envelope.hash else {
      throw StoreFailure.damaged("its hash is not that of its content.", at: place)
    }
    guard envelope.position == place.position, envelope.event.stream == place.stream, envelope.version == place.version
    else {
      throw StoreFailure.damaged(
        "it is filed as position \(place.position) of the ledger and version \(place.version ?? 0) of "
          + "\(place.stream?.description ?? "no stream"), and says that it is position \(envelope.position) and version "
          + "\(envelope.version) of \(envelope.event.stream).", at: place)
    }
    return envelope
  }

  private static func place(_ row: Row) -> EventPlace {
    EventPlace(
      position: Int.fromDatabaseValue(row[0]) ?? 0, stream: String.fromDatabaseValue(row[1]).flatMap { StreamID($0) },
      version: Int.fromDatabaseValue(row[2]))
  }

  /// The last event; nil if there is none.
  static func lastEvent(_ db: Database) throws -> Envelope? {
    try events(db, "ORDER BY position DESC LIMIT 1", []).first
  }

  static func leaves(_ db: Database, after position: Position, upTo end: Position) throws -> [Digest] {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: "SELECT position, hash FROM event WHERE position > ? AND position <= ? ORDER BY position"),
      arguments: [position, end])
    var leaves: [Digest] = []
    while let row = try rows.next() {
      let found: Int = row[0]
      guard found == position + leaves.count + 1, let hash = row[1] as Data?, let leaf = Digest(bytes: hash) else {
        throw StoreFailure.damaged(
          "it is not where it must be.", at: EventPlace(position: position + leaves.count + 1))
      }
      leaves.append(leaf)
    }
    return leaves
  }

  static func lastPosition(_ db: Database) throws -> Position {
    try Int.fetchOne(db.cachedStatement(sql: "SELECT max(position) FROM event")) ?? 0
  }

  static func version(of stream: StreamID, _ db: Database) throws -> Version {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT max(version) FROM event WHERE stream = ?"), arguments: [stream.description]) ?? 0
  }

  static func insert(_ envelope: Envelope, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO event (position, stream, version, hash, body) VALUES (?, ?, ?, ?, ?)")
      .execute(arguments: [
        envelope.position, envelope.event.stream.description, envelope.version, Data(envelope.hash.bytes),
        Data(envelope.canonical),
      ])
  }

  /// Bytes that are there already, from an earlier append, stay as they are.
  static func insert(attachment bytes: [UInt8], _ digest: Digest, _ position: Position, _ db: Database) throws {
    try db.cachedStatement(
      sql: "INSERT INTO attachment (digest, position, bytes) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING"
    ).execute(arguments: [Data(digest.bytes), position, Data(bytes)])
  }

  static func insert(_ checkpoint: SignedCheckpoint, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO checkpoint (size, note) VALUES (?, ?)")
      .execute(arguments: [checkpoint.checkpoint.head.position, checkpoint.description])
  }

  static func checkpoints(_ db: Database) throws -> [SignedCheckpoint] {
    try Row.fetchAll(db, sql: "SELECT size, note FROM checkpoint ORDER BY size, id").map(checkpoint)
  }

  static func lastCheckpoint(_ db: Database) throws -> SignedCheckpoint? {
    try Row.fetchOne(db, sql: "SELECT size, note FROM checkpoint ORDER BY size DESC, id DESC LIMIT 1").map(checkpoint)
  }

  private static func checkpoint(_ row: Row) throws -> SignedCheckpoint {
    let checkpoint: SignedCheckpoint
    do { checkpoint = try SignedCheckpoint(row[1] as String) } catch {
      throw StoreFailure.damaged("a checkpoint cannot be read: \(error).", at: EventPlace(position: row[0]))
    }
    guard row[0] == checkpoint.checkpoint.head.position else {
      throw StoreFailure.damaged(
        "the checkpoint of \(checkpoint.checkpoint.head.position) events is filed as one of \(row[0] as Int).",
        at: EventPlace(position: row[0]))
    }
    return checkpoint
  }
}
