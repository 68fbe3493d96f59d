/// Shares over time as steps, such as a survival curve: with limits, marks where following ended, and the numbers at risk
/// under the axis.
public struct StepCurve: Plot {
  /// Its name on the page and its words.
  public let caption: Caption
  /// The axis along: time from 0.
  public let time: Axis
  /// What the share is, such as "Event-free".
  public let shareTitle: String
  /// The curves.
  public let curves: [StepSeries]
  /// Times to compare with.
  public let moments: [ReferenceLine]

  /// A plot of step curves.
  public init(
    _ caption: Caption, time: Axis, shareTitle: String, curves: [StepSeries], moments: [ReferenceLine] = []
  ) {
    self.caption = caption
    self.time = time
    self.shareTitle = shareTitle
    self.curves = curves
    self.moments = moments
  }
}

/// A curve of steps.
public struct StepSeries: Sendable, Hashable {
  /// A change of the share.
  public struct Step: Sendable, Hashable {
    /// When, in the axis's unit.
    public let time: Double
    /// The share from then on, 0 to 1.
    public let share: Double
    /// Its limits, 0 to 1; nil if there are none.
    public let limits: ClosedRange<Double>?

    /// A step.
    public init(at time: Double, to share: Double, limits: ClosedRange<Double>? = nil) {
      self.time = time
      self.share = share
      self.limits = limits
    }
  }

  /// Its name.
  public let label: String
  /// The share at time 0: 1 where all are without an event, 0 where a curve counts those with one.
  public let start: Double
  /// The steps, in order of time.
  public let steps: [Step]
  /// How long each was followed without an event (censored), in the axis's unit; marked on the curve, which reaches as far.
  public let censored: [Double]
  /// When each had the event, in the axis's unit. With `censored` these are all subjects: the numbers at risk at a time count
  /// those whose time is not earlier.
  public let events: [Double]

  /// A curve.
  public init(_ label: String, start: Double = 1, _ steps: [Step], events: [Double], censored: [Double]) {
    self.label = label
    self.start = start
    self.steps = steps
    self.events = events
    self.censored = censored
  }
}

extension StepCurve {
  /// The figure. Shares outside 0 to 1 and times that are no finite numbers or below 0 are not drawn; a note counts them.
  public var figure: Figure {
    var canvas = Canvas(caption)
    let percent = Axis(shareTitle, unit: "%", atLeast: 0...100)
    let names = curves.map(\.label)
    let room = Canvas.roomForEndLabels(names, height: 240, width: caption.width)
    if room == nil {
      canvas.legend(names.enumerated().map { Key(label: $1, swatch: .area(.series($0))) })
    }
    let drawn = curves.enumerated().map { DrawnSteps($1, tone: .series($0)) }
    let left = min((names.map { TextWidth.of($0) }.max() ?? 0) + 14, caption.width * 0.22)
    let panel = canvas.panel(
      x: Axis(time.title, unit: time.unit, kind: time.kind, atLeast: time.atLeast ?? 0...0),
      drawn.flatMap { $0.points.map(\.time) + [0] } + moments.map(\.at), y: percent, [], height: 240,
      above: Canvas.room(for: moments), right: room ?? 0, left: left)
    canvas.moments(moments, on: panel.x, in: panel.box)
    for curve in drawn { canvas.limits(of: curve, in: panel) }
    for curve in drawn { canvas.draw(curve, in: panel) }
    if room != nil {
      canvas.endLabels(
        drawn.map { curve in
          let last = curve.points.last
          let end = last.flatMap { last in
            panel.x.position(last.time).flatMap { x in panel.y.position(last.share * 100).map { (x: x, y: $0) } }
          }
          return EndLabel(name: curve.label, tone: curve.tone, end: end, hasMarker: false)
        }, beside: panel)
    }
    canvas.atRisk(drawn, under: panel)
    if drawn.contains(where: { !$0.censored.isEmpty }) {
      canvas.note("Upright strokes on a curve: followed so far without an event (censored).")
    }
    canvas.noteUndrawn(
      drawn.map(\.undrawable).reduce(0, +), because: "shares outside 0 to 1, or times below 0 or not finite")
    return canvas.figure(counted: counted, table: table)
  }

  private var counted: String {
    let curves = curves.map { curve in
      let end = curve.steps.last.map { ", at the end \(Numerals.shown($0.share * 100)) %" } ?? ""
      return "\(curve.label): \(curve.events.count + curve.censored.count) subjects, \(curve.events.count) events\(end)"
    }
    return "\(shareTitle) over \(time.heading), in steps. " + curves.joined(separator: "; ")
      + (curves.isEmpty ? "" : ".")
  }

