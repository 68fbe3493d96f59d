public import CQL

/// One sentence of the protocol that a candidate is measured by, with its formal reading.
public struct Criterion: Sendable {
  /// Its id, that of its heading (`INC-5.1`).
  public let id: String
  /// Whether it must be met or must not apply.
  public let kind: Kind
  /// A few words for lists.
  public let title: String
  /// The sentence as the source has it, word for word; nil: the source lost it.
  public let source: String?
  /// What the source says above the item.
  public let heading: String?
  /// What it means, and what to bring or ask, in words that a candidate understands. It promises nothing: the criterion decides. Nil: the
  /// version does not say, as those that were put in force before there was a place for it.
  public let lay: String?
  /// What somebody can ask themselves before they talk to a site, to be answered with yes or no; nil where only a doctor or a test can tell.
  /// Yes speaks for an inclusion criterion and against an exclusion criterion; neither decides anything.
  public let ask: String?
  /// Where in the source it stands.
  public let anchor: Located<String>
  /// The cohorts that it is asked of; empty: all.
  public let cohorts: [Located<String>]
  /// The library of the CQL definition that decides it.
  public let library: Located<String>
  /// The CQL definition that decides it; true means met (inclusion) or barring (exclusion).
  public let definition: Located<String>
  /// How the source was read where it can be read in more than one way, what is odd and kept.
  public let notes: [Note]
  /// Ids of the provisional items that it rests on.
  public let provisional: [Located<String>]
  /// Where it stands.
  public let location: SourceLocation

  /// What `true` means for the candidate.
  public enum Kind: String, Sendable, CaseIterable {
    /// Must be true.
    case inclusion
    /// Must be false.
    case exclusion
  }

  /// A remark on how the source was read.
  public struct Note: Sendable {
    /// What sort of remark: `reading`, `oddity`, `conflict`, `unchecked`.
    public let kind: String
    /// The remark.
    public let text: String
  }

  /// The words of the source for reports: the sentence, or where it was lost, what stands above it.
  public var text: String {
    source ?? heading.map { "\($0) [the items that followed are lost]" } ?? "\(title) [not stated in the source]"
  }

  /// Whether some of it is not the sponsor's text.
  public var isProvisional: Bool { !provisional.isEmpty }

  /// Whether it is asked of a cohort.
  public func applies(to cohort: Cohort) -> Bool {
    cohorts.isEmpty || cohorts.contains { $0.value == cohort.id }
  }
}
