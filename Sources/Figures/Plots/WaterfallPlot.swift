/// One bar a participant, from the largest value to the smallest: the best change of each, say.
public struct WaterfallPlot: Plot {
  /// Its name on the page and its words.
  public let caption: Caption
  /// What the values are. Bars begin at 0, so it is laid out in equal steps, whatever its kind.
  public let value: Axis
  /// The kinds that bars can be of, such as diseases.
  public let kinds: [WaterfallKind]
  /// The bars, in any order.
  public let bars: [WaterfallBar]
  /// Values to compare with.
  public let limits: [ReferenceLine]

  /// A waterfall plot.
  public init(
    _ caption: Caption, value: Axis, kinds: [WaterfallKind] = [], bars: [WaterfallBar], limits: [ReferenceLine] = []
  ) {
    self.caption = caption
    self.value = Axis(value.title, unit: value.unit, atLeast: value.atLeast)
    self.kinds = kinds
    self.bars = bars
    self.limits = limits
  }
}

/// A kind of bars.
public struct WaterfallKind: Sendable, Hashable {
  /// What it is, in the legend.
  public let label: String
  /// What sets it apart.
  public let tone: Tone

  /// A kind.
  public init(_ label: String, tone: Tone) {
    self.label = label
    self.tone = tone
  }
}

/// A bar of a waterfall plot.
public struct WaterfallBar: Sendable, Hashable {
  /// Whose it is.
  public let label: String
  /// The value; nil if there is none: it then stands behind the others as "n. e." (not evaluable).
  public let value: Double?
  /// Which of the kinds, counted from 0.
  public let kind: Int

  /// A bar.
  public init(_ label: String, _ value: Double?, kind: Int = 0) {
    self.label = label
    self.value = value
    self.kind = kind
  }
}

extension WaterfallPlot {
  /// The figure. A value that is no finite number is drawn as none; a note counts such values.
  public var figure: Figure {
    var canvas = Canvas(caption, keys: kinds.map { Key(label: $0.label, swatch: .area($0.tone)) })
    let order = sorted
    let values = order.compactMap(drawable)
    let panel = canvas.columns(
      order.map(\.label), y: value, values + [0] + limits.map(\.at), height: 260)
    for (index, bar) in order.enumerated() { draw(bar, at: index, of: order.count, in: panel, &canvas) }
    canvas.references(
      limits, in: panel, avoiding: order.indices.compactMap { box(of: order[$0], at: $0, in: panel) })
    if let zero = panel.y.position(0) { canvas.rule(from: (panel.box.left, zero), to: (panel.box.right, zero)) }
    canvas.noteUndrawn(bars.count { $0.value != nil && drawable($0) == nil })
    if values.count < bars.count { canvas.note("n. e.: not evaluable, \(bars.count - values.count) of \(bars.count).") }
    if bars.isEmpty { canvas.note("Nothing to show.") }
    return canvas.figure(counted: counted, table: table)
  }

  private func drawable(_ bar: WaterfallBar) -> Double? { bar.value.flatMap { Axis.isDrawable($0) ? $0 : nil } }

  /// From the largest down, those of one value in the order given, those without a value last.
  private var sorted: [WaterfallBar] {
    bars.enumerated().sorted {
      (-(drawable($0.element) ?? -.infinity), $0.offset) < (-(drawable($1.element) ?? -.infinity), $1.offset)
    }.map(\.element)
  }

  private func draw(_ bar: WaterfallBar, at index: Int, of count: Int, in panel: Panel, _ canvas: inout Canvas) {
    let width = panel.box.width / Double(count)
    let middle = panel.box.left + (Double(index) + 0.5) * width
    guard let value = drawable(bar), let box = box(of: bar, at: index, in: panel) else {
      let zero = panel.y.position(0) ?? panel.box.bottom
      if width >= 22 { canvas.text("n. e.", x: middle, y: zero - 5, anchor: .middle, ink: .muted, size: 11) }
      return
    }
    let tone = kinds.indices.contains(bar.kind) ? kinds[bar.kind].tone : .series(0)
    canvas.bar(box, fill: canvas.fill(tone), hasEdge: false)
    if box.height > 0.5 { canvas.line(Canvas.path(box), ink: .rule, width: 0.6) }
    let words = self.value.shown(value)
    if TextWidth.of(words, size: 11) + 4 <= width {
      canvas.text(
        words, x: middle, y: value < 0 ? box.bottom + 13 : box.top - 5, anchor: .middle, size: 11, halo: .paper)
    }
  }

  /// The bar from 0 to its value, in the middle of its column.
  private func box(of bar: WaterfallBar, at index: Int, in panel: Panel) -> Box? {
    guard let value = drawable(bar), let end = panel.y.position(value), let zero = panel.y.position(0) else {
      return nil
    }
    let width = panel.box.width / Double(bars.count)
    let middle = panel.box.left + (Double(index) + 0.5) * width
    let half = min(width * 0.4, 24)
    return Box(left: middle - half, top: min(zero, end), right: middle + half, bottom: max(zero, end))
  }

  private var counted: String {
    let values = bars.compactMap(drawable)
    let range =
      values.max().flatMap { high in values.min().map { " from \(value.shown(high)) to \(value.shown($0))" } } ?? ""
    return "Bars of \(value.heading), the largest first: \(bars.count)\(range)."
  }

  private var table: FigureTable {
    FigureTable(
      columns: ["Bar", "Kind", value.heading],
      rows: sorted.map { bar in
        [bar.label, kinds.indices.contains(bar.kind) ? kinds[bar.kind].label : "", bar.value.map(value.data) ?? ""]
      })
  }
}
