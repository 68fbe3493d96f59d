public import ClinicalValues
import Ledger
public import StudyDesign

/// The number that an item of a form holds, in the unit of its concept, when it was so, and the normal range of that day.
public struct ItemMeasure: Sendable, Hashable {
  /// As it was entered.
  public let answer: Answer
  /// When it was so; nil where neither item, form nor visit says.
  public let when: DateTime?
  /// Its number in `unit`. Of a value beyond a limit of the method (`<0.1`) the next number that it can be.
  public let number: Decimal?
  /// The limit of the method that it lies beyond, in `unit`; nil where the number is the value.
  public let limit: MeasuredValue?
  /// The unit of the concept; nil where it has none.
  public let unit: String?
  /// The range of its day; nil where none is known.
  public let range: ReferenceRange?
  /// Why it has no number, or why no range is known, in a clause; nil where it has both, and for what is no quantity.
  public let problem: String?
}

/// The normal range that a value is graded by, in the unit of its concept.
public struct ReferenceRange: Sendable, Hashable, Codable {
  /// The lower limit of normal.
  public let low: Decimal?
  /// The upper limit of normal.
  public let high: Decimal?
  /// The laboratory whose range of that day it is; nil: printed beside the value.
  public let laboratory: String?
}

/// The normal range that holds for a test on a day.
public struct RangeInForce: Sendable, Hashable {
  /// The range, in the unit.
  public let range: ReferenceRange
  /// The unit of the concept.
  public let unit: String
  /// The day.
  public let day: CalendarDate
}

/// Reads the items of a casebook as numbers: the one place that knows units, limits of a method, and ranges of the day.
public struct ItemMeasures: Sendable {
  private let participant: ParticipantState
  private let book: FormBook
  private let ranges: RangeLookup

  /// The items of a participant's casebook, with the normal ranges that laboratories had on their days.
  public init(of participant: ParticipantState, laboratories: LaboratoryState, book: FormBook) {
    self.participant = participant
    self.book = book
    ranges = RangeLookup(of: participant, laboratories: laboratories, book: book)
  }

  /// What an item of a form holds; nil where it has no value.
  public func measure(_ item: ItemPlan, in key: FormKey) -> ItemMeasure? {
    guard let record = participant.casebook.forms[key], let entry = record.entry(item.id), entry.answer.text != nil
    else { return nil }
    let when = moment(of: item, in: record, key)
    let unit = item.concept.flatMap { book.units[$0] }
    let measured = MeasuredNumber(entry, of: item, unit)
    var found: (range: ReferenceRange?, problem: String?) = (nil, measured.problem)
    if measured.number != nil, item.type == .quantity, let concept = item.concept {
      found = ranges.range(of: entry, in: record, concept: concept, unit: unit, on: when?.date)
    }
    return ItemMeasure(
      answer: entry.answer, when: when, number: measured.number, limit: measured.limit, unit: unit?.unit,
      range: found.range, problem: found.problem)
  }

  /// The normal range that a value of an item would be compared with, as long as it has none: of the day that the form or its visit says,
  /// else of a given day; in the unit of its concept. Nil where none is known.
  public func rangeInForce(
    of item: ItemPlan, in key: FormKey, otherwise day: CalendarDate
  ) -> RangeInForce? {
    guard item.type == .quantity, let concept = item.concept, let unit = book.units[concept] else { return nil }
    let record = participant.casebook.forms[key] ?? FormRecord()
    let day = moment(of: item, in: record, key)?.date ?? day
    let found = ranges.range(of: Entry(item.id, .cleared), in: record, concept: concept, unit: unit, on: day)
    return found.range.map { RangeInForce(range: $0, unit: unit.unit, day: day) }
  }

  /// When it was so: by the item that says so, else by the form's, else by the day of the visit.
  private func moment(of item: ItemPlan, in record: FormRecord, _ key: FormKey) -> DateTime? {
    for id in [item.dated, book.forms[key.form]?.dated].compactMap(\.self) {
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
  let limit: MeasuredValue?
  let problem: String?

  init(_ entry: Entry, of item: ItemPlan, _ unit: ConceptUnit?) {
    guard case .value(let text, let entered) = entry.answer, item.type == .quantity || item.type == .integer else {
      self.init(problem: nil)
      return
    }
    guard let measured = MeasuredValue(text) else {
      self.init(problem: "‘\(text)’ is no number")
      return
    }
    guard let unit, item.type == .quantity else {
      self.init(measured)
      return
    }
    guard let converted = unit.number(measured.number, in: entered ?? unit.unit)?.neighbors?.below.trimmed else {
      self.init(problem: "the dictionary does not convert \(entered ?? "no unit") to \(unit.unit)")
      return
    }
    self.init(MeasuredValue(converted, beyond: measured.comparator))
  }

  private init(problem: String?) {
    (number, limit) = (nil, nil)
    self.problem = problem
  }

  private init(_ measured: MeasuredValue) {
    number = measured.nearest
    limit = measured.comparator == nil ? nil : measured
    problem = nil
  }
}

extension MeasuredValue {
  /// The number that it is compared as: below or above a limit of the method, the next one that it can be.
  fileprivate var nearest: Decimal {
    switch comparator {
    case "<": number.predecessor ?? number
    case ">": number.successor ?? number
    default: number
    }
  }
}
