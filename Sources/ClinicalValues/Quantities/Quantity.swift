/// A number with a unit: a UCUM code, or one of CQL's calendar durations (`year`, `months` ...); `1` where it has none.
public struct Quantity: Sendable {
  /// The number.
  public let value: Decimal
  /// The unit's code as written, `1` for none.
  public let unit: String

  /// A quantity. Whether `unit` is valid UCUM is asked of `UCUM`, not here.
  public init(_ value: Decimal, _ unit: String = "1") {
    self.value = value
    self.unit = unit
  }
}

/// A numerator over a denominator (a titre of 1:8 is 1 over 8).
public struct Ratio: Sendable {
  /// Above the line.
  public let numerator: Quantity
  /// Below the line.
  public let denominator: Quantity

  /// A ratio of two quantities.
  public init(numerator: Quantity, denominator: Quantity) {
    self.numerator = numerator
    self.denominator = denominator
  }
}
