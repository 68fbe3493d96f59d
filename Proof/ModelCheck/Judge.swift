import ClinicalValues
import StudyDesign
import Trial

/// Judges a participant's standing from what was seen alone.
///
/// Each line of a gate has its meaning here a second time, in the words of the protocol's section on gates. Unknown
/// counts as not true.
struct Judge {
  let shadow: Shadow
  let person: Person
  let id: ParticipantID
  let now: Moment
  let picture: Picture
  let study: SmallStudy
  /// The bag that is to be thawed or infused.
  let bag: BagNumber?

  init(_ id: ParticipantID, in world: World, _ study: SmallStudy, bag: BagNumber? = nil) {
    self.shadow = world.shadow
    self.person = world.shadow.people[id] ?? Person()
    self.id = id
    self.now = world.now
    self.picture = world.picture(of: id)
    self.study = study
    self.bag = bag
  }

  private var way: WayPlan { study.plan.way }
  private var minute: Int { now.minute }
  private var day: Int { now.day }

  /// A line of a gate by its id, and what it means.
  typealias Line = (id: String, holds: @Sendable (Judge) -> Bool)

  /// Every line of every gate, in no particular order.
  static let lines: [Gate: [Line]] = [
    .enrollment: [
      ("enrollment.consent", { $0.hasConsent(before: .enrollment) }),
      ("enrollment.eligibility", { $0.isEligible && $0.isEligibilityFresh }),
      ("enrollment.slot", { $0.shadow.taken.count < $0.way.slots }),
      ("enrollment.open", { $0.shadow.open.isSuperset(of: $0.scopes) }),
      ("enrollment.hold", { $0.shadow.holds(on: [.enrollment]).isEmpty }),
      ("enrollment.adopted", { $0.shadow.adopted.isSuperset(of: $0.study.version.provisional) }),
    ],
    .leukapheresis: [
      ("leukapheresis.enrolled", { $0.awaitsCells && $0.isEligible }),
      ("leukapheresis.consent", { $0.hasConsent(before: .leukapheresis) }),
      ("leukapheresis.recheck", { $0.isRechecked(.leukapheresis) }),
      ("leukapheresis.infectionMarkers", { $0.picture.says(Picture.markers) == true }),
      ("leukapheresis.labels", { $0.person.identity != nil && $0.person.labels > 0 }),
      ("leukapheresis.hold", { $0.shadow.holds(on: [.leukapheresis]).isEmpty }),
    ],
    .lymphodepletion: lymphodepletion,
    .infusion: infusion,
    .thawing: infusion.filter { $0.id != "infusion.bedside" },
  ]

  private static let lymphodepletion: [Line] = [
    (
      "lymphodepletion.eligibility",
      { $0.person.enrolled && $0.isPresent && $0.person.infused.isEmpty && $0.isEligible }
    ),
    ("lymphodepletion.round", { $0.mayBeginRound }),
    ("lymphodepletion.consent", { $0.hasConsent(before: .lymphodepletion) }),
    ("lymphodepletion.recheck", { $0.isRechecked(.lymphodepletion) }),
    ("lymphodepletion.product", { $0.isDoseThere }),
    ("lymphodepletion.washOut", { $0.picture.says(Picture.washOut) == true }),
    ("lymphodepletion.baseline", { judge in Picture.baseline.allSatisfy { judge.picture.says($0) == true } }),
    ("lymphodepletion.order", { $0.isLymphodepletionOrdered }),
    ("lymphodepletion.prophylaxis", { $0.hasProphylaxis }),
    ("lymphodepletion.readiness", { $0.isReady([.tocilizumabBooked, .intensiveCareBooked], hours: nil) }),
    ("lymphodepletion.hold", { $0.shadow.holds(on: [.lymphodepletion, .infusion]).isEmpty }),
    ("lymphodepletion.questions", { $0.shadow.questions.isEmpty }),
    ("lymphodepletion.stagger", { $0.isBookedDayAllowed }),
    ("lymphodepletion.review", { !$0.owesReview }),
  ]

