/// A ledger in memory: for tests, for trying out, and as the plainest reading of what a store does.
public actor InMemoryEventStore: EventStore {
  private var log: [Envelope] = []
  private var streams: [StreamID: [Int]] = [:]
  private var attached: [Digest: [UInt8]] = [:]
  private var kept: [SignedCheckpoint] = []
  private var frontier = Frontier()
  private let signal = CommitSignal()
  private let sealing: SigningKey?

  /// An empty ledger.
  ///
  /// - Parameter sealing: a key with which a checkpoint is signed and kept at every append.
  public init(sealing: SigningKey? = nil) { self.sealing = sealing }

  /// Writes all or nothing; see `EventStore`.
  public func append(_ append: Append) async throws -> [Envelope] {
    try append.validate()
    let written = try append.envelopes(after: log.count, last: log.last) { streams[$0]?.count ?? 0 }
    guard let last = written.last else { return [] }
    var grown = frontier
    for envelope in written { grown.append(envelope.hash) }
    if let sealing { kept.append(try Checkpoint(origin: sealing.name, head: grown.head).signed(with: sealing)) }
    frontier = grown
    for envelope in written {
      streams[envelope.event.stream, default: []].append(log.count)
      log.append(envelope)
    }
    for bytes in append.attachments { attached[Digest(of: bytes)] = bytes }
    signal.committed(upTo: last.position)
    return written
  }

  /// The events of the whole ledger after a position, in order.
  public func events(after position: Position, limit: Int) async throws -> [Envelope] {
    Array(log.dropFirst(max(0, position)).prefix(max(0, limit)))
  }

  /// The events of one stream after a version, in order.
  public func events(of stream: StreamID, after version: Version) async throws -> [Envelope] {
    (streams[stream] ?? []).dropFirst(max(0, version)).map { log[$0] }
  }

  /// The position of the last event, and the root over all.
  public func head() async throws -> Head { frontier.head }

  /// The bytes under a digest; nil if there are none.
  public func attachment(_ digest: Digest) async throws -> [UInt8]? { attached[digest] }

  /// The hashes of the first events, in order.
  public func leaves(upTo position: Position) async throws -> [Digest] {
    log.prefix(max(0, position)).map(\.hash)
  }

  /// Keeps a checkpoint, if the ledger was ever at its head.
  public func keep(_ checkpoint: SignedCheckpoint) async throws {
    let head = checkpoint.checkpoint.head
    try head.requireBeginning(
      of: frontier.size, rootThere: MerkleTree.root(of: log.prefix(max(0, head.position)).map(\.hash)))
    let index = kept.firstIndex { $0.checkpoint.head.position > head.position } ?? kept.endIndex
    kept.insert(checkpoint, at: index)
  }

  /// The checkpoints kept, in the order of their sizes.
  public func checkpoints() async throws -> [SignedCheckpoint] { kept }

  /// Every event after a position, then each new one.
  public nonisolated func subscribe(after position: Position) -> AsyncThrowingStream<Envelope, any Error> {
    signal.events(after: position) { [self] in try await events(after: $0, limit: $1) }
  }
}

extension Head {
  /// That a ledger of a size once had this head.
  package func requireBeginning(of size: Int, rootThere root: Digest) throws(StoreFailure) {
    guard (0...size).contains(position), root == self.root else {
      throw StoreFailure(
        .invalidAppend, found: "a checkpoint of \(position) events that this ledger never had.",
        remedy: "Take the checkpoint of this ledger; if it is, verify the ledger: its history may have been rewritten.")
    }
  }
}

extension EventStore {
  /// What shows that an event is in the ledger of a size: the nodes on the way from its leaf to the root; nil if it is
  /// not. Cost: linear in the size.
  public func inclusionProof(of position: Position, size: Int) async throws -> [Digest]? {
    let leaves = try await leaves(upTo: size)
    return leaves.count == size ? MerkleTree.inclusionProof(of: position - 1, in: leaves) : nil
  }

  /// What shows that the ledger of one size is the beginning of the one of another; nil if there were none such. Cost:
  /// linear in the greater size.
  public func consistencyProof(from earlier: Int, to size: Int) async throws -> [Digest]? {
    let leaves = try await leaves(upTo: size)
    return leaves.count == size ? MerkleTree.consistencyProof(from: earlier, in: leaves) : nil
  }
}
