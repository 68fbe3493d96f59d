import ClinicalValues
import Ledger
import StudyDesign
import Trial

extension Shadow {
  /// Takes note of what was accepted.
  mutating func see(
    _ events: [TrialEvent], by actor: Acting, together: [Acting], happened: Moment, in world: World,
    _ study: SmallStudy
  ) {
    let sight = Sight(
      minute: happened.minute, day: happened.day, recorded: world.now.minute, actor: actor, study: study)
    for event in events {
      switch event {
      case .way(let id, let event): people[id, default: Person()].see(event, sight)
      case .product(let id, let event): see(event, of: id, sight)
      case .study(let event): see(event, sight, in: world)
      case .site(let site, .consentPutInForce(let form)):
        forms.append(
          SeenForm(
            site: site, version: form.version, from: form.from.minute,
            before: form.signedAnewBy == .nobody ? nil : form.beforeActivity))
      case .casebook(let id, .saved(_, let entries, _, _)):
        for entry in entries where entry.item == SmallStudy.hasDied {
          people[id, default: Person()].isToldDead = entry.answer == .value("true")
        }
      case .site, .record, .studyRecord, .people, .casebook, .safety, .grade, .laboratory: break
      }
    }
  }

  /// Cells that run into somebody are gone from wherever they belong.
  private mutating func see(_ event: ProductEvent, of id: ParticipantID, _ sight: Sight) {
    people[id, default: Person()].see(event, sight)
    if case .infusionStarted(let bag, _, _) = event { people[bag.lot.participant]?.bags[bag]?.isGone = true }
  }

  private mutating func see(_ event: StudyEvent, _ sight: Sight, in world: World) {
    switch event {
    case .slotAllotted(let id): holders.insert(id)
    case .slotFreed(let id): holders.remove(id)
    case .infusionBegun(let id):
      insert(SeenInfusion(who: id, day: sight.day, minute: sight.minute))
    case .infusionTimeCorrected(let id, let begun):
      infusions.removeAll { $0.who == id }
      insert(SeenInfusion(who: id, day: begun.day, minute: begun.minute))
    case .opened(let scope): open.insert(scope)
    case .closed(let scope): open.remove(scope)
    case .provisionalAdopted(let items, _): adopted.formUnion(items)
    case .provisionalChanged(let item, _, _, _): adopted.insert(item)
    case .holdSet(let hold):
      holds[hold.number] = SeenHold(
        kind: hold.kind, activities: Set(hold.activities), setBy: hold.setBy?.role, recorded: sight.recorded)
    case .holdLiftDecided(let number, _): holds[number]?.boardDecided = true
    case .holdLifted(let number, _): holds[number] = nil
    case .dltQuestionOpened(let number, let about, _, _, _):
      questions[number] = SeenQuestion(about: about, recorded: sight.recorded)
    case .dltConfirmed(let number), .dltDecided(let number, _, _): questions[number] = nil
    case .boardMemberAppointed(let account, _): board.insert(account)
    case .boardMemberReleased(let account): board.remove(account)
    case .boardReviewed:
      let review = SeenReview(
        day: sight.day, recorded: sight.recorded, through: through(onDay: sight.day, sight.study))
      // Of what an earlier one saw, a later one that saw no fewer saw all.
      reviews.removeAll { $0.day <= review.day && $0.recorded <= review.recorded && $0.through <= review.through }
      reviews.append(review)
      for number in holds.keys { holds[number]?.isReviewed = true }
    case .boardDecidedOnParticipant(let id, let goesOn, _): words[id] = Word(goesOn: goesOn, said: sight.recorded)
    case .founded, .configurationTested, .protocolPutInForce, .stoppingRuleFired, .dltAnswered, .dltDisputed, .exported,
      .enteredLate, .clockSetRight:
      break
    }
  }

  /// Infusions stand in the order in which they began, whenever that was recorded.
  private mutating func insert(_ infusion: SeenInfusion) {
    infusions.insert(infusion, at: infusions.firstIndex { infusion.minute < $0.minute } ?? infusions.endIndex)
  }

  /// How many the board has seen through the window: of those who were through it at one of its reviews, as it is known now.
  func reviewed(_ study: SmallStudy) -> Int {
    let counts = reviews.map { review in
      let seen = infusions.count { infusion in
        let last = infusion.day + study.plan.safety.doseLimitingWindowDays
        guard let person = people[infusion.who], last <= review.day else { return false }
        // The form does not say when.
        let isGone = [person.left, person.died].contains { $0.map { $0 <= review.recorded } ?? false }
        return isGone || person.isToldDead
          || person.visits.contains {
            $0.assessed && $0.recorded <= review.recorded && last <= $0.day && $0.minute <= review.recorded
          }
      }
      return min(seen, review.through)
    }
    return counts.max() ?? 0
  }

  /// How many are through the dose-limiting window on a day: it has passed and they were seen after it, or are gone.
  func through(onDay day: Int, _ study: SmallStudy) -> Int {
    infusions.count { infusion in
      let last = infusion.day + study.plan.safety.doseLimitingWindowDays
      guard let person = people[infusion.who], day >= last else { return false }
      return person.isGone || (person.assessed.map { $0 >= last } ?? false)
    }
  }
}

