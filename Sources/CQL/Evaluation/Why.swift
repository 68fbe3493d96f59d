/// Why a value is what it is: a node of a graph whose leaves are data.
///
/// Truth values keep the structure of the logic that made them, through definitions, functions and aggregates; any
/// other operator is a leaf that rests on all its operands' data.
public final class Why: Sendable {
  /// How the outcome came of the parts.
  public enum Rule: Sendable {
    /// Computed from data by operators that are no logic, or a constant; no parts.
    case data
    case and, or, not, xor, implies
    /// `if` or `case`: the conditions tried, then the branch taken.
    case choice
    /// `Coalesce`: the operands up to the first that is not null.
    case coalesce
    /// The value of a definition; one part.
    case definition(DefinitionName, tags: [String: String])
    /// The value of a call; one part.
    case call(DefinitionName, tags: [String: String])
  }

  /// The value.
  public let outcome: Value
  /// How it came about.
  public let rule: Rule
  /// What it came of.
  public let parts: [Why]
  /// What a leaf rests on.
  let support: Support
  let depth: Int
  /// Whether it rests on no data at all, through calls and branches too: constants alone led to it.
  let restsOnNothing: Bool

  init(leaf outcome: Value, _ support: Support) {
    self.outcome = outcome
    self.rule = .data
    self.parts = []
    self.support = support
    self.depth = 1 + support.depth
    restsOnNothing = support.isNothing
  }

  /// A node over parts; beyond the depth limit its parts are flattened to a leaf.
  convenience init(_ outcome: Value, _ rule: Rule, _ parts: [Why]) {
    self.init(outcome, rule, parts, depth: 1 + (parts.lazy.map(\.depth).max() ?? 0))
  }

  private init(_ outcome: Value, _ rule: Rule, _ parts: [Why], depth: Int) {
    self.outcome = outcome
    if depth > Support.depthLimit {
      self.rule = .data
      self.parts = []
      self.support = Support(.all(parts.map { Support(.truth($0)) }))
      self.depth = 1 + support.depth
      restsOnNothing = parts.allSatisfy(\.restsOnNothing)
    } else {
      self.rule = rule
      self.parts = parts
      self.support = .nothing
      self.depth = depth
      restsOnNothing = parts.allSatisfy(\.restsOnNothing)
    }
  }

  /// The outcome as a truth value; nil for null and for what is no truth value.
  public var truth: Bool? {
    guard case .boolean(let truth) = outcome else { return nil }
    return truth
  }

  /// Whether it is a constant of the program's text.
  public var isConstant: Bool {
    guard case .data = rule else { return false }
    return support.isNothing
  }
}

extension Why {
  /// `a and b`, `a or b`: chains stay flat, and a constant that decides nothing is left out.
  static func logical(_ rule: Rule, _ outcome: Value, _ a: Why, _ b: Why) -> Why {
    guard let neutral = rule.neutral else { return Why(outcome, rule, [a, b]) }
    func matters(_ part: Why) -> Bool { !(part.isConstant && part.truth == neutral) }
    if rule.isSame(as: a.rule), a.parts.count < Support.chainLimit {
      let more = rule.isSame(as: b.rule) && !b.parts.isEmpty ? b.parts : matters(b) ? [b] : []
      return Why(outcome, rule, a.parts + more, depth: max(a.depth, b.depth + 1))
    }
    let parts = [a, b].filter(matters)
    return parts.isEmpty ? Why(leaf: outcome, .nothing) : Why(outcome, rule, parts)
  }

  /// The parts that make the outcome what it is: those that force it, else all; of an unknown, those that are unknown.
  var decidingParts: [Why] {
    switch (rule, truth) {
    case (.and, let truth?): truth ? parts : parts.filter { $0.truth == false }
    case (.or, let truth?): truth ? parts.filter { $0.truth == true } : parts
    case (.implies, true?):
      parts.enumerated().filter { $0.element.truth == ($0.offset == 1) }.map(\.element)
    case (.and, nil), (.or, nil), (.xor, nil), (.implies, nil): parts.filter { $0.truth == nil }
    case (.choice, nil): unknownChoiceParts
    default: parts
    }
  }

  /// Of an unknown choice: its branch, or its conditions where the branch rests on no data: a `null`, or a call that makes one
  /// of constants.
  private var unknownChoiceParts: [Why] {
    guard let branch = parts.last, branch.restsOnNothing else { return parts.suffix(1) }
    return parts.dropLast()
  }
}

extension Why.Rule {
  /// The truth value that leaves the result of `and` or `or` to the other part.
  fileprivate var neutral: Bool? {
    switch self {
    case .and: true
    case .or: false
    default: nil
    }
  }

  fileprivate func isSame(as other: Why.Rule) -> Bool {
    switch (self, other) {
    case (.and, .and), (.or, .or): true
    default: false
    }
  }
}
