/// Values over time as lines, each named at its end: with limits of error as bands, ranges and limits to compare with.
public struct LinePlot: Plot {
  /// Its name on the page and its words.
  public let caption: Caption
  /// The axis along, mostly time.
  public let x: Axis
  /// The axis up.
  public let y: Axis
  /// The lines, in the order of their tones and of the table.
  public let series: [LineSeries]
  /// Ranges of `y` to compare with.
  public let bands: [ReferenceBand]
  /// Values of `y` to compare with.
  public let limits: [ReferenceLine]
  /// Values of `x` at which something happened.
  public let moments: [ReferenceLine]
  /// What an open marker means, such as "below the limit of quantification"; said in the legend if there is one.
  public let openMeans: String?
  /// The height of the panel, px.
  public let height: Double

  /// A plot of lines.
  public init(
    _ caption: Caption, x: Axis, y: Axis, series: [LineSeries], bands: [ReferenceBand] = [],
    limits: [ReferenceLine] = [], moments: [ReferenceLine] = [], openMeans: String? = nil, height: Double = 280
  ) {
    self.caption = caption
    self.x = x
    self.y = y
    self.series = series
    self.bands = bands
    self.limits = limits
    self.moments = moments
    self.openMeans = openMeans
    self.height = min(max(height, 80), 5000)
  }
}

/// One line of a plot.
public struct LineSeries: Sendable, Hashable {
  /// Its name.
  public let label: String
  /// Its points, in the order in which they are joined.
  public let points: [LinePoint]
  /// What sets it apart; nil takes its place among the series.
  public let tone: Tone?

  /// A line.
  public init(_ label: String, _ points: [LinePoint], tone: Tone? = nil) {
    self.label = label
    self.points = points
    self.tone = tone
  }
}

/// A point of a line, in the units of the axes. What is no finite number is not drawn, interrupts the line and is counted
/// in a note; what is missing (nil) interrupts it.
public struct LinePoint: Sendable, Hashable {
  /// Where along.
  public let x: Double
  /// The value; nil if it is missing.
  public let y: Double?
  /// The limits of error; nil if there are none.
  public let limits: ClosedRange<Double>?
  /// Whether its marker is open.
  public let isOpen: Bool

  /// A point.
  public init(_ x: Double, _ y: Double?, limits: ClosedRange<Double>? = nil, isOpen: Bool = false) {
    self.x = x
    self.y = y
    self.limits = limits
    self.isOpen = isOpen
  }

  /// Whether it can be drawn at all.
  var isDrawable: Bool { Axis.isDrawable(x) && y.map(Axis.isDrawable) == true }
}

extension LinePlot {
  /// The figure; without a value that can be drawn it says so, and has neither axes nor a legend.
  public var figure: Figure {
    let points = series.flatMap(\.points)
    guard points.contains(where: \.isDrawable) else { return emptyFigure }
    let room = Canvas.roomForEndLabels(series.map(\.label), height: height, width: caption.width)
    var canvas = Canvas(caption, keys: room == nil ? keys + markerKeys : markerKeys)
    let strip = Canvas.strip(for: bands, width: caption.width)
    let ys = points.flatMap { [$0.y, $0.limits?.lowerBound, $0.limits?.upperBound].compactMap { $0 } }
    let panel = canvas.panel(
      x: x, points.map(\.x) + moments.map(\.at), y: y,
      ys + bands.flatMap { [$0.range.lowerBound, $0.range.upperBound] } + limits.map(\.at), height: height,
      above: Canvas.room(for: moments), right: room ?? 0, strip: strip)
    let drawn = series.enumerated().map { DrawnLine($1, tone: $1.tone ?? .series($0), in: panel) }
    canvas.bands(bands, in: panel, strip: strip)
    canvas.references(limits, in: panel, strip: strip, avoiding: drawn.flatMap(\.covered) + covered(in: panel))
    canvas.moments(moments, on: panel.x, in: panel.box)
    for line in drawn { canvas.limits(of: line) }
    for (index, line) in drawn.enumerated() { canvas.draw(line, at: index, of: drawn.count) }
    if room != nil {
      canvas.endLabels(
        drawn.map { EndLabel(name: $0.label, tone: $0.tone, end: $0.runs.last?.last.map { ($0.x, $0.y) }) },
        beside: panel)
    }
    canvas.noteUndrawn(drawn.map(\.undrawable).reduce(0, +))
    canvas.noteAtEnd(drawn.map(\.belowZero.count).reduce(0, +), as: " as an open triangle")
    canvas.noteAtEnd(points.count { Axis.isDrawable($0.x) && !x.holds($0.x) })
    return canvas.figure(counted: counted(points), table: table)
  }

  private var emptyFigure: Figure {
    let points = series.flatMap(\.points)
    var canvas = Canvas(caption)
    canvas.bottom += 16
    canvas.text("Nothing to show.", x: Canvas.margin, y: canvas.bottom - 4, ink: .muted)
    canvas.noteUndrawn(points.count { $0.y != nil })
    return canvas.figure(counted: counted(points), table: table)
  }

  /// What the lines upright cover.
  private func covered(in panel: Panel) -> [Box] {
    moments.compactMap { panel.x.position($0.at) }.map {
      Box(left: $0 - 2, top: panel.box.top, right: $0 + 2, bottom: panel.box.bottom)
    }
  }

  private var keys: [Key] {
    series.enumerated().map { Key(label: $1.label, swatch: .line($1.tone ?? .series($0))) }
  }

