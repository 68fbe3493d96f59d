import Analysis
import ClinicalValues
import Figures
import StudyDesign
import Trial

/// Toxicity as figures: a syndrome by day, grades by day, a laboratory value, cells in blood.
struct SafetyPlots {
  let words: Words
  let study: Study
  /// The days that lines show; ribbons always show the four weeks.
  var shown = ShownDays.fourWeeks

  /// Grades 0 to 5 from light to dark, each with its number on the ribbon.
  private var levels: [RibbonLevel] {
    RibbonLevel.ordered((0...5).map { (label: words("grade {grade}", ["grade": String($0)]), mark: String($0)) })
  }

  /// The worst grade of each day of CRS or ICANS, a row a participant.
  func syndrome(_ id: String, _ title: String, _ gradings: [Grading]) -> DayRibbon {
    DayRibbon(
      Caption(id, title: words("{syndrome} by day, after ASTCT", ["syndrome": title])),
      day: ShownDays.fourWeeks.axis(words), levels: levels,
      rows: gradings.map { grading in
        RibbonRow(grading.participant.id.description, DayGrades(syndrome: id, of: grading).spans)
      }, moments: [ReferenceLine(words["Day 0"], at: 0)])
  }

  /// CRS, ICANS and every value that was graded, of one participant.
  func grades(of grading: Grading) -> DayRibbon {
    let terms = DayGrades.byTerm(of: grading)
    return DayRibbon(
      Caption("grades", title: words["Grades by day"]), day: ShownDays.fourWeeks.axis(words), levels: levels,
      rows: [("crs", "CRS"), ("icans", "ICANS")].map { id, title in
        RibbonRow(title, DayGrades(syndrome: id, of: grading).spans)
      } + terms.map { RibbonRow(words.study($0.term), $0.grades.spans) },
      moments: [ReferenceLine(words["Day 0"], at: 0)])
  }

  /// The adverse events of one participant by grade, a row an event. One of other days than those shown, or of which nobody knows the first
  /// day, has none.
  func events(_ events: [AdverseEvent], infused: Moment, until now: Moment) -> DayRibbon {
    DayRibbon(
      Caption("event-grades", title: words["Adverse events by grade over time"]), day: shown.axis(words),
      levels: levels,
      rows: events.compactMap { event -> RibbonRow? in
        let grades = DayGrades(of: event, from: infused.day, until: now).shown(on: shown)
        return grades.worst.isEmpty ? nil : RibbonRow("\(event.number) \(words.event(event))", grades.spans)
      }, moments: [ReferenceLine(words["Day 0"], at: 0)])
  }

  /// A laboratory value, a line a participant, with the ranges of its grades or of what is normal.
  func trajectory(_ plan: GradedAnalyte?, _ gradings: [Grading]) -> LinePlot {
    let name = plan.flatMap { plan in study.dictionary.concepts.first { $0.id == plan.concept } }?.display
    let title = name.map { words.study($0) } ?? plan?.analyte ?? ""
    let series = gradings.map { grading in
      (grading, grading.graded.first { $0.first?.analyte == plan?.analyte } ?? [])
    }
    let unit = series.flatMap(\.1).first?.value.unit
    let lowerLimits = Set(series.flatMap(\.1).compactMap { $0.value.range?.low })
    let bands = GradeBands.of(
      plan?.analyte ?? "", unit: unit, lowerLimit: lowerLimits.count == 1 ? lowerLimits.first : nil
    ).map { band in ReferenceBand(words("grade {grade}", ["grade": String(band.grade)]), band.range) }
    return LinePlot(
      Caption("values", title: title), x: shown.axis(words),
      y: Axis(title, unit: unit.map { words.unit($0) }),
      series: series.map { grading, values in LineSeries(grading.participant.id.description, points(grading, values)) },
      bands: bands.isEmpty ? normal(series.flatMap(\.1)) : bands, moments: [ReferenceLine(words["Day 0"], at: 0)])
  }

  private func points(_ grading: Grading, _ values: [GradedValue]) -> [LinePoint] {
    guard let anchor = grading.infused ?? grading.firstDose else { return [] }
    return values.compactMap { graded in
      guard let day = graded.value.day(after: anchor), shown.holds(day) else { return nil }
      return LinePoint(Double(day), graded.value.number?.drawn)
    }
  }

  /// The normal range, where it is the same for all values.
  private func normal(_ values: [GradedValue]) -> [ReferenceBand] {
    let ranges = Set(values.compactMap { graded in graded.value.range })
    guard ranges.count == 1, let range = ranges.first, let low = range.low?.drawn, let high = range.high?.drawn,
      low < high
    else { return [] }
    return [ReferenceBand(words["normal range"], low...high)]
  }

