internal import FoundationEssentials
internal import GRDB
internal import Ledger

/// The statements, each once.
enum Rows {
  /// Events by their stored form. The hash is computed anew and compared, so that a changed byte is not read as a fact.
  static func events(_ db: Database, sql: String, _ arguments: StatementArguments) throws -> [Envelope] {
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
    var events: [Envelope] = []
    while let row = try rows.next() {
      let body: Data = row[1]
      let envelope = try Envelope(canonical: Array(body))
      guard let hash = row[0] as Data?, Digest(bytes: hash) == envelope.hash else {
        throw StoreFailure.damaged(
          "event \(envelope.position) (\(envelope.event.stream), version \(envelope.version)).")
      }
      events.append(envelope)
    }
    return events
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
        throw StoreFailure.damaged("event \(position + leaves.count + 1) is not where it must be.")
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
      throw StoreFailure.damaged("a checkpoint cannot be read: \(error).")
    }
    guard row[0] == checkpoint.checkpoint.head.position else {
      throw StoreFailure.damaged("the checkpoint of \(checkpoint.checkpoint.head.position) events is filed wrongly.")
    }
    return checkpoint
  }
}
