import ClinicalValues

/// Order, equality and equivalence of values in the surroundings of one evaluation.
///
/// Source: HL7 CQL 1.5, Appendix B, "Comparison Operators". Two dates or times of which one goes to the second and the
/// other to the millisecond are not known to be equal: the published tests want it so, though the text would take the
/// missing milliseconds as 0.
struct Comparing {
  /// Minutes east of UTC that a date-time without an offset is taken to have: those of the evaluation.
  let offset: Int

  init(_ environment: Environment) { offset = environment.now.offsetMinutes ?? 0 }
}

extension Comparing {
  /// How `a` stands to `b`; nil where that is not known, as far as the precision asked for, or where they do not compare.
  func order(_ a: Value, _ b: Value, at precision: Precision? = nil) -> Ordering? {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): Ordering(a, b)
    case (.string(let a), .string(let b)): order(a, b)
    case (.date(let a), .date(let b)): a.compare(b, at: precision)
    case (.dateTime(let a), .dateTime(let b)): order(a, b, at: precision)
    case (.date(let a), .dateTime(let b)): DateTime(date: a).flatMap { order($0, b, at: precision) }
    case (.dateTime(let a), .date(let b)): DateTime(date: b).flatMap { order(a, $0, at: precision) }
    case (.time(let a), .time(let b)): order(a, b, at: precision)
    case (.quantity(let a), .quantity(let b)): a.compare(b)
    case (.boolean(let a), .boolean(let b)): Ordering(a ? 1 : 0, b ? 1 : 0)
    default:
      if let a = a.asNumber, let b = b.asNumber {
        Ordering(a, b)
      } else if let a = UncertainInteger(a), let b = UncertainInteger(b) {
        a.isLess(than: b) == true
          ? .less : b.isLess(than: a) == true ? .greater : a.isEqual(to: b) == true ? .equal : nil
      } else {
        nil
      }
    }
  }

  /// Strings by the numbers of their Unicode scalars, which is the order of their UTF-8 bytes.
  func order(_ a: String, _ b: String) -> Ordering {
    if a.utf8.elementsEqual(b.utf8) { return .equal }
    return a.utf8.lexicographicallyPrecedes(b.utf8) ? .less : .greater
  }

  /// Date-times, brought to one offset where theirs differ; nil where the order is not known.
  func order(_ a: DateTime, _ b: DateTime, at precision: Precision? = nil) -> Ordering? {
    if precision == nil, let shared = Comparing.sharedSecond(a.precision, b.precision) {
      let order = a.compare(b, at: shared, defaultOffset: offset)
      return order == .equal ? nil : order
    }
    // Days and coarser parts compare as written: offsets are brought to one only for hours and finer.
    if let precision, precision <= .day { return a.date.compare(b.date, at: precision) }
    return a.compare(b, at: precision, defaultOffset: offset)
  }

  /// Times of day; nil where the order is not known.
  func order(_ a: TimeOfDay, _ b: TimeOfDay, at precision: Precision? = nil) -> Ordering? {
    if precision == nil, let shared = Comparing.sharedSecond(a.precision, b.precision) {
      let order = a.compare(b, at: shared)
      return order == .equal ? nil : order
    }
    return a.compare(b, at: precision)
  }

  /// The second, where one side is known to it and the other to the millisecond.
  private static func sharedSecond(_ a: Precision, _ b: Precision) -> Precision? {
    min(a, b) == .second && max(a, b) == .millisecond ? .second : nil
  }

  /// Whether `a` comes before `b`; nil where not known.
  func isLess(_ a: Value, _ b: Value) -> Bool? { order(a, b).map { $0 == .less } }

  /// A total order for sorting: null first, then by `order`; values that do not compare keep their places. Of two dates
  /// known to different precision whose order is open, the one with fewer parts comes first.
  func sortsBefore(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null), (_, .null): return false
    case (.null, _): return true
    default: break
    }
    if let order = order(a, b) { return order == .less }
    return (a.precision ?? .millisecond) < (b.precision ?? .millisecond)
  }
}

extension Value {
  /// An Integer, Long or Decimal as Decimal.
  var asNumber: Decimal? {
    switch self {
    case .integer(let number): Decimal(number)
    case .long(let number): Decimal(number)
    case .decimal(let number): number
    default: nil
    }
  }

  /// The finest component of a date or time.
  var precision: Precision? {
    switch self {
    case .date(let date): date.precision
    case .dateTime(let dateTime): dateTime.precision
    case .time(let time): time.precision
    default: nil
    }
  }

  /// Whether this is null.
  var isNull: Bool { if case .null = self { true } else { false } }

  /// The elements of a list; nil for null (and anything else).
  var elements: [Value]? { if case .list(let elements) = self { elements } else { nil } }
}
