import ClinicalValues
import Conduct
import Ledger
import Rules
import StudyDesign
import Trial

/// Criteria asked of a record, and whether who reads it may see who it is about.
struct ScreeningReading: Sendable {
  let study: Study
  let asOf: CalendarDate
  var assessments: [Assessment] = []
  var unrecognized: [UnrecognizedCode] = []
  let seesIdentity: Bool
}

/// What one cohort's criteria say, as its reader may see it.
private struct AssessmentReading: Sendable {
  let assessment: Assessment
  let view: IdentityView
}

/// What one criterion says, as its reader may see it.
private struct CriterionReading: Sendable {
  let result: CriterionResult
  let view: IdentityView
}

/// A record that an outcome rests on, as its reader may see it.
private struct EvidenceReading: Sendable {
  let evidence: Evidence
  let view: IdentityView
}

extension Readings {
  private static let evidence = Shape<EvidenceReading>.object(
    "Evidence", "A record that an outcome rests on.",
    [
      .text("concept") { $0.evidence.concept },
      .textOrNull("value", "Null where the reader's role does not see it.") { $0.view.value($0.evidence) },
      .textOrNull("converted") { $0.view.converted($0.evidence) }, .textOrNull("when") { $0.evidence.when },
      .text("source") { $0.evidence.source },
    ])

  private static let criterion = Shape<CriterionReading>.object(
    "CriterionResult", "What a criterion says; `pass` means that it does not stand in the way.",
    [
      .text("id") { $0.result.criterion.id },
      .choice("verdict", of: Outcome.allCases.map(\.rawValue)) { $0.result.outcome.rawValue },
      .truth("provisional") { $0.result.criterion.isProvisional }, .text("text") { $0.result.criterion.text },
      .text("reason") { $0.view.reason($0.result) },
      .list("evidence", evidence) { reading in
        reading.result.evidence.map { EvidenceReading(evidence: $0, view: reading.view) }
      },
      .texts("missing") { $0.result.missing }, .texts("notes") { $0.result.notes },
    ])

  private static let next = Shape<NextDatum>.object(
    "NextDatum", "Something to obtain next.",
    [
      .text("concept") { $0.concept }, .texts("oneOf") { $0.oneOf }, .texts("decides") { $0.decides },
      .texts("corrects", "Records on file to be corrected or completed.") { $0.corrects },
    ])

  private static let assessment = Shape<AssessmentReading>.object(
    "Assessment", "What the criteria of one cohort say.",
    [
      .text("cohort") { $0.assessment.cohort.id },
      .choice("verdict", of: Verdict.allCases.map(\.rawValue)) { $0.assessment.verdict.rawValue },
      .list("criteria", criterion) { reading in
        reading.assessment.criteria.map { CriterionReading(result: $0, view: reading.view) }
      },
      .list("next", next) { $0.assessment.next }, .texts("unsettled") { $0.assessment.unsettled },
    ])

  private static let unrecognized = Shape<UnrecognizedCode>.object(
    "UnrecognizedCode", "A code of data that no criterion can have read: the dictionary lists none of theirs.",
    [
      .text("type", "Type of the resources.") { $0.type }, .textOrNull("system") { $0.system },
      .textOrNull("code") { $0.code }, .textOrNull("display") { $0.display },
      .number("count", "How many resources have it.") { $0.count },
    ])

  /// Criteria asked of a record.
  static let screening = Shape<ScreeningReading>.object(
    "Screening", "The criteria asked of a record; no cohorts where nothing is known.",
    [
      .text("study") { $0.study.id }, .text("studyVersion") { $0.study.version },
      .text("asOf") { $0.asOf.description },
      .list("cohorts", assessment) { reading in
        let view = IdentityView(study: reading.study, seesIdentity: reading.seesIdentity)
        return reading.assessments.map { AssessmentReading(assessment: $0, view: view) }
      },
      .list("unrecognized", unrecognized) { $0.unrecognized },
    ])

  private static let candidate = Shape<ScreeningColumn>.object(
    "Candidate", "A candidate and what the criteria of one cohort say.",
    [
      .text("participant") { $0.participant.id.description }, .text("cohort") { $0.assessment.cohort.id },
      .choice("verdict", of: Verdict.allCases.map(\.rawValue)) { $0.assessment.verdict.rawValue },
      .texts("failing", "Criteria that bar.") { $0.assessment.results(.fail).map(\.criterion.id) },
      .texts("unknown", "Criteria that cannot be said.") { $0.assessment.results(.unknown).map(\.criterion.id) },
    ])

  /// The candidates.
  static let candidates = rows("Candidates", "Candidates against criteria.", of: candidate)

  private static let decidedCriterion = Shape<AssessmentSummary.Criterion>.object(
    "DecidedCriterion", "What a criterion said when it was decided.",
    [
      .text("id") { $0.id },
      .choice("outcome", of: Outcome.allCases.map(\.rawValue)) { $0.outcome.outcome.rawValue },
    ])

  private static let decision = Shape<DecidedEligibility>.object(
    "EligibilityDecision", "A decision on eligibility, and whether the same record still says the same.",
    [
      .number("position") { $0.position }, .text("signed") { $0.signed.description },
      .truth("eligible") { $0.isEligible }, .textOrNull("cohort") { $0.cohort },
      .texts("signatures") { $0.signatures.map(\.manifestation) },
      .textOrNull("version") { $0.frozen?.protocolVersion.version },
      .textOrNull("record", "SHA-256 of what it was made on.") { $0.frozen?.record.description },
      .truthOrNull("reproduced", "Null where it cannot be computed.") { $0.isReproduced },
      .textOrNull("reason", "Why screening failed, in words; null where no reason was given.") { $0.reason },
      .list("criteria", decidedCriterion) { $0.frozen?.criteria ?? [] },
    ])

  /// What was decided on somebody's eligibility.
  static let decisions = Shape<[DecidedEligibility]>.object(
    "EligibilityDecisions", "What was decided on a participant's eligibility, the oldest first.",
    [.list("decisions", decision) { $0 }])
}
