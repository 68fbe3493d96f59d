/// The protocol's text as blocks to be shown: headings, paragraphs, lines between them, with the anchors that name criteria in their
/// places. Of Markdown it knows what `source.md` is written in: `#` headings, `---`, blank lines between paragraphs.
struct ProtocolText: Equatable {
  /// A part of the text.
  enum Block: Equatable {
    /// A heading; level 1 is the title.
    case heading(level: Int, [Piece])
    case paragraph([Piece])
    case line
  }

  /// A part of a block.
  enum Piece: Equatable {
    case text(String)
    /// An anchor, by its name.
    case anchor(String)
  }

  /// The blocks, in order.
  let blocks: [Block]

  init(_ text: String) {
    var blocks: [Block] = []
    var open: [Substring] = []
    func close() {
      if !open.isEmpty { blocks.append(.paragraph(ProtocolText.pieces(open.joined(separator: " ")))) }
      open = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let level = line.prefix { $0 == "#" }.count
      if (1...6).contains(level), line.dropFirst(level).first == " " {
        close()
        blocks.append(.heading(level: level, ProtocolText.pieces(String(line.dropFirst(level)))))
      } else if line.allSatisfy(\.isWhitespace) {
        close()
      } else if line == "---" {
        close()
        blocks.append(.line)
      } else {
        open.append(line)
      }
    }
    close()
    self.blocks = blocks
  }

  /// Text and anchors (`<a id="INC-1"></a>`), without blanks at their ends.
  private static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    func add(_ part: Substring) {
      let trimmed = part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
      if !trimmed.isEmpty { pieces.append(.text(String(trimmed))) }
    }
    while let match = rest.firstMatch(of: /<a id="([^"]*)"><\/a>/) {
      add(rest[..<match.range.lowerBound])
      pieces.append(.anchor(String(match.1)))
      rest = rest[match.range.upperBound...]
    }
    add(rest)
    return pieces
  }
}
