public import ClinicalValues

/// An answer to an item of a form, as a value; what is not answered has none.
public enum FormAnswer: Sendable, Hashable {
  case boolean(Bool)
  case integer(Int32)
  /// A number and its unit, in UCUM.
  case quantity(Decimal, unit: String)
  /// A text, a code, a CTCAE term or a medicine.
  case text(String)
  /// A date, whole or partial.
  case date(CalendarDate)
  /// A date with the time of day and its offset.
  case dateTime(DateTime)

  /// The answer that a text writes for an item of a type; nil if it is none.
  ///
  /// `true`, `false`; digits; a decimal number with its unit beside it; `2026-03-07`, where partial also `2026-03` and `2026`;
  /// `2026-03-07T10:30+01:00`.
  public init?(_ text: String, unit: String? = nil, as type: ItemType) {
    guard !text.isEmpty, unit == nil || type == .quantity else { return nil }
    switch type {
    case .boolean:
      guard ["true", "false"].contains(text) else { return nil }
      self = .boolean(text == "true")
    case .integer:
      guard let number = Int32(text) else { return nil }
      self = .integer(number)
    case .quantity:
      guard let number = Decimal(exactly: text), let unit, !unit.isEmpty else { return nil }
      self = .quantity(number, unit: unit)
    case .text, .code, .adverseEventTerm, .medicine: self = .text(text)
    case .date, .partialDate:
      guard let date = CalendarDate(text), type == .partialDate || date.precision == .day else { return nil }
      self = .date(date)
    case .dateTime:
      guard let time = DateTime(text), time.time?.minute != nil, time.offsetMinutes != nil else { return nil }
      self = .dateTime(time)
    }
  }

  /// The text that it is kept and read again as; the unit of a quantity stands beside it.
  public var text: String {
    switch self {
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): "\(value)"
    case .quantity(let value, _): "\(value)"
    case .text(let value): value
    case .date(let value): "\(value)"
    case .dateTime(let value): "\(value)"
    }
  }

  /// The unit of a quantity, in UCUM.
  public var unit: String? {
    if case .quantity(_, let unit) = self { unit } else { nil }
  }
}

extension ItemPlan {
  /// A number in the first of the item's units, every digit of it; nil where no conversion leads there.
  ///
  /// The dictionary's conversions of the item's concept outrank UCUM's own, which know no molar mass.
  public func inFirstUnit(_ value: Decimal, _ unit: String, by dictionary: DataDictionary) -> ExactNumber? {
    guard let first = units.first else { return nil }
    let number = ExactNumber(value)
    if unit == first { return number }
    if let concept = concept.flatMap({ dictionary[$0] }), let common = concept.unit,
      let steps = concept.steps(from: unit, to: common), let back = concept.steps(from: first, to: common)
    {
      return steps.apply(to: number).flatMap { back.undo($0) }
    }
    return (try? UCUM.convert(value, from: unit, to: first)).map { ExactNumber($0) }
  }

  /// Whether an answer lies in a range given in the first of the item's units (`possible`, `usual`); nil where it is no number, or
  /// no conversion leads to that unit.
  public func lies(_ answer: FormAnswer, in range: ClosedRange<Decimal>, by dictionary: DataDictionary) -> Bool? {
    switch answer {
    case .integer(let number): range.contains(Decimal(number))
    case .quantity(let value, let unit):
      inFirstUnit(value, unit, by: dictionary).flatMap(\.neighbors).map {
        $0.below >= range.lowerBound && $0.above <= range.upperBound
      }
    default: nil
    }
  }
}

extension DataConcept {
  /// The conversion from a unit to the concept's own; the identity where it is that.
  fileprivate func steps(from unit: String, to common: String) -> UnitConversion? {
    unit == common
      ? UnitConversion(unit: unit, steps: [], location: location) : conversions.first { $0.unit == unit }
  }
}

extension UnitConversion {
  /// The number in the unit converted from, of one in the concept's unit; nil where a step multiplied by 0.
  public func undo(_ number: ExactNumber) -> ExactNumber? {
    var result = number
    for step in steps.reversed() {
      switch step {
      case .add(let operand): result = result - operand
      case .subtract(let operand): result = result + operand
      case .divide(let operand): result = result * operand
      case .multiply(let operand):
        guard let quotient = result / operand else { return nil }
        result = quotient
      }
    }
    return result
  }
}
