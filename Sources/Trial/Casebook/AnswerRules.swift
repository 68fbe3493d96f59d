public import ClinicalValues
import Instruments
public import StudyDesign

// What can be an answer to an item: its type, units, codes and possible values. What hangs on other data is CQL's.

extension ItemPlan {
  /// Why an entry is no answer to this item, as a clause (“must be true or false, not ‘x’”); nil if nothing stands against it.
  public func objection(to entry: Entry) -> String? {
    guard case .value(let text, let unit) = entry.answer else {
      guard entry.low == nil, entry.high == nil else { return "gives a normal range without a value" }
      return nil
    }
    if calculated != nil { return "is calculated, and not entered" }
    guard text.utf8.count <= 4000, text.contains(where: { !$0.isWhitespace }) else {
      return "is empty or longer than 4,000 characters"
    }
    if type != .quantity {
      if unit != nil { return "takes no unit, and has \(unit ?? "")" }
      if type != .integer, entry.low != nil || entry.high != nil { return "takes no normal range" }
    }
    if let low = entry.low, let high = entry.high, low > high {
      return "has a normal range whose low is above its high"
    }
    return objection(to: text, unit)
  }

  private func objection(to text: String, _ unit: String?) -> String? {
    switch type {
    case .boolean: return text == "true" || text == "false" ? nil : "must be true or false, not ‘\(text)’"
    case .integer:
      guard let number = Int32(text), String(number) == text else {
        return "must be a whole number such as 72, not ‘\(text)’"
      }
      return impossible(Decimal(number), nil, text)
    case .quantity: return objection(toQuantity: text, unit)
    case .text, .medicine: return nil
    case .adverseEventTerm: return objection(toTerm: text)
    case .code:
      guard codes.isEmpty || codes.contains(where: { $0.code == text }) else {
        return "must be one of \(codes.map(\.code).joined(separator: ", ")), not ‘\(text)’"
      }
      return nil
    case .date:
      return CalendarDate(text)?.precision == .day ? nil : "must be a whole date such as 2026-03-13, not ‘\(text)’"
    case .partialDate:
      return CalendarDate(text) != nil ? nil : "must be a date such as 2026-03-13, 2026-03 or 2026, not ‘\(text)’"
    case .dateTime:
      guard let time = DateTime(text), time.precision >= .minute, time.offsetMinutes != nil else {
        return "must be a date and time with its offset such as 2026-03-13T09:30+01:00, not ‘\(text)’"
      }
      return nil
    }
  }

  /// What fits no term is “Other, specify” of its class: a term that is none has no grades, and no value is held against it.
  private func objection(toTerm text: String) -> String? {
    guard CTCAE.term(named: text) == nil else { return nil }
    let near = CTCAE.terms(matching: text, limit: 3).map(\.name)
    return near.isEmpty
      ? "must be a term of CTCAE v5.0, not ‘\(text)’"
      : "must be a term of CTCAE v5.0 such as \(near.joined(separator: " or ")), not ‘\(text)’"
  }

  private func objection(toQuantity text: String, _ unit: String?) -> String? {
    guard let measured = MeasuredValue(text) else {
      // A comma for the point is what people write; nobody guesses what ‘1,234’ is.
      let pointed = text.replacing(",", with: ".")
      return MeasuredValue(pointed) != nil
        ? "must be a number such as \(pointed), not ‘\(text)’"
        : "must be a number such as 12.5, with < or > before it where the laboratory gave that, not ‘\(text)’"
    }
    guard let unit else {
      return units.isEmpty || units == ["1"]
        ? impossible(measured.number, nil, text) : "needs a unit, one of \(listedUnits)"
    }
    guard units.isEmpty ? UCUM.isValid(unit) : units.contains(unit) else {
      return "must have one of the units \(listedUnits), not ‘\(unit)’"
    }
    return impossible(measured.number, unit, text)
  }

  private var listedUnits: String { units.isEmpty ? "UCUM's" : units.joined(separator: ", ") }

  /// Why a number is not possible; nil where it is, and where its unit does not convert by UCUM alone.
  private func impossible(_ number: Decimal, _ unit: String?, _ text: String) -> String? {
    guard let possible else { return nil }
    var inFirst = number
    if let unit, let first = units.first, unit != first {
      guard let converted = try? UCUM.convert(number, from: unit, to: first) else { return nil }
      inFirst = converted
    }
    guard !possible.contains(inFirst) else { return nil }
    let first = units.first.map { " \($0)" } ?? ""
    return
      "must be from \(possible.lowerBound) to \(possible.upperBound)\(first), not \(text)\(unit.map { " \($0)" } ?? "")"
  }
}

/// A number as a laboratory gives it: exact, or below or above a limit of its method (`<0.1`).
public struct MeasuredValue: Sendable, Hashable {
  /// `<`, `<=`, `>`, `>=`; nil where the number is the value.
  public let comparator: String?
  /// The number.
  public let number: Decimal

  /// A number with or without a comparator; nil if the text is none.
  public init?(_ text: String) {
    let comparator = ["<=", ">=", "<", ">"].first { text.hasPrefix($0) }
    let digits = text.dropFirst(comparator?.count ?? 0)
    guard let number = Decimal(digits) else { return nil }
    self.init(number, beyond: comparator)
  }

  /// A number, or what lies beyond it where there is a comparator.
  init(_ number: Decimal, beyond comparator: String?) {
    self.comparator = comparator
    self.number = number
  }
}

extension MeasuredValue: CustomStringConvertible {
  /// As it is written: `<0.1`.
  public var description: String { "\(comparator ?? "")\(number)" }
}
