import CQL

/// The protocol's text, with an anchor (`<a id="INC-5.1"></a>`) before each sentence that a criterion formalizes.
public struct SourceText: Sendable {
  /// The text as it stands.
  public let text: String
  /// The anchors, in order.
  let anchors: [Located<String>]
  /// The words from each anchor to the end of the text: anchors removed, white space made single blanks.
  private let words: [String: String]
  /// The whole text in the same way.
  private let plain: String

  private static let opening = "<a id=\""
  private static let closing = "\"></a>"

  /// Reads the anchors of a text.
  init(_ text: String, file: String) {
    self.text = text
    var anchors: [Located<String>] = []
    var starts: [(id: String, start: Int)] = []
    var plain = ""
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var rest = line[...]
      while let open = rest.firstRange(of: SourceText.opening),
        let close = rest[open.upperBound...].firstRange(of: SourceText.closing)
      {
        let id = String(rest[open.upperBound..<close.lowerBound])
        let column = line.distance(from: line.startIndex, to: open.upperBound) + 1
        anchors.append(Located(id, at: SourceLocation(file: file, line: number + 1, column: column)))
        SourceText.append(rest[..<open.lowerBound], to: &plain)
        starts.append((id, plain.utf8.count))
        rest = rest[close.upperBound...]
      }
      SourceText.append(rest, to: &plain)
      SourceText.append(" ", to: &plain)
    }
    self.anchors = anchors
    self.plain = plain
    let bytes = Array(plain.utf8)
    words = Dictionary(
      starts.map { ($0.id, String(decoding: bytes[$0.start...].drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether the text at an anchor begins with these words; white space does not matter. Nil: there is no such anchor.
  func says(_ quoted: String, at anchor: String) -> Bool? {
    words[anchor].map { $0.hasPrefix(quoted.split(whereSeparator: \.isWhitespace).joined(separator: " ")) }
  }

  /// Whether the text says these words anywhere; white space does not matter.
  func says(_ quoted: String) -> Bool {
    plain.contains(quoted.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }

  /// Adds words, keeping no more than one blank between two.
  private static func append(_ part: some StringProtocol, to plain: inout String) {
    for character in part {
      if !character.isWhitespace {
        plain.append(character)
      } else if plain.last != " " {
        plain.append(" ")
      }
    }
  }
}
