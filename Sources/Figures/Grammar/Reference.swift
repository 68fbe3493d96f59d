/// A number to compare with, as a line across: a limit, or a day on an axis of days.
public struct ReferenceLine: Sendable, Hashable {
  /// What it is, written at it.
  public let label: String
  /// Where it is, in the axis's unit.
  public let at: Double

  /// A line to compare with.
  public init(_ label: String, at: Double) {
    self.label = label
    self.at = at
  }
}

/// A range to compare with, as a band across: what is normal, say.
public struct ReferenceBand: Sendable, Hashable {
  /// What it is, written in it.
  public let label: String
  /// Its ends, in the axis's unit.
  public let range: ClosedRange<Double>

  /// A band to compare with.
  public init(_ label: String, _ range: ClosedRange<Double>) {
    self.label = label
    self.range = range
  }
}

extension Canvas {
  /// The px at the left of a panel in which the names of bands stand, where no data are drawn.
  static func strip(for bands: [ReferenceBand], width: Double) -> Double {
    let widest = bands.map { TextWidth.of($0.label, size: 11) }.max() ?? 0
    return bands.isEmpty ? 0 : min(widest + 18, width * 0.25)
  }

  /// Bands across a panel, behind the data, each with an edge, and with its name in a strip at the left of the panel. Names of
  /// thin bands are moved apart, and a thin line leads from a name that left its band.
  mutating func bands(_ bands: [ReferenceBand], in panel: Panel, strip: Double) {
    let boxes = bands.compactMap { band -> (name: String, box: Box)? in
      guard let low = panel.y.position(band.range.lowerBound), let high = panel.y.position(band.range.upperBound) else {
        return nil
      }
      return (
        band.label, Box(left: panel.box.left, top: min(low, high), right: panel.box.right, bottom: max(low, high))
      )
    }
    for (_, box) in boxes {
      area(Canvas.path(box), ink: .rule, opacity: 0.13)
      for y in [box.top, box.bottom] { rule(from: (box.left, y), to: (box.right, y), width: 0.6) }
    }
    let range = panel.box.top...max(panel.box.bottom, panel.box.top)
    guard
      let middles = Placement.spread(boxes.map(\.box.midY), heights: boxes.map { _ in 13 }, in: range)
    else {
      for (name, _) in boxes { note("Not labelled for want of room: \(name).") }
      return
    }
    for ((name, box), y) in zip(boxes, middles) {
      let words = TextWidth.fitted(name, to: strip - 18, size: 11)
      text(words, x: box.left + 4, y: y + 4, ink: .muted, size: 11, halo: .paper, whole: name)
      guard y < box.top || y > box.bottom else { continue }
      rule(
        from: (box.left + 6 + TextWidth.of(words, size: 11), y), to: (box.left + strip, box.midY), ink: .muted,
        width: 0.7)
    }
  }

  /// Lines across a panel, behind the data, from its strip on; their labels keep clear of `marks` where they can.
  mutating func references(
    _ lines: [ReferenceLine], in panel: Panel, strip: Double = 0, avoiding marks: [Box] = []
  ) {
    let left = panel.box.left + strip
    for reference in lines {
      guard let y = panel.y.position(reference.at) else { continue }
      rule(from: (left, y), to: (panel.box.right, y), ink: .alert, width: 1.2, dash: "5 3")
      label(reference.label, at: y, from: left, in: panel, avoiding: marks)
    }
  }

  /// A label at an end of a line or along it, above or below, where it is free.
  private mutating func label(
    _ words: String, at y: Double, from left: Double, in panel: Panel, avoiding marks: [Box]
  ) {
    let room = panel.box.right - left
    let words = TextWidth.fitted(words, to: room - 12, size: 11)
    let rows = [y - 4, y + 12]
    let between = [0.5, 0.7, 0.3, 0.6, 0.4].map { (left + room * $0, Anchor.middle) }
    let along = [(panel.box.right - 4, Anchor.end), (left + 10, .start)] + between
    let places = rows.flatMap { y in along.map { (x: $0.0, y: y, anchor: $0.1) } }
    func covered(_ place: (x: Double, y: Double, anchor: Anchor)) -> Box {
      Canvas.box(of: words, x: place.x, y: place.y, anchor: place.anchor, size: 11)
    }
    let free = places.filter {
      let place = covered($0)
      return isFree(place) && place.top >= panel.box.top - 2 && place.bottom <= panel.box.bottom
    }
    // Clear of the data if that can be; else over it, with a halo.
    guard let free = free.first(where: { place in !marks.contains { $0.overlaps(covered(place)) } }) ?? free.first
    else {
      return note("Not labelled for want of room: \(words).")
    }
    text(words, x: free.x, y: free.y, anchor: free.anchor, ink: .muted, size: 11, halo: .paper)
  }

  /// Room above a panel for the labels of lines upright.
  static func room(for moments: [ReferenceLine]) -> Double { moments.isEmpty ? 0 : 22 }

  /// Lines upright through a box with their labels above it; labels that would overlap become a note.
  mutating func moments(_ moments: [ReferenceLine], on scale: Scale, in box: Box) {
    for moment in moments {
      guard let x = scale.position(moment.at) else { continue }
      rule(from: (x, box.top - 3), to: (x, box.bottom), ink: .muted, dash: "4 3")
      let words = TextWidth.fitted(moment.label, to: box.width / 2, size: 11)
      let half = TextWidth.of(words, size: 11) / 2
      let middle = min(max(x, half + 4), width - 4 - half)
      if isFree(Canvas.box(of: words, x: middle, y: box.top - 10, anchor: .middle, size: 11).grown(by: 1)) {
        text(words, x: middle, y: box.top - 10, anchor: .middle, ink: .muted, size: 11)
      } else {
        note("Line at \(scale.axis.shown(moment.at)): \(moment.label).")
      }
    }
  }

  /// Says under the figure how many values are not drawn, and why.
  mutating func noteUndrawn(_ count: Int, because reason: String = "not finite") {
    if count > 0 { note("Not drawn: \(count) \(count == 1 ? "value" : "values") (\(reason)).") }
  }

  /// Says under the figure how many values stand at the lower end of a logarithmic axis, and as what.
  mutating func noteAtEnd(_ count: Int, as mark: String = "") {
    if count > 0 {
      note("0 or below, which has no place on a logarithmic axis, is drawn\(mark) at its lower end: \(count).")
    }
  }
}
