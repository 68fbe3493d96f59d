import ClinicalValues

extension Value {
  /// Whether two values are the same down to the record they came from and the precision they were written in; a guide
  /// to where an element of a list came from, not an operator of the language.
  func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.long(let a), .long(let b)): a == b
    case (.decimal(let a), .decimal(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.dateTime(let a), .dateTime(let b)): a == b
    case (.time(let a), .time(let b)): a == b
    case (.quantity(let a), .quantity(let b)): a.value == b.value && a.unit == b.unit
    case (.ratio(let a), .ratio(let b)):
      Value.quantity(a.numerator).isIdentical(to: .quantity(b.numerator))
        && Value.quantity(a.denominator).isIdentical(to: .quantity(b.denominator))
    case (.code(let a), .code(let b)): a == b
    case (.concept(let a), .concept(let b)): a == b
    case (.valueSet(let a), .valueSet(let b)): a == b
    case (.codeSystem(let a), .codeSystem(let b)): a == b
    case (.interval(let a), .interval(let b)):
      a.lowClosed == b.lowClosed && a.highClosed == b.highClosed && a.low.isIdentical(to: b.low)
        && a.high.isIdentical(to: b.high)
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.isIdentical(to: $1) }
    case (.tuple(let a), .tuple(let b)):
      a.names == b.names && a.className == b.className && zip(a.values, b.values).allSatisfy { $0.isIdentical(to: $1) }
    case (.object(let a), .object(let b)): a.origin == b.origin && a.isEqual(to: b)
    case (.uncertain(let a), .uncertain(let b)): a == b
    case (.precision(let a), .precision(let b)): a == b
    default: false
    }
  }
}
