public import ClinicalValues
public import StudyDesign
public import Trial

/// Who counts for which result: each set with every participant, in or out of it and why.
public struct AnalysisSets: Sendable, Equatable {
  /// Whether somebody is in a set.
  public struct Membership: Sendable, Equatable {
    /// Who.
    public let participant: ParticipantID
    /// Whether in it; nil as long as that is open.
    public let isIn: Bool?
    /// Why, in a clause.
    public let because: String
  }

  /// The members of each set, by participant.
  public let memberships: [AnalysisSetID: [Membership]]

  /// The sets of a trial as of a moment, by the plan that each participant is under, and a study whose cohorts have endpoints.
  public init(
    of state: TrialState, at now: Moment, plan: (ParticipantID) -> ConductPlan,
    study: (ParticipantID) -> ResponseStudy?
  ) {
    let everybody = state.participants.keys.sorted()
    var memberships: [AnalysisSetID: [Membership]] = [:]
    for set in AnalysisSetID.allCases {
      memberships[set] = everybody.compactMap { id in
        guard let participant = state.participants[id] else { return nil }
        let (isIn, because) = Self.standing(
          participant, in: set, of: state, at: now, plan: plan(id), study: study(id))
        return Membership(participant: id, isIn: isIn, because: because)
      }
    }
    self.memberships = memberships
  }

  /// Those who are in a set.
  public func members(of set: AnalysisSetID) -> [ParticipantID] {
    (memberships[set] ?? []).filter { $0.isIn == true }.map(\.participant)
  }

  /// Those of whom it is still open.
  public func open(_ set: AnalysisSetID) -> [Membership] { (memberships[set] ?? []).filter { $0.isIn == nil } }

  private static func standing(
    _ participant: ParticipantState, in set: AnalysisSetID, of state: TrialState, at now: Moment, plan: ConductPlan,
    study: ResponseStudy?
  ) -> (Bool?, String) {
    let way = participant.way
    func on(_ moment: Moment?, _ done: String, _ not: String) -> (Bool?, String) {
      moment.map { (true, "\(done) on \($0.date)") } ?? (false, not)
    }
    switch set {
    case .screened: return on(way.screeningStarted, "screening begun", "screening not begun")
    case .enrolled:
      return on(state.study.enrolled[participant.id] ?? way.enrolled, "enrolled", "no slot was allotted")
    case .leukapheresed:
      return on(
        participant.product.collections.compactMap(\.ended).min(), "leukapheresis completed",
        "no leukapheresis completed")
    case .lymphodepleted: return on(way.firstLymphodepletion, "lymphodepletion begun", "no dose of lymphodepletion")
    case .infused: return on(participant.product.infusion?.begun, "infused", "not infused")
    case .dltEvaluable:
      guard let standing = state.doseLimitingStanding(of: participant.id, at: now.instant, plan: plan)?.standing else {
        return (false, "not infused")
      }
      return (standing.isOpen ? nil : standing.isEvaluable, standing.words)
    case .responseEvaluable: return responseEvaluable(participant, state, study, plan)
    }
  }

  /// A baseline of the measure of activity and a later value of it.
  private static func responseEvaluable(
    _ participant: ParticipantState, _ state: TrialState, _ study: ResponseStudy?, _ plan: ConductPlan
  ) -> (Bool?, String) {
    guard participant.product.infusion != nil else { return (false, "not infused") }
    guard let study,
      let view = ResponseView(of: participant, laboratories: state.laboratories, study: study)
    else { return (nil, "the cohort has no endpoints in this protocol version") }
    guard view.baseline.value != nil else { return (false, "no baseline of \(view.baseline.title)") }
    guard let first = view.times.first(where: { $0.activity.value != nil }) else {
      let isOver = participant.isGone(by: plan.safety) || participant.way.completed != nil
      return (isOver ? false : nil, "no assessment of \(view.baseline.title) after the infusion yet")
    }
    return (true, "assessed at \(first.id)")
  }
}
