internal import Markup

/// What a mark of the figure means.
struct Key {
  /// The mark as it is drawn.
  enum Swatch {
    case line(Tone), area(Tone), step(Ink), marker(MarkerShape, Ink, isOpen: Bool), unknown, arrow
  }

  let label: String
  let swatch: Swatch
}

extension Canvas {
  /// Keys side by side, in as many rows as they need.
  mutating func legend(_ keys: [Key]) {
    guard !keys.isEmpty else { return }
    var x = Canvas.margin
    var row = bottom + 6
    for key in keys {
      let label = TextWidth.fitted(key.label, to: width - 2 * Canvas.margin - 34)
      let needed = Self.swatchWidth(key.swatch) + 6 + TextWidth.of(label)
      if x > Canvas.margin, x + needed > width - Canvas.margin { (x, row) = (Canvas.margin, row + 18) }
      draw(key.swatch, x: x, y: row)
      text(label, x: x + Self.swatchWidth(key.swatch) + 6, y: row + 4, whole: key.label)
      x += needed + 18
    }
    bottom = row + 14
  }

  private static func swatchWidth(_ swatch: Key.Swatch) -> Double {
    switch swatch {
    case .line: 28
    case .area, .unknown, .step: 14
    case .marker, .arrow: 10
    }
  }

  private mutating func draw(_ swatch: Key.Swatch, x: Double, y: Double) {
    let box = Box(left: x, top: y - 6, right: x + 14, bottom: y + 6)
    switch swatch {
    case .line(let tone):
      rule(from: (x, y), to: (x + 28, y), ink: tone.ink, width: 2, dash: tone.dash)
      markers([(x + 14, y)], tone.shape, ink: tone.ink)
    case .area(let tone): edged(box, fill(tone))
    case .step(let ink): edged(box, Canvas.fill(ink))
    case .unknown: edged(box, fill(.paper, lines: .rule, .rising))
    case .marker(let shape, let ink, let isOpen): markers([(x + 5, y)], shape, ink: ink, radius: 4, isOpen: isOpen)
    case .arrow: arrow(at: x + 1, y)
    }
  }

  /// A swatch with an outline, since the lightest colors are near the paper.
  private mutating func edged(_ box: Box, _ fill: [Attribute]) {
    bar(box, fill: fill, hasEdge: false)
    line(Canvas.path(box), ink: .rule)
  }
}
