import ClinicalValues
import StudyDesign
import Trial

extension Invariants {
  /// What must hold of a correction: it says why; what is never taken back stands; the state is as if the corrected values
  /// had been recorded; and an infusion that is found where it should not have been leaves what one outside the gate leaves.
  func corrected(_ events: [TrialEvent], before: World, after: World) -> [Violation] {
    let corrections = events.compactMap { event -> (ParticipantID, WayCorrection?, String)? in
      switch event {
      case .way(let id, .corrected(let correction, let reason)): (id, correction, reason)
      case .product(let id, .corrected(_, let reason)): (id, nil, reason)
      default: nil
      }
    }
    return corrections.flatMap { id, correction, reason -> [Violation] in
      let silent =
        reason.contains { !$0.isWhitespace } ? [] : [Violation(invariant: "correction.reason", what: "\(id)")]
      return silent + undone(id, correction, before, after) + folded(id, after)
        + misplaced(by: events, before, after) + unconsented(id, by: events, before, after)
        + (correction.map { questioned(id, $0, before, after) } ?? [])
    }
  }

  /// What passed its gate before the consent that it rests on was signed, as that is known now and was not before, is recorded
  /// as outside the gate; an infusion with a hold.
  private func unconsented(
    _ id: ParticipantID, by events: [TrialEvent], _ before: World, _ after: World
  ) -> [Violation] {
    guard let former = before.shadow.people[id], let now = after.shadow.people[id],
      let was = former.consents.values.min(), let first = now.consents.values.min(), was < first
    else { return [] }
    let isFound = { (minute: Int) in was <= minute && minute < first }
    let acts: [(String, Bool, (OutsideGateAct) -> Bool)] = [
      ("leukapheresis", former.collected.contains(where: isFound), { $0 == .leukapheresis }),
      (
        "lymphodepletion", former.given.first.map { !$0.outside && isFound($0.minute) } ?? false,
        { $0 == .lymphodepletionDose }
      ),
      (
        "infusion", former.infused.contains { !$0.outside && isFound($0.minute) },
        { if case .infusion = $0 { true } else { false } }
      ),
    ]
    return acts.filter { _, isNew, matches in
      isNew
        && !events.contains { event in
          if case .product(id, .outsideGateRecorded(let act, _, _)) = event { matches(act) } else { false }
        }
    }.map { Violation(invariant: "correction.consent", what: "\($0.0) of \(id) before consent leaves nothing") }
  }

  /// After data were taken back no decision and no re-check stands that may rest on them.
  private func questioned(
    _ id: ParticipantID, _ correction: WayCorrection, _ before: World, _ after: World
  ) -> [Violation] {
    guard case .dataImport = correction, let former = before.shadow.people[id], let last = former.imports.last,
      let way = after.state.participants[id]?.way
    else { return [] }
    var found: [String] = []
    if last.isFoundEligible, former.eligible != nil, !way.isEligibilityQuestioned { found.append("eligibility") }
    if last.hasFailed, case .failed = way.eligibility { found.append("a failed screening") }
    if last.isRechecked, !way.rechecks.isEmpty { found.append("a re-check") }
    return found.map { Violation(invariant: "correction.import", what: "\($0) of \(id) stands on what was taken back") }
  }

  /// That somebody was enrolled, consented, was lymphodepleted or infused, what was quarantined, noticed, to be reported, and
  /// every hold, stay what they are.
  private func undone(
    _ id: ParticipantID, _ correction: WayCorrection?, _ before: World, _ after: World
  ) -> [Violation] {
    guard let former = before.state.participants[id], let now = after.state.participants[id] else { return [] }
    var (mayChangeConsent, mayQuestion) = (false, false)
    switch correction {
    case .consent: mayChangeConsent = true
    case .dataImport: mayQuestion = true
    default: break
    }
    let holds = (before.state.study.holdsInForce, after.state.study.holdsInForce)
    let stands: [(String, Bool)] = [
      ("consent", mayChangeConsent || former.way.consents == now.way.consents),
      ("that there was consent", former.way.consents.map(\.site) == now.way.consents.map(\.site)),
      ("eligibility", mayQuestion || former.way.eligibility == now.way.eligibility),
      ("enrollment", former.way.enrolled == now.way.enrolled),
      ("re-checks", mayQuestion || former.way.rechecks == now.way.rechecks),
      ("lymphodepletion", former.way.lymphodepletionRounds == now.way.lymphodepletionRounds),
      ("first dose", former.way.lymphodepletionDoses.isEmpty == now.way.lymphodepletionDoses.isEmpty),
      ("infusion", former.product.infusion == nil || now.product.infusion != nil),
      ("bags", former.product.lots.map(\.bags.count) == now.product.lots.map(\.bags.count)),
      ("release", former.product.lots.map(\.release) == now.product.lots.map(\.release)),
      ("acts outside the gate", former.product.outsideGate.count <= now.product.outsideGate.count),
      ("quarantines", Set(former.product.quarantines.keys).isSubset(of: now.product.quarantines.keys)),
      ("deviations", former.record.deviations.count <= now.record.deviations.count),
      ("clocks", former.record.clocks.count <= now.record.clocks.count),
      ("holds", Set(holds.0.map(\.hold.number)).isSubset(of: holds.1.map(\.hold.number))),
    ]
    return stands.filter { !$0.1 }.map {
      Violation(invariant: "correction.undone", what: "a correction of \(id) undid: \($0.0)")
    }
  }