  private var table: FigureTable {
    FigureTable(
      columns: ["Curve", time.heading, "\(shareTitle) (0 to 1)", "Lower limit", "Upper limit", "What"],
      rows: curves.flatMap { curve in
        let steps = curve.steps.map { step in
          [
            curve.label, time.data(step.time), Numerals.data(step.share),
            step.limits.map { Numerals.data($0.lowerBound) } ?? "",
            step.limits.map { Numerals.data($0.upperBound) } ?? "",
            "step",
          ]
        }
        let ends = curve.events.map { ($0, "event") } + curve.censored.map { ($0, "censored") }
        return [[curve.label, time.data(0), Numerals.data(curve.start), "", "", "start"]] + steps
          + ends.map { [curve.label, time.data($0.0), "", "", "", $0.1] }
      })
  }
}

/// A curve as its corners.
private struct DrawnSteps {
  let label: String
  let tone: Tone
  /// The share from each time on; the last is where the curve ends.
  let points: [(time: Double, share: Double, limits: ClosedRange<Double>?)]
  let censored: [Double]
  let times: [Double]
  let undrawable: Int

  init(_ series: StepSeries, tone: Tone) {
    func isTime(_ time: Double) -> Bool { Axis.isDrawable(time) && time >= 0 }
    label = series.label
    self.tone = tone
    let steps = series.steps.filter { isTime($0.time) && (0...1).contains($0.share) }.sorted { $0.time < $1.time }
    censored = series.censored.filter(isTime).sorted()
    times = (series.events + series.censored).filter(isTime).sorted()
    undrawable = series.steps.count - steps.count + series.events.count + series.censored.count - times.count
    var points = [(time: 0.0, share: series.start, limits: ClosedRange<Double>?.none)]
    points += steps.map { ($0.time, $0.share, $0.limits) }
    if let last = points.last, let end = times.last, end > last.time { points.append((end, last.share, last.limits)) }
    self.points = times.isEmpty && steps.isEmpty ? [] : points
  }

  /// The share at a time.
  func share(at time: Double) -> Double? { points.last { $0.time <= time }?.share }
}

extension Canvas {
  fileprivate mutating func draw(_ curve: DrawnSteps, in panel: Panel) {
    let path = Self.steps(curve.points.map { ($0.time, $0.share) }, in: panel)
    line(path, ink: curve.tone.ink, width: 2, dash: curve.tone.dash)
    let strokes = curve.censored.compactMap { time -> String? in
      guard let share = curve.share(at: time), let x = panel.x.position(time), let y = panel.y.position(share * 100)
      else {
        return nil
      }
      return Canvas.path([(x, y - 5), (x, y + 5)])
    }
    line(strokes.joined(), ink: curve.tone.ink, width: 1.5)
  }

  /// The area between the limits, with a thin edge.
  fileprivate mutating func limits(of curve: DrawnSteps, in panel: Panel) {
    for part in curve.points.split(whereSeparator: { $0.limits == nil }) {
      guard let end = curve.points.indices.contains(part.endIndex) ? curve.points[part.endIndex] : part.last else {
        continue
      }
      let steps =
        part.compactMap { point in point.limits.map { (point.time, $0) } } + [(end.time, part.last?.limits ?? 0...0)]
      let upper = Self.corners(steps.map { ($0.0, min($0.1.upperBound, 1)) }, in: panel)
      let lower = Self.corners(steps.map { ($0.0, max($0.1.lowerBound, 0)) }, in: panel)
      area(Canvas.path(upper + lower.reversed()) + "z", ink: curve.tone.ink, opacity: 0.12)
      line(Canvas.path(upper) + Canvas.path(lower), ink: curve.tone.ink, width: 0.6, dash: curve.tone.dash)
    }
  }

  private static func steps(_ points: [(Double, Double)], in panel: Panel) -> String {
    path(corners(points, in: panel))
  }

  /// The corners of steps: along, then up or down.
  private static func corners(_ points: [(Double, Double)], in panel: Panel) -> [(x: Double, y: Double)] {
    var corners: [(x: Double, y: Double)] = []
    for (time, share) in points {
      guard let x = panel.x.position(time), let y = panel.y.position(share * 100) else { continue }
      if let last = corners.last { corners.append((x, last.y)) }
      corners.append((x, y))
    }
    return corners
  }

  /// The numbers at risk under the ticks of the axis, a row a curve.
  fileprivate mutating func atRisk(_ curves: [DrawnSteps], under panel: Panel) {
    guard !curves.isEmpty else { return }
    text("At risk", x: Canvas.margin, y: bottom + 10, ink: .muted, isBold: true)
    bottom += 14
    for curve in curves {
      let name = TextWidth.fitted(curve.label, to: panel.box.left - Canvas.margin - 12)
      text(name, x: Canvas.margin, y: bottom + 12, whole: curve.label)
      for tick in Self.ticks(of: panel.x) where tick.value >= 0 {
        guard let x = panel.x.position(tick.value) else { continue }
        text("\(curve.times.count { $0 >= tick.value })", x: x, y: bottom + 12, anchor: .middle)
      }
      bottom += 16
    }
    bottom += 4
  }
}
