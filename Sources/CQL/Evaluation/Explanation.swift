/// What an unknown waits for.
public enum Undecided: Sendable {
  /// A retrieve of which nothing reached the result.
  case missing(RetrieveOutcome)
  /// A record that is there and cannot decide.
  case undecidable(Record)

  /// What was asked for: a value set's id, else codes, else a class.
  public var datum: String {
    switch self {
    case .missing(let outcome): outcome.datum
    case .undecidable(let record): record.retrieve.datum
    }
  }
}

/// The value of a definition with its reasons.
public struct Explanation: Sendable {
  /// The definition.
  public let name: DefinitionName
  /// Its value.
  public let value: Value
  /// Why it is so.
  public let why: Why
}

extension Why {
  /// The records that the outcome rests on: of a decided one only those that decide it (the false parts of a false
  /// `and`, the true parts of a true `or`), of an unknown one those of its unknown parts.
  public var supporting: [Record] { Gathering(self).records }

  /// The definitions and tagged functions that the outcome rests on, outermost first.
  public var definitions: [DefinitionName] { Gathering(self).definitions }

  /// What an unknown waits for: each unknown leaf's retrieves that came to nothing, or, where it has none, its records.
  /// Empty for a decided outcome.
  ///
  /// A retrieve of which a record reached the result came to something.
  public var undecided: [Undecided] {
    guard case .null = outcome else { return [] }
    var result: [Undecided] = []
    var seen: Set<String> = []
    for leaf in decidingLeaves {
      let data = Gathering(leaf.support)
      let reached = Set(data.records.map(\.retrieve.datum))
      let absent = data.retrieves.filter { !reached.contains($0.datum) }
      let parts: [Undecided] = absent.isEmpty ? data.records.map { .undecidable($0) } : absent.map { .missing($0) }
      for part in parts where seen.insert(part.identity).inserted { result.append(part) }
    }
    return result
  }

  /// The leaves under the deciding parts, each once, in order.
  var decidingLeaves: [Why] {
    var leaves: [Why] = []
    var seen: Set<ObjectIdentifier> = []
    var waiting = [self]
    while let why = waiting.popLast() {
      guard seen.insert(ObjectIdentifier(why)).inserted else { continue }
      if case .data = why.rule { leaves.append(why) } else { waiting.append(contentsOf: why.decidingParts.reversed()) }
    }
    return leaves
  }
}

extension Undecided {
  /// The same for the same record, or the same retrieve.
  public var identity: String {
    switch self {
    case .missing(let outcome): "missing \(outcome.className) \(outcome.datum)"
    case .undecidable(let record): "record \(record.origin.index) \(record.origin.reference) \(record.retrieve.datum)"
    }
  }
}
