import Analysis
import ClinicalValues
import Figures
import Trial

/// Response as figures: the measure of activity, the steroid dose, the B cells, all over the same days.
struct ResponsePlots {
  let words: Words

  private var days: Axis { Axis(words["Days from Day 0"], kind: .days) }

  /// The measure of activity at its times, with the baseline before Day 0.
  func activity(_ response: ResponseView) -> LinePlot {
    let title = words.study(response.baseline.title)
    let zero = response.dayZero?.daysSinceEpoch
    let baseline = zero.flatMap { zero in
      response.baseline.day.map { LinePoint(Double($0.daysSinceEpoch - zero), response.baseline.value?.drawn) }
    }
    return LinePlot(
      Caption("activity", title: title), x: days, y: Axis(title),
      series: [LineSeries(title, [baseline].compactMap(\.self) + points(response) { $0.activity.value })],
      moments: [ReferenceLine(words["Day 0"], at: 0)], height: 220)
  }

  /// The dose of prednisone, or what stands for it, on the day of each assessment.
  func steroid(_ response: ResponseView) -> LinePlot {
    LinePlot(
      Caption("prednisone", title: words["Prednisone equivalent"]), x: days,
      y: Axis(words["Prednisone equivalent"], unit: "mg/d"),
      series: [
        LineSeries(words["Prednisone equivalent"], points(response) { $0.context.prednisone }, tone: .series(1))
      ],
      moments: [ReferenceLine(words["Day 0"], at: 0)], height: 160)
  }

  /// B cells in blood.
  func bCells(_ course: BCellCourse) -> LinePlot {
    LinePlot(
      Caption("b-cells", title: words["B cells in blood"]), x: days,
      y: Axis(words["B cells"], unit: words.unit("/uL")),
      series: [
        LineSeries(
          words["B cells"],
          course.samples.map { LinePoint(Double($0.day), $0.number?.drawn) }, tone: .series(2))
      ], height: 160)
  }

  private func points(_ response: ResponseView, _ value: (TimePointView) -> Decimal?) -> [LinePoint] {
    response.times.compactMap { time in
      guard time.isAssessed, let day = time.studyDay else { return nil }
      return LinePoint(Double(day), value(time)?.drawn)
    }
  }
}
