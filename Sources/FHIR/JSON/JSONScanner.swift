/// Reads a JSON text once, front to back, into nodes; an explicit stack in place of recursion, every access checked.
///
/// Source: RFC 8259; UTF-8 as in RFC 3629.
struct JSONScanner {
  private(set) var nodes: [JSONNode] = []
  private(set) var symbols = SymbolTable()
  /// Offset of the next byte.
  var at = 0
  /// Nodes of the containers that are open, outermost first.
  private var open: [Int] = []
  /// For each symbol the last object in which it was seen, to find keys that repeat.
  private var seen: [UInt32] = []
  private var objectCount: UInt32 = 0

  mutating func scan(_ bytes: Span<UInt8>) throws(Stop) {
    guard bytes.count <= JSONDocument.maximumBytes else { throw Stop(reason: .tooLarge, at: 0) }
    try skipMark(bytes)
    nodes.reserveCapacity(bytes.count / 12)
    skipBlanks(bytes)
    guard at < bytes.count else { throw Stop(reason: bytes.isEmpty ? .empty : .blank, at: at) }
    try scanValue(bytes)
    while !open.isEmpty { try scanMember(bytes) }
    skipBlanks(bytes)
    if at < bytes.count { throw Stop(reason: .trailing(found: found(bytes)), at: at) }
  }

  /// A byte order mark; and the first bytes of what is often given in place of JSON.
  private mutating func skipMark(_ bytes: Span<UInt8>) throws(Stop) {
    func starts(_ prefix: UInt8...) -> Bool {
      bytes.count >= prefix.count && prefix.indices.allSatisfy { bytes[$0] == prefix[$0] }
    }
    if starts(0xEF, 0xBB, 0xBF) {
      at = 3
    } else if starts(0xFF, 0xFE) || starts(0xFE, 0xFF) || starts(0x00, 0x7B) || starts(0x7B, 0x00) {
      throw Stop(reason: .utf16, at: 0)
    } else if starts(0x1F, 0x8B) || starts(0x50, 0x4B, 0x03, 0x04) {
      throw Stop(reason: .compressed, at: 0)
    } else if starts(UInt8(ascii: "<")) {
      throw Stop(reason: .xml, at: 0)
    }
  }

  /// What stands after the start of a container, or after a value in it: the next member, or its end.
  private mutating func scanMember(_ bytes: Span<UInt8>) throws(Stop) {
    let container = open[open.count - 1]
    let isObject = nodes[container].kind == .object
    let isFirst = container == nodes.count - 1
    let close = UInt8(ascii: isObject ? "}" : "]")
    skipBlanks(bytes)
    guard at < bytes.count else { throw truncated() }
    if bytes[at] == close {
      at += 1
      try finish(container)
      return
    }
    if !isFirst {
      guard bytes[at] == UInt8(ascii: ",") else {
        throw unexpected(
          bytes, isObject ? "a comma or the end of the object, “}”," : "a comma or the end of the array, “]”,")
      }
      at += 1
      skipBlanks(bytes)
      guard at < bytes.count else { throw truncated() }
    }
    if isObject { try scanKey(bytes) }
    try scanValue(bytes)
  }

  /// Closes a container: its end is known, and so are all its keys.
  private mutating func finish(_ container: Int) throws(Stop) {
    open.removeLast()
    nodes[container].word = UInt32(truncatingIfNeeded: nodes.count)
    guard nodes[container].kind == .object else { return }
    objectCount += 1
    var index = container + 1
    while index < nodes.count {
      let symbol = Int(nodes[index].word)
      if seen[symbol] == objectCount {
        throw Stop(reason: .duplicateKey(symbols[symbol]), at: nodes[index].offset - 1)
      }
      seen[symbol] = objectCount
      index = nodes.index(after: index + 1)
    }
  }

