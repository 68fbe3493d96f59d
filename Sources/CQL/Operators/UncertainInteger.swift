/// An Integer known only to lie between two bounds, both possible: what a count between imprecise dates gives.
///
/// Source: CQL 1.5, Developer's Guide, "Uncertainty".
public struct UncertainInteger: Hashable, Sendable {
  /// The possible values.
  public let range: ClosedRange<Int64>

  /// All values of a range.
  public init(_ range: ClosedRange<Int64>) { self.range = range }
  /// One value.
  public init(_ value: Int64) { range = value...value }

  /// The value, where only one is possible and an Integer can hold it.
  public var certain: Int32? {
    range.lowerBound == range.upperBound ? Int32(exactly: range.lowerBound) : nil
  }
}

extension UncertainInteger: Native {
  /// The type of uncertain integers.
  public static var cqlType: CQLType { .uncertainInteger }
  /// An Integer, or a range of them; nil for null.
  public init?(_ value: Value) {
    switch value {
    case .uncertain(let range): self.init(range)
    case .integer(let number): self.init(Int64(number))
    case .long(let number): self.init(number)
    default: return nil
    }
  }
  /// An Integer where only one value is possible, a Long where an Integer cannot hold it, otherwise the range.
  public var cqlValue: Value {
    if let certain { return .integer(certain) }
    return range.lowerBound == range.upperBound ? .long(range.lowerBound) : .uncertain(range)
  }
}

extension UncertainInteger {
  /// Whether this is less than another; nil where that depends on which of the possible values they have.
  func isLess(than other: UncertainInteger) -> Bool? {
    if range.upperBound < other.range.lowerBound { return true }
    return range.lowerBound >= other.range.upperBound ? false : nil
  }

  /// Whether both are the same number; nil where that is open.
  func isEqual(to other: UncertainInteger) -> Bool? {
    if !range.overlaps(other.range) { return false }
    let bothCertain = range.lowerBound == range.upperBound && other.range.lowerBound == other.range.upperBound
    return bothCertain ? true : nil
  }

  /// The range of an operation's results over all pairs of bounds; nil where one of them overflows. Right for
  /// operations that are monotone in each operand.
  func combined(
    with other: UncertainInteger, _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> UncertainInteger? {
    var least = Int64.max
    var greatest = Int64.min
    for a in [range.lowerBound, range.upperBound] {
      for b in [other.range.lowerBound, other.range.upperBound] {
        let (result, overflow) = operation(a, b)
        if overflow { return nil }
        least = min(least, result)
        greatest = max(greatest, result)
      }
    }
    return UncertainInteger(least...greatest)
  }
}
