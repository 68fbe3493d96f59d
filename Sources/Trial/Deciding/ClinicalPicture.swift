public import ClinicalValues
public import Ledger
public import StudyDesign

/// What CQL says of one participant's data as of the moment of a command. Trial does not know CQL; it is handed this.
public struct ClinicalPicture: Sendable, Hashable, Codable {
  /// Clinical facts by the ids of `ConductPlan.findings`. One that is not there is unknown.
  public var findings: [String: Finding]
  /// The verdict of screening, by cohort.
  public var eligibility: [String: AssessmentSummary]
  /// What the re-checks say.
  public var rechecks: [RecheckKind: AssessmentSummary]
  /// The verdict of screening for the day and cohort of the eligibility decision, on the data as they are known now; nil
  /// where nobody was found eligible. It shows whether a correction or a late result would have changed the decision.
  public var reviewed: AssessmentSummary?
  /// The criteria that are assessed anew after too long a wait, by the limits of the lymphodepletion re-check.
  public var longWait: AssessmentSummary?

  /// A picture; what is left out is unknown.
  public init(
    findings: [String: Finding] = [:], eligibility: [String: AssessmentSummary] = [:],
    rechecks: [RecheckKind: AssessmentSummary] = [:], reviewed: AssessmentSummary? = nil,
    longWait: AssessmentSummary? = nil
  ) {
    self.findings = findings
    self.eligibility = eligibility
    self.rechecks = rechecks
    self.reviewed = reviewed
    self.longWait = longWait
  }
}

extension ClinicalPicture {
  /// The finding that says whether somebody is of age.
  public static let adult = "adult"
}

/// A clinical fact with its evidence. Unknown is nil and keeps a gate closed.
public struct Finding: Sendable, Hashable, Codable {
  /// Whether it holds; nil where the data do not decide it.
  public let value: Bool?
  /// What it rests on, for people: value, date, source.
  public let evidence: [String]
  /// Concepts that would decide it.
  public let missing: [String]
  /// A number that it found (the weight).
  public let number: Decimal?
  /// The number's unit, in UCUM.
  public let unit: String?
  /// Until when it stays true, where its data grow old.
  public let until: Instant?

  /// A fact with what it rests on; a number goes with its unit.
  public init(
    value: Bool?, evidence: [String] = [], missing: [String] = [], number: Decimal? = nil, unit: String? = nil,
    until: Instant? = nil
  ) {
    self.value = value
    self.evidence = evidence
    self.missing = missing
    self.number = number
    self.unit = unit
    self.until = until
  }
}

/// What a criterion said.
public enum CriterionOutcome: String, Sendable, Hashable, Codable { case pass, fail, unknown }

/// What criteria said together.
public enum CriteriaVerdict: String, Sendable, Hashable, Codable {
  case eligible, ineligible, undetermined

  /// The verdict that follows from the criteria alone; none at all is undetermined.
  public init(_ outcomes: [CriterionOutcome]) {
    if outcomes.contains(.fail) {
      self = .ineligible
    } else if outcomes.isEmpty || outcomes.contains(.unknown) {
      self = .undetermined
    } else {
      self = .eligible
    }
  }
}

/// An assessment by criteria, as a decision on it freezes it.
public struct AssessmentSummary: Sendable, Hashable, Codable {
  /// What each criterion said, in the protocol's order.
  public struct Criterion: Sendable, Hashable, Codable {
    /// Its id in the protocol, such as `INC-5`.
    public let id: String
    /// What it said.
    public let outcome: CriterionOutcome

    /// A criterion with its outcome.
    public init(id: String, outcome: CriterionOutcome) {
      self.id = id
      self.outcome = outcome
    }
  }

  /// Every criterion that was asked, in the protocol's order.
  public let criteria: [Criterion]
  /// The day that it was made for.
  public let asOf: CalendarDate
  /// The protocol version whose criteria were asked.
  public let protocolVersion: ProtocolVersion
  /// The sealed record that it was made on.
  public let record: Digest
  /// The sealed report: every criterion with reason and evidence.
  public let report: Digest

  /// An assessment of sealed data and its sealed report, by their digests.
  public init(
    criteria: [Criterion], asOf: CalendarDate, protocolVersion: ProtocolVersion, record: Digest, report: Digest
  ) {
    self.criteria = criteria
    self.asOf = asOf
    self.protocolVersion = protocolVersion
    self.record = record
    self.report = report
  }

  /// What they say together.
  public var verdict: CriteriaVerdict { CriteriaVerdict(criteria.map(\.outcome)) }
}
