/// Texts laid out in lines of one width, whatever terminal or file they go to: the same texts give the same bytes.
enum TextColumns {
  /// The words of a text in lines of at most `width` characters; a longer word is cut.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in printable(text).split(whereSeparator: \.isWhitespace) {
      var word = word
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      while word.count > width {
        lines.append(String(word.prefix(width)))
        word = word.dropFirst(width)
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
  }

  /// Rows in columns under a header; cells are wrapped where the columns need more than the width.
  static func table(_ header: [String], _ rows: [[String]], width: Int) -> [String] {
    let all = [header] + rows
    let natural = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    let widths = shared(natural, least: header.map { min($0.count, 10) }, width: width - 2 * (header.count - 1))
    var lines = [header].flatMap { line(of: $0, widths) }
    lines.append(String(repeating: "-", count: widths.reduce(0, +) + 2 * (widths.count - 1)))
    return lines + rows.flatMap { line(of: $0, widths) }
  }

  /// Widths that together fit, taken from the widest columns first.
  private static func shared(_ natural: [Int], least: [Int], width: Int) -> [Int] {
    var widths = natural
    while widths.reduce(0, +) > width {
      let shrinkable = widths.indices.filter { widths[$0] > max(least[$0], 1) }
      guard let widest = shrinkable.max(by: { (widths[$0], $1) < (widths[$1], $0) }) else { break }
      widths[widest] -= 1
    }
    return widths
  }

  private static func line(of cells: [String], _ widths: [Int]) -> [String] {
    let wrapped = zip(cells, widths).map { cell, width in
      // A cell that is indented stays so.
      let indent = String(cell.prefix { $0 == " " })
      return wrap(cell, width: max(width - indent.count, 1)).map { indent + $0 }
    }
    return (0..<(wrapped.map(\.count).max() ?? 0)).map { index in
      let parts = zip(wrapped, widths).map { lines, width in
        let text = index < lines.count ? lines[index] : ""
        return text + String(repeating: " ", count: max(width - text.count, 0))
      }
      return trimmed(parts.joined(separator: "  "))
    }
  }

  private static func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  /// Without what steers a terminal: a record's own text is data, whatever it holds.
  private static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}
