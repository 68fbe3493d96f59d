public import ClinicalValues

/// A text signed by one or more keys, in the form of C2SP signed-note.
public struct SignedNote: Hashable, Sendable, CustomStringConvertible {
  /// One line below the text.
  public struct Signature: Hashable, Sendable {
    /// The key's name.
    public let name: String
    /// The four bytes that tell keys of one name apart.
    public let id: [UInt8]
    /// The bytes after the id: 64 of an Ed25519 signature; of a cosignature the time first.
    public let bytes: [UInt8]
  }

  /// What was signed, with the line feed at its end.
  public let text: String
  /// The signatures, in their order.
  public private(set) var signatures: [Signature]

  static let greatestCount = 100

  /// A text without signatures yet; nil unless it ends in a line feed and has no other control character.
  public init?(text: String) {
    guard text.hasSuffix("\n"), !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }) else {
      return nil
    }
    self.text = text
    self.signatures = []
  }

  /// Reads a signed note.
  ///
  /// - Throws: `InvalidNote` with what was found and expected.
  public init(_ note: String) throws(InvalidNote) {
    // Unicode counts "\r\n" as one character; the split is on scalars, so that it is seen and refused.
    let scalars = note.unicodeScalars
    guard let blank = SignedNote.lastBlankLine(scalars) else {
      throw InvalidNote("a text without a blank line before signatures")
    }
    guard var read = SignedNote(text: String(scalars[..<blank])) else {
      throw InvalidNote("a text with control characters")
    }
    let lines = scalars[scalars.index(after: blank)...].split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.last?.isEmpty == true, lines.count > 1 else { throw InvalidNote("a last line without its line feed") }
    guard lines.count <= SignedNote.greatestCount + 1 else {
      throw InvalidNote("more than \(SignedNote.greatestCount) signatures")
    }
    for line in lines.dropLast() { read.signatures.append(try SignedNote.signature(String(line))) }
    self = read
  }

  /// The index of the line feed that is the last empty line.
  private static func lastBlankLine(_ scalars: String.UnicodeScalarView) -> String.Index? {
    var index = scalars.endIndex
    var following: Unicode.Scalar?
    while index > scalars.startIndex {
      let before = scalars.index(before: index)
      if scalars[before] == "\n", following == "\n" { return index }
      following = scalars[before]
      index = before
    }
    return nil
  }

  private static func signature(_ line: String) throws(InvalidNote) -> Signature {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "\u{2014}", VerifierKey.isName(parts[1]), let bytes = Base64.decode(parts[2]),
      bytes.count > 4
    else { throw InvalidNote("the line '\(line)' where a signature '\u{2014} NAME BASE64' was expected") }
    return Signature(name: String(parts[1]), id: Array(bytes.prefix(4)), bytes: Array(bytes.dropFirst(4)))
  }

  /// The text, a blank line, the signatures.
  public var description: String {
    text + "\n"
      + signatures.map { "\u{2014} \($0.name) \(Base64.encode($0.id + $0.bytes))\n" }.joined()
  }

  /// Adds the signature of a key.
  public mutating func sign(with key: SigningKey) throws(InvalidKey) {
    let signature = try key.signature(of: Array(text.utf8))
    signatures.append(Signature(name: key.name, id: key.verifier.id, bytes: signature))
  }

  /// Adds the cosignature of a witness, who has seen that the checkpoint continues all that it saw before.
  ///
  /// - Parameter time: when that was; cosignatures keep whole seconds.
  public mutating func cosign(with key: SigningKey, at time: Instant) throws(InvalidKey) {
    let seconds = UInt64(max(0, time.milliseconds / 1000))
    let signature = try key.signature(of: SignedNote.cosigned(text, seconds))
    signatures.append(Signature(name: key.name, id: key.cosigner.id, bytes: SignedNote.bigEndian(seconds) + signature))
  }

  /// Whether a key signed. A signature of the key that does not verify counts as none.
  public func isSigned(by key: VerifierKey) -> Bool {
    signatures.contains { signature in
      guard signature.name == key.name, signature.id == key.id else { return false }
      switch key.algorithm {
      case .ed25519: return key.isValid(signature.bytes, of: Array(text.utf8))
      case .cosignature:
        guard signature.bytes.count == 72 else { return false }
        let seconds = signature.bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return key.isValid(Array(signature.bytes.dropFirst(8)), of: SignedNote.cosigned(text, seconds))
      }
    }
  }

  private static func cosigned(_ text: String, _ seconds: UInt64) -> [UInt8] {
    Array("cosignature/v1\ntime \(seconds)\n\(text)".utf8)
  }

  private static func bigEndian(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - $0 * 8)) }
  }
}

/// A text that is no signed note, or no checkpoint.
public struct InvalidNote: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found, and what was expected.
  public let problem: String

  init(_ problem: String) { self.problem = problem }

  /// The problem, with its id and what to do.
  public var description: String { "ledger-checkpoint: found \(problem). Take the file as it was handed over." }
}
