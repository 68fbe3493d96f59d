internal import Markup

/// A rectangle, px from the upper left corner of the figure.
struct Box: Hashable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  var width: Double { right - left }
  var height: Double { bottom - top }
  var midX: Double { (left + right) / 2 }
  var midY: Double { (top + bottom) / 2 }

  /// Whether two share more than a line.
  func overlaps(_ other: Box) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  /// Grown on all sides.
  func grown(by margin: Double) -> Box {
    Box(left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin)
  }
}

/// Where the text begins at its point.
enum Anchor: String {
  case start, middle, end
}

/// A figure being drawn, from the top down: what is drawn next stands below `bottom`. It remembers where texts stand.
struct Canvas {
  let caption: Caption
  let width: Double
  /// Down to where it is drawn, px.
  var bottom = 8.0
  /// Where texts stand.
  private(set) var texts: [Box] = []
  /// Lines under the figure, in order, each once.
  private(set) var notes: [String] = []
  private var pieces: [Markup] = []
  private var hatches: Set<Filling> = []

  static let margin = 8.0
  static let lineHeight = 15.0

  /// A figure with its title and the keys of its marks.
  init(_ caption: Caption, keys: [Key] = []) {
    self.caption = caption
    self.width = caption.width
    if caption.printsTitle {
      let room = width - 2 * Canvas.margin
      for line in TextWidth.wrapped(caption.title, to: room, size: 14, bold: true, lines: 3) {
        text(line, x: Canvas.margin, y: bottom + 12, size: 14, isBold: true)
        bottom += 18
      }
      bottom += 6
    }
    legend(keys)
  }

  mutating func add(_ piece: Markup) { pieces.append(piece) }

  /// Words under the figure; the same words stand there once.
  mutating func note(_ words: String) {
    if !notes.contains(words) { notes.append(words) }
  }

  /// Whether no text stands in a box, and the box stands in the figure.
  func isFree(_ box: Box) -> Bool {
    box.left >= 2 && box.right <= width - 2 && !texts.contains { $0.overlaps(box) }
  }

  /// A line of text with its baseline at `y`. With a halo it reads on lines that it covers; turned it reads upwards. What was
  /// shortened has its `whole` text as a title.
  mutating func text(
    _ words: String, x: Double, y: Double, anchor: Anchor = .start, ink: Ink = .text, size: Double = 12,
    isBold: Bool = false, halo: Ink? = nil, isTurned: Bool = false, whole: String? = nil
  ) {
    guard !words.isEmpty else { return }
    texts.append(Self.box(of: words, x: x, y: y, anchor: anchor, size: size, isBold: isBold, isTurned: isTurned))
    var attributes = [
      Attribute("x", Numerals.coordinate(x)), Attribute("y", Numerals.coordinate(y)),
      Attribute("class", "fill-\(ink.name)" + (halo.map { " stroke-\($0.name)" } ?? "")), Attribute("fill", ink.light),
    ]
    if anchor != .start { attributes.append(Attribute("text-anchor", anchor.rawValue)) }
    if size != 12 { attributes.append(Attribute("font-size", Numerals.coordinate(size))) }
    if isBold { attributes.append(Attribute("font-weight", "bold")) }
    if let halo {
      attributes += [
        Attribute("stroke", halo.light), Attribute("stroke-width", "3"), Attribute("stroke-linejoin", "round"),
        Attribute("paint-order", "stroke"),
      ]
    }
    if isTurned {
      attributes.append(
        Attribute("transform", "rotate(-90 \(Numerals.coordinate(x)) \(Numerals.coordinate(y)))"))
    }
    let title = whole.map { whole in whole == words ? [] : [Markup.tag("title") { whole }] } ?? []
    add(.element("text", attributes, title + [.text(words)]))
  }

  /// What a text covers.
  static func box(
    of words: String, x: Double, y: Double, anchor: Anchor, size: Double = 12, isBold: Bool = false,
    isTurned: Bool = false
  ) -> Box {
    let width = TextWidth.of(words, size: size, bold: isBold)
    let before = anchor == .start ? 0 : anchor == .middle ? width / 2 : width
    guard isTurned else {
      return Box(left: x - before, top: y - size * 0.74, right: x - before + width, bottom: y + size * 0.22)
    }
    return Box(left: x - size * 0.74, top: y + before - width, right: x + size * 0.22, bottom: y + before)
  }

