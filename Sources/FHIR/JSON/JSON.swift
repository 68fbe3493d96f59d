/// A value of a JSON document: cheap to copy, decoded when asked.
public struct JSON: Sendable {
  /// The document that it is part of.
  public let document: JSONDocument
  let index: Int

  /// What kind of value it is.
  public enum Kind: Sendable {
    case object, array, string, number, boolean, null
  }

  /// What kind of value it is.
  public var kind: Kind {
    switch node.kind {
    case .object: .object
    case .array: .array
    case .string, .escapedString, .key: .string
    case .number: .number
    case .true, .false: .boolean
    case .null: .null
    }
  }

  /// The text of a string, nil for any other kind.
  public var string: String? {
    let node = node
    let range = node.offset..<node.offset + Int(node.word)
    switch node.kind {
    case .string: return String(decoding: document.bytes[range], as: UTF8.self)
    case .escapedString:
      let bytes = document.bytes
      return String(decoding: decodeEscapes(bytes.span, range), as: UTF8.self)
    default: return nil
    }
  }

  /// The text of a number exactly as written, nil for any other kind.
  public var number: String? {
    guard node.kind == .number else { return nil }
    return String(decoding: scalarBytes, as: UTF8.self)
  }

  /// A truth value, nil for any other kind.
  public var boolean: Bool? {
    switch node.kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// Whether it is `null`.
  public var isNull: Bool { node.kind == .null }

  /// The member of that name; nil where there is none, or where this is no object.
  public subscript(_ name: String) -> JSON? {
    for (symbol, value) in members where document.symbols.isEqual(symbol, to: name) { return value }
    return nil
  }

  /// Names and values of an object's members as they stand, none for any other kind.
  public var namedMembers: [(name: String, value: JSON)] {
    members.map { (document.symbols[$0.symbol], $0.value) }
  }

  /// The elements of an array, none for any other kind.
  public var elements: [JSON] {
    guard node.kind == .array else { return [] }
    var all: [JSON] = []
    var i = index + 1
    while i < Int(node.word) {
      all.append(JSON(document: document, index: i))
      i = document.nodes.index(after: i)
    }
    return all
  }

  /// Where it stands in its file.
  public var place: Place { document.place(of: startOffset) }
}

extension JSON {
  var node: JSONNode { document.nodes[index] }

  /// Offset of its first byte, the quote of a string.
  var startOffset: Int { kind == .string ? node.offset - 1 : node.offset }

  /// The bytes between the quotes of a string, or those of a number.
  var scalarBytes: ArraySlice<UInt8> {
    let node = node
    return document.bytes[node.offset..<node.offset + Int(node.word)]
  }

  /// Symbols and values of an object's members.
  var members: Members { Members(document: document, at: index + 1, end: node.kind == .object ? Int(node.word) : 0) }

  struct Members: Sequence, IteratorProtocol {
    let document: JSONDocument
    var at: Int
    let end: Int

    mutating func next() -> (symbol: Int, value: JSON)? {
      guard at < end else { return nil }
      let symbol = Int(document.nodes[at].word)
      let value = JSON(document: document, index: at + 1)
      at = document.nodes.index(after: at + 1)
      return (symbol, value)
    }
  }
}
