import Markup
import Testing

@testable import Figures

@Suite struct `Odd values` {
  static let odd: [Double] = [
    0, -0.0, 1, -1, .nan, .infinity, -.infinity, 1e300, -1e300, 1.7e308, -1.7e308, .leastNonzeroMagnitude,
    .leastNormalMagnitude / 100, 1e15, 1e15 + 0.125,
    1e-9,
    730, 20_454,
  ]

  /// None, each alone, and some together, so that ranges are empty, tiny and huge.
  static let lists: [[Double]] =
    [[]] + odd.map { [$0] }
    + (0..<24).map { seed in (0..<2 + seed % 4).map { odd[Int(Gallery.noise($0, seed) * Double(odd.count))] } }

  @Test(arguments: [Axis.Kind.linear, .logarithmic, .days, .months, .dates])
  func `never crash a figure, reach its coordinates or make texts overlap`(_ kind: Axis.Kind) throws {
    for values in Self.lists {
      for plot in plots(of: values, kind) {
        let figure = plot.figure
        let numbers = try Elements.of(figure.svg.printed(as: .xml)).flatMap { element in
          ["d", "x", "y", "width", "height"].compactMap { element.attributes[$0] }
        }
        let isFinite = numbers.allSatisfy {
          !$0.utf8.contains(UInt8(ascii: "n")) && !$0.utf8.contains(UInt8(ascii: "e"))
        }
        #expect(isFinite, "\(plot.caption.id) \(values)")
        #expect(figure.overlaps.isEmpty, "\(plot.caption.id) \(values)")
        #expect(figure.table.rows.allSatisfy { $0.count == figure.table.columns.count })
      }
    }
  }

  /// One figure of each sort, of these values, wide or narrow.
  private func plots(of values: [Double], _ kind: Axis.Kind) -> [any Plot] {
    let axis = Axis("Axis", unit: "unit", kind: kind)
    let width = kind == .logarithmic || kind == .days ? 340.0 : 720
    let ranges = zip(values, values.dropFirst()).compactMap { $0 <= $1 ? $0...$1 : nil }
    return [
      LinePlot(
        Caption("line", title: "Lines", width: width), x: axis, y: axis,
        series: [
          LineSeries("of all", values.map { LinePoint($0, $0, limits: ranges.first) }),
          LineSeries("up", values.enumerated().map { LinePoint(Double($0), $1, isOpen: true) }),
        ], bands: ranges.prefix(1).map { ReferenceBand("band", $0) },
        limits: values.prefix(1).map { ReferenceLine("limit", at: $0) },
        moments: values.prefix(2).map { ReferenceLine("moment", at: $0) }, openMeans: "open"),
      SwimmerPlot(
        Caption("swim", title: "Lanes", width: width), time: axis, phases: [SwimmerKind("phase", tone: .series(0))],
        events: [SwimmerKind("event", tone: .strong)],
        lanes: [
          SwimmerLane(
            "lane", ranges.map { .init($0, phase: 0) }, events: values.map { .init(at: $0, kind: 0) }, isOngoing: true),
          SwimmerLane("none", []),
        ]),
      BarChart(
        Caption("bar", title: "Bars", width: width), value: axis,
        parts: [BarPart("a", tone: .series(0)), BarPart("b", tone: .series(1))],
        bars: values.map { Bar("bar", [$0, $0], interval: ranges.first) } + [Bar("one", [values.first])]),
      HeatMap(
        Caption("heat", title: "Cells", width: width), value: axis, columns: values.map { "\($0)" },
        rows: [HeatRow("row", values)]),
      StepCurve(
        Caption("step", title: "Steps", width: width), time: axis, shareTitle: "Share",
        curves: [
          StepSeries("curve", values.map { .init(at: $0, to: 0.5, limits: 0...1) }, events: values, censored: values)
        ]),
      WaterfallPlot(
        Caption("fall", title: "Fall", width: width), value: axis,
        bars: values.map { WaterfallBar("bar", $0, kind: 3) },
        limits: values.prefix(1).map { ReferenceLine("limit", at: $0) }),
      TimelinePlot(
        Caption("time", title: "Course", width: width), time: axis,
        events: values.map { TimelineEvent("event", at: $0) },
        spans: ranges.map { TimelineSpan("span", $0) }),
    ]
  }

  @Test func `of days and counts are drawn or counted in a note`() {
    let ribbon = DayRibbon(
      Caption("days", title: "Days"), day: Gallery.day, levels: Gallery.crsGrades,
      rows: [RibbonRow("row", [RibbonSpan(Int.min...Int.max, level: 1), RibbonSpan(0...0, level: 99)])])
    #expect(ribbon.figure.table.rows.map(\.[3]) == ["Grade 1", "not known"])
    let boundary = BoundaryPlot(
      Caption("counts", title: "Counts"), treatedTitle: "Treated", eventsTitle: "Events",
      boundary: [BoundaryPoint(treated: -1, fewestToStop: 2), BoundaryPoint(treated: .max, fewestToStop: nil)],
      path: [BoundaryCount(treated: 3, events: .min)])
    #expect(boundary.figure.summary.contains("Not drawn: 3 values (counts below 0 or above a million)."))
  }

  @Test func `where a trial stands is said in the words that were given`() {
    let plot = BoundaryPlot(
      Caption("here", title: "Here"), treatedTitle: "Treated", eventsTitle: "Events",
      boundary: [BoundaryPoint(treated: 3, fewestToStop: 2)], path: [BoundaryCount(treated: 9, events: 2)],
      hereLabel: "当前位置：{treated} 名中 {events} 名")
    #expect(plot.figure.svg.printed(as: .html).contains("当前位置：9 名中 2 名"))
  }

  @Test func `of two years and twelve lines, a value a day, make a figure that a page can hold`() {
    #expect(Gallery.manyLines.figure.svg.printed(as: .html).utf8.count < 150_000)
    #expect(Gallery.manyLines.figure.table.rows.count == 8760)
  }
}
