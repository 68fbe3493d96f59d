import ClinicalValues

/// A condition that bounds when a row was: `x.date during i`, `@2026-01 <= start of x.period`, `x.date same day as d`.
struct DateCondition: Sendable {
  /// The element of the row.
  let path: String
  /// What it is compared with: a date, a date-time or an interval of them; two of `between`.
  let bounds: [Node]
  private let relation: Relation
  /// The precision of the comparison, if it names one.
  private let precision: Precision?

  /// Where the row must reach to, for the condition to hold.
  private enum Relation: Sendable {
    /// Into the bound.
    case inside
    /// To where the bound starts, or before.
    case before
    /// To where the bound ends, or after.
    case after

    /// The relation seen from the other side.
    var flipped: Relation {
      switch self {
      case .inside: .inside
      case .before: .after
      case .after: .before
      }
    }
  }

  /// Reads a condition; nil where it is none on a date of the row in `slot`.
  init?(_ node: Node, on slot: Int) {
    guard case .apply(let name, _, let written) = node.kind, let relation = DateCondition.relations[name] else {
      return nil
    }
    var operands = written
    var precision: Precision?
    if operands.last?.type == .precision {
      guard case .literal(.precision(let named))? = operands.popLast()?.kind else { return nil }
      // A comparison by week or by hours of a date is an error, which it is for the condition to report.
      guard named <= .day, named != .week else { return nil }
      precision = named
    }
    self.precision = precision
    if name == "Between" {
      guard operands.count == 3, let path = operands[0].datePath(of: slot) else { return nil }
      (self.path, self.relation, bounds) = (path, relation, Array(operands.dropFirst()))
    } else {
      guard operands.count == 2 else { return nil }
      if let path = operands[0].datePath(of: slot) {
        (self.path, self.relation, bounds) = (path, relation, [operands[1]])
      } else if let path = operands[1].datePath(of: slot) {
        (self.path, self.relation, bounds) = (path, relation.flipped, [operands[0]])
      } else {
        return nil
      }
    }
    guard bounds.allSatisfy({ $0.type.isDated }) else { return nil }
  }

  private static let relations: [String: Relation] = [
    "In": .inside, "IncludedIn": .inside, "ProperIn": .inside, "ProperIncludedIn": .inside, "SameAs": .inside,
    "Equal": .inside, "Contains": .inside, "Includes": .inside, "ProperContains": .inside, "ProperIncludes": .inside,
    "Overlaps": .inside, "Between": .inside,
    "Before": .before, "SameOrBefore": .before, "Less": .before, "LessOrEqual": .before,
    "After": .after, "SameOrAfter": .after, "Greater": .after, "GreaterOrEqual": .after,
  ]

  /// The days outside of which the condition cannot hold, given its bounds; nil: no limit.
  func days(_ values: [Value]) -> (first: CalendarDate?, last: CalendarDate?) {
    guard let low = values.first, let high = values.last else { return (nil, nil) }
    return switch relation {
    case .inside: (first(low.firstDate), last(high.lastDate))
    case .before: (nil, last(low.firstDate))
    case .after: (first(high.lastDate), nil)
    }
  }

  /// How far offsets from UTC can move a day, on both sides of a comparison.
  private static let margin = 2

  private func first(_ bound: CalendarDate?) -> CalendarDate? {
    guard let bound, let day = CalendarDate(daysSinceEpoch: bound.earliest.daysSinceEpoch - DateCondition.margin)
    else { return nil }
    return day.truncated(to: precision ?? .day).earliest
  }

  private func last(_ bound: CalendarDate?) -> CalendarDate? {
    guard let bound, let day = CalendarDate(daysSinceEpoch: bound.latest.daysSinceEpoch + DateCondition.margin)
    else { return nil }
    return day.truncated(to: precision ?? .day).latest
  }
}

extension Value {
  /// The date at which it starts.
  fileprivate var firstDate: CalendarDate? { if case .interval(let it) = self { it.low.ownDate } else { ownDate } }
  /// The date at which it ends.
  fileprivate var lastDate: CalendarDate? { if case .interval(let it) = self { it.high.ownDate } else { ownDate } }

  private var ownDate: CalendarDate? {
    switch self {
    case .date(let date): date
    case .dateTime(let dateTime): dateTime.date
    default: nil
    }
  }
}

extension CQLType {
  /// A date, a date-time or an interval of them.
  fileprivate var isDated: Bool {
    switch self {
    case .date, .dateTime, .interval(.date), .interval(.dateTime): true
    default: false
    }
  }
}

extension Node {
  /// The element of the row in a slot of which this is the date, or part of the period, and nothing else; nil for any
  /// other expression.
  fileprivate func datePath(of slot: Int) -> String? {
    switch kind {
    case .property(let owner, let name):
      if case .slot(slot) = owner.kind { return name }
      return ["value", "start", "end"].contains(name) ? owner.datePath(of: slot) : nil
    case .asType(let operand, _, strict: false): return operand.datePath(of: slot)
    case .apply(let name, _, let operands):
      let keepsDays =
        ["ToDate", "ToDateTime", "DateFrom", "Start", "End"].contains(name) || name.hasPrefix("ToInterval<")
      return keepsDays && operands.count == 1 ? operands[0].datePath(of: slot) : nil
    case .caseOf(_, let items, let otherwise): return Node.shared(items.map(\.then) + [otherwise], slot)
    default: return nil
    }
  }

  /// The element that all of these are the date of, where they are not null.
  private static func shared(_ branches: [Node], _ slot: Int) -> String? {
    var path: String?
    for branch in branches {
      if case .literal(.null) = branch.kind { continue }
      guard let found = branch.datePath(of: slot), path == nil || path == found else { return nil }
      path = found
    }
    return path
  }
}
