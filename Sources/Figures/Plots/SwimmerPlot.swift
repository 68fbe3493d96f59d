/// One lane a participant: how long each was in which phase, and what happened when.
public struct SwimmerPlot: Plot {
  /// Its name on the page and its words.
  public let caption: Caption
  /// The axis along: time.
  public let time: Axis
  /// What a stretch of a lane can be.
  public let phases: [SwimmerKind]
  /// What can happen; each kind has a shape, in this order.
  public let events: [SwimmerKind]
  /// The lanes, from the top down.
  public let lanes: [SwimmerLane]
  /// Times at which something happened, over all lanes.
  public let moments: [ReferenceLine]

  /// A swimmer plot.
  public init(
    _ caption: Caption, time: Axis, phases: [SwimmerKind], events: [SwimmerKind], lanes: [SwimmerLane],
    moments: [ReferenceLine] = []
  ) {
    self.caption = caption
    self.time = time
    self.phases = phases
    self.events = events
    self.lanes = lanes
    self.moments = moments
  }
}

/// A kind of phase or of event.
public struct SwimmerKind: Sendable, Hashable {
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

/// A lane of a swimmer plot.
public struct SwimmerLane: Sendable, Hashable {
  /// A stretch of time in a phase.
  public struct Stretch: Sendable, Hashable {
    /// From when to when, in the axis's unit.
    public let times: ClosedRange<Double>
    /// Which of the phases, counted from 0.
    public let phase: Int

    /// A stretch.
    public init(_ times: ClosedRange<Double>, phase: Int) {
      self.times = times
      self.phase = phase
    }
  }

  /// Something that happened.
  public struct Event: Sendable, Hashable {
    /// When, in the axis's unit.
    public let at: Double
    /// Which of the kinds of events, counted from 0.
    public let kind: Int

    /// An event.
    public init(at: Double, kind: Int) {
      self.at = at
      self.kind = kind
    }
  }

  /// Its name.
  public let label: String
  /// Its stretches.
  public let stretches: [Stretch]
  /// What happened.
  public let events: [Event]
  /// Whether it goes on: an arrow at its end says so.
  public let isOngoing: Bool

  /// A lane.
  public init(_ label: String, _ stretches: [Stretch], events: [Event] = [], isOngoing: Bool = false) {
    self.label = label
    self.stretches = stretches
    self.events = events
    self.isOngoing = isOngoing
  }
}

extension SwimmerPlot {
  /// The figure.
  public var figure: Figure {
    var canvas = Canvas(caption, keys: keys)
    canvas.bottom += Canvas.room(for: moments)
    let times = lanes.flatMap {
      $0.stretches.flatMap { [$0.times.lowerBound, $0.times.upperBound] } + $0.events.map(\.at)
    }
    let height = lanes.count <= 20 ? 26.0 : lanes.count <= 50 ? 20 : 16
    let rows = canvas.rows(
      lanes.map(\.label), height: height, axis: time, times + moments.map(\.at), inset: 10, right: 14)
    canvas.moments(moments, on: rows.x, in: rows.box)
    for (index, lane) in lanes.enumerated() {
      draw(lane, around: rows.middle(index), height: height, on: rows.x, &canvas)
    }
    canvas.noteUndrawn(times.count { !Axis.isDrawable($0) })
    canvas.noteAtEnd(times.count { Axis.isDrawable($0) && !time.holds($0) })
    return canvas.figure(counted: counted, table: table)
  }

  private var keys: [Key] {
    phases.map { Key(label: $0.label, swatch: .area($0.tone)) }
      + events.enumerated().map { Key(label: $1.label, swatch: .marker(shape($0), $1.tone.ink, isOpen: false)) }
      + (lanes.contains(where: \.isOngoing) ? [Key(label: "goes on", swatch: .arrow)] : [])
  }

  private func shape(_ kind: Int) -> MarkerShape { MarkerShape.allCases[kind % MarkerShape.allCases.count] }

  private func draw(_ lane: SwimmerLane, around middle: Double, height: Double, on scale: Scale, _ canvas: inout Canvas)
  {
    let half = (height * 0.29).rounded()
    var edges = ""
    for stretch in lane.stretches where phases.indices.contains(stretch.phase) {
      guard let left = scale.position(stretch.times.lowerBound), let right = scale.position(stretch.times.upperBound)
      else {
        continue
      }
      let kind = phases[stretch.phase]
      let box = Box(left: left, top: middle - half, right: max(right, left + 1.5), bottom: middle + half)
      canvas.bar(box, fill: canvas.fill(kind.tone))
      edges += Canvas.path(box)
    }
    canvas.line(edges, ink: .rule, width: 0.6)
    if lane.isOngoing, let end = lane.stretches.map(\.times.upperBound).max().flatMap(scale.position) {
      canvas.arrow(at: end + 2, middle)
    }
    for (kind, place) in places(of: lane.events, around: middle, step: half, on: scale) {
      canvas.markers([place], shape(kind), ink: events[kind].tone.ink, radius: height >= 26 ? 4.6 : 3.8)
    }
  }

  /// Where events are marked: one that would cover the one before it moves up or down by turns.
  private func places(
    of marks: [SwimmerLane.Event], around middle: Double, step: Double, on scale: Scale
  ) -> [(Int, (x: Double, y: Double))] {
    var places: [(Int, (x: Double, y: Double))] = []
    var turn = 0
    for mark in marks.sorted(by: { ($0.at, $0.kind) < ($1.at, $1.kind) }) where events.indices.contains(mark.kind) {
      guard let x = scale.position(mark.at) else { continue }
      turn = (places.last.map { x - $0.1.x < 9 } ?? false) ? turn + 1 : 0
      places.append((mark.kind, (x, turn == 0 ? middle : middle + (turn % 2 == 1 ? -step : step))))
    }
    return places
  }

  private var counted: String {
    let counts = events.enumerated().map { kind, event in
      "\(event.label): \(lanes.map { $0.events.count { $0.kind == kind } }.reduce(0, +))"
    }
    return "Lanes over \(time.heading): \(lanes.count), of which \(lanes.count(where: \.isOngoing)) go on."
      + (counts.isEmpty ? "" : " Events: \(counts.joined(separator: ", ")).")
  }

  private var table: FigureTable {
    FigureTable(
      columns: ["Lane", "What", "From: \(time.heading)", "To: \(time.heading)"],
      rows: lanes.flatMap { lane in
        let stretches = lane.stretches.map { stretch in
          [
            lane.label, phases.indices.contains(stretch.phase) ? phases[stretch.phase].label : "not known",
            time.data(stretch.times.lowerBound), time.data(stretch.times.upperBound),
          ]
        }
        let marks = lane.events.map { event in
          [
            lane.label, events.indices.contains(event.kind) ? events[event.kind].label : "not known",
            time.data(event.at),
            "",
          ]
        }
        return stretches + marks + (lane.isOngoing ? [[lane.label, "goes on", "", ""]] : [])
      })
  }
}
