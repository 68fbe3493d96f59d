public import ClinicalValues

/// What a ledger states of itself at one size, in the form of C2SP tlog-checkpoint: its name, how many events, the root.
public struct Checkpoint: Hashable, Sendable {
  /// The ledger's name, which is that of its key.
  public let origin: String
  /// How many events, and the root of the tree over them.
  public let head: Head

  /// A checkpoint of what is given.
  public init(origin: String, head: Head) {
    self.origin = origin
    self.head = head
  }

  /// Three lines: origin, size, root in base 64.
  public var text: String { "\(origin)\n\(head.position)\n\(Base64.encode(head.root.bytes))\n" }

  /// The checkpoint that a note's text states. Further lines are passed over, as the format asks.
  ///
  /// - Throws: `InvalidNote` if the three lines are not there.
  public init(text: String) throws(InvalidNote) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines.last == "", !lines.dropLast().contains(""), let size = Int(lines[1]), size >= 0,
      "\(size)" == lines[1], let root = Base64.decode(lines[2]).flatMap({ Digest(bytes: $0) })
    else { throw InvalidNote("no checkpoint: expected the lines ORIGIN, SIZE and ROOT") }
    self.init(origin: String(lines[0]), head: Head(position: size, root: root))
  }

  /// The checkpoint, signed: what is handed to a witness.
  public func signed(with key: SigningKey) throws -> SignedCheckpoint {
    guard var note = SignedNote(text: text) else {
      throw InvalidNote("an origin '\(origin)' with control characters")
    }
    try note.sign(with: key)
    return try SignedCheckpoint(note)
  }
}

/// A checkpoint with the note that signs it.
public struct SignedCheckpoint: Hashable, Sendable, CustomStringConvertible {
  /// What is stated.
  public let checkpoint: Checkpoint
  /// By whom.
  public let note: SignedNote

  /// A note that states a checkpoint. Who signed it must still be asked: `isSigned(by:)`.
  public init(_ note: SignedNote) throws(InvalidNote) {
    self.checkpoint = try Checkpoint(text: note.text)
    self.note = note
  }

  /// Reads the file that a checkpoint is handed over as.
  public init(_ text: String) throws(InvalidNote) { try self.init(SignedNote(text)) }

  /// The file that is handed over.
  public var description: String { note.description }

  /// Whether a key signed it: a ledger's, or a witness's.
  public func isSigned(by key: VerifierKey) -> Bool { note.isSigned(by: key) }

  /// Adds a witness's cosignature.
  public func cosigned(with key: SigningKey, at time: Instant) throws -> SignedCheckpoint {
    var note = note
    try note.cosign(with: key, at: time)
    return try SignedCheckpoint(note)
  }
}
