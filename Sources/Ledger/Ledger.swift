// Ledger keeps facts in order and shows that none was altered: append-only streams with expected versions, canonical
// payloads, an RFC 6962 Merkle tree over the envelopes, and checkpoints that others can keep.
//
// Not here: what a fact means (Trial), where bytes rest (the store modules), who may append (Conduct).
//
// Always true: an appended event is never changed or removed, a correction is a new event; an append whose decision
// read a stream that has moved on throws `Conflict`, it never merges; an append is whole or not at all; the times at
// which events are recorded do not go back, but where an event says that the clock was ahead and was set right.

public import ClinicalValues

/// Where the ledger is kept. Every store passes the same suite, `EventStoreContract`.
///
/// Cost: `append` is one durable transaction; `events(after:)` is linear in what it reads.
public protocol EventStore: Sendable {
  /// Writes all events of an append, or none; returns when they are durable, with what was written, in order.
  ///
  /// - Throws: `Conflict` if a stream is not at the version that the decision read; `StoreFailure` if it cannot write, or
  ///   if the last event was recorded later than this append is (`ledger-clock-behind`; see `RecordedTime`).
  func append(_ append: Append) async throws -> [Envelope]

  /// The events of the whole ledger after a position (0: from the first), in order, at most `limit` of them.
  func events(after position: Position, limit: Int) async throws -> [Envelope]

  /// The events of one stream after a version (0: from the first), in order.
  func events(of stream: StreamID, after version: Version) async throws -> [Envelope]

  /// The position of the last event and the root of the tree over all events up to it.
  func head() async throws -> Head

  /// The bytes that were attached under a digest; nil if none were.
  func attachment(_ digest: Digest) async throws -> [UInt8]?

  /// The hashes of the first events, in order: the leaves of the tree. Cost: linear in the count.
  func leaves(upTo position: Position) async throws -> [Digest]

  /// Keeps a signed checkpoint beside the events, for good.
  ///
  /// - Throws: `StoreFailure` (`ledger-invalid-append`) if the ledger never had that size with that root.
  func keep(_ checkpoint: SignedCheckpoint) async throws

  /// The checkpoints that were kept, in the order of their sizes.
  func checkpoints() async throws -> [SignedCheckpoint]

  /// Every event after a position, then each new one as it becomes durable; ends when the task is canceled.
  func subscribe(after position: Position) -> AsyncThrowingStream<Envelope, any Error>
}

/// What one decision writes: events in one or more streams, and the versions that it was decided on.
public struct Append: Sendable {
  /// The version of each stream that the decision read, those that are written to included; 0 for one without events.
  public var expected: [StreamID: Version]
  /// The events, in the order in which they enter the ledger.
  public var events: [NewEvent]
  /// Bytes that the events refer to by their digests, stored with them.
  public var attachments: [[UInt8]]
  /// When the ledger takes them, by the server's clock.
  public var recorded: Instant
  /// Whether it says, in one of its events, that the clock was ahead and was set right: the one append whose time may lie
  /// before that of the last event.
  public var setsClockRight = false

  /// An append; nothing is checked before it is handed to a store.
  public init(
    expected: [StreamID: Version], events: [NewEvent], attachments: [[UInt8]] = [], recorded: Instant
  ) {
    self.expected = expected
    self.events = events
    self.attachments = attachments
    self.recorded = recorded
  }
}

/// Another append came first: at least one stream has moved on from what the decision read.
public struct Conflict: Error, Hashable, Sendable {
  /// The streams that moved on, with the version that each has now.
  public let moved: [StreamID: Version]

  /// A conflict over the streams that moved on.
  public init(moved: [StreamID: Version]) { self.moved = moved }
}
