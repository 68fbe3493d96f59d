/// Decodes from a tree. An integer that its type cannot hold is an error; nothing decodes as floating point.
struct CanonicalDecoder: Decoder {
  let value: CanonicalJSON.Value
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func decode<T: Decodable>(
    _ type: T.Type, from value: CanonicalJSON.Value, at path: [any CodingKey] = []
  ) throws -> T {
    if let scalar = try scalar(type, value, at: path) { return scalar }
    return try T(from: CanonicalDecoder(value: value, codingPath: path))
  }

  private static func scalar<T: Decodable>(
    _ type: T.Type, _ value: CanonicalJSON.Value, at path: [any CodingKey]
  ) throws -> T? {
    if let type = type as? any FixedWidthInteger.Type {
      guard case .integer(let number) = value else { throw mismatch(T.self, value, at: path) }
      return try integer(type, number, at: path) as? T
    }
    switch (type, value) {
    case (is String.Type, .string(let text)): return text as? T
    case (is Bool.Type, .bool(let flag)): return flag as? T
    case (is CanonicalJSON.Type, _): return try CanonicalJSON(value) as? T
    case (is String.Type, _), (is Bool.Type, _), (is Double.Type, _), (is Float.Type, _):
      throw mismatch(T.self, value, at: path)
    default: return nil
    }
  }

  private static func integer<I: FixedWidthInteger>(_ type: I.Type, _ number: Int, at path: [any CodingKey]) throws -> I
  {
    guard let exact = I(exactly: number) else {
      throw DecodingError.dataCorrupted(.init(codingPath: path, debugDescription: "\(number) does not fit \(I.self)"))
    }
    return exact
  }

  static func mismatch(_ type: Any.Type, _ value: CanonicalJSON.Value, at path: [any CodingKey]) -> DecodingError {
    let found =
      switch value {
      case .null: "null"
      case .bool: "a truth value"
      case .integer: "an integer"
      case .string: "a string"
      case .array: "an array"
      case .object: "an object"
      }
    return .typeMismatch(type, .init(codingPath: path, debugDescription: "found \(found), expected \(type)"))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = value else {
      throw CanonicalDecoder.mismatch([String: Any].self, value, at: codingPath)
    }
    return KeyedDecodingContainer(Keyed<Key>(members: members, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = value else {
      throw CanonicalDecoder.mismatch([Any].self, value, at: codingPath)
    }
    return Unkeyed(elements: elements, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { Single(value: value, codingPath: codingPath) }

  struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [String: CanonicalJSON.Value]
    let codingPath: [any CodingKey]
    var allKeys: [Key] { members.keys.compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }

    private func member(_ key: any CodingKey) throws -> CanonicalJSON.Value {
      guard let member = members[key.stringValue] else {
        throw DecodingError.keyNotFound(
          key, .init(codingPath: codingPath, debugDescription: "the member '\(key.stringValue)' is missing"))
      }
      return member
    }

    func decodeNil(forKey key: Key) throws -> Bool { try member(key) == .null }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      try CanonicalDecoder.decode(type, from: member(key), at: codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
      try CanonicalDecoder(value: member(key), codingPath: codingPath + [key]).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try CanonicalDecoder(value: member(key), codingPath: codingPath + [key]).unkeyedContainer()
    }

    func superDecoder() -> any Decoder {
      CanonicalDecoder(value: members["super"] ?? .null, codingPath: codingPath)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
      CanonicalDecoder(value: try member(key), codingPath: codingPath + [key])
    }
  }

  struct Unkeyed: UnkeyedDecodingContainer {
    let elements: [CanonicalJSON.Value]
    let codingPath: [any CodingKey]
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }
    private(set) var currentIndex = 0

    private mutating func next() throws -> CanonicalJSON.Value {
      guard !isAtEnd else {
        throw DecodingError.valueNotFound(
          Any.self, .init(codingPath: codingPath, debugDescription: "the array has only \(elements.count) elements"))
      }
      defer { currentIndex += 1 }
      return elements[currentIndex]
    }

    mutating func decodeNil() throws -> Bool {
      guard !isAtEnd, elements[currentIndex] == .null else { return false }
      currentIndex += 1
      return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
      let path = codingPath
      return try CanonicalDecoder.decode(type, from: next(), at: path)
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
      try CanonicalDecoder(value: next(), codingPath: codingPath).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      try CanonicalDecoder(value: next(), codingPath: codingPath).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
      CanonicalDecoder(value: try next(), codingPath: codingPath)
    }
  }

  struct Single: SingleValueDecodingContainer {
    let value: CanonicalJSON.Value
    let codingPath: [any CodingKey]

    func decodeNil() -> Bool { value == .null }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
      try CanonicalDecoder.decode(type, from: value, at: codingPath)
    }
  }
}
