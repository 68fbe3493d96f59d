import ClinicalValues

extension CTCAE {
  /// A condition as the table writes it: comparisons and circumstances, joined by `and`.
  ///
  /// A comparison is `< 1.5`, `> 3 ULN`, `>= 1.5 baseline`, `< LLN`, of the value or of what is named before it:
  /// `baseline > ULN`, `fall >= 10` (from baseline), `rise > 60` (above it), `durationHours > 24`.
  struct Clause: Sendable {
    /// The condition as written.
    let text: String
    /// All of these must hold.
    let parts: [Part]

    enum Part: Sendable, Equatable {
      case comparison(Subject, Relation, Decimal, of: Limit?)
      case circumstance(Circumstance)
      /// Not in the notation: never holds and is never denied, so that nothing is graded by it.
      case unreadable
    }
    enum Subject: String { case value, baseline, fall, rise, durationHours }
    enum Relation: String { case below = "<", atMost = "<=", above = ">", atLeast = ">=" }
    enum Limit: String { case lln = "LLN", uln = "ULN", baseline }

    init(_ text: String) {
      let words = text.split(separator: " ")
      self.text = words.joined(separator: " ")
      self.parts = words.split(separator: "and").map { Part($0.map(String.init)) }
    }
  }
}

extension CTCAE.Clause.Part {
  init(_ words: [String]) {
    var words = words[...]
    if words.count == 1, let circumstance = words.first.flatMap({ CTCAE.Circumstance(rawValue: $0) }) {
      self = .circumstance(circumstance)
      return
    }
    let subject = words.first.flatMap { CTCAE.Clause.Subject(rawValue: $0) }
    if subject != nil { words.removeFirst() }
    guard let relation = words.popFirst().flatMap({ CTCAE.Clause.Relation(rawValue: $0) }) else {
      self = .unreadable
      return
    }
    let number = words.first.flatMap { Decimal($0) }
    if number != nil { words.removeFirst() }
    let limit = words.popFirst().map { CTCAE.Clause.Limit(rawValue: $0) }
    guard words.isEmpty, limit != .some(nil), number != nil || limit != nil else {
      self = .unreadable
      return
    }
    self = .comparison(subject ?? .value, relation, number ?? 1, of: limit ?? nil)
  }
}

extension CTCAE.Clause {
  /// Whether the condition holds; nil if what it compares is not recorded.
  func holds(for reading: CTCAE.Reading) -> Bool? { Kleene.and(parts.map { reading.satisfies($0) }) }

  /// Whether it holds for values below a bound, or that have fallen.
  var isBelow: Bool {
    parts.contains { part in
      guard case .comparison(let subject, let relation, _, _) = part else { return false }
      return subject == .value && (relation == .below || relation == .atMost)
    }
  }

  /// The limits that it compares with.
  var limits: [Limit] {
    parts.flatMap { part -> [Limit] in
      guard case .comparison(let subject, _, _, let limit) = part else { return [] }
      let own: [Limit] = [.baseline, .fall, .rise].contains(subject) ? [.baseline] : []
      return own + (limit.map { [$0] } ?? [])
    }
  }

  /// The hours that it must have lasted longer than; nil where it asks for none.
  var hours: Decimal? {
    parts.lazy.compactMap { part -> Decimal? in
      guard case .comparison(.durationHours, .above, let hours, of: nil) = part else { return nil }
      return hours
    }.first
  }

  /// The circumstances that it asks for.
  var circumstances: [CTCAE.Circumstance] {
    parts.compactMap { if case .circumstance(let circumstance) = $0 { circumstance } else { nil } }
  }
}
