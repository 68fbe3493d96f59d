public import ClinicalValues

/// A span of time whose ends may be unknown or partial.
public struct Period: Hashable, Sendable {
  /// The start as written.
  public let start: DateTime?
  /// The end as written; absent where it has not ended, or is not known.
  public let end: DateTime?
}

/// From one quantity to another.
public struct QuantityRange: Sendable {
  /// The lower end.
  public let low: Quantity?
  /// The upper end.
  public let high: Quantity?
}

extension Element {
  /// Text of a `string`, `code`, `uri` ...
  public var text: String? {
    if case .text(let text) = value { text } else { nil }
  }
  /// Truth value of a `boolean`.
  public var boolean: Bool? {
    if case .boolean(let boolean) = value { boolean } else { nil }
  }
  /// Number of an `integer`, `positiveInt`, `unsignedInt`.
  public var integer: Int32? {
    if case .integer(let integer) = value { integer } else { nil }
  }
  /// Number of a `decimal`, exact.
  public var decimal: Decimal? {
    if case .decimal(let decimal) = value { decimal } else { nil }
  }
  /// Day of a `date`.
  public var date: CalendarDate? {
    if case .date(let date) = value { date } else { nil }
  }
  /// Moment of a `dateTime` or `instant`; of a `date`, the date-time that is known to the day.
  public var dateTime: DateTime? {
    switch value {
    case .dateTime(let moment): moment
    case .date(let date): DateTime(date: date)
    default: nil
    }
  }
  /// Time of a `time`.
  public var time: TimeOfDay? {
    if case .time(let time) = value { time } else { nil }
  }
}

extension Element {
  /// The code system of UCUM.
  public static let ucum = "http://unitsofmeasure.org"

  /// A `Quantity` in its UCUM unit; without any unit it is a plain number, of the unit `1`.
  ///
  /// nil without a value, where the unit is not given in UCUM (its name alone may mean anything), and where there is a
  /// comparator: `< 5` is not 5.
  public var quantity: Quantity? {
    guard isKind(of: "Quantity"), first("comparator") == nil, let number = first("value")?.decimal else { return nil }
    let hasNoUnit = first("unit") == nil && first("code") == nil && first("system") == nil
    return (ucumUnit ?? (hasNoUnit ? "1" : nil)).map { Quantity(number, $0) }
  }

  /// The UCUM code of the unit of a `Quantity`; nil where `system` is not UCUM's or there is no `code`.
  public var ucumUnit: String? {
    guard first("system")?.text == Element.ucum else { return nil }
    return first("code")?.text
  }

  /// The unit of a `Quantity` for people to read: the UCUM code, else the unit as printed, else the code; `1` where it has
  /// none.
  public var unit: String { ucumUnit ?? first("unit")?.text ?? first("code")?.text ?? "1" }

  /// A `Coding`; nil without a code.
  public var coding: Code? {
    guard isKind(of: "Coding"), let code = first("code")?.text else { return nil }
    return Code(
      code, system: first("system")?.text, version: first("version")?.text, display: first("display")?.text)
  }

  /// A `CodeableConcept`: its codings that have a code, and its text.
  public var concept: Concept? {
    guard isKind(of: "CodeableConcept") else { return nil }
    return Concept(all("coding").compactMap(\.coding), display: first("text")?.text)
  }

  /// The codes by which an element is found: of a concept all, of a `Coding` or a bare `code` one.
  public var codes: [Code] {
    if let concept { return concept.codes }
    if let coding { return [coding] }
    return text.map { [Code($0)] } ?? []
  }

  /// A `Period`.
  public var period: Period? {
    guard isKind(of: "Period") else { return nil }
    return Period(start: first("start")?.dateTime, end: first("end")?.dateTime)
  }

  /// A `Range`.
  public var range: QuantityRange? {
    guard isKind(of: "Range") else { return nil }
    return QuantityRange(low: first("low")?.quantity, high: first("high")?.quantity)
  }

  /// A `Ratio`; nil where either part is missing.
  public var ratio: Ratio? {
    guard isKind(of: "Ratio"), let numerator = first("numerator")?.quantity,
      let denominator = first("denominator")?.quantity
    else { return nil }
    return Ratio(numerator: numerator, denominator: denominator)
  }

  /// Whether its class is the one named, or specializes it.
  public func isKind(of className: String) -> Bool {
    guard let ancestor = Schema.r4[className] else { return false }
    return Schema.r4.isClass(type, kindOf: ancestor.id)
  }
}
