/// Prints trees as RFC 8785 asks: no white space, members in the order of their UTF-16 code units, the least escaping.
struct CanonicalWriter {
  var bytes: [UInt8] = []

  mutating func write(_ value: CanonicalJSON.Value, depth: Int) throws(InvalidJSON) {
    guard depth <= CanonicalJSON.greatestDepth else {
      throw InvalidJSON("a document nested more than \(CanonicalJSON.greatestDepth) deep is not accepted; flatten it")
    }
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let flag): bytes += (flag ? "true" : "false").utf8
    case .integer(let number): try write(number)
    case .string(let text): write(text)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        try write(element, depth: depth + 1)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, name) in members.keys.sorted(by: CanonicalWriter.precedes).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(name)
        bytes.append(UInt8(ascii: ":"))
        try write(members[name] ?? .null, depth: depth + 1)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// By UTF-16 code units: differs from the order of the UTF-8 bytes between surrogates and U+E000 to U+FFFF.
  static func precedes(_ a: String, _ b: String) -> Bool { a.utf16.lexicographicallyPrecedes(b.utf16) }

  private mutating func write(_ number: Int) throws(InvalidJSON) {
    guard number.magnitude <= UInt(CanonicalJSON.greatestInteger) else {
      throw InvalidJSON(
        "the integer \(number) is beyond ±\(CanonicalJSON.greatestInteger), which JSON readers do not keep; "
          + "write it as a string")
    }
    bytes += "\(number)".utf8
  }

  mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    // Nearly every text of an event needs no escape.
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
      bytes += text.utf8
      bytes.append(UInt8(ascii: "\""))
      return
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += #"\""#.utf8
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case 0x08: bytes += #"\b"#.utf8
      case 0x09: bytes += #"\t"#.utf8
      case 0x0A: bytes += #"\n"#.utf8
      case 0x0C: bytes += #"\f"#.utf8
      case 0x0D: bytes += #"\r"#.utf8
      case 0..<0x20: bytes += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
