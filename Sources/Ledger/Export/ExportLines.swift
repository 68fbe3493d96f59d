internal import ClinicalValues

// An export is NDJSON, every line canonical JSON, in this order:
//
//   {"header":{...},"signature":"— NAME BASE64"}        signed; names the first seal
//   {"seal":{"entries":[...],"next":{...}}}             before each run of up to 256 events: what its lines are
//   {"actor":...}                                       an event: its canonical form, so SHA-256(0x00 || line) is its leaf
//   {"attachment":"DIGEST","data":"BASE64"}             after the event that brought it
//   {"checkpoint":"NOTE"}                               kept at that size; the last line is one of the whole export
//
// The header vouches for the digest of the first seal, each seal for its lines and for the digest of the next one. A
// verifier thus knows before it reads a line what the line must be: it can name the first that is not, even where all
// hashes after it were computed anew, and it needs the header's signature alone for that.

/// What a seal says of one line.
enum ExportEntry: Hashable {
  case event(content: Digest, leaf: Digest, stream: StreamID, version: Version)
  case attachment(Digest)
  case checkpoint(size: Int, line: Digest)

  /// What the line says, wherever it stands: by this it is found again when it was moved.
  var token: Token {
    switch self {
    case .event(let content, _, let stream, let version): .event(content: content, stream: stream, version: version)
    case .attachment(let digest): .attachment(digest)
    case .checkpoint(_, let line): .checkpoint(line: line)
    }
  }

  /// By what a line is known again. Of an event its place in its stream belongs to it, since two events may say the same.
  enum Token: Hashable {
    case event(content: Digest, stream: StreamID, version: Version)
    case attachment(Digest)
    case checkpoint(line: Digest)
  }

  var tree: CanonicalJSON.Value {
    switch self {
    case .event(let content, let leaf, let stream, let version):
      .object([
        "content": .string("\(content)"), "leaf": .string("\(leaf)"), "stream": .string("\(stream)"),
        "version": .integer(version),
      ])
    case .attachment(let digest): .object(["attachment": .string("\(digest)")])
    case .checkpoint(let size, let line): .object(["checkpoint": .integer(size), "line": .string("\(line)")])
    }
  }

  init?(_ tree: CanonicalJSON.Value) {
    func digest(_ name: String) -> Digest? { tree[name]?.string.flatMap { Digest($0) } }
    if let content = digest("content"), let leaf = digest("leaf"), let version = tree["version"]?.integer,
      let stream = tree["stream"]?.string.flatMap({ StreamID($0) })
    {
      self = .event(content: content, leaf: leaf, stream: stream, version: version)
    } else if let attachment = digest("attachment") {
      self = .attachment(attachment)
    } else if let size = tree["checkpoint"]?.integer, let line = digest("line") {
      self = .checkpoint(size: size, line: line)
    } else {
      return nil
    }
  }
}

/// Where the export goes on: the digest of the next seal's line, and the event that comes first after it.
struct ExportLink: Hashable {
  let seal: Digest
  let stream: StreamID
  let version: Version

  var tree: CanonicalJSON.Value {
    .object(["seal": .string("\(seal)"), "stream": .string("\(stream)"), "version": .integer(version)])
  }

  init(seal: Digest, stream: StreamID, version: Version) {
    self.seal = seal
    self.stream = stream
    self.version = version
  }

  init?(_ tree: CanonicalJSON.Value) {
    guard let seal = tree["seal"]?.string.flatMap({ Digest($0) }), let version = tree["version"]?.integer,
      let stream = tree["stream"]?.string.flatMap({ StreamID($0) })
    else { return nil }
    self.init(seal: seal, stream: stream, version: version)
  }
}

/// What a run of events consists of.
struct ExportSeal {
  var entries: [ExportEntry]
  var next: ExportLink?

  /// The line, without its line feed.
  func line() throws(InvalidJSON) -> [UInt8] {
    var seal: [String: CanonicalJSON.Value] = ["entries": .array(entries.map(\.tree))]
    if let next { seal["next"] = next.tree }
    return try CanonicalJSON(.object(["seal": .object(seal)])).bytes
  }