  /// How an area is filled, by the name of its pattern on the page; without a hatch it is a color alone.
  mutating func fill(_ tone: Tone) -> [Attribute] {
    guard let hatch = tone.hatch else { return Self.fill(tone.ink) }
    let filling = Filling(ink: tone.ink, hatch: hatch, lines: .paper)
    hatches.insert(filling)
    return [Attribute("fill", "url(#\(filling.id(in: caption)))")]
  }

  /// How an area is filled of which nothing is known, or which warns: lines on paper or on a color.
  mutating func fill(_ ink: Ink, lines: Ink, _ hatch: Hatch) -> [Attribute] {
    let filling = Filling(ink: ink, hatch: hatch, lines: lines)
    hatches.insert(filling)
    return [Attribute("fill", "url(#\(filling.id(in: caption)))")]
  }

  static func fill(_ ink: Ink) -> [Attribute] {
    [Attribute("class", "fill-\(ink.name)"), Attribute("fill", ink.light)]
  }

  /// The figure: notes under it, then its frame. `counted` says what is drawn if the caption has no summary.
  consuming func figure(counted: String, table: FigureTable) -> Figure {
    for note in notes {
      for (index, line) in TextWidth.wrapped(note, to: width - 2 * Canvas.margin, size: 11, lines: 4).enumerated() {
        bottom += index == 0 ? 16 : 14
        text(line, x: Canvas.margin, y: bottom, ink: .muted, size: 11)
      }
    }
    let height = (bottom + Canvas.margin).rounded(.up)
    let summary = ([caption.summary ?? counted] + notes).joined(separator: " ")
    let (w, h) = (Numerals.coordinate(width), Numerals.coordinate(height))
    let fillings = hatches.sorted { $0.name < $1.name }.map { $0.markup(in: caption) }
    let svg = Markup.tag(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "figure", "id": caption.id, "role": "img",
        "aria-labelledby": "\(caption.id)-title \(caption.id)-desc", "width": w, "height": h,
        "viewBox": "0 0 \(w) \(h)",
        "font-family": "Arial, Helvetica, 'Liberation Sans', sans-serif", "font-size": "12",
      ]
    ) {
      Markup.tag("title", ["id": "\(caption.id)-title"]) { caption.title }
      Markup.tag("desc", ["id": "\(caption.id)-desc"]) { summary }
      if !fillings.isEmpty { Markup.tag("defs") { fillings } }
      Markup.element(
        "rect", [Attribute("width", w), Attribute("height", h)] + Canvas.fill(.paper), [])
      pieces
    }
    return Figure(caption: caption, summary: summary, table: table, svg: svg, texts: texts)
  }
}

/// A hatch on a color.
private struct Filling: Hashable {
  let ink: Ink
  let hatch: Hatch
  let lines: Ink

  var name: String { "\(ink.name)-\(lines.name)-\(hatch.rawValue)" }

  func id(in caption: Caption) -> String { "\(caption.id)-\(name)" }

  /// A pattern of 8 px.
  func markup(in caption: Caption) -> Markup {
    .tag("pattern", ["id": id(in: caption), "width": "8", "height": "8", "patternUnits": "userSpaceOnUse"]) {
      Markup.element("rect", [Attribute("width", "8"), Attribute("height", "8")] + Canvas.fill(ink), [])
      if hatch == .dotted {
        Markup.element("path", [Attribute("d", path)] + Canvas.fill(lines), [])
      } else {
        Markup.tag(
          "path",
          ["d": path, "class": "stroke-\(lines.name)", "stroke": lines.light, "stroke-width": "1", "fill": "none"])
      }
    }
  }

  private var path: String {
    switch hatch {
    case .rising: "M-2 2L2-2M-1 9L9-1M6 10L10 6"
    case .falling: "M-2 6L2 10M-1-1L9 9M6-2L10 2"
    case .level: "M0 2H8M0 6H8"
    case .crossed: "M-1 9L9-1M-1-1L9 9"
    case .upright: "M2 0V8M6 0V8"
    case .dotted: "M1 1h2v2h-2zM5 5h2v2h-2z"
    case .checked: "M0 4H8M4 0V8"
    }
  }
}
