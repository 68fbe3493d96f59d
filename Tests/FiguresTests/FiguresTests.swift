import Foundation
import Markup
import Testing

@testable import Figures

@Suite struct `A figure` {
  /// `Examples/*.svg` are written anew with UPDATE_EXAMPLES=1: look at them before they are committed.
  @Test(arguments: Gallery.all)
  func `is the committed picture, every time`(_ example: Example) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Examples/\(example.name).svg")
    let document = example.plot.figure.document
    if ProcessInfo.processInfo.environment["UPDATE_EXAMPLES"] == "1" {
      try document.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == document)
    #expect(example.plot.figure.document == document)
  }

  @Test(arguments: Gallery.all)
  func `is well-formed, and what it refers to is there`(_ example: Example) throws {
    let figure = example.plot.figure
    for text in [figure.document, figure.svg.printed(as: .xml)] {
      let elements = try Elements.of(text)
      let ids = elements.compactMap { $0.attributes["id"] }
      #expect(Set(ids).count == ids.count)
      let named = elements[0].attributes["aria-labelledby"]?.split(separator: " ").map(String.init) ?? []
      let filled = elements.compactMap { $0.attributes["fill"] }.filter { $0.hasPrefix("url(#") }
      #expect(named.count == 2)
      #expect(Set(named + filled.map { String($0.dropFirst(5).dropLast()) }).isSubset(of: ids))
      #expect(elements[0].attributes["role"] == "img")
      #expect(ids.allSatisfy { $0.hasPrefix(example.name) })
    }
  }

  @Test(arguments: Gallery.all)
  func `has no style of its own when it stands in a page, and its colors have rules`(_ example: Example) throws {
    let elements = try Elements.of(example.plot.figure.svg.printed(as: .xml))
    #expect(!elements.contains { $0.name == "style" || $0.name == "script" || $0.attributes["style"] != nil })
    let classes = Set(elements.dropFirst().flatMap { $0.attributes["class"]?.split(separator: " ") ?? [] })
    for name in classes { #expect(Figure.stylesheet.contains(".figure .\(name){"), "\(name)") }
  }

  @Test(arguments: Gallery.all)
  func `writes no text over another and none outside its frame`(_ example: Example) throws {
    let figure = example.plot.figure
    let root = try Elements.of(figure.svg.printed(as: .xml))[0]
    let (width, height) = (Double(root.attributes["width"] ?? "") ?? 0, Double(root.attributes["height"] ?? "") ?? 0)
    let outside = figure.texts.filter { $0.left < 0 || $0.right > width || $0.top < 0 || $0.bottom > height }
    #expect(outside.isEmpty)
    #expect(figure.overlaps.isEmpty)
  }

  @Test(arguments: Gallery.all)
  func `has its data as a table of whole rows`(_ example: Example) {
    let table = example.plot.figure.table
    #expect(table.rows.allSatisfy { $0.count == table.columns.count })
    #expect(Set(table.columns).count == table.columns.count)
    #expect(table.rows.isEmpty == (example.name == "lines-none"))
  }

  @Test func `counts in its words what was not drawn`() {
    let figure = Gallery.oddLines.figure
    #expect(figure.summary.contains("Not drawn: 2 values (not finite)."))
    #expect(figure.summary.contains("is drawn as an open triangle at its lower end: 2."))
    #expect(figure.table.rows.count == 13)
    #expect(figure.table.rows.contains { $0[2] == "NaN" } && figure.table.rows.contains { $0[2] == "INF" })
  }

  @Test func `says that there is nothing to show, and nothing else`() {
    let empty = LinePlot(
      Caption("empty", title: "Empty"), x: Gallery.day, y: Axis("y"),
      series: [LineSeries("nothing", [LinePoint(0, nil)])], bands: [ReferenceBand("band", 0...1)],
      moments: [ReferenceLine("Day 0", at: 0)])
    let svg = empty.figure.svg.printed(as: .html)
    #expect(svg.contains("Nothing to show.") && !svg.contains("<path") && !svg.contains("nothing<"))
  }

  @Test func `leads from no value to a name beside the panel as if it went on`() {
    let plot = LinePlot(
      Caption("early", title: "Early"), x: Axis("Day", kind: .days, atLeast: 0...28), y: Axis("y", atLeast: 0...4),
      series: [LineSeries("ends early", [LinePoint(0, 1), LinePoint(5, 2)])])
    #expect(!plot.figure.svg.printed(as: .html).contains("stroke-dasharray=\"1 2\""))
  }

  @Test(arguments: [3...5, 0...0, 730...730])
  func `prints the mark of a few days among two years`(days: ClosedRange<Int>) {
    let ribbon = DayRibbon(
      Caption("short", title: "Short"), day: Axis("Day", kind: .days, atLeast: 0...730),
      levels: [RibbonLevel("grade z", mark: "z", tone: .level(1, of: 6))],
      rows: [RibbonRow("row", [RibbonSpan(days, level: 0)])])
    #expect(ribbon.figure.svg.printed(as: .html).contains(">z</text>"))
    #expect(ribbon.figure.summary.contains("Short ribbons are drawn wider than their days."))
  }

  @Test func `leaves a few days of which nothing is known as short as they are`() {
    let ribbon = DayRibbon(
      Caption("short", title: "Short"), day: Axis("Day", kind: .days, atLeast: 0...730),
      levels: [RibbonLevel("grade z", mark: "z", tone: .level(1, of: 6))],
      rows: [RibbonRow("row", [RibbonSpan(3...5, level: nil)])])
    #expect(!ribbon.figure.summary.contains("Short ribbons are drawn wider than their days."))
  }

  @Test(arguments: [
    ("ae table 3", "ae-table-3"), ("7", "figure-7"), ("", "figure-"), ("\"><script>", "figure----script-"),
    ("grün", "gr-n"),
  ])
  func `has an id that a page can hold`(_ given: String, _ id: String) {
    #expect(Caption(given, title: "").id == id)
  }

  @Test func `tells its words to a screen reader and escapes them`() {
    let plot = LinePlot(
      Caption("x", title: "<b> & co", summary: "All of them rise.", printsTitle: false), x: Gallery.day, y: Axis("y"),
      series: [LineSeries("]]> &", [LinePoint(0, 1)])])
    let svg = plot.figure.svg.printed(as: .html)
    #expect(
      svg.contains("<title id=\"x-title\">&lt;b&gt; &amp; co</title><desc id=\"x-desc\">All of them rise.</desc>"))
    #expect(svg.contains("]]&gt; &amp;"))
  }

  @Test func `prints its table as CSV`() {
    let table = FigureTable(
      columns: ["Row", "Value, %"], rows: [["a \"b\"", "1"], ["line\nbreak", ""], ["plain", "2"]])
    #expect(table.csv == "Row,\"Value, %\"\r\n\"a \"\"b\"\"\",1\r\n\"line\nbreak\",\r\nplain,2\r\n")
  }
}

