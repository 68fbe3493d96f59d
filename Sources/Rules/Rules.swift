// Rules is the protocol's CQL over FHIR data: eligibility as assessments with evidence and what is missing.
//
//   Binding/  FHIR resources as values of CQL: model, data, terminology
//   Conduct/  what is asked of a participant later on: re-checks, and findings for the gates
//
// Not here: which file or study is meant, how a report looks (tandem); what the criteria say (the study's files).
//
// Always true: an assessment is a function of (study, record, date); the verdict follows from the criteria alone; unknown is
// neither true nor false and says which data would decide it.

public import CQL
public import ClinicalValues
public import FHIR
public import StudyDesign

/// A study's criteria ready to be asked of any number of records, from any number of tasks.
public struct Screening: Sendable {
  /// The study.
  public let study: Study
  let engine: Engine
  let terminology: DictionaryTerminology
  let mistyped: MistypedCodes
  let readings: PartReadings
  private let windows: [(name: DefinitionName, words: String)]
  private let needs: [DefinitionName: String]
  /// Ids of the criteria whose reading depends on the cohort; the others are evaluated once for all cohorts.
  private let cohortDependent: Set<String>
  /// The library that says which cohort a record names.
  private let targetLibrary: String?

  /// The data models that libraries of a study may use.
  public static let models: [any Model] = [FHIRModel()]
  /// The definition by which a library says which cohort a record names.
  public static let targetDefinition = "target cohort"

  /// Compiles a study's criteria.
  public init(_ study: Study) {
    self.study = study
    engine = Engine(study.program)
    terminology = DictionaryTerminology(study.dictionary)
    mistyped = MistypedCodes(study.dictionary)
    readings = PartReadings(study.program)
    windows = study.program.windows
    needs = study.program.needs
    cohortDependent = Set(study.criteria.filter { study.program.dependsOnCohort($0) }.map(\.id))
    targetLibrary =
      study.program.libraries.last { library in
        library.definitions.contains { $0.name == Screening.targetDefinition }
      }?.name
  }

  /// The record screened for some cohorts of the study.
  ///
  /// - Parameter due: the concepts of data that are due already by the schedule: first of what is to be obtained next.
  /// - Throws: an error of execution in the study's libraries, with its place.
  public func screen(
    _ record: FHIR.Record, asOf: CalendarDate, cohorts: [Cohort], due: Set<String> = []
  ) throws(EvaluationError) -> Screened {
    var shared: [String: Judged] = [:]
    let patient = record.identifier ?? record.patient?.id ?? record.patient?.reference ?? record.file
    var assessments: [Assessment] = []
    for cohort in cohorts {
      let context = try context(record, asOf: asOf, cohort: cohort)
      let evaluation = engine.evaluation(context)
      var judged: [Judged] = []
      for criterion in study.criteria(for: cohort) {
        if let known = shared[criterion.id] {
          judged.append(known)
          continue
        }
        let result = try judge(criterion, record, evaluation, of: context, asOf: asOf)
        if !cohortDependent.contains(criterion.id) { shared[criterion.id] = result }
        judged.append(result)
      }
      assessments.append(assessment(cohort, judged, due: due))
    }
    let used = assessments.flatMap(\.criteria).flatMap(\.evidence).map(\.source)
    return Screened(
      patient: patient, asOf: asOf, assessments: assessments,
      unrecognized: UnrecognizedCodes(terminology: terminology)
        .all(in: record, types: study.collects, but: Set(used)))
  }

  /// The outcomes of a cohort's criteria, without reasons: what is needed to count candidates in a population.
  public func outcomes(
    _ record: FHIR.Record, asOf: CalendarDate, cohort: Cohort
  ) throws(EvaluationError) -> [(criterion: Criterion, outcome: Outcome)] {
    let evaluation = engine.evaluation(try context(record, asOf: asOf, cohort: cohort))
    var outcomes: [(criterion: Criterion, outcome: Outcome)] = []
    for criterion in study.criteria(for: cohort) {
      let value = try evaluation.value(of: criterion.definition.value, in: criterion.library.value)
      outcomes.append((criterion, Outcome(value, of: criterion)))
    }
    return outcomes
  }

