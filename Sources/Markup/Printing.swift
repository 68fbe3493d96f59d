/// What is printed: the rules for empty elements, bare attributes and raw text differ.
public enum MarkupSyntax: Sendable {
  /// HTML: void elements without an end tag; `style` and `script` hold raw text.
  case html
  /// XML, and so SVG on its own: an empty element closes itself.
  case xml
}

extension Markup {
  /// The markup as text. Cost: linear in what is printed.
  public func printed(as syntax: MarkupSyntax) -> String {
    var printer = Printer(syntax: syntax)
    printer.write(self)
    return printer.output
  }

  /// A whole HTML document: doctype, then this element.
  public var htmlDocument: String { "<!DOCTYPE html>\n" + printed(as: .html) + "\n" }

  /// A whole XML document: declaration, then this element.
  public var xmlDocument: String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + printed(as: .xml) + "\n" }
}

/// Writes a tree into one string.
private struct Printer {
  let syntax: MarkupSyntax
  var output = ""

  /// Elements that HTML never closes. Source: HTML Living Standard, 13.1.2 "Elements", void elements.
  static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]
  /// Elements whose text HTML does not unescape. Source: same section, raw text elements.
  static let rawText: Set<String> = ["style", "script"]

  mutating func write(_ markup: Markup) {
    switch markup {
    case .text(let text): escape(text, inAttribute: false)
    case .fragment(let pieces): for piece in pieces { write(piece) }
    case .element(let name, let attributes, let content): write(name, attributes, content)
    }
  }

  private mutating func write(_ name: String, _ attributes: [Attribute], _ content: [Markup]) {
    guard Self.isName(name) else { return }
    output += "<" + name
    for attribute in attributes where Self.isName(attribute.name) { write(attribute) }
    switch syntax {
    case .html:
      output += ">"
      if Self.void.contains(name) { return }
      if Self.rawText.contains(name) {
        output += Self.raw(content)
      } else {
        for piece in content { write(piece) }
      }
    case .xml:
      if content.allSatisfy({ $0.isEmpty }) {
        output += "/>"
        return
      }
      output += ">"
      for piece in content { write(piece) }
    }
    output += "</" + name + ">"
  }

  private mutating func write(_ attribute: Attribute) {
    output += " " + attribute.name
    switch (attribute.value, syntax) {
    case (let value?, _):
      output += "=\""
      escape(value, inAttribute: true)
      output += "\""
    case (nil, .xml): output += "=\"" + attribute.name + "\""
    case (nil, .html): break
    }
  }

  /// Characters that XML 1.0 has no way to write (section 2.2, `Char`) become U+FFFD.
  private mutating func escape(_ text: String, inAttribute: Bool) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"" where inAttribute: output += "&quot;"
      case "\n" where inAttribute: output += "&#10;"
      case "\t" where inAttribute: output += "&#9;"
      case "\t", "\n": output.unicodeScalars.append(scalar)
      case "\r": output += "&#13;"
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
  }

  /// The text of a raw text element. An end tag cannot be escaped there, so one that stands in the text is broken up.
  private static func raw(_ content: [Markup]) -> String {
    content.map(\.plainText).joined().split(separator: "</", omittingEmptySubsequences: false).joined(separator: "<\\/")
  }

  /// Whether a name may be printed: an XML name in ASCII, with `:` and `-`.
  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
    return name.utf8.allSatisfy {
      isLetter($0) || (48...57).contains($0) || [0x2D, 0x2E, 0x3A, 0x5F].contains($0)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
}

extension Markup {
  /// The text inside, without elements.
  public var plainText: String {
    switch self {
    case .text(let text): text
    case .fragment(let pieces), .element(_, _, let pieces): pieces.map(\.plainText).joined()
    }
  }

  /// Whether it prints nothing.
  public var isEmpty: Bool {
    switch self {
    case .text(let text): text.isEmpty
    case .fragment(let pieces): pieces.allSatisfy(\.isEmpty)
    case .element: false
    }
  }
}
