import ClinicalValues

/// The smallest or largest value that an imprecise value may stand for, to a number of digits.
///
/// Source: HL7 CQL 1.5, Appendix B, "HighBoundary", "LowBoundary"; digits not given are 0 below and 9 above, as the
/// published tests have it.
enum Boundary: Sendable {
  case low, high

  /// Signatures: value and digits, of which null means as many as the type has.
  var overloads: [Overload] {
    [
      .nullAware { (value: Decimal?, digits: Int32?) -> Decimal? in value.flatMap { of($0, Int(digits ?? 8)) } },
      .nullAware { (value: CalendarDate?, digits: Int32?) -> CalendarDate? in
        value.flatMap { value in
          Boundary.precision(digits ?? 8, isTime: false).flatMap {
            $0 <= .day ? (self == .low ? value.earliest : value.latest).truncated(to: $0) : nil
          }
        }
      },
      .nullAware { (value: DateTime?, digits: Int32?) -> DateTime? in
        value.flatMap { value in
          Boundary.precision(digits ?? 17, isTime: false).map {
            (self == .low ? value.earliest : value.latest).truncated(to: $0)
          }
        }
      },
      .nullAware { (value: TimeOfDay?, digits: Int32?) -> TimeOfDay? in
        value.flatMap { value in
          Boundary.precision(digits ?? 9, isTime: true).map {
            (self == .low ? value.earliest : value.latest).truncated(to: $0)
          }
        }
      },
    ]
  }

  /// The boundary of a decimal at a number of digits after the point.
  private func of(_ value: Decimal, _ digits: Int) -> Decimal? {
    guard (0...8).contains(digits) else { return nil }
    let isUp = self == .high
    var units = value.units
    // The digits that were not given, on the side away from 0.
    if digits > Int(value.scale), (units >= 0) == isUp {
      let given = Boundary.step(Int(value.scale))
      units += (isUp ? 1 : -1) * (given - Boundary.step(digits))
    }
    let step = Boundary.step(digits)
    let rest = units % step
    if rest != 0 {
      units -= rest
      if rest > 0 && isUp { units += step }
      if rest < 0 && !isUp { units -= step }
    }
    return Decimal(units: units, scale: UInt8(digits))
  }

  /// 10^-digits in units of 10^-8.
  private static func step(_ digits: Int) -> Int128 {
    (digits..<8).reduce(1) { step, _ in step * 10 }
  }

  /// How many digits a date or time known to a precision has.
  static func digits(of precision: Precision, isTime: Bool) -> Int {
    switch precision {
    case .year: 4
    case .month: 6
    case .week, .day: 8
    case .hour: isTime ? 2 : 10
    case .minute: isTime ? 4 : 12
    case .second: isTime ? 6 : 14
    case .millisecond: isTime ? 9 : 17
    }
  }

  /// The precision of a number of digits; nil where no component ends there.
  private static func precision(_ digits: Int32, isTime: Bool) -> Precision? {
    Precision.allCases.first {
      $0 != .week && (!isTime || $0 >= .hour) && Boundary.digits(of: $0, isTime: isTime) == Int(digits)
    }
  }
}
