import ClinicalValues
public import Instruments

/// From which grade at baseline to which worst grade afterwards: one line of a shift table's data.
public struct GradeShift: Sendable, Hashable {
  /// The analyte, as `ctcaeLab` names it.
  public let analyte: String
  /// The CTCAE term.
  public let term: String
  /// Too low or too high.
  public let direction: CTCAE.Direction
  /// The last value before LD 1; nil where there is none.
  public let baseline: CasebookValue?
  /// The grade of the baseline; nil where it is not known.
  public let baselineGrade: Int?
  /// The first value of the worst grade after LD 1; nil where nothing was gradable.
  public let worst: CasebookValue?
  /// The worst grade after LD 1, as it counts; nil where nothing was gradable.
  public let worstGrade: Int?
}

extension Grading {
  /// The shift from baseline to the worst grade after LD 1, of every analyte and direction of which a value is recorded.
  ///
  /// A grade that a person changed counts as changed. `days`: only values of these days after the infusion count.
  public func shifts(days: ClosedRange<Int>? = nil) -> [GradeShift] {
    graded.flatMap { series -> [GradeShift] in
      guard let first = series.first else { return [] }
      return first.grades.map { shift(of: series, $0.direction, term: $0.term, days) }
    }
  }

  private func shift(
    of series: [GradedValue], _ direction: CTCAE.Direction, term: String, _ days: ClosedRange<Int>?
  ) -> GradeShift {
    let baseline = firstDose.flatMap { dose in
      series.last { $0.value.number != nil && $0.value.isBefore(treatment: dose) }
    }
    let later = series.filter { value in
      guard !value.isBeforeTreatment else { return false }
      guard let days else { return true }
      return infused.flatMap { value.value.day(after: $0) }.map(days.contains) ?? false
    }
    let grades = later.compactMap { value in counting(value, direction).map { (value: value.value, grade: $0) } }
    let worst = grades.reduce((value: CasebookValue, grade: Int)?.none) { worst, next in
      worst.map { $0.grade >= next.grade ? $0 : next } ?? next
    }
    return GradeShift(
      analyte: series.first?.analyte ?? "", term: term, direction: direction, baseline: baseline?.value,
      baselineGrade: baseline?[direction]?.grade, worst: worst?.value, worstGrade: worst?.grade)
  }

  /// The grade of a value that counts: a person's where one was given for what stands there now.
  func counting(_ value: GradedValue, _ direction: CTCAE.Direction) -> Int? {
    guard let grade = value[direction]?.grade else { return nil }
    let key = GradeKey(form: value.value.source.form, item: value.value.source.item, direction: direction)
    guard let last = participant.grades.judgments[key]?.last, last.judged.grade == grade,
      last.judged.version == value.value.source.version
    else { return grade }
    return last.grade
  }
}
