public import ClinicalValues
import Ledger
public import StudyDesign

extension ProductState {
  mutating func applyInfusion(_ recorded: Recorded<ProductEvent>) {
    switch recorded.event {
    case .bagThawed(let bag, let step, let startBy, let endBy, _, _):
      take(step, recorded)
      change(
        .bag(bag), bag: { $0.thaw = .init(thawed: recorded.happened.instant, startBy: startBy, endBy: endBy) })
    case .bedsideVerified(let bag, _):
      if let account = try? AccountID(recorded.actor.account) {
        change(.bag(bag), bag: { $0.verifications[account] = recorded.happened.instant })
      }
    case .bedsideMismatched(let bag, _): change(.bag(bag), bag: { $0.verifications = [:] })
    case .infusionStarted(let bag, let outsideGate, _): start(bag, recorded, outsideGate)
    case .infusionPaused(let bag, _, _):
      change(
        .bag(bag),
        bag: {
          $0.isPaused = true
          $0.step = StepID.infusionPaused
        })
    case .infusionResumed(let bag):
      change(
        .bag(bag),
        bag: {
          $0.isPaused = false
          $0.step = StepID.infusionResumed
        })
    case .infusionStopped(let bag, _, let whole, let dose, _):
      stop(bag, at: recorded.happened, whole: whole, dosePerKg: dose)
    default: break
    }
  }

  /// Two people check the person anew, and verify anew what has not been started: the name or the birth date that they read
  /// against is another one now. Nothing overrides a mismatch at the bedside, so that a check never counts for something
  /// else than it was made against.
  mutating func checkPersonAnew() {
    personChecks = [:]
    for lot in lots.indices {
      for bag in lots[lot].bags.indices where !lots[lot].bags[bag].isStarted {
        lots[lot].bags[bag].verifications = [:]
      }
    }
  }

  private mutating func start(_ bag: BagNumber, _ recorded: Recorded<ProductEvent>, _ outsideGate: Bool) {
    let moment = recorded.happened
    change(
      .bag(bag),
      bag: {
        $0.isStarted = true
        $0.step = StepID.infusionStarted
      })
    if infusion == nil {
      infusion = InfusionCourse(
        begun: moment, ended: nil, dosePerKg: nil, outsideGate: outsideGate, lot: bag.lot, bag: bag,
        position: recorded.position)
    } else {
      infusion?.bag = bag
      infusion?.ended = nil
      // One that is recorded late may have come first.
      if let begun = infusion?.begun { infusion?.begun = min(begun, moment) }
      if outsideGate { infusion?.outsideGate = true }
    }
  }

  /// The dose of several bags is their sum; it is unknown as soon as one of them is.
  private mutating func stop(_ bag: BagNumber, at moment: Moment, whole: Bool, dosePerKg: Decimal?) {
    change(
      .bag(bag),
      bag: {
        $0.isPaused = false
        $0.end = BagEnd(whole: whole)
        $0.step = $0.end?.rawValue
      })
    guard let course = infusion else { return }
    infusion?.bag = nil
    infusion?.ended = moment
    infusion?.endedBags += 1
    infusion?.dosePerKg =
      if course.endedBags == 0 {
        dosePerKg
      } else if let sum = course.dosePerKg, let dosePerKg {
        sum + dosePerKg
      } else {
        nil
      }
  }
}

extension ProductState {
  /// How a bag stands for infusion at a moment, reckoned to the last day on which it could be infused.
  ///
  /// - Parameter end: the last instant of a day at the place.
  func standing(of number: BagNumber, at moment: Moment, until day: Int, end: (Int) -> Instant) -> BagStanding {
    guard let bag = self[number], bag.isFilled, let lot = self[number.lot] else {
      return BagStanding(problems: ["There is no bag \(number)."], until: nil)
    }
    var problems: [String] = []
    if lot.outcome != nil || lot.release == nil { problems.append("Lot \(lot.number) is not released.") }
    if !bag.isReceived { problems.append("Bag \(number) is not received and inspected at the site.") }
    if !bag.isStored { problems.append("Bag \(number) is not stored at the site.") }
    for quarantine in quarantines(over: .bag(number)) {
      problems.append("Bag \(number) is in quarantine (number \(quarantine)).")
    }
    if bag.hasGap { problems.append("The custody of bag \(number) has a gap.") }
    if bag.isUnusable || bag.end != nil {
      problems.append("Bag \(number) has ended (\(bag.end?.words ?? Disposition.unusable.words)).")
    }
    if let last = bag.lastDay {
      if last < max(day, moment.day) { problems.append("Bag \(number) expires before it could be infused.") }
    } else if let keeps = bag.keepsUntil {
      if keeps < moment.instant || keeps < start(ofDay: max(day, moment.day), like: moment) {
        problems.append("Bag \(number) expires before it could be infused.")
      }
    } else {
      problems.append("Until when bag \(number) keeps is not known.")
    }
    var until = bag.lastDay.map(end) ?? bag.keepsUntil
    if let thaw = bag.thaw, !bag.isStarted {
      if moment.instant > thaw.startBy { problems.append("Bag \(number) was thawed too long ago.") }
      until = until.map { min($0, thaw.startBy) } ?? thaw.startBy
    }
    return BagStanding(problems: problems, until: until)
  }

  /// The first instant of a day by the clock of a moment's place.
  private func start(ofDay day: Int, like moment: Moment) -> Instant {
    Instant(milliseconds: day * 86_400_000 - moment.offsetMinutes * 60_000)
  }

  /// What the two at the bedside have read of a bag, at a moment. A thawed bag was verified once it was thawed.
  public func bedside(of bag: BagNumber, at moment: Moment, plan: WayPlan) -> BedsideStanding {
    let thawed = self[bag]?.thaw?.thawed.wholeMinutes
    let inTime = (self[bag]?.verifications ?? [:]).filter {
      $0.value <= moment.instant && moment.instant <= $0.value.adding(minutes: plan.bedsideValidMinutes)
        && $0.value.wholeMinutes >= thawed ?? .min
    }
    let latest = inTime.values.sorted(by: >).prefix(2)
    return BedsideStanding(
      isVerified: latest.count == 2, by: inTime.keys.sorted(),
      until: latest.count == 2 ? latest.last?.adding(minutes: plan.bedsideValidMinutes) : nil)
  }
}
