import ClinicalValues
import StudyDesign
import Trial

/// What must hold of every accepted command. `before` is the world that it was asked in.
struct Invariants {
  let study: SmallStudy

  /// What an accepted command broke.
  func violations(
    of facts: [Fact], from command: any TrialCommand, by actor: Acting, earlier: Bool, before: World, after: World
  ) -> [Violation] {
    var found: [Violation] = []
    // A form that is saved with what it says already changes nothing; whatever else was accepted is on record.
    if facts.isEmpty, !(command is SaveForm) {
      found.append(Violation(invariant: "audit", what: "\(type(of: command).name), accepted, leaves no event"))
    }
    let events = facts.map(\.event)
    let isOutside = events.contains { if case .product(_, .outsideGateRecorded) = $0 { true } else { false } }
    for event in events {
      switch event {
      case .way(let id, .foundEligible) where earlier: found += answeredEarlier(id, before)
      case .way(let id, let event): found += way(event, id, before)
      case .product(let id, let event): found += product(event, id, by: actor, before, isOutside)
      case .study(let event): found += study(event, by: actor, before)
      default: break
      }
      found += consented(event, before, isOutside) + elsewhere(event, by: actor, before)
    }
    if isOutside { found += outside(events, after) }
    return found + unaccounted(events, after) + corrected(events, before: before, after: after)
  }

  /// A bag that ran in has come to that end where its cells belong, whoever it ran into.
  private func unaccounted(_ events: [TrialEvent], _ after: World) -> [Violation] {
    events.compactMap { event -> Violation? in
      guard case .product(let id, .infusionStopped(let bag, _, let whole, _, _)) = event else { return nil }
      let end = whole ? BagEnd.infused : .infusedInPart
      if after.state.participants[bag.lot.participant]?.product[bag]?.end == end { return nil }
      return Violation(invariant: "accounted", what: "\(bag), which ran into \(id), has not come to that end")
    }
  }

  private func closed(_ gate: Gate, _ id: ParticipantID, _ world: World, bag: BagNumber? = nil) -> [Violation] {
    Judge(id, in: world, study, bag: bag).untrue(gate).map {
      Violation(invariant: $0, what: "the gate of \(gate.rawValue) opened for \(id) although this line is not true")
    }
  }

  /// Nobody signs that somebody is eligible as of a time before what speaks against it was raised.
  private func answeredEarlier(_ id: ParticipantID, _ world: World) -> [Violation] {
    guard let person = world.shadow.people[id], person.isQuestioned, let raised = person.questioned,
      world.now.minute - Pause.short.minutes < raised
    else { return [] }
    return [Violation(invariant: "eligibility", what: "\(id) is found eligible as of before the question was raised")]
  }

  private func way(_ event: WayEvent, _ id: ParticipantID, _ world: World) -> [Violation] {
    switch event {
    case .enrolled: return closed(.enrollment, id, world)
    case .dayZeroBooked(let day): return booked(day, id, world)
    case .lymphodepletionGiven(let dose) where !dose.outsideGate:
      if dose.number == 1 { return closed(.lymphodepletion, id, world) }
      let judge = Judge(id, in: world, study)
      return judge.isPresent && judge.person.infused.isEmpty
        ? [] : [Violation(invariant: "lymphodepletion", what: "a further dose for \(id), who is gone or infused")]
    default: return []
    }
  }

  private func product(
    _ event: ProductEvent, _ id: ParticipantID, by actor: Acting, _ world: World, _ isOutside: Bool
  ) -> [Violation] {
    let person = world.shadow.people[id] ?? Person()
    switch event {
    case .collectionBegun(_, false, _): return closed(.leukapheresis, id, world)
    case .bagThawed(let bag, _, _, _, false, _):
      return closed(.thawing, id, world, bag: bag) + unquarantined(.bag(bag), of: id, world, "thawed")
    case .infusionStarted(let bag, false, _):
      return closed(.infusion, id, world, bag: bag) + once(bag, id, person, world)
        + unquarantined(.bag(bag), of: id, world, "infused")
    case .infusionResumed(let bag) where !isOutside: return resumed(bag, id, person, world)
    case .lotReleased(let lot, _, _):
      let bags = person.bags.keys.filter { $0.lot == lot }.map(Material.bag)
      return ([.lot(lot)] + bags).flatMap { unquarantined($0, of: id, world, "released") }
    case .custodyStepDone(let step) where step.step == "shipped":
      return unquarantined(step.material, of: id, world, "shipped")
    case .manufacturingBegun(_, let from, _, _):
      return unquarantined(.collection(from), of: id, world, "used for a lot")
    case .quarantineResolved(let number, _, _):
      guard let quarantine = person.quarantines[number] else {
        return [Violation(invariant: "quarantine", what: "\(number) of \(id), which was none, is resolved")]
      }
      return actor.role == .qualityAssurance && !quarantine.involved.contains(actor.account)
        ? [] : [Violation(invariant: "quarantine", what: "\(actor.account) resolved \(number) of \(id)")]
    default: return []
    }
  }

