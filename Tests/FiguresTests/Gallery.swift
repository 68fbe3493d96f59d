import Figures

/// A figure of the gallery: its picture is committed in `Examples`.
struct Example: Sendable, CustomStringConvertible {
  let name: String
  let plot: any Plot

  init(_ plot: any Plot) {
    self.name = plot.caption.id
    self.plot = plot
  }

  var description: String { name }
}

/// Every figure with few and with many values, and where values are odd. Numbers are invented.
enum Gallery {
  static let all: [Example] =
    [
      kinetics, manyLines, oddLines, oneLine, noLine, grades, manyGrades, swimmers, manySwimmers, boundary,
      longBoundary,
      events, rates, manyBars,
    ].map { Example($0) }

  static let day = Axis("Day after infusion", kind: .days)

  /// Numbers that look drawn by chance and are the same every time.
  static func noise(_ seed: Int, _ index: Int) -> Double {
    var state = UInt64(truncatingIfNeeded: seed &* 7919 &+ index &* 104_729 &+ 12_345)
    for _ in 0..<3 { state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
    return Double(state >> 40) / Double(1 << 24)
  }

  // MARK: Lines

  static let kinetics: any Plot = {
    let days = [0.0, 3, 7, 10, 14, 21, 28, 60, 90]
    let courses: [(String, [Double?])] = [
      ("01-0001", [0.02, 3, 40, 310, 220, 75, 18, 3.1, 0.9]), ("01-0002", [0.02, 8, 120, 620, 300, 120, 60, 14, 4]),
      ("02-0001", [0, 0.4, 9, 44, 60, nil, 8, 1.2, 0.05]),
    ]
    return LinePlot(
      Caption("lines-few", title: "CAR-T cells in the blood expand by Day 10 and persist to Day 90 in two of three"),
      x: day, y: Axis("CAR-T cells", unit: "cells/µL", kind: .logarithmic),
      series: courses.map { name, values in
        LineSeries(
          name,
          zip(days, values).map { day, value in
            LinePoint(
              day, value, limits: name == "01-0002" ? value.map { $0 * 0.6...$0 * 1.7 } : nil,
              isOpen: value.map { $0 > 0 && $0 < 0.1 } ?? false)
          })
      }, limits: [ReferenceLine("limit of quantification 0.1", at: 0.1)],
      moments: [ReferenceLine("infusion", at: 0), ReferenceLine("end of DLT window", at: 28)],
      openMeans: "below the limit of quantification")
  }()

  static let manyLines: any Plot = LinePlot(
    Caption("lines-many", title: "Neutrophils of twelve participants over two years, a value a day"), x: day,
    y: Axis("Neutrophils", unit: "10⁹/L"),
    series: (0..<12).map { n in
      LineSeries(
        "Participant \(n / 4 + 1)-\(n % 4 + 1)",
        (0..<730).map { day in
          let recovery = 4.5 * (1 - 0.9 / (1 + Double(day) / Double(20 + n * 9)))
          return LinePoint(Double(day), recovery + Double(n) * 0.06 + 0.35 * noise(n, day))
        })
    }, bands: [ReferenceBand("normal range", 1.8...7.5)])

  static let oddLines: any Plot = LinePlot(
    Caption(
      "lines-odd",
      title:
        "Values that are no numbers, zero or negative, names that are long and a title that runs over more than one line"
    ),
    x: Axis("Time", unit: "h"), y: Axis("Interleukin 6", unit: "pg/mL", kind: .logarithmic),
    series: [
      LineSeries(
        "A name of a series that nobody would ever want to read to its very end",
        [LinePoint(0, 1e-6), LinePoint(1, .nan), LinePoint(2, 10), LinePoint(3, 1e7), LinePoint(4, .infinity)]),
      LineSeries(
        "血清フェリチンの推移", [LinePoint(0, 0), LinePoint(1, -5), LinePoint(2, 3), LinePoint(3, nil), LinePoint(4, 30)]),
      LineSeries("all equal", [LinePoint(0, 10), LinePoint(2, 10), LinePoint(4, 10)]),
    ])

  static let oneLine: any Plot = LinePlot(
    Caption("lines-one", title: "One value alone", width: 420), x: day, y: Axis("Ferritin", unit: "µg/L"),
    series: [LineSeries("01-0001", [LinePoint(14, 812, limits: 700...950)])])

  static let noLine: any Plot = LinePlot(
    Caption("lines-none", title: "No value yet", width: 420), x: day, y: Axis("Ferritin", unit: "µg/L"), series: [])

  // MARK: Ribbons

  static let crsGrades = RibbonLevel.ordered([
    ("no CRS", "0"), ("Grade 1", "1"), ("Grade 2", "2"), ("Grade 3", "3"), ("Grade 4", "4"),
  ])

  static let grades: any Plot = DayRibbon(
    Caption("ribbon-few", title: "Cytokine release syndrome by day: no grade above 2, gone by Day 9"), day: day,
    levels: crsGrades,
    rows: [
      RibbonRow("01-0001", [RibbonSpan(0...1, level: 0), RibbonSpan(2...4, level: 1), RibbonSpan(5...14, level: 0)]),
      RibbonRow(
        "01-0002",
        [
          RibbonSpan(0...0, level: 0), RibbonSpan(1...2, level: 1), RibbonSpan(3...5, level: 2),
          RibbonSpan(6...8, level: 1),
          RibbonSpan(9...14, level: 0),
        ]),
      RibbonRow("02-0001", [RibbonSpan(0...5, level: 0), RibbonSpan(6...7, level: nil), RibbonSpan(8...10, level: 0)]),
    ], moments: [ReferenceLine("infusion", at: 0), ReferenceLine("tocilizumab, 01-0002", at: 4)])

  static let manyGrades: any Plot = DayRibbon(
    Caption("ribbon-many", title: "Neutropenia by day, forty participants over two years"), day: day, levels: crsGrades,
    rows: (0..<40).map { n in
      var spans: [RibbonSpan] = []
      var start = -5
      while start < 725 {
        let length = 1 + Int(noise(n, start) * 60)
        let level = Int(noise(n + 100, start) * noise(n + 50, start) * 6)
        spans.append(RibbonSpan(start...min(start + length, 730), level: level > 4 ? nil : level))
        start += length + 1
      }
      return RibbonRow("Participant 0\(n / 10 + 1)-\(n % 10 + 1)", spans)
    })

  // MARK: Swimmers

  static let phases = [
    SwimmerKind("manufacturing", tone: .level(1, of: 5)), SwimmerKind("lymphodepletion", tone: .series(1)),
    SwimmerKind("follow-up, response", tone: .series(0)), SwimmerKind("follow-up, no response", tone: .neutral),
  ]
  static let happenings = [
    SwimmerKind("infusion", tone: .series(7)), SwimmerKind("CRS onset", tone: .alert),
    SwimmerKind("drug-free remission", tone: .series(2)), SwimmerKind("relapse", tone: .series(3)),
    SwimmerKind("off study", tone: .series(1)),
  ]

  static func lane(_ n: Int, _ name: String) -> SwimmerLane {
    let response = 20 + (noise(n, 1) * 60).rounded()
    let end = response + (noise(n, 2) * 640).rounded()
    let isOngoing = n % 3 != 2
    return SwimmerLane(
      name,
      [
        .init(-42 ... -6, phase: 0), .init(-5 ... -3, phase: 1), .init(0...response, phase: 3),
        .init(response...end, phase: 2),
      ],
      events: [.init(at: 0, kind: 0), .init(at: 1 + (noise(n, 3) * 6).rounded(), kind: 1)]
        + (n % 2 == 0 ? [.init(at: response, kind: 2)] : []) + (isOngoing ? [] : [.init(at: end, kind: 4)])
        + (n % 5 == 4 ? [.init(at: end - 5, kind: 3)] : []), isOngoing: isOngoing)
  }

  static let swimmers: any Plot = SwimmerPlot(
    Caption("swimmer-few", title: "Four of six infused participants go on in response"),
    time: Axis("Month after infusion", kind: .months), phases: phases, events: happenings,
    lanes: (0..<6).map { lane($0, "0\($0 / 3 + 1)-000\($0 % 3 + 1) SLE") })

  static let manySwimmers: any Plot = SwimmerPlot(
    Caption("swimmer-many", title: "Sixty participants"), time: day, phases: phases, events: happenings,
    lanes: (0..<60).map { lane($0, "Participant \($0 + 1), cohort of idiopathic inflammatory myopathies") },
    moments: [ReferenceLine("infusion", at: 0)])

  // MARK: Boundaries

  static let boundary: any Plot = BoundaryPlot(
    Caption("boundary-few", title: "Dose-limiting toxicity: 1 of 5, the boundary is at 3"),
    treatedTitle: "Participants treated", eventsTitle: "Participants with a dose-limiting toxicity",
    boundary: zip(3...12, [2, 3, 3, 4, 4, 4, 5, 5, 5, 6]).map { BoundaryPoint(treated: $0, fewestToStop: $1) },
    path: [0, 0, 0, 1, 1, 1].enumerated().map { BoundaryCount(treated: $0, events: $1) },
    stopLabel: "Stop and call the board")

  static let longBoundary: any Plot = BoundaryPlot(
    Caption("boundary-many", title: "Serious infections: the way crossed the boundary at 81 treated"),
    treatedTitle: "Participants treated", eventsTitle: "Participants with a serious infection",
    boundary: (10...120).map { BoundaryPoint(treated: $0, fewestToStop: 3 + $0 / 5) },
    path: (0...81).map { BoundaryCount(treated: $0, events: $0 * $0 / 345) })

  // MARK: Bars

  static let gradeParts = (1...5).map { BarPart("Grade \($0)", tone: .level($0 - 1, of: 5)) }

  static let events: any Plot = BarChart(
    Caption("bars-few", title: "Adverse events by preferred term and highest grade"),
    value: Axis("Participants"), parts: gradeParts,
    bars: [
      Bar("Neutropenia", [0, 1, 3, 5, 0]), Bar("Cytokine release syndrome", [5, 2, 0, 0, 0]),
      Bar("Anaemia", [3, 2, 1, 0, 0]),
      Bar("Immune effector cell-associated neurotoxicity syndrome", [1, 0, 0, 0, 0]), Bar("Sepsis", [0, 0, 1, 0, 1]),
      Bar("Headache", [nil, nil, nil, nil, nil]),
    ])

  static let rates: any Plot = BarChart(
    Caption("bars-intervals", title: "Response at Month 6 by disease, with exact 95 % intervals"),
    value: Axis("Participants in response", unit: "%", atLeast: 0...100),
    bars: [
      Bar("Systemic lupus erythematosus", [75], interval: 19.4...99.4, note: "3 of 4"),
      Bar("Systemic sclerosis", [50], interval: 1.3...98.7, note: "1 of 2"),
      Bar("Sjögren disease", [0], interval: 0...84.2, note: "0 of 2"),
    ])

  static let manyBars: any Plot = BarChart(
    Caption("bars-many", title: "Forty terms in three kinds"), value: Axis("Events"),
    parts: ["related", "possibly related", "not related"].enumerated().map { BarPart($1, tone: .series($0)) },
    bars: (0..<40).map { n in
      Bar("Preferred term \(n + 1)", (0..<3).map { (noise(n, $0) * Double(40 - n)).rounded() })
    })
}