  /// The cohort that a record names for itself on a date; nil where it names none, or several.
  public func targetCohort(of record: FHIR.Record, asOf: CalendarDate) throws(EvaluationError) -> Cohort? {
    guard let targetLibrary, let any = study.cohorts.first else { return nil }
    let evaluation = engine.evaluation(try context(record, asOf: asOf, cohort: any))
    guard case .string(let id) = try evaluation.value(of: Screening.targetDefinition, in: targetLibrary) else {
      return nil
    }
    return study.cohorts.first { $0.id == id }
  }

  func context(
    _ record: FHIR.Record, asOf: CalendarDate, cohort: Cohort
  ) throws(EvaluationError) -> EvaluationContext {
    let midnight = TimeOfDay(hour: 0, minute: 0, second: 0, millisecond: 0)
    guard let now = DateTime(date: asOf, time: midnight, offsetMinutes: 0) else {
      throw EvaluationError("The date of evaluation ‘\(asOf)’ is no full date. Give year, month and day.")
    }
    var parameters: [String: Value] = ["cohort": .string(cohort.id)]
    for parameter in study.parameters { parameters[parameter.id] = .integer(Int32(clamping: parameter.value)) }
    return EvaluationContext(
      now: now, data: RecordData(record), terminology: terminology, models: Screening.models, parameters: parameters,
      externals: functions(for: record).externals)
  }

  // MARK: judging

  func functions(for record: FHIR.Record) -> DictionaryFunctions {
    DictionaryFunctions(terminology: terminology, models: Screening.models, medications: Medications(record))
  }

  func judge(
    _ criterion: Criterion, _ record: FHIR.Record, _ evaluation: Evaluation, of context: EvaluationContext,
    asOf: CalendarDate
  ) throws(EvaluationError) -> Judged {
    let explanation = try evaluation.explanation(of: criterion.definition.value, in: criterion.library.value)
    var reader = EvidenceReader(study: study, terminology: terminology, medications: Medications(record))
    let windows = try evaluation.windows(windows)
    if Outcome(explanation.why.outcome, of: criterion) == .unknown {
      let found = CulpritSearch(
        criterion: criterion, engine: engine, context: context, reader: reader, readings: readings, windows: windows
      ).found(explanation.why)
      reader.inOrder = found.inOrder
      reader.culprits = found.culprits
    }
    return Judgement(
      criterion: criterion, why: explanation.why,
      reader: reader.reading(readings[explanation.name], windows: windows), readings: readings, windows: windows,
      functions: functions(for: record), asOf: asOf,
      additions: evaluation.additions(to: Judgement.parts(of: explanation.why)), needs: needs[explanation.name]
    ).judged
  }

  private func assessment(_ cohort: Cohort, _ judged: [Judged], due: Set<String>) -> Assessment {
    let results = judged.map(\.result)
    let verdict = Verdict(results.map(\.outcome))
    guard verdict == .undetermined else {
      return Assessment(
        cohort: cohort, verdict: verdict, criteria: results, next: [], unsettled: [],
        toCorrect: verdict == .ineligible ? NextSearch(study, judged, due: due).toCorrect : [])
    }
    let search = NextSearch(study, judged, due: due)
    return Assessment(
      cohort: cohort, verdict: verdict, criteria: results, next: search.next, unsettled: search.unsettled)
  }
}

extension Outcome {
  /// What a definition's value says of its criterion.
  init(_ value: Value, of criterion: Criterion) {
    guard case .boolean(let truth) = value else {
      self = .unknown
      return
    }
    self = truth == (criterion.kind == .inclusion) ? .pass : .fail
  }
}

extension Program {
  /// Whether a criterion's definition reads the parameter `cohort`, directly or not.
  fileprivate func dependsOnCohort(_ criterion: Criterion) -> Bool {
    guard let library = libraries.lastIndex(where: { $0.name == criterion.library.value }),
      let index = libraries[library].definitions.firstIndex(where: { $0.name == criterion.definition.value })
    else { return true }
    return dependencies(of: (library, index)).parameters.contains { place in
      place.count == 2 && libraries[place[0]].parameters[place[1]].name == "cohort"
    }
  }
}