  /// A paused infusion goes on only for who is still there, with a bag in no quarantine and within its time, and not where a hold of infusions
  /// or a question about somebody infused earlier has come up since it began.
  private func resumed(_ bag: BagNumber, _ id: ParticipantID, _ person: Person, _ world: World) -> [Violation] {
    let judge = Judge(id, in: world, study)
    var found = unquarantined(.bag(bag), of: id, world, "resumed", isStarted: true)
    if !judge.isPresent || person.running != bag {
      found.append(Violation(invariant: "resume", what: "\(bag) resumed for \(id), who is gone"))
    }
    if let thawed = person.bags[bag]?.thawed, world.now.minute >= thawed + study.plan.product.thawToEndMinutes {
      found.append(Violation(invariant: "resume", what: "\(bag) resumed for \(id), thawed too long ago"))
    }
    let begun = person.infused.first?.minute ?? .min
    let sawNothing = person.hasResumedOutside || person.infused.contains { $0.outside }
    let before = world.shadow.infusions.prefix { $0.who != id }.map(\.who)
    let questions = world.shadow.questions.values.filter { before.contains($0.about) }
    let against = world.shadow.holds(on: [.infusion]).map(\.recorded) + questions.map(\.recorded)
    if against.contains(where: { sawNothing || begun <= $0 }) {
      found.append(Violation(invariant: "resume", what: "\(bag) resumed for \(id) under a hold or an open question"))
    }
    return found
  }

  /// Whoever is lymphodepleted is never booked anew for a day inside the interval of somebody infused, nor for one that
  /// leaves less than the interval between two who are lymphodepleted.
  private func booked(_ day: CalendarDate, _ id: ParticipantID, _ world: World) -> [Violation] {
    let person = world.shadow.people[id] ?? Person()
    guard Judge.isConditioned(person, onDay: world.now.day, study.plan.way) else { return [] }
    let barring = world.shadow.infusions.enumerated().filter { ordinal, infusion in
      infusion.who != id && day.daysSinceEpoch < infusion.day + study.interval(after: ordinal)
    }
    let next = study.interval(after: world.shadow.infusions.count)
    let waiting = world.shadow.people.filter { other, seen in
      guard other != id, let booked = seen.bookedDay, !seen.isGone, seen.infused.isEmpty,
        Judge.isConditioned(seen, onDay: world.now.day, study.plan.way)
      else { return false }
      let days = [booked, day.daysSinceEpoch].sorted()
      return days[1] < days[0] + next
    }
    return (barring.map(\.element.who) + waiting.keys).map {
      Violation(invariant: "stagger", what: "\(id), lymphodepleted, booked inside the interval of \($0)")
    }
  }

  /// Nobody is infused twice: a further bag is of the same lot, on the same day, after the one before has ended.
  private func once(_ bag: BagNumber, _ id: ParticipantID, _ person: Person, _ world: World) -> [Violation] {
    var found: [Violation] = []
    if bag.lot.participant != id {
      found.append(Violation(invariant: "own-cells", what: "\(bag) infused into \(id)"))
    }
    let same = person.infused.allSatisfy {
      $0.bag.lot == bag.lot && $0.bag != bag && $0.day == world.now.day && !$0.outside
    }
    if !same || person.running != nil {
      found.append(Violation(invariant: "one-infusion", what: "\(id) infused a second time, with \(bag)"))
    }
    return found
  }

  /// What is in quarantine, rejected, lost or found not to be used goes nowhere that it could be used.
  private func unquarantined(
    _ material: Material, of id: ParticipantID, _ world: World, _ what: String, isStarted: Bool = false
  ) -> [Violation] {
    let person = world.shadow.people[material.participant] ?? Person()
    var isDead = false
    switch material {
    case .bag(let bag):
      isDead = (person.bags[bag]?.isGone ?? true) && !isStarted || person.lots[bag.lot]?.isDead ?? true
      // A bag that is gone does not keep the rest of its lot from being released.
      if what == "released", person.bags[bag]?.isGone == true { return [] }
    case .lot(let lot): isDead = person.lots[lot]?.isDead ?? true
    case .collection: isDead = !person.hasCells
    }
    var found: [Violation] = []
    if person.hasWithdrawn, let left = person.left, left <= world.now.minute {
      found.append(Violation(invariant: "withdrawn", what: "\(material) \(what) after its participant withdrew"))
    }
    if !person.quarantines(over: material).isEmpty {
      found.append(Violation(invariant: "quarantine", what: "\(material) \(what) in quarantine"))
    }
    if isDead { found.append(Violation(invariant: "unusable", what: "\(material) \(what), which must not be used")) }
    return found
  }

