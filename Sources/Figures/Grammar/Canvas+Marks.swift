internal import Markup

extension MarkerShape {
  /// The outline around a point, as part of a path. Lines alone make up a plus and a cross, which have an outline of some width.
  func path(x: Double, y: Double, radius r: Double) -> String {
    func point(_ dx: Double, _ dy: Double) -> String {
      "\(Numerals.coordinate(x + dx * r)) \(Numerals.coordinate(y + dy * r))"
    }
    func polygon(_ corners: [(Double, Double)]) -> String {
      "M" + corners.map { point($0.0, $0.1) }.joined(separator: "L") + "z"
    }
    let t = 0.3
    let plus = [
      (-t, -1.0), (t, -1), (t, -t), (1, -t), (1, t), (t, t), (t, 1), (-t, 1), (-t, t), (-1, t), (-1, -t), (-t, -t),
    ]
    switch self {
    case .circle:
      let (d, rr) = (Numerals.coordinate(2 * r), Numerals.coordinate(r))
      return "M\(point(-1, 0))a\(rr) \(rr) 0 1 1 \(d) 0a\(rr) \(rr) 0 1 1 -\(d) 0z"
    case .square: return polygon([(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)])
    case .triangle: return polygon([(0, -1.15), (1.05, 0.8), (-1.05, 0.8)])
    case .triangleDown: return polygon([(0, 1.15), (1.05, -0.8), (-1.05, -0.8)])
    case .diamond: return polygon([(0, -1.25), (1.1, 0), (0, 1.25), (-1.1, 0)])
    case .plus: return polygon(plus.map { ($0.0 * 1.15, $0.1 * 1.15) })
    case .cross: return polygon(plus.map { (($0.0 - $0.1) * 0.8, ($0.0 + $0.1) * 0.8) })
    case .star:
      let angles: [(Double, Double)] = [
        (0, -1), (0.294, -0.405), (0.951, -0.309), (0.476, 0.155), (0.588, 0.809), (0, 0.5), (-0.588, 0.809),
        (-0.476, 0.155), (-0.951, -0.309), (-0.294, -0.405),
      ]
      return polygon(angles.map { ($0.0 * 1.3, $0.1 * 1.3) })
    }
  }
}

/// Marks: what carries data, and the lines around.
extension Canvas {
  /// A line along points that follow each other.
  mutating func line(_ path: String, ink: Ink, width: Double = 1, dash: String? = nil) {
    guard !path.isEmpty else { return }
    var attributes = [
      Attribute("d", path), Attribute("class", "stroke-\(ink.name)"), Attribute("stroke", ink.light),
      Attribute("fill", "none"), Attribute("stroke-width", Numerals.coordinate(width)),
    ]
    if width > 1.2 { attributes.append(Attribute("stroke-linejoin", "round")) }
    if let dash { attributes.append(Attribute("stroke-dasharray", dash)) }
    add(.element("path", attributes, []))
  }

  /// An area of one color, more or less opaque.
  mutating func area(_ path: String, ink: Ink, opacity: Double = 1) {
    guard !path.isEmpty else { return }
    let share = opacity < 1 ? [Attribute("fill-opacity", ".\(Int((opacity * 100).rounded()))")] : []
    add(.element("path", [Attribute("d", path)] + Canvas.fill(ink) + share, []))
  }

  /// A rectangle filled as said; a thin edge of paper sets it apart from its neighbors.
  mutating func bar(_ box: Box, fill: [Attribute], hasEdge: Bool = true) {
    guard box.width > 0, box.height > 0 else { return }
    var attributes = [
      Attribute("x", Numerals.coordinate(box.left)), Attribute("y", Numerals.coordinate(box.top)),
      Attribute("width", Numerals.coordinate(box.width)), Attribute("height", Numerals.coordinate(box.height)),
    ]
    attributes += hasEdge ? Self.edged(fill) : fill
    add(.element("rect", attributes, []))
  }

  /// Rectangles of one kind, each with a thin edge of paper.
  mutating func area(of boxes: [Box], fill: [Attribute]) {
    guard !boxes.isEmpty else { return }
    add(.element("path", [Attribute("d", boxes.map { Canvas.path($0) }.joined())] + Self.edged(fill), []))
  }

  /// A filling with a thin edge of paper, which sets it apart from its neighbors.
  private static func edged(_ fill: [Attribute]) -> [Attribute] {
    let name = fill.first { $0.name == "class" }?.value.map { $0 + " " } ?? ""
    return [Attribute("class", name + "stroke-paper")] + fill.filter { $0.name != "class" }
      + [Attribute("stroke", Ink.paper.light)]
  }

  /// Markers of one kind; open ones show paper inside.
  mutating func markers(
    _ points: [(x: Double, y: Double)], _ shape: MarkerShape, ink: Ink, radius: Double = 3.5, isOpen: Bool = false
  ) {
    guard !points.isEmpty else { return }
    let path = points.map { shape.path(x: $0.x, y: $0.y, radius: radius) }.joined()
    let (inside, edge) = isOpen ? (Ink.paper, ink) : (ink, Ink.paper)
    add(
      .tag(
        "path",
        [
          "d": path, "class": "fill-\(inside.name) stroke-\(edge.name)", "fill": inside.light, "stroke": edge.light,
          "stroke-width": isOpen ? "1.5" : "1",
        ]))
  }

  /// A straight line.
  mutating func rule(
    from: (x: Double, y: Double), to: (x: Double, y: Double), ink: Ink = .rule, width: Double = 1, dash: String? = nil
  ) {
    line(Canvas.path([from, to]), ink: ink, width: width, dash: dash)
  }

  /// An interval along, with short ends.
  mutating func whisker(from low: Double, to high: Double, at y: Double) {
    let path =
      "M\(Numerals.coordinate(low)) \(Numerals.coordinate(y))H\(Numerals.coordinate(high))"
      + [low, high].map { "M\(Numerals.coordinate($0)) \(Numerals.coordinate(y - 4))v8" }.joined()
    line(path, ink: .text, width: 1.5)
  }

  /// An arrow to the right: it goes on.
  mutating func arrow(at x: Double, _ y: Double) {
    area(Canvas.path([(x, y - 5), (x + 8, y), (x, y + 5)]) + "z", ink: .text)
  }

  /// A path along points.
  static func path(_ points: some Sequence<(x: Double, y: Double)>) -> String {
    var path = ""
    for point in points {
      path += path.isEmpty ? "M" : "L"
      path += Numerals.coordinate(point.x) + " " + Numerals.coordinate(point.y)
    }
    return path
  }

  /// A path along rectangles.
  static func path(_ box: Box) -> String {
    let (right, bottom) = (Numerals.coordinate(box.right), Numerals.coordinate(box.bottom))
    return path([(box.left, box.top)]) + "H\(right)V\(bottom)H\(Numerals.coordinate(box.left))z"
  }
}
