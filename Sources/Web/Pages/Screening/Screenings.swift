import Conduct
import Ledger
import Rules
import StudyDesign
import Trial

extension PageRequest {
  /// A participant measured by the criteria; computed once a day as long as nothing happens to them.
  func screening(of participant: ParticipantID) async throws -> ScreenedParticipant? {
    try await site.views.view("screening \(participant)", at: try await dayOf(participant)) {
      try await live.screening(of: participant)
    }
  }

  /// The candidates of a filter whom the reader may see, a column a cohort; and those of whom nothing is known.
  func candidates(_ filter: ScreeningFilter) async throws -> (columns: [ScreeningColumn], unknown: [ParticipantID]) {
    let acting = try acting()
    let now = try await now()
    let people = try await live.state().participants.values
      .filter { acting.sees($0.way.site) && filter.shows($0, at: now) }.sorted { $0.id < $1.id }
    var columns: [ScreeningColumn] = []
    var unknown: [ParticipantID] = []
    for participant in people {
      guard let screened = try await screening(of: participant.id) else {
        unknown.append(participant.id)
        continue
      }
      columns += screened.assessments.filter(filter.shows)
        .map { ScreeningColumn(participant: participant, screened: screened, assessment: $0) }
    }
    return (columns, unknown)
  }

  /// What was decided on somebody's eligibility; computed once as long as nothing happens to them.
  func decisions(of participant: ParticipantID) async throws -> [DecidedEligibility] {
    try await site.views.view("decisions \(participant)", at: try await live.basis(of: participant)) {
      try await live.eligibilityDecisions(of: participant)
    }
  }

  /// Whether the reader sees who somebody is, birth dates among it: by role, training and delegation as of now.
  func seesIdentity() async throws -> Bool {
    guard let acting = session?.acting else { return false }
    do {
      try await live.requireAllowed(acting, to: .seeIdentity)
      return true
    } catch is Refusal {
      return false
    }
  }

  /// The same to be shown; that a birth date in it is read is recorded first.
  func screeningToRead(of participant: ParticipantID) async throws -> ScreenedParticipant? {
    let screened = try await screening(of: participant)
    if let screened,
      IdentityView(study: screened.study, seesIdentity: try await seesIdentity()).tells(screened.assessments)
    {
      try await live.recordReading(of: .birthDate, about: participant, by: try acting(), origin: .web)
    }
    return screened
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
