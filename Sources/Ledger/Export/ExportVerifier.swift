internal import ClinicalValues

/// Reads an export line by line, knowing from the seals what each line must be.
struct ExportVerifier {
  private var lines: LineReader
  private let keys: [VerifierKey]
  private let each: (Envelope) throws -> Void
  private var noted: ArraySlice<WitnessCode>
  private var check = ChainCheck()
  private var attachments = 0
  private var checkpoints = 0
  private var latest: Envelope?

  init(
    _ lines: LineReader, keys: [VerifierKey], witnesses: [WitnessCode], each: @escaping (Envelope) throws -> Void
  ) {
    self.lines = lines
    self.keys = keys
    self.each = each
    self.noted = witnesses.sorted { $0.size < $1.size }[...]
  }

  mutating func run() throws -> LedgerReport {
    let header = try header()
    try takeWitnesses()
    var link = header.first
    while let expected = link {
      let seal = try seal(expected)
      for (index, entry) in seal.entries.enumerated() {
        try take(entry, rest: seal.entries[(index + 1)...])
      }
      link = seal.next
    }
    guard check.frontier.head == header.head else {
      throw LedgerFault(.altered, .header, "it states another count or root than its own seals lead to.")
    }
    try end(header)
    if let ahead = noted.first {
      throw LedgerFault(
        .removed, .event, position: check.frontier.size + 1,
        "a witness holds a code of \(ahead.size) events, the export has only \(check.frontier.size).")
    }
    return LedgerReport(
      head: header.head, streams: check.streams, attachments: attachments, checkpoints: checkpoints,
      regressions: check.regressions)
  }

  private mutating func header() throws -> ExportHeader {
    func fault(_ detail: String) -> LedgerFault { LedgerFault(.altered, .header, detail) }
    guard let line = try lines.next(), let tree = try? CanonicalReader.read(line), let stated = tree["header"],
      let signature = tree["signature"]?.string, (try? CanonicalJSON(tree))?.bytes == line,
      let text = try? CanonicalJSON(stated)
    else { throw fault("the first line is not the header of an export.") }
    guard stated["format"]?.string == ExportHeader.format,
      stated["formatVersion"]?.integer == ExportHeader.version, let header = ExportHeader(stated)
    else { throw fault("it is not of the format \(ExportHeader.format), version \(ExportHeader.version).") }
    guard let note = try? SignedNote("\(ExportHeader.signedText(text))\n\(signature)\n"),
      keys.contains(where: { $0.name == header.origin && note.isSigned(by: $0) })
    else { throw fault("the key that was given did not sign it.") }
    return header
  }

  private mutating func seal(_ expected: ExportLink) throws -> ExportSeal {
    let line = try lines.next()
    if let line, Digest(of: line) == expected.seal, case .seal(let seal) = ExportLine(line) { return seal }
    func fault(_ change: LedgerFault.Change, _ subject: LedgerFault.Subject, _ detail: String) -> LedgerFault {
      LedgerFault(
        change, subject, position: check.frontier.size + 1, stream: expected.stream, version: expected.version, detail)
    }
    guard let line else { throw fault(.removed, .event, "the file ends before it.") }
    let found = ExportLine(line)
    var isSealLater = false
    var isFoundLater = false
    while let later = try lines.next() {
      if Digest(of: later) == expected.seal { isSealLater = true }
      if case .seal(let seal) = ExportLine(later), seal.entries.contains(where: { $0.token == found.token }) {
        isFoundLater = true
      }
    }
    switch found {
    case .event(let envelope) where isSealLater:
      throw LedgerFault(
        isFoundLater ? .reordered : .inserted, .event, position: check.frontier.size + 1,
        stream: envelope.event.stream, version: envelope.version, "an event that does not belong here stands here.")
    case .attachment(let digest) where isSealLater:
      throw fault(isFoundLater ? .reordered : .inserted, .attachment(digest), "it does not belong here.")
    case .checkpoint where isSealLater:
      throw fault(isFoundLater ? .reordered : .inserted, .checkpoint, "it does not belong here.")
    case .seal where isSealLater: throw fault(.reordered, .event, "another run of events stands before it.")
    case .unreadable(let why) where isSealLater: throw fault(.inserted, .line, why)
    case .seal(let seal) where !seal.begins(with: expected):
      throw fault(.removed, .event, "the seal that vouches for it is gone or altered; another one stands there.")
    case .seal: throw fault(.altered, .seal, "nothing vouches for the events from here on.")
    default: throw fault(.removed, .seal, "without it nothing vouches for the events from here on.")
    }
  }

  private mutating func take(_ entry: ExportEntry, rest: ArraySlice<ExportEntry>) throws {
    let line = try lines.next()
    let found = line.map(ExportLine.init)
    switch (entry, found) {
    case (.event(_, let leaf, _, _), .event(let envelope)) where envelope.hash == leaf:
      try check.take(envelope)
      try each(envelope)
      latest = envelope
      try takeWitnesses()
    case (.attachment(let digest), .attachment(let other)) where digest == other:
      attachments += 1
    case (.checkpoint(_, let digest), .checkpoint(let checkpoint, let other)) where digest == other:
      guard keys.contains(where: checkpoint.isSigned(by:)) else {
        throw LedgerFault(.altered, .checkpoint, position: check.frontier.size, "the given key has not signed it.")
      }
      try check.take(checkpoint.checkpoint, from: "a checkpoint kept with the ledger")
      checkpoints += 1
    default: throw try fault(expected: entry, found: found, rest: rest)
    }
  }

  private mutating func takeWitnesses() throws {
    while let code = noted.first, code.size == check.frontier.size {
      noted.removeFirst()
      try check.take(code)
    }
  }

