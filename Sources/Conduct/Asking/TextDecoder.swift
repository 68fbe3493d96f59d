import FoundationEssentials

/// One member: a text, a number, a truth value, a list of them, or JSON.
struct TextDecoder: Decoder, SingleValueDecodingContainer {
  let texts: [String]
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  private var text: String { texts.last ?? "" }
  /// The elements of a list.
  var items: [String] {
    texts.flatMap { text in
      text.hasPrefix("{") || text.hasPrefix("[")
        ? [text] : text.split(separator: ",", omittingEmptySubsequences: true).map(String.init)
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    // A member with members of its own is JSON, and JSON has a decoder.
    try JSONDecoder().decode(Passed.self, from: Data(text.utf8)).decoder.container(keyedBy: type)
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    if texts.count == 1, text.hasPrefix("[") {
      return try JSONDecoder().decode(Passed.self, from: Data(text.utf8)).decoder.unkeyedContainer()
    }
    return TextList(texts: items)
  }
  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { false }
  func decode(_ type: Bool.Type) throws -> Bool {
    switch text.lowercased() {
    case "yes", "true": return true
    case "no", "false": return false
    default: throw corrupted("‘\(text)’ is neither yes nor no")
    }
  }
  func decode(_ type: String.Type) -> String { text }
  func decode(_ type: Double.Type) throws -> Double { throw corrupted("numbers with a fraction are read as decimals") }
  func decode(_ type: Float.Type) throws -> Float { throw corrupted("numbers with a fraction are read as decimals") }
  func decode<T: Decodable & FixedWidthInteger>(_ type: T.Type) throws -> T { try number() }
  func decode(_ type: Int.Type) throws -> Int { try number() }
  func decode(_ type: Int8.Type) throws -> Int8 { try number() }
  func decode(_ type: Int16.Type) throws -> Int16 { try number() }
  func decode(_ type: Int32.Type) throws -> Int32 { try number() }
  func decode(_ type: Int64.Type) throws -> Int64 { try number() }
  func decode(_ type: UInt.Type) throws -> UInt { try number() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try number() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try number() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try number() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try number() }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }

  private func number<T: FixedWidthInteger>() throws -> T {
    guard let number = T(text) else { throw corrupted("‘\(text)’ is not a whole number") }
    return number
  }
  private func corrupted(_ problem: String) -> DecodingError { .corrupted(problem) }
}

extension DecodingError {
  /// That a text cannot be read, and why.
  static func corrupted(_ problem: String) -> DecodingError {
    .dataCorrupted(Context(codingPath: [], debugDescription: problem))
  }
}

/// JSON handed on to the type that reads it.
private struct Passed: Decodable {
  let decoder: any Decoder
  init(from decoder: any Decoder) { self.decoder = decoder }
}

/// The elements of a list.
struct TextList: UnkeyedDecodingContainer {
  let texts: [String]
  var currentIndex = 0
  var codingPath: [any CodingKey] { [] }
  var count: Int? { texts.count }
  var isAtEnd: Bool { currentIndex >= texts.count }

  init(texts: [String]) { self.texts = texts }

  mutating func decodeNil() -> Bool { false }
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    guard !isAtEnd else { throw DecodingError.corrupted("the list is too short") }
    defer { currentIndex += 1 }
    return try T(from: TextDecoder(texts: [texts[currentIndex]]))
  }
  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw DecodingError.corrupted("a list of such members is given as JSON")
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw DecodingError.corrupted("a list of lists is given as JSON")
  }
  mutating func superDecoder() throws -> any Decoder { throw DecodingError.corrupted("a list has no parent") }
}
