public import ClinicalValues
public import Ledger
public import Trial

/// Holds, reviews and words of the board, from the first to the cut-off.
public struct Oversight: Sendable, Hashable, Encodable {
  /// A hold with its end.
  public struct HoldLine: Sendable, Hashable, Encodable {
    /// Its number.
    public let number: Int
    /// Its kind.
    public let kind: Hold.Kind
    /// What it stops.
    public let activities: [Activity]
    /// The site that it covers; nil for all.
    public let site: SiteID?
    /// The cohort that it covers; nil for all.
    public let cohort: String?
    /// The rule that fired, or the role that set it.
    public let setBy: String
    /// Why, where a rule set it; what people wrote stays in the ledger.
    public let rule: StoppingRule?
    /// When it was set.
    public let set: Moment
    /// When the board decided that it may fall.
    public let liftDecided: Moment?
    /// When it fell; nil while it stands.
    public let lifted: Moment?
  }

  /// A review by the board.
  public struct ReviewLine: Sendable, Hashable, Encodable {
    /// When.
    public let held: Moment
    /// What it decided.
    public let decision: BoardDecision
    /// How many were through the dose-limiting window.
    public let through: Int
    /// SHA-256 of the report that it read.
    public let report: Digest
  }

  /// The board's word on somebody already lymphodepleted.
  public struct WordLine: Sendable, Hashable, Encodable {
    /// On whom.
    public let participant: ParticipantID
    /// Whether the infusion may follow.
    public let goesOn: Bool
    /// When.
    public let at: Moment
  }

  /// Every hold.
  public let holds: [HoldLine]
  /// Every review, in the order in which they were held.
  public let reviews: [ReviewLine]
  /// Every word.
  public let words: [WordLine]

  init(_ history: StudyHistory) {
    holds = history.holds.map { course in
      let hold = course.hold
      return HoldLine(
        number: hold.number, kind: hold.kind, activities: hold.activities, site: hold.site, cohort: hold.cohort,
        setBy: hold.rule.map { "rule \($0.rawValue)" } ?? hold.setBy?.role.title ?? "unknown", rule: hold.rule,
        set: course.set, liftDecided: course.liftDecided, lifted: course.lifted)
    }
    reviews = history.reviews.sorted { $0.held < $1.held }.map {
      ReviewLine(held: $0.held, decision: $0.decision, through: $0.through, report: $0.report)
    }
    words = history.words.map { WordLine(participant: $0.participant, goesOn: $0.goesOn, at: $0.at) }
  }
}
