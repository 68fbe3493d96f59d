internal import Markup

/// A stopping boundary with the way so far and "you are here": how many had the event, of how many treated.
public struct BoundaryPlot: Plot {
  /// Its name on the page and its words.
  public let caption: Caption
  /// What is counted along, such as "Participants treated".
  public let treatedTitle: String
  /// What is counted up, such as "Participants with a dose-limiting toxicity".
  public let eventsTitle: String
  /// The boundary by the number treated.
  public let boundary: [BoundaryPoint]
  /// Where the trial stood, in order; the last is where it stands.
  public let path: [BoundaryCount]
  /// What the hatched area means, such as "Stop".
  public let stopLabel: String
  /// What is written where the trial stands, with places for how many had the event of how many treated.
  public let hereLabel: String

  /// A boundary plot.
  public init(
    _ caption: Caption, treatedTitle: String, eventsTitle: String, boundary: [BoundaryPoint], path: [BoundaryCount],
    stopLabel: String = "Stop", hereLabel: String = "You are here: {events} of {treated}"
  ) {
    self.caption = caption
    self.treatedTitle = treatedTitle
    self.eventsTitle = eventsTitle
    self.boundary = boundary
    self.path = path
    self.stopLabel = stopLabel
    self.hereLabel = hereLabel
  }
}

/// A boundary at one number treated.
public struct BoundaryPoint: Sendable, Hashable {
  /// How many were treated.
  public let treated: Int
  /// The fewest events that stop; nil if no number does.
  public let fewestToStop: Int?

  /// A boundary point.
  public init(treated: Int, fewestToStop: Int?) {
    self.treated = treated
    self.fewestToStop = fewestToStop
  }
}

/// Where a trial stood: events among the treated.
public struct BoundaryCount: Sendable, Hashable {
  /// How many were treated.
  public let treated: Int
  /// How many of them had the event.
  public let events: Int

  /// A count.
  public init(treated: Int, events: Int) {
    self.treated = treated
    self.events = events
  }
}

extension BoundaryPlot {
  /// The figure. Counts below 0 or above a million are not drawn; a note counts them.
  public var figure: Figure {
    var canvas = Canvas(caption)
    let limits = boundary.filter { counts.contains($0.treated) && $0.fewestToStop.map(counts.contains) != false }
      .sorted { $0.treated < $1.treated }
    let steps = path.filter { counts.contains($0.treated) && counts.contains($0.events) }
    let most = max((limits.map(\.treated) + steps.map(\.treated)).max() ?? 1, 1)
    let mostEvents = (limits.compactMap(\.fewestToStop) + steps.map(\.events)).max() ?? 0
    // So many at least that ticks are whole numbers: nobody counts half a participant.
    let panel = canvas.panel(
      x: Axis(treatedTitle, atLeast: 0...Double(max(most, 12)) + 0.5), [],
      y: Axis(eventsTitle, atLeast: 0...Double(max(mostEvents + 1, 6))), [], height: 280)
    stopArea(limits, in: panel, &canvas)
    way(steps, in: panel, &canvas)
    canvas.noteUndrawn(
      boundary.count - limits.count + path.count - steps.count, because: "counts below 0 or above a million")
    return canvas.figure(counted: counted, table: table)
  }

  private var counts: ClosedRange<Int> { 0...1_000_000 }

