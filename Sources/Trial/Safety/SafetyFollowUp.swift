import ClinicalValues
import StudyDesign

/// What safety follows with once something is recorded: clocks of reports, DLT questions, holds by stopping rules.
enum SafetyFollowUp {
  /// What follows from the facts of a decision, in the same decision.
  static func facts(after facts: [Fact], in situation: Situation) -> [Fact] {
    let forms = situation.plan.safety.forms?.all ?? []
    guard facts.contains(where: { $0.event.bearsOnSafety(forms) }) else { return [] }
    let about = Set(facts.compactMap(\.event.participantOfSafety)).sorted()
    var draft = SafetyDraft(
      situation.state, plan: situation.plan, happened: situation.happened, now: situation.now,
      books: Dictionary(uniqueKeysWithValues: about.map { ($0, situation.casebook) }))
    for fact in facts { draft.assume(fact.event) }
    for id in about {
      let before = situation.state.participants[id] ?? ParticipantState(id: id)
      draft.startClocks(of: id, before: before)
      draft.submitReports(of: id, before: before)
      draft.askQuestions(about: id)
    }
    draft.fireRules()
    draft.reportHolds(facts)
    return draft.facts
  }
}

/// What time alone leads to: an event that has lasted too long, a window that has closed.
enum SafetyWatch {
  /// DLT questions and holds by stopping rules that have become due at a moment; nothing where all of it is recorded.
  static func facts(
    in state: TrialState, at now: Moment, plan: ConductPlan, books: [ParticipantID: FormBook] = [:]
  ) -> [Fact] {
    var draft = SafetyDraft(state, plan: plan, happened: now, now: now.instant, books: books)
    for id in state.participants.keys.sorted() { draft.askQuestions(about: id) }
    draft.fireRules()
    draft.reportHolds([])
    return draft.facts
  }
}

extension SafetyDraft {
  /// Sets the hold of each stopping rule that is met by facts on which it has not fired. A hold by the same rule that
  /// somebody has set by hand, and that no facts belong to yet, is taken for it.
  mutating func fireRules() {
    for met in state.metRules(at: now, plan: plan, books: books)
    where state.study.firedRules[met.rule]?.contains(where: { $0.basis == met.basis }) != true {
      let taken = Set((state.study.firedRules[met.rule] ?? []).map(\.hold))
      let byHand = state.study.holdsInForce.first {
        $0.hold.rule == met.rule && $0.hold.isTotal && $0.liftDecided == nil && !taken.contains($0.hold.number)
      }
      if byHand == nil { record(state.study.hold(by: met.rule, because: met.reason).event) }
      record(
        .study(
          .stoppingRuleFired(
            rule: met.rule, hold: byHand?.hold.number ?? state.study.holdsSet, basis: met.basis, reason: met.reason)))
    }
  }

  /// Starts the clock of an urgent safety measure for each safety hold that was set just now, by whomever.
  mutating func reportHolds(_ decided: [Fact]) {
    guard let clock = clock(ReportClock.immediateDanger) else { return }
    for case .study(.holdSet(let hold)) in (decided + facts).map(\.event)
    where hold.kind == .safety {
      record(
        .studyRecord(
          .clockStarted(ReportClock(clock.id, aware: happened, hours: clock.hoursInAll))))
    }
  }
}

extension SafetyForms {
  /// The forms that safety follows from.
  var all: Set<String> {
    Set(
      [
        adverseEvent?.form, course?.form, details?.form, report?.form, assessment?.form, question?.form, death?.form,
        pregnancy?.form, vector?.form,
      ].compactMap(\.self))
  }
}

extension TrialEvent {
  /// Whether something can follow from it for somebody's safety, or for that of all.
  fileprivate func bearsOnSafety(_ forms: Set<String>) -> Bool {
    switch self {
    case .casebook(_, .saved(let key, _, _, _)), .casebook(_, .markedNotDone(let key, _)): forms.contains(key.form)
    case .way(_, .died), .way(_, .left), .way(_, .visitRecorded), .way(_, .pregnancyReported), .way(_, .corrected): true
    case .product(_, .infusionStopped), .product(_, .corrected): true
    case .study(.dltConfirmed), .study(.dltDecided), .study(.holdSet), .study(.infusionBegun),
      .study(.infusionTimeCorrected):
      true
    default: false
    }
  }

  /// Whose safety it bears on; nil for an event of the whole study.
  fileprivate var participantOfSafety: ParticipantID? {
    switch self {
    case .casebook(let id, _), .way(let id, _), .product(let id, _): id
    default: nil
    }
  }
}
