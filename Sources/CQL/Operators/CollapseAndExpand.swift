import ClinicalValues

// Merging intervals, and cutting them into pieces of one size.
//
// Source: HL7 CQL 1.5, Appendix B, "Collapse", "Expand".

extension IntervalRelation {
  /// The intervals of a list, those merged that overlap or meet, or that lie no further apart than `per`. Nulls and
  /// intervals of which nothing is known are left out; what is not known to touch stays apart.
  func collapse(_ list: Value, per: Value) throws(EvaluationError) -> Value {
    guard let elements = list.elements else { return .null }
    let step = try Quantity(per).map { (per) throws(EvaluationError) in try Step(per) }
    let relation = IntervalRelation(comparing, step?.precision)
    let bounds = elements.compactMap { $0.asBounds }.sorted { relation.less($0.start, $1.start) == true }
    guard var current = bounds.first else { return .list([]) }
    var result: [Value] = []
    for next in bounds.dropFirst() {
      let touches =
        either(relation.overlaps(current, next), relation.meets(current, next)) == true
        || step.map { relation.isWithin($0, current.end, next.start) } == true
      if touches {
        current = IntervalBounds(
          start: earlier(current.start, next.start), end: later(current.end, next.end), pointType: current.pointType)
      } else {
        result.append(.interval(current.interval))
        current = next
      }
    }
    return .list(result + [.interval(current.interval)])
  }

  /// Whether the next start is at most a step after an end.
  private func isWithin(_ step: Step, _ end: Bound, _ start: Bound) -> Bool {
    guard let end = end.value, let reach = step.after(precision.map { end.truncated(to: $0) } ?? end) else {
      return false
    }
    return atMost(start, Bound(known: .value(reach))) == true
  }
}

/// The `per` of a collapse or an expansion: a number of calendar units, or a plain quantity.
private struct Step {
  let quantity: Quantity
  /// The unit and how many of it, for dates and times.
  let calendar: (unit: Precision, count: Int)?

  init(_ quantity: Quantity) throws(EvaluationError) {
    guard quantity.value.sign > 0 else {
      throw EvaluationError("'per \(quantity.text)' is no size. Use a quantity above 0.")
    }
    self.quantity = quantity
    guard let unit = Precision(durationUnit: quantity.unit) else {
      calendar = nil
      return
    }
    let count = Int64(exactly: quantity.value.truncated) ?? 0
    calendar = count > 0 && count < 1_000_000_000 ? (unit, Int(count)) : nil
  }

  /// The precision at which dates and times are compared; days for weeks.
  var precision: Precision? { calendar.map { $0.unit == .week ? .day : $0.unit } }

  /// A point one step later; nil beyond the largest, and where the units do not fit.
  func after(_ point: Value) -> Value? {
    if let calendar {
      switch point {
      case .date(let it): return it.adding(calendar.count, calendar.unit).map { .date($0) }
      case .dateTime(let it): return it.adding(calendar.count, calendar.unit).map { .dateTime($0) }
      case .time(let it): return advanced(it, calendar).map { .time($0) }
      default: break
      }
    }
    switch point {
    case .integer, .long, .decimal:
      guard quantity.unit == "1", let number = point.asNumber else { return nil }
      return (number + quantity.value).map { .decimal($0) }
    case .quantity(let it): return (it + quantity).map { .quantity($0) }
    default: return nil
    }
  }

  /// A later time of the same day.
  private func advanced(_ time: TimeOfDay, _ calendar: (unit: Precision, count: Int)) -> TimeOfDay? {
    guard let later = time.adding(calendar.count, calendar.unit), calendar.count < 86_400_000,
      time.compare(later) == .less
    else { return nil }
    return later
  }
}

/// Cuts intervals into pieces of one size.
struct Expander {
  private let comparing: Comparing
  private let per: Quantity?
  /// No list of more pieces than this is made.
  private static let limit = 100_000
  private static let tooMany = EvaluationError(
    "'expand' gives more than \(limit) pieces. Use a larger 'per'.")

  init(_ comparing: Comparing, per: Quantity?) {
    self.comparing = comparing
    self.per = per
  }

  /// The pieces of intervals, each once.
  func intervals(_ intervals: [Value]) throws(EvaluationError) -> [Value] {
    comparing.distinct(
      try pieces(intervals).map { .interval(IntervalValue(low: $0.low, high: $0.high, pointType: $0.type)) })
  }

  /// The starts of the pieces of one interval.
  func points(_ interval: Value) throws(EvaluationError) -> [Value] { try pieces([interval]).map { $0.low } }

  private typealias Piece = (low: Value, high: Value, type: CQLType)

