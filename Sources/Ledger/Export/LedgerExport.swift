public import ClinicalValues

/// A whole ledger as lines of text that anybody can verify offline with the public key alone.
public enum LedgerExport {
  /// How many events a seal covers; a verifier keeps one seal in memory.
  static let eventsPerSeal = 256

  /// Writes the ledger as it is now, line by line; events that are appended meanwhile are not in it.
  ///
  /// Every event is checked as it is read. Cost: the ledger is read twice, forward and backward.
  ///
  /// - Parameters:
  ///   - key: the ledger's; signs the header and the last checkpoint.
  ///   - exported: the time, by the server's clock.
  ///   - write: takes the bytes of one line, its line feed included.
  /// - Returns: how far it goes.
  /// - Throws: `LedgerFault` if the store no longer holds what was appended; `StoreFailure`; whatever `write` throws.
  @discardableResult
  public static func write(
    _ store: some EventStore, key: SigningKey, exported: Instant, to write: ([UInt8]) throws -> Void
  ) async throws -> Head {
    try await self.write(store, key: key, exported: exported, eventsPerSeal: eventsPerSeal, to: write)
  }

  @discardableResult
  package static func write(
    _ store: some EventStore, key: SigningKey, exported: Instant, eventsPerSeal: Int,
    to write: ([UInt8]) throws -> Void
  ) async throws -> Head {
    let head = try await store.head()
    let kept = try await store.checkpoints().filter {
      (1...max(1, head.position)).contains($0.checkpoint.head.position)
    }
    let checkpoints = Dictionary(grouping: head.position == 0 ? [] : kept) { $0.checkpoint.head.position }
    let starts = Array(stride(from: 0, to: head.position, by: eventsPerSeal))
    var links: [ExportLink?] = [nil]
    for start in starts.reversed() {
      let run = try await store.events(after: start, limit: min(eventsPerSeal, head.position - start))
      let line = try seal(run, checkpoints, next: links.last ?? nil).line()
      links.append(run.first.map { .init(seal: Digest(of: line), stream: $0.event.stream, version: $0.version) })
    }
    func put(_ line: [UInt8]) throws { try write(line + [0x0A]) }
    let header = ExportHeader(origin: key.name, head: head, exported: exported, first: links.popLast() ?? nil)
    try put(signed(header, with: key))
    var check = ChainCheck()
    for start in starts {
      let run = try await store.events(after: start, limit: min(eventsPerSeal, head.position - start))
      try put(seal(run, checkpoints, next: links.popLast() ?? nil).line())
      for envelope in run {
        try check.take(envelope)
        try put(envelope.canonical)
        for digest in envelope.attachments { try await put(store.attachmentLine(digest, of: envelope)) }
        for checkpoint in checkpoints[envelope.position] ?? [] {
          try check.take(checkpoint.checkpoint, from: "a checkpoint kept with the ledger")
          try put(ExportLine.checkpoint(checkpoint))
        }
      }
    }
    let last = Checkpoint(origin: key.name, head: head)
    try check.take(last, from: "the store's own head")
    try put(ExportLine.checkpoint(last.signed(with: key)))
    return head
  }

  private static func seal(
    _ run: [Envelope], _ checkpoints: [Position: [SignedCheckpoint]], next: ExportLink?
  ) throws -> ExportSeal {
    var entries: [ExportEntry] = []
    for envelope in run {
      entries.append(
        .event(
          content: envelope.content, leaf: envelope.hash, stream: envelope.event.stream, version: envelope.version))
      entries += envelope.attachments.map(ExportEntry.attachment)
      for checkpoint in checkpoints[envelope.position] ?? [] {
        entries.append(.checkpoint(size: envelope.position, line: Digest(of: try ExportLine.checkpoint(checkpoint))))
      }
    }
    return ExportSeal(entries: entries, next: next)
  }

  private static func signed(_ header: ExportHeader, with key: SigningKey) throws -> [UInt8] {
    guard var note = SignedNote(text: ExportHeader.signedText(try CanonicalJSON(header.tree))) else {
      throw InvalidNote("a header with control characters")
    }
    try note.sign(with: key)
    let signature = String(note.description.dropFirst(note.text.count + 1).dropLast())
    return try CanonicalJSON(.object(["header": header.tree, "signature": .string(signature)])).bytes
  }
}

extension EventStore {
  fileprivate func attachmentLine(_ digest: Digest, of envelope: Envelope) async throws -> [UInt8] {
    guard let bytes = try await attachment(digest), Digest(of: bytes) == digest else {
      throw LedgerFault(
        .altered, .attachment(digest), position: envelope.position, stream: envelope.event.stream,
        version: envelope.version, "its bytes are missing, or are not those of its digest.")
    }
    return try ExportLine.attachment(digest, bytes)
  }
}
