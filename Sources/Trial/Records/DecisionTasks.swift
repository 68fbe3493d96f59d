import ClinicalValues
import StudyDesign

extension WatchedParticipant {
  /// What waits for somebody's decision, signature or result: a candidate's consent, acts outside the gate, quarantines,
  /// final results after an early release, an eligibility that was questioned, deviations.
  var decisionTasks: [StudyTask] {
    consentTasks + outsideGateTasks + quarantineTasks + finalResultTasks + eligibilityTasks
      + state.record.deviationTasks(about: "\(state.id)", of: state.id, at: state.way.site)
  }

  /// A candidate of whom nothing is recorded but what the hospital's record held: the consent comes next, or that there will
  /// be none.
  private var consentTasks: [StudyTask] {
    guard state.status(at: now) == .candidate else { return [] }
    return [
      StudyTask(
        .recordConsent, "Record the consent of \(state.id), or that the candidate does not take part.",
        roles: [.principalInvestigator, .subInvestigator, .coordinator], site: state.way.site, participant: state.id,
        since: (state.way.registered ?? now).date)
    ]
  }

  private var outsideGateTasks: [StudyTask] {
    let noticed = state.record.deviations.last { $0.kind == .outsideGate }?.noticed
    return state.product.outsideGate.filter { !$0.isSigned }.map { act in
      task(
        .signOutsideGate, "Sign what happened to \(state.id) outside the gate (number \(act.number)).",
        SignOutsideGate.permission, since: noticed, isOfSite: true, about: .outsideGate(act.number))
    }
  }

  private var quarantineTasks: [StudyTask] {
    state.product.quarantines.sorted { $0.key < $1.key }.map { number, quarantine in
      task(
        .resolveQuarantine,
        "Decide on quarantine \(number) of \(state.id): "
          + "\(quarantine.material.map { "\($0)" } ?? "everything") (\(quarantine.cause.rawValue)).",
        ResolveQuarantine.permission, since: state.product.quarantined[number], about: .quarantine(number),
        deadline: thawEnds(under: number).map { .at($0) })
    }
  }

  /// Until when a thawed bag under a quarantine can still be started, or run in: quality assurance is on call for it.
  private func thawEnds(under quarantine: Int) -> Instant? {
    let product = state.product
    return product.lots.flatMap(\.bags).filter { bag in
      bag.end == nil && !bag.isUnusable && product.quarantines(over: .bag(bag.number)).contains(quarantine)
    }.compactMap { $0.isStarted ? $0.thaw?.endBy : $0.thaw?.startBy }.min()
  }

  private var finalResultTasks: [StudyTask] {
    state.product.lots.flatMap { lot in
      lot.pendingFinalResults().map { test in
        let title = plan.product.tests.first { $0.id == test }?.title ?? test
        return task(
          .enterFinalResult, "Enter the final result of lot \(lot.number), released before it: \(title).",
          EnterTest.permission, since: lot.released)
      }
    }
  }

  /// Before the infusion it closes the gates; after it the deviation is what is left.
  private var eligibilityTasks: [StudyTask] {
    guard state.way.isEligibilityQuestioned, state.product.infusion == nil, state.way.left == nil, state.way.died == nil
    else { return [] }
    return [
      task(
        .decideEligibilityAnew, "Decide anew on the eligibility of \(state.id): later data speak against the decision.",
        DecideEligible.permission, since: state.way.eligibilityQuestioned, isOfSite: true)
    ]
  }

  private func task(
    _ kind: StudyTask.Kind, _ title: String, _ permission: Permission, since: Moment?, isOfSite: Bool = false,
    about: StudyTask.Subject? = nil, deadline: StudyTask.Deadline? = nil
  ) -> StudyTask {
    StudyTask(
      kind, title, roles: Role.allowed(permission), site: isOfSite ? state.way.site : nil, participant: state.id,
      since: (since ?? now).date, deadline: deadline, about: about)
  }
}

extension RecordState {
  /// Deviations that nobody has classified, and those whose cause, correction and prevention are not recorded: one task each
  /// for all of them.
  func deviationTasks(
    about whom: String, of participant: ParticipantID? = nil, at site: SiteID? = nil
  ) -> [StudyTask] {
    let roles = Role.allowed(.classifyDeviations)
    func task(_ kind: StudyTask.Kind, _ open: [DeviationState], _ title: (String) -> String) -> StudyTask? {
      guard let since = open.map(\.noticed).min() else { return nil }
      let numbers = (open.count == 1 ? "deviation " : "deviations ") + Say.listed(open.map { "\($0.number)" })
      return StudyTask(
        kind, title("\(numbers) of \(whom)"), roles: roles, site: site, participant: participant, since: since.date,
        about: open.first.map { .deviation($0.number) })
    }
    return [
      task(.classifyDeviation, deviations.filter { !$0.isClosed && $0.severity == nil }) {
        "Say how grave it is: \($0)."
      },
      task(.assessDeviation, deviations.filter { !$0.isClosed && $0.severity != nil }) {
        "Record cause, correction and prevention: \($0)."
      },
    ].compactMap(\.self)
  }
}
