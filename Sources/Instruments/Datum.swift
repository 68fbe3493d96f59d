public import ClinicalValues

/// What goes into an instrument and what comes out of one.
public indirect enum Datum: Sendable, Equatable {
  /// Not recorded, or not to be told.
  case null
  case bool(Bool)
  case number(Decimal)
  case text(String)
  case list([Datum])
  case object(Result)

  /// A whole number.
  public static func whole(_ number: Int) -> Datum { .number(Decimal(number)) }
  /// A whole number, null for nil.
  public static func whole(_ number: Int?) -> Datum { number.map { .whole($0) } ?? .null }
  /// A truth value, null for nil.
  public static func bool(_ truth: Bool?) -> Datum { truth.map { .bool($0) } ?? .null }
}

/// Named values in the order in which a person reads them.
public struct Result: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// The values in order.
  public private(set) var values: [(name: String, value: Datum)]

  /// Named values in the order written.
  public init(dictionaryLiteral elements: (String, Datum)...) {
    values = elements.map { (name: $0.0, value: $0.1) }
  }

  /// Named values in order.
  public init(_ values: [(name: String, value: Datum)]) { self.values = values }

  /// The value of that name.
  public subscript(_ name: String) -> Datum? { values.first { $0.name == name }?.value }

  /// Equality by names and values; the order is for readers.
  public static func == (a: Result, b: Result) -> Bool {
    a.values.count == b.values.count && a.values.allSatisfy { b[$0.name] == $0.value }
  }
}
