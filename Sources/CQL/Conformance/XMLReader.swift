/// An element of an XML document.
struct XMLNode: Sendable {
  let name: String
  var attributes: [String: String] = [:]
  var children: [XMLNode] = []
  /// The text directly in the element, entities resolved.
  var text = ""

  /// The children of that name.
  func children(named name: String) -> [XMLNode] { children.filter { $0.name == name } }
}

/// Reads the XML of conformance suites: elements, attributes, text, CDATA, entities; comments, processing instructions
/// and a document type without internal subset are passed over.
struct XMLReader {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0

  private init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The root element of a document.
  static func read(_ bytes: [UInt8], file: String) throws(Diagnostic) -> XMLNode {
    var reader = XMLReader(bytes, file: file)
    if reader.starts(with: "\u{FEFF}") { reader.position += 3 }
    try reader.skipMisc()
    let root = try reader.element(depth: 0)
    try reader.skipMisc()
    guard reader.position == bytes.count else { throw reader.fault("There is text after the end of the document") }
    return root
  }

  private static let depthLimit = 64

  private mutating func element(depth: Int) throws(Diagnostic) -> XMLNode {
    guard depth < XMLReader.depthLimit else { throw fault("Elements nest more than \(XMLReader.depthLimit) deep") }
    try expect("<")
    var node = XMLNode(name: try name())
    while true {
      skipSpace()
      if starts(with: "/>") {
        position += 2
        return node
      }
      if starts(with: ">") { break }
      let attribute = try name()
      skipSpace()
      try expect("=")
      skipSpace()
      node.attributes[attribute] = try attributeValue()
    }
    position += 1
    try content(of: &node, depth: depth)
    return node
  }

  private mutating func content(of node: inout XMLNode, depth: Int) throws(Diagnostic) {
    while position < bytes.count {
      if starts(with: "</") {
        position += 2
        let closing = try name()
        guard closing == node.name else { throw fault("‘</\(closing)>’ closes ‘<\(node.name)>’") }
        skipSpace()
        return try expect(">")
      } else if starts(with: "<![CDATA[") {
        position += 9
        node.text += try text(upTo: "]]>")
      } else if try !skipComment() {
        if bytes[position] == UInt8(ascii: "<") {
          node.children.append(try element(depth: depth + 1))
        } else {
          node.text += try resolved(until: UInt8(ascii: "<"))
        }
      }
    }
    throw fault("The document ends within ‘<\(node.name)>’")
  }

  private mutating func attributeValue() throws(Diagnostic) -> String {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") else {
      throw fault("An attribute has no quoted value")
    }
    let quote = bytes[position]
    position += 1
    let value = try resolved(until: quote)
    guard position < bytes.count else { throw fault("The document ends within an attribute") }
    position += 1
    return value
  }

  /// Text up to a byte or the end, its entities resolved.
  private mutating func resolved(until end: UInt8) throws(Diagnostic) -> String {
    var result: [UInt8] = []
    while position < bytes.count, bytes[position] != end {
      if bytes[position] == UInt8(ascii: "&") {
        position += 1
        result += try entity().utf8
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func entity() throws(Diagnostic) -> String {
    let name = try text(upTo: ";")
    switch name {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    let number =
      name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
    guard let scalar = number.flatMap(Unicode.Scalar.init) else { throw fault("‘&\(name);’ is no known entity") }
    return String(Character(scalar))
  }

  private mutating func skipMisc() throws(Diagnostic) {
    repeat { skipSpace() } while try skipComment()
  }

  /// Passes over a comment, processing instruction or document type; false where there is none.
  private mutating func skipComment() throws(Diagnostic) -> Bool {
    for (start, end) in [("<!--", "-->"), ("<?", "?>"), ("<!DOCTYPE", ">")] where starts(with: start) {
      position += start.utf8.count
      _ = try text(upTo: end)
      return true
    }
    return false
  }

  private mutating func text(upTo end: String) throws(Diagnostic) -> String {
    let start = position
    while position < bytes.count {
      if starts(with: end) {
        defer { position += end.utf8.count }
        return String(decoding: bytes[start..<position], as: UTF8.self)
      }
      position += 1
    }
    throw fault("The document ends before ‘\(end)’")
  }

  private mutating func name() throws(Diagnostic) -> String {
    let start = position
    while position < bytes.count, !XMLReader.endsName.contains(bytes[position]) { position += 1 }
    guard position > start else { throw fault("A name is missing") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private static let endsName = Set(" \t\r\n=<>/\"'&".utf8)

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0D, 0x0A].contains(bytes[position]) { position += 1 }
  }

  private func starts(with text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

  private mutating func expect(_ text: String) throws(Diagnostic) {
    guard starts(with: text) else { throw fault("‘\(text)’ is missing") }
    position += text.utf8.count
  }

  private func fault(_ message: String) -> Diagnostic {
    let before = bytes[..<position]
    let line = before.count { $0 == 0x0A } + 1
    let column = position - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    return Diagnostic(
      message, remedy: "Repair the XML.", at: SourceLocation(file: file, line: line, column: column))
  }
}
