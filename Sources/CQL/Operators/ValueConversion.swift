import ClinicalValues

/// Conversions between the types of the language, on values; null where a value cannot be converted.
///
/// Source: HL7 CQL 1.5, Appendix B, "Type Operators".
enum ValueConversion {
  static func boolean(_ value: Value) -> Bool? {
    switch value {
    case .boolean(let it): return it
    case .integer, .long, .decimal:
      guard let number = value.asNumber else { return nil }
      return number == 1 ? true : number.isZero ? false : nil
    case .string(let text):
      switch text.lowercased() {
      case "true", "t", "yes", "y", "1": return true
      case "false", "f", "no", "n", "0": return false
      default: return nil
      }
    default: return nil
    }
  }

  static func integer(_ value: Value) -> Int32? {
    switch value {
    case .integer(let it): it
    case .long(let it): Int32(exactly: it)
    case .boolean(let it): it ? 1 : 0
    case .string(let text): isNumber(text, withFraction: false) ? Int32(text) : nil
    default: nil
    }
  }

  static func long(_ value: Value) -> Int64? {
    switch value {
    case .long(let it): it
    case .integer(let it): Int64(it)
    case .boolean(let it): it ? 1 : 0
    case .string(let text): isNumber(text, withFraction: false) ? Int64(text) : nil
    default: nil
    }
  }

  static func decimal(_ value: Value) -> Decimal? {
    switch value {
    case .integer, .long, .decimal: value.asNumber
    case .boolean(let it): it ? 1 : 0
    case .string(let text): isNumber(text, withFraction: true) ? Decimal(text)?.held : nil
    default: nil
    }
  }

  static func quantity(_ value: Value) -> Quantity? {
    switch value {
    case .quantity(let it): it
    case .integer, .long, .decimal: value.asNumber.map { Quantity($0) }
    case .ratio(let it): it.numerator / it.denominator
    case .string(let text): quantity(text[...])
    default: nil
    }
  }

  /// `number`, `number 'unit'` or `number calendar-unit`.
  static func quantity(_ text: Substring) -> Quantity? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
    guard isNumber(String(number), withFraction: true), let value = Decimal(number)?.held else { return nil }
    let rest = text.dropFirst(number.count).drop { $0 == " " }
    if rest.isEmpty { return text.last == " " ? nil : Quantity(value) }
    if rest.count > 2, rest.first == "'", rest.last == "'" {
      let unit = String(rest.dropFirst().dropLast())
      return Quantity.isUnit(unit) ? Quantity(value, unit) : nil
    }
    return Precision(calendarUnit: String(rest)) != nil ? Quantity(value, String(rest)) : nil
  }

  static func ratio(_ value: Value) -> Ratio? {
    switch value {
    case .ratio(let it): return it
    case .string(let text):
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let numerator = quantity(parts[0]), let denominator = quantity(parts[1]) else {
        return nil
      }
      return Ratio(numerator: numerator, denominator: denominator)
    default: return nil
    }
  }

  static func date(_ value: Value) -> CalendarDate? {
    switch value {
    case .date(let it): it
    case .dateTime(let it): it.date
    case .string(let text): CalendarDate(text) ?? DateTime(text)?.date
    default: nil
    }
  }

  static func dateTime(_ value: Value) -> DateTime? {
    switch value {
    case .dateTime(let it): it
    case .date(let it): DateTime(date: it)
    case .string(let text): DateTime(text)
    default: nil
    }
  }

  static func time(_ value: Value) -> TimeOfDay? {
    switch value {
    case .time(let it): it
    case .string(let text): TimeOfDay(droppingOffset: text)
    default: nil
    }
  }

  static func concept(_ value: Value) -> Concept? {
    switch value {
    case .concept(let it): it
    case .code(let it): Concept([it], display: it.display)
    case .list(let elements): Concept(elements.compactMap { Code($0) })
    default: nil
    }
  }

  static func string(_ value: Value) -> String? {
    switch value {
    case .string(let it): it
    case .boolean(let it): it ? "true" : "false"
    case .integer(let it): String(it)
    case .long(let it): String(it)
    case .decimal(let it): it.literal
    case .quantity(let it): it.text
    case .ratio(let it): "\(it.numerator.text):\(it.denominator.text)"
    case .date(let it): it.description
    case .dateTime(let it): it.description
    case .time(let it): it.description
    case .uncertain: UncertainInteger(value)?.certain.map { String($0) }
    default: nil
    }
  }

  /// `(+|-)? digits`, and with a fraction `('.' digits)?`.
  private static func isNumber(_ text: String, withFraction: Bool) -> Bool {
    var rest = text.utf8[...]
    func skipDigits() -> Bool {
      let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      rest = rest.dropFirst(digits.count)
      return !digits.isEmpty
    }
    if let first = rest.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    guard skipDigits() else { return false }
    if withFraction, rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard skipDigits() else { return false }
    }
    return rest.isEmpty
  }
}
