/// Where marks go: a box with a scale along and one up.
struct Panel {
  let box: Box
  let x: Scale
  let y: Scale
}

/// Rows with names, one below the other, over an axis along.
struct Rows {
  let box: Box
  let x: Scale
  let rowHeight: Double

  /// The middle of a row, px.
  func middle(_ row: Int) -> Double { box.top + (Double(row) + 0.5) * rowHeight }
}

extension Canvas {
  /// Two axes with their titles, ticks and a grid. The title of the axis up stands above it, where it reads without turning
  /// the head. Some px are left free above the panel and beside it, and in it before the first mark: `strip`.
  mutating func panel(
    x: Axis, _ xs: [Double], y: Axis, _ ys: [Double], height: Double, above: Double = 0, right: Double = 0,
    left: Double = 24, strip: Double = 0
  ) -> Panel {
    headings(y.heading)
    let top = bottom + 4 + above
    let (yScale, yTicks) = Self.upright(y, ys, from: top + height, to: top)
    let box = frame(yScale, yTicks, left: left, right: right)
    bottom = box.bottom
    let xScale = axis(x, xs, along: box, strip: strip)
    return Panel(box: box, x: xScale, y: yScale)
  }

  /// An axis up, and under its panel the names of columns of equal width: along if all fit, else upwards; none if they have no
  /// room, which a note says.
  mutating func columns(_ names: [String], y: Axis, _ ys: [Double], height: Double) -> Panel {
    headings(y.heading)
    let top = bottom + 12
    let (yScale, yTicks) = Self.upright(y, ys, from: top + height, to: top)
    let box = frame(yScale, yTicks, left: 24, right: 8)
    let columnWidth = box.width / Double(max(names.count, 1))
    let widest = names.map { TextWidth.of($0) }.max() ?? 0
    let isTurned = widest + 8 > columnWidth
    bottom = box.bottom + 18
    if isTurned, columnWidth < 13 {
      note("Columns are too narrow for their names, which are in the table: \(names.count) columns.")
    } else {
      let room = isTurned ? min(widest, 120) : 12
      for (index, name) in names.enumerated() {
        let x = box.left + (Double(index) + 0.5) * columnWidth
        let shown = TextWidth.fitted(name, to: isTurned ? room : columnWidth)
        let y = isTurned ? bottom + TextWidth.of(shown) : bottom + 10
        text(shown, x: isTurned ? x + 4 : x, y: y, anchor: isTurned ? .start : .middle, isTurned: isTurned, whole: name)
      }
      bottom += room + 4
    }
    return Panel(box: box, x: Scale(axis: Axis(""), domain: 0...1, start: box.left, end: box.right), y: yScale)
  }

  /// The grid and the ticks of an axis up.
  private mutating func frame(_ y: Scale, _ ticks: [Tick], left: Double, right: Double) -> Box {
    let box = Box(
      left: Canvas.margin + max(left, ticks.map { TextWidth.of($0.label) }.max() ?? 0) + 8, top: y.end,
      right: width - Canvas.margin - max(right, 8), bottom: y.start)
    for tick in ticks {
      guard let at = y.position(tick.value) else { continue }
      rule(from: (box.left, at), to: (box.right, at), ink: .grid)
      text(tick.label, x: box.left - 8, y: at + 4, anchor: .end, ink: .muted)
    }
    return box
  }

  /// The title of an axis up, above it.
  private mutating func headings(_ heading: String) {
    for line in TextWidth.wrapped(heading, to: width - 2 * Canvas.margin, lines: 2) {
      text(line, x: Canvas.margin, y: bottom + 11, ink: .muted)
      bottom += Canvas.lineHeight
    }
    bottom += 6
  }

  private static func upright(_ axis: Axis, _ values: [Double], from: Double, to: Double) -> (Scale, [Tick]) {
    let count = max(2, Int((from - to) / (axis.kind == .logarithmic ? 26 : 34)))
    let domain = axis.domain(of: values, ends: .atTicks, count: count)
    let scale = Scale(axis: axis, domain: domain, start: from, end: to)
    return (scale, Ticks.of(axis.kind, in: domain, count: count))
  }

