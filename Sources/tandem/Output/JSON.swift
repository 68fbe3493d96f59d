/// JSON to print: members stay in the order in which they are given, so that a contract's order is the order on the page.
enum JSON: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// A number by its text, which is kept as it is.
  case number(String)
  case string(String)
  case array([JSON])
  case object([(String, JSON)])

  /// Texts, as an array.
  static func strings(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }

  /// The text, indented by two spaces a level; an array or object without structure inside stands on one line.
  var text: String {
    var text = ""
    write(to: &text, indent: 0)
    return text + "\n"
  }

  /// The text on one line.
  var line: String {
    switch self {
    case .array(let items): return "[\(items.map(\.line).joined(separator: ", "))]"
    case .object(let members):
      let parts = members.map { "\(JSON.string($0.0).line): \($0.1.line)" }
      return "{\(parts.joined(separator: ", "))}"
    default:
      var text = ""
      write(to: &text, indent: 0)
      return text
    }
  }

  private var isFlat: Bool {
    switch self {
    case .array(let items): items.allSatisfy { if case .string = $0 { true } else { $0.isScalar } }
    case .object(let members): members.allSatisfy { $0.1.isScalar } && members.count <= 4
    default: true
    }
  }

  private var isScalar: Bool {
    switch self {
    case .array(let items): items.isEmpty
    case .object(let members): members.isEmpty
    default: true
    }
  }

  private func write(to text: inout String, indent: Int) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let digits): text += digits
    case .string(let value): JSON.quote(value, to: &text)
    case .array(let items):
      JSON.list(items, "[", "]", flat: isFlat, to: &text, indent: indent) { item, text, indent in
        item.write(to: &text, indent: indent)
      }
    case .object(let members):
      JSON.list(members, "{", "}", flat: isFlat, to: &text, indent: indent) { member, text, indent in
        JSON.quote(member.0, to: &text)
        text += ": "
        member.1.write(to: &text, indent: indent)
      }
    }
  }

  private static func list<T>(
    _ items: [T], _ open: String, _ close: String, flat: Bool, to text: inout String, indent: Int,
    _ write: (T, inout String, Int) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += flat ? ", " : "," }
      if !flat { text += "\n" + String(repeating: " ", count: indent + 2) }
      write(item, &text, indent + 2)
    }
    if !flat && !items.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
    text += close
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
