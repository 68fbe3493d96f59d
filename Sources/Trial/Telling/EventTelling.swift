import ClinicalValues

/// What an event tells a person.
public struct Told: Sendable, Hashable {
  /// What it is about where several events in a row tell of the same: `Collection 03-0007-C1-X`.
  public let about: String?
  /// What happened; the whole sentence, without its full stop, where it is about nothing by name.
  public let words: String
  /// What the sentence rests on, a line each: gates, criteria, digests.
  public let detail: [String]

  init(_ words: String, about: String? = nil, detail: [String] = []) {
    self.about = about
    self.words = words
    self.detail = detail
  }

  /// The sentence.
  public var sentence: String {
    let text = about.map { "\($0): \(words)" } ?? Say.uppercasedFirst(words)
    return ".!?".contains(text.last ?? " ") ? text : text + "."
  }
}

/// Tells events in plain sentences, for whoever reads a participant's way, a worklist or the audit trail.
///
/// A sentence says what happened. Who did it, when, and who signed stand beside it: they belong to every event.
public struct EventTelling: Sendable {
  /// The names that it uses.
  public let vocabulary: Vocabulary
  /// Whom it tells of; nil where that is nobody by name.
  private var whom: ParticipantID?

  /// Tells in the words of a vocabulary.
  public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// The same of a participant: what runs out stands by the clocks of their site.
  func of(_ id: ParticipantID) -> EventTelling {
    var telling = self
    telling.whom = id
    return telling
  }

  /// What an event tells.
  public func told(_ event: TrialEvent) -> Told {
    switch event {
    case .way(let id, let event): of(id).told(event)
    case .product(let id, let event): of(id).told(event)
    case .record(let id, let event): of(id).told(event)
    case .studyRecord(let event): told(event)
    case .study(let event): told(event)
    case .site(_, let event): told(event)
    case .people(let event): told(event)
    case .casebook(_, let event): told(event)
    case .safety(_, let event): told(event)
    case .grade(_, let event): told(event)
    case .laboratory(_, let event): told(event)
    }
  }

  /// An event in a sentence.
  public func sentence(_ event: TrialEvent) -> String { told(event).sentence }

  /// An event in a sentence that also says whom or which site it is about.
  public func sentenceWithSubject(_ event: TrialEvent) -> String {
    switch event {
    case .way(let id, _), .product(let id, _), .record(let id, _), .casebook(let id, _), .safety(let id, _),
      .grade(let id, _):
      "\(id): \(sentence(event))"
    case .site(let id, _): "Site \(id): \(sentence(event))"
    case .laboratory(let site, _): (site.map { "Site \($0): " } ?? "") + sentence(event)
    case .study, .studyRecord, .people: sentence(event)
    }
  }

  /// A point of time by the clocks of whose site it is, else in UTC.
  func clockTime(_ instant: Instant) -> String {
    guard let whom else { return Say.clockTime(instant) }
    let here = vocabulary.clock(instant, whom)
    return Say.clockTime(here, isRepeated: here.isRepeated { vocabulary.clock($0, whom) })
  }

  /// A gate as it was seen with an act, in a clause.
  func gate(_ title: String, _ lines: [GateLine]) -> String {
    guard !lines.isEmpty else { return "" }
    let met = lines.count { $0.value == true }
    let standing = met == lines.count ? "open" : "closed"
    return "; gate of \(title): \(standing), \(met) of \(lines.count) lines"
  }

  /// Each line of a gate with what it rested on.
  func detail(_ lines: [GateLine]) -> [String] {
    lines.map { line in
      let value = line.value.map { $0 ? "true" : "false" } ?? "unknown"
      let evidence = line.evidence.map { vocabulary.evidence($0) }.filter { !$0.isEmpty }
      let until = line.until.map { " (until \(clockTime($0)))" } ?? ""
      return "\(value)  \(line.title)" + (evidence.isEmpty ? "" : ": " + evidence.joined(separator: "; ")) + until
    }
  }

  /// Each criterion with its outcome, then the digests of what was assessed.
  func detail(_ assessment: AssessmentSummary?) -> [String] {
    guard let assessment else { return [] }
    return assessment.criteria.map { "\($0.outcome.words)  \(vocabulary.criterion($0.id))" } + [
      "record as it was assessed: SHA-256 \(assessment.record)", "report: SHA-256 \(assessment.report)",
    ]
  }

  /// How many criteria passed, which did not, as of when and by which version.
  func summary(_ assessment: AssessmentSummary) -> String {
    let passed = assessment.criteria.count { $0.outcome == .pass }
    let others = assessment.criteria.filter { $0.outcome != .pass }
      .map { "\(vocabulary.criterion($0.id)) \($0.outcome.words)" }
    return "\(passed) of \(Say.counted(assessment.criteria.count, "criterion", "criteria")) passed as of "
      + "\(assessment.asOf), protocol version \(assessment.protocolVersion.version)"
      + (others.isEmpty ? "" : "; \(Say.listed(others))")
  }
}