  init(entries: [ExportEntry], next: ExportLink?) {
    self.entries = entries
    self.next = next
  }

  init?(_ tree: CanonicalJSON.Value) {
    guard let seal = tree["seal"], let list = seal["entries"]?.array else { return nil }
    let entries = list.compactMap(ExportEntry.init)
    guard entries.count == list.count else { return nil }
    self.init(entries: entries, next: seal["next"].flatMap(ExportLink.init))
  }
}

/// What the first line states.
struct ExportHeader {
  let origin: String
  let head: Head
  let exported: Instant
  let first: ExportLink?

  static let format = "tandem-ledger-export"
  static let version = 1

  var tree: CanonicalJSON.Value {
    var members: [String: CanonicalJSON.Value] = [
      "events": .integer(head.position), "exported": .string("\(exported)"), "format": .string(ExportHeader.format),
      "formatVersion": .integer(ExportHeader.version), "origin": .string(origin), "root": .string("\(head.root)"),
    ]
    if let first { members["first"] = first.tree }
    return .object(members)
  }

  init(origin: String, head: Head, exported: Instant, first: ExportLink?) {
    self.origin = origin
    self.head = head
    self.exported = exported
    self.first = first
  }

  init?(_ tree: CanonicalJSON.Value) {
    guard let origin = tree["origin"]?.string, let events = tree["events"]?.integer, events >= 0,
      let root = tree["root"]?.string.flatMap({ Digest($0) }),
      let exported = tree["exported"]?.string.flatMap({ Instant($0) })
    else { return nil }
    self.init(
      origin: origin, head: Head(position: events, root: root), exported: exported,
      first: tree["first"].flatMap(ExportLink.init))
  }

  /// The text that the header's signature signs. Its first line keeps it apart from a checkpoint's.
  static func signedText(_ header: CanonicalJSON) -> String { "\(format)/v\(version)\n\(header)\n" }
}

/// A line of the body, as far as it can be told what it is.
enum ExportLine {
  case event(Envelope)
  case attachment(Digest)
  case checkpoint(SignedCheckpoint, line: Digest)
  case seal(ExportSeal)
  case unreadable(String)

  /// As `ExportEntry.token`; nil for what is no part of the ledger.
  var token: ExportEntry.Token? {
    switch self {
    case .event(let envelope):
      .event(content: envelope.content, stream: envelope.event.stream, version: envelope.version)
    case .attachment(let digest): .attachment(digest)
    case .checkpoint(_, let line): .checkpoint(line: line)
    case .seal, .unreadable: nil
    }
  }

  init(_ bytes: [UInt8]) {
    if bytes.starts(with: #"{"actor""#.utf8) {
      do { self = .event(try Envelope(canonical: bytes)) } catch { self = .unreadable(error.problem) }
      return
    }
    guard let tree = try? CanonicalReader.read(bytes) else {
      self = .unreadable("the line is no JSON of the form that an export has.")
      return
    }
    if tree["seal"] != nil {
      self = ExportSeal(tree).map(ExportLine.seal) ?? .unreadable("the line is no seal of the form that an export has.")
    } else if let text = tree["checkpoint"]?.string, let checkpoint = try? SignedCheckpoint(text) {
      self = .checkpoint(checkpoint, line: Digest(of: bytes))
    } else if let digest = tree["attachment"]?.string.flatMap({ Digest($0) }),
      let data = tree["data"]?.string.flatMap({ Base64.decode($0) }), Digest(of: data) == digest,
      (try? ExportLine.attachment(digest, data)) == bytes
    {
      self = .attachment(digest)
    } else {
      self = .unreadable(
        "the line is no event, attachment, checkpoint or seal, or its bytes are not those of its digest.")
    }
  }

  static func attachment(_ digest: Digest, _ data: [UInt8]) throws(InvalidJSON) -> [UInt8] {
    try CanonicalJSON(.object(["attachment": .string("\(digest)"), "data": .string(Base64.encode(data))])).bytes
  }

  static func checkpoint(_ checkpoint: SignedCheckpoint) throws(InvalidJSON) -> [UInt8] {
    try CanonicalJSON(.object(["checkpoint": .string(checkpoint.description)])).bytes
  }
}
