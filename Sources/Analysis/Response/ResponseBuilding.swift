import ClinicalValues
import Instruments
import StudyDesign
public import Trial

extension ResponseView {
  /// The response of a participant under a protocol version; nil for somebody whose cohort has no endpoints there.
  public init?(of participant: ParticipantState, laboratories: LaboratoryState, study: ResponseStudy) {
    guard let cohort = participant.way.cohort.flatMap({ study.endpoints.cohort($0) }) else { return nil }
    let building = ResponseBuilding(
      reading: CasebookReading(participant, laboratories: laboratories, study: study), cohort: cohort)
    self = building.view
  }
}

/// Builds the response of one participant.
struct ResponseBuilding {
  let reading: CasebookReading
  let cohort: CohortEndpoints
  let medicines: Medicines
  let newTreatment: NewTreatment?

  init(reading: CasebookReading, cohort: CohortEndpoints) {
    self.reading = reading
    self.cohort = cohort
    medicines = Medicines(reading)
    newTreatment = Self.newTreatment(reading)
  }

  private var endpoints: EndpointPlan { reading.study.endpoints }

  var view: ResponseView {
    let filling = filling(at: endpoints.baseline.beside)
    let times = endpoints.timePoints.map { time($0) }
    let (remissions, standings) = RemissionCourse(reading, medicines, times.map { ($0.id, $0.day, $0.remission) })
      .course
    return ResponseView(
      participant: reading.participant.id, cohort: cohort.cohort, firstDose: reading.firstDose?.date,
      dayZero: reading.dayZero, baseline: measure(cohort.activity, filling, .baseline),
      screening: measure(cohort.activity, filling, .followUp),
      besideBaseline: cohort.beside.map { measure($0, filling, .baseline) }, newTreatment: newTreatment,
      times: zip(times, standings).map { $0.with($1) }, remissions: remissions,
      unverified: cohort.evaluations.compactMap { Instrument.named($0.instrument) }
        .compactMap { instrument in instrument.unverified.map { "\(instrument.title): \($0)" } }.unique)
  }

  private func filling(at visit: String, day: CalendarDate? = nil) -> KeyFilling {
    KeyFilling(reading: reading, cohort: cohort, medicines: medicines, visit: visit, day: day)
  }

  private func measure(_ measure: ActivityMeasure, _ filling: KeyFilling, _ occasion: Occasion) -> MeasureView {
    let found = filling.answer(measure.source, at: occasion)
    return MeasureView(
      title: measure.title, visit: found.visit, day: found.day, value: found.answered.number,
      missing: found.answered.missing)
  }

  // MARK: a time point

  private func time(_ point: TimePointPlan) -> TimePointView {
    let forms = assessedForms.compactMap { reading.form($0, at: point.visit) }
    let day = assessmentDay(forms, at: point.visit)
    let filling = filling(at: point.visit, day: day)
    let isNonResponder = isAfterNewTreatment(day ?? plannedDay(of: point.visit))
    let evaluations = evaluations(filling, isAssessed: !forms.isEmpty, isNonResponder: isNonResponder)
    return TimePointView(
      id: point.id, visit: point.visit, note: point.note, day: day,
      studyDay: day.flatMap { day in reading.dayZero.map { day.daysSinceEpoch - $0.daysSinceEpoch } },
      isAssessed: !forms.isEmpty, activity: changed(cohort.activity, filling),
      beside: cohort.beside.map { changed($0, filling) }, evaluations: evaluations,
      context: context(at: point.visit, day: day), assessors: assessors(at: point.visit),
      remission: remission(evaluations, at: point.visit, day: day))
  }

  /// The forms that say whether somebody was assessed: those of the measures of activity and of who assessed.
  private var assessedForms: [String] {
    let measures = [cohort.activity] + cohort.beside
    let forms = measures.compactMap { measure -> String? in
      switch measure.source {
      case .item(let path, _): return path.form
      case .score(let instrument, _):
        guard let scale = Scale(reading.study.dictionary, instrument: instrument) else { return nil }
        return reading.study.casebook.forms.first { $0.items.contains { scale.key(of: $0) != nil } }?.id
      default: return nil
      }
    }
    return forms.unique
  }

