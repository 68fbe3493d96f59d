import FoundationEssentials
import Ledger

/// Reads a command of the trial from options, `--obtained-by anna`: each member of the command is the option of its
/// name, a list is given by repeating the option or with commas, and a member with members of its own as JSON.
struct OptionDecoder: Decoder {
  /// The texts that were given, by member.
  let given: [String: [String]]
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The options as they were given, by member.
  init(_ given: [String: [String]]) { self.given = given }

  /// An option that cannot be understood.
  struct Usage: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// `obtainedBy` as an option, `obtained-by`; `volumeML` as `volume-ml`.
  static func option(_ member: String) -> String {
    var text = ""
    var isAfterCapital = true
    for character in member {
      if character.isUppercase && !isAfterCapital { text += "-" }
      isAfterCapital = character.isUppercase
      text += character.lowercased()
    }
    return text
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Options<Key>(given: given))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Usage("A command is made of options.") }
  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    throw Usage("A command is made of options.")
  }
}

/// The options of a command as its members.
private struct Options<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let given: [String: [String]]
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { given.keys.compactMap(Key.init(stringValue:)) }

  func contains(_ key: Key) -> Bool { given[key.stringValue] != nil }
  func decodeNil(forKey key: Key) -> Bool { given[key.stringValue] == nil }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    let option = OptionDecoder.option(key.stringValue)
    guard let texts = given[key.stringValue] else {
      throw OptionDecoder.Usage("--\(option) is missing.")
    }
    do {
      return try T(from: TextDecoder(texts: texts))
    } catch DecodingError.dataCorrupted(let context) {
      if let values = OptionKind(type).values {
        let found = texts.joined(separator: ", ")
        throw OptionDecoder.Usage("--\(option): ‘\(found)’ is none of \(values.joined(separator: ", ")).")
      }
      throw OptionDecoder.Usage("--\(option): \(context.debugDescription)")
    } catch DecodingError.keyNotFound(let missing, _) {
      throw OptionDecoder.Usage("--\(option): its JSON lacks ‘\(missing.stringValue)’.")
    } catch DecodingError.typeMismatch(_, let context) {
      throw OptionDecoder.Usage("--\(option): \(context.debugDescription)")
    }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    throw OptionDecoder.Usage("--\(OptionDecoder.option(key.stringValue)) has no options of its own.")
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    TextList(texts: TextDecoder(texts: given[key.stringValue] ?? []).items)
  }
  func superDecoder() throws -> any Decoder { throw OptionDecoder.Usage("A command has no parent.") }
  func superDecoder(forKey key: Key) throws -> any Decoder { try superDecoder() }
}

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
  private func corrupted(_ problem: String) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: [], debugDescription: problem))
  }
}

/// JSON handed on to the type that reads it.
private struct Passed: Decodable {
  let decoder: any Decoder
  init(from decoder: any Decoder) { self.decoder = decoder }
}

/// The elements of a list.
private struct TextList: UnkeyedDecodingContainer {
  let texts: [String]
  var currentIndex = 0
  var codingPath: [any CodingKey] { [] }
  var count: Int? { texts.count }
  var isAtEnd: Bool { currentIndex >= texts.count }

  init(texts: [String]) { self.texts = texts }

  mutating func decodeNil() -> Bool { false }
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    guard !isAtEnd else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: [], debugDescription: "the list is too short"))
    }
    defer { currentIndex += 1 }
    return try T(from: TextDecoder(texts: [texts[currentIndex]]))
  }
  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw OptionDecoder.Usage("Give a list of such members as JSON.")
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw OptionDecoder.Usage("Give a list of lists as JSON.")
  }
  mutating func superDecoder() throws -> any Decoder { throw OptionDecoder.Usage("A list has no parent.") }
}
