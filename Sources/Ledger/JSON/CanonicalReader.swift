/// Reads JSON (RFC 8259) into trees, strictly: UTF-8, no repeated member, no lone surrogate, integers only.
struct CanonicalReader {
  private let bytes: [UInt8]
  private var at = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func read(_ bytes: [UInt8]) throws(InvalidJSON) -> CanonicalJSON.Value {
    var reader = CanonicalReader(bytes)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.at == bytes.count else { throw reader.fault("found more text, expected the end of the document") }
    return value
  }

  private func fault(_ problem: String) -> InvalidJSON { InvalidJSON(at: at, problem) }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    at += 1
    return true
  }

  private mutating func value(depth: Int) throws(InvalidJSON) -> CanonicalJSON.Value {
    guard depth <= CanonicalJSON.greatestDepth else {
      throw fault("nested more than \(CanonicalJSON.greatestDepth) deep, which is not accepted")
    }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"): return .integer(try integer())
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return .integer(try integer())
    case nil: throw fault("the text ends where a value was expected")
    default: throw fault("expected an object, array, string, integer, true, false or null")
    }
  }

  private mutating func word(_ text: String, _ value: CanonicalJSON.Value) throws(InvalidJSON) -> CanonicalJSON.Value {
    guard bytes[at...].starts(with: text.utf8) else { throw fault("expected '\(text)'") }
    at += text.utf8.count
    return value
  }

  private mutating func integer() throws(InvalidJSON) -> Int {
    let start = at
    let isNegative = take(UInt8(ascii: "-"))
    let digits = at
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
    if let byte = next, byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      throw InvalidJSON(at: start, "a number with a fraction or exponent is not accepted; write a decimal as a string")
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    guard digits < at, at - digits == 1 || bytes[digits] != UInt8(ascii: "0"), !(isNegative && text == "-0"),
      let number = Int(text), number.magnitude <= UInt(CanonicalJSON.greatestInteger)
    else {
      throw InvalidJSON(at: start, "'\(text)' is no integer within ±\(CanonicalJSON.greatestInteger)")
    }
    return number
  }

  private mutating func array(depth: Int) throws(InvalidJSON) -> CanonicalJSON.Value {
    at += 1
    var elements: [CanonicalJSON.Value] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw fault("expected ',' or ']'") }
    }
  }

  private mutating func object(depth: Int) throws(InvalidJSON) -> CanonicalJSON.Value {
    at += 1
    var members: [String: CanonicalJSON.Value] = [:]
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([:]) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw fault("expected a member's name in quotes") }
      let start = at
      let name = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault("expected ':'") }
      // Names that Unicode holds to be equal (é as one or two code points) count as the same name, too.
      guard members.updateValue(try value(depth: depth + 1), forKey: name) == nil else {
        throw InvalidJSON(at: start, "the member '\(name)' is there twice")
      }
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw fault("expected ',' or '}'") }
    }
  }

  private mutating func string() throws(InvalidJSON) -> String {
    at += 1
    let start = at
    // Nearly every string is plain: it is taken in one piece.
    let end = bytes[start...].firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 < 0x20 }
    var text = Array(bytes[start..<(end ?? bytes.count)])
    at = start + text.count
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw InvalidJSON(at: start, "a string that is not UTF-8")
        }
        return valid
      case UInt8(ascii: "\\"):
        at += 1
        try escape(into: &text)
      case 0..<0x20: throw fault("a control character in a string must be escaped")
      default:
        text.append(byte)
        at += 1
      }
    }
    throw fault("the text ends inside a string")
  }

  private mutating func escape(into text: inout [UInt8]) throws(InvalidJSON) {
    guard let byte = next else { throw fault("the text ends inside a string") }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "u"):
      let unit = try codeUnit()
      guard 0xD800...0xDFFF ~= unit else { return append(unit, to: &text) }
      guard unit < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw fault("a lone surrogate") }
      let low = try codeUnit()
      guard 0xDC00...0xDFFF ~= low else { throw fault("a lone surrogate") }
      append(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), to: &text)
    default: throw fault("an escape that JSON does not have")
    }
  }

  private func append(_ scalar: UInt32, to text: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    text += UTF8.encode(scalar).map(Array.init) ?? []
  }

  private mutating func codeUnit() throws(InvalidJSON) -> UInt32 {
    guard at + 4 <= bytes.count else { throw fault("expected four hexadecimal digits") }
    var unit: UInt32 = 0
    for byte in bytes[at..<at + 4] {
      guard let digit = hexadecimalDigit(byte) else { throw fault("expected four hexadecimal digits") }
      unit = unit << 4 | UInt32(digit)
    }
    at += 4
    return unit
  }
}

/// The value of a hexadecimal digit, in either case; nil if it is none.
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
