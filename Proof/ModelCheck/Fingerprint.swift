import ClinicalValues
import Ledger
import StudyDesign
import Trial

/// What tells worlds apart: 128 bits over all that a decision or an invariant can depend on.
///
/// Two worlds with one fingerprint are explored once. It leaves out, or makes alike, what cannot make a difference:
///
/// - Time is counted back from now. Ages above the longest limit of the small study are alike: nothing is younger than
///   a limit again. The time of day stays, since days begin at midnight.
/// - Numbers of holds, of DLT questions and of quarantines only name them; what counts is their order. Questions that
///   are settled bear on nothing that is explored.
/// - Of deviations and clocks it is kept which kinds and severities there are, not how often: no gate reads them. The
///   invariant on acts outside the gate is asked of each transition that makes one, and of each that classifies one.
/// - Printed, used and destroyed labels count as what is at hand. Who drew a label, and when, bears on no decision.
/// - Of what a correction could bring back (earlier visits, departures, imports) the shadow holds what counts. Times of steps that
///   were done before the last, and of attempts to reach somebody before the last visit, only say which corrections are in
///   order.
/// - Accounts never change here. Texts, places and digests are the same in all commands that are explored.
///
/// The time that the ledger took something is kept where the board's word depends on it.
struct Fingerprint {
  private var first = Hasher()
  private var second = Hasher()
  let now: Int
  let day: Int

  /// Minutes after which everything is equally long ago; the longest limit is the product's twelve days.
  static let horizon = 14 * 24 * 60

  /// The fingerprint of a world.
  static func of(_ world: World) -> Key {
    var print = Fingerprint(now: world.now.minute, day: world.now.day)
    print.first.combine(0)
    print.second.combine(1)
    print.add(print.now % (24 * 60))
    for id in world.state.participants.keys.sorted() {
      guard let participant = world.state.participants[id] else { continue }
      print.add(id.number)
      print.add(world.picture(of: id))
      print.add(participant.way)
      print.add(participant.product)
      print.add(participant.record)
      for key in participant.casebook.forms.keys.sorted() {
        print.add(participant.casebook.forms[key]?.entry(SmallStudy.hasDied)?.answer)
      }
    }
    print.add(world.state.study)
    for id in world.state.sites.keys.sorted() {
      print.add(id)
      for form in world.state.sites[id]?.consentForms ?? [] {
        print.add(form.version)
        print.add(time: form.from)
      }
    }
    print.add(world.shadow)
    return Key(
      high: UInt64(bitPattern: Int64(print.first.finalize())), low: UInt64(bitPattern: Int64(print.second.finalize())))
  }

  private init(now: Int, day: Int) {
    self.now = now
    self.day = day
  }

  /// A fingerprint.
  struct Key: Hashable, Sendable {
    let high: UInt64
    let low: UInt64
  }

  mutating func add<Value: Hashable>(_ value: Value) {
    first.combine(value)
    second.combine(value)
  }

  /// A minute, as long ago as it is.
  mutating func add(minute: Int?) {
    add(minute.map { min(max(now - $0, -Self.horizon), Self.horizon) } ?? .max)
  }

  mutating func add(time moment: Moment?) { add(minute: moment?.minute) }

  mutating func add(time instant: Instant?) { add(minute: instant?.minute) }

  /// A day, as far away as it is.
  mutating func add(day other: Int?) {
    let days = Self.horizon / (24 * 60)
    add(other.map { min(max($0 - day, -days), days) } ?? .max)
  }

  /// Whether a question was raised after the time that is given with `earlier`.
  private func isAheadOfEarlier(_ question: Moment?) -> Bool {
    question.map { now - Pause.short.minutes < $0.minute } ?? false
  }

  // MARK: The way

  private mutating func add(_ way: WayState) {
    add(way.site)
    for consent in way.consents {
      add(consent.version)
      add(consent.site)
      add(time: consent.signed)
    }
    add(way.screeningRound)
    add(time: way.screeningStarted)
    switch way.eligibility {
    case nil: add(0)
    case .failed: add(1)
    case .eligible(let signed, let through, _):
      add(time: signed)
      add(day: through)
    }
    add(way.isEligibilityQuestioned)
    add(way.isEligibilityQuestioned && isAheadOfEarlier(way.eligibilityQuestioned))
    add(time: way.enrolled)
    add(day: way.bookedDayZero?.daysSinceEpoch)
    for kind in RecheckKind.allCases {
      add(way.rechecks[kind]?.outcome)
      add(time: way.rechecks[kind]?.signed)
    }
    add(isAheadOfEarlier(way.rechecksQuestioned))
    add(way.lymphodepletionOrder?.round)
    add(way.lymphodepletionOrder?.bags)
    add(way.infusionOrder)
    for item in Readiness.allCases {
      add(time: way.readiness[item]?.confirmed)
      add(way.readiness[item]?.site)
      add(way.readiness[item]?.doses)
    }
    addTreatment(way)
  }

