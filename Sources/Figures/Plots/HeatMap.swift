/// Values in rows and columns as steps of one ramp, from light to dark, each written in its cell where it fits.
public struct HeatMap: Plot {
  /// Its name on the page and its words.
  public let caption: Caption
  /// What the values are: linear or logarithmic; other kinds are laid out in equal steps.
  public let value: Axis
  /// The names of the columns.
  public let columns: [String]
  /// The rows, from the top down.
  public let rows: [HeatRow]

  /// A heat map.
  public init(_ caption: Caption, value: Axis, columns: [String], rows: [HeatRow]) {
    self.caption = caption
    let kind: Axis.Kind = value.kind == .logarithmic ? .logarithmic : .linear
    self.value = Axis(value.title, unit: value.unit, kind: kind, atLeast: value.atLeast)
    self.columns = columns
    self.rows = rows
  }
}

/// A row of a heat map.
public struct HeatRow: Sendable, Hashable {
  /// Its name.
  public let label: String
  /// Its values, in the order of the columns; nil if missing. Values beyond the columns are not shown.
  public let values: [Double?]

  /// A row.
  public init(_ label: String, _ values: [Double?]) {
    self.label = label
    self.values = values
  }
}

extension HeatMap {
  /// The figure.
  public var figure: Figure {
    let values = rows.flatMap { $0.values.prefix(columns.count) }.compactMap { $0 }
    let hasMissing = cells.contains { $0.map(Axis.isDrawable) != true }
    var canvas = Canvas(caption, keys: hasMissing ? [Key(label: "no value", swatch: .unknown)] : [])
    let ramp = Scale(axis: value, domain: value.domain(of: values, ends: .atTicks), start: 0, end: 9)
    canvas.ramp(ramp)
    let names = rows.map { TextWidth.wrapped($0.label, to: canvas.width * 0.3, lines: 1)[...].first ?? "" }
    let left = Canvas.margin + max(24, names.map { TextWidth.of($0) }.max() ?? 0) + 10
    let width = (canvas.width - Canvas.margin - left) / Double(max(columns.count, 1))
    canvas.columns(columns, from: left, width: width)
    let height = rows.count <= 30 ? 24.0 : 16
    let top = canvas.bottom
    for (index, row) in rows.enumerated() {
      let y = top + Double(index) * height
      canvas.text(names[index], x: left - 10, y: y + height / 2 + 4, anchor: .end, whole: row.label)
      for column in columns.indices {
        let box = Box(
          left: left + Double(column) * width, top: y, right: left + Double(column + 1) * width, bottom: y + height)
        canvas.cell(row.values.indices.contains(column) ? row.values[column] : nil, in: box, on: ramp)
      }
    }
    if rows.isEmpty || columns.isEmpty { canvas.text("Nothing to show.", x: left, y: top + 16, ink: .muted) }
    canvas.bottom = top + max(Double(rows.count) * height, 24) + 4
    canvas.noteUndrawn(values.count { !Axis.isDrawable($0) })
    canvas.noteAtEnd(values.count { Axis.isDrawable($0) && !value.holds($0) })
    return canvas.figure(counted: counted(values), table: table)
  }

  private var cells: [Double?] {
    rows.flatMap { row in columns.indices.map { row.values.indices.contains($0) ? row.values[$0] : nil } }
  }

  private func counted(_ values: [Double]) -> String {
    let drawable = values.filter(Axis.isDrawable)
    let range = drawable.min().flatMap { low in drawable.max().map { " from \(value.shown(low)) to \(value.shown($0))" }
    }
    return "Heat map of \(value.heading): \(rows.count) rows, \(columns.count) columns, "
      + "\(drawable.count) values\(range ?? "")."
  }

  private var table: FigureTable {
    FigureTable(
      columns: ["Row"] + columns.map { "\($0): \(value.heading)" },
      rows: rows.map { row in
        [row.label]
          + columns.indices.map { row.values.indices.contains($0) ? row.values[$0].map(value.data) ?? "" : "" }
      })
  }
}

extension Canvas {
  /// The ramp with its title and the numbers at its ends and in its middle.
  fileprivate mutating func ramp(_ scale: Scale) {
    let heading = TextWidth.fitted(scale.axis.heading, to: width * 0.5)
    let y = bottom + 10
    text(heading, x: Canvas.margin, y: y + 4, ink: .muted, whole: scale.axis.heading)
    let left = Canvas.margin + TextWidth.of(heading) + 14
    let step = 18.0
    for (index, ink) in Ink.ramp.enumerated() {
      let x = left + Double(index) * step
      bar(Box(left: x, top: y - 7, right: x + step, bottom: y + 7), fill: Canvas.fill(ink), hasEdge: false)
    }
    let right = left + 9 * step
    line(Canvas.path(Box(left: left, top: y - 7, right: right, bottom: y + 7)), ink: .rule)
    let (low, high) = (scale.domain.lowerBound, scale.domain.upperBound)
    let middle = scale.axis.kind == .logarithmic ? (low * high).squareRoot() : (low + high) / 2
    let ends = [(low, left, Anchor.start), (middle, (left + right) / 2, .middle), (high, right, .end)]
    for (number, x, anchor) in ends {
      text(scale.axis.shown(number), x: x, y: y + 19, anchor: anchor, ink: .muted, size: 11)
    }
    bottom = y + 30
  }

  /// The names of columns above them: along if all fit, else upwards.
  fileprivate mutating func columns(_ names: [String], from left: Double, width: Double) {
    let widest = names.map { TextWidth.of($0) }.max() ?? 0
    let isTurned = widest + 6 > width
    if isTurned, width < 13 {
      bottom += 4
      return note("Columns are too narrow for their names, which are in the table: \(names.count) columns.")
    }
    let room = isTurned ? min(widest, 120) : 12
    bottom += room + 6
    for (index, name) in names.enumerated() {
      let x = left + (Double(index) + 0.5) * width
      if isTurned {
        text(TextWidth.fitted(name, to: room), x: x + 4, y: bottom - 4, isTurned: true, whole: name)
      } else {
        text(name, x: x, y: bottom - 6, anchor: .middle)
      }
    }
  }

  /// A cell with its number where it fits.
  fileprivate mutating func cell(_ value: Double?, in box: Box, on ramp: Scale) {
    guard let value, let place = ramp.position(value) else {
      return bar(box, fill: fill(.paper, lines: .rule, .rising))
    }
    let step = min(Int(place), 8)
    bar(box, fill: Canvas.fill(Ink.ramp[step]))
    let words = ramp.axis.shown(value)
    guard TextWidth.of(words, size: 11) + 4 <= box.width else { return }
    text(words, x: box.midX, y: box.midY + 4, anchor: .middle, ink: Ink.onRamp[step], size: 11)
  }
}
