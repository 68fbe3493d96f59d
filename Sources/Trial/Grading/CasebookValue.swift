public import ClinicalValues
public import Ledger
import StudyDesign

/// Where in a casebook a value stands, and which version of its item it is.
public struct ValueSource: Sendable, Hashable, Codable {
  /// The form.
  public let form: FormKey
  /// The item.
  public let item: String
  /// The ledger position of the entry.
  public let version: Position
}

/// What a casebook holds of a concept at one moment: the entry that counts, its number in the unit of the concept, when it
/// was so, and the normal range of that day.
public struct CasebookValue: Sendable, Hashable {
  /// The concept of the data dictionary.
  public let concept: String
  /// Where it stands.
  public let source: ValueSource
  /// What stands there.
  public let measure: ItemMeasure

  /// As it was entered.
  public var answer: Answer { measure.answer }
  /// When it was so; nil where neither item, form nor visit says.
  public var when: DateTime? { measure.when }
  /// Its number in `unit`. Of a value beyond a limit of the method (`<0.1`) the next number that it can be.
  public var number: Decimal? { measure.number }
  /// The limit of the method that it lies beyond, in `unit`; nil where the number is the value.
  public var limit: MeasuredValue? { measure.limit }
  /// The unit of the concept; nil where it has none.
  public var unit: String? { measure.unit }
  /// The range of its day; nil where none is known.
  public var range: ReferenceRange? { measure.range }
  /// Why it has no number, or why no range is known, in a clause; nil where it has both.
  public var problem: String? { measure.problem }
  /// The day; nil where its date is not known to the day.
  public var day: CalendarDate? { when.map(\.date).flatMap { $0.precision == .day ? $0 : nil } }
  /// Its truth value, where it is one.
  public var flag: Bool? { answer.text.flatMap { Bool($0) } }

  /// Whether it was before a treatment, the first dose of lymphodepletion or the infusion; what has no date is not.
  public func isBefore(treatment: Moment) -> Bool { when?.isBefore(treatment: treatment) ?? false }

  /// The study day, counted from an anchor; nil where its date is not known to the day.
  public func day(after anchor: Moment) -> Int? { day.map { $0.daysSinceEpoch - anchor.day } }

  /// In the order of time; what has no date comes last, what has one alike in the order of the ledger.
  static func isEarlier(_ a: CasebookValue, _ b: CasebookValue) -> Bool {
    let (x, y) = (a.when?.earliestMillisecond() ?? .max, b.when?.earliestMillisecond() ?? .max)
    return (x, a.source.version, a.source.form, a.source.item) < (y, b.source.version, b.source.form, b.source.item)
  }
}
