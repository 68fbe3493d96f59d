public import ClinicalValues
import FHIR
public import Ledger
import Rules
import StudyDesign
public import Trial

/// A decision on eligibility, what it was made on, and what the same record says under the same criteria today.
public struct DecidedEligibility: Sendable {
  /// Where it stands in the ledger.
  public let position: Position
  /// When it was signed.
  public let signed: Moment
  /// Who signed it, in what role.
  public let signatures: [Signature]
  /// True for eligible, false for a failed screening.
  public let isEligible: Bool
  /// The cohort, where one was assessed.
  public let cohort: String?
  /// What stands in the decision: every criterion's outcome, the protocol version, the digests of record and report.
  public let frozen: AssessmentSummary?
  /// The reasons and evidence as they were shown; nil where the participant's key was destroyed.
  public let report: FrozenReport?
  /// What the frozen record says under the version of that day, computed now; nil where it cannot be read any more.
  public let recomputed: [AssessmentSummary.Criterion]?
  /// Why screening failed, in the words of who decided; nil where no reason was given, and for eligible.
  public internal(set) var reason: String?

  /// Whether it still comes out the same; nil where it cannot be computed.
  public var isReproduced: Bool? {
    guard let frozen, let recomputed else { return nil }
    return frozen.criteria == recomputed
  }
}

extension LiveStudy {
  /// The decisions on a participant's eligibility, oldest first, each computed once more on what was frozen with it.
  ///
  /// - Throws: `StoreFailure`, `SealingFailure`; `MissingVersion` if the version of that day is not at hand as it was.
  public func eligibilityDecisions(of participant: ParticipantID) async throws -> [DecidedEligibility] {
    var decisions: [DecidedEligibility] = []
    for envelope in try await store.events(of: .participant(participant), after: 0) {
      let recorded = try Recorded<TrialEvent>(envelope)
      guard case .way(_, let event) = recorded.event else { continue }
      switch event {
      case .foundEligible(let decision):
        decisions.append(
          try await decided(recorded, isEligible: true, cohort: decision.cohort, decision.assessment, of: participant))
      case .screeningFailed(let failure):
        let cohort = try await state().participants[participant]?.way.cohort
        var decision = try await decided(
          recorded, isEligible: false, cohort: cohort, failure.assessment, of: participant)
        decision.reason = failure.reason
        decisions.append(decision)
      default: continue
      }
    }
    return decisions
  }

  private func decided(
    _ recorded: Recorded<TrialEvent>, isEligible: Bool, cohort: String?, _ frozen: AssessmentSummary?,
    of participant: ParticipantID
  ) async throws -> DecidedEligibility {
    var report: FrozenReport?
    var recomputed: [AssessmentSummary.Criterion]?
    if let frozen, let record = try await opened(frozen.record, of: participant) {
      if let text = try await opened(frozen.report, of: participant) {
        report = try CanonicalJSON(parsing: text).decode()
      }
      recomputed = try assess(record, frozen, cohort: cohort)
    }
    return DecidedEligibility(
      position: recorded.position, signed: recorded.happened, signatures: recorded.signatures, isEligible: isEligible,
      cohort: cohort, frozen: frozen, report: report, recomputed: recomputed)
  }

  /// What a frozen record says by the criteria of the version that a summary names.
  private func assess(
    _ bundle: [UInt8], _ frozen: AssessmentSummary, cohort: String?
  ) throws -> [AssessmentSummary.Criterion] {
    let edition = try shelf.edition(named: frozen.protocolVersion.version, digest: frozen.protocolVersion.digest)
    let record = try Record.read(bundle, file: "frozen record")
    let cohorts = edition.study.cohorts.filter { cohort == nil || $0.id == cohort }
    return try edition.screening.screen(record, asOf: frozen.asOf, cohorts: cohorts).assessments.flatMap(\.criteria)
      .map { AssessmentSummary.Criterion(id: $0.criterion.id, outcome: CriterionOutcome($0.outcome)) }
  }

  private func opened(_ digest: Digest, of participant: ParticipantID) async throws -> [UInt8]? {
    guard let sealed = try await store.attachment(digest) else {
      throw StoreFailure(
        .damaged, found: "What a decision on \(participant) was made on (\(digest)) is not in the ledger.",
        remedy: "Restore the last backup.")
    }
    return try await vault.open(sealed, for: participant)
  }
}
