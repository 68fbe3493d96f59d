internal import Crypto
internal import FoundationEssentials

/// The private Ed25519 key with which a ledger signs its checkpoints and exports.
///
/// Written as `PRIVATE+KEY+NAME+ID+BASE64`, as golang.org/x/mod/sumdb/note writes it. Keep it apart from the ledger:
/// who has both can rewrite history, except where a witness holds a checkpoint.
public struct SigningKey: Sendable {
  /// The key's name, which is the ledger's origin: a URL without scheme, such as `trials.example.org/cd19-bcma`.
  public let name: String
  private let key: Curve25519.Signing.PrivateKey

  /// The key that follows from 32 secret bytes.
  ///
  /// - Throws: `InvalidKey` if the name is empty, has a space or a `+`, or if there are not 32 bytes.
  public init(name: String, seed: [UInt8]) throws(InvalidKey) {
    guard VerifierKey.isName(name) else { throw InvalidKey(name, expected: VerifierKey.nameRule) }
    guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw InvalidKey("a seed of \(seed.count) bytes", expected: "32 bytes")
    }
    self.name = name
    self.key = key
  }

  /// A new key. Pass `SystemRandomNumberGenerator` wherever the key is to protect anything.
  public static func generate(
    name: String, using random: inout some RandomNumberGenerator
  ) throws(InvalidKey) -> SigningKey {
    var seed: [UInt8] = []
    for _ in 0..<32 { seed.append(UInt8.random(in: 0...255, using: &random)) }
    return try SigningKey(name: name, seed: seed)
  }

  /// The key that a text writes.
  ///
  /// - Throws: `InvalidKey`, which does not repeat the text.
  public init(_ text: some StringProtocol) throws(InvalidKey) {
    let expected = "a key such as PRIVATE+KEY+NAME+ID+BASE64"
    let parts = String(text).split(separator: "+" as Character, maxSplits: 4, omittingEmptySubsequences: false).map(
      String.init)
    guard parts.count == 5, parts[0] == "PRIVATE", parts[1] == "KEY", let bytes = Base64.decode(parts[4]),
      bytes.count == 33, bytes[0] == NoteAlgorithm.ed25519.rawValue
    else { throw InvalidKey("a text that is not shown here", expected: expected) }
    try self.init(name: parts[2], seed: Array(bytes.dropFirst()))
    guard verifier.id.hexadecimal == parts[3] else {
      throw InvalidKey("a key whose id does not agree with the rest", expected: expected)
    }
  }

  /// The key as text. Secret.
  public var secretText: String {
    let bytes = [NoteAlgorithm.ed25519.rawValue] + [UInt8](key.rawRepresentation)
    return "PRIVATE+KEY+\(name)+\(verifier.id.hexadecimal)+\(Base64.encode(bytes))"
  }

  /// The public key, to hand to whoever is to verify.
  public var verifier: VerifierKey { verifier(.ed25519) }

  /// The public key under which cosignatures of this key verify, where it is a witness's.
  public var cosigner: VerifierKey { verifier(.cosignature) }

  private func verifier(_ algorithm: NoteAlgorithm) -> VerifierKey {
    VerifierKey(name: name, algorithm: algorithm, bytes: [UInt8](key.publicKey.rawRepresentation))
  }

  /// The 64 bytes of an Ed25519 signature (RFC 8032).
  func signature(of message: [UInt8]) throws(InvalidKey) -> [UInt8] {
    guard let signature = try? key.signature(for: message) else {
      throw InvalidKey("a key that cannot sign", expected: "an Ed25519 key")
    }
    return [UInt8](signature)
  }
}

/// What a note's signature is, by the byte that C2SP assigns.
public enum NoteAlgorithm: UInt8, Hashable, Sendable {
  /// Ed25519 over the text of the note (C2SP signed-note).
  case ed25519 = 1
  /// Ed25519 over the text and the time at which a witness saw it (C2SP tlog-cosignature, version 1).
  case cosignature = 4
}

/// A public key as C2SP notes name it. Written as `NAME+ID+BASE64` (a "vkey").
public struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
  /// The key's name.
  public let name: String
  /// What its signatures are.
  public let algorithm: NoteAlgorithm
  /// The 32 bytes of the Ed25519 public key.
  let bytes: [UInt8]

  static let nameRule = "a name without spaces and '+', such as trials.example.org/cd19-bcma"

  static func isName(_ name: some StringProtocol) -> Bool {
    !name.isEmpty && !name.contains("+") && !name.contains { $0.isWhitespace }
      && !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  init(name: String, algorithm: NoteAlgorithm, bytes: [UInt8]) {
    self.name = name
    self.algorithm = algorithm
    self.bytes = bytes
  }

  /// The key that a text writes.
  ///
  /// - Throws: `InvalidKey` with what was found and expected.
  public init(_ text: some StringProtocol) throws(InvalidKey) {
    let expected = "a public key such as NAME+ID+BASE64, of an Ed25519 key"
    let parts = String(text).split(separator: "+" as Character, maxSplits: 2, omittingEmptySubsequences: false).map(
      String.init)
    guard parts.count == 3, VerifierKey.isName(parts[0]), let bytes = Base64.decode(parts[2]), bytes.count == 33,
      let algorithm = NoteAlgorithm(rawValue: bytes[0])
    else { throw InvalidKey(String(text), expected: expected) }
    self.init(name: parts[0], algorithm: algorithm, bytes: Array(bytes.dropFirst()))
    guard id.hexadecimal == parts[1] else {
      throw InvalidKey(String(text), expected: "\(expected), whose id agrees with the rest")
    }
  }

  /// The first four bytes of SHA-256(name || 0x0A || algorithm || public key).
  var id: [UInt8] {
    Array(Digest(ofJoined: [Array(name.utf8), [0x0A, algorithm.rawValue], bytes]).bytes.prefix(4))
  }

  /// The key as text.
  public var description: String {
    "\(name)+\(id.hexadecimal)+\(Base64.encode([algorithm.rawValue] + bytes))"
  }

  /// Whether 64 bytes are this key's Ed25519 signature of a message.
  func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
    return key.isValidSignature(signature, for: message)
  }
}

/// A text or bytes that are no key.
public struct InvalidKey: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found; never a secret.
  public let found: String
  /// What was expected.
  public let expected: String

  init(_ found: String, expected: String) {
    self.found = found
    self.expected = expected
  }

  /// What was found, what was expected, what to do.
  public var description: String {
    "ledger-key: found '\(found)', expected \(expected). Copy the key again, whole and on one line."
  }
}