  private mutating func addTreatment(_ way: WayState) {
    add(way.lymphodepletionDoses.count)
    for dose in way.lymphodepletionDoses { add(time: dose) }
    add(way.lymphodepletionRounds)
    add(time: way.firstLymphodepletion)
    add(way.lymphodepletionEnded != nil)
    add(day: way.infusable?.lowerBound)
    add(day: way.infusable?.upperBound)
    add(way.isDelayJustified)
    add(time: way.lastAssessment)
    add(time: way.completed)
    add(way.contactAttempts.contains { $0.day <= day })
    add(way.contactAttempts.contains { $0.inWriting })
    add(time: way.left)
    add(way.departure?.reason)
    add(way.departure?.withdrawal?.scope)
    add(time: way.died)
    add(way.lacksCapacity)
    add(way.pregnancies)
  }

  // MARK: The cells

  private mutating func add(_ product: ProductState) {
    add(product.identity)
    for collection in product.collections { add(collection) }
    for lot in product.lots { add(lot) }
    add(product.samples)
    for place in PersonCheckPlace.allCases { add(time: product.personChecks[place]) }
    for number in product.quarantines.keys.sorted() { add(product.quarantines[number]) }
    add(product.outsideGate)
    add(time: product.infusion?.begun)
    add(time: product.infusion?.ended)
    add(product.infusion?.outsideGate)
    add(product.infusion?.lot)
    add(product.infusion?.bag)
  }

  private mutating func add(_ labels: LabelCount) {
    add(labels.atHand)
    add(labels.printed > 0)
    add(labels.drawing != nil)
  }

  private mutating func add(_ collection: CollectionState) {
    add(collection.labels)
    add(collection.step)
    add(time: collection.begun)
    add(day: collection.firstDay)
    add(time: collection.ended)
    add(collection.yield)
    add(collection.isAccepted)
    add(time: collection.keepsUntil)
    add(collection.isAcceptedByLaboratory)
    add(collection.hasMaterial)
    add(collection.isUnusable)
    add(collection.hasGap)
  }

  private mutating func add(_ lot: LotState) {
    add(lot.labels)
    add(lot.step)
    add(lot.from)
    add(lot.tests)
    add(lot.release)
    add(lot.outcome)
    add(lot.exceptional)
    for bag in lot.bags {
      add(bag.labels)
      add(bag.step)
      add(bag.cells)
      add(day: bag.lastDay)
      add(bag.isReceived)
      add(bag.site)
      add(bag.isStored)
      add(time: bag.thaw?.thawed)
      for account in bag.verifications.keys.sorted() {
        add(account)
        add(time: bag.verifications[account])
      }
      add(bag.isStarted)
      add(bag.isPaused)
      add(bag.isUnusable)
      add(bag.hasGap)
      add(bag.end)
    }
  }

  private mutating func add(_ record: RecordState) {
    add(Set(record.deviations.map { [$0.kind.rawValue, $0.severity?.rawValue ?? ""] }))
    add(record.clocks.contains { $0.submitted == nil })
  }

  // MARK: The study

  private mutating func add(_ study: StudyState) {
    add(study.slots)
    for id in study.enrolled.keys.sorted() {
      add(id)
      add(time: study.enrolled[id])
    }
    for infusion in study.infusions {
      add(infusion.participant)
      add(time: infusion.begun)
    }
    add(study.open)
    add(study.settledItems)
    for hold in study.holdsInForce {
      add(hold.hold.kind)
      add(hold.hold.activities)
      add(hold.hold.setBy?.role)
      add(time: hold.recorded)
      add(hold.liftDecided != nil)
      add(hold.isReviewed)
    }
    for question in study.openQuestions {
      add(question.participant)
      add(question.toxicity)
      add(time: question.recorded)
      add(question.answer?.basis)
      if case .disputed = question.stage { add(true) } else { add(false) }
    }
    add(study.boardMembers)
    for review in study.reviews {
      add(review.through)
      add(time: review.held)
      add(time: review.recorded)
    }
    add(study.boardWords)
  }
}