  private var markerKeys: [Key] {
    guard let openMeans, series.contains(where: { $0.points.contains(where: \.isOpen) }) else { return [] }
    return [Key(label: openMeans, swatch: .marker(.circle, .muted, isOpen: true))]
  }

  private func counted(_ points: [LinePoint]) -> String {
    let values = points.compactMap(\.y).filter(Axis.isDrawable)
    let range = values.min().flatMap { low in values.max().map { " from \(y.shown(low)) to \(y.shown($0))" } } ?? ""
    return "Lines of \(y.heading) over \(x.heading): \(series.count) series, \(values.count) values\(range)."
  }

  private var table: FigureTable {
    let hasLimits = series.contains { $0.points.contains { $0.limits != nil } }
    let isMarked = openMeans != nil
    return FigureTable(
      columns: ["Series", x.heading, y.heading] + (hasLimits ? ["Lower limit", "Upper limit"] : [])
        + (isMarked ? ["Note"] : []),
      rows: series.flatMap { series in
        series.points.map { point in
          [series.label, x.data(point.x), point.y.map(y.data) ?? ""]
            + (hasLimits
              ? [point.limits.map { y.data($0.lowerBound) } ?? "", point.limits.map { y.data($0.upperBound) } ?? ""]
              : [])
            + (isMarked ? [point.isOpen ? openMeans ?? "" : ""] : [])
        }
      })
  }
}

/// A line in px: unbroken runs of points.
private struct DrawnLine {
  struct Point {
    let x: Double
    let y: Double
    let limits: (low: Double, high: Double)?
    let isOpen: Bool
  }

  let label: String
  let tone: Tone
  var runs: [[Point]] = []
  /// Points whose value has no place on a logarithmic axis, at its lower edge.
  var belowZero: [(x: Double, y: Double)] = []
  var undrawable = 0

  init(_ series: LineSeries, tone: Tone, in panel: Panel) {
    label = series.label
    self.tone = tone
    var run: [Point] = []
    for point in series.points {
      guard let value = point.y, let x = panel.x.position(point.x), let y = panel.y.position(value) else {
        if point.y != nil { undrawable += 1 }
        if !run.isEmpty { runs.append(run) }
        run = []
        continue
      }
      let limits = point.limits.flatMap { limits in
        panel.y.position(limits.lowerBound).flatMap { low in
          panel.y.position(limits.upperBound).map { (low: low, high: $0) }
        }
      }
      if !panel.y.axis.holds(value) { belowZero.append((x, y)) }
      run.append(Point(x: x, y: y, limits: limits, isOpen: point.isOpen))
    }
    if !run.isEmpty { runs.append(run) }
  }

  /// What the line covers, roughly, where a label would not be read: boxes along it, at most about a thousand.
  var covered: [Box] {
    runs.flatMap { run in
      zip(run, run.dropFirst()).flatMap { one, other in
        let count = min(max(1, Int(max(abs(other.x - one.x), abs(other.y - one.y)) / 8)), 100)
        return (0...count).map { step in
          let share = Double(step) / Double(count)
          let (x, y) = (one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share)
          return Box(left: x - 2, top: y - 2, right: x + 2, bottom: y + 2)
        }
      }
    }
  }
}

extension Canvas {
  /// The limits of error: a band with a thin edge along points that have them, a whisker at a single one.
  fileprivate mutating func limits(of line: DrawnLine) {
    for run in line.runs {
      for part in run.split(whereSeparator: { $0.limits == nil }) {
        let edges = part.compactMap { point in point.limits.map { (x: point.x, low: $0.low, high: $0.high) } }
        if edges.count == 1, let edge = edges.first {
          rule(from: (edge.x, edge.low), to: (edge.x, edge.high), ink: line.tone.ink, width: 1.5)
          continue
        }
        let upper = edges.map { (x: $0.x, y: $0.high) }
        let lower = edges.map { (x: $0.x, y: $0.low) }
        area(Canvas.path(upper + lower.reversed()) + "z", ink: line.tone.ink, opacity: 0.14)
        self.line(Canvas.path(upper) + Canvas.path(lower), ink: line.tone.ink, width: 0.6, dash: line.tone.dash)
      }
    }
  }

  /// A line with its markers: at all points if they are apart, else at points some way apart, not where its neighbors have
  /// theirs.
  fileprivate mutating func draw(_ line: DrawnLine, at index: Int, of count: Int) {
    let points = line.runs.flatMap { $0 }
    self.line(
      line.runs.filter { $0.count > 1 }.map { run in Canvas.path(run.map { ($0.x, $0.y) }) }.joined(),
      ink: line.tone.ink, width: 1.8, dash: line.tone.dash)
    guard let first = points.first, let last = points.last else { return }
    let spacing = points.count > 1 ? abs(last.x - first.x) / Double(points.count - 1) : 100
    let every = spacing >= 9 ? 1 : max(1, Int((90 / max(spacing, 0.01)).rounded(.up)))
    let offset = every == 1 ? 0 : every * index / max(count, 1)
    let edges = Set(line.belowZero.map(\.x))
    let marked = points.enumerated().filter { $0.offset % every == offset || points.count <= 2 }.map(\.element)
    markers(
      marked.filter { !$0.isOpen && !edges.contains($0.x) }.map { ($0.x, $0.y) }, line.tone.shape, ink: line.tone.ink)
    markers(
      points.filter { $0.isOpen && !edges.contains($0.x) }.map { ($0.x, $0.y) }, line.tone.shape, ink: line.tone.ink,
      isOpen: true)
    markers(line.belowZero, .triangleDown, ink: line.tone.ink, isOpen: true)
  }
}
