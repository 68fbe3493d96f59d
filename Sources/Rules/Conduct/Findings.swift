public import CQL
public import ClinicalValues
public import FHIR
public import StudyDesign

/// What a participant's data say of one finding of the plan.
public struct FindingResult: Sendable {
  /// The finding.
  public let plan: FindingPlan
  /// Whether it is so; nil: the data cannot say.
  public let value: Bool?
  /// The records that this rests on.
  public let evidence: [Evidence]
  /// The data, by concept id, that are missing and could still decide it; only of an unknown one.
  public let missing: [String]
  /// The number that it found.
  public let number: Decimal?
  /// The unit of that number, in UCUM.
  public let unit: String?
  /// Until when it stays true; nil where time changes nothing, or it is not true.
  public let until: Instant?
}

extension Screening {
  /// What a participant's data say of every finding of the plan at a moment, in the plan's order.
  ///
  /// - Throws: an error of execution in the study's libraries, with its place.
  public func findings(
    of record: FHIR.Record, at moment: Moment, cohort: Cohort, anchors: Anchors = Anchors()
  ) throws(EvaluationError) -> [FindingResult] {
    let evaluation = engine.evaluation(context(record, at: moment, cohort: cohort, anchors: anchors))
    let base = EvidenceReader(study: study, terminology: terminology, medications: Medications(record))
    var results: [FindingResult] = []
    for plan in study.conduct.findings {
      let explanation = try evaluation.explanation(of: plan.definition, in: plan.library)
      let why = explanation.why
      let reader = base.reading(readings[explanation.name])
      var seen: Set<Evidence> = []
      let evidence = why.supporting.flatMap { reader.evidence($0, usedBy: plan.id) }
        .filter { seen.insert($0).inserted }
      let number = try plan.number.map { name throws(EvaluationError) in
        try evaluation.value(of: name, in: plan.library)
      }
      let until = try plan.until.map { name throws(EvaluationError) in
        try evaluation.value(of: name, in: plan.library)
      }
      results.append(
        FindingResult(
          plan: plan, value: why.truth, evidence: evidence,
          missing: why.truth == nil ? missing(why, evidence, of: plan, reader) : [], number: number?.decimal,
          unit: number?.decimal == nil ? nil : plan.unit,
          until: why.truth == true ? until?.instant(offsetMinutes: moment.offsetMinutes) : nil))
    }
    return results
  }

  /// The data that could decide a finding: what was asked for in vain; else what is there and cannot decide; else, where it rests on
  /// the Patient alone, the elements that the plan names.
  private func missing(_ why: Why, _ evidence: [Evidence], of plan: FindingPlan, _ reader: EvidenceReader) -> [String] {
    let patient = plan.concepts.filter { study.dictionary[$0]?.resource == "Patient" }
    let missing = reader.missing(in: why, usedBy: plan.id).flatMap { $0 == "Patient" ? patient : [$0] }
    if !missing.isEmpty { return missing }
    let undecidable = evidence.map(\.concept)
    let named = undecidable.enumerated().filter { undecidable.firstIndex(of: $1) == $0 }.map(\.element)
    return named.isEmpty ? patient : named
  }
}

extension Value {
  /// The number that it is.
  fileprivate var decimal: Decimal? {
    if case .decimal(let number) = self { number } else { nil }
  }

  /// The instant that it is; without an offset, as at a place.
  fileprivate func instant(offsetMinutes: Int) -> Instant? {
    guard case .dateTime(let time) = self else { return nil }
    return Instant(milliseconds: time.earliestMillisecond(defaultOffset: offsetMinutes))
  }
}
