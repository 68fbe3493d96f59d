import ClinicalValues
import Ledger
import StudyDesign

extension Situation {
  /// What follows where a consent is found to have been signed at another time, or under another version: from how the
  /// participant stood by what was recorded, and how by what holds.
  func consequences(
    ofConsent before: ParticipantState, as after: ParticipantState, _ reason: String
  ) throws(Refusal) -> [Fact] {
    guard let former = before.way.firstConsent, let first = after.way.firstConsent else { return [] }
    var facts: [Fact] = []
    let early = before.recorded(from: former, before: first)
    if !early.isEmpty {
      let what = "Recorded before consent was signed at \(first): \(early.joined(separator: ", "))."
      let isEnrolled = before.way.enrolled.map { $0 < first } ?? false
      facts.append(deviation(.consent, what, of: before.id, severity: isEnrolled ? .critical : .important))
    }
    if case .eligible(let signed, _, _) = before.way.eligibility, former <= signed, signed < first,
      !before.way.isEligibilityQuestioned
    {
      let question = EligibilityQuestion(
        reason: "By a correction, consent was signed at \(first), after this decision.", assessment: nil)
      facts += question.facts(on: before, in: self)
    }
    for (act, activity, moment) in before.gatedActs
    where isCovered(before, activity, moment) && !isCovered(after, activity, moment) {
      let why = "consent to it was not in force at \(moment)"
      facts += try foundOutsideGate(act, of: before.id, why: why, reason)
    }
    return facts
  }

  /// Whether consent, with every re-consent that was due, stood before an act.
  private func isCovered(_ participant: ParticipantState, _ activity: Activity, _ moment: Moment) -> Bool {
    guard participant.way.consents.contains(where: { $0.signed <= moment }) else { return false }
    let site = participant.way.site.flatMap { state.sites[$0] }
    return site?.reconsentDue(participant, before: activity, at: moment).isEmpty ?? true
  }
}

extension WayState {
  /// When consent was first signed.
  fileprivate var firstConsent: Moment? { consents.map(\.signed).min() }
}

extension ParticipantState {
  /// The first act of each kind that passed a gate which asks for consent, with when it was done.
  fileprivate var gatedActs: [(OutsideGateAct, Activity, Moment)] {
    var kinds: Set<String> = []
    return entries.all.compactMap { entry in
      let act: (OutsideGateAct, Activity, String)
      switch entry.event {
      case .product(_, .collectionBegun(_, false, _)): act = (.leukapheresis, .leukapheresis, "collection")
      case .way(_, .lymphodepletionGiven(let dose)) where dose.number == 1 && !dose.outsideGate:
        act = (.lymphodepletionDose, .lymphodepletion, "dose")
      case .product(_, .bagThawed(let bag, _, _, _, false, _)): act = (.thaw(bag: bag), .infusion, "thaw")
      case .product(_, .infusionStarted(let bag, false, _)): act = (.infusion(bag: bag), .infusion, "infusion")
      default: return nil
      }
      return kinds.insert(act.2).inserted ? (act.0, act.1, entry.happened) : nil
    }
  }

  /// What was recorded as of a time that was after consent and is not any more: in words, each once. What the hospital's
  /// record held may be of before.
  fileprivate func recorded(from former: Moment, before first: Moment) -> [String] {
    guard former < first else { return [] }
    let isEarly = { (moment: Moment) in former <= moment && moment < first }
    var found: [String] = []
    for entry in entries.all where isEarly(entry.happened) {
      switch entry.event {
      case .way(_, .registered), .way(_, .consented), .way(_, .dataImported): continue
      case .way(_, .screeningStarted): found.append("the beginning of screening")
      case .way(_, .visitRecorded(let visit)): found.append("visit \(visit.visit)")
      case .way(_, .foundEligible), .way(_, .screeningFailed): found.append("the decision on eligibility")
      case .way(_, .enrolled): found.append("enrollment")
      case .product: found.append("steps with the cells")
      default: found.append("other entries")
      }
    }
    for (key, form) in casebook.forms.sorted(by: { $0.key < $1.key }) where form.source != .hospitalRecord {
      if form.items.values.contains(where: { $0.history.contains { isEarly($0.happened) } }) {
        found.append(key.description)
      }
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }
  }
}
