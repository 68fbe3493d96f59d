import ClinicalValues

// Where an interval may start and end. One mechanism serves all interval operators: a bound is the range of points
// that it may be, so that a comparison is true or false where every possible pair of points agrees, and null otherwise.
//
// Source: HL7 CQL 1.5, Appendix B, "Start", "End": a null bound that is closed is the extreme of the type, one that is
// open is unknown, but not beyond the other end.

/// A point of an interval's type, or an extreme of the type whatever it is.
enum Point {
  case smallest
  case value(Value)
  case largest
}

/// The points that a bound may be, from least to greatest.
struct Bound {
  let least: Point
  let greatest: Point
  /// Whether there is only one.
  let isKnown: Bool

  init(known point: Point) { (least, greatest, isKnown) = (point, point, true) }
  init(between least: Point, and greatest: Point) { (self.least, self.greatest, isKnown) = (least, greatest, false) }

  /// The single value, where the bound is known and no mere extreme.
  var value: Value? { if isKnown, case .value(let value) = least { value } else { nil } }
}

/// An interval as its two bounds.
struct IntervalBounds {
  let start: Bound
  let end: Bound
  let pointType: CQLType

  /// The bounds of an interval; nil where nothing is known of it (two null bounds of no type), or where an open bound
  /// has no point next to it.
  init?(_ interval: IntervalValue) {
    pointType = interval.pointType
    if interval.low.isNull, interval.high.isNull, pointType.smallest == nil { return nil }
    let low: Point? =
      switch (interval.low, interval.lowClosed) {
      case (.null, true): .smallest
      case (.null, false): nil
      case (let value, true): .value(value)
      case (let value, false): value.successor.map { .value($0) }
      }
    let high: Point? =
      switch (interval.high, interval.highClosed) {
      case (.null, true): .largest
      case (.null, false): nil
      case (let value, true): .value(value)
      case (let value, false): value.predecessor.map { .value($0) }
      }
    let lowIsUnknown = interval.low.isNull && !interval.lowClosed
    let highIsUnknown = interval.high.isNull && !interval.highClosed
    guard low != nil || lowIsUnknown, high != nil || highIsUnknown else { return nil }
    start = low.map { Bound(known: $0) } ?? Bound(between: .smallest, and: high ?? .largest)
    end = high.map { Bound(known: $0) } ?? Bound(between: low ?? .smallest, and: .largest)
  }

  /// The interval of one point.
  init(point: Value, type: CQLType = .any) {
    start = Bound(known: .value(point))
    end = start
    pointType = type
  }

  init(start: Bound, end: Bound, pointType: CQLType) {
    self.start = start
    self.end = end
    self.pointType = pointType
  }

  /// The interval as a value: a known bound is closed, an extreme is a closed null, an unknown bound an open one.
  var interval: IntervalValue {
    let low: Value = start.value ?? .null
    let high: Value = end.value ?? .null
    return IntervalValue(low: low, lowClosed: start.isKnown, high: high, highClosed: end.isKnown, pointType: pointType)
  }

  /// What the interval starts with (`start of`), the extreme of its type written out; null if unknown.
  var startValue: Value { start.isKnown ? concrete(start.least) : .null }
  /// What the interval ends with (`end of`); null if unknown.
  var endValue: Value { end.isKnown ? concrete(end.least) : .null }

  /// An extreme takes the unit of the other end of the interval.
  private func concrete(_ point: Point) -> Value {
    switch point {
    case .value(let value): value
    case .smallest: end.value?.smallest ?? pointType.smallest ?? .null
    case .largest: start.value?.largest ?? pointType.largest ?? .null
    }
  }
}

/// Comparisons of bounds at some precision; nil is "not known".
struct IntervalRelation {
  let comparing: Comparing
  /// Compare dates and times no finer than this.
  let precision: Precision?

  init(_ comparing: Comparing, _ precision: Precision?) {
    self.comparing = comparing
    self.precision = precision
  }

  func order(_ a: Point, _ b: Point) -> Ordering? {
    switch (a, b) {
    case (.smallest, .smallest), (.largest, .largest): .equal
    case (.smallest, .largest): .less
    case (.largest, .smallest): .greater
    case (.value(let a), .value(let b)): comparing.order(a, b, at: precision)
    case (.smallest, .value(let b)): orderOfSmallest(to: b)
    case (.value(let a), .smallest): orderOfSmallest(to: a)?.reversed
    case (.largest, .value(let b)): orderOfLargest(to: b)
    case (.value(let a), .largest): orderOfLargest(to: a)?.reversed
    }
  }

  /// The extreme of the type is at most as large as any value; only a value that may itself be the extreme equals it.
  private func orderOfSmallest(to value: Value) -> Ordering? {
    guard let smallest = value.smallest else { return nil }
    let order = comparing.order(smallest, value, at: precision)
    return order == .greater ? .less : order
  }

  private func orderOfLargest(to value: Value) -> Ordering? {
    guard let largest = value.largest else { return nil }
    let order = comparing.order(largest, value, at: precision)
    return order == .less ? .greater : order
  }

  /// a < b.
  func less(_ a: Bound, _ b: Bound) -> Bool? {
    if order(a.greatest, b.least) == .less { return true }
    switch order(a.least, b.greatest) {
    case .equal, .greater: return false
    default: return nil
    }
  }

  /// a <= b.
  func atMost(_ a: Bound, _ b: Bound) -> Bool? {
    // Not the negation of b < a: of two partial dates neither may be known to be less.
    if let order = order(a.greatest, b.least), order != .greater { return true }
    return order(a.least, b.greatest) == .greater ? false : nil
  }

  /// a = b.
  func same(_ a: Bound, _ b: Bound) -> Bool? {
    if less(a, b) == true || less(b, a) == true { return false }
    guard a.isKnown, b.isKnown else { return nil }
    return order(a.least, b.least).map { $0 == .equal }
  }

  /// The bound after `a`; nil if there is none, because `a` is the largest point. At a precision, the next year, month ...
  func next(_ a: Bound) -> Bound? {
    func step(_ point: Point) -> Point? {
      switch point {
      case .smallest: point
      case .largest: nil
      case .value(let value): (precision.map { value.truncated(to: $0) } ?? value).successor.map { .value($0) }
      }
    }
    guard let least = step(a.least) else { return nil }
    return a.isKnown ? Bound(known: least) : Bound(between: least, and: step(a.greatest) ?? .largest)
  }

  /// The later of two bounds; unknown within the limits that are known, where it is open which it is.
  func later(_ a: Bound, _ b: Bound) -> Bound {
    if atMost(a, b) == true { return b }
    if atMost(b, a) == true { return a }
    return Bound(between: laterPoint(a.least, b.least), and: laterPoint(a.greatest, b.greatest))
  }

  /// The earlier of two bounds.
  func earlier(_ a: Bound, _ b: Bound) -> Bound {
    if atMost(a, b) == true { return a }
    if atMost(b, a) == true { return b }
    return Bound(between: earlierPoint(a.least, b.least), and: earlierPoint(a.greatest, b.greatest))
  }

  private func laterPoint(_ a: Point, _ b: Point) -> Point { order(a, b) == .less ? b : a }
  private func earlierPoint(_ a: Point, _ b: Point) -> Point { order(a, b) == .greater ? b : a }
}