  /// The day of the assessment: that of the first form of the visit whose day is known, the measure of activity first.
  private func assessmentDay(_ forms: [FormKey], at visit: String) -> CalendarDate? {
    let said = reading.form(endpoints.drugFree.said.item.form, at: visit)
    return (forms + [said].compactMap(\.self)).lazy.compactMap { reading.day(of: $0) }.first
  }

  private func plannedDay(of visit: String) -> CalendarDate? {
    guard let plan = reading.study.casebook.schedule.visit(visit), plan.anchor == .dayZero,
      let dayZero = reading.dayZero
    else { return nil }
    return CalendarDate(daysSinceEpoch: dayZero.daysSinceEpoch + plan.day.lowerBound)
  }

  private func changed(_ plan: ActivityMeasure, _ filling: KeyFilling) -> MeasureView {
    var view = measure(plan, filling, .followUp)
    if let value = view.value, let baseline = filling.answer(plan.source, at: .baseline).answered.number {
      view.change = value - baseline
    }
    return view
  }

  private func assessors(at visit: String) -> [AssessorView] {
    cohort.assessors.compactMap { path in
      reading.form(path.form, at: visit).map { key in
        AssessorView(item: path.description, name: reading.text(path.item, in: key))
      }
    }
  }

  // MARK: evaluations

