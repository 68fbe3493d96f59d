extension JSON {
  /// The value as JSON text without blanks: members in their order, numbers as they were written.
  public var text: String { text { _, text in text } }

  /// As `text`, with strings that are members of objects replaced: the closure gets the member's name and the string.
  public func text(replacing change: (_ member: String, _ text: String) -> String) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, member: "", change)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A text as a JSON string, quoted and escaped.
  public static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    writeString(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to out: inout [UInt8], member: String, _ change: (String, String) -> String) {
    switch node.kind {
    case .object:
      out.append(UInt8(ascii: "{"))
      var isFirst = true
      for (symbol, value) in members {
        if !isFirst { out.append(UInt8(ascii: ",")) }
        isFirst = false
        let name = document.symbols[symbol]
        JSON.writeString(name, to: &out)
        out.append(UInt8(ascii: ":"))
        value.write(to: &out, member: name, change)
      }
      out.append(UInt8(ascii: "}"))
    case .array:
      out.append(UInt8(ascii: "["))
      for (i, element) in elements.enumerated() {
        if i > 0 { out.append(UInt8(ascii: ",")) }
        element.write(to: &out, member: "", change)
      }
      out.append(UInt8(ascii: "]"))
    case .string, .escapedString, .key:
      let text = string ?? ""
      JSON.writeString(member.isEmpty ? text : change(member, text), to: &out)
    case .number: out.append(contentsOf: scalarBytes)
    case .true: out.append(contentsOf: "true".utf8)
    case .false: out.append(contentsOf: "false".utf8)
    case .null: out.append(contentsOf: "null".utf8)
    }
  }

  private static func writeString(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case 0x0A: out.append(contentsOf: "\\n".utf8)
      case 0x0D: out.append(contentsOf: "\\r".utf8)
      case 0x09: out.append(contentsOf: "\\t".utf8)
      case 0x00..<0x20: out.append(contentsOf: "\\u00\(hexadecimal(byte))".utf8)
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
