import Foundation
import Markup
import Testing

@testable import Figures

/// Every kind of figure with none, one, few and many of what it shows.
enum Crowd {
  static let counts = [0, 1, 3, 200]

  static func plots(_ count: Int) -> [any Plot] {
    let day = Gallery.day
    let days = (0..<count).map { Double($0) * 730 / Double(max(count, 1)) }
    let names = (0..<count).map { "Participant \($0 / 9 + 1)-\($0 % 9 + 1)" }
    return [
      LinePlot(
        Caption("crowd-points-\(count)", title: "One line of \(count) values"), x: day, y: Axis("Value", unit: "g/L"),
        series: [LineSeries("01-0001", days.enumerated().map { LinePoint($1, 4 + Gallery.noise(20, $0)) })],
        bands: [ReferenceBand("grade 3", 0.5...1), ReferenceBand("grade 4", 0...0.5)],
        limits: [ReferenceLine("limit of quantification", at: 0.2)], moments: [ReferenceLine("Day 0", at: 0)]),
      LinePlot(
        Caption("crowd-lines-\(count)", title: "\(count) lines"), x: day, y: Axis("Value", unit: "g/L"),
        series: names.enumerated().map { index, name in
          LineSeries(name, [0.0, 7, 28].map { LinePoint($0, 4 + Gallery.noise(index, Int($0))) })
        }),
      DayRibbon(
        Caption("crowd-ribbon-\(count)", title: "\(count) ribbons"), day: day, levels: Gallery.crsGrades,
        rows: names.enumerated().map { index, name in
          RibbonRow(name, (0...28).map { RibbonSpan($0...$0, level: Int(Gallery.noise(index, $0) * 5)) })
        }, moments: [ReferenceLine("Day 0", at: 0)]),
      SwimmerPlot(
        Caption("crowd-swimmer-\(count)", title: "\(count) lanes"), time: day, phases: Gallery.phases,
        events: Gallery.happenings, lanes: names.enumerated().map { Gallery.lane($0, $1) }),
      BoundaryPlot(
        Caption("crowd-boundary-\(count)", title: "\(count) treated"), treatedTitle: "Treated", eventsTitle: "Events",
        boundary: (0..<count).map { BoundaryPoint(treated: $0 + 1, fewestToStop: $0 < 2 ? nil : $0 / 3 + 2) },
        path: (0..<count).map { BoundaryCount(treated: $0 + 1, events: $0 / 6) }),
      BarChart(
        Caption("crowd-bars-\(count)", title: "\(count) bars"), value: Axis("Participants"), parts: Gallery.gradeParts,
        bars: names.enumerated().map { index, name in
          Bar(name, (0..<5).map { (Gallery.noise(index, $0) * 4).rounded(.down) })
        }),
      HeatMap(
        Caption("crowd-heat-\(count)", title: "\(count) rows"), value: Axis("Value"), columns: ["Day 0", "Day 28"],
        rows: names.enumerated().map { HeatRow($1, [Gallery.noise($0, 0), Gallery.noise($0, 1)]) }),
      StepCurve(
        Caption("crowd-steps-\(count)", title: "\(count) steps"), time: day, shareTitle: "Event-free",
        curves: [
          StepSeries(
            "SLE", days.enumerated().map { .init(at: $1, to: 1 - Double($0 + 1) / Double(count)) }, events: days,
            censored: [])
        ]),
      WaterfallPlot(
        Caption("crowd-waterfall-\(count)", title: "\(count) bars"), value: Axis("Change", unit: "%"),
        bars: names.enumerated().map { WaterfallBar($1, 40 - 140 * Gallery.noise(21, $0)) },
        limits: [ReferenceLine("response", at: -50)]),
      TimelinePlot(
        Caption("crowd-timeline-\(count)", title: "\(count) events and spans", width: 960), time: day,
        events: names.enumerated().map { TimelineEvent($1, at: days[$0], tone: .series($0 % 3)) },
        spans: names.enumerated().map { index, name in
          let grade = index % 5 + 1
          return TimelineSpan("\(name), grade \(grade)", days[index]...days[index] + 9, tone: .level(grade, of: 6))
        }),
    ]
  }
}

@Suite struct `A figure of none, one, few or many` {
  @Test(arguments: Crowd.counts)
  func `writes no text over another and none outside its frame`(_ count: Int) throws {
    for plot in Crowd.plots(count) {
      let figure = plot.figure
      let root = try Elements.of(figure.svg.printed(as: .xml))[0]
      let (width, height) = (Double(root.attributes["width"] ?? "") ?? 0, Double(root.attributes["height"] ?? "") ?? 0)
      let outside = figure.texts.filter { $0.left < 0 || $0.right > width || $0.top < 0 || $0.bottom > height }
      #expect(outside.isEmpty, "\(plot.caption.id)")
      #expect(figure.overlaps.isEmpty, "\(plot.caption.id)")
      #expect(figure.table.rows.allSatisfy { $0.count == figure.table.columns.count }, "\(plot.caption.id)")
    }
  }

  @Test func `names every range of grades, however thin`() {
    let texts = Gallery.bandedLines.figure.svg.printed(as: .xml)
    for grade in 1...4 { #expect(texts.contains(">grade \(grade)</text>"), "grade \(grade)") }
    #expect(!texts.contains("Not labelled"))
  }

  @Test func `says once what many events of one kind side by side are, and each of them in its table`() {
    let figure = Gallery.denseCourse.figure
    let drawing = figure.svg.printed(as: .xml)
    #expect(drawing.contains("Day -5 – Day 28 (18)"))
    #expect(drawing.contains(">Infusion, Day 0</text>"))
    #expect(figure.table.rows.count { $0[0].hasPrefix("Day ") } == 25)
  }

  @Test func `tells lines of one color by their shapes`() {
    let pairs = (0..<64).map { "\(Tone.series($0).ink.name) \(Tone.series($0).shape)" }
    #expect(Set(pairs).count == 64)
  }
}
