/// Sets of data, any one of which would do; small, minimal and bounded in number.
struct Alternatives {
  /// Minimal sets: none contains another.
  private(set) var sets: [Set<String>]
  private let limit: Int

  init(_ sets: [Set<String>], limit: Int) {
    self.limit = limit
    self.sets = []
    if sets.count <= 1 {
      self.sets = sets
      return
    }
    // Smaller sets first, then by name, so that a bound keeps the same ones each time.
    let ordered = Set(sets).map { (names: $0.sorted(), set: $0) }.sorted {
      $0.names.count != $1.names.count
        ? $0.names.count < $1.names.count : $0.names.lexicographicallyPrecedes($1.names)
    }
    for (_, candidate) in ordered where self.sets.count < limit {
      if !self.sets.contains(where: { $0.isSubset(of: candidate) }) { self.sets.append(candidate) }
    }
  }

  /// Needs nothing more.
  static func done(limit: Int) -> Alternatives { Alternatives([[]], limit: limit) }
  /// Cannot be had.
  static func impossible(limit: Int) -> Alternatives { Alternatives([], limit: limit) }

  /// One of either.
  func or(_ other: Alternatives) -> Alternatives { Alternatives(sets + other.sets, limit: limit) }

  /// One of each.
  func and(_ other: Alternatives) -> Alternatives {
    Alternatives(sets.flatMap { set in other.sets.map { set.union($0) } }, limit: limit)
  }
}

/// Computes which data would turn an unknown into a wanted truth value, if they come out well.
struct WaysFinder {
  private let limit: Int
  private var known: [Key: Alternatives] = [:]
  private var supports: [ObjectIdentifier: Alternatives] = [:]

  private struct Key: Hashable {
    let node: ObjectIdentifier
    let target: Bool?
  }

  init(limit: Int) { self.limit = limit }

  private var done: Alternatives { .done(limit: limit) }
  private var impossible: Alternatives { .impossible(limit: limit) }

  /// What would make a node `target`.
  mutating func ways(_ why: Why, to target: Bool) -> Alternatives {
    if let truth = why.truth { return truth == target ? done : impossible }
    let key = Key(node: ObjectIdentifier(why), target: target)
    if let known = known[key] { return known }
    let result = unknown(why, to: target)
    known[key] = result
    return result
  }

  private mutating func unknown(_ why: Why, to target: Bool) -> Alternatives {
    switch why.rule {
    case .data: return data(of: why.support)
    case .and: return target ? all(why.parts, to: true) : any(why.parts, to: false)
    case .or: return target ? any(why.parts, to: true) : all(why.parts, to: false)
    case .not: return any(why.parts, to: !target)
    case .definition, .call: return any(why.parts, to: target)
    case .implies:
      guard let premise = why.parts.first, let conclusion = why.parts.last else { return impossible }
      return target
        ? ways(premise, to: false).or(ways(conclusion, to: true))
        : ways(premise, to: true).and(ways(conclusion, to: false))
    case .xor:
      guard let a = why.parts.first, let b = why.parts.last else { return impossible }
      return ways(a, to: true).and(ways(b, to: !target)).or(ways(a, to: false).and(ways(b, to: target)))
    case .coalesce: return any(why.parts, to: target)
    case .choice: return choice(why, to: target)
    }
  }

  /// A branch that is unknown needs its own data; one that rests on none, such as a plain `null`, needs other data under the
  /// conditions that led there.
  private mutating func choice(_ why: Why, to target: Bool) -> Alternatives {
    guard let branch = why.parts.last else { return impossible }
    guard branch.restsOnNothing else { return ways(branch, to: target) }
    var result = impossible
    for condition in why.parts.dropLast() { result = result.or(change(of: condition)) }
    return result
  }

  private mutating func all(_ parts: [Why], to target: Bool) -> Alternatives {
    var result = done
    for part in parts { result = result.and(ways(part, to: target)) }
    return result
  }

  private mutating func any(_ parts: [Why], to target: Bool) -> Alternatives {
    var result = impossible
    for part in parts { result = result.or(ways(part, to: target)) }
    return result
  }

  /// Data that could make a condition come out otherwise.
  private mutating func change(of why: Why) -> Alternatives {
    if why.outcome.isNull { return ways(why, to: true).or(ways(why, to: false)) }
    let key = Key(node: ObjectIdentifier(why), target: nil)
    if let known = known[key] { return known }
    var result = impossible
    if case .data = why.rule {
      result = data(of: why.support)
    } else {
      for part in why.decidingParts { result = result.or(change(of: part)) }
    }
    known[key] = result
    return result
  }

  /// The data that a leaf's operands lack: all of them, but one of those that are sources of the same list.
  private mutating func data(of support: Support) -> Alternatives {
    if let known = supports[ObjectIdentifier(support)] { return known }
    let result: Alternatives
    switch support.form {
    case .nothing: result = impossible
    case .record(let record): result = Alternatives([[record.retrieve.datum]], limit: limit)
    case .retrieve(let outcome): result = Alternatives([[outcome.datum]], limit: limit)
    case .all(let parts), .tuple(let parts): result = needs(parts)
    case .either(let parts): result = oneOf(parts)
    case .list(let elements, let whole): result = elements.isEmpty ? data(of: whole) : needs(elements)
    case .truth(let why): result = change(of: why)
    case .beside(let support, let also):
      let own = data(of: support)
      result = own.sets.isEmpty ? data(of: also) : own
    case .named(let support, _): result = data(of: support)
    case .blocked(let source, let conditions):
      let own = oneOf(conditions)
      result = own.sets.isEmpty ? data(of: source) : own
    }
    supports[ObjectIdentifier(support)] = result
    return result
  }

  private mutating func needs(_ parts: [Support]) -> Alternatives {
    var result: Alternatives?
    for part in parts {
      let own = data(of: part)
      if !own.sets.isEmpty { result = result?.and(own) ?? own }
    }
    return result ?? impossible
  }

  private mutating func oneOf(_ parts: [Support]) -> Alternatives {
    var result = impossible
    for part in parts { result = result.or(data(of: part)) }
    return result
  }
}

extension Why {
  /// The smallest sets of data that would make an unknown outcome `target`, if they come out well: `and` needs all its
  /// unknown parts, `or` one of them. A datum is named as `RetrieveOutcome.datum` does. At most `limit` sets, smallest
  /// first; none where what is known already forbids it; one empty set where the outcome is `target` already.
  public func ways(toMake target: Bool, limit: Int = 64) -> [Set<String>] {
    var finder = WaysFinder(limit: max(1, limit))
    return finder.ways(self, to: target).sets
  }
}
