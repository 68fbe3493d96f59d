import ClinicalValues
import Instruments
import Ledger
import StudyDesign
import Trial

/// A casebook as instruments ask it: which form of a visit counts, when it was so, and what an item says.
struct CasebookReading {
  let participant: ParticipantState
  let study: ResponseStudy
  private let measures: ItemMeasures

  init(_ participant: ParticipantState, laboratories: LaboratoryState, study: ResponseStudy) {
    self.participant = participant
    self.study = study
    measures = ItemMeasures(of: participant, laboratories: laboratories, book: study.book)
  }

  /// LD 1, before which the baseline lies.
  var firstDose: Moment? { participant.way.firstLymphodepletion }
  /// The day on which the infusion was begun: Day 0.
  var dayZero: CalendarDate? { participant.product.infusion?.begun.date }

  // MARK: forms

  /// The forms of an id of which something is recorded and that were done, in their order.
  func filled(_ form: String) -> [FormKey] {
    participant.casebook.keys().filter { key in
      guard key.form == form, let record = participant.casebook.forms[key] else { return false }
      return record.isBegun && record.notDone == nil
    }
  }

  /// The form of a visit that counts: the last that was filled.
  func form(_ form: String, at visit: String) -> FormKey? { filled(form).last { $0.visit == visit } }

  /// Whether the schedule asks for a form at a visit.
  func isPlanned(_ form: String, at visit: String) -> Bool {
    let schedule = study.casebook.schedule
    return schedule.visit(visit)?.activities.contains { planned in
      schedule.activity(planned.activity)?.forms.contains(form) == true
    } ?? false
  }

  /// When a form was so, by the item that dates it.
  func time(of key: FormKey) -> DateTime? {
    guard let dated = study.casebook.form(key.form)?.dated else { return nil }
    return time(dated, in: key)
  }

  /// The day of a form; nil where it is not known to the day.
  func day(of key: FormKey) -> CalendarDate? {
    time(of: key).map(\.date).flatMap { $0.precision == .day ? $0 : nil }
  }

  // MARK: items

  /// What an item holds; nil where it has no value.
  func text(_ item: String, in key: FormKey) -> String? { participant.casebook.forms[key]?.entry(item)?.answer.text }

  /// What an item holds, as yes or no.
  func flag(_ item: String, in key: FormKey) -> Bool? { text(item, in: key).flatMap { Bool($0) } }

  /// What an item holds, as a date that may be partial.
  func date(_ item: String, in key: FormKey) -> CalendarDate? { time(item, in: key)?.date }

  private func time(_ item: String, in key: FormKey) -> DateTime? {
    text(item, in: key).flatMap { DateTime($0) ?? CalendarDate($0).flatMap { DateTime(date: $0) } }
  }

  /// The plan of an item.
  func plan(_ path: ItemPath) -> ItemPlan? { study.casebook.form(path.form)?.item(path.item) }

  /// What an item says of itself, as an instrument takes it; or why it says nothing.
  func answer(_ item: ItemPlan, in key: FormKey, _ aspect: ItemAspect = .value) -> Answered {
    let name = "\(key.form).\(item.id)"
    guard let entry = participant.casebook.forms[key]?.entry(item.id) else {
      return .missing([MissingAnswer(name, item.label, "not recorded at \(key.visit)")])
    }
    guard let text = entry.answer.text else {
      return .missing([MissingAnswer(name, item.label, "\(entry.answer) at \(key.visit)")])
    }
    switch item.type {
    case .boolean: return .datum(.bool(text == "true"))
    case .integer, .quantity: break
    default: return .datum(.text(text))
    }
    let value = measures.measure(item, in: key)
    guard let number = value?.number else {
      return .missing([MissingAnswer(name, item.label, value?.problem ?? "‘\(entry.answer)’ is no number")])
    }
    func limit(_ limit: Decimal?, _ words: String, _ datum: (Decimal) -> Datum) -> Answered {
      guard let limit else {
        return .missing([MissingAnswer(name, item.label, value?.problem ?? "no \(words) limit of normal is known")])
      }
      return .datum(datum(limit))
    }
    return switch aspect {
    case .value: .datum(.number(number))
    case .lowerLimit: limit(value?.range?.low, "lower") { .number($0) }
    case .upperLimit: limit(value?.range?.high, "upper") { .number($0) }
    case .notAboveNormal: limit(value?.range?.high, "upper") { .bool(number <= $0) }
    case .notBelowNormal: limit(value?.range?.low, "lower") { .bool(number >= $0) }
    }
  }
}

/// An answer to a key of an instrument, or what is missing for it.
enum Answered {
  case datum(Datum)
  case missing([MissingAnswer])

  /// What an instrument is given.
  var datum: Datum { if case .datum(let datum) = self { datum } else { .null } }
  /// The number, where it is one.
  var number: Decimal? { if case .datum(.number(let number)) = self { number } else { nil } }
  /// What is missing.
  var missing: [MissingAnswer] { if case .missing(let missing) = self { missing } else { [] } }
  /// Whether there is an answer.
  var isRecorded: Bool { missing.isEmpty }
}