  private static let infusion: [Line] = [
    ("infusion.consent", { $0.hasConsent(before: .infusion) }),
    (
      "infusion.recheck",
      { $0.isEligible && $0.isRechecked(.infusion) && $0.picture.says(Picture.notPregnant) == true }
    ),
    ("infusion.bag", { judge in judge.bag.map { judge.isInOrder($0, until: judge.day) } ?? false }),
    ("infusion.bedside", { $0.isVerified }),
    ("infusion.lymphodepletion", { $0.followsLymphodepletion }),
    ("infusion.open", { $0.holdsOfNextBag.isEmpty || $0.boardLetsGoOn }),
    ("infusion.stagger", { $0.isIntervalOver && ($0.questionsBefore.isEmpty || $0.boardLetsGoOn) }),
    (
      "infusion.readiness",
      {
        $0.isReady(
          [.tocilizumabKept, .resuscitationReady, .intensiveCareReady, .neurologistReachable],
          hours: $0.way.readinessValidHours)
      }
    ),
    ("infusion.order", { $0.isOrdered }),
    (
      "infusion.baseline",
      { judge in
        Picture.beforeInfusion.allSatisfy { judge.picture.says($0) == true }
          && judge.isReady([.premedicationGiven], hours: judge.way.readinessValidHours)
      }
    ),
  ]

  /// The ids of the lines of a gate that are not true.
  func untrue(_ gate: Gate) -> [String] { (Self.lines[gate] ?? []).filter { !$0.holds(self) }.map(\.id) }

  // MARK: What lines are made of

  var isPresent: Bool { person.isPresent(at: minute) }

  /// Consent was given at the present site, is not withdrawn, the participant lives, and each consent that is due before a step is given.
  func hasConsent(before activity: Activity) -> Bool {
    guard isPresent, !person.isToldDead, person.consents.keys.contains(where: { $0.site == person.site }) else {
      return false
    }
    let forms = shadow.forms.filter { $0.site == person.site }
    let newest =
      forms.lastIndex { person.consents[Person.SeenConsent(site: $0.site, version: $0.version)] != nil } ?? -1
    return !forms.dropFirst(newest + 1).contains { form in
      form.from <= minute && person.infused.isEmpty && form.before.map { $0 <= activity } ?? false
    }
  }

  /// Eligibility is signed, and neither a late result nor a pregnancy stands against it.
  var isEligible: Bool { person.eligible != nil && !person.isQuestioned && person.pregnancies.isEmpty }

  private var isEligibilityFresh: Bool { person.eligible.map { day <= $0 + way.eligibilityValidDays } ?? false }

  private var scopes: Set<StudyScope> {
    [.study, .site(person.site ?? study.site), .cohort(SmallStudy.cohort)]
  }

  /// Enrolled, and there are no cells, or what came of them has failed.
  private var awaitsCells: Bool {
    guard person.enrolled, isPresent, person.infused.isEmpty else { return false }
    return !person.hasCells || !person.lots.isEmpty && person.lots.keys.allSatisfy { hasFailed($0) }
  }

  private func hasFailed(_ lot: LotNumber) -> Bool {
    guard let seen = person.lots[lot], !seen.isDead else { return true }
    let bags = person.bags.filter { $0.key.lot == lot }.values
    return !bags.isEmpty && bags.allSatisfy { $0.isGone || ($0.lastDay.map { $0 < day } ?? false) }
  }

  /// The re-check that happened last has passed, not too long ago, and whoever asked it once more would see it pass.
  func isRechecked(_ kind: RecheckKind) -> Bool {
    guard let last = person.rechecks[kind], last.passed, let hours = study.plan.recheck[kind]?.validHours else {
      return false
    }
    return minute <= last.minute + hours * 60 && picture.outcome == .pass
  }

  func isReady(_ items: [Readiness], hours: Int?) -> Bool {
    items.allSatisfy { item in
      guard let ready = person.ready[item], ready.site == person.site,
        item != .tocilizumabKept || ready.doses >= way.tocilizumabDoses
      else { return false }
      return hours.map { minute <= ready.minute + $0 * 60 } ?? true
    }
  }
}