  private func evaluations(_ filling: KeyFilling, isAssessed: Bool, isNonResponder: Bool) -> [EvaluationView] {
    var results: [String: Result] = [:]
    return cohort.evaluations.compactMap { plan in
      guard let instrument = Instrument.named(plan.instrument) else { return nil }
      let keys = filling.keys(of: plan, results: results)
      let result = instrument(Dictionary(keys.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }))
      results[plan.id] = result
      return EvaluationView(
        id: plan.id, title: instrument.title, source: instrument.source, unverified: instrument.unverified, keys: keys,
        result: result,
        outcomes: plan.outcomes.map { outcome in
          let standing = isAssessed ? outcome.standing(in: result) : .notAssessed
          return OutcomeView(
            id: outcome.id, title: outcome.title, standing: standing,
            counts: isNonResponder && !outcome.isWorsening ? .nonResponder : standing,
            failed: standing == .notMet && !outcome.isWorsening
              ? FailedParts.of(result, output: outcome.output, keys: keys, instrument: instrument)
              : result.texts("failed"),
            missing: standing == .notEvaluable ? Self.missing(keys, result) : [])
        })
    }
  }

  /// What an outcome that is not evaluable lacks: what is missing of its keys; of an answer that cannot be, that.
  private static func missing(_ keys: [KeyAnswer], _ result: Result) -> [MissingAnswer] {
    if case .object(let error)? = result["error"], case .text(let field)? = error["field"] {
      return [MissingAnswer(field, field, "its value cannot be")]
    }
    return keys.flatMap(\.missing).unique
  }

  private func isAfterNewTreatment(_ day: CalendarDate?) -> Bool {
    guard let day, let newTreatment else { return false }
    return newTreatment.from.daysSinceEpoch <= day.daysSinceEpoch
  }

  // MARK: new treatment

  /// The first new treatment of the disease since LD 1; bridging before it is none. Without a day it was at the latest
  /// when it was said.
  private static func newTreatment(_ reading: CasebookReading) -> NewTreatment? {
    guard let firstDose = reading.firstDose else { return nil }
    let all = reading.study.endpoints.newTreatment.flatMap { dated in
      reading.filled(dated.item.form).filter { reading.flag(dated.item.item, in: $0) == true }.compactMap { key in
        let date = reading.date(dated.day, in: key)
        return (date ?? reading.day(of: key)).map {
          NewTreatment(from: $0.earliest, isExact: date?.precision == .day, source: "\(key)")
        }
      }
    }
    return all.filter { $0.from.daysSinceEpoch >= firstDose.day }
      .min { ($0.from.daysSinceEpoch, $0.source) < ($1.from.daysSinceEpoch, $1.source) }
  }

  // MARK: what stands beside

  private func context(at visit: String, day: CalendarDate?) -> ResponseContext {
    let plan = endpoints.context
    let key = reading.form(plan.localReaction.form, at: visit)
    let localReaction = key.flatMap { reading.flag(plan.localReaction.item, in: $0) }
    guard let day, let first = CalendarDate(daysSinceEpoch: day.daysSinceEpoch - plan.days + 1) else {
      return ResponseContext(
        prednisone: nil, highestPrednisone: nil, unknownDoses: [], immunoglobulin: [], transfusions: [],
        localReaction: localReaction)
    }
    let dose = medicines.prednisone(on: day)
    return ResponseContext(
      prednisone: dose.milligrams, highestPrednisone: medicines.highestPrednisone(from: first, through: day),
      unknownDoses: dose.unknown,
      immunoglobulin: medicines.taken([plan.immunoglobulin], from: first, through: day).map(\.words),
      transfusions: transfusions(from: first, through: day), localReaction: localReaction)
  }

  private func transfusions(from first: CalendarDate, through last: CalendarDate) -> [String] {
    let log = endpoints.context.transfusions
    return reading.filled(log.product.item.form).compactMap { key in
      guard let day = reading.date(log.product.day, in: key),
        let product = reading.text(log.product.item.item, in: key),
        reading.text(log.state, in: key).map({ !log.notGiven.contains($0) }) ?? true,
        day.latest.daysSinceEpoch >= first.daysSinceEpoch, day.daysSinceEpoch <= last.daysSinceEpoch
      else { return nil }
      return "\(product), \(day)"
    }
  }

  // MARK: remission

  private func remission(_ evaluations: [EvaluationView], at visit: String, day: CalendarDate?) -> RemissionStanding {
    let outcomes = evaluations.flatMap(\.outcomes)
    func standing(_ id: String) -> OutcomeStanding? { outcomes.first { $0.id == id }?.standing }
    let met = cohort.remission.met.map { standing($0).flatMap { $0.truth } }
    let notMet = cohort.remission.notMet.map { standing($0).flatMap { $0.truth }.map { !$0 } }
    let state = (met + notMet).reduce(true as Bool?) { all, one in
      all == false || one == false ? false : all == nil || one == nil ? nil : true
    }
    let named = cohort.remission.met + cohort.remission.notMet
    let lacking = outcomes.filter { named.contains($0.id) }.flatMap(\.missing)
    return DrugFreeReading(reading: reading, medicines: medicines, visit: visit, day: day)
      .standing(state: state, lacking: state == nil ? lacking : [])
  }
}

extension OutcomePlan {
  /// How the outcome came out in a result.
  func standing(in result: Result) -> OutcomeStanding {
    if let appliesIf {
      switch result[appliesIf] {
      case .bool(true): break
      case .bool(false): return .notApplicable
      default: return .notEvaluable
      }
    }
    switch result[output] {
    case .bool(let value): return isOneOf.contains(value ? "true" : "false") ? .met : .notMet
    case .text("indeterminate"): return .notEvaluable
    case .text(let word): return isOneOf.contains(word) ? .met : .notMet
    default: return .notEvaluable
    }
  }
}

extension OutcomeStanding {
  /// Whether it is met; nil where that cannot be told.
  var truth: Bool? {
    switch self {
    case .met: true
    case .notMet, .nonResponder: false
    case .notApplicable, .notEvaluable, .notAssessed: nil
    }
  }
}

extension TimePointView {
  /// The same with another standing of remission.
  fileprivate func with(_ remission: RemissionStanding) -> TimePointView {
    TimePointView(
      id: id, visit: visit, note: note, day: day, studyDay: studyDay, isAssessed: isAssessed, activity: activity,
      beside: beside, evaluations: evaluations, context: context, assessors: assessors, remission: remission)
  }
}
