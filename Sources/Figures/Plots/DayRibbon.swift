/// A state by day, one ribbon a row: the grade of something, say, so that onset, depth and end are seen at once.
public struct DayRibbon: Plot {
  /// Its name on the page and its words.
  public let caption: Caption
  /// The axis along: days.
  public let day: Axis
  /// The states, in order.
  public let levels: [RibbonLevel]
  /// The rows, from the top down.
  public let rows: [RibbonRow]
  /// Days at which something happened, over all rows.
  public let moments: [ReferenceLine]

  /// A plot of ribbons.
  public init(
    _ caption: Caption, day: Axis, levels: [RibbonLevel], rows: [RibbonRow], moments: [ReferenceLine] = []
  ) {
    self.caption = caption
    self.day = day
    self.levels = levels
    self.rows = rows
    self.moments = moments
  }
}

/// A state of a ribbon.
public struct RibbonLevel: Sendable, Hashable {
  /// What it is, in the legend.
  public let label: String
  /// One or two characters, printed on the ribbon so that it reads without color.
  public let mark: String
  /// What sets it apart.
  public let tone: Tone

  /// A state.
  public init(_ label: String, mark: String, tone: Tone) {
    self.label = label
    self.mark = mark
    self.tone = tone
  }

  /// States in order, from light to dark: "none", "1", "2"…
  public static func ordered(_ levels: [(label: String, mark: String)]) -> [RibbonLevel] {
    levels.enumerated().map { RibbonLevel($1.label, mark: $1.mark, tone: .level($0, of: levels.count)) }
  }
}

/// A row of ribbons.
public struct RibbonRow: Sendable, Hashable {
  /// Its name.
  public let label: String
  /// Its spans; where two overlap the higher level is seen. Days without a span are left blank: nothing was observed.
  public let spans: [RibbonSpan]

  /// A row.
  public init(_ label: String, _ spans: [RibbonSpan]) {
    self.label = label
    self.spans = spans
  }
}

/// Days in one state.
public struct RibbonSpan: Sendable, Hashable {
  /// The first and the last of the days.
  public let days: ClosedRange<Int>
  /// Which of the levels, counted from 0; nil, or one that there is not, is drawn as unknown.
  public let level: Int?

  /// A span.
  public init(_ days: ClosedRange<Int>, level: Int?) {
    self.days = days
    self.level = level
  }
}

extension DayRibbon {
  /// The figure.
  public var figure: Figure {
    let all = rows.flatMap(\.spans)
    let hasUnknown = all.contains { level(of: $0) == nil }
    var canvas = Canvas(
      caption,
      keys: levels.map { Key(label: key(of: $0), swatch: .area($0.tone)) }
        + (hasUnknown ? [Key(label: "not known", swatch: .unknown)] : []))
    canvas.bottom += Canvas.room(for: moments)
    let edges = all.flatMap { [Double($0.days.lowerBound) - 0.5, Double($0.days.upperBound) + 0.5] }
    let height = rows.count <= 16 ? 26.0 : rows.count <= 40 ? 20 : 16
    let grid = canvas.rows(rows.map(\.label), height: height, axis: day, edges + moments.map(\.at), isStriped: false)
    for row in rows.indices {
      canvas.rule(from: (grid.box.left, grid.middle(row)), to: (grid.box.right, grid.middle(row)), ink: .grid)
    }
    let spans = ribbons(on: grid, height: height - 5, &canvas)
    canvas.moments(moments, on: grid.x, in: grid.box)
    marks(on: spans, beside: moments.compactMap { grid.x.position($0.at) }, size: height >= 24 ? 11 : 10, &canvas)
    if !all.isEmpty { canvas.note("Days without a ribbon: nothing observed.") }
    return canvas.figure(counted: counted, table: table)
  }

  /// The ribbons, the unknown first, then level by level, each between thin lines that hold what is light.
  private func ribbons(on grid: Rows, height: Double, _ canvas: inout Canvas) -> [(level: Int?, box: Box)] {
    let spans = rows.enumerated().flatMap { index, row -> [(level: Int?, box: Box)] in
      let exact = merged(row.spans).compactMap { span in
        box(of: span, around: grid.middle(index), height: height, on: grid.x).map { (level: level(of: span), box: $0) }
      }
      let boxes = widened(exact, in: grid.box)
      if boxes != exact.map(\.box) { canvas.note("Short ribbons are drawn wider than their days.") }
      return zip(exact, boxes).map { (level: $0.level, box: $1) }
    }
    for rank in [nil] + levels.indices.map({ $0 }) {
      let fill = rank.map { canvas.fill(levels[$0].tone) } ?? canvas.fill(.paper, lines: .rule, .rising)
      canvas.area(of: spans.filter { $0.level == rank }.map(\.box), fill: fill)
    }
    let edges = spans.map(\.box).flatMap { box in
      [box.top, box.bottom].map { Canvas.path([(box.left, $0)]) + "H\(Numerals.coordinate(box.right))" }
    }
    canvas.line(edges.joined(), ink: .rule, width: 0.6)
    return spans
  }