  private mutating func scanKey(_ bytes: Span<UInt8>) throws(Stop) {
    guard bytes[at] == UInt8(ascii: "\"") else { throw unexpected(bytes, "a member's name in quotes") }
    at += 1
    let start = at
    let isEscaped = try scanString(bytes)
    let symbol: Int
    if isEscaped {
      let decoded = decodeEscapes(bytes, start..<at)
      symbol = symbols.intern(decoded.span, 0..<decoded.count)
    } else {
      symbol = symbols.intern(bytes, start..<at)
    }
    if symbol == seen.count { seen.append(0) }
    nodes.append(JSONNode(.key, at: start, word: symbol))
    at += 1
    skipBlanks(bytes)
    guard at < bytes.count else { throw truncated() }
    guard bytes[at] == UInt8(ascii: ":") else { throw unexpected(bytes, "a colon") }
    at += 1
    skipBlanks(bytes)
    guard at < bytes.count else { throw truncated() }
  }

  private mutating func scanValue(_ bytes: Span<UInt8>) throws(Stop) {
    switch bytes[at] {
    case UInt8(ascii: "{"): try begin(.object)
    case UInt8(ascii: "["): try begin(.array)
    case UInt8(ascii: "\""):
      at += 1
      let start = at
      let isEscaped = try scanString(bytes)
      nodes.append(JSONNode(isEscaped ? .escapedString : .string, at: start, word: at - start))
      at += 1
    case UInt8(ascii: "t"): try scanWord("true", .true, bytes)
    case UInt8(ascii: "f"): try scanWord("false", .false, bytes)
    case UInt8(ascii: "n"): try scanWord("null", .null, bytes)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let start = at
      try scanNumber(bytes)
      nodes.append(JSONNode(.number, at: start, word: at - start))
    default: throw unexpected(bytes, "a value")
    }
  }

  private mutating func begin(_ kind: JSONNode.Kind) throws(Stop) {
    guard open.count < JSONDocument.maximumDepth else { throw Stop(reason: .tooDeep, at: at) }
    open.append(nodes.count)
    nodes.append(JSONNode(kind, at: at))
    at += 1
  }

  private mutating func scanWord(_ word: StaticString, _ kind: JSONNode.Kind, _ bytes: Span<UInt8>) throws(Stop) {
    let start = at
    for i in 0..<word.utf8CodeUnitCount {
      guard at < bytes.count else { throw truncated() }
      guard bytes[at] == word.utf8Start[i] else {
        at = start
        throw unexpected(bytes, "“\(word)”")
      }
      at += 1
    }
    nodes.append(JSONNode(kind, at: start))
  }

  mutating func skipBlanks(_ bytes: Span<UInt8>) {
    let raw = bytes.bytes
    while at < bytes.count {
      switch bytes[at] {
      case 0x0A:
        at += 1
        // Indentation, eight spaces at a time.
        while at + 8 <= bytes.count,
          raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self) == 0x2020_2020_2020_2020
        { at += 8 }
      case 0x20, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  func truncated() -> Stop {
    guard let innermost = open.last else { return Stop(reason: .truncated(inside: "a value"), at: at) }
    return Stop(reason: .truncated(inside: nodes[innermost].kind == .object ? "an object" : "an array"), at: at)
  }

  func unexpected(_ bytes: Span<UInt8>, _ expected: String) -> Stop {
    Stop(reason: .unexpected(found: found(bytes), expected: expected), at: at)
  }

  /// The next byte, for a message.
  private func found(_ bytes: Span<UInt8>) -> String {
    let byte = bytes[at]
    return 0x20..<0x7F ~= byte ? "“\(Character(UnicodeScalar(byte)))”" : "byte 0x\(hexadecimal(byte))"
  }
}

extension [JSONNode] {
  /// The index of the node after a value.
  func index(after index: Int) -> Int {
    switch self[index].kind {
    case .object, .array: Int(self[index].word)
    default: index + 1
    }
  }
}
