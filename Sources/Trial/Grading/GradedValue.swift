import ClinicalValues
public import Instruments
import StudyDesign

/// The grade of a value in one direction, with the rule that gave it.
public struct DirectedGrade: Sendable, Hashable {
  /// Too low or too high.
  public let direction: CTCAE.Direction
  /// The CTCAE term, as its list has it.
  public let term: String
  /// 0 to 4; nil where a limit is missing that decides it.
  public let grade: Int?
  /// The rule in words, with the numbers that it was applied to; or what is missing.
  public let rule: String
}

/// A value with its grades: one a direction, each by itself.
public struct GradedValue: Sendable, Hashable {
  /// The analyte, as `ctcaeLab` names it.
  public let analyte: String
  /// The value.
  public let value: CasebookValue
  /// Its grade in each direction.
  public let grades: [DirectedGrade]
  /// The last value before LD 1, from which change is measured; nil for that one itself, for earlier ones, and where there
  /// is none.
  public let baseline: CasebookValue?
  /// Whether it was before LD 1, or LD 1 was not given.
  public let isBeforeTreatment: Bool

  /// Its grade in a direction.
  public subscript(direction: CTCAE.Direction) -> DirectedGrade? { grades.first { $0.direction == direction } }

  /// Why nothing is gradable, in a sentence; nil where a direction has a grade.
  public var notGradable: String? {
    guard grades.allSatisfy({ $0.grade == nil }) else { return nil }
    let rule = grades.first?.rule ?? "Not gradable."
    return value.problem.map { "\(rule) Reason: \($0)." } ?? rule
  }
}

/// Grades the values of one analyte.
struct AnalyteGrading {
  let analyte: CTCAE.Analyte
  let plan: GradedAnalyte
  let values: CasebookValues
  let firstDose: Moment?
  let unit: ConceptUnit?
  let albumin: String?

  /// Every value of the analyte, oldest first.
  ///
  /// The baseline and what came before it are graded by normal ranges alone: a value is no change from itself.
  var graded: [GradedValue] {
    let baseline = firstDose.flatMap { values.last(plan.concept, beforeTreatment: $0) }
    var course = analyte.ladders.lazy.compactMap(\.lasting).first.map {
      LastingCourse(above: $0.above, limitHours: $0.hours)
    }
    return values[plan.concept].map { value in
      let isBefore = firstDose.map { value.isBefore(treatment: $0) } ?? true
      let hours = course?.hours(of: value.number.flatMap(inAnalyte), at: value.when)
      return grade(value, against: isBefore ? nil : baseline, isBefore: isBefore, lasting: hours ?? nil)
    }
  }

  private func grade(
    _ value: CasebookValue, against baseline: CasebookValue?, isBefore: Bool, lasting hours: Decimal?
  ) -> GradedValue {
    let measurement = CTCAE.Measurement(
      value: value.number.flatMap(inAnalyte), lln: value.range?.low.flatMap(inAnalyte),
      uln: value.range?.high.flatMap(inAnalyte), baseline: baseline?.number.flatMap(inAnalyte),
      baselineLln: baseline?.range?.low.flatMap(inAnalyte), baselineUln: baseline?.range?.high.flatMap(inAnalyte),
      albuminGPerL: albumin(with: value), durationHours: hours,
      circumstances: circumstances(with: value), valueText: limit(of: value),
      baselineText: baseline.flatMap(limit(of:)))
    return GradedValue(
      analyte: plan.analyte, value: value,
      grades: analyte.grades(measurement).map { direction, grade in
        DirectedGrade(
          direction: direction, term: grade.name ?? plan.analyte, grade: grade.grade, rule: grade.rule)
      }, baseline: baseline, isBeforeTreatment: isBefore)
  }

  /// The limit of the method that a value lies beyond, in the analyte's unit.
  private func limit(of value: CasebookValue) -> String? {
    guard let limit = value.limit, let number = inAnalyte(limit.number) else { return nil }
    return "\(MeasuredValue(number, beyond: limit.comparator))"
  }

  /// A number of the concept's unit in the analyte's.
  private func inAnalyte(_ number: Decimal) -> Decimal? {
    if let steps = plan.steps { return ExactNumber(number).taking(steps)?.neighbors?.below.trimmed }
    guard let unit, unit.unit != analyte.unit else { return number }
    return (try? UCUM.convert(number, from: unit.unit, to: analyte.unit))?.trimmed
  }

  /// Circumstances that the same form tells: a concept of the circumstance's own name (`bleeding`).
  private func circumstances(with value: CasebookValue) -> [CTCAE.Circumstance: Bool] {
    var told: [CTCAE.Circumstance: Bool] = [:]
    for circumstance in CTCAE.Circumstance.allCases {
      if let flag = values.value(circumstance.rawValue, in: value.source.form)?.flag { told[circumstance] = flag }
    }
    return told
  }

  /// Albumin of the same sample, else of the same day, in g/L.
  private func albumin(with value: CasebookValue) -> Decimal? {
    guard let albumin else { return nil }
    return (values.value(albumin, in: value.source.form) ?? value.day.flatMap { values.values(albumin, on: $0).last })?
      .number
  }
}