  /// The numbers that stop, hatched and outlined: each number treated takes half a step to both sides.
  private func stopArea(_ limits: [BoundaryPoint], in panel: Panel, _ canvas: inout Canvas) {
    var boxes: [Box] = []
    for (index, limit) in limits.enumerated() {
      guard let fewest = limit.fewestToStop, let bottom = panel.y.position(Double(fewest) - 0.5),
        let left = panel.x.position(index == 0 ? Double(limit.treated) - 0.5 : edge(limits[index - 1], limit)),
        let right = panel.x.position(
          index == limits.count - 1 ? Double(limit.treated) + 0.5 : edge(limit, limits[index + 1]))
      else { continue }
      boxes.append(Box(left: left, top: panel.box.top, right: right, bottom: bottom))
    }
    let fill = canvas.fill(.warning, lines: .alert, .rising)
    canvas.add(
      .element(
        "path", [Attribute("d", boxes.map { Canvas.path($0) }.joined()), Attribute("fill-opacity", "0.7")] + fill, []))
    var outline: [(x: Double, y: Double)] = []
    for box in boxes { outline += [(box.left, box.bottom), (box.right, box.bottom)] }
    canvas.line(Canvas.path(outline), ink: .alert, width: 2)
    guard let widest = boxes.last else { return }
    let places = [boxes[boxes.count / 2], boxes[boxes.count / 3], widest].map { box in
      (x: box.midX, y: (box.top + box.bottom) / 2)
    }
    let label = TextWidth.fitted(stopLabel, to: panel.box.width * 0.6, size: 13, bold: true)
    if let place = places.first(where: {
      canvas.isFree(Canvas.box(of: label, x: $0.x, y: $0.y, anchor: .middle, size: 13, isBold: true))
    }) {
      canvas.text(
        label, x: place.x, y: place.y, anchor: .middle, ink: .alert, size: 13, isBold: true, halo: .paper,
        whole: stopLabel)
    }
  }

  /// Half way between two numbers treated.
  private func edge(_ one: BoundaryPoint, _ next: BoundaryPoint) -> Double { Double(one.treated + next.treated) / 2 }

  /// The way so far and where it is now.
  private func way(_ steps: [BoundaryCount], in panel: Panel, _ canvas: inout Canvas) {
    let points = steps.compactMap { step in
      panel.x.position(Double(step.treated)).flatMap { x in panel.y.position(Double(step.events)).map { (x: x, y: $0) }
      }
    }
    canvas.line(Canvas.path(points), ink: .series[0], width: 2)
    if points.count <= 40 { canvas.markers(points.dropLast(), .circle, ink: .series[0], radius: 3) }
    guard let here = points.last, let last = steps.last else { return }
    canvas.markers([here], .circle, ink: .series[0], radius: 6.5)
    canvas.markers([here], .circle, ink: .paper, radius: 2)
    let label = hereLabel.replacing("{events}", with: "\(last.events)").replacing("{treated}", with: "\(last.treated)")
    let places: [(Double, Double, Anchor)] = [
      (here.x + 12, here.y + 16, .start), (here.x + 12, here.y - 8, .start), (here.x - 12, here.y - 8, .end),
      (here.x - 12, here.y + 16, .end), (here.x, here.y - 14, .middle),
    ]
    for (x, y, anchor) in places {
      let box = Canvas.box(of: label, x: x, y: y, anchor: anchor, isBold: true)
      guard canvas.isFree(box), box.left > panel.box.left, box.right < panel.box.right, box.bottom < panel.box.bottom
      else {
        continue
      }
      return canvas.text(label, x: x, y: y, anchor: anchor, isBold: true, halo: .paper)
    }
    canvas.note(label + ".")
  }

  private var counted: String {
    let now = path.last.map { here in
      let limit = boundary.last { $0.treated <= here.treated }?.fewestToStop
      return "Now \(here.events) of \(here.treated) (\(treatedTitle)); "
        + (limit.map { "\($0) or more stop." } ?? "no number stops yet.")
    }
    return "Boundary of \(eventsTitle) over \(treatedTitle). \(now ?? "Nobody is counted yet.")"
  }

  private var table: FigureTable {
    let counts = Dictionary(path.map { ($0.treated, $0.events) }, uniquingKeysWith: { $1 })
    let limits = Dictionary(boundary.map { ($0.treated, $0.fewestToStop) }, uniquingKeysWith: { $1 })
    return FigureTable(
      columns: [treatedTitle, "Fewest that stop", eventsTitle],
      rows: Set(counts.keys).union(limits.keys).sorted().map { treated in
        [
          "\(treated)", limits[treated].flatMap { $0 }.map { "\($0)" } ?? "", counts[treated].map { "\($0)" } ?? "",
        ]
      })
  }
}
