/// Follows a ledger event by event and checks all that the events say of themselves and of each other.
///
/// Cost: three hashes an event; memory: one number a stream.
struct ChainCheck {
  private(set) var frontier = Frontier()
  private var versions: [StreamID: Version] = [:]
  private var latest: Envelope?
  /// The first event after the last checkpoint that agreed: nothing from it on is vouched for yet.
  private var open: Envelope?

  /// How many streams have events.
  var streams: Int { versions.count }

  /// The next event.
  mutating func take(_ envelope: Envelope) throws(LedgerFault) {
    func fault(_ detail: String) -> LedgerFault {
      LedgerFault(
        .altered, .event, position: frontier.size + 1, stream: envelope.event.stream, version: envelope.version, detail)
    }
    guard envelope.position == frontier.size + 1 else {
      let change: LedgerFault.Change = envelope.position > frontier.size + 1 ? .removed : .inserted
      throw LedgerFault(
        change, .event, position: frontier.size + 1, stream: change == .inserted ? envelope.event.stream : nil,
        version: change == .inserted ? envelope.version : nil,
        "position \(frontier.size + 1) was expected, an event with position \(envelope.position) stands there.")
    }
    let version = versions[envelope.event.stream, default: 0] + 1
    guard envelope.version == version else {
      throw fault("version \(version) of its stream was expected, it says \(envelope.version).")
    }
    guard envelope.agreesWithItself else {
      throw fault("its hash is not that of its content.")
    }
    guard envelope.id == envelope.derivedID else { throw fault("its id does not follow from its content.") }
    versions[envelope.event.stream] = version
    frontier.append(envelope.hash)
    latest = envelope
    if open == nil { open = envelope }
  }

  /// A checkpoint of the size that the ledger has reached.
  mutating func take(_ checkpoint: Checkpoint, from source: String) throws(LedgerFault) {
    try compare(agrees: checkpoint.head == frontier.head, from: source)
  }

  /// What a witness noted of the size that the ledger has reached.
  mutating func take(_ witnessed: WitnessCode) throws(LedgerFault) {
    try compare(agrees: witnessed.matches(frontier.head), from: "the code that a witness holds")
  }

  private mutating func compare(agrees: Bool, from source: String) throws(LedgerFault) {
    guard agrees else {
      let range = open.map { "\($0.position) to \(frontier.size)" } ?? "up to \(frontier.size)"
      let first = open ?? latest
      throw LedgerFault(
        .altered, .event, position: first?.position ?? 1, stream: first?.event.stream, version: first?.version,
        "\(source) for \(frontier.size) events has another root: history was rewritten in the events \(range), "
          + "since the last checkpoint that agrees.")
    }
    open = nil
  }
}

/// What a verification went through.
public struct LedgerReport: Hashable, Sendable {
  /// How many events, and the root of the tree over them, computed anew.
  public let head: Head
  /// How many streams.
  public let streams: Int
  /// How many attachments, each hashed anew.
  public let attachments: Int
  /// How many signed checkpoints agreed.
  public let checkpoints: Int
}

extension EventStore {
  /// Reads the whole ledger and checks every hash, every place, every attachment and every checkpoint.
  ///
  /// - Parameters:
  ///   - keys: the keys of the ledger; without any, signatures are not checked, but roots are.
  ///   - witnesses: what witnesses noted down.
  /// - Throws: `LedgerFault` with the first fault; `StoreFailure` if the ledger cannot be read.
  public func verify(keys: [VerifierKey] = [], witnesses: [WitnessCode] = []) async throws -> LedgerReport {
    var check = ChainCheck()
    var attachments = 0
    var due = try await checkpoints()[...]
    let agreed = due.count
    var noted = witnesses.sorted { $0.size < $1.size }[...]
    let size = try await head().position
    var run: ArraySlice<Envelope> = []
    while true {
      while let checkpoint = due.first, checkpoint.checkpoint.head.position == check.frontier.size {
        due.removeFirst()
        guard keys.isEmpty || keys.contains(where: checkpoint.isSigned(by:)) else {
          throw LedgerFault(.altered, .checkpoint, position: check.frontier.size, "no known key has signed it.")
        }
        try check.take(checkpoint.checkpoint, from: "a checkpoint kept with the ledger")
      }
      while let code = noted.first, code.size == check.frontier.size {
        noted.removeFirst()
        try check.take(code)
      }
      guard check.frontier.size < size else { break }
      if run.isEmpty { run = try await events(after: check.frontier.size, limit: 512)[...] }
      guard let envelope = run.popFirst() else {
        throw LedgerFault(
          .removed, .event, position: check.frontier.size + 1,
          "the ledger counts \(size) events, but none stands here.")
      }
      try check.take(envelope)
      for digest in envelope.attachments {
        guard let bytes = try await attachment(digest), Digest(of: bytes) == digest else {
          throw LedgerFault(
            .altered, .attachment(digest), position: envelope.position, stream: envelope.event.stream,
            version: envelope.version, "its bytes are missing, or are not those of its digest.")
        }
        attachments += 1
      }
    }
    if let ahead = due.first?.checkpoint.head.position ?? noted.first?.size {
      throw LedgerFault(
        .removed, .event, position: check.frontier.size + 1,
        "a checkpoint is of \(ahead) events, the ledger has only \(check.frontier.size).")
    }
    return LedgerReport(
      head: check.frontier.head, streams: check.streams, attachments: attachments, checkpoints: agreed)
  }
}
