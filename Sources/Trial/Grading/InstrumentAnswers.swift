import ClinicalValues
import Instruments
import StudyDesign

/// Answers of an instrument from a casebook.
struct InstrumentAnswers {
  let filling: InstrumentFilling
  let values: CasebookValues

  /// Which of several values of a day is taken.
  enum Pick { case nearest, highest, lowest }

  /// The answers of an assessment: what its own form says, else what another form of the same day does, by `pick`.
  func answers(
    of form: FormKey, at when: DateTime?, pick: (String) -> Pick = { _ in .nearest }
  ) -> [String: Datum] {
    var answers: [String: Datum] = [:]
    for key in filling.keys {
      let own = values.value(key.concept, in: form)
      guard let value = own ?? chosen(key, at: when, pick(key.key)), let datum = datum(value, for: key) else {
        continue
      }
      answers[key.key] = datum
    }
    return answers
  }

  /// The value of a key on the day of a moment.
  func chosen(_ key: InstrumentKey, at when: DateTime?, _ pick: Pick) -> CasebookValue? {
    guard let when, when.date.precision == .day else { return nil }
    let candidates = values.values(key.concept, on: when.date)
    switch pick {
    case .nearest:
      let moment = when.earliestMillisecond()
      return candidates.min { a, b in a.distance(to: moment) < b.distance(to: moment) }
    case .highest: return candidates.filter { $0.number != nil }.max { ($0.number ?? .zero) < ($1.number ?? .zero) }
    case .lowest: return candidates.filter { $0.number != nil }.min { ($0.number ?? .zero) < ($1.number ?? .zero) }
    }
  }

  /// A value as the instrument reads it: truth, word or number in the unit of the key.
  func datum(_ value: CasebookValue, for key: InstrumentKey) -> Datum? {
    if let flag = value.flag { return .bool(flag) }
    if value.number != nil { return number(value, in: key.unit).map { .number($0) } }
    return value.answer.unit == nil ? value.answer.text.map { .text(key.words[$0] ?? $0) } : nil
  }

  /// A number in another unit; nil where UCUM does not convert it.
  private func number(_ value: CasebookValue, in unit: String?) -> Decimal? { value.number(in: unit) }
}

extension CasebookValue {
  /// Its number in a unit; nil where UCUM does not convert it. Without a unit: as it is.
  func number(in other: String?) -> Decimal? {
    guard let number, let other, let unit, unit != other else { return number }
    return (try? UCUM.convert(number, from: unit, to: other))?.trimmed
  }

  fileprivate func distance(to moment: Int) -> Int { abs((when?.earliestMillisecond() ?? .max / 2) - moment) }
}

extension Result {
  /// A number of a result; nil where it is none.
  func number(_ name: String) -> Decimal? { if case .number(let number)? = self[name] { number } else { nil } }
  /// A whole number of a result.
  func whole(_ name: String) -> Int? { number(name).flatMap { Int64(exactly: $0) }.map { Int($0) } }
  /// A truth value of a result.
  func flag(_ name: String) -> Bool? { if case .bool(let flag)? = self[name] { flag } else { nil } }
}
