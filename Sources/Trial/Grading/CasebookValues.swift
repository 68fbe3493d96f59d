public import ClinicalValues
import Ledger
public import StudyDesign

/// Everything that a casebook holds of each concept, in the order of time: what fills instruments and derived data.
///
/// Corrected history counts with its last entry; forms that were not done and answers that were cleared hold nothing.
public struct CasebookValues: Sendable {
  private var byConcept: [String: [CasebookValue]] = [:]
  private var byForm: [FormKey: [String: CasebookValue]] = [:]

  /// The values of a participant's casebook, with the normal ranges that laboratories had on their days.
  public init(of participant: ParticipantState, laboratories: LaboratoryState, book: FormBook) {
    self.init(of: participant, laboratories: laboratories, book: book, only: nil)
  }

  /// The same of some concepts alone; nil for all.
  init(of participant: ParticipantState, laboratories: LaboratoryState, book: FormBook, only concepts: Set<String>?) {
    let measures = ItemMeasures(of: participant, laboratories: laboratories, book: book)
    for key in participant.casebook.keys() {
      guard let plan = book.forms[key.form], let record = participant.casebook.forms[key], record.notDone == nil else {
        continue
      }
      for item in plan.items where item.gives == .value || item.gives == .component {
        guard let concept = item.concept, concepts?.contains(concept) ?? true,
          let measure = measures.measure(item, in: key)
        else { continue }
        let source = ValueSource(form: key, item: item.id, version: record.items[item.id]?.version ?? 0)
        let value = CasebookValue(concept: concept, source: source, measure: measure)
        byConcept[concept, default: []].append(value)
        byForm[key, default: [:]][concept] = value
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

  /// The last value of a concept, with a number, before a treatment.
  public func last(_ concept: String, beforeTreatment moment: Moment) -> CasebookValue? {
    self[concept].last { $0.number != nil && $0.isBefore(treatment: moment) }
  }
}

extension CasebookState {
  /// The day of a form's visit; nil where the visit says none, and for logs.
  func date(ofVisit key: FormKey, book: FormBook) -> DateTime? {
    answer(datingVisitOf: key, by: book.grading.items.visitDate)
      .flatMap { text in DateTime(text) ?? CalendarDate(text).flatMap { DateTime(date: $0) } }
  }

  /// What the form of a form's visit says of when it was held, as it was entered, by the item that says it.
  public func answer(datingVisitOf key: FormKey, by item: ItemReference?) -> String? {
    guard let item, let visit = try? FormKey(visit: key.visit, number: key.number, form: item.form) else { return nil }
    return forms[visit]?.entry(item.item)?.answer.text
  }
}
