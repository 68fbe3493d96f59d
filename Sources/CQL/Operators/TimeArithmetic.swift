import ClinicalValues

// Dates and times plus and minus time-valued quantities.
//
// Source: HL7 CQL 1.5, Appendix B, "Add", "Subtract" (Date and Time Operators). Above seconds the decimals of the
// quantity are ignored; a definite year or month ('a', 'mo') cannot be added to a calendar; a result outside the years
// 1 to 9999 is an error, as the published tests have it.

extension Operator {
  /// The signatures of `+` (sign 1) or `-` (sign -1).
  static func timeArithmetic(_ sign: Int) -> [Overload] {
    [
      .strict { (date: CalendarDate, amount: Quantity) throws(EvaluationError) -> CalendarDate? in
        let steps = try CalendarSteps(amount, sign: sign, to: "a Date")
        return try steps.required(date.adding(steps.count, steps.unit), from: .date(date))
      },
      .strict { (dateTime: DateTime, amount: Quantity) throws(EvaluationError) -> DateTime? in
        let steps = try CalendarSteps(amount, sign: sign, to: "a DateTime")
        return try steps.required(dateTime.adding(steps.count, steps.unit), from: .dateTime(dateTime))
      },
      .strict { (time: TimeOfDay, amount: Quantity) throws(EvaluationError) -> TimeOfDay? in
        let steps = try CalendarSteps(amount, sign: sign, to: "a Time")
        guard steps.unit >= .hour else {
          throw EvaluationError("Cannot add '\(amount.unit)' to a Time. Use hours, minutes, seconds or milliseconds.")
        }
        return try steps.required(time.adding(steps.count, steps.unit), from: .time(time))
      },
    ]
  }
}

/// A time-valued quantity as a whole number of calendar units.
struct CalendarSteps {
  let count: Int
  let unit: Precision

  /// The steps of a quantity; an error names what it should be added `to`.
  init(_ amount: Quantity, sign: Int = 1, to target: String) throws(EvaluationError) {
    guard let unit = Precision(durationUnit: amount.unit) else {
      let advice =
        amount.unit == "a" || amount.unit == "mo"
        ? "It is a definite duration: use years or months."
        : "Use years, months, weeks, days, hours, minutes, seconds or milliseconds."
      throw EvaluationError("Cannot add '\(amount.unit)' to \(target). \(advice)")
    }
    var value = amount.value
    var steps = unit
    if unit == .second, !value.isWhole {
      guard let milliseconds = value * 1000 else {
        throw EvaluationError("\(amount.value) seconds are more than any calendar has.")
      }
      (value, steps) = (milliseconds, .millisecond)
    }
    guard let whole = Int64(exactly: value.truncated), whole != .min else {
      throw EvaluationError("\(amount.value) '\(amount.unit)' are more than any calendar has.")
    }
    self.count = sign * Int(whole)
    self.unit = steps
  }

  /// A result that must exist.
  func required<T>(_ result: T?, from start: Value) throws(EvaluationError) -> T {
    guard let result else {
      throw EvaluationError("\(start.literal) moved by \(count) \(unit)s lies outside the years 0001 to 9999.")
    }
    return result
  }
}
