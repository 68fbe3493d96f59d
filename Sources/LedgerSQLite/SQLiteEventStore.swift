// LedgerSQLite keeps a ledger in one SQLite file, through GRDB: write-ahead log, one writer, `synchronous` FULL.
//
// Not here: what an event means, what a checkpoint is (Ledger), where the file lies among a study's data.
//
// Always true: an append that returned is on the disk; one that threw has left nothing; rows of events, attachments
// and checkpoints are never updated or deleted (triggers refuse it).

internal import FoundationEssentials
internal import GRDB
public import Ledger
internal import Synchronization

/// A ledger in an SQLite file.
///
/// Appends that wait for the disk at the same time share one commit, each still all or nothing with its own check of
/// versions. Several processes may open one file: each append is decided on what the file holds. A subscription hears of
/// another process's events with the next append of its own.
///
/// Cost: an append is one disk sync, shared; opening, but for a verification, reads the whole file once (`PRAGMA quick_check`) and every leaf hash,
/// about a second for a million events; `verify` reads and hashes everything.
public final class SQLiteEventStore: EventStore {
  /// What a store is opened for.
  public enum Access: Hashable, Sendable {
    /// Reading and appending; a file that does not exist is made. For the beginning of a study, and nothing else.
    case create
    /// Reading and appending; a file that is missing or empty is damaged.
    case readWrite
    /// Reading alone: an append throws `ledger-read-only`. Where nothing can be written, nothing is.
    case readOnly
    /// Reading a copy that nobody writes to: nothing is made beside it.
    case atRest
    /// Reading to find out what was altered: nothing is checked at opening, so that `verifyFully` can name it.
    case verification

    var isWriting: Bool { self == .create || self == .readWrite }
  }

  let pool: DatabasePool
  private let path: String
  let writer: Writer
  private let signal = CommitSignal()

  /// Opens a ledger; `.create` makes it where there is none.
  ///
  /// - Parameters:
  ///   - path: the file; the folder must exist.
  ///   - access: what for.
  ///   - sealing: a key with which a checkpoint is signed and kept with every commit, so that who has the file but not
  ///     the key cannot rewrite it unseen.
  /// - Throws: `StoreFailure` if the file cannot be opened, is no ledger, is damaged, lacks the triggers that refuse
  ///   changes, or is of a newer release.
  public convenience init(path: String, access: Access = .create, sealing: SigningKey? = nil) throws {
    try self.init(path: path, access: access, sealing: sealing, greatestPages: nil)
  }

  /// - Parameter greatestPages: how many pages the file may have, which stands for the size of a disk in tests.
  package init(path: String, access: Access, sealing: SigningKey?, greatestPages: Int?) throws {
    self.path = path
    self.pool = try StoreFailure.translating(path) {
      let pool = try SQLiteFile.open(path, access)
      if let greatestPages {
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(greatestPages)") }
      }
      return pool
    }
    let frontier = try StoreFailure.translating(path) { [pool] in
      access == .verification ? Frontier() : try SQLiteFile.checkQuickly(pool)
    }
    self.writer = Writer(frontier: frontier, path: path, sealing: sealing)
    signal.committed(upTo: frontier.size)
  }

  /// Lets go of the file. Appends must have returned.
  public func close() throws { try StoreFailure.translating(path) { try pool.close() } }

  /// Writes all or nothing; see `EventStore`.
  public func append(_ append: Append) async throws -> [Envelope] {
    try append.validate()
    return try await withCheckedThrowingContinuation { continuation in
      if writer.enqueue(append, continuation) { drainHere() }
    }
  }

  /// The first to find the queue idle commits on its own thread: for a lone writer no other thread has to wake. Only one
  /// append at a time blocks its thread like this, for one commit; whoever comes meanwhile waits suspended.
  private func drainHere() {
    if pool.writeWithoutTransaction({ db in writer.drain(db, signal) }) { drainQueue() }
  }

  private func drainQueue() {
    pool.asyncWriteWithoutTransaction { [self] db in
      if writer.drain(db, signal) { drainQueue() }
    }
  }

  /// The events of the whole ledger after a position, in order.
  public func events(after position: Position, limit: Int) async throws -> [Envelope] {
    try await read { db in
      try Rows.events(
        db, "WHERE position > ? ORDER BY position LIMIT ?", [position, max(0, limit)], from: max(0, position) + 1)
    }
  }

  /// The events of one stream after a version, in order.
  public func events(of stream: StreamID, after version: Version) async throws -> [Envelope] {
    try await read { db in
      try Rows.events(db, "WHERE stream = ? AND version > ? ORDER BY version", [stream.description, version])
    }
  }

  /// The position of the last event, and the root over all.
  public func head() async throws -> Head {
    let position = try await read { try Rows.lastPosition($0) }
    if let head = writer.head, head.position == position { return head }
    // Another process has appended: its events are counted in with the next append of this one.
    return Head(position: position, root: MerkleTree.root(of: try await leaves(upTo: position)))
  }

  /// The bytes under a digest; nil if there are none.
  public func attachment(_ digest: Digest) async throws -> [UInt8]? {
    try await read { db in
      try Data.fetchOne(db, sql: "SELECT bytes FROM attachment WHERE digest = ?", arguments: [Data(digest.bytes)])
        .map(Array.init)
    }
  }

  /// The hashes of the first events, in order.
  public func leaves(upTo position: Position) async throws -> [Digest] {
    try await read { try Rows.leaves($0, after: 0, upTo: position) }
  }

  /// Keeps a checkpoint, if the ledger was ever at its head.
  public func keep(_ checkpoint: SignedCheckpoint) async throws {
    let head = checkpoint.checkpoint.head
    let leaves = try await leaves(upTo: head.position)
    try head.requireBeginning(of: leaves.count, rootThere: MerkleTree.root(of: leaves))
    do {
      try await pool.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try Rows.insert(checkpoint, db)
          return .commit
        }
      }
    } catch { throw StoreFailure.translated(error, path) }
  }

  /// The checkpoints kept, in the order of their sizes.
  public func checkpoints() async throws -> [SignedCheckpoint] {
    try await read { try Rows.checkpoints($0) }
  }

  /// Every event after a position, then each new one.
  public func subscribe(after position: Position) -> AsyncThrowingStream<Envelope, any Error> {
    signal.events(after: position) { [self] in try await events(after: $0, limit: $1) }
  }

  func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
    do { return try await pool.read(body) } catch { throw StoreFailure.translated(error, path) }
  }
}
