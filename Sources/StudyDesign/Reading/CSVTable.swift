import CQL

/// A table of comma-separated values whose cells know their place (RFC 4180: quoted cells may hold commas, quotes and
/// line breaks).
///
/// Written here, because an error in a data dictionary must name line and column, and the CSV libraries at hand
/// give neither.
public struct CSVTable: Sendable {
  /// The cells of the first row.
  public let header: [Located<String>]
  /// The other rows; a blank line is none.
  public let rows: [[Located<String>]]

  /// Reads a text; `separator` stands between two cells. An unclosed quote or text after a closing quote is a problem of its place.
  public init(_ text: String, file: String, separator: Character = ",") throws(Problem) {
    var reader = CSVReader(text, file: file, separator: separator)
    var rows = try reader.rows()
    header = rows.isEmpty ? [] : rows.removeFirst()
    self.rows = rows
  }
}

private struct CSVReader {
  private var rest: Substring
  private let file: String
  private let separator: Character
  private var line = 1
  private var column = 1

  init(_ text: String, file: String, separator: Character) {
    self.separator = separator
    rest = text[...]
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
    self.file = file
  }

  private var place: SourceLocation { SourceLocation(file: file, line: line, column: column) }

  private mutating func next() -> Character? {
    guard let character = rest.popFirst() else { return nil }
    if character.isNewline { (line, column) = (line + 1, 1) } else { column += 1 }
    return character
  }

  mutating func rows() throws(Problem) -> [[Located<String>]] {
    var rows: [[Located<String>]] = []
    while !rest.isEmpty {
      let row = try row()
      if row.count > 1 || row.first?.value.isEmpty == false { rows.append(row) }
    }
    return rows
  }

  private mutating func row() throws(Problem) -> [Located<String>] {
    var row: [Located<String>] = []
    while true {
      let start = place
      row.append(Located(rest.first == "\"" ? try quotedCell() : plainCell(), at: start))
      guard let end = next(), end == separator else { return row }
    }
  }

  private mutating func plainCell() -> String {
    var cell = ""
    while let character = rest.first, character != separator, !character.isNewline {
      cell.append(character)
      _ = next()
    }
    return cell
  }

  private mutating func quotedCell() throws(Problem) -> String {
    let start = place
    _ = next()
    var cell = ""
    while let character = next() {
      guard character == "\"" else {
        cell.append(character)
        continue
      }
      if rest.first == "\"" {
        cell.append("\"")
        _ = next()
      } else if let after = rest.first, after != separator, !after.isNewline {
        throw Problem(
          "csv-quote", at: place, "‘\(after)’ stands after the closing quote of a cell.",
          remedy: "Write a quote inside a quoted cell twice (\"\").")
      } else {
        return cell
      }
    }
    throw Problem(
      "csv-quote", at: start, "This quoted cell is never closed.", remedy: "Add the closing quote (\").")
  }
}
