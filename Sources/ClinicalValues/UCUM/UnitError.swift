/// Why a unit, or a calculation with units, cannot be used.
public enum UnitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text is no unit expression; `position` counts characters from 1.
  case syntax(unit: String, position: Int, problem: String)
  /// A symbol that UCUM does not have, at `position` of the unit; see `suggestion`.
  case unknown(unit: String, symbol: String, position: Int)
  /// Units that measure different things; the kinds have their articles ("a mass concentration").
  case incommensurable(from: String, fromKind: String, to: String, toKind: String)
  /// A unit on a scale of its own (Cel, pH, B) inside a product or power, where it has no meaning.
  case specialInTerm(unit: String)
  /// A number that has no value on the scale of a unit (the pH of a concentration of 0).
  case offScale(number: String, from: String, to: String)
  /// A result that a Decimal cannot hold.
  case outOfRange(number: String, from: String, to: String)
  /// A text that is no number.
  case notANumber(String)

  /// A stable name of the kind of error.
  public var id: String {
    switch self {
    case .syntax: "unit-syntax"
    case .unknown: "unit-unknown"
    case .incommensurable: "units-incommensurable"
    case .specialInTerm: "unit-special-in-term"
    case .offScale: "number-off-scale"
    case .outOfRange: "number-out-of-range"
    case .notANumber: "not-a-number"
    }
  }

  /// A sentence or two: what was found, what was expected, what to do.
  public var description: String { message(about: nil) }

  /// As `description`, naming the substance or concept that the quantity is of ("no molar mass is known for creatinine").
  public func message(about concept: String?) -> String {
    switch self {
    case .syntax(let unit, let position, let problem):
      "'\(UnitError.shortened(unit))' is no UCUM unit: \(problem) (at character \(position))."
    case .unknown(let unit, let symbol, let position):
      UnitError.unknown(unit, symbol, position, suggestion)
    case .incommensurable(let from, let fromKind, let to, let toKind):
      UnitError.different(from, fromKind, to, toKind, concept)
    case .specialInTerm(let unit):
      "'\(unit)' has a unit on a scale of its own (such as Cel, [degF], [pH] or B) in a product or power, "
        + "where it has no meaning. Use the unit alone, or K for a difference of temperatures."
    case .offScale(let number, let from, let to):
      "\(number) \(from) has no value in \(to)."
    case .outOfRange(let number, let from, let to):
      "\(number) \(from) in \(to) is beyond what a decimal can hold (28 digits before the point, 8 after it). "
        + "Choose a unit of a more fitting size."
    case .notANumber(let text):
      "'\(UnitError.shortened(text))' is no number. Write digits with a point, such as 6.3 or 1e-7."
    }
  }

  /// A whole unit to write in place of one with an unknown symbol, where one is near. Found by a search, when asked.
  public var suggestion: String? {
    guard case .unknown(let unit, let symbol, let position) = self else { return nil }
    let bytes = Array(unit.utf8)
    let end = position - 1 + symbol.utf8.count
    guard position >= 1, end <= bytes.count else { return nil }
    return UnitSuggestion.forSymbol(symbol, in: .shared).map {
      String(decoding: bytes[..<(position - 1)], as: UTF8.self) + $0 + String(decoding: bytes[end...], as: UTF8.self)
    }
  }

  private static func unknown(_ unit: String, _ symbol: String, _ position: Int, _ suggestion: String?) -> String {
    let place = unit == symbol ? "" : " in '\(shortened(unit))' (at character \(position))"
    return "'\(shortened(symbol))'\(place) is no UCUM unit"
      + (suggestion.map { "; did you mean \($0)?" } ?? ". Use a code of https://unitsofmeasure.org.")
  }

  private static func different(
    _ from: String, _ fromKind: String, _ to: String, _ toKind: String, _ concept: String?
  ) -> String {
    let pair = Set([fromKind, toKind])
    let massAndSubstance: [Set<String>] = [
      ["a mass concentration", "a substance concentration"], ["a mass", "an amount of substance"],
      ["a mass per time", "a catalytic activity"],
    ]
    let isSameArticle = fromKind.prefix { $0 != " " } == toKind.prefix { $0 != " " }
    let verb = isSameArticle || toKind.hasPrefix("a") ? "" : "is "
    let start = "\(from) is \(fromKind), \(to) \(verb)\(toKind): "
    if massAndSubstance.contains(pair) {
      return start + "no molar mass is known for \(concept ?? "the substance"), and a unit alone does not tell it."
    }
    return start + "one cannot be converted to the other."
  }

  /// At most 60 characters of a text, for messages.
  private static func shortened(_ text: String) -> String { text.count > 60 ? text.prefix(60) + "..." : text }
}