  private func folded(_ id: ParticipantID, _ world: World) -> [Violation] {
    guard let state = world.state.participants[id], let seen = world.shadow.people[id] else { return [] }
    let agree: [(String, Bool)] = [
      ("death", state.way.died?.minute == seen.died), ("departure", state.way.left?.minute == seen.left),
      ("consent", state.way.consents.map(\.signed.minute).sorted() == seen.consents.values.sorted()),
      ("completion", (state.way.completed != nil) == seen.hasCompleted),
      ("assessment", state.way.lastAssessment?.day == seen.assessed),
      ("doses", state.way.lymphodepletionDoses.map(\.minute) == seen.given.map(\.minute)),
      ("readiness", Set(state.way.readiness.keys) == Set(seen.ready.keys)),
      ("pregnancies", state.way.pregnancies == seen.pregnancies),
      ("infusion", state.product.infusion?.begun.minute == seen.infused.first?.minute),
      ("order of infusions", world.state.study.infusions.map(\.participant) == world.shadow.infusions.map(\.who)),
    ]
    return agree.filter { !$0.1 }.map {
      Violation(invariant: "correction.fold", what: "\($0.0) of \(id) is not as corrected")
    }
  }

  private func misplaced(by events: [TrialEvent], _ before: World, _ after: World) -> [Violation] {
    // What is known to have been outside the gate has left what it leaves.
    let outside = before.shadow.people.filter { $0.value.infused.contains(where: \.outside) }.keys
    let found = misplaced(after.shadow).subtracting(misplaced(before.shadow)).subtracting(outside)
    guard !found.isEmpty else { return [] }
    let isHeld = events.contains {
      if case .study(.holdSet(let hold)) = $0 { Set(hold.activities) == Set(Activity.allCases) } else { false }
    }
    let noticed = events.compactMap { event -> ParticipantID? in
      guard case .record(let id, .deviationOpened(let deviation)) = event, deviation.kind == .outsideGate,
        deviation.severity == .critical
      else { return nil }
      return id
    }
    return found.filter { !isHeld || !noticed.contains($0) }.map {
      Violation(invariant: "correction.misplaced", what: "the infusion of \($0) is found where it should not have been")
    }
  }

  /// Who was infused, as it is recorded now, where the interval after another infusion, lymphodepletion or the thaw did not
  /// allow it.
  private func misplaced(_ shadow: Shadow) -> Set<ParticipantID> {
    var found: Set<ParticipantID> = []
    for (ordinal, infusion) in shadow.infusions.enumerated() {
      let last = infusion.day + study.interval(after: ordinal)
      for later in shadow.infusions.dropFirst(ordinal + 1) where later.day < last { found.insert(later.who) }
    }
    let way = study.plan.way
    for (id, person) in shadow.people {
      guard let first = person.infused.first, let dose = person.doses.last else { continue }
      let isComplete = person.isEnded || person.doses.count >= way.lymphodepletionDays
      if !isComplete || !way.infusionAfterLastDose.contains(first.day - dose) { found.insert(id) }
      let thawed = person.bags[first.bag]?.thawed
      if thawed.map({ first.minute > $0 + study.plan.product.thawToStartMinutes }) ?? false { found.insert(id) }
    }
    return found
  }
}