  private func pieces(_ intervals: [Value]) throws(EvaluationError) -> [Piece] {
    let bounds = intervals.compactMap { $0.asBounds }
    var result: [Piece] = []
    for bound in bounds {
      // What has an unknown or endless side contributes nothing.
      guard let start = bound.start.value, let end = bound.end.value else { continue }
      if start.precision == nil {
        try addNumbers(from: start, to: end, of: bound.pointType, among: bounds, to: &result)
      } else {
        try addTimes(from: start, to: end, of: bound.pointType, among: bounds, to: &result)
      }
    }
    return result
  }

  private func add(_ piece: Piece, to result: inout [Piece]) throws(EvaluationError) {
    if result.count >= Expander.limit { throw Expander.tooMany }
    result.append(piece)
  }

  private func addTimes(
    from start: Value, to end: Value, of type: CQLType, among all: [IntervalBounds], to result: inout [Piece]
  ) throws(EvaluationError) {
    let coarsest = all.flatMap { [$0.start.value?.precision, $0.end.value?.precision] }.compactMap { $0 }.min() ?? .day
    let step = try Step(per ?? Quantity(1, "\(coarsest)"))
    guard let precision = step.precision else {
      throw EvaluationError(
        "Intervals of dates and times expand per years, months, days ..., not per \(step.quantity.text).")
    }
    guard let known = [start.precision, end.precision].compactMap({ $0 }).min(), known >= precision else { return }
    var low = start.truncated(to: precision)
    let last = end.truncated(to: precision)
    while comparing.order(low, last) == .less || comparing.order(low, last) == .equal {
      let next = step.after(low)
      // The last piece of the calendar or the day has no next one, but may still be whole.
      guard let high = next.map({ $0.predecessor }) ?? (step.calendar?.count == 1 ? low : nil),
        let order = comparing.order(high, last), order != .greater
      else { return }
      try add((low, high, type), to: &result)
      guard let next else { return }
      low = next
    }
  }

  private func addNumbers(
    from start: Value, to end: Value, of type: CQLType, among all: [IntervalBounds], to result: inout [Piece]
  ) throws(EvaluationError) {
    guard let low = number(start), let high = number(end, like: start) else { return }
    let digits =
      all.flatMap { [$0.start.value, $0.end.value] }.compactMap { $0.flatMap { number($0)?.scale } }.min() ?? 0
    guard let size = try pieceSize(start, digits: Int(digits)) else { return }
    let places = Int(size.trimmed.scale)
    guard let unit = Decimal(units: Expander.unit(places), scale: UInt8(places)) else { return }
    // A bound given to fewer digits than the pieces stands for all that it may be.
    let slack = Int(high.scale) < places ? Expander.unit(Int(high.scale)) - unit.units : 0
    let first = low.units - remainder(low.units, unit.units)
    let last = high.units - remainder(high.units, unit.units) + slack
    if (last - first) / size.units >= Int128(Expander.limit) { throw Expander.tooMany }
    var units = first
    while units + size.units - unit.units <= last {
      guard let low = Decimal(units: units, scale: UInt8(places)),
        let high = Decimal(units: units + size.units - unit.units, scale: UInt8(places))
      else { return }
      try add((point(low, like: start, places), point(high, like: start, places), type), to: &result)
      units += size.units
    }
  }

  /// What is left above the next lower multiple of a unit.
  private func remainder(_ value: Int128, _ unit: Int128) -> Int128 {
    let rest = value % unit
    return rest < 0 ? rest + unit : rest
  }

  /// The size of the pieces as a number, in the unit of the points.
  private func pieceSize(_ start: Value, digits: Int) throws(EvaluationError) -> Decimal? {
    guard let per else { return Decimal(units: Expander.unit(digits)) }
    let step = try Step(per).quantity
    if case .quantity(let point) = start { return step.unit == "1" ? step.value : step.converted(like: point)?.value }
    guard step.unit == "1" else {
      throw EvaluationError("Intervals of numbers expand per a plain number, not per \(step.text).")
    }
    return step.value
  }

  /// 10^-digits in units of 10^-8.
  private static func unit(_ digits: Int) -> Int128 { (digits..<8).reduce(1) { unit, _ in unit * 10 } }

  private func number(_ value: Value, like start: Value? = nil) -> Decimal? {
    guard case .quantity(let quantity) = value else { return value.asNumber }
    if case .quantity(let start)? = start { return quantity.converted(like: start)?.value }
    return quantity.value
  }

  /// A number as a point of the same type; a whole type cut into fractions becomes Decimal.
  private func point(_ number: Decimal, like start: Value, _ places: Int) -> Value {
    switch start {
    case .quantity(let quantity): .quantity(Quantity(number, quantity.unit))
    case .integer where places == 0: Int32(exactly: number).value
    case .long where places == 0: Int64(exactly: number).value
    default: .decimal(number)
    }
  }
}
