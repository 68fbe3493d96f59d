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
  /// Bands and lines across a panel, behind the data; their labels keep clear of `marks` where they can.
  mutating func references(
    _ bands: [ReferenceBand], _ lines: [ReferenceLine], in panel: Panel, avoiding marks: [Box] = []
  ) {
    for band in bands {
      guard let low = panel.y.position(band.range.lowerBound), let high = panel.y.position(band.range.upperBound) else {
        continue
      }
      let box = Box(left: panel.box.left, top: min(low, high), right: panel.box.right, bottom: max(low, high))
      area(Canvas.path(box), ink: .rule, opacity: 0.13)
      label(band.label, of: box, in: panel, avoiding: marks)
    }
    for reference in lines {
      guard let y = panel.y.position(reference.at) else { continue }
      rule(from: (panel.box.left, y), to: (panel.box.right, y), ink: .alert, width: 1.2, dash: "5 3")
      label(
        reference.label, of: Box(left: panel.box.left, top: y, right: panel.box.right, bottom: y), in: panel,
        avoiding: marks)
    }
  }

  /// A label at an end of a band or line or along it, inside or above or below, where it is free.
  private mutating func label(_ words: String, of box: Box, in panel: Panel, avoiding marks: [Box]) {
    let words = TextWidth.fitted(words, to: panel.box.width - 12, size: 11)
    let rows = box.height >= 16 ? [box.top + 12, box.bottom - 4] : [box.top - 4, box.bottom + 12]
    let between = [0.5, 0.7, 0.3, 0.6, 0.4].map { (panel.box.left + panel.box.width * $0, Anchor.middle) }
    let along = [(panel.box.right - 4, Anchor.end), (panel.box.left + 10, .start)] + between
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
