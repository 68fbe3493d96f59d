/// Rows of text in aligned columns under a header; the last column is wrapped.
struct Table {
  private let header: [String]
  private var rows: [[String]] = []

  init(_ header: String...) { self.header = header }

  /// A table whose rows are at hand.
  init(header: [String], rows: [[String]]) {
    self.header = header
    self.rows = rows.map { $0.map(\.printable) }
  }

  mutating func add(_ cells: String...) { rows.append(cells.map(\.printable)) }

  /// The lines; what stands for a table without rows where there are none.
  func text(whenEmpty nothing: String, width: Int = Terminal.width) -> String {
    guard !rows.isEmpty else { return nothing + "\n" }
    let widths = header.indices.dropLast().map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    var page = Page(width: width)
    let before = widths.map { $0 + 2 }.reduce(0, +)
    for row in [header] + rows {
      let start = zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
      page.entry(start, row.last ?? "", labelWidth: max(0, before - 2))
    }
    return page.text
  }
}
