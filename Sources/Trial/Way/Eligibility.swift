import ClinicalValues
public import StudyDesign

/// An investigator's decision that somebody is eligible, with what it was made on.
public struct EligibilityDecision: Sendable, Hashable, Codable {
  /// The cohort.
  public let cohort: String
  /// Every criterion's outcome, the protocol version, the digests of the sealed record and report.
  public let assessment: AssessmentSummary
  /// The last day (since 1970-01-01, at the site) on which it enrolls.
  public let validThrough: Int
  /// Whether it answers a question that was raised about an earlier decision.
  public let answersQuestion: Bool

  /// Makes one of its members.
  public init(cohort: String, assessment: AssessmentSummary, validThrough: Int, answersQuestion: Bool) {
    self.cohort = cohort
    self.assessment = assessment
    self.validThrough = validThrough
    self.answersQuestion = answersQuestion
  }
}

/// Why screening failed.
public struct ScreenFailure: Sendable, Hashable, Codable {
  /// The criteria that fail; empty where only a reason stands.
  public let failing: [String]
  /// The reason where no criterion fails, or beside one.
  public let reason: String?
  /// What it was decided on, where there were data.
  public let assessment: AssessmentSummary?

  /// Makes one of its members.
  public init(failing: [String], reason: String?, assessment: AssessmentSummary?) {
    self.failing = failing
    self.reason = reason
    self.assessment = assessment
  }
}

/// What speaks against an eligibility decision that was signed.
public struct EligibilityQuestion: Sendable, Hashable, Codable {
  /// What changed, in words.
  public let reason: String
  /// The verdict of the day of the decision on the data as they are now, where CQL raised the question.
  public let assessment: AssessmentSummary?

  /// Makes one of its members.
  public init(reason: String, assessment: AssessmentSummary?) {
    self.reason = reason
    self.assessment = assessment
  }
}

/// A re-check as an investigator signed it.
public struct SignedRecheck: Sendable, Hashable, Codable {
  /// How a re-check ends. None of them is a screening failure.
  public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing stands in the way.
    case passed
    /// It is repeated, and the product waits.
    case deferred
    /// The participant leaves.
    case leave
  }

  /// Before which gate.
  public let kind: RecheckKind
  /// How it ended.
  public let outcome: Outcome
  /// What it was signed on; nil only for one that did not pass and had no data.
  public let assessment: AssessmentSummary?
  /// The criteria that were asked anew because the wait was too long.
  public let longWait: [AssessmentSummary.Criterion]
  /// Why it was deferred or ends here.
  public let reason: String?

  /// Makes one of its members.
  public init(
    kind: RecheckKind, outcome: Outcome, assessment: AssessmentSummary?,
    longWait: [AssessmentSummary.Criterion] = [], reason: String? = nil
  ) {
    self.kind = kind
    self.outcome = outcome
    self.assessment = assessment
    self.longWait = longWait
    self.reason = reason
  }
}