  /// The least width of a ribbon, px: room for its mark.
  private static let least = 10.0

  /// The ribbons of a row, short ones widened into the blank days around them; what is not known has no mark that needs room.
  private func widened(_ spans: [(level: Int?, box: Box)], in grid: Box) -> [Box] {
    let boxes = spans.map(\.box)
    var widened = boxes
    for index in boxes.indices where spans[index].level != nil && widened[index].width < Self.least {
      let next = index + 1 < boxes.count ? boxes[index + 1].left : grid.right
      let before = index > 0 ? widened[index - 1].right : grid.left
      let right = min(widened[index].left + Self.least, next)
      widened[index].right = max(widened[index].right, right)
      widened[index].left = min(widened[index].left, max(widened[index].right - Self.least, before))
    }
    return widened
  }

  /// Spans in order, those joined that follow each other in one state.
  private func merged(_ spans: [RibbonSpan]) -> [RibbonSpan] {
    var merged: [RibbonSpan] = []
    for span in spans.sorted(by: { $0.days.lowerBound < $1.days.lowerBound }) {
      if let last = merged.last, level(of: last) == level(of: span), last.days.upperBound < Int.max,
        span.days.lowerBound <= last.days.upperBound + 1
      {
        let end = max(last.days.upperBound, span.days.upperBound)
        merged[merged.count - 1] = RibbonSpan(last.days.lowerBound...end, level: last.level)
      } else {
        merged.append(span)
      }
    }
    return merged
  }

  /// The marks of the states in the middle of their ribbons, or beside a line that goes through it.
  private func marks(
    on spans: [(level: Int?, box: Box)], beside lines: [Double], size: Double, _ canvas: inout Canvas
  ) {
    for (level, box) in spans {
      guard let level = level.map({ levels[$0] }) else { continue }
      let half = TextWidth.of(level.mark, size: size) / 2
      let places = [box.midX, box.midX + half + 5, box.midX - half - 5].filter { x in
        x - half - 1.5 >= box.left && x + half + 1.5 <= box.right && !lines.contains { abs($0 - x) < half + 2 }
      }
      let y = box.midY + 4
      let free = places.first { canvas.isFree(Canvas.box(of: level.mark, x: $0, y: y, anchor: .middle, size: size)) }
      guard let free else { continue }
      canvas.text(level.mark, x: free, y: y, anchor: .middle, ink: level.tone.textInk, size: size)
    }
  }

  private func box(of span: RibbonSpan, around middle: Double, height: Double, on scale: Scale) -> Box? {
    guard let left = scale.position(Double(span.days.lowerBound) - 0.5),
      let right = scale.position(Double(span.days.upperBound) + 0.5)
    else { return nil }
    return Box(left: left, top: middle - height / 2, right: max(right, left + 1), bottom: middle + height / 2)
  }

  private func level(of span: RibbonSpan) -> Int? { span.level.flatMap { levels.indices.contains($0) ? $0 : nil } }

  private func key(of level: RibbonLevel) -> String {
    level.mark.isEmpty || level.label.contains(level.mark) ? level.label : "\(level.mark) \(level.label)"
  }

  private var counted: String {
    let counts = levels.enumerated().map { index, level in
      "\(level.label): \(rows.count { row in row.spans.contains { $0.level == index } })"
    }
    return "Ribbons by \(day.heading), \(rows.count) rows. Rows that show a state: \(counts.joined(separator: ", "))."
  }

  private var table: FigureTable {
    FigureTable(
      columns: ["Row", "First day", "Last day", "State"],
      rows: rows.flatMap { row in
        row.spans.map { span in
          [
            row.label, day.data(Double(span.days.lowerBound)), day.data(Double(span.days.upperBound)),
            level(of: span).map { levels[$0].label } ?? "not known",
          ]
        }
      })
  }
}
