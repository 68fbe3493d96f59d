extension ReportDocument {
  /// The report as lines of at most 110 characters. The same report gives the same bytes.
  public var text: String {
    var lines = [mark, title.uppercased(), ""].compactMap(\.self) + Self.lines(head)
    for section in sections {
      lines += ["", section.title.uppercased(), String(repeating: "=", count: section.title.count)]
      lines += section.blocks.flatMap(Self.lines)
    }
    return (lines + ["", foot]).joined(separator: "\n") + "\n"
  }

  private static let width = 110

  private static func lines(_ block: Block) -> [String] {
    switch block {
    case .finding(let text): ["", "> " + TextColumns.wrap(text, width: width - 2).joined(separator: "\n  ")]
    case .note(let text): [""] + TextColumns.wrap(text, width: width)
    case .facts(let facts): [""] + lines(facts)
    case .figure: []
    case .table(let caption, let table) where table.rows.isEmpty: ["", "\(caption): \(table.nothing)"]
    case .table(let caption, let table):
      [""] + TextColumns.wrap(caption, width: width) + TextColumns.table(table.header, table.rows, width: width)
    }
  }

  private static func lines(_ facts: [Fact]) -> [String] {
    let width = facts.map(\.label.count).max() ?? 0
    return facts.flatMap { fact in
      TextColumns.wrap(fact.text, width: Self.width - width - 2).enumerated().map { index, line in
        let label = index == 0 ? fact.label : ""
        return label + String(repeating: " ", count: width - label.count + 2) + line
      }
    }
  }
}