  /// What was done at a line that is not what its seal says, judged by where else either of the two is.
  private mutating func fault(
    expected: ExportEntry, found: ExportLine?, rest: ArraySlice<ExportEntry>
  ) throws -> LedgerFault {
    guard let found else { return fault(.removed, expected, "the file ends before it.") }
    var isExpectedLater = false
    var isFoundLater = rest.contains { $0.token == found.token }
    while let line = try lines.next() {
      let later = ExportLine(line)
      if let token = later.token, token == expected.token { isExpectedLater = true }
      if case .seal(let seal) = later, seal.entries.contains(where: { $0.token == found.token }) { isFoundLater = true }
    }
    switch (isExpectedLater, isFoundLater) {
    case (true, true): return fault(.reordered, expected, "it stands elsewhere, and something else stands here.")
    case (false, true): return fault(.removed, expected, "what follows it stands in its place.")
    case (false, false) where found.isOfAnotherKind(than: expected):
      return fault(.removed, expected, "what comes after it stands in its place.")
    case (false, false): return fault(.altered, expected, "what stands in its place is not what was signed.")
    case (true, false): return inserted(found)
    }
  }

  private func fault(_ change: LedgerFault.Change, _ entry: ExportEntry, _ detail: String) -> LedgerFault {
    switch entry {
    case .event(_, _, let stream, let version):
      LedgerFault(change, .event, position: check.frontier.size + 1, stream: stream, version: version, detail)
    case .attachment(let digest):
      LedgerFault(
        change, .attachment(digest), position: latest?.position, stream: latest?.event.stream, version: latest?.version,
        detail)
    case .checkpoint:
      LedgerFault(
        change, .checkpoint, position: latest?.position, stream: latest?.event.stream, version: latest?.version, detail)
    }
  }

  private func inserted(_ found: ExportLine) -> LedgerFault {
    let detail = "it is not among what was signed; what was follows it."
    switch found {
    case .event(let envelope):
      return LedgerFault(
        .inserted, .event, position: check.frontier.size + 1, stream: envelope.event.stream, version: envelope.version,
        detail)
    case .attachment(let digest):
      return LedgerFault(.inserted, .attachment(digest), position: latest?.position ?? 1, detail)
    case .checkpoint: return LedgerFault(.inserted, .checkpoint, position: check.frontier.size, detail)
    case .seal: return LedgerFault(.inserted, .seal, position: check.frontier.size + 1, detail)
    case .unreadable(let why): return LedgerFault(.inserted, .line, position: check.frontier.size + 1, why)
    }
  }

  /// The last line: a checkpoint of the whole export.
  private mutating func end(_ header: ExportHeader) throws {
    let size = check.frontier.size
    guard let line = try lines.next() else {
      throw LedgerFault(.removed, .checkpoint, position: size, "the last line, a checkpoint of the whole, is missing.")
    }
    let after = try lines.next()
    switch ExportLine(line) {
    case .checkpoint(let checkpoint, _):
      guard checkpoint.checkpoint == Checkpoint(origin: header.origin, head: header.head),
        keys.contains(where: checkpoint.isSigned(by:)), after == nil
      else {
        guard let after else {
          throw LedgerFault(.altered, .checkpoint, position: size, "the last line is not the checkpoint of the whole.")
        }
        throw beyondEnd(ExportLine(after))
      }
      checkpoints += 1
    case let other where after == nil:
      if case .event = other { throw beyondEnd(other) }
      throw LedgerFault(.altered, .checkpoint, position: size, "the last line is not the checkpoint of the whole.")
    case let other: throw beyondEnd(other)
    }
  }

  private func beyondEnd(_ line: ExportLine) -> LedgerFault {
    if case .event(let envelope) = line {
      return LedgerFault(
        .inserted, .event, position: check.frontier.size + 1, stream: envelope.event.stream, version: envelope.version,
        "the header counts \(check.frontier.size) events; this one was added.")
    }
    return LedgerFault(.inserted, .line, position: check.frontier.size + 1, "it stands after the end of the export.")
  }
}

extension ExportLine {
  /// Whether it is whole, but of a kind that what was expected cannot have been made into by altering it.
  fileprivate func isOfAnotherKind(than entry: ExportEntry) -> Bool {
    switch (self, entry) {
    case (.unreadable, _), (.event, .event), (.attachment, .attachment), (.checkpoint, .checkpoint): false
    default: true
    }
  }
}

extension ExportSeal {
  /// Whether its first event is the one that a link names.
  fileprivate func begins(with link: ExportLink) -> Bool {
    guard case .event(_, _, let stream, let version) = entries.first else { return false }
    return stream == link.stream && version == link.version
  }
}

extension LedgerExport {
  /// Verifies an export with public keys alone: every line against the signed seals, every hash, the tree, every
  /// checkpoint. Memory: one seal, one line and one number a stream. To tell a moved event from a removed one, the rest
  /// of the file is read when the first fault was found.
  ///
  /// - Parameters:
  ///   - keys: the ledger's key; after a change of keys the older ones too.
  ///   - witnesses: codes that witnesses hold of earlier checkpoints.
  ///   - each: takes every event once it was checked, in order: what an event says is checked by who knows what it means.
  /// - Throws: `LedgerFault` with the first fault; whatever the reader or `each` throws.
  public static func verify(
    _ lines: LineReader, keys: [VerifierKey], witnesses: [WitnessCode] = [],
    each: (Envelope) throws -> Void = { _ in }
  ) throws -> LedgerReport {
    try withoutActuallyEscaping(each) { each in
      var verifier = ExportVerifier(lines, keys: keys, witnesses: witnesses, each: each)
      return try verifier.run()
    }
  }
}
