/// What happened when, in words, and what lasted: one course on one axis.
public struct TimelinePlot: Plot {
  /// Its name on the page and its words.
  public let caption: Caption
  /// The axis along: time.
  public let time: Axis
  /// What happened at a time, with its words beside it.
  public let events: [TimelineEvent]
  /// What lasted, as bars under the events.
  public let spans: [TimelineSpan]

  /// A timeline.
  public init(_ caption: Caption, time: Axis, events: [TimelineEvent], spans: [TimelineSpan] = []) {
    self.caption = caption
    self.time = time
    self.events = events
    self.spans = spans
  }
}

/// Something that happened.
public struct TimelineEvent: Sendable, Hashable {
  /// What happened.
  public let label: String
  /// When, in the axis's unit.
  public let at: Double
  /// What sets its marker apart.
  public let tone: Tone

  /// An event.
  public init(_ label: String, at: Double, tone: Tone = .strong) {
    self.label = label
    self.at = at
    self.tone = tone
  }
}

/// Something that lasted.
public struct TimelineSpan: Sendable, Hashable {
  /// What lasted.
  public let label: String
  /// From when to when, in the axis's unit.
  public let times: ClosedRange<Double>
  /// What sets it apart.
  public let tone: Tone

  /// A span.
  public init(_ label: String, _ times: ClosedRange<Double>, tone: Tone = .neutral) {
    self.label = label
    self.times = times
    self.tone = tone
  }
}

extension TimelinePlot {
  /// The figure: events in as many rows as their words need, then spans, then the axis.
  public var figure: Figure {
    var canvas = Canvas(caption)
    let times = events.map(\.at) + spans.flatMap { [$0.times.lowerBound, $0.times.upperBound] }
    let (left, right) = (Canvas.margin + 8, canvas.width - Canvas.margin - 8)
    let scale = Scale(axis: time, domain: time.domain(of: times, ends: .asData), start: left + 6, end: right - 6)
    let top = canvas.bottom + 4
    let words = placed(on: scale, right: right + 8)
    let spanTop = top + Double((words.map(\.row).max() ?? -1) + 1) * 18 + 6
    let bars = packed(on: scale, right: right + 8)
    let bottom = spanTop + Double((bars.map(\.row).max() ?? -1) + 1) * 22 + 4
    canvas.line(
      words.map { Canvas.path([($0.x, top + Double($0.row) * 18 + 8), ($0.x, bottom)]) }.joined(), ink: .grid)
    for bar in bars { draw(bar, from: spanTop, &canvas) }
    for event in words {
      let y = top + Double(event.row) * 18 + 8
      canvas.markers([(event.x, y)], event.tone.shape, ink: event.tone.ink, radius: 4)
      let anchor: Anchor = event.isLeft ? .end : .start
      canvas.text(
        event.words, x: event.x + (event.isLeft ? -9 : 9), y: y + 4, anchor: anchor, halo: .paper, whole: event.whole)
    }
    _ = canvas.axis(
      Axis(time.title, unit: time.unit, kind: time.kind, atLeast: time.atLeast), times,
      along: Box(left: left, top: top, right: right, bottom: bottom))
    if times.isEmpty { canvas.note("Nothing to show.") }
    canvas.noteUndrawn(times.count { !Axis.isDrawable($0) })
    canvas.noteAtEnd(times.count { Axis.isDrawable($0) && !time.holds($0) })
    return canvas.figure(counted: counted, table: table)
  }

  /// How much wider than reckoned words may be: where none of the fonts that are asked for is there.
  private static let leeway = 1.15

  /// Where an event stands: in the lowest row, counted from the axis up, in which its words are free.
  private struct Place {
    let x: Double
    let words: String
    let whole: String
    let tone: Tone
    let isLeft: Bool
    var row: Int
  }

  /// Events from the left; rows are filled from the top, words stand right of the marker, or left where the figure ends.
  private func placed(on scale: Scale, right: Double) -> [Place] {
    var ends: [Double] = []
    return events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.compactMap {
      _, event in
      guard let x = scale.position(event.at) else { return nil }
      let words = TextWidth.fitted(event.label, to: max(x - 24, right - x - 24))
      let width = TextWidth.of(words) * Self.leeway + 9
      let isLeft = x + width > right
      let (from, to) = isLeft ? (x - width, x + 5) : (x - 5, x + width)
      let row = ends.firstIndex { $0 + 6 <= from } ?? ends.count
      if row == ends.count { ends.append(to) } else { ends[row] = to }
      return Place(x: x, words: words, whole: event.label, tone: event.tone, isLeft: isLeft, row: row)
    }
  }

  private struct PackedSpan {
    let span: TimelineSpan
    let left: Double
    let right: Double
    let words: String
    /// Where its words begin: on the bar if they fit, else right of it; or where they end, left of it.
    let wordsX: Double
    let anchor: Anchor
    let isInside: Bool
    let row: Int
  }

  private func packed(on scale: Scale, right limit: Double) -> [PackedSpan] {
    var ends: [Double] = []
    return spans.enumerated().sorted {
      ($0.element.times.lowerBound, $0.offset) < ($1.element.times.lowerBound, $1.offset)
    }
    .compactMap { _, span in
      guard let left = scale.position(span.times.lowerBound), let end = scale.position(span.times.upperBound) else {
        return nil
      }
      let right = max(end, left + 2)
      let words = TextWidth.fitted(span.label, to: max(right - left - 10, limit - right - 12, left - 24))
      let width = TextWidth.of(words, size: 11) * Self.leeway
      let isInside = width + 10 <= right - left
      let isLeft = !isInside && right + 6 + width > limit
      let wordsX = isInside ? left + 5 : isLeft ? left - 5 : right + 5
      let (from, to) = isLeft ? (wordsX - width, right) : (left, max(right, wordsX + width))
      let row = ends.firstIndex { $0 + 6 <= from } ?? ends.count
      if row == ends.count { ends.append(to) } else { ends[row] = to }
      return PackedSpan(
        span: span, left: left, right: right, words: words, wordsX: wordsX, anchor: isLeft ? .end : .start,
        isInside: isInside, row: row)
    }
  }

  private func draw(_ bar: PackedSpan, from top: Double, _ canvas: inout Canvas) {
    let y = top + Double(bar.row) * 22
    let box = Box(left: bar.left, top: y, right: bar.right, bottom: y + 17)
    canvas.bar(box, fill: Canvas.fill(bar.span.tone.ink), hasEdge: false)
    canvas.line(Canvas.path(box), ink: .rule, width: 0.6)
    let tone = bar.span.tone
    canvas.text(
      bar.words, x: bar.wordsX, y: y + 12.5, anchor: bar.anchor, ink: bar.isInside ? tone.textInk : .text, size: 11,
      halo: bar.isInside ? nil : .paper, whole: bar.span.label)
  }

  private var counted: String {
    let shown = events.prefix(30).map { "\(time.shown($0.at)): \($0.label)" }.joined(separator: "; ")
    return "Timeline over \(time.heading): \(events.count) events, \(spans.count) spans."
      + (shown.isEmpty ? "" : " \(shown)\(events.count > 30 ? "; …" : ".")")
  }

  private var table: FigureTable {
    FigureTable(
      columns: ["What", "From: \(time.heading)", "To: \(time.heading)"],
      rows: events.map { [$0.label, time.data($0.at), ""] }
        + spans.map { [$0.label, time.data($0.times.lowerBound), time.data($0.times.upperBound)] })
  }
}