@Suite struct `Colors` {
  @Test func `stand out from the paper, and text from what it stands on`() {
    for mode in [\Ink.light, \Ink.dark] {
      let paper = Ink.paper[keyPath: mode]
      for ink in Ink.series + [.text, .muted, .alert] {
        #expect(contrast(ink[keyPath: mode], paper) >= 4.5, "\(ink.name)")
      }
      for (step, text) in zip(Ink.ramp, Ink.onRamp) {
        #expect(contrast(step[keyPath: mode], text[keyPath: mode]) >= 4.5, "\(step.name)")
      }
      #expect(contrast(Ink.rule[keyPath: mode], paper) >= 3)
    }
  }

  @Test func `of the ramp fall in lightness on a light page and rise on a dark one`() {
    let light = Ink.ramp.map { luminance($0.light) }
    let dark = Ink.ramp.map { luminance($0.dark) }
    #expect(light == light.sorted(by: >))
    #expect(dark == dark.sorted())
  }

  @Test func `of thirty-two series come with a dash each, and of eight with a shape and a hatch each`() {
    let lines = (0..<32).map { "\(Tone.series($0).ink.name) \(Tone.series($0).dash ?? "")" }
    #expect(Set(lines).count == 32)
    #expect(Set((0..<8).map { Tone.series($0).shape }).count == 8)
    #expect(Set((0..<8).map { Tone.series($0).hatch?.rawValue ?? "" }).count == 8)
    #expect(Tone.series(-1).ink == Tone.series(7).ink)
  }

  /// WCAG 2.2, relative luminance.
  private func luminance(_ color: String) -> Double {
    let value = Int(color.dropFirst(), radix: 16) ?? 0
    let parts = [value >> 16, value >> 8 & 255, value & 255].map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func contrast(_ one: String, _ other: String) -> Double {
    let (a, b) = (luminance(one) + 0.05, luminance(other) + 0.05)
    return max(a, b) / min(a, b)
  }
}

extension Figure {
  /// Texts that share more than half a pixel.
  var overlaps: [Box] {
    let inset = texts.map { $0.grown(by: -0.25) }.sorted { $0.top < $1.top }
    return inset.indices.flatMap { index in
      inset[(index + 1)...].prefix { $0.top < inset[index].bottom }.filter { $0.overlaps(inset[index]) }
    }
  }
}
