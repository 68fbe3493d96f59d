internal import Crypto
internal import FoundationEssentials

/// Time-based one-time passwords (RFC 6238) on HMAC-based ones (RFC 4226).
enum OneTimePassword {
  enum Algorithm: Sendable { case sha1, sha256, sha512 }

  /// Seconds that a code is shown.
  static let period = 30
  static let digits = 6

  /// The step of a time in seconds since 1970-01-01.
  static func step(atSecond second: Int) -> Int { second / period }

  /// The code of a step.
  static func code(
    secret: [UInt8], step: Int, digits: Int = digits, algorithm: Algorithm = .sha1
  ) -> String {
    let counter = withUnsafeBytes(of: UInt64(bitPattern: Int64(step)).bigEndian) { Array($0) }
    let key = SymmetricKey(data: secret)
    let mac: [UInt8] =
      switch algorithm {
      // What every authenticator app computes; HMAC does not rest on the collisions that broke SHA-1 (RFC 6194).
      case .sha1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: key))
      case .sha256: Array(HMAC<SHA256>.authenticationCode(for: counter, using: key))
      case .sha512: Array(HMAC<SHA512>.authenticationCode(for: counter, using: key))
      }
    let offset = Int(mac[mac.count - 1] & 15)
    let word = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let code = String(Int(word) % (0..<digits).reduce(1) { power, _ in power * 10 })
    return String(repeating: "0", count: digits - code.count) + code
  }

  /// The step that a code belongs to, at a time, one step of clock error either way; later than the last one used.
  static func step(of code: String, secret: [UInt8], atSecond second: Int, after last: Int) -> Int? {
    let given = Array(code.utf8.filter { $0 != UInt8(ascii: " ") })
    let now = step(atSecond: second)
    var found: Int?
    for step in now - 1...now + 1 where equalInConstantTime(Array(self.code(secret: secret, step: step).utf8), given) {
      if step > last { found = step }
    }
    return found
  }

  /// Base 32 (RFC 4648, section 6) without padding, as authenticator apps read a secret.
  static func base32(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var text = ""
    var bits: UInt64 = 0
    var count = 0
    for byte in bytes {
      bits = (bits << 8 | UInt64(byte)) & 0xFFFF
      count += 8
      while count >= 5 {
        count -= 5
        text.append(alphabet[Int(bits >> UInt64(count) & 31)])
      }
    }
    if count > 0 { text.append(alphabet[Int(bits << UInt64(5 - count) & 31)]) }
    return text
  }
}
