import ClinicalValues

extension CQLType {
  /// The Swift type that stands for this one in typed closures; nil where there is none and `Value` is passed.
  var native: (any Native.Type)? {
    switch self {
    case .boolean: Bool.self
    case .integer: Int32.self
    case .long: Int64.self
    case .decimal: Decimal.self
    case .string: String.self
    case .date: CalendarDate.self
    case .dateTime: DateTime.self
    case .time: TimeOfDay.self
    case .quantity: Quantity.self
    case .ratio: Ratio.self
    case .code: Code.self
    case .concept: Concept.self
    default: nil
    }
  }
}
