import Figures
import Markup

/// A figure on a page: the drawing, what there is to see in words, its data one click away, and the ways to take it along.
enum FigureBox {
  static func markup(_ plot: some Plot, _ words: Words) -> Markup {
    let figure = plot.figure
    return .tag("figure", ["data-figure": figure.caption.id]) {
      Markup.tag(
        "div", ["class": "figure-box", "tabindex": "0", "role": "region", "aria-label": figure.caption.title]
      ) { figure.svg }
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

extension Words {
  /// What stands for a text of the program or the study, where there is something; else the text itself.
  func plain(_ english: String) -> String {
    let own = self[english]
    return own == english ? study(english) : own
  }
}
