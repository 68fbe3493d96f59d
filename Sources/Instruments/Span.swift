import ClinicalValues

/// The lowest and the highest value that a number can have: one and the same where it is recorded, the ends of its range
/// where it is not.
///
/// A comparison is nil where some value between the ends would make it true and another false. It is exact for an
/// expression in which no number stands twice; write `85 b <= 100 a`, not `b - a >= 15% of b`.
struct Span: Sendable, ExpressibleByIntegerLiteral {
  let lowest: Decimal
  let highest: Decimal

  init(_ value: Decimal) { self.init(lowest: value, highest: value) }
  init(lowest: Decimal, highest: Decimal) {
    self.lowest = lowest
    self.highest = highest
  }
  init(integerLiteral value: Int64) { self.init(Decimal(value)) }

  static func tenths(_ count: Int) -> Span { Span(Decimal(tenths: count)) }

  /// The value, where there is only one.
  var value: Decimal? { lowest == highest ? lowest : nil }
}

extension Span {
  static func + (a: Span, b: Span) -> Span {
    Span(lowest: sum(a.lowest, b.lowest), highest: sum(a.highest, b.highest))
  }
  static func - (a: Span, b: Span) -> Span {
    Span(lowest: sum(a.lowest, -b.highest), highest: sum(a.highest, -b.lowest))
  }
  static func * (a: Span, b: Span) -> Span {
    let corners = [
      product(a.lowest, b.lowest), product(a.lowest, b.highest), product(a.highest, b.lowest),
      product(a.highest, b.highest),
    ]
    return corners.dropFirst().reduce(Span(corners[0])) {
      Span(lowest: min($0.lowest, $1), highest: max($0.highest, $1))
    }
  }

  // What leaves the range of Decimal is as good as its end: no limit of an instrument lies near it.
  private static func sum(_ a: Decimal, _ b: Decimal) -> Decimal { a + b ?? (a.sign > 0 ? .greatest : .least) }
  private static func product(_ a: Decimal, _ b: Decimal) -> Decimal {
    a * b ?? (a.sign * b.sign > 0 ? .greatest : .least)
  }
}

extension Span {
  func isAtLeast(_ other: Span) -> Bool? { lowest >= other.highest ? true : highest < other.lowest ? false : nil }
  func isAtMost(_ other: Span) -> Bool? { other.isAtLeast(self) }
  func isAbove(_ other: Span) -> Bool? { Kleene.not(isAtMost(other)) }
  func isBelow(_ other: Span) -> Bool? { Kleene.not(isAtLeast(other)) }
}

extension Answers {
  /// What a number is or can be.
  subscript(span key: String) -> Span {
    if let number = self[number: key] { return Span(number) }
    let range = items.first { $0.key == key }?.range
    return Span(lowest: range?.lowerBound ?? .least, highest: range?.upperBound ?? .greatest)
  }
}

extension Item {
  /// The range of an answer that is a number.
  var range: ClosedRange<Decimal>? {
    switch answer {
    case .whole(let range): Decimal(range.lowerBound)...Decimal(range.upperBound)
    case .number(let range, _): range
    case .level(let numbers), .choice(let numbers): Item.range(of: numbers.map { Decimal($0) })
    case .step(let numbers): Item.range(of: numbers)
    case .yesNo, .word, .text, .date, .localTime, .numbers, .records: nil
    }
  }

  private static func range(of numbers: [Decimal]) -> ClosedRange<Decimal>? {
    guard let lowest = numbers.min(), let highest = numbers.max() else { return nil }
    return lowest...highest
  }
}