  /// CAR-T cells in blood.
  func kinetics(_ course: KineticCourse) -> LinePlot {
    LinePlot(
      Caption("kinetics", title: words["CAR transgene in blood"]), x: shown.axis(words),
      y: Axis(words["CAR transgene"], unit: words.unit(course.unit), kind: .logarithmic),
      series: [
        LineSeries(
          words["CAR transgene"],
          course.samples.filter { shown.holds($0.day) }
            .map { LinePoint(Double($0.day), course.drawn($0)?.drawn, isOpen: $0.isBelowLimit) })
      ],
      limits: course.limits.prefix(1).compactMap { limit in
        limit.drawn.map { ReferenceLine(words["limit of quantification"], at: $0) }
      },
      openMeans: course.limits.isEmpty
        ? words["below the limit of quantification, which is not recorded: drawn at the least value"]
        : words["below the limit of quantification: drawn at the limit"])
  }

  /// B cells in blood.
  func bCells(_ course: BCellCourse) -> LinePlot {
    LinePlot(
      Caption("b-cells", title: words["B cells in blood"]), x: shown.axis(words),
      y: Axis(words["B cells"], unit: words.unit("/uL")),
      series: [
        LineSeries(
          words["B cells"],
          course.samples.filter { shown.holds($0.day) }
            .map { LinePoint(Double($0.day), $0.number?.drawn) })
      ])
  }
}

/// The worst grade of each day, as spans: days in a row with the same grade stand together.
struct DayGrades: Sendable, Equatable {
  private(set) var worst: [Int: Int?] = [:]

  init() {}

  /// CRS or ICANS by day; a grade that is not known is one of its own.
  init(syndrome id: String, of grading: Grading, days: ClosedRange<Int> = 0...28) {
    let cells = grading.grid(days: days)?.lines.first { $0.id == id }?.cells ?? [:]
    for (day, cell) in cells { worst.updateValue(cell.grade, forKey: day) }
  }

  /// What values propose from the week before Day 0 to Day 28, by CTCAE term, the worst terms first.
  static func byTerm(of grading: Grading) -> [(term: String, grades: DayGrades)] {
    guard let infused = grading.infused else { return [] }
    var terms: [String: DayGrades] = [:]
    for proposal in grading.proposals {
      guard let day = proposal.value.day(after: infused), (-7...28).contains(day) else { continue }
      terms[proposal.term, default: DayGrades()].take(proposal.counting, on: day)
    }
    return terms.map { (term: $0.key, grades: $0.value) }.sorted { a, b in
      let grades = (a.grades.highest, b.grades.highest)
      return grades.0 == grades.1 ? a.term < b.term : grades.0 > grades.1
    }
  }

  /// An adverse event by day, counted from a day: by the course of its grades, which before the first change is not known; by its worst
  /// grade where no course is recorded.
  init(of event: AdverseEvent, from zero: Int, until now: Moment) {
    guard let present = event.days(until: now) else { return }
    let changes = Dictionary(grouping: event.course) { $0.from.date.daysSinceEpoch }
    var grade =
      event.course.isEmpty
      ? event.worstGrade : event.course.last { $0.from.date.daysSinceEpoch < present.lowerBound }?.grade
    for day in present {
      // What a day began with is seen beside each change on it.
      let all = (changes[day] ?? []).map(\.grade)
      worst.updateValue((all + [grade].compactMap(\.self)).max(), forKey: day - zero)
      grade = all.last ?? grade
    }
  }

  /// The same on days that are shown.
  func shown(on days: ShownDays) -> DayGrades {
    var shown = DayGrades()
    shown.worst = worst.filter { days.holds($0.key) }
    return shown
  }

  /// The highest grade of all days.
  var highest: Int { worst.values.compactMap(\.self).max() ?? 0 }

  mutating func take(_ grade: Int, on day: Int) {
    worst[day] = max((worst[day] ?? nil) ?? 0, grade)
  }

  /// The days in rows of the same grade.
  var spans: [RibbonSpan] {
    var spans: [RibbonSpan] = []
    for (day, grade) in worst.sorted(by: { $0.key < $1.key }) {
      if let last = spans.last, last.days.upperBound == day - 1, last.level == grade {
        spans[spans.count - 1] = RibbonSpan(last.days.lowerBound...day, level: grade)
      } else {
        spans.append(RibbonSpan(day...day, level: grade))
      }
    }
    return spans
  }
}

extension AdverseEvent {
  /// The days since 1970-01-01 on which it was there: to now while it goes on, and its first alone where nobody knows when it ended; nil
  /// where its first day is not known.
  func days(until now: Moment) -> ClosedRange<Int>? {
    guard let start, start.precision == .day else { return nil }
    let first = start.daysSinceEpoch
    return first...max(first, end?.latest.daysSinceEpoch ?? (isResolved == true ? first : now.day))
  }
}
