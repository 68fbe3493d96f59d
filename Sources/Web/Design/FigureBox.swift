import Figures
import Markup

/// A figure on a page: the drawing, what there is to see in words, its data one click away, and the ways to take it along.
enum FigureBox {
  static func markup(_ plot: some Plot, _ words: Words) -> Markup {
    let figure = plot.figure
    return .tag("figure", ["data-figure": figure.caption.id]) {
      Markup.tag(
        "div", ["class": "figure-box", "tabindex": "0", "role": "region", "aria-label": figure.caption.title]
      ) { figure.svg.withTexts(words.plain) }
      Markup.tag("figcaption", ["class": "quiet"]) { words.sentence(figure.summary) }
      Part.disclosure(.text(words["The data as a table"])) {
        Part.table(
          figure.caption.title, figure.table.columns.map { words.plain($0) },
          figure.table.rows.map { row in row.map { words.sentence($0) } }, empty: words["There is nothing to draw."])
      }
      buttons(words)
    }
  }

  /// The script makes the files from what stands in the page; without it the buttons stay hidden.
  private static func buttons(_ words: Words) -> Markup {
    .tag("div", ["class": "actions"]) {
      for (kind, text) in [
        ("svg", words["Keep as SVG"]), ("png", words["Keep as PNG"]), ("csv", words["Keep the data as CSV"]),
      ] {
        Markup.element(
          "button",
          [
            Attribute("type", "button"), Attribute("class", "plain"), Attribute("data-save", kind),
            Attribute("hidden", nil),
          ], [.text(text)])
      }
    }
  }
}

extension Markup {
  /// The same with other texts, such as those of a figure that was drawn in English.
  fileprivate func withTexts(_ replaced: (String) -> String) -> Markup {
    switch self {
    case .text(let text): .text(replaced(text))
    case .element(let name, let attributes, let content):
      .element(name, attributes, content.map { $0.withTexts(replaced) })
    case .fragment(let parts): .fragment(parts.map { $0.withTexts(replaced) })
    }
  }
}
