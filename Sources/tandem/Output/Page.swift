/// Text for people, laid out in lines no wider than the terminal.
struct Page {
  private(set) var text = ""
  private let width: Int

  init(width: Int = Terminal.width) {
    self.width = width
  }

  /// A line as it is.
  mutating func line(_ line: String = "") {
    text += line + "\n"
  }

  /// A label, and beside it a text wrapped in a column of its own. `shownWidth` is the width of a label that is already
  /// padded, where it holds color codes that take no room.
  mutating func entry(_ label: String, _ value: String, labelWidth: Int, shownWidth: Int? = nil) {
    let indent = String(repeating: " ", count: labelWidth + 2)
    let lines = Page.wrap(value.printable, width: width - labelWidth - 2)
    let label = shownWidth == nil ? label.padded(to: labelWidth) : label
    line(lines.isEmpty ? label : label + "  " + lines[0])
    for rest in lines.dropFirst() { line(indent + rest) }
  }

  /// The words of a text in lines of at most `width` characters; a longer word stands alone.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return line.isEmpty ? lines : lines + [line]
  }
}

extension String {
  /// Without what steers a terminal or turns the order of letters round: a record's own text is data, whatever it holds.
  var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          let steers = scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
          return steers ? "\u{FFFD}" : scalar
        }))
  }

  /// Followed by blanks up to a width.
  func padded(to width: Int) -> String {
    count < width ? self + String(repeating: " ", count: width - count) : self
  }
}
