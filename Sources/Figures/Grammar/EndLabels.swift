/// A name written beside the right end of what it names, in place of a legend.
struct EndLabel {
  let name: String
  let tone: Tone
  /// Where the named line ends; nil if nothing of it is drawn.
  let end: (x: Double, y: Double)?
  /// The mark before the name: the line's marker, or a piece of the line.
  var hasMarker = true
}

extension Canvas {
  /// Up to this many names stand beside the lines; more make a legend.
  private static let most = 16

  /// The px that names beside a panel of a height need; nil if they would not fit, and a legend is wanted.
  static func roomForEndLabels(_ names: [String], height: Double, width: Double) -> Double? {
    // A px more than the longest name, which is not broken for a rounding error.
    let room = min((names.map { TextWidth.of($0) }.max() ?? 0) + 35, width * 0.3)
    let heights = names.map { self.height(of: lines(of: $0, room: room - 34)) }
    return !names.isEmpty && names.count <= most && heights.reduce(0, +) <= height ? room : nil
  }

  private static func lines(of name: String, room: Double) -> [String] {
    TextWidth.wrapped(name, to: room, lines: 2)
  }

  private static func height(of lines: [String]) -> Double { lineHeight + Double(lines.count - 1) * 13 }

  /// Names beside a panel, moved apart where lines end close together; a thin line leads from the height at which a line ends to a
  /// name that moved. It begins beside the panel: in it, it would be read as values that go on.
  mutating func endLabels(_ labels: [EndLabel], beside panel: Panel) {
    let x = panel.box.right + 14
    let lines = labels.map { Self.lines(of: $0.name, room: width - x - 20) }
    let wanted = labels.map { $0.end?.y ?? panel.box.bottom }
    let range = panel.box.top - 4...max(panel.box.bottom + 4, panel.box.top + 4)
    guard let middles = Placement.spread(wanted, heights: lines.map(Self.height), in: range) else { return }
    for ((label, lines), y) in zip(zip(labels, lines), middles) {
      if let end = label.end, abs(end.y - y) > 3 {
        rule(from: (panel.box.right + 1, end.y), to: (x - 4, y), ink: .rule, width: 0.7, dash: "1 2")
      }
      if label.hasMarker {
        markers([(x + 3, y)], label.tone.shape, ink: label.tone.ink)
      } else {
        rule(from: (x - 3, y), to: (x + 9, y), ink: label.tone.ink, width: 2.5, dash: label.tone.dash)
      }
      for (index, line) in lines.enumerated() {
        let baseline = y + 4 + (Double(index) - Double(lines.count - 1) / 2) * 13
        text(
          line, x: x + 13, y: baseline, whole: line == label.name || lines.count > 1 && index == 0 ? nil : label.name)
      }
    }
  }
}
