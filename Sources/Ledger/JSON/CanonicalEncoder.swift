/// Encodes into a tree. Floating point is refused by its type, so that not even a whole `Double` slips through.
struct CanonicalEncoder: Encoder {
  let box: Box
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Where a value is put together; members and elements are boxes too, since containers may be nested and kept.
  final class Box {
    var scalar: CanonicalJSON.Value?
    var members: [String: Box]?
    var elements: [Box]?

    var tree: CanonicalJSON.Value? {
      if let members { return .object(members.compactMapValues(\.tree)) }
      if let elements { return .array(elements.compactMap(\.tree)) }
      return scalar
    }
  }

  static func tree(of value: some Encodable) throws -> CanonicalJSON.Value {
    let box = Box()
    try encode(value, into: box, at: [])
    // A type that encodes nothing at all is an object without members, as with JSONEncoder.
    return box.tree ?? .object([:])
  }

  static func encode(_ value: some Encodable, into box: Box, at path: [any CodingKey]) throws {
    if value is Double || value is Float {
      throw EncodingError.invalidValue(
        value,
        .init(
          codingPath: path,
          debugDescription: "ledger-json: floating point is not accepted in events; write a decimal as a string"))
    }
    if let scalar = scalar(value) {
      box.scalar = scalar
    } else {
      try value.encode(to: CanonicalEncoder(box: box, codingPath: path))
      if box.tree == nil { box.members = [:] }
    }
  }

  private static func scalar(_ value: some Encodable) -> CanonicalJSON.Value? {
    switch value {
    case let text as String: .string(text)
    case let flag as Bool: .bool(flag)
    case let tree as CanonicalJSON: tree.value
    case let number as any FixedWidthInteger: integer(number)
    default: nil
    }
  }

  /// An integer that does not fit an `Int` becomes one that the writer refuses.
  private static func integer(_ number: some FixedWidthInteger) -> CanonicalJSON.Value {
    .integer(Int(exactly: number) ?? (number < 0 ? .min : .max))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if box.members == nil { box.members = [:] }
    return KeyedEncodingContainer(Keyed<Key>(box: box, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if box.elements == nil { box.elements = [] }
    return Unkeyed(box: box, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(box: box, codingPath: codingPath) }

  struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let box: Box
    let codingPath: [any CodingKey]

    private func member(_ key: any CodingKey) -> Box {
      let member = Box()
      box.members?[key.stringValue] = member
      return member
    }

    mutating func encodeNil(forKey key: Key) { member(key).scalar = .null }

    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
      try CanonicalEncoder.encode(value, into: member(key), at: codingPath + [key])
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      CanonicalEncoder(box: member(key), codingPath: codingPath + [key]).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      CanonicalEncoder(box: member(key), codingPath: codingPath + [key]).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { self.superEncoder(named: "super") }
    mutating func superEncoder(forKey key: Key) -> any Encoder { superEncoder(named: key.stringValue) }

    private func superEncoder(named name: String) -> any Encoder {
      let member = Box()
      box.members?[name] = member
      return CanonicalEncoder(box: member, codingPath: codingPath)
    }
  }

  struct Unkeyed: UnkeyedEncodingContainer {
    let box: Box
    let codingPath: [any CodingKey]
    var count: Int { box.elements?.count ?? 0 }

    private func element() -> Box {
      let element = Box()
      box.elements?.append(element)
      return element
    }

    mutating func encodeNil() { element().scalar = .null }

    mutating func encode<T: Encodable>(_ value: T) throws {
      try CanonicalEncoder.encode(value, into: element(), at: codingPath)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
      CanonicalEncoder(box: element(), codingPath: codingPath).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      CanonicalEncoder(box: element(), codingPath: codingPath).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { CanonicalEncoder(box: element(), codingPath: codingPath) }
  }

  struct Single: SingleValueEncodingContainer {
    let box: Box
    let codingPath: [any CodingKey]

    mutating func encodeNil() { box.scalar = .null }

    mutating func encode<T: Encodable>(_ value: T) throws {
      try CanonicalEncoder.encode(value, into: box, at: codingPath)
    }
  }
}
