public import ClinicalValues

// Swift types that stand for types of the language.

extension Bool: Native {
  /// Boolean.
  public static var cqlType: CQLType { .boolean }
  /// The truth value; nil for null.
  public init?(_ value: Value) {
    guard case .boolean(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .boolean(self) }
}

extension Int32: Native {
  /// Integer.
  public static var cqlType: CQLType { .integer }
  /// The number; nil for null.
  public init?(_ value: Value) {
    guard case .integer(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .integer(self) }
}

extension Int64: Native {
  /// Long.
  public static var cqlType: CQLType { .long }
  /// The number; nil for null.
  public init?(_ value: Value) {
    guard case .long(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .long(self) }
}

extension Decimal: Native {
  /// Decimal.
  public static var cqlType: CQLType { .decimal }
  /// The number; nil for null. A whole power of a whole number is of this type, but an Integer or a Long as a value.
  public init?(_ value: Value) {
    switch value {
    case .decimal(let it): self = it
    case .integer(let it): self.init(it)
    case .long(let it): self.init(it)
    default: return nil
    }
  }
  /// The value of the language.
  public var cqlValue: Value { .decimal(self) }
}

extension String: Native {
  /// String.
  public static var cqlType: CQLType { .string }
  /// The text; nil for null.
  public init?(_ value: Value) {
    guard case .string(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .string(self) }
}

extension CalendarDate: Native {
  /// Date.
  public static var cqlType: CQLType { .date }
  /// The date; nil for null.
  public init?(_ value: Value) {
    guard case .date(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .date(self) }
}

extension DateTime: Native {
  /// DateTime.
  public static var cqlType: CQLType { .dateTime }
  /// The date and time; nil for null.
  public init?(_ value: Value) {
    guard case .dateTime(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .dateTime(self) }
}

extension TimeOfDay: Native {
  /// Time.
  public static var cqlType: CQLType { .time }
  /// The time; nil for null.
  public init?(_ value: Value) {
    guard case .time(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .time(self) }
}

extension Quantity: Native {
  /// Quantity.
  public static var cqlType: CQLType { .quantity }
  /// The quantity; nil for null.
  public init?(_ value: Value) {
    guard case .quantity(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .quantity(self) }
}

extension Ratio: Native {
  /// Ratio.
  public static var cqlType: CQLType { .ratio }
  /// The ratio; nil for null.
  public init?(_ value: Value) {
    guard case .ratio(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .ratio(self) }
}

extension Code: Native {
  /// Code.
  public static var cqlType: CQLType { .code }
  /// The code; nil for null.
  public init?(_ value: Value) {
    guard case .code(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .code(self) }
}

extension Concept: Native {
  /// Concept.
  public static var cqlType: CQLType { .concept }
  /// The concept; nil for null.
  public init?(_ value: Value) {
    guard case .concept(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .concept(self) }
}

extension Precision: Native {
  /// The type of precisions.
  public static var cqlType: CQLType { .precision }
  /// The precision; nil for null.
  public init?(_ value: Value) {
    guard case .precision(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .precision(self) }
}

extension ValueSetName: Native {
  /// ValueSet.
  public static var cqlType: CQLType { .valueSet }
  /// The value set; nil for null.
  public init?(_ value: Value) {
    guard case .valueSet(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .valueSet(self) }
}

extension CodeSystemName: Native {
  /// CodeSystem.
  public static var cqlType: CQLType { .codeSystem }
  /// The code system; nil for null.
  public init?(_ value: Value) {
    guard case .codeSystem(let it) = value else { return nil }
    self = it
  }
  /// The value of the language.
  public var cqlValue: Value { .codeSystem(self) }
}
