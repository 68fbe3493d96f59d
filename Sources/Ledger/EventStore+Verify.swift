extension EventStore {
  /// Reads the whole ledger and checks every hash, every place, every attachment and every checkpoint.
  ///
  /// A tail that was cut off together with the checkpoints that were kept of it leaves a ledger that is whole in itself:
  /// that is found by what a witness holds, and by nothing else.
  ///
  /// - Parameters:
  ///   - keys: the keys of the ledger; without any, signatures are not checked, but roots are.
  ///   - witnesses: what witnesses noted down.
  /// - Throws: `LedgerFault` with the first fault; `StoreFailure` if the ledger cannot be read.
  public func verify(keys: [VerifierKey] = [], witnesses: [WitnessCode] = []) async throws -> LedgerReport {
    try await verify(upTo: try await head().position, keys: keys, witnesses: witnesses)
  }

  /// The same, up to the last position of which a store knows without reading its events.
  package func verify(
    upTo size: Position, keys: [VerifierKey], witnesses: [WitnessCode]
  ) async throws -> LedgerReport {
    var check = ChainCheck()
    var attachments = 0
    let (kept, unreadable) = try await checkpointsInOrder()
    var due = kept[...]
    var noted = witnesses.sorted { $0.size < $1.size }[...]
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
      if run.isEmpty { run = try await readable(after: check.frontier.size)[...] }
      guard let envelope = run.popFirst() else {
        throw LedgerFault(
          .removed, .event, position: check.frontier.size + 1,
          "the ledger counts \(size) events, but none stands here.")
      }
      try check.take(envelope)
      attachments += try await countAttachments(of: envelope)
    }
    if let unreadable { throw unreadable }
    if let ahead = due.first?.checkpoint.head.position ?? noted.first?.size {
      throw LedgerFault(
        .removed, .event, position: check.frontier.size + 1,
        "a checkpoint is of \(ahead) events, the ledger has only \(check.frontier.size).")
    }
    return LedgerReport(
      head: check.frontier.head, streams: check.streams, attachments: attachments, checkpoints: kept.count,
      regressions: check.regressions)
  }

  /// The checkpoints kept; where one cannot be read, none and the fault, which is told once the events were checked.
  private func checkpointsInOrder() async throws -> ([SignedCheckpoint], LedgerFault?) {
    do { return (try await checkpoints(), nil) } catch let failure as StoreFailure {
      guard failure.reason == .damaged, let place = failure.place else { throw failure }
      return ([], LedgerFault(.altered, .checkpoint, position: place.position, failure.found))
    }
  }

  /// The next events, up to the first that the store cannot read as it was written: that one is the fault when all
  /// before it were checked.
  private func readable(after position: Position) async throws -> [Envelope] {
    do { return try await events(after: position, limit: 512) } catch let failure as StoreFailure {
      guard failure.reason == .damaged, let place = failure.place, place.position > position else { throw failure }
      guard place.position == position + 1 else {
        return try await events(after: position, limit: place.position - position - 1)
      }
      throw LedgerFault(
        .altered, .event, position: place.position, stream: place.stream, version: place.version, failure.found)
    }
  }

  /// How many attachments an event brought, each hashed anew.
  private func countAttachments(of envelope: Envelope) async throws -> Int {
    for digest in envelope.attachments {
      guard let bytes = try await attachment(digest), Digest(of: bytes) == digest else {
        throw LedgerFault(
          .altered, .attachment(digest), position: envelope.position, stream: envelope.event.stream,
          version: envelope.version, "its bytes are missing, or are not those of its digest.")
      }
    }
    return envelope.attachments.count
  }
}
