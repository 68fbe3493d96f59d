internal import Crypto
internal import Foundation
internal import Ledger
internal import Trial

/// Passwords that are known from breaches, in a file that the operator provides: a SHA-1 in hexadecimal a line, sorted, with or without a colon
/// and a count behind it, as the lists of Have I Been Pwned come.
///
/// The file is searched where it lies, however large it is. Cost: some forty reads of it a password.
/// Source: OWASP ASVS 5.0, V6.2.4 and V6.2.12; NIST SP 800-63B, 5.1.1.2.
public struct BreachedPasswords: Sendable {
  private let path: String

  /// The list in a file; nil where there is no such file.
  public init?(path: String) {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    self.path = path
  }

  /// Whether a password is in the list.
  ///
  /// - Throws: `Refusal` (`breached-passwords-unreadable`) where the file cannot be read, or is no such list.
  func holds(_ password: String) throws(Refusal) -> Bool {
    let wanted = Array(Insecure.SHA1.hash(data: Array(password.utf8))).hexadecimal.uppercased()
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      var low: UInt64 = 0
      var high = try file.seekToEnd()
      // The line that begins at `low` or later, and before `high`, is the one that is looked for, or there is none.
      while low < high {
        let middle = low + (high - low) / 2
        guard let line = try BreachedPasswords.line(of: file, from: middle), line.start < high else {
          high = middle
          continue
        }
        guard line.hash.count == 40, line.hash.allSatisfy(\.isHexDigit) else { throw unreadable }
        if line.hash == wanted { return true }
        if line.hash < wanted { low = line.end } else { high = middle }
      }
      return false
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw unreadable
    }
  }

  /// The first line that begins at a place or after it; nil where none does.
  private static func line(
    of file: FileHandle, from place: UInt64
  ) throws -> (start: UInt64, hash: String, end: UInt64)? {
    // One byte before tells whether a line begins right here; no line of such a list has 200 bytes.
    let begin = place == 0 ? 0 : place - 1
    try file.seek(toOffset: begin)
    let bytes = try file.read(upToCount: 400) ?? Data()
    var start = bytes.startIndex
    if place > 0 {
      guard let newline = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      start = newline + 1
    }
    guard start < bytes.endIndex else { return nil }
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
    let hash = bytes[start..<end].prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "\r") }
    return (
      begin + UInt64(start - bytes.startIndex), String(decoding: hash, as: UTF8.self).uppercased(),
      begin + UInt64(min(end + 1, bytes.endIndex) - bytes.startIndex)
    )
  }

  private var unreadable: Refusal {
    Refusal(
      "breached-passwords-unreadable", because: "The list of breached passwords cannot be read.",
      remedy: "Whoever runs the machine looks at it: a SHA-1 in hexadecimal a line, sorted.")
  }
}
