import Conduct
import Rules
import StudyDesign
import Trial

extension PageRequest {
  /// A participant measured by the criteria; computed once a minute and position.
  func screening(of participant: ParticipantID) async throws -> ScreenedParticipant? {
    try await site.views.view("screening \(participant)", at: try await stamp()) {
      try await live.screening(of: participant)
    }
  }
}

/// A column of the matrix of candidates: somebody measured by the criteria of one cohort.
struct ScreeningColumn: Sendable {
  let participant: ParticipantState
  let screened: ScreenedParticipant
  let assessment: Assessment

  /// What each criterion says, by id.
  var outcomes: [String: Outcome] {
    Dictionary(assessment.criteria.map { ($0.criterion.id, $0.outcome) }, uniquingKeysWith: { first, _ in first })
  }
}