  private func study(_ event: StudyEvent, by actor: Acting, _ world: World) -> [Violation] {
    let shadow = world.shadow
    switch event {
    case .slotAllotted(let id):
      let taken = shadow.taken.subtracting([id]).count
      return taken < study.plan.way.slots
        ? [] : [Violation(invariant: "slots", what: "\(id) is given one, \(taken) are taken")]
    case .holdLifted(let number, let approvals):
      guard let hold = shadow.holds[number] else { return [Violation(invariant: "hold", what: "\(number) is none")] }
      let fell =
        hold.kind == .operational
        ? actor.role == hold.setBy : hold.boardDecided && actor.role == .safetyOfficer && !approvals.isEmpty
      return fell ? [] : [Violation(invariant: "hold", what: "\(number) fell by \(actor.role.rawValue)")]
    case .holdLiftDecided(_, let ballot):
      let isQuorate = ballot.inFavor.count >= 2 && shadow.board.isSuperset(of: ballot.inFavor)
      return isQuorate ? [] : [Violation(invariant: "hold", what: "the board decided without quorum or majority")]
    default: return []
    }
  }

  /// What is recorded as outside the gate leaves a critical deviation, and an infusion a hold on everything.
  private func outside(_ events: [TrialEvent], _ after: World) -> [Violation] {
    var found: [Violation] = []
    for (id, person) in after.shadow.people where person.outside > 0 {
      let critical =
        after.state.participants[id]?.record.deviations
        .count { $0.kind == .outsideGate && $0.severity == .critical } ?? 0
      if critical < person.outside {
        found.append(Violation(invariant: "outside-gate", what: "no critical deviation of \(id)"))
      }
    }
    let isInfusion = events.contains {
      switch $0 {
      case .product(_, .outsideGateRecorded(.infusion, _, _)), .product(_, .outsideGateRecorded(.resumption, _, _)):
        true
      default: false
      }
    }
    let isHeld = events.contains {
      if case .study(.holdSet(let hold)) = $0 {
        hold.kind == .safety && Set(hold.activities) == Set(Activity.allCases) && hold.site == nil
          && hold.cohort == nil
      } else {
        false
      }
    }
    if isInfusion, !isHeld { found.append(Violation(invariant: "outside-gate", what: "an infusion without a hold")) }
    return found
  }

  /// Nobody of a site records anything of who is looked after at another, but what turns up there: a mix-up.
  private func elsewhere(_ event: TrialEvent, by actor: Acting, _ world: World) -> [Violation] {
    guard actor.role.isOfSite, let place = actor.site else { return [] }
    let id: ParticipantID
    // A bag is in the hands of the site that received it, and of no other, wherever its participant has gone since.
    var holder: SiteID?
    switch event {
    case .way(let whom, let event):
      if case .registered = event { return [] }
      id = whom
    case .product(_, .quarantined), .product(_, .foundElsewhere), .product(_, .bagThawed(_, _, _, _, true, _)):
      return []
    // Where another's bag ran in, the record of whose cells they were says how it ended.
    case .product(_, .custodyStepDone(let step)) where step.followsFromInfusion: return []
    case .product(let whom, .custodyStepDone(let step)):
      // It is received where it comes from another.
      holder = step.step == "receivedAtSite" ? nil : site(holding: step.material, world)
      id = whom
    case .product(let whom, .materialLost(let material, _)):
      holder = site(holding: material, world)
      id = whom
    case .product(let whom, _): id = whom
    default: return []
    }
    guard let own = holder ?? world.shadow.people[id]?.site, own != place else { return [] }
    return [Violation(invariant: "other-site", what: "\(actor.account) of site \(place) recorded \(event) of \(id)")]
  }

  private func site(holding material: Material, _ world: World) -> SiteID? {
    guard case .bag(let bag) = material else { return nil }
    return world.shadow.people[bag.lot.participant]?.bags[bag]?.site
  }

  /// Of who has not consented nothing is recorded but the screening record of a candidate, and what must never be
  /// kept back: deviations, acts outside the gate with what they lead to, and what becomes of cells that were collected
  /// in one.
  private func consented(_ event: TrialEvent, _ world: World, _ isOutside: Bool) -> [Violation] {
    let id: ParticipantID
    switch event {
    case .way(let whom, let event):
      switch event {
      case .registered, .consented, .left: return []
      // What happened outside the gate is on record all the same, and is put right there.
      case .corrected: return []
      case .dataImported(let data) where data.source == .hospitalRecord: return []
      default: id = whom
      }
    case .product(let whom, _):
      guard world.shadow.people[whom]?.outside ?? 0 == 0 else { return [] }
      id = whom
    // The forms of the small study have their source here; one of the hospital's record would leave it out, too.
    case .casebook(let whom, .saved(_, _, let source, _)) where source != .hospitalRecord: id = whom
    default: return []
    }
    guard !isOutside, world.shadow.people[id]?.consents.isEmpty ?? true else { return [] }
    return [Violation(invariant: "consent-first", what: "\(id) has not consented: \(event)")]
  }
}
