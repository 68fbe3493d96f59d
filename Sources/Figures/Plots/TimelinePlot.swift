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
  /// The shape of its marker: events of one kind have one.
  public let shape: MarkerShape

  /// An event.
  ///
  /// - Parameter shape: nil takes that of the tone.
  public init(_ label: String, at: Double, tone: Tone = .strong, shape: MarkerShape? = nil) {
    self.label = label
    self.at = at
    self.tone = tone
    self.shape = shape ?? tone.shape
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
  /// The figure: events in as many rows as their words need, then spans, then the axis. Three events or more of one kind whose
  /// markers touch are a bar from the first to the last of them, with their number; the table has each.
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
      words.flatMap { place in
        place.guides.map { Canvas.path([($0, top + Double(place.row) * 18 + 8), ($0, bottom)]) }
      }.joined(), ink: .grid)
    for bar in bars { draw(bar, from: spanTop, &canvas) }
    for place in words {
      let y = top + Double(place.row) * 18 + 8
      let ink = place.event.tone.ink
      if place.xs.count > 1 { canvas.rule(from: (place.from, y), to: (place.to, y), ink: ink, width: 4) }
      canvas.markers(place.guides.map { ($0, y) }, place.event.shape, ink: ink, radius: 4)
      canvas.text(
        place.words, x: place.isLeft ? place.from - 9 : place.to + 9, y: y + 4, anchor: place.isLeft ? .end : .start,
        halo: .paper, whole: place.whole)
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

  /// Where an event, or several of one kind side by side, stand: in the first row in which their words are free.
  private struct Place {
    /// The first of them.
    let event: TimelineEvent
    let xs: [Double]
    let words: String
    let whole: String
    let isLeft: Bool
    let row: Int

    var from: Double { xs[0] }
    var to: Double { xs[xs.count - 1] }
    /// Where markers stand and thin lines lead down to the axis.
    var guides: [Double] { xs.count == 1 ? xs : [from, to] }
  }

  /// Events from the left; rows are filled from the top, words stand right of the marker, or left where the figure ends.
  private func placed(on scale: Scale, right: Double) -> [Place] {
    var ends: [Double] = []
    return touching(on: scale).map { group in
      let (first, last) = (group[0], group[group.count - 1])
      let label =
        group.count == 1
        ? first.event.label : "\(first.event.label) – \(last.event.label) (\(group.count))"
      let words = TextWidth.fitted(label, to: max(first.x - 24, right - last.x - 24))
      let width = TextWidth.of(words) * Self.leeway + 9
      let isLeft = last.x + width > right
      let (from, to) = isLeft ? (first.x - width, last.x + 5) : (first.x - 5, last.x + width)
      let row = ends.firstIndex { $0 + 6 <= from } ?? ends.count
      if row == ends.count { ends.append(to) } else { ends[row] = to }
      return Place(
        event: first.event, xs: group.map(\.x), words: words,
        whole: group.count == 1 ? label : group.map(\.event.label).joined(separator: "; "), isLeft: isLeft, row: row)
    }
  }

  private typealias Located = (event: TimelineEvent, x: Double)

  /// Events from the left, three or more of one kind whose markers touch together.
  private func touching(on scale: Scale) -> [[Located]] {
    var groups: [[Located]] = []
    var open: [Kind: Int] = [:]
    for event in events.enumerated().sorted(by: { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }).map(
      \.element)
    {
      guard let x = scale.position(event.at) else { continue }
      let kind = Kind(tone: event.tone, shape: event.shape)
      if let index = open[kind], let last = groups[index].last, x - last.x < Self.marker {
        groups[index].append((event, x))
      } else {
        open[kind] = groups.count
        groups.append([(event, x)])
      }
    }
    return groups.flatMap { $0.count > 2 ? [$0] : $0.map { [$0] } }.sorted { $0[0].x < $1[0].x }
  }

  private struct Kind: Hashable {
    let tone: Tone
    let shape: MarkerShape
  }

  /// How wide a marker is, with its edge.
  private static let marker = 9.0

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
      // What lasted a day is seen over two years too.
      let right = max(end, left + 5)
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
