/// The distinct keys of a document, each once, by number.
///
/// Open addressing over the bytes of the keys. The hash is seeded per process, so that a file cannot be made to collide.
struct SymbolTable {
  private var text: [UInt8] = []
  /// End of each symbol's bytes in `text`; it begins where the one before ends.
  private var ends: [UInt32] = []
  private var hashes: [UInt32] = []
  /// Symbol number plus one; 0 is free. The size is a power of two, small at first: each line of NDJSON has a table of its own.
  private var slots = [UInt32](repeating: 0, count: 32)

  private static let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

  var count: Int { ends.count }

  /// The number of the key that is `bytes[range]`, which is added if it is new.
  mutating func intern(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    let hash = Self.hash(bytes, range)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let symbol = Int(slots[slot]) - 1
      if hashes[symbol] == hash, equals(symbol, bytes, range) { return symbol }
      slot = (slot + 1) & (slots.count - 1)
    }
    for i in range { text.append(bytes[i]) }
    ends.append(UInt32(truncatingIfNeeded: text.count))
    hashes.append(hash)
    slots[slot] = UInt32(truncatingIfNeeded: ends.count)
    if ends.count * 2 > slots.count { grow() }
    return ends.count - 1
  }

  /// The number of the key that is `name`, nil where the document has no such key.
  func number(of name: String) -> Int? {
    let key = Array(name.utf8)
    let hash = Self.hash(key.span, 0..<key.count)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let symbol = Int(slots[slot]) - 1
      if hashes[symbol] == hash, equals(symbol, key.span, 0..<key.count) { return symbol }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The key of that number.
  subscript(symbol: Int) -> String { String(decoding: text[range(of: symbol)], as: UTF8.self) }

  /// Whether the key of that number is `name`.
  func isEqual(_ symbol: Int, to name: String) -> Bool {
    let range = range(of: symbol)
    var name = name
    return name.withUTF8 { utf8 in
      guard utf8.count == range.count else { return false }
      for i in 0..<utf8.count where utf8[i] != text[range.lowerBound + i] { return false }
      return true
    }
  }

  private func range(of symbol: Int) -> Range<Int> {
    (symbol == 0 ? 0 : Int(ends[symbol - 1]))..<Int(ends[symbol])
  }

  private func equals(_ symbol: Int, _ bytes: Span<UInt8>, _ key: Range<Int>) -> Bool {
    let range = range(of: symbol)
    guard range.count == key.count else { return false }
    for i in 0..<range.count where text[range.lowerBound + i] != bytes[key.lowerBound + i] { return false }
    return true
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (symbol, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: symbol + 1)
    }
  }

  private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    var state = seed ^ UInt64(truncatingIfNeeded: range.count)
    let raw = bytes.bytes
    var i = range.lowerBound
    while i + 8 <= range.upperBound {
      mix(&state, raw.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
      i += 8
    }
    var rest: UInt64 = 0
    while i < range.upperBound {
      rest = rest << 8 | UInt64(bytes[i])
      i += 1
    }
    mix(&state, rest)
    return UInt32(truncatingIfNeeded: state >> 32)
  }

  private static func mix(_ state: inout UInt64, _ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    state = product.high ^ product.low
  }
}
