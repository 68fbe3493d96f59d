import Rules
import StudyDesign

/// What of the criteria's reasons and evidence a reader sees: who may not see who somebody is reads no birth date.
struct IdentityView: Sendable {
  let study: Study
  let seesIdentity: Bool

  /// A reason, with marks in the place of what is not shown.
  func reason(_ result: CriterionResult) -> String {
    result.evidence.filter(isHidden).reduce(result.reason) { $0.replacing($1.value, with: "•••") }
  }

  /// The value of a record; nil where it is not shown.
  func value(_ evidence: Evidence) -> String? { isHidden(evidence) ? nil : evidence.value }

  /// The value in the dictionary's unit, where it was converted and is shown.
  func converted(_ evidence: Evidence) -> String? { isHidden(evidence) ? nil : evidence.converted }

  /// Whether an assessment shows its reader who somebody is.
  func tells(_ assessments: [Assessment]) -> Bool {
    seesIdentity && assessments.contains { $0.criteria.contains { $0.evidence.contains(where: isIdentity) } }
  }

  private func isHidden(_ evidence: Evidence) -> Bool { !seesIdentity && isIdentity(evidence) }

  private func isIdentity(_ evidence: Evidence) -> Bool { study.dictionary[evidence.concept]?.element == "birthDate" }
}
