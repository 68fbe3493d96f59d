/// What sets a mark apart: hue, and in addition, so that grey print reads, a dash, a shape and a hatch, or lightness.
public enum Tone: Sendable, Hashable {
  /// One of several of equal rank, counted from 0. The first 8 differ in hue, shape and hatch; beyond, hues return with
  /// another dash, so that 32 lines differ.
  case series(Int)
  /// One of several in order, from 0 (lightest) to `of` - 1 (darkest).
  case level(Int, of: Int)
  /// Context: grey.
  case neutral
  /// The color of text: marks on colored areas.
  case strong
  /// What must be seen.
  case alert

  /// The color.
  var ink: Ink {
    switch self {
    case .series(let index): Ink.series[Self.wrapped(index, 8)]
    case .level(let level, let count): Ink.ramp[Self.step(of: level, count)]
    case .neutral: .muted
    case .strong: .text
    case .alert: .alert
    }
  }

  /// The color of text on it.
  var textInk: Ink {
    switch self {
    case .level(let level, let count): Ink.onRamp[Self.step(of: level, count)]
    case .series, .neutral, .strong, .alert: .paper
    }
  }

  /// The pattern of a line, px of dash and gap; nil is solid.
  var dash: String? {
    switch self {
    case .series(let index): [nil, "6 3", "2 2.5", "9 3 2 3"][Self.wrapped(index + Self.wrapped(index, 32) / 8, 4)]
    case .neutral: "3 3"
    case .level, .strong, .alert: nil
    }
  }

  /// The shape of a marker.
  var shape: MarkerShape {
    switch self {
    // The ninth has the hue of the first and another shape: in grey print, and without their lines, 64 differ.
    case .series(let index): Self.shape(index + Self.wrapped(index, 64) / 8)
    case .level(let level, _): Self.shape(level)
    case .neutral, .strong, .alert: .circle
    }
  }

  /// The hatch over an area; nil is none.
  var hatch: Hatch? {
    switch self {
    case .series(let index): Self.wrapped(index, 8) == 0 ? nil : Hatch.allCases[Self.wrapped(index, 8) - 1]
    case .level, .neutral, .strong: nil
    case .alert: .rising
    }
  }

  /// The step of the ramp of nine that a level has.
  static func step(of level: Int, _ count: Int) -> Int {
    guard count > 1 else { return 4 }
    return min(max(level, 0), count - 1) * 8 / (count - 1)
  }

  private static func shape(_ index: Int) -> MarkerShape {
    MarkerShape.allCases[wrapped(index, MarkerShape.allCases.count)]
  }

  private static func wrapped(_ index: Int, _ count: Int) -> Int { (index % count + count) % count }
}

/// The shapes of markers, told apart at 8 px.
public enum MarkerShape: Sendable, Hashable, CaseIterable {
  /// A disc.
  case circle
  /// A square.
  case square
  /// A triangle pointing up.
  case triangle
  /// A square on its corner.
  case diamond
  /// A triangle pointing down.
  case triangleDown
  /// A plus sign.
  case plus
  /// A cross.
  case cross
  /// A star of five points.
  case star
}

/// Lines over an area, in the color of the paper.
enum Hatch: String, CaseIterable {
  case rising, falling, level, crossed, upright, dotted, checked
}
