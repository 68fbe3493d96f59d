import Figures
import Markup

extension ReportDocument {
  /// The report as a page of its own that needs nothing else, for a screen and for A4. The same report gives the same bytes.
  public var html: String {
    Markup.tag("html", ["lang": "en"]) {
      Markup.tag("head") {
        Markup.tag("meta", ["charset": "utf-8"])
        Markup.tag("meta", ["name": "viewport", "content": "width=device-width"])
        Markup.tag("title") { title }
        Markup.tag("style") { [PrintStyle.css, Figure.stylesheet, Self.css, Self.foot(foot)].joined(separator: "\n") }
      }
      Markup.tag("body") {
        header
        contents
        for section in sections { Self.markup(section) }
        Markup.tag("footer") { Markup.tag("p", ["class": "note"]) { foot } }
      }
    }.htmlDocument
  }

  private var header: Markup {
    .tag("header") {
      if let mark { Markup.tag("p", ["class": "mark"]) { mark } }
      Markup.tag("h1") { title }
      Self.list(head)
    }
  }

  private var contents: Markup {
    .tag("nav", ["class": "contents", "aria-label": "Contents"]) {
      Markup.tag("ol") {
        for section in sections {
          Markup.tag("li") { Markup.tag("a", ["href": "#\(section.id)"]) { section.title } }
        }
      }
    }
  }

  private static func markup(_ section: Section) -> Markup {
    .tag("section", ["id": section.id]) {
      Markup.tag("h2") { section.title }
      for block in section.blocks { markup(block) }
    }
  }

  private static func markup(_ block: Block) -> Markup {
    switch block {
    case .finding(let text): .tag("p", ["class": "finding"]) { text }
    case .note(let text): .tag("p", ["class": "note"]) { text }
    case .facts(let facts): list(facts)
    case .figure(let drawing, let data):
      .tag("div", ["class": "drawing"]) {
        drawing
        Markup.tag("details") {
          Markup.tag("summary") { "The data of this figure" }
          markup(data, "As drawn")
        }
      }
    case .table(let caption, let table): markup(table, caption)
    }
  }

  private static func list(_ facts: [Fact]) -> Markup {
    .tag("dl") {
      for fact in facts {
        Markup.tag("dt") { fact.label }
        Markup.tag("dd") { fact.text }
      }
    }
  }

  private static func markup(_ table: Table, _ caption: String) -> Markup {
    guard !table.rows.isEmpty else { return .tag("p") { "\(caption): \(table.nothing)" } }
    return .tag("table", ["class": table.header.count > 7 ? "wide" : ""]) {
      Markup.tag("caption") { caption }
      Markup.tag("thead") {
        Markup.tag("tr") { for heading in table.header { Markup.tag("th", ["scope": "col"]) { heading } } }
      }
      Markup.tag("tbody") {
        for (index, row) in table.rows.enumerated() {
          Markup.tag("tr", ["class": table.marked.contains(index) ? "marked" : ""]) {
            for (column, cell) in row.enumerated() {
              column == 0
                ? Markup.tag("th", ["scope": "row", "class": cell.hasPrefix(" ") ? "in" : ""]) { cell }
                : Markup.tag("td") { cell }
            }
          }
        }
      }
    }
  }

  /// The foot of each printed page, with its number. Text in CSS ends at a quotation mark, so that none is let through.
  private static func foot(_ text: String) -> String {
    let safe = text.map { $0 == "\"" || $0 == "\\" || $0.isNewline ? " " : String($0) }.joined()
    return """
      @page { @bottom-left { content: "\(safe)"; font: 7pt "Liberation Sans", Arial, sans-serif; color: #4a5763; }
        @bottom-right { content: counter(page) " / " counter(pages); font: 7pt "Liberation Sans", Arial, sans-serif; } }
      """
  }

  private static let css = """
    .mark { border: .6mm solid #8e1b12; color: #8e1b12; padding: 1mm 2mm; font-weight: 700; margin-bottom: 3mm; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .6mm 4mm; margin: 2mm 0; }
    dt { color: #4a5763; } dd { margin: 0; overflow-wrap: anywhere; }
    caption { text-align: left; font-weight: 600; padding: 2mm 0 1mm; } table { font-size: 9pt; break-inside: auto; }
    caption { break-after: avoid; } tbody th { font-weight: 400; } tr.marked th, tr.marked td { font-weight: 700; background: #fff4d6; }
    td, th { overflow-wrap: break-word; } td:last-child { overflow-wrap: anywhere; } .in { padding-left: 4mm; } .wide { font-size: 8pt; } .wide th, .wide td { padding: .8mm 1mm; }
    .finding { border-left: 1.2mm solid #16202a; padding: 1mm 3mm; font-weight: 600; }
    .contents ol { columns: 2; font-size: 9pt; margin: 2mm 0; padding-left: 6mm; } .drawing { break-inside: avoid; margin: 2mm 0; }
    summary { font-size: 9pt; color: #4a5763; cursor: pointer; } .drawing svg { max-width: 100%; height: auto; } section { margin-top: 4mm; }
    @media print { .finding, tr.marked { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .contents, details { display: none; } }
    """
}
