/// How far something of a casebook has come: an item, a form, a visit, a participant.
public enum FormState: String, Sendable, Hashable, Codable, CaseIterable {
  case notStarted, incomplete, complete, notDone
}

/// Marks beside the base state, with their counts. They are independent of it and of each other.
public struct Badges: Sendable, Hashable, Codable {
  /// Queries that wait for an answer.
  public var openQueries = 0
  /// Queries whose answer waits for whoever asked.
  public var answeredQueries = 0
  /// Items with an answer.
  public var answered = 0
  /// Items that were compared with their source and are the same.
  public var verified = 0
  /// Items that have changed since they were compared.
  public var changedSinceVerified = 0
  /// Forms with a signature that holds.
  public var signed = 0
  /// Forms whose signature a change broke.
  public var brokenSignatures = 0
  /// Forms that the site may not change.
  public var frozen = 0
  /// Forms that nobody may change.
  public var locked = 0

  /// No marks.
  public init() {}

  /// The marks of both.
  public static func + (a: Badges, b: Badges) -> Badges {
    var sum = a
    sum.openQueries += b.openQueries
    sum.answeredQueries += b.answeredQueries
    sum.answered += b.answered
    sum.verified += b.verified
    sum.changedSinceVerified += b.changedSinceVerified
    sum.signed += b.signed
    sum.brokenSignatures += b.brokenSignatures
    sum.frozen += b.frozen
    sum.locked += b.locked
    return sum
  }
}

/// Base state and marks.
public struct Standing: Sendable, Hashable, Codable {
  /// How far it has come.
  public let state: FormState
  /// What stands beside it.
  public let badges: Badges

  /// A base state with its marks.
  public init(_ state: FormState, _ badges: Badges = Badges()) {
    self.state = state
    self.badges = badges
  }

  /// What several come to together: the least complete of them, begun as soon as one is begun; the marks of all.
  public init(of parts: some Collection<Standing>) {
    let states = Set(parts.map(\.state))
    if states.isEmpty || states == [.notStarted] {
      state = .notStarted
    } else if states.contains(.notStarted) || states.contains(.incomplete) {
      state = .incomplete
    } else {
      state = states == [.notDone] ? .notDone : .complete
    }
    badges = parts.reduce(Badges()) { $0 + $1.badges }
  }
}

extension CasebookState {
  /// A form's state, without its marks.
  public func state(of key: FormKey) -> FormState {
    guard let record = forms[key] else { return .notStarted }
    if record.notDone != nil { return .notDone }
    guard record.isBegun else { return .notStarted }
    return record.missing.isEmpty ? .complete : .incomplete
  }

  /// A form's state and marks.
  public func standing(of key: FormKey) -> Standing {
    var badges = Badges()
    for query in queries where query.query.form == key {
      if query.status == .open { badges.openQueries += 1 }
      if query.status == .answered { badges.answeredQueries += 1 }
    }
    for item in forms[key]?.items.values ?? [:].values {
      guard let current = item.current, current.entry.answer != .cleared else { continue }
      badges.answered += 1
      if let verification = item.verification {
        if verification.isTakenBack { badges.changedSinceVerified += 1 } else { badges.verified += 1 }
      }
    }
    let under = signatures.filter { $0.key.covers(key) }.values
    badges.signed = under.contains { $0.brokenBy == nil } ? 1 : 0
    badges.brokenSignatures = badges.signed == 0 && under.contains { $0.brokenBy == key } ? 1 : 0
    badges.frozen = frozen.contains { $0.covers(key) } ? 1 : 0
    badges.locked = locked.contains { $0.covers(key) } ? 1 : 0
    return Standing(state(of: key), badges)
  }

  /// What forms come to together: those that are expected of a visit, or of a participant.
  public func standing(of keys: some Sequence<FormKey>) -> Standing { Standing(of: keys.map { standing(of: $0) }) }

  /// The forms of which something is recorded that belong to a scope, in their order.
  public func keys(in scope: CasebookScope = .casebook) -> [FormKey] { forms.keys.filter(scope.covers).sorted() }

  /// An item's state: answered or with a reason why not, missing, or not started.
  public func state(of item: String, in key: FormKey) -> FormState {
    guard let record = forms[key] else { return .notStarted }
    switch record.entry(item)?.answer {
    case .value: return .complete
    case .absent: return .notDone
    case .cleared, nil: return record.missing.contains(item) ? .incomplete : .notStarted
    }
  }

  /// The number of the next row of a form at a visit: one more than the last that was ever used.
  public func nextRow(of form: String, visit: String = FormKey.log, number: Int = 1) -> Int {
    (forms.keys.filter { $0.form == form && $0.visit == visit && $0.number == number }.map(\.row).max() ?? 0) + 1
  }
}
