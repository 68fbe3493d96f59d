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
      kinetics, manyLines, oddLines, oneLine, noLine, bandedLines, grades, manyGrades, swimmers, manySwimmers, boundary,
      longBoundary,
      events, rates, manyBars, heat, manyHeat, survival, manySurvival, waterfall, manyWaterfall, course, manyCourse,
      denseCourse,
      narrowLines, narrowSwimmers, narrowBars,
    ].map { Example($0) }

  static let day = Axis("Day after infusion", kind: .days)

  /// Numbers that look drawn by chance and are the same every time.
  static func noise(_ seed: Int, _ index: Int) -> Double {
    var state = UInt64(truncatingIfNeeded: seed &* 1_000_003 &+ index) &* 0x9E37_79B9_7F4A_7C15
    state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((state ^ (state >> 31)) >> 40) / Double(1 << 24)
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
          let recovery = (1.6 + Double(n) * 0.4) * (1 - 0.9 / (1 + Double(day) / Double(20 + n * 9)))
          return LinePoint(Double(day), recovery + 0.25 * noise(n, day))
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

  static let bandedLines: any Plot = LinePlot(
    Caption("lines-bands", title: "Neutrophils of sixteen participants in four weeks, with the ranges of grades"),
    x: Axis("Day after infusion", kind: .days, atLeast: 0...28), y: Axis("Neutrophils", unit: "10⁹/L"),
    series: (0..<16).map { n in
      LineSeries(
        "0\(n / 8 + 1)-000\(n % 8 + 1)",
        stride(from: 0, through: 28, by: n % 2 == 0 ? 2 : 4).map { day in
          LinePoint(Double(day), abs(Double(day - 9)) / 6 * (0.3 + noise(n, day)) + 0.1)
        })
    },
    bands: [
      ReferenceBand("grade 1", 1.5...1.8), ReferenceBand("grade 2", 1...1.5), ReferenceBand("grade 3", 0.5...1),
      ReferenceBand("grade 4", 0...0.5),
    ], moments: [ReferenceLine("Day 0", at: 0)])

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
    Caption("ribbon-many", title: "Neutropenia by day, forty participants over two years"), day: day,
    levels: RibbonLevel.ordered((0...4).map { ("Grade \($0)", "\($0)") }),
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
    SwimmerKind("manufacturing", tone: .level(1, of: 5)), SwimmerKind("lymphodepletion", tone: .level(3, of: 5)),
    SwimmerKind("follow-up, response", tone: .series(5)), SwimmerKind("follow-up, no response", tone: .level(0, of: 5)),
  ]
  static let happenings = [
    SwimmerKind("infusion", tone: .strong), SwimmerKind("CRS onset", tone: .alert),
    SwimmerKind("drug-free remission", tone: .strong), SwimmerKind("relapse", tone: .alert),
    SwimmerKind("off study", tone: .strong),
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

  // MARK: Heat maps

  static let heat: any Plot = HeatMap(
    Caption("heat-few", title: "Ferritin by visit"), value: Axis("Ferritin", unit: "µg/L", kind: .logarithmic),
    columns: ["Baseline", "Day 3", "Day 7", "Day 14", "Day 28"],
    rows: [
      HeatRow("01-0001", [120, 340, 2300, 900, 210]), HeatRow("01-0002", [88, 1500, 14_800, 4200, 650]),
      HeatRow("02-0001", [240, nil, 410, 0, 260]), HeatRow("02-0002", [95, 130, .nan, nil]),
    ])

  static let manyHeat: any Plot = HeatMap(
    Caption("heat-many", title: "Completeness of forms by site and month"),
    value: Axis("Complete", unit: "%", atLeast: 0...100),
    columns: (0..<36).map { "Month \($0 + 1)" },
    rows: (0..<20).map { n in
      HeatRow(
        "Site \(n + 1)", (0..<36).map { noise(n, $0) < 0.06 ? nil : (100 - 70 * noise(n, $0) * noise(7, n)).rounded() })
    })

  // MARK: Step curves

  static let survival: any Plot = StepCurve(
    Caption("steps-few", title: "Relapse-free survival of twelve participants, with 95 % limits"),
    time: Axis("Month after infusion", kind: .months), shareTitle: "Without relapse",
    curves: [
      StepSeries(
        "All",
        [
          .init(at: 92, to: 0.917, limits: 0.539...0.988), .init(at: 210, to: 0.825, limits: 0.461...0.953),
          .init(at: 400, to: 0.688, limits: 0.291...0.895),
        ], events: [92, 210, 400], censored: [60, 150, 240, 300, 365, 420, 500, 610, 730])
    ], moments: [ReferenceLine("primary endpoint", at: 182)])

  static let manySurvival: any Plot = StepCurve(
    Caption("steps-many", title: "Two hundred subjects in four arms"), time: day, shareTitle: "Without event",
    curves: (0..<4).map { arm in
      let times = (0..<50).map { (noise(arm, $0) * 700 / Double(arm + 1) * 2).rounded() }.map { min($0, 730) }.sorted()
      var (share, steps, events, censored) = (1.0, [StepSeries.Step](), [Double](), [Double]())
      for (index, time) in times.enumerated() {
        guard time < 730, noise(arm + 10, index) < 0.7 else {
          censored.append(time)
          continue
        }
        share *= Double(times.count - index - 1) / Double(times.count - index)
        events.append(time)
        steps.append(.init(at: time, to: share))
      }
      return StepSeries(
        ["Anti-CD19 and anti-BCMA CAR-T cells", "Rituximab", "Obinutuzumab", "Standard of care"][arm], steps,
        events: events, censored: censored)
    })

  // MARK: Waterfalls

  static let diseases = ["SLE", "Systemic sclerosis", "Myositis"].enumerated().map {
    WaterfallKind($1, tone: .series($0))
  }

  static let waterfall: any Plot = WaterfallPlot(
    Caption("waterfall-few", title: "Best change of disease activity; eleven of twelve improve"),
    value: Axis("Best change from baseline", unit: "%"), kinds: diseases,
    bars: [12, -20, -38, -55, -61, -70, -74, -80, -88, -100, -100, nil].enumerated().map {
      WaterfallBar("0\($0 % 3 + 1)-00\($0 + 10)", $1, kind: $0 % 3)
    }, limits: [ReferenceLine("response: 50 % less", at: -50)])

  static let manyWaterfall: any Plot = WaterfallPlot(
    Caption("waterfall-many", title: "Best change, a hundred and twenty participants"),
    value: Axis("Best change from baseline", unit: "%"), kinds: diseases,
    bars: (0..<120).map { WaterfallBar("Participant \($0)", 60 - 160 * noise(3, $0), kind: $0 % 3) },
    limits: [ReferenceLine("response: 50 % less", at: -50)])

  // MARK: Timelines

  static let course: any Plot = TimelinePlot(
    Caption("timeline-few", title: "Course of 01-0002"), time: Axis("Date", kind: .dates),
    events: [
      TimelineEvent("Consent", at: 20_500), TimelineEvent("Leukapheresis", at: 20_521),
      TimelineEvent("Product released", at: 20_560), TimelineEvent("Infusion", at: 20_575, tone: .alert),
      TimelineEvent("CRS Grade 2, tocilizumab", at: 20_578, tone: .alert), TimelineEvent("Discharge", at: 20_590),
      TimelineEvent("Month 3", at: 20_665),
    ],
    spans: [
      TimelineSpan("Manufacturing", 20_521...20_560, tone: .level(2, of: 5)),
      TimelineSpan("Lymphodepletion", 20_570...20_572, tone: .level(4, of: 5)),
      TimelineSpan("In hospital", 20_574...20_590, tone: .series(0)),
      TimelineSpan("Follow-up", 20_590...20_680, tone: .series(5)),
    ])

  static let manyCourse: any Plot = TimelinePlot(
    Caption("timeline-many", title: "Forty events within two years, some on one day"), time: day,
    events: (0..<40).map {
      TimelineEvent(
        "Event \($0 + 1), \($0 % 4 == 0 ? "with words that go on for a while" : "brief")",
        at: (noise(5, $0 / 2) * 730).rounded())
    },
    spans: (0..<12).map { n in
      let start = (noise(6, n) * 600).rounded()
      return TimelineSpan("Treatment \(n + 1)", start...start + 5 + (noise(8, n) * 200).rounded(), tone: .series(n))
    })

  static let denseCourse: any Plot = TimelinePlot(
    Caption("timeline-dense", title: "Two years, of which most happens in four weeks", width: 960), time: day,
    events: [
      TimelineEvent("Consent 1.0", at: -60, tone: .series(0), shape: .square),
      TimelineEvent("Leukapheresis", at: -40, tone: .series(1), shape: .diamond),
      TimelineEvent("Infusion, Day 0", at: 0, shape: .star),
      TimelineEvent("Study completed", at: 730, shape: .square),
    ]
      + ([-35, -5] + Array(0...14) + [21, 28, 60, 90, 180, 365, 545, 730]).map {
        TimelineEvent("Day \($0)", at: Double($0), tone: .neutral)
      },
    spans: [
      TimelineSpan("Lymphodepletion", -5 ... -3, tone: .series(2)),
      TimelineSpan("Infusion", 0...0, tone: .series(3)),
    ]
      + (0..<14).map { n in
        let (start, grade) = ((noise(9, n) * 40).rounded(), 1 + Int(noise(10, n) * 4))
        return TimelineSpan(
          "Adverse event \(n + 1), grade \(grade)", start...start + (noise(11, n) * 25).rounded(),
          tone: .level(grade, of: 6))
      })

  // MARK: As wide as a telephone

  static let narrowLines: any Plot = LinePlot(
    Caption("narrow-lines", title: "Ferritin and C-reactive protein in the first four weeks", width: 360), x: day,
    y: Axis("Concentration", unit: "µg/L or mg/L", kind: .logarithmic),
    series: ["Ferritin", "C-reactive protein"].enumerated().map { index, name in
      LineSeries(name, (0..<10).map { LinePoint(Double($0 * 3), 2000 * noise(index, $0) / Double(1 + index * 30)) })
    }, limits: [ReferenceLine("upper limit of normal", at: 5)], moments: [ReferenceLine("infusion", at: 0)])

  static let narrowSwimmers: any Plot = SwimmerPlot(
    Caption("narrow-swimmer", title: "Follow-up of eight participants", width: 360), time: day, phases: phases,
    events: happenings, lanes: (0..<8).map { lane($0, "0\($0 / 3 + 1)-000\($0 % 3 + 1)") })

  static let narrowBars: any Plot = BarChart(
    Caption("narrow-bars", title: "Adverse events by preferred term and highest grade", width: 360),
    value: Axis("Participants"), parts: gradeParts,
    bars: [
      Bar("Neutropenia", [0, 1, 3, 5, 0]),
      Bar("Immune effector cell-associated neurotoxicity syndrome", [1, 0, 0, 0, 0]),
      Bar("Cytokine release syndrome", [5, 2, 0, 0, 0]),
    ])
}
