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
    let found = before.gatedActs.filter { gated in
      isCovered(before, gated) && !isCovered(after, gated)
    }
    var told: Set<GatedAct.Kind> = []
    for gated in found where told.insert(gated.kind).inserted {
      let why = "consent to it was not in force at \(gated.done)"
      facts += try foundOutsideGate(gated.act, of: before.id, why: why, reason)
    }
    return facts + found.compactMap { quarantine(of: $0, before.product) }
  }

  /// What was taken or thawed without consent goes into quarantine, as at any act outside the gate, unless there is nothing
  /// left of it to use: a further bag may wait thawed while the first runs in.
  private func quarantine(of gated: GatedAct, _ product: ProductState) -> Fact? {
    guard let material = gated.material else { return nil }
    if case .bag(let number) = material {
      guard let bag = product[number], !bag.isOver, !bag.isStarted else { return nil }
    } else if product.infusion != nil {
      return nil
    }
    let quarantine = Quarantine(.outsideGate, of: material, step: gated.step, involved: everybody)
    return Fact(.product(material.participant, .quarantined(quarantine)))
  }

  /// Whether consent, with every re-consent that was due, stood before an act, at the site of that time.
  private func isCovered(_ participant: ParticipantState, _ gated: GatedAct) -> Bool {
    let (site, moment) = (gated.site, gated.done)
    guard participant.way.consents.contains(where: { $0.site == site && $0.signed <= moment }) else { return false }
    return site.flatMap { state.sites[$0] }?.reconsentDue(participant, before: gated.activity, at: moment).isEmpty
      ?? true
  }
}

extension WayState {
  /// When consent was first signed.
  fileprivate var firstConsent: Moment? { consents.map(\.signed).min() }
}

/// An act that passed a gate which asks for consent.
private struct GatedAct {
  /// What of each is told once, of the first.
  enum Kind { case collection, dose, thaw, infusion }

  let kind: Kind
  let act: OutsideGateAct
  let activity: Activity
  let done: Moment
  /// Where the participant was looked after then.
  let site: SiteID?
  /// The cells that it was done to, where they are not used up by it, and the step.
  var material: Material?
  var step = ""

  init?(_ entry: Recorded<TrialEvent>, at site: SiteID?) {
    done = entry.happened
    self.site = site
    switch entry.event {
    case .product(_, .collectionBegun(let collection, false, _)):
      (kind, act, activity) = (.collection, .leukapheresis, .leukapheresis)
      (material, step) = (.collection(collection), Activity.leukapheresis.rawValue)
    case .way(_, .lymphodepletionGiven(let dose)) where dose.number == 1 && !dose.outsideGate:
      (kind, act, activity) = (.dose, .lymphodepletionDose, .lymphodepletion)
    case .product(_, .bagThawed(let bag, _, _, _, false, _)):
      (kind, act, activity) = (.thaw, .thaw(bag: bag), .infusion)
      (material, step) = (.bag(bag), StepID.thawed)
    case .product(_, .infusionStarted(let bag, false, _)):
      (kind, act, activity) = (.infusion, .infusion(bag: bag), .infusion)
    default: return nil
    }
  }
}

extension ParticipantState {
  /// Where the participant was looked after when an entry happened; before registration where that was. Of one moment is first
  /// what was recorded first.
  private static func site(of place: Int, in entries: [Recorded<TrialEvent>]) -> SiteID? {
    let moment = entries[place].happened
    var site: SiteID?
    for (earlier, entry) in entries.enumerated()
    where site == nil || entry.happened < moment || entry.happened == moment && earlier < place {
      switch entry.way {
      case .registered(let first, _): site = first
      case .siteChanged(let next): site = next
      default: break
      }
    }
    return site
  }

  /// The acts that passed a gate which asks for consent, in the order in which they were recorded.
  fileprivate var gatedActs: [GatedAct] {
    let all = entries.all
    return all.indices.compactMap { GatedAct(all[$0], at: Self.site(of: $0, in: all)) }
  }

  /// What was recorded as of a time that was after consent and is not any more: in words, each once. What the hospital's
  /// record held may be of before.
  fileprivate func recorded(from former: Moment, before first: Moment) -> [String] {
    guard former < first else { return [] }
    let isEarly = { (moment: Moment) in former <= moment && moment < first }
    var found: [String] = []
    for entry in entries.all where isEarly(entry.happened) {
      switch entry.event {
      case .way(_, .registered), .way(_, .consented), .way(_, .dataImported), .way(_, .identityCorrected): continue
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
