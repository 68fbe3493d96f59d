internal import Markup

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
  /// Bands and lines across a panel, behind the data; their labels come with `labels(of:)`, before them.
  mutating func references(_ bands: [ReferenceBand], _ lines: [ReferenceLine], in panel: Panel) {
    for band in bands {
      guard let low = panel.y.position(band.range.lowerBound), let high = panel.y.position(band.range.upperBound) else {
        continue
      }
      let box = Box(left: panel.box.left, top: min(low, high), right: panel.box.right, bottom: max(low, high))
      area(Canvas.path(box), ink: .rule, opacity: 0.13)
      label(band.label, of: box, in: panel)
    }
    for reference in lines {
      guard let y = panel.y.position(reference.at) else { continue }
      rule(from: (panel.box.left, y), to: (panel.box.right, y), ink: .alert, width: 1.2, dash: "5 3")
      label(reference.label, of: Box(left: panel.box.left, top: y, right: panel.box.right, bottom: y), in: panel)
    }
  }

  /// A label at the right or left end of a band or line, inside or above or below, where it is free.
  private mutating func label(_ words: String, of box: Box, in panel: Panel) {
    let words = TextWidth.fitted(words, to: panel.box.width - 12, size: 11)
    let rows = box.height >= 16 ? [box.top + 12, box.bottom - 4] : [box.top - 4, box.bottom + 12]
    let ends: [(Double, Anchor)] = [
      (panel.box.right - 4, .end), (panel.box.left + 6, .start), (panel.box.midX, .middle),
    ]
    let places = rows.flatMap { y in ends.map { (x: $0.0, y: y, anchor: $0.1) } }
    let free = places.first {
      let place = Canvas.box(of: words, x: $0.x, y: $0.y, anchor: $0.anchor, size: 11)
      return isFree(place) && place.top >= panel.box.top - 2 && place.bottom <= panel.box.bottom
    }
    guard let free else { return note("Not labelled for want of room: \(words).") }
    text(words, x: free.x, y: free.y, anchor: free.anchor, ink: .muted, size: 11, hasHalo: true)
  }

  /// Room above a panel for the labels of lines upright.
  static func room(for moments: [ReferenceLine]) -> Double { moments.isEmpty ? 0 : 16 }

  /// Lines upright through a box with their labels above it; labels that would overlap become a note.
  mutating func moments(_ moments: [ReferenceLine], on scale: Scale, in box: Box) {
    for moment in moments {
      guard let x = scale.position(moment.at) else { continue }
      rule(from: (x, box.top - 3), to: (x, box.bottom), ink: .muted, dash: "4 3")
      let words = TextWidth.fitted(moment.label, to: box.width / 2, size: 11)
      let half = TextWidth.of(words, size: 11) / 2
      let middle = min(max(x, half + 4), width - 4 - half)
      if isFree(Canvas.box(of: words, x: middle, y: box.top - 6, anchor: .middle, size: 11).grown(by: 2)) {
        text(words, x: middle, y: box.top - 6, anchor: .middle, ink: .muted, size: 11)
      } else {
        note("Line at \(scale.axis.shown(moment.at)): \(moment.label).")
      }
    }
  }

  /// Says under the figure how many values are not drawn, or are drawn at an edge.
  mutating func noteValues(undrawable: Int, belowZero: Int = 0) {
    if undrawable > 0 {
      note(
        undrawable == 1
          ? "1 value is no finite number and is not drawn."
          : "\(undrawable) values are no finite numbers and are not drawn.")
    }
    if belowZero > 0 {
      note(
        belowZero == 1
          ? "1 value of 0 or below has no place on the logarithmic axis and is drawn as an open triangle at its lower edge."
          : "\(belowZero) values of 0 or below have no place on the logarithmic axis and are drawn as open triangles at its lower edge."
      )
    }
  }
}
