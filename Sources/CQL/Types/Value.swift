public import ClinicalValues

/// A value of the language at run time.
public enum Value: Sendable {
  /// Unknown, missing.
  case null
  case boolean(Bool)
  case integer(Int32)
  case long(Int64)
  case decimal(Decimal)
  case string(String)
  case date(CalendarDate)
  case dateTime(DateTime)
  case time(TimeOfDay)
  case quantity(Quantity)
  case ratio(Ratio)
  case code(Code)
  case concept(Concept)
  case valueSet(ValueSetName)
  case codeSystem(CodeSystemName)
  case interval(IntervalValue)
  case list([Value])
  case tuple(TupleValue)
  /// A resource or element of a data model.
  case object(any DataObject)
  /// See `CQLType.uncertainInteger`: bounds, both included.
  case uncertain(ClosedRange<Int64>)
  /// See `CQLType.precision`.
  case precision(Precision)
}

/// An interval over ordered points. A null bound that is open is unknown; one that is closed is the type's extreme.
///
/// Source: HL7 CQL 1.5, Appendix B "Interval".
public final class IntervalValue: Sendable {
  /// The start, or `.null`.
  public let low: Value
  /// The end, or `.null`.
  public let high: Value
  /// Whether the start itself belongs to the interval.
  public let lowClosed: Bool
  /// Whether the end itself belongs to the interval.
  public let highClosed: Bool
  /// The type of the points; needed where both bounds are null.
  public let pointType: CQLType

  /// An interval; its bounds must be of `pointType` or null, and a low bound above the high one is for the operator to refuse.
  public init(low: Value, lowClosed: Bool = true, high: Value, highClosed: Bool = true, pointType: CQLType) {
    self.low = low
    self.high = high
    self.lowClosed = lowClosed
    self.highClosed = highClosed
    self.pointType = pointType
  }
}

/// A structured value with named elements, kept in the order of their declaration.
public final class TupleValue: Sendable {
  /// Names in order, parallel to `values`.
  public let names: [String]
  /// Values in the order of `names`.
  public let values: [Value]
  /// Name of the class for an instance of one (`System.Quantity` selectors and the like), nil for a tuple.
  public let className: String?

  /// A tuple; `names` and `values` are of one length.
  public init(names: [String], values: [Value], className: String? = nil) {
    self.names = names
    self.values = values
    self.className = className
  }

  /// The element of that name, null where there is none.
  public subscript(_ name: String) -> Value {
    names.firstIndex(of: name).map { values[$0] } ?? .null
  }
}

/// A value set as a library names it; what is in it is asked of `Terminology`.
public struct ValueSetName: Hashable, Sendable {
  /// URI of the value set.
  public let id: String
  /// Version asked for.
  public let version: String?
  /// The library's own name for it.
  public let name: String?
  /// A value set reference.
  public init(id: String, version: String? = nil, name: String? = nil) {
    self.id = id
    self.version = version
    self.name = name
  }
}

/// A code system as a library names it.
public struct CodeSystemName: Hashable, Sendable {
  /// URI of the code system.
  public let id: String
  /// Version asked for.
  public let version: String?
  /// The library's own name for it.
  public let name: String?
  /// A code system reference.
  public init(id: String, version: String? = nil, name: String? = nil) {
    self.id = id
    self.version = version
    self.name = name
  }
}
