// CQL's calendar durations (`year`, `months` ...) as units of quantities.
//
// Source: HL7 CQL 1.5, Author's Guide, "Quantities": up to the week a calendar duration is UCUM's unit of that length;
// a calendar year or month has no fixed length and equals no UCUM unit.

extension Precision {
  /// The calendar duration that a word names, in the singular or the plural; nil if it is none.
  public init?(calendarUnit word: String) {
    guard let unit = Precision.byCalendarWord[word] else { return nil }
    self = unit
  }

  private static let byCalendarWord = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { [($0.word, $0), ($0.word + "s", $0)] })

  /// The word for it, in the singular.
  public var word: String {
    switch self {
    case .year: "year"
    case .month: "month"
    case .week: "week"
    case .day: "day"
    case .hour: "hour"
    case .minute: "minute"
    case .second: "second"
    case .millisecond: "millisecond"
    }
  }

  /// UCUM's unit of exactly this length; nil for the year and the month.
  public var definiteUnit: String? {
    switch self {
    case .year, .month: nil
    default: nearestUnit
    }
  }

  /// UCUM's unit that stands for it: of this length, or its mean (`a`, `mo`).
  public var nearestUnit: String {
    switch self {
    case .year: "a"
    case .month: "mo"
    case .week: "wk"
    case .day: "d"
    case .hour: "h"
    case .minute: "min"
    case .second: "s"
    case .millisecond: "ms"
    }
  }

  /// The calendar duration that a unit means in date arithmetic: a word of CQL, or UCUM's unit of up to a week.
  /// `a` and `mo` are none: to add a mean year to a date is an error in CQL.
  public init?(durationUnit unit: String) {
    if let word = Precision(calendarUnit: unit) {
      self = word
    } else if let match = Precision.allCases.first(where: { $0.definiteUnit == unit }) {
      self = match
    } else {
      return nil
    }
  }
}
