// Strings and numbers: the bytes inside them.

extension JSONScanner {
  /// Moves from the first byte of a string to its closing quote; tells whether it holds escapes.
  mutating func scanString(_ bytes: Span<UInt8>) throws(Stop) -> Bool {
    var isEscaped = false
    let raw = bytes.bytes
    while true {
      // Eight plain bytes at a time: none is a quote, a backslash, a control character or beyond ASCII.
      while at + 8 <= bytes.count {
        let word = raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
        if isSpecial(word) { break }
        at += 8
      }
      guard at < bytes.count else { throw Stop(reason: .truncated(inside: "a string"), at: at) }
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""): return isEscaped
      case UInt8(ascii: "\\"):
        isEscaped = true
        try scanEscape(bytes)
      case 0x00..<0x20: throw Stop(reason: .controlCharacter(byte), at: at)
      case 0x80...: try scanMultibyte(bytes)
      default: at += 1
      }
    }
  }

  /// Whether any of eight bytes needs a closer look (exact: no plain byte is reported).
  @inline(__always)
  private func isSpecial(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let found =
      ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- ones &* 0x20) & ~word) | word
    return found & highs != 0
  }

  private mutating func scanEscape(_ bytes: Span<UInt8>) throws(Stop) {
    let start = at
    guard at + 1 < bytes.count else { throw Stop(reason: .truncated(inside: "a string"), at: bytes.count) }
    at += 2
    switch bytes[at - 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    case UInt8(ascii: "u"):
      let unit = try scanHex(bytes, from: start)
      switch unit {
      case 0xD800..<0xDC00:
        guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
          throw Stop(reason: .loneSurrogate, at: start)
        }
        at += 2
        guard 0xDC00..<0xE000 ~= (try scanHex(bytes, from: at - 2)) else {
          throw Stop(reason: .loneSurrogate, at: start)
        }
      case 0xDC00..<0xE000: throw Stop(reason: .loneSurrogate, at: start)
      default: return
      }
    default: throw Stop(reason: .escape, at: start)
    }
  }

  private mutating func scanHex(_ bytes: Span<UInt8>, from start: Int) throws(Stop) -> UInt32 {
    guard at + 4 <= bytes.count else { throw Stop(reason: .truncated(inside: "a string"), at: bytes.count) }
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = hexDigit(bytes[at]) else { throw Stop(reason: .escape, at: start) }
      unit = unit << 4 | digit
      at += 1
    }
    return unit
  }

  /// One character of two to four bytes. Source: RFC 3629, section 4.
  private mutating func scanMultibyte(_ bytes: Span<UInt8>) throws(Stop) {
    let first = bytes[at]
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch first {
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xE1...0xEF: (3, 0x80...0xBF)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: throw Stop(reason: .notUTF8(first), at: at)
      }
    for i in 1..<length {
      guard at + i < bytes.count else { throw Stop(reason: .truncated(inside: "a string"), at: bytes.count) }
      guard (i == 1 ? second : 0x80...0xBF).contains(bytes[at + i]) else { throw Stop(reason: .notUTF8(first), at: at) }
    }
    at += length
  }

  mutating func scanNumber(_ bytes: Span<UInt8>) throws(Stop) {
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    guard at < bytes.count else { throw Stop(reason: .truncated(inside: "a number"), at: at) }
    if bytes[at] == UInt8(ascii: "0") {
      at += 1
      if at < bytes.count, isDigit(bytes[at]) {
        throw Stop(reason: .number("a digit follows a leading zero"), at: at)
      }
    } else {
      try scanDigits(bytes, after: "the sign")
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      try scanDigits(bytes, after: "the point")
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      try scanDigits(bytes, after: "the exponent's “e”")
    }
  }

  private mutating func scanDigits(_ bytes: Span<UInt8>, after what: String) throws(Stop) {
    guard at < bytes.count else { throw Stop(reason: .truncated(inside: "a number"), at: at) }
    guard isDigit(bytes[at]) else { throw Stop(reason: .number("there is no digit after \(what)"), at: at) }
    while at < bytes.count, isDigit(bytes[at]) { at += 1 }
  }
}

func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

private func hexDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
  default: nil
  }
}

/// The UTF-8 text that a string with escapes stands for; the scanner has checked it.
func decodeEscapes(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
  var out: [UInt8] = []
  out.reserveCapacity(range.count)
  var i = range.lowerBound
  func unit(at start: Int) -> UInt32 {
    (start..<start + 4).reduce(0) { $0 << 4 | (hexDigit(bytes[$1]) ?? 0) }
  }
  while i < range.upperBound {
    guard bytes[i] == UInt8(ascii: "\\") else {
      out.append(bytes[i])
      i += 1
      continue
    }
    let escape = bytes[i + 1]
    i += 2
    switch escape {
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = unit(at: i)
      i += 4
      if 0xD800..<0xDC00 ~= scalar {
        scalar = 0x10000 + (scalar - 0xD800) << 10 + (unit(at: i + 2) - 0xDC00)
        i += 6
      }
      out.append(contentsOf: String(UnicodeScalar(scalar) ?? "\u{FFFD}").utf8)
    default: out.append(escape)
    }
  }
  return out
}
