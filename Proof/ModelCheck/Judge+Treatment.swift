import ClinicalValues
import StudyDesign
import Trial

extension Judge {
  private var way: WayPlan { study.plan.way }
  private var minute: Int { now.minute }
  private var day: Int { now.day }

  // MARK: Bags

  /// A bag of this participant's released lot, received at the present site, stored, in no quarantine, not gone, and good until a day.
  func isInOrder(_ number: BagNumber, until last: Int) -> Bool {
    guard number.lot.participant == id, let lot = person.lots[number.lot], let bag = person.bags[number],
      lot.isReleased, !lot.isDead, number.lot == person.lots.keys.max(), !bag.isGone, bag.isReceived, bag.isStored,
      bag.site == person.site
    else { return false }
    guard person.quarantines(over: .bag(number)).isEmpty, let keeps = bag.lastDay, max(last, day) <= keeps else {
      return false
    }
    return bag.thawed.map { minute <= $0 + study.plan.product.thawToStartMinutes } ?? true
  }

  /// Two different people have verified the bag, each not too long ago.
  var isVerified: Bool {
    let seen = bag.flatMap { person.bags[$0] }
    return (seen?.checks ?? [:]).values.count { check in
      minute <= check + way.bedsideValidMinutes && check >= seen?.thawed ?? .min
    } >= 2
  }

  var isOrdered: Bool {
    guard let order = person.infusionOrder, let bag, order.bags.contains(bag) else { return false }
    let cells = order.bags.compactMap { person.bags[$0]?.cells }
    guard cells.count == order.bags.count, let weight = picture.number(Picture.weight), weight == order.weight,
      let sum = cells.reduce(Decimal?.some(0), { a, b in a.flatMap { $0 + b } }),
      let dose = sum / weight
    else { return false }
    let limits = study.plan.product
    // What the bags hold is what was ordered: somebody may have corrected it since.
    guard dose == order.dosePerKg else { return false }
    return limits.smallestDosePerKg <= dose && dose <= limits.largestDosePerKg && sum <= limits.largestDose
  }

  // MARK: Lymphodepletion

  /// The order is of the round that comes next and for the weight of today; what else sets the dose, and never changes in
  /// the small study, is known.
  var isLymphodepletionOrdered: Bool {
    person.orderedRound == person.rounds + 1
      && [Picture.height, Picture.clearance].allSatisfy { picture.number($0) != nil }
      && picture.number(Picture.baseline[2]).map { $0 == person.orderedWeight } ?? false
  }

  var isDoseThere: Bool {
    let lastInfusion = day + way.lymphodepletionDays - 1 + way.infusionAfterLastDose.upperBound
    return !person.orderedBags.isEmpty && person.orderedBags.allSatisfy { isInOrder($0, until: lastInfusion) }
  }

  /// Whether lymphodepletion was given and has not run out.
  static func isConditioned(_ person: Person, onDay day: Int, _ way: WayPlan) -> Bool {
    person.doses.last.map { day <= $0 + way.infusionAfterLastDose.upperBound } ?? false
  }

  var mayBeginRound: Bool {
    guard let first = person.firstRound else { return true }
    return !Self.isConditioned(person, onDay: day, way) && person.rounds <= way.repeatedLymphodepletions
      && day >= first + way.repeatNotBeforeDays
  }

  var hasProphylaxis: Bool {
    isReady([.infectionProphylaxis], hours: nil)
      && (picture.says(Picture.hepatitisNegative) == true || isReady([.antiviralProphylaxis], hours: nil))
  }

  var followsLymphodepletion: Bool {
    guard let last = person.doses.last, person.isEnded || person.doses.count >= way.lymphodepletionDays else {
      return false
    }
    let since = day - last
    return way.infusionAfterLastDose.contains(since) && (since < way.infusionReasonFromDay || person.isDelayJustified)
  }

  // MARK: The others

  /// The booked Day 0 follows lymphodepletion, lies after every interval that runs, and bars nobody who is
  /// lymphodepleted already.
  var isBookedDayAllowed: Bool {
    guard let booked = person.bookedDay else { return false }
    let lastDose = day + way.lymphodepletionDays - 1
    guard way.infusionAfterLastDose.contains(booked - lastDose) else { return false }
    for (ordinal, infusion) in shadow.infusions.enumerated() where infusion.who != id {
      if booked < infusion.day + study.interval(after: ordinal) { return false }
    }
    let next = study.interval(after: shadow.infusions.count)
    return !shadow.people.contains { other, seen in
      other != id && !seen.isGone && seen.infused.isEmpty
        && Self.isConditioned(seen, onDay: day, way) && (seen.bookedDay.map { abs($0 - booked) < next } ?? false)
    }
  }

  /// Whoever was infused earlier is out of the interval: its days have passed and they were seen after it, or are gone.
  var isIntervalOver: Bool {
    for (ordinal, infusion) in shadow.infusions.enumerated() {
      if infusion.who == id { return true }
      let last = infusion.day + study.interval(after: ordinal)
      let earlier = shadow.people[infusion.who] ?? Person()
      let isSeen = earlier.isGone || (earlier.assessed.map { $0 >= last } ?? false)
      if day < last || !isSeen { return false }
    }
    return true
  }

  /// From which minute on what comes up bars the next bag: since ever for the first, since the start for a further one of
  /// the same day, unless any of it went past the gate, which then has seen nothing.
  private var sawAllBefore: Int {
    guard let first = person.infused.first, first.day == day, !person.hasResumedOutside,
      !person.infused.contains(where: { $0.outside })
    else { return .min }
    return first.minute
  }

  var holdsOfNextBag: [Shadow.SeenHold] {
    shadow.holds(on: [.infusion]).filter { sawAllBefore <= $0.recorded }
  }

  var questionsBefore: [Shadow.SeenQuestion] {
    let earlier = Set(shadow.infusions.map(\.who)).subtracting([id])
    return shadow.questions.values.filter { earlier.contains($0.about) && sawAllBefore <= $0.recorded }
  }

  /// The board said that this participant goes on, after all that stands against it had come up, and all of that came
  /// up after lymphodepletion had begun.
  var boardLetsGoOn: Bool {
    guard let word = shadow.words[id], word.goesOn, Self.isConditioned(person, onDay: day, way), isPresent else {
      return false
    }
    let against = shadow.holds(on: [.infusion]).map(\.recorded) + shadow.questions.values.map(\.recorded)
    return against.allSatisfy { person.firstDose <= $0 && $0 <= word.said }
  }

  /// The board owes a review: whoever comes next would be one more than it lets begin before it has seen the others through
  /// the window, or a safety hold has not been reviewed.
  var owesReview: Bool {
    let others = shadow.people.filter { $0.key != id }.values.count { seen in
      !seen.infused.isEmpty || !seen.isGone && seen.isPresent(at: minute) && Self.isConditioned(seen, onDay: day, way)
    }
    let reviewed = shadow.reviewed(study)
    let limit = study.plan.safety.boardReviewsAfter.filter { $0 > reviewed }.min() ?? .max
    return others >= limit || shadow.holds.values.contains { $0.kind == .safety && !$0.isReviewed && !$0.boardDecided }
  }
}

extension Shadow {
  /// Holds in force on any of some activities; each covers the one site and cohort.
  func holds(on activities: Set<Activity>) -> [SeenHold] {
    holds.values.filter { !$0.activities.isDisjoint(with: activities) }
  }

  /// Who takes a slot: whoever holds one, and whoever was infused for ever.
  var taken: Set<ParticipantID> { holders.union(infusions.map(\.who)) }
}
