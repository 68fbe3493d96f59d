import ClinicalValues

// Steps and extremes of the types that intervals may range over.

extension Value {
  /// The next larger value of the type, for a date or time of the same precision; nil for the largest.
  var successor: Value? { step(1) }

  /// The next smaller value; nil for the smallest.
  var predecessor: Value? { step(-1) }

  private func step(_ direction: Int) -> Value? {
    let up = direction > 0
    switch self {
    case .integer(let it):
      let (result, overflow) = it.addingReportingOverflow(Int32(direction))
      return overflow ? nil : .integer(result)
    case .long(let it):
      let (result, overflow) = it.addingReportingOverflow(Int64(direction))
      return overflow ? nil : .long(result)
    case .decimal(let it): return (up ? it.successor : it.predecessor)?.held.map { Value.decimal($0) }
    case .quantity(let it):
      return (up ? it.value.successor : it.value.predecessor)?.held.map { Value.quantity(Quantity($0, it.unit)) }
    case .date(let it): return (up ? it.successor : it.predecessor).map { .date($0) }
    case .dateTime(let it): return (up ? it.successor : it.predecessor).map { .dateTime($0) }
    case .time(let it): return (up ? it.successor : it.predecessor).map { .time($0) }
    default: return nil
    }
  }

  /// The smallest value of the type of this one, of a quantity in its unit.
  var smallest: Value? {
    switch self {
    case .integer: .integer(.min)
    case .long: .long(.min)
    case .decimal: .decimal(.cqlMinimum)
    case .quantity(let it): .quantity(Quantity(.cqlMinimum, it.unit))
    case .date: .date(.least)
    case .dateTime: .dateTime(.least)
    case .time: .time(.least)
    default: nil
    }
  }

  /// The largest value of the type of this one, of a quantity in its unit.
  var largest: Value? {
    switch self {
    case .integer: .integer(.max)
    case .long: .long(.max)
    case .decimal: .decimal(.cqlMaximum)
    case .quantity(let it): .quantity(Quantity(.cqlMaximum, it.unit))
    case .date: .date(.greatest)
    case .dateTime: .dateTime(.greatest)
    case .time: .time(.greatest)
    default: nil
    }
  }

  /// The type of a value that intervals may range over; `any` for others.
  var pointType: CQLType {
    switch self {
    case .integer: .integer
    case .long: .long
    case .decimal: .decimal
    case .quantity: .quantity
    case .date: .date
    case .dateTime: .dateTime
    case .time: .time
    default: .any
    }
  }

  /// A date or time known no finer than to `precision`; any other value as it is.
  func truncated(to precision: Precision) -> Value {
    switch self {
    case .date(let it): .date(it.truncated(to: precision))
    case .dateTime(let it): .dateTime(it.truncated(to: precision))
    case .time(let it): .time(it.truncated(to: precision))
    default: self
    }
  }
}

extension IntervalValue {
  /// The same interval over points of a type.
  func ranging(over type: CQLType) -> IntervalValue {
    IntervalValue(low: low, lowClosed: lowClosed, high: high, highClosed: highClosed, pointType: type)
  }
}

extension CQLType {
  /// Some value of the type, to ask its extremes of; nil for types without order.
  private var sample: Value? {
    switch self {
    case .integer: .integer(0)
    case .long: .long(0)
    case .decimal: .decimal(.zero)
    case .quantity: .quantity(Quantity(.zero))
    case .date: .date(.least)
    case .dateTime: .dateTime(.least)
    case .time: .time(.least)
    default: nil
    }
  }

  /// The smallest value of the type (`minimum T`); nil for types without one.
  var smallest: Value? { sample?.smallest }
  /// The largest value of the type (`maximum T`); nil for types without one.
  var largest: Value? { sample?.largest }
}
