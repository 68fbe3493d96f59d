internal import GRDB
internal import Ledger
internal import Synchronization

/// The queue of appends before the one writer. What waits while a commit syncs shares the next commit.
final class Writer: Sendable {
  private struct Pending {
    let append: Append
    let continuation: CheckedContinuation<[Envelope], any Error>
  }

  private struct State {
    var waiting: [Pending] = []
    var isDraining = false
    var frontier: Frontier
    /// The last event; read from the file with the first append.
    var last: Envelope?
  }

  private let state: Mutex<State>
  private let path: String
  private let sealing: SigningKey?

  /// How many appends share a commit at most: it bounds what one failure makes to be tried again.
  private static let greatestBatch = 256

  init(frontier: Frontier, path: String, sealing: SigningKey?) {
    self.state = Mutex(State(frontier: frontier))
    self.path = path
    self.sealing = sealing
  }

  /// The head as of the last commit of this process.
  var head: Head? { state.withLock { $0.frontier.head } }

  /// How many appends wait for a commit.
  var waiting: Int { state.withLock { $0.waiting.count } }

  /// Puts an append into the queue; true if the queue must be drained, as nobody is doing so.
  func enqueue(_ append: Append, _ continuation: CheckedContinuation<[Envelope], any Error>) -> Bool {
    state.withLock { state in
      state.waiting.append(Pending(append: append, continuation: continuation))
      defer { state.isDraining = true }
      return !state.isDraining
    }
  }

  /// Commits the next batch, on the writer's connection. True if more is waiting: the caller comes back then, after
  /// others who want the connection have had it.
  func drain(_ db: Database, _ signal: CommitSignal) -> Bool {
    let batch = next()
    let outcomes: [Result<[Envelope], any Error>]
    do {
      outcomes = try commit(batch.map(\.append), db)
    } catch let failure as StoreFailure where batch.count > 1 && Writer.mayBeOneAppends.contains(failure.reason) {
      // One append must not bring down its neighbors: each is tried alone.
      outcomes = batch.map { pending in
        Result { try commit([pending.append], db) }.flatMap { $0[0] }
      }
    } catch {
      outcomes = batch.map { _ in .failure(error) }
    }
    signal.committed(upTo: state.withLock { $0.frontier.size })
    for (pending, outcome) in zip(batch, outcomes) { pending.continuation.resume(with: outcome) }
    return state.withLock { state in
      state.isDraining = !state.waiting.isEmpty
      return state.isDraining
    }
  }

  /// Failures that can lie in what was to be written. After any other, a failed disk sync above all, trying again could
  /// report as durable what is not.
  private static let mayBeOneAppends: Set<StoreFailure.Reason> = [.full, .invalidAppend]

  private func next() -> [Pending] {
    state.withLock { state in
      defer { state.waiting.removeFirst(min(Writer.greatestBatch, state.waiting.count)) }
      return Array(state.waiting.prefix(Writer.greatestBatch))
    }
  }

  /// Appends all in one transaction. A conflict, and a clock that was set back, is an outcome of its append; any
  /// other failure undoes the transaction.
  private func commit(_ appends: [Append], _ db: Database) throws -> [Result<[Envelope], any Error>] {
    var (frontier, last) = state.withLock { ($0.frontier, $0.last) }
    var outcomes: [Result<[Envelope], any Error>] = []
    do {
      try db.inTransaction(.immediate) {
        try catchUp(&frontier, &last, db)
        let before = frontier.size
        for append in appends {
          do {
            outcomes.append(.success(try write(append, &frontier, &last, db)))
          } catch let conflict as Conflict {
            outcomes.append(.failure(conflict))
          } catch let failure as StoreFailure where failure.reason == .clockBehind {
            outcomes.append(.failure(failure))
          }
        }
        if let sealing, frontier.size > before {
          try Rows.insert(Checkpoint(origin: sealing.name, head: frontier.head).signed(with: sealing), db)
        }
        return .commit
      }
    } catch { throw StoreFailure.translated(error, path) }
    state.withLock { state in
      state.frontier = frontier
      state.last = last
    }
    return outcomes
  }

  /// Takes in what another process has appended since.
  private func catchUp(_ frontier: inout Frontier, _ last: inout Envelope?, _ db: Database) throws {
    let position = try Rows.lastPosition(db)
    guard position != frontier.size || last == nil else { return }
    last = try Rows.lastEvent(db)
    guard position != frontier.size else { return }
    if position < frontier.size { frontier = Frontier() }
    for leaf in try Rows.leaves(db, after: frontier.size, upTo: position) { frontier.append(leaf) }
  }

  /// Writes one append; `Conflict` and `ledger-clock-behind` are thrown before anything is written.
  private func write(
    _ append: Append, _ frontier: inout Frontier, _ last: inout Envelope?, _ db: Database
  ) throws -> [Envelope] {
    let envelopes = try append.envelopes(after: frontier.size, last: last) { try Rows.version(of: $0, db) }
    for envelope in envelopes {
      try Rows.insert(envelope, db)
      frontier.append(envelope.hash)
    }
    last = envelopes.last ?? last
    let firsts = Dictionary(
      envelopes.flatMap { envelope in envelope.attachments.map { ($0, envelope.position) } },
      uniquingKeysWith: { first, _ in first })
    for bytes in append.attachments {
      let digest = Digest(of: bytes)
      if let position = firsts[digest] { try Rows.insert(attachment: bytes, digest, position, db) }
    }
    return envelopes
  }
}
