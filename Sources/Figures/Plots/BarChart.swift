/// Bars to the right with their names and values: counts in stacked parts, or one value with its interval.
public struct BarChart: Plot {
  /// Its name on the page and its words.
  public let caption: Caption
  /// What the length of a bar is. Bars begin at 0, so it is laid out in equal steps, whatever its kind.
  public let value: Axis
  /// What the parts of a bar are, from the left.
  public let parts: [BarPart]
  /// The bars, from the top down.
  public let bars: [Bar]

  /// A bar chart; without `parts` a bar has one.
  public init(_ caption: Caption, value: Axis, parts: [BarPart] = [], bars: [Bar]) {
    self.caption = caption
    self.value = Axis(value.title, unit: value.unit, atLeast: value.atLeast)
    self.parts = parts
    self.bars = bars
  }
}

/// A part that every bar may have.
public struct BarPart: Sendable, Hashable {
  /// What it is, in the legend.
  public let label: String
  /// What sets it apart.
  public let tone: Tone

  /// A part.
  public init(_ label: String, tone: Tone) {
    self.label = label
    self.tone = tone
  }
}

/// A bar.
public struct Bar: Sendable, Hashable {
  /// Its name.
  public let label: String
  /// Its parts' values in the axis's unit, in the order of the chart's parts; nil if missing. A value below 0 is drawn only
  /// if it is the only one.
  public let values: [Double?]
  /// An interval around its end.
  public let interval: ClosedRange<Double>?
  /// What is written at its end; nil writes the sum of its values.
  public let note: String?

  /// A bar.
  public init(_ label: String, _ values: [Double?], interval: ClosedRange<Double>? = nil, note: String? = nil) {
    self.label = label
    self.values = values
    self.interval = interval
    self.note = note
  }
}

extension BarChart {
  /// The figure.
  public var figure: Figure {
    var canvas = Canvas(caption, keys: parts.map { Key(label: $0.label, swatch: .area($0.tone)) })
    let bars = bars.map(DrawnBar.init)
    let ends = bars.flatMap { bar -> [Double] in
      [bar.start, bar.end] + (bar.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    let room = (bars.map { TextWidth.of($0.note) }.max() ?? 0) + 12
    let height = bars.count <= 20 ? 26.0 : 20
    let rows = canvas.rows(
      bars.map(\.label), height: height, axis: value, ends + [0], right: min(room, caption.width * 0.3),
      isStriped: false,
      ends: .atTicks, hasGrid: true)
    for (index, bar) in bars.enumerated() { draw(bar, around: rows.middle(index), height: height, on: rows.x, &canvas) }
    if let zero = rows.x.position(0) { canvas.rule(from: (zero, rows.box.top), to: (zero, rows.box.bottom)) }
    canvas.noteUndrawn(bars.map(\.undrawable).reduce(0, +), because: "not finite, or below 0 in a stack")
    return canvas.figure(counted: counted, table: table)
  }

  private func draw(_ bar: DrawnBar, around middle: Double, height: Double, on scale: Scale, _ canvas: inout Canvas) {
    let half = (height * 0.34).rounded()
    for part in bar.parts {
      guard let one = scale.position(part.from), let other = scale.position(part.to) else { continue }
      let tone = parts.indices.contains(part.index) ? parts[part.index].tone : .series(0)
      let box = Box(left: min(one, other), top: middle - half, right: max(one, other), bottom: middle + half)
      if bar.interval == nil {
        canvas.bar(box, fill: canvas.fill(tone))
      } else {
        canvas.area(Canvas.path(box), ink: tone.ink, opacity: 0.3)
      }
      let number = value.shown(part.to - part.from)
      let words = Canvas.box(of: number, x: box.midX, y: middle + 4, anchor: .middle, size: 11)
      if parts.count > 1, words.width + 6 <= box.width {
        canvas.text(
          number, x: box.midX, y: middle + 4, anchor: .middle, ink: tone.textInk, size: 11,
          halo: tone.hatch == nil ? nil : tone.ink)
      }
    }
    if let start = scale.position(bar.start), let end = scale.position(bar.end), end > start {
      let box = Box(left: start, top: middle - half, right: end, bottom: middle + half)
      canvas.line(Canvas.path(box), ink: .rule, width: 0.6)
    }
    if let interval = bar.interval, let low = scale.position(interval.lowerBound),
      let high = scale.position(interval.upperBound)
    {
      canvas.whisker(from: low, to: high, at: middle)
      if let end = scale.position(bar.end + bar.start) {
        canvas.markers([(end, middle)], .circle, ink: .text, radius: 4)
      }
    }
    let end = max(bar.end, bar.start, bar.interval?.upperBound ?? 0)
    if let x = scale.position(end) {
      let note = TextWidth.fitted(bar.note, to: canvas.width - Canvas.margin - x - 8)
      canvas.text(note, x: x + 8, y: middle + 4, whole: bar.note)
    }
  }

  private var counted: String {
    let shown = bars.prefix(30).map { "\($0.label) \(DrawnBar($0).note)" }.joined(separator: "; ")
    let rest = bars.count > 30 ? "; and \(bars.count - 30) more" : ""
    return "Bars of \(value.heading): " + (bars.isEmpty ? "none." : shown + rest + ".")
  }

  private var table: FigureTable {
    let names = parts.isEmpty ? [value.heading] : parts.map { "\($0.label): \(value.heading)" }
    let hasInterval = bars.contains { $0.interval != nil }
    let isNoted = bars.contains { $0.note != nil }
    return FigureTable(
      columns: ["Bar"] + names + (hasInterval ? ["Lower limit", "Upper limit"] : []) + (isNoted ? ["Note"] : []),
      rows: bars.map { bar in
        [bar.label]
          + names.indices.map { bar.values.indices.contains($0) ? bar.values[$0].map(value.data) ?? "" : "" }
          + (hasInterval
            ? [
              bar.interval.map { value.data($0.lowerBound) } ?? "",
              bar.interval.map { value.data($0.upperBound) } ?? "",
            ]
            : []) + (isNoted ? [bar.note ?? ""] : [])
      })
  }
}

/// A bar as its parts follow each other.
private struct DrawnBar {
  let label: String
  let note: String
  let interval: ClosedRange<Double>?
  var parts: [(index: Int, from: Double, to: Double)] = []
  var undrawable = 0

  init(_ bar: Bar) {
    label = bar.label
    interval = bar.interval.flatMap { Axis.isDrawable($0.lowerBound) && Axis.isDrawable($0.upperBound) ? $0 : nil }
    var end = 0.0
    let isAlone = bar.values.count == 1
    for (index, value) in bar.values.enumerated() {
      guard let value else { continue }
      guard Axis.isDrawable(end + value), value >= 0 || isAlone else {
        undrawable += 1
        continue
      }
      parts.append((index, end, end + value))
      end += value
    }
    note = bar.note ?? (bar.values.allSatisfy { $0 == nil } ? "no value" : Numerals.shown(end))
  }

  var start: Double { min(parts.last?.to ?? 0, 0) }
  var end: Double { max(parts.last?.to ?? 0, 0) }
}
