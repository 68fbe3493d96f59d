import CZlib

/// Bytes compressed for the way to a browser (RFC 1952).
///
/// A page holds its form's secret and what a reader typed; how well the two compress together would tell the one by the other
/// (BREACH, CVE-2013-3587). Each answer therefore has a field of random length in its header, besides the cookie's
/// `SameSite`, which keeps other sites from asking in the reader's name.
enum Gzip {
  /// From how many bytes on it is worth it.
  static let least = 1024
  /// The longest random field.
  private static let padding = 64

  /// Types that are texts; pictures and archives are compressed already.
  static func fits(_ type: String?) -> Bool {
    guard let type else { return false }
    return type.hasPrefix("text/") || type.hasPrefix("application/json") || type.hasPrefix("application/problem+json")
      || type.hasPrefix("image/svg+xml")
  }

  /// Whether a reader takes it (RFC 9110, 12.5.3).
  static func isAccepted(_ encodings: String?) -> Bool {
    (encodings ?? "").split(separator: ",").contains { part in
      let pieces = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      return pieces.first == "gzip" && !pieces.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
    }
  }

  /// The bytes compressed; nil where they cannot be.
  static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard tandem_deflate_begin(&stream) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    var room = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(bytes.count))))
    var source = bytes
    let result = source.withUnsafeMutableBufferPointer { from in
      room.withUnsafeMutableBufferPointer { to in
        stream.next_in = from.baseAddress
        stream.avail_in = uInt(from.count)
        stream.next_out = to.baseAddress
        stream.avail_out = uInt(to.count)
        return deflate(&stream, Z_FINISH)
      }
    }
    guard result == Z_STREAM_END else { return nil }
    let check = bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, uInt($0.count)) }
    return header() + room.prefix(Int(stream.total_out)) + little(UInt32(truncatingIfNeeded: check))
      + little(UInt32(truncatingIfNeeded: bytes.count))
  }

  /// Magic, deflate, a field follows; no time, no name.
  private static func header() -> [UInt8] {
    let length = Int.random(in: 1...padding)
    let field = Array("TD".utf8) + [UInt8(length), 0] + [UInt8](repeating: 0, count: length)
    return [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 255, UInt8(field.count), 0] + field
  }

  private static func little(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
}
