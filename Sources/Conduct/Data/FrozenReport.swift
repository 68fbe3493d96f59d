import Ledger
import Rules
import StudyDesign

/// What criteria said, with reasons and evidence, in the form in which a decision freezes it.
public struct FrozenReport: Sendable, Hashable, Codable {
  /// What one criterion said.
  public struct Criterion: Sendable, Hashable, Codable {
    /// Its id in the protocol, such as `INC-5`.
    public let id: String
    /// `pass`, `fail` or `unknown`.
    public let verdict: String
    /// A sentence for the physician who checks it.
    public let reason: String
    /// The records that the verdict rests on.
    public let evidence: [Evidence]
    /// The concepts, by id, that are missing, stale or unusable and could still decide it.
    public let missing: [String]
  }

  /// A record that a verdict rests on.
  public struct Evidence: Sendable, Hashable, Codable {
    /// The concept, by id.
    public let concept: String
    /// Its value as text, with the unit of the source.
    public let value: String
    /// The value in the unit of the criterion; nil where that is the unit of the source.
    public let converted: String?
    /// The date as written; nil where there is none.
    public let when: String?
    /// Where it stands: the entry's `fullUrl`, or `Type/id`.
    public let source: String
  }

  /// What each criterion said, in the protocol's order.
  public let criteria: [Criterion]

  init(_ results: [CriterionResult]) {
    criteria = results.map { result in
      Criterion(
        id: result.criterion.id, verdict: result.outcome.rawValue, reason: result.reason,
        evidence: result.evidence.map {
          Evidence(concept: $0.concept, value: $0.value, converted: $0.converted, when: $0.when, source: $0.source)
        },
        missing: result.missing)
    }
  }

  /// Its canonical form.
  var json: CanonicalJSON { get throws { try CanonicalJSON(encoding: self) } }
}
