// Figures draws SVG from plain series: axes with sensible ticks, marks, direct labels, bands; with a title, a description
// for a screen reader and the data as a table.
//
// Not here: what a series means, which colors a grade has in a trial, pages.
//
// Always true: the same series gives the same bytes; nothing is told by color alone; nothing that is not drawn is left out
// silently (a note under the figure counts it); no `style` attribute and no `style` element in inline SVG, so that a page
// may forbid both.
//
// A figure is one file in Plots: a struct of plain values that says how it is drawn and how it reads as a table. It is put
// together from the grammar: an axis and its scale, marks on a canvas, and labels placed where they are free.

public import Markup

/// What can be drawn: plain values that give a figure.
public protocol Plot: Sendable {
  /// Its name on the page and its words.
  var caption: Caption { get }
  /// The figure. The same values give the same bytes. Cost: linear in the values.
  var figure: Figure { get }
}

/// The words of a figure, and what it is called on its page.
public struct Caption: Sendable, Hashable {
  /// Tells the figure from others of its page, which holds each id once. Letters, digits and hyphens; every other
  /// character becomes a hyphen.
  public let id: String
  /// What is shown, in one line; printed above the figure and read aloud.
  public let title: String
  /// What there is to see, for those who do not see it; nil takes a sentence that counts what is drawn.
  public let summary: String?
  /// Whether the title is printed above the figure; it is read aloud in any case.
  public let printsTitle: Bool
  /// The width, px of 1/96 inch, at least 320. The text is 12 px; a figure of 720 px fills a page of paper.
  public let width: Double

  /// A caption.
  public init(_ id: String, title: String, summary: String? = nil, printsTitle: Bool = true, width: Double = 720) {
    let name = String(id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    self.id = name.first?.isLetter == true ? name : "figure-" + name
    self.title = title
    self.summary = summary
    self.printsTitle = printsTitle
    self.width = width.isFinite ? min(max(width, 320), 10_000) : 720
  }
}

/// A figure as drawn, in words and as a table.
public struct Figure: Sendable, Equatable {
  /// Its name on the page and its words.
  public let caption: Caption
  /// What there is to see, for those who do not see it.
  public let summary: String
  /// The data, all that was given, whether it could be drawn or not.
  public let table: FigureTable
  /// The figure for a page: an `svg` element without styles. Colors are attributes, of the light palette, which rules of
  /// `stylesheet` override; a page that has it follows the reader's choice of dark or light.
  public let svg: Markup
  /// Where its texts stand.
  let texts: [Box]

  /// The rules that a page with figures has once, as text of a `style` element or as a file of its own: colors for light,
  /// dark and print as custom properties named `--figure-…` of the class `figure`.
  public static var stylesheet: String { Ink.stylesheet }

  /// The same for pages whose readers choose light or dark there: an element around the figure has `data-theme`, `light` or
  /// `dark`; any other value follows the reader's machine.
  public static var themedStylesheet: String { Ink.stylesheet + Ink.themes }

  /// The figure as a file of its own, with its rules inside.
  public var document: String {
    guard case .element(let name, let attributes, let content) = svg else { return "" }
    let sheet = Markup.tag("style") { "\n" + Figure.stylesheet }
    return Markup.element(name, attributes, [sheet] + content).xmlDocument
  }
}

/// The data of a figure: what it shows, as text in cells.
public struct FigureTable: Sendable, Hashable {
  /// The headings of the columns, with units.
  public let columns: [String]
  /// The rows, each with as many cells as there are columns.
  public let rows: [[String]]

  /// The table as CSV (RFC 4180): a line of headings, lines that end in CR LF, quotation marks where they are needed.
  public var csv: String {
    ([columns] + rows).map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func field(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
