public import CQL
public import ClinicalValues
public import FHIR
public import StudyDesign

/// The expressions of a study's forms, ready to be asked of any number of casebooks, from any number of tasks.
///
/// A function of (study, answers, casebook, moment). Unknown is neither true nor false: an item whose `shown` is unknown is shown,
/// one whose `required` is unknown is not required, a check that is unknown does not fire.
public struct FormRules: Sendable {
  private let screening: Screening
  private let engine: Engine

  /// The forms of the study that is screened.
  public init(_ screening: Screening) {
    self.screening = screening
    engine = Engine(screening.study.formProgram)
  }

  /// What a form says with these answers (by item id; an item without an answer is null) at a moment.
  ///
  /// `record` is the casebook as FHIR resources, this form's included as far as it is saved; `visit` the id of the visit, for forms of
  /// none `once` or `log`.
  /// - Throws: an error of execution in an expression or the study's libraries, with its place.
  public func read(
    _ form: FormPlan, answers: [String: FormAnswer], record: FHIR.Record, cohort: Cohort?, visit: String,
    at moment: Moment, anchors: Anchors = Anchors()
  ) throws(EvaluationError) -> FormReading {
    var context = screening.context(record, at: moment, cohort: cohort, anchors: anchors)
    context.parameters["\(form.library).visit"] = .string(visit)
    for item in form.items where item.calculated == nil {
      guard let answer = answers[item.id] else { continue }
      context.parameters["\(form.library).\(item.id)"] = Value(answer)
    }
    let evaluation = engine.evaluation(context)
    var items: [FormReading.Item] = []
    var fired: [FormReading.Fired] = []
    for item in form.items {
      let reading = try read(item, of: form, evaluation)
      items.append(reading)
      guard reading.isShown, let answer = item.calculated == nil ? answers[item.id] : reading.calculated,
        let unusual = unusual(answer, item, form)
      else { continue }
      fired.append(unusual)
    }
    for check in form.checks where try truth(check.fires, of: form, evaluation) == true {
      fired.append(FormReading.Fired(id: check.id, message: check.message, items: check.items))
    }
    return FormReading(items: items, fired: fired)
  }

  private func read(
    _ item: ItemPlan, of form: FormPlan, _ evaluation: Evaluation
  ) throws(EvaluationError) -> FormReading.Item {
    let shown = try item.shown.map { (shown) throws(EvaluationError) in try truth(shown, of: form, evaluation) != false
    }
    let isShown = shown ?? true
    let isRequired =
      switch item.required {
      case .never: false
      case .always: true
      case .when(let expression): try truth(expression, of: form, evaluation) == true
      }
    let calculated = try item.calculated.map { (expression) throws(EvaluationError) in
      try evaluation.value(of: expression.definition, in: form.library)
    }
    return FormReading.Item(
      id: item.id, isShown: isShown, isRequired: isShown && isRequired,
      calculated: calculated.flatMap { answer($0, of: item) })
  }

  private func truth(
    _ expression: FormExpression, of form: FormPlan, _ evaluation: Evaluation
  ) throws(EvaluationError) -> Bool? {
    guard case .boolean(let truth) = try evaluation.value(of: expression.definition, in: form.library) else {
      return nil
    }
    return truth
  }

  // MARK: values

  /// A computed value as an answer; nil where it is unknown, or no conversion leads to the item's unit.
  private func answer(_ value: Value, of item: ItemPlan) -> FormAnswer? {
    switch value {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .uncertain(let range) where range.lowerBound == range.upperBound:
      Int32(exactly: range.lowerBound).map { .integer($0) }
    case .string(let value): .text(value)
    case .date(let value): item.type == .partialDate || value.precision == .day ? .date(value) : nil
    case .dateTime(let value): .dateTime(value)
    case .quantity(let quantity):
      item.units.first.flatMap { unit in
        item.inFirstUnit(quantity.value, quantity.unit, by: screening.study.dictionary)
          .flatMap(\.rounded).map { .quantity($0, unit: unit) }
      }
    default: nil
    }
  }

