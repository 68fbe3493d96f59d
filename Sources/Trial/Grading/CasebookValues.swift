public import ClinicalValues
import Ledger
import StudyDesign

/// Everything that a casebook holds of each concept, in the order of time: what fills instruments and derived data.
///
/// Corrected history counts with its last entry; forms that were not done and answers that were cleared hold nothing.
public struct CasebookValues: Sendable {
  private var byConcept: [String: [CasebookValue]] = [:]
  private var byForm: [FormKey: [String: CasebookValue]] = [:]

  /// The values of a participant's casebook, with the normal ranges that laboratories had on their days.
  public init(of participant: ParticipantState, laboratories: LaboratoryState, book: FormBook) {
    let ranges = RangeLookup(of: participant, laboratories: laboratories, book: book)
    for key in participant.casebook.keys() {
      guard let plan = book.forms[key.form], let record = participant.casebook.forms[key], record.notDone == nil else {
        continue
      }
      let reader = FormValues(
        key: key, plan: plan, record: record, participant: participant, book: book, ranges: ranges)
      for value in reader.values {
        byConcept[value.concept, default: []].append(value)
        byForm[key, default: [:]][value.concept] = value
      }
    }
    for concept in byConcept.keys { byConcept[concept]?.sort(by: CasebookValue.isEarlier) }
  }

  /// The series of a concept, oldest first; values without a date stand at its end.
  public subscript(concept: String) -> [CasebookValue] { byConcept[concept] ?? [] }

  /// What a form holds of a concept.
  public func value(_ concept: String, in form: FormKey) -> CasebookValue? { byForm[form]?[concept] }

  /// What was recorded of a concept on a day.
  public func values(_ concept: String, on day: CalendarDate) -> [CasebookValue] {
    self[concept].filter { $0.day == day }
  }

  /// The last value of a concept, with a number, that was certainly before a moment.
  public func last(_ concept: String, before moment: Moment) -> CasebookValue? {
    self[concept].last { $0.number != nil && $0.isBefore(moment) }
  }
}

/// The values of one form.
private struct FormValues {
  let key: FormKey
  let plan: FormPlan
  let record: FormRecord
  let participant: ParticipantState
  let book: FormBook
  let ranges: RangeLookup

  var values: [CasebookValue] {
    plan.items.compactMap { item in
      guard let concept = item.concept, item.gives == .value || item.gives == .component,
        let entry = record.entry(item.id), entry.answer.text != nil
      else { return nil }
      return value(entry, of: item, concept)
    }
  }

  private func value(_ entry: Entry, of item: ItemPlan, _ concept: String) -> CasebookValue {
    let when = moment(of: item)
    let unit = book.units[concept]
    let measured = MeasuredNumber(entry, of: item, unit)
    var found: (range: ReferenceRange?, problem: String?) = (nil, measured.problem)
    if measured.number != nil, item.type == .quantity {
      found = ranges.range(of: entry, in: record, concept: concept, unit: unit, on: when?.date)
    }
    return CasebookValue(
      concept: concept,
      source: ValueSource(form: key, item: item.id, version: record.items[item.id]?.version ?? 0),
      answer: entry.answer, when: when, number: measured.number, unit: unit?.unit, range: found.range,
      problem: found.problem)
  }

  /// When it was so: by the item that says so, else by the form's, else by the day of the visit.
  private func moment(of item: ItemPlan) -> DateTime? {
    for id in [item.dated, plan.dated].compactMap(\.self) {
      if let text = record.entry(id)?.answer.text,
        let time = DateTime(text) ?? CalendarDate(text).flatMap({ DateTime(date: $0) })
      {
        return time
      }
    }
    return participant.casebook.date(ofVisit: key, book: book)
  }
}

/// The number of an entry in the unit of its concept, or why there is none.
private struct MeasuredNumber {
  let number: Decimal?
  let problem: String?

  init(_ entry: Entry, of item: ItemPlan, _ unit: ConceptUnit?) {
    guard case .value(let text, let entered) = entry.answer, item.type == .quantity || item.type == .integer else {
      (number, problem) = (nil, nil)
      return
    }
    guard let measured = MeasuredValue(text) else {
      (number, problem) = (nil, "‘\(text)’ is no number")
      return
    }
    guard let unit, item.type == .quantity else {
      (number, problem) = (measured.nearest(measured.number), nil)
      return
    }
    guard let converted = unit.number(measured.number, in: entered ?? unit.unit)?.neighbors?.below.trimmed else {
      (number, problem) = (nil, "the dictionary does not convert \(entered ?? "no unit") to \(unit.unit)")
      return
    }
    (number, problem) = (measured.nearest(converted), nil)
  }
}

extension MeasuredValue {
  /// The number that it is compared as: below or above a limit of the method, the next one that it can be.
  fileprivate func nearest(_ number: Decimal) -> Decimal {
    switch comparator {
    case "<": number.predecessor ?? number
    case ">": number.successor ?? number
    default: number
    }
  }
}

extension CasebookState {
  /// The day of a form's visit; nil where the visit says none, and for logs.
  func date(ofVisit key: FormKey, book: FormBook) -> DateTime? {
    guard let item = book.grading.items.visitDate,
      let visit = try? FormKey(visit: key.visit, number: key.number, form: item.form),
      let text = forms[visit]?.entry(item.item)?.answer.text
    else { return nil }
    return DateTime(text) ?? CalendarDate(text).flatMap { DateTime(date: $0) }
  }
}
