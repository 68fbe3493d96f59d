import ClinicalValues

// Equality (`=`, unknown where a part is missing on one side) and equivalence (`~`, always decided).

extension Comparing {
  /// Whether two values are equal; nil where that is not known, in particular if one is null.
  func equal(_ a: Value, _ b: Value) -> Bool? {
    switch (a, b) {
    case (.null, _), (_, .null): nil
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.date, .date), (.dateTime, .dateTime), (.date, .dateTime), (.dateTime, .date), (.time, .time),
      (.quantity, .quantity):
      order(a, b).map { $0 == .equal }
    case (.ratio(let a), .ratio(let b)):
      both(
        a.numerator.compare(b.numerator).map { $0 == .equal },
        a.denominator.compare(b.denominator).map { $0 == .equal })
    case (.code(let a), .code(let b)): equalParts(a.parts, b.parts)
    case (.concept(let a), .concept(let b)):
      equalParts(
        [.list(a.codes.map { .code($0) }), a.display.value], [.list(b.codes.map { .code($0) }), b.display.value])
    case (.valueSet(let a), .valueSet(let b)): a.id == b.id && a.version == b.version
    case (.codeSystem(let a), .codeSystem(let b)): a.id == b.id && a.version == b.version
    case (.interval(let a), .interval(let b)): IntervalRelation(self, nil).equal(a, b)
    case (.list(let a), .list(let b)): a.count == b.count ? equalParts(a, b) : false
    case (.tuple(let a), .tuple(let b)):
      Set(a.names) == Set(b.names) ? equalParts(a.values, a.names.map { b[$0] }) : false
    case (.object(let a), .object(let b)): a.isEqual(to: b)
    case (.precision(let a), .precision(let b)): a == b
    // A range of possible integers is written as the interval that it is.
    case (.uncertain(let range), .interval(let it)), (.interval(let it), .uncertain(let range)):
      it.lowClosed && it.highClosed && it.low.asNumber == Decimal(range.lowerBound)
        && it.high.asNumber == Decimal(range.upperBound)
    default:
      if let a = a.asNumber, let b = b.asNumber {
        a == b
      } else if let a = UncertainInteger(a), let b = UncertainInteger(b) {
        a.isEqual(to: b)
      } else {
        false
      }
    }
  }

  /// Parts in order: the first pair that is not equal decides. Two nulls are equal, one makes it unknown.
  private func equalParts(_ a: [Value], _ b: [Value]) -> Bool? {
    for (a, b) in zip(a, b) where !(a.isNull && b.isNull) {
      let result = equal(a, b)
      if result != true { return result }
    }
    return true
  }

  /// Whether two values are the same element of a list: nulls are, and what is not known to be equal is not.
  func isSame(_ a: Value, _ b: Value) -> Bool { a.isNull && b.isNull || equal(a, b) == true }

  /// Whether two values are equivalent.
  func equivalent(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.null, _), (_, .null): false
    case (.string(let a), .string(let b)): Comparing.folded(a) == Comparing.folded(b)
    case (.decimal(let a), .decimal(let b)): a.isEquivalent(to: b)
    case (.quantity(let a), .quantity(let b)): a.isEquivalent(to: b)
    case (.ratio(let a), .ratio(let b)): a.isEquivalent(to: b)
    case (.code(let a), .code(let b)): a.isEquivalent(to: b)
    case (.concept(let a), .concept(let b)): a.codes.contains { a in b.codes.contains { a.isEquivalent(to: $0) } }
    case (.code(let a), .concept(let b)): b.codes.contains { $0.isEquivalent(to: a) }
    case (.concept(let a), .code(let b)): a.codes.contains { $0.isEquivalent(to: b) }
    case (.interval(let a), .interval(let b)): IntervalRelation(self, nil).equivalent(a, b)
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy { equivalent($0, $1) }
    case (.tuple(let a), .tuple(let b)):
      Set(a.names) == Set(b.names) && zip(a.names, a.values).allSatisfy { equivalent($1, b[$0]) }
    default: equal(a, b) == true
    }
  }

  /// Without case, every white space as a space.
  private static func folded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      result.append(scalar.properties.isWhitespace ? " " : scalar)
    }
    return String(result)
  }
}

extension Code {
  /// Whether two codes are equivalent: same code, same system.
  func isEquivalent(to other: Code) -> Bool { code == other.code && system == other.system }

  /// The elements that equality compares.
  fileprivate var parts: [Value] { [.string(code), system.value, version.value, display.value] }
}

extension Optional where Wrapped: Native {
  /// The value of the language, null for nil.
  var value: Value { map { $0.cqlValue } ?? .null }
}

extension Comparing {
  /// Feeds to a hasher what equal values share.
  func hash(_ value: Value, into hasher: inout Hasher) {
    switch value {
    case .null, .ratio, .uncertain: break
    case .quantity(let it): it.hashAmount(into: &hasher)
    case .interval(let it):
      // Intervals that are equal start alike, however their bounds are written.
      if let bounds = IntervalBounds(it) { hash(bounds.startValue, into: &hasher) }
    case .boolean(let it): hasher.combine(it)
    case .integer, .long, .decimal: hasher.combine(value.asNumber)
    case .string(let it): hasher.combine(it)
    case .date(let it): hasher.combine(it.year)
    case .dateTime(let it): hash(it, into: &hasher)
    case .time(let it): hasher.combine(it)
    case .code(let it): hasher.combine(it.code)
    case .concept(let it): hasher.combine(it.codes.count)
    case .valueSet(let it): hasher.combine(it.id)
    case .codeSystem(let it): hasher.combine(it.id)
    case .list(let elements):
      for element in elements { hash(element, into: &hasher) }
    case .tuple(let tuple):
      for name in tuple.names.sorted() { hash(tuple[name], into: &hasher) }
    case .object(let object):
      hasher.combine(object.className)
      hash(object.element("id"), into: &hasher)
    case .precision(let it): hasher.combine(it)
    }
  }

  /// A moment is hashed, not how it was written; a date alone by its year, for it may equal one converted from a date.
  private func hash(_ value: DateTime, into hasher: inout Hasher) {
    if value.time == nil {
      hasher.combine(value.date.year)
    } else {
      hasher.combine(value.earliestMillisecond(defaultOffset: offset))
    }
  }
}

/// A value as a member of a set: nulls are one, and what is not known to be equal is distinct.
struct Member: Hashable {
  let value: Value
  let comparing: Comparing

  static func == (a: Member, b: Member) -> Bool { a.comparing.isSame(a.value, b.value) }
  func hash(into hasher: inout Hasher) { comparing.hash(value, into: &hasher) }
}