  // MARK: usual ranges

  /// What is said of an answer outside the item's usual range.
  private func unusual(_ answer: FormAnswer, _ item: ItemPlan, _ form: FormPlan) -> FormReading.Fired? {
    guard let usual = item.usual, item.lies(answer, in: usual, by: screening.study.dictionary) == false else {
      return nil
    }
    let given = [answer.text, answer.unit].compactMap(\.self).joined(separator: " ")
    let unit = item.units.first.map { " \($0)" } ?? ""
    return FormReading.Fired(
      id: "\(form.id).\(item.id).usual",
      message: "\(item.label) is \(given); usual is \(usual.lowerBound.trimmed) to \(usual.upperBound.trimmed)\(unit). "
        + "Correct it, or confirm it.",
      items: [item.id])
  }
}

extension FormRules {
  /// To whom visits and activities apply, decided for one participant at a moment.
  ///
  /// - Parameter status: where the participant stands on the way, as the trial names it; nil where nobody says.
  /// - Throws: an error of execution in the study's libraries, with its place.
  public func applicability(
    record: FHIR.Record, cohort: Cohort?, at moment: Moment, anchors: Anchors = Anchors(), status: String? = nil
  ) throws(EvaluationError) -> Applicability {
    let schedule = screening.study.schedule
    let named = schedule.visits.compactMap(\.applies) + schedule.activities.compactMap(\.applies)
    var context = screening.context(record, at: moment, cohort: cohort, anchors: anchors)
    if let status { context.parameters["status"] = .string(status) }
    let evaluation = engine.evaluation(context)
    var truths: [String: Bool] = [:]
    for definition in Set(named) {
      guard let point = definition.firstIndex(of: ".") else { continue }
      let value = try evaluation.value(
        of: String(definition[definition.index(after: point)...]), in: String(definition[..<point]))
      if case .boolean(let truth) = value { truths[definition] = truth }
    }
    return Applicability(truths: truths)
  }
}

/// To whom visits and activities apply: what their `applies` definitions say of one participant.
public struct Applicability: Sendable, Hashable {
  /// What each definition (`Library.definition`) says; one that is unknown is not here.
  public let truths: [String: Bool]

  /// What these definitions say.
  public init(truths: [String: Bool]) { self.truths = truths }

  /// Whether what names a definition applies; nil: the data cannot say. What names none applies to all.
  public func holds(_ definition: String?) -> Bool? {
    guard let definition else { return true }
    return truths[definition]
  }

  /// Whether a visit applies; nil: the data cannot say.
  public func applies(_ visit: VisitPlan) -> Bool? { holds(visit.applies) }

  /// Whether an activity applies; nil: the data cannot say.
  public func applies(_ activity: ActivityPlan) -> Bool? { holds(activity.applies) }
}

extension Value {
  /// An answer as a value of the language.
  fileprivate init(_ answer: FormAnswer) {
    self =
      switch answer {
      case .boolean(let value): .boolean(value)
      case .integer(let value): .integer(value)
      case .quantity(let value, let unit): .quantity(Quantity(value, unit))
      case .text(let value): .string(value)
      case .date(let value): .date(value)
      case .dateTime(let value): .dateTime(value)
      }
  }
}

extension ExactNumber {
  /// The nearest Decimal, half away from zero, without zeros at its end; nil out of range.
  fileprivate var rounded: Decimal? {
    guard let (below, above) = neighbors else { return nil }
    guard below != above else { return below.trimmed }
    // The neighbors lie 10^-8 apart: twice the distance from the lower one, in that unit, is 0 to 2.
    guard let doubled = ((self - below) * Decimal(200_000_000)).neighbors else { return nil }
    let isUpper = below.sign < 0 ? doubled.above > 1 : doubled.below >= 1
    return (isUpper ? above : below).trimmed
  }
}
