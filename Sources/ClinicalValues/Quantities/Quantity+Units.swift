// Quantities compared and converted across units, as CQL asks: no result (nil) where units have none.
//
// Source: HL7 CQL 1.5, Appendix B, "Equal", "Equivalent", "Less" (quantities); Author's Guide, "Quantities".

extension Quantity {
  /// The calendar duration that the unit is a word for, if it is one.
  public var calendarUnit: Precision? { Precision(calendarUnit: unit) }

  /// How this quantity stands to another; nil where that has no answer: units of different kinds, unknown units, or a
  /// calendar year or month against a time of fixed length.
  public func compare(_ other: Quantity) -> Ordering? {
    if unit == other.unit { return Ordering(value, other.value) }
    let calendar = (calendarUnit, other.calendarUnit)
    if calendar == (nil, nil) { return try? UCUM.compare(value, unit, with: other.value, other.unit) }
    let months = (inMonths, other.inMonths)
    if let a = months.0, let b = months.1 { return Wide.compareProducts(value.units, a, other.value.units, b) }
    guard months == (nil, nil) else { return nil }
    return try? UCUM.compare(value, ucumUnit, with: other.value, other.ucumUnit)
  }

  /// Months of one unit, for a calendar year or month.
  var inMonths: Int128? {
    switch calendarUnit {
    case .year: 12
    case .month: 1
    default: nil
    }
  }

  /// The unit as UCUM code; a calendar duration of variable length becomes its mean.
  public var ucumUnit: String { calendarUnit?.nearestUnit ?? unit }

  /// The unit as UCUM code; nil for a calendar duration of variable length.
  var definiteUnit: String? { inMonths == nil ? ucumUnit : nil }

  /// Whether two quantities are equal; nil where `compare` is.
  public func isEqual(to other: Quantity) -> Bool? { compare(other).map { $0 == .equal } }

  /// Whether two quantities are equivalent: equal where rounded to the less precise, a calendar year taken as 12 months,
  /// 365 days or `a`, a calendar month as 30 days or `mo`.
  public func isEquivalent(to other: Quantity) -> Bool {
    if unit == other.unit { return value.isEquivalent(to: other.value) }
    if calendarUnit == nil, other.calendarUnit == nil {
      guard let converted = try? UCUM.convert(other.value, from: other.unit, to: unit) else { return false }
      return value.isEquivalent(to: converted)
    }
    if let a = meanMonths, let b = other.meanMonths {
      return Wide.compareProducts(value.units, a, other.value.units, b) == .equal
    }
    let order = try? UCUM.compare(
      value, inDays(months: meanMonths), with: other.value, other.inDays(months: other.meanMonths))
    return order == .equal
  }

  /// Months of one unit, for a calendar or mean year or month.
  private var meanMonths: Int128? {
    switch unit {
    case "a": 12
    case "mo": 1
    default: inMonths
    }
  }

  /// The unit with a year as 365 and a month as 30 days.
  private func inDays(months: Int128?) -> String {
    switch months {
    case 12: "365.d"
    case 1: "30.d"
    default: ucumUnit
    }
  }

  /// The quantity in another unit, rounded at the eighth digit after the point. A calendar year or month converts only
  /// to the other of the two.
  public func converted(to target: String) throws(UnitError) -> Quantity {
    if target == unit { return self }
    let goal = Quantity(1, target)
    if let months = inMonths, let goalMonths = goal.inMonths {
      guard let product = value * Decimal(Int(months)), let result = product / Decimal(Int(goalMonths)) else {
        throw .outOfRange(number: value.description, from: unit, to: target)
      }
      return Quantity(result, target)
    }
    guard inMonths == nil, goal.inMonths == nil else {
      throw .incommensurable(
        from: unit, fromKind: kindWithCalendar, to: target, toKind: goal.kindWithCalendar)
    }
    return Quantity(try UCUM.convert(value, from: ucumUnit, to: goal.ucumUnit), target)
  }

  /// The number in another unit, with all its digits; nil where `converted` has none.
  func amount(in target: String) -> Rational? {
    let number = Rational(value)
    if target == unit { return number }
    let goal = Quantity(1, target)
    if let months = inMonths, let goalMonths = goal.inMonths {
      return number * Rational(Int(months)) / Rational(Int(goalMonths))
    }
    guard let unit = definiteUnit, let target = goal.definiteUnit else { return nil }
    return try? UCUM.conversion(from: unit, to: target).convert(number, as: value.description)
  }

  private var kindWithCalendar: String {
    inMonths == nil ? (try? UCUM.unit(unit).kind) ?? "an unknown unit" : "a calendar duration of no fixed length"
  }
}

extension Ratio {
  /// Whether both are the same fraction (1:100 and 10:1000), their units converted; false where one is over 0.
  public func isEquivalent(to other: Ratio) -> Bool {
    guard !denominator.value.isZero, !other.denominator.value.isZero,
      let otherNumerator = other.numerator.amount(in: numerator.unit),
      let otherDenominator = other.denominator.amount(in: denominator.unit)
    else { return false }
    return Rational(numerator.value) * otherDenominator == otherNumerator * Rational(denominator.value)
  }
}
