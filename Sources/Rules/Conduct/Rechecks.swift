public import CQL
public import ClinicalValues
public import FHIR
public import StudyDesign

/// A re-check asks the criteria that the plan names once more, by their own CQL, as of its own moment and with its own limits of age.
extension Screening {
  /// What the criteria of a re-check say, in the plan's order.
  ///
  /// `moment` is that of the check. EXC-4 reckons from the anchors' leukapheresis and EXC-17 from their first dose, where known.
  /// - Throws: an error of execution in the study's libraries, with its place.
  public func recheck(
    _ kind: RecheckKind, of record: FHIR.Record, at moment: Moment, cohort: Cohort, anchors: Anchors = Anchors()
  ) throws(EvaluationError) -> [CriterionResult] {
    guard let plan = study.conduct.recheck[kind] else { return [] }
    return try results(plan.criteria, plan, record, moment, cohort, anchors)
  }

  /// What the criteria say that are assessed anew with the re-check before lymphodepletion after too long a wait.
  ///
  /// - Throws: an error of execution in the study's libraries, with its place.
  public func recheckAfterLongWait(
    of record: FHIR.Record, at moment: Moment, cohort: Cohort, anchors: Anchors = Anchors()
  ) throws(EvaluationError) -> [CriterionResult] {
    guard let plan = study.conduct.recheck[.lymphodepletion] else { return [] }
    return try results(study.conduct.way.longWaitCriteria, plan, record, moment, cohort, anchors)
  }

  private func results(
    _ ids: [String], _ plan: RecheckPlan, _ record: FHIR.Record, _ moment: Moment, _ cohort: Cohort, _ anchors: Anchors
  ) throws(EvaluationError) -> [CriterionResult] {
    let check = Recheck(screening: self, plan: plan, record: record, moment: moment, cohort: cohort, anchors: anchors)
    var results: [CriterionResult] = []
    for criterion in study.criteria where ids.contains(criterion.id) && criterion.applies(to: cohort) {
      results.append(try check.result(criterion))
    }
    return results.sorted { (ids.firstIndex(of: $0.criterion.id) ?? 0) < (ids.firstIndex(of: $1.criterion.id) ?? 0) }
  }

  /// The context of an evaluation at a moment, values being taken from a window of so many days.
  func context(
    _ record: FHIR.Record, at moment: Moment, cohort: Cohort?, anchors: Anchors, windowDays: Int? = nil,
    data: (any DataSource)? = nil
  ) -> EvaluationContext {
    var parameters = anchors.parameters
    if let cohort { parameters["cohort"] = .string(cohort.id) }
    for parameter in study.parameters { parameters[parameter.id] = .integer(Int32(clamping: parameter.value)) }
    if let windowDays { parameters[Screening.windowParameter] = .integer(Int32(clamping: windowDays)) }
    return EvaluationContext(
      now: moment.dateTime, data: data ?? RecordData(record), terminology: terminology, models: Screening.models,
      parameters: parameters, externals: functions(for: record).externals)
  }

  /// The parameter of the libraries that says how many days back a value counts.
  static let windowParameter = "screeningWindowDays"
}

/// One re-check of one record.
private struct Recheck {
  let screening: Screening
  let plan: RecheckPlan
  let record: FHIR.Record
  let moment: Moment
  let cohort: Cohort
  let anchors: Anchors

  func result(_ criterion: Criterion) throws(EvaluationError) -> CriterionResult {
    let exceptions = exceptions(of: criterion)
    if !exceptions.isEmpty { return try withExceptions(exceptions, criterion) }
    let result = try judged(criterion, windowDays: plan.valuesValidDays)
    guard let hours = plan.valuesValidHours else { return result }
    return try within(hours, result, criterion)
  }

  private func judged(
    _ criterion: Criterion, windowDays: Int, data: LimitedData? = nil
  ) throws(EvaluationError) -> CriterionResult {
    let context = screening.context(
      record, at: moment, cohort: cohort, anchors: anchors, windowDays: windowDays, data: data)
    return try screening.judge(
      criterion, record, screening.engine.evaluation(context), of: context, asOf: moment.date
    ).result
  }

  // MARK: limits of single concepts

  /// The concepts that the criterion uses and that may be older than the others, with their days.
  private func exceptions(of criterion: Criterion) -> [Int: Int] {
    var exceptions: [Int: Int] = [:]
    for (id, days) in plan.valuesValidDaysByConcept {
      let dictionary = screening.study.dictionary
      guard let index = dictionary.index(of: id), dictionary.concepts[index].usedBy.contains(criterion.id) else {
        continue
      }
      exceptions[index] = days
    }
    return exceptions
  }

  /// Such a criterion is asked with the widest window, over a record without what is too old for its own concept.
  private func withExceptions(
    _ exceptions: [Int: Int], _ criterion: Criterion
  ) throws(EvaluationError) -> CriterionResult {
    let widest = max(plan.valuesValidDays, exceptions.values.max() ?? 0)
    let data = LimitedData(
      record, terminology: screening.terminology, firstDay: day(plan.valuesValidDays),
      firstDays: exceptions.mapValues(day))
    return try judged(criterion, windowDays: widest, data: data)
  }

  /// So many days before the check, as days since 1970-01-01.
  private func day(_ daysBack: Int) -> Int { moment.day - daysBack }

  // MARK: limits in hours

  /// Days are too coarse on the day on which the hours begin: where the outcome rests on values of that day, those older than the
  /// hours are passed over; where it rests on both, the outcome that bars more is taken.
  private func within(
    _ hours: Int, _ result: CriterionResult, _ criterion: Criterion
  ) throws(EvaluationError) -> CriterionResult {
    let first = day(plan.valuesValidDays)
    let earliest = moment.instant.adding(hours: -hours)
    let ages = observations(of: result).compactMap { observed -> Bool? in
      let days = (observed.earliest.date.daysSinceEpoch, observed.latest.date.daysSinceEpoch)
      guard days.0 <= first, days.1 >= first else { return nil }
      return observed.earliestMillisecond(defaultOffset: moment.offsetMinutes) >= earliest.milliseconds
    }
    guard ages.contains(false) else { return result }
    let narrower = try judged(criterion, windowDays: max(plan.valuesValidDays - 1, 0))
    guard ages.contains(true) else { return narrower }
    return result.outcome.barsMore(than: narrower.outcome) ? result : narrower
  }

  /// When the Observations were made that a result rests on.
  private func observations(of result: CriterionResult) -> [DateTime] {
    let sources = Set(result.evidence.map(\.source))
    return record.resources.filter { $0.type == "Observation" && sources.contains($0.reference) }
      .compactMap { $0.element.observedAt }
  }
}

extension Outcome {
  /// Whether it stands in the way more than another.
  fileprivate func barsMore(than other: Outcome) -> Bool {
    let order: [Outcome] = [.pass, .unknown, .fail]
    return (order.firstIndex(of: self) ?? 0) > (order.firstIndex(of: other) ?? 0)
  }
}
