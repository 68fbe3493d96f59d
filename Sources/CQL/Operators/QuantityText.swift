import ClinicalValues

// Quantities in the language: what is a unit, how one is written, and what equal ones have in common.

extension Quantity {
  /// Whether a text is a unit: of UCUM, or of the calendar.
  static func isUnit(_ text: String) -> Bool { Precision(calendarUnit: text) != nil || UCUM.isValid(text) }

  /// As CQL writes it: `5.5 'cm'`, `4 days`.
  var text: String { calendarUnit == nil ? "\(value) \(unit.quoted)" : "\(value) \(unit)" }

  /// Feeds to a hasher what equal quantities share: the amount in months of the calendar, or in base units.
  func hashAmount(into hasher: inout Hasher) {
    if calendarUnit == .year || calendarUnit == .month {
      hasher.combine((try? converted(to: "month"))?.value)
    } else if let base = try? UCUM.unit(ucumUnit).canonicalForm,
      let amount = try? UCUM.convert(value, from: ucumUnit, to: base)
    {
      hasher.combine(amount)
    }
  }

  /// The same quantity in the unit of another; nil where it has none, or cannot be held.
  func converted(like other: Quantity) -> Quantity? { try? converted(to: other.unit) }
}