  /// An axis under a box, with as many ticks as have room for their labels, and its title.
  mutating func axis(
    _ axis: Axis, _ values: [Double], along box: Box, inset: Double = 6, strip: Double = 0, ends: Axis.Ends = .asData,
    hasGrid: Bool = false
  ) -> Scale {
    let scale = Scale(
      axis: axis, domain: axis.domain(of: values, ends: ends), start: box.left + strip + inset,
      end: box.right - inset)
    let ticks = Self.ticks(of: scale)
    rule(from: (box.left, box.bottom), to: (box.right, box.bottom))
    let places = ticks.compactMap { tick in scale.position(tick.value).map { (tick, $0) } }
    if hasGrid { line(places.map { Canvas.path([($0.1, box.top), ($0.1, box.bottom)]) }.joined(), ink: .grid) }
    line(places.map { Canvas.path([($0.1, box.bottom), ($0.1, box.bottom + 4)]) }.joined(), ink: .rule)
    for (tick, at) in places {
      // A label at the edge of the figure moves inwards.
      let half = TextWidth.of(tick.label) / 2
      text(
        tick.label, x: min(max(at, 2 + half), width - 2 - half), y: box.bottom + 16, anchor: .middle, ink: .muted)
    }
    bottom = box.bottom + 20
    for line in TextWidth.wrapped(axis.heading, to: box.width, lines: 2) {
      text(line, x: box.midX, y: bottom + 13, anchor: .middle, ink: .muted)
      bottom += Canvas.lineHeight
    }
    bottom += 6
    return scale
  }

  /// The most ticks whose labels stand apart, at most one in 44 px.
  static func ticks(of scale: Scale) -> [Tick] {
    let room = abs(scale.end - scale.start)
    for count in stride(from: max(2, Int(room / 44)), through: 1, by: -1) {
      let ticks = Ticks.of(scale.axis.kind, in: scale.domain, count: count)
      let places = ticks.compactMap { tick in
        scale.position(tick.value).map { (middle: $0, half: TextWidth.of(tick.label) / 2) }
      }
      let areApart = zip(places, places.dropFirst()).allSatisfy { $1.middle - $1.half - $0.middle - $0.half >= 10 }
      if areApart { return ticks }
    }
    return []
  }

  /// Rows with their names on the left, and an axis under them. A name has two lines at most.
  mutating func rows(
    _ names: [String], height: Double, axis: Axis, _ values: [Double], inset: Double = 0, right: Double = 0,
    isStriped: Bool = true, ends: Axis.Ends = .asData, hasGrid: Bool = false
  ) -> Rows {
    let names = names.map { name in (name, TextWidth.wrapped(name, to: width * 0.3, lines: height >= 26 ? 2 : 1)) }
    let widest = names.flatMap(\.1).map { TextWidth.of($0) }.max() ?? 0
    let box = Box(
      left: Canvas.margin + max(24, widest) + 10, top: bottom + 4, right: width - Canvas.margin - max(right, 8),
      bottom: bottom + 4 + Double(max(names.count, 1)) * height)
    if isStriped {
      let stripes = names.indices.filter { $0 % 2 == 0 }.map { row in
        let top = box.top + Double(row) * height
        return Canvas.path(Box(left: box.left, top: top, right: box.right, bottom: top + height))
      }
      area(stripes.joined(), ink: .band)
    }
    for (row, (name, lines)) in names.enumerated() {
      let middle = box.top + (Double(row) + 0.5) * height
      for (index, line) in lines.enumerated() {
        let y = middle + 4 + (Double(index) - Double(lines.count - 1) / 2) * 13
        text(line, x: box.left - 10, y: y, anchor: .end, whole: lines.joined(separator: " ") == name ? nil : name)
      }
    }
    if names.isEmpty { text("Nothing to show.", x: box.left + 8, y: box.midY + 4, ink: .muted) }
    let scale = self.axis(axis, values, along: box, inset: inset, ends: ends, hasGrid: hasGrid)
    return Rows(box: box, x: scale, rowHeight: height)
  }
}
