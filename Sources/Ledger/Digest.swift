internal import Crypto

/// A SHA-256 digest. Written as 64 hexadecimal digits in lower case, in JSON too.
public struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible, Codable {
  // Four words, most significant first, and no array: millions of these are kept and compared.
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  /// The digest of some bytes.
  public init(of bytes: [UInt8]) {
    var hasher = SHA256()
    bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    self.init(hasher)
  }

  /// The digest of a text's UTF-8.
  public init(of text: String) { self.init(of: Array(text.utf8)) }

  /// The digest of several runs of bytes, one after the other.
  init(ofJoined parts: [[UInt8]]) {
    var hasher = SHA256()
    for part in parts { part.withUnsafeBytes { hasher.update(bufferPointer: $0) } }
    self.init(hasher)
  }

  fileprivate init(_ hasher: SHA256) {
    (first, second, third, fourth) = hasher.finalize().withUnsafeBytes { raw in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
  }

  /// The digest that 32 bytes are; nil if there are not 32.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    var words: [UInt64] = [0, 0, 0, 0]
    for (index, byte) in bytes.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
    (first, second, third, fourth) = (words[0], words[1], words[2], words[3])
  }

  /// The digest that 64 hexadecimal digits in lower case write; nil for anything else.
  public init?(_ text: some StringProtocol) {
    guard let bytes = [UInt8](hexadecimal: text) else { return nil }
    self.init(bytes: bytes)
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    append(to: &bytes)
    return bytes
  }

  /// Adds the 32 bytes to others.
  func append(to bytes: inout [UInt8]) {
    for word in [first, second, third, fourth] {
      for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
  }

  /// 64 hexadecimal digits.
  public var description: String { bytes.hexadecimal }

  /// In the order of their bytes.
  public static func < (a: Digest, b: Digest) -> Bool {
    (a.first, a.second, a.third, a.fourth) < (b.first, b.second, b.third, b.fourth)
  }

  /// Reads the text form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no digest: 64 hexadecimal digits in lower case")
    }
    self = digest
  }

  /// Writes the text form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// A digest of bytes that come one run after the other.
public struct RunningDigest: Sendable {
  private var hasher = SHA256()

  /// Of nothing yet.
  public init() {}

  /// Adds bytes at the end.
  public mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) } }

  /// The digest of all that was added so far.
  public var digest: Digest { Digest(hasher) }
}

extension [UInt8] {
  /// Two hexadecimal digits a byte, in lower case.
  package var hexadecimal: String {
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value }
    return String(unsafeUninitializedCapacity: count * 2) { buffer in
      for (index, byte) in self.enumerated() {
        buffer[index * 2] = digit(byte >> 4)
        buffer[index * 2 + 1] = digit(byte & 15)
      }
      return count * 2
    }
  }

  /// The bytes that hexadecimal digits in lower case write; nil for anything else.
  package init?(hexadecimal text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count % 2 == 0, !digits.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) })
    else { return nil }
    self = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = hexadecimalDigit(digits[index]), let low = hexadecimalDigit(digits[index + 1]) else {
        return nil
      }
      append(high << 4 | low)
    }
  }
}
