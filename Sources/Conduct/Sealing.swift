internal import Crypto
internal import FoundationEssentials

/// A key of 256 bits with what it is used for: AES-GCM (NIST SP 800-38D) and HMAC-SHA256 (RFC 2104).
struct SealingKey: Sendable {
  private let key: SymmetricKey

  init(bytes: [UInt8]) { self.key = SymmetricKey(data: bytes) }

  /// A key for one use, derived from this one (HKDF-SHA256, RFC 5869), so that no two uses share a key.
  func derived(for use: String) -> SealingKey {
    let output = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data(("tandem/" + use).utf8), outputByteCount: 32)
    return SealingKey(bytes: output.withUnsafeBytes { Array($0) })
  }

  /// Encrypts and binds bytes to a context; opening them under another context fails. 12 bytes nonce, the text, 16 tag.
  func seal(_ bytes: [UInt8], context: String, entropy: Entropy) throws(SealingFailure) -> [UInt8] {
    guard let nonce = try? AES.GCM.Nonce(data: entropy.bytes(12)),
      let box = try? AES.GCM.seal(bytes, using: key, nonce: nonce, authenticating: Array(context.utf8)),
      let combined = box.combined
    else { throw SealingFailure(context: context) }
    return Array(combined)
  }

  /// What was sealed under the same context.
  func open(_ bytes: [UInt8], context: String) throws(SealingFailure) -> [UInt8] {
    guard let box = try? AES.GCM.SealedBox(combined: bytes),
      let opened = try? AES.GCM.open(box, using: key, authenticating: Array(context.utf8))
    else { throw SealingFailure(context: context) }
    return Array(opened)
  }

  /// A keyed hash that nobody can compute, or try values against, without the key.
  func authenticationCode(of text: String) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
  }
}

/// Sealed bytes that do not open: they were altered, moved, or sealed with another key.
public struct SealingFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name under which the bytes were found.
  public let context: String

  /// What was found and what to do; nothing of the content.
  public var description: String {
    "sealed-unreadable: What is kept as \(context) does not open with this key: it was altered, or another key file was "
      + "used. Use the key file that belongs to this data; if it is the one, restore the last backup."
  }
}

/// Whether two runs of bytes are equal, in a time that depends on their lengths alone.
func equalInConstantTime(_ a: [UInt8], _ b: [UInt8]) -> Bool {
  guard a.count == b.count else { return false }
  var difference: UInt8 = 0
  for (x, y) in zip(a, b) { difference |= x ^ y }
  return difference == 0
}