/// When, by whom and in which study something is seen.
struct Sight {
  let minute: Int
  let day: Int
  let recorded: Int
  let actor: Acting
  let study: SmallStudy
}

extension Person {
  mutating func see(_ event: WayEvent, _ sight: Sight) {
    switch event {
    case .registered(let site, _), .siteChanged(let site): self.site = site
    case .consented(let consent):
      consents[SeenConsent(site: consent.site, version: consent.version)] = sight.minute
    case .dataImported: imports.append(SeenImport())
    case .screeningStarted:
      eligible = nil
      isQuestioned = false
    case .foundEligible:
      if sight.minute >= questioned ?? .min { isQuestioned = false }
      for index in imports.indices { imports[index].isFoundEligible = true }
      if !enrolled { eligible = sight.day }
    case .screeningFailed(let failure):
      eligible = nil
      isQuestioned = false
      if failure.assessment != nil { for index in imports.indices { imports[index].hasFailed = true } }
    case .eligibilityQuestioned:
      isQuestioned = true
      questioned = sight.minute
    case .enrolled: enrolled = true
    case .dayZeroBooked(let day):
      bookedDay = day.daysSinceEpoch
      unbook()
    case .rechecksQuestioned: rechecks = [:]
    case .recheckSigned(let check):
      for index in imports.indices { imports[index].isRechecked = true }
      // What was found last counts, whenever it was written down.
      let former = rechecks[check.kind]?.minute ?? .min
      if sight.minute >= former {
        rechecks[check.kind] = Check(passed: check.outcome == .passed, minute: sight.minute)
      }
    case .lymphodepletionOrdered(let order):
      (orderedRound, orderedWeight, orderedBags) = (order.round, order.weight, order.bags)
    case .infusionOrdered(let order):
      infusionOrder = SeenOrder(bags: order.bags, weight: order.weight, dosePerKg: order.dosePerKg)
    case .readinessConfirmed(let item, let site, let doses):
      if sight.minute >= ready[item]?.minute ?? .min {
        ready[item] = Ready(site: site, minute: sight.minute, doses: doses ?? 0)
      }
    case .lymphodepletionGiven(let dose): give(dose, sight)
    case .lymphodepletionEnded: isEnded = true
    case .infusionDelayJustified: isDelayJustified = true
    case .visitRecorded(let visit):
      visits.append(
        SeenVisit(
          name: visit.visit, day: sight.day, minute: sight.minute, recorded: sight.recorded, assessed: visit.assessed,
          completes: visit.completes))
    case .left(let departure):
      departures.append(
        SeenDeparture(minute: sight.minute, reason: departure.reason, withdrew: departure.withdrawal != nil))
    case .returned: departures = []
    case .died: died = sight.minute
    case .pregnancyReported(let who): pregnancies.insert(who)
    case .pregnancyEnded(let who, _): pregnancies.remove(who)
    case .bridgingRecorded, .contactAttempted, .capacityLost, .capacityRegained, .enteredLate, .identityCorrected:
      break
    case .corrected(let correction, _): see(correction)
    }
  }

  /// What was recorded is as it is corrected, and what was recorded in error is not.
  private mutating func see(_ correction: WayCorrection) {
    switch correction {
    case .visit(let was, let corrected):
      guard let index = visits.lastIndex(where: { $0.name == was.visit && $0.minute == was.held.minute }) else {
        return
      }
      let seen = corrected.map {
        SeenVisit(
          name: $0.visit.visit, day: $0.held.day, minute: $0.held.minute, recorded: visits[index].recorded,
          assessed: $0.visit.assessed, completes: $0.visit.completes)
      }
      visits.replaceSubrange(index...index, with: seen.map { [$0] } ?? [])
    case .death(_, let corrected):
      died = corrected?.died.minute
      for index in departures.indices.reversed() where departures[index].reason == .died {
        if let died { departures[index].minute = died } else { departures.remove(at: index) }
      }
    case .dose(let was, let corrected):
      guard given.indices.contains(was.number - 1) else { return }
      if let corrected {
        if was.round == 1, was.number == 1 { firstRound = corrected.given.day }
        given[was.number - 1].day = corrected.given.day
        given[was.number - 1].minute = corrected.given.minute
      } else {
        given.remove(at: was.number - 1)
      }
    case .readiness(let item): ready[item] = nil
    case .pregnancy(let who): pregnancies.remove(who)
    case .withdrawal(let was):
      if let index = departures.lastIndex(where: { $0.withdrew && $0.minute == was.minute }) {
        departures.remove(at: index)
      }
    case .consent(let was, let corrected):
      consents[SeenConsent(site: was.site, version: was.version)] = nil
      consents[SeenConsent(site: was.site, version: corrected.version)] = corrected.signed.minute
    case .dataImport: if !imports.isEmpty { imports.removeLast() }
    case .contactAttempt: break
    }
  }

  private mutating func unbook() {
    ready[.tocilizumabBooked] = nil
    ready[.intensiveCareBooked] = nil
  }

  private mutating func give(_ dose: LymphodepletionDose, _ sight: Sight) {
    if dose.number == 1 {
      given = []
      rounds = dose.round
      firstRound = firstRound ?? sight.day
      isEnded = false
      isDelayJustified = false
      infusionOrder = nil
      unbook()
    }
    given.append(SeenDose(day: sight.day, minute: sight.minute, outside: dose.outsideGate))
  }
}
