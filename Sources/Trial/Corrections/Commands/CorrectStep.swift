// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Corrects when and where a step of custody was done, its temperatures, and how container and seal were found. That it was
/// done is never taken back.
///
/// What the corrected step brings to light is recorded and goes into quarantine, as if it had been recorded so at once. A
/// quarantine that it would not have brought about stays: quality assurance decides on each.
public struct CorrectStep: TrialCommand {
  public static let name = "product correct-step"
  public static let abstract =
    "Correct time, place, temperatures, container or seal of a step of custody; what was recorded stays readable."
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("step", "the step's id in the protocol, such as pickedUp"),
    CommandField("material", "the number of the collection, lot or bag that it was done to, such as 03-0007-C1-X"),
    CommandField("done", "when it was done, 2026-03-17T09:30 by the clocks of your site", optional: true),
    CommandField("place", "where: a room, a freezer, a vehicle", optional: true),
    CommandField("least", "least temperature of the record, Cel", optional: true),
    CommandField("largest", "largest temperature of the record, Cel", optional: true),
    CommandField("container", "how the container was found: \(Self.listed(Condition.self))", optional: true),
    CommandField("seal", "how the seal was found: \(Self.listed(Condition.self))", optional: true), .whyCorrected,
  ]
  public static let permission = Permission.recordCustody

  /// Whose cells these are.
  public let participant: ParticipantID
  /// The step's id in the plan.
  public let step: String
  /// What it was done to.
  public let material: Material
  /// When it was done; nil where that is right, as all that follows.
  public let done: Moment?
  /// Where.
  public let place: String?
  /// The least temperature of the record, degrees Celsius.
  public let least: Decimal?
  /// The largest, degrees Celsius.
  public let largest: Decimal?
  /// How the container was found.
  public let container: Condition?
  /// How the seal was found.
  public let seal: Condition?
  /// Why what is recorded is wrong.
  public let reason: String

  public init(
    participant: ParticipantID, step: String, material: Material, done: Moment? = nil, place: String? = nil,
    least: Decimal? = nil, largest: Decimal? = nil, container: Condition? = nil, seal: Condition? = nil, reason: String
  ) {
    self.participant = participant
    self.step = step
    self.material = material
    self.done = done
    self.place = place
    self.least = least
    self.largest = largest
    self.container = container
    self.seal = seal
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    let stepPlan = try situation.stepPlan(step)
    guard !StepID.ofInfusion.contains(step) else {
      throw Refusal(
        "own-command", because: "‘\(stepPlan.title)’ is corrected with the infusion.",
        remedy: "Use ‘\(CorrectInfusion.name)’.")
    }
    let entries = state.entries.all
    guard
      let index = entries.lastIndex(where: {
        $0.product?.custodyStep?.step == step && $0.product?.custodyStep?.material == material
      }), let recorded = entries[index].product?.custodyStep
    else {
      throw Refusal(
        "no-such-step", because: "‘\(stepPlan.title)’ of \(material) is not recorded.",
        remedy: "The custody of the cells shows the steps that are.")
    }
    let before = state.asOf(entries.prefix(index))
    try situation.requirePlace(of: stepPlan, situation.actor)
    if stepPlan.place == .wherever {
      try situation.asOf(entries[index].happened, after: []).requirePlace(of: material, in: before)
    }
    if stepPlan.twoPeople { try situation.requireTwoPeople(.recordCustody, for: participant) }
    let was = DoneStep(step: recorded, done: entries[index].happened)
    let corrected = try self.corrected(was)
    guard corrected != was else { throw .nothingCorrected }
    try situation.requirePast(corrected.done)
    let event = ProductEvent.corrected(correction: .step(was: was, corrected: corrected), reason: reason)
    try requireOrder(entries, index, corrected.done, state.product)
    let fact = Fact(
      .product(participant, event),
      signed: stepPlan.twoPeople ? "We correct this together: \(stepPlan.title), \(material): \(reason)" : nil,
      signedByAll: stepPlan.twoPeople)
    return [fact] + situation.found(by: corrected, not: was, of: stepPlan, in: before.product, state)
      + (try thawedOtherwise(was, corrected, entries[index].product, state, situation))
      + keepsLonger(was, corrected, stepPlan, state, situation) + clocks(ofBagsAfter: was, corrected, entries)
      + (try infusedTooLate(was, corrected, state, situation))
  }

  /// The clock of a fresh product begins with the harvest of its lot, and is kept with the filling of each bag: it begins
  /// otherwise where the harvest does.
  private func clocks(
    ofBagsAfter was: DoneStep, _ corrected: DoneStep, _ entries: [Recorded<TrialEvent>]
  ) -> [Fact] {
    guard step == StepID.harvested, was.done != corrected.done, case .lot(let lot) = material else { return [] }
    let later = corrected.done.instant.milliseconds(since: was.done.instant)
    return entries.compactMap { entry in
      guard let filled = entry.product?.custodyStep, filled.step == StepID.filled,
        case .bag(let bag) = filled.material, bag.lot == lot, let until = filled.keepsUntil
      else { return nil }
      let shifted = CustodyStep(
        step: filled.step, material: filled.material, place: filled.place, temperature: filled.temperature,
        container: filled.container, seal: filled.seal, otherParty: filled.otherParty,
        keepsUntil: Instant(milliseconds: until.milliseconds + later), lastDay: filled.lastDay)
      let correction = ProductCorrection.step(
        was: DoneStep(step: filled, done: entry.happened), corrected: DoneStep(step: shifted, done: entry.happened))
      return Fact(.product(participant, .corrected(correction: correction, reason: reason)))
    }
  }

  /// A fresh bag that was started when, by its harvest as it was, it kept no longer was started outside the gate. It is told once, of
  /// the first: an infusion is one act.
  private func infusedTooLate(
    _ was: DoneStep, _ corrected: DoneStep, _ state: ParticipantState, _ situation: Situation
  ) throws(Refusal) -> [Fact] {
    guard step == StepID.harvested, case .lot(let lot) = material else { return [] }
    let later = corrected.done.instant.milliseconds(since: was.done.instant)
    for entry in state.entries.all {
      guard case .infusionStarted(let bag, _, _) = entry.product, bag.lot == lot,
        let until = state.product[bag]?.keepsUntil, let started = state.infusion(of: bag)?.started.instant,
        started <= until, started.milliseconds > until.milliseconds + later
      else { continue }
      let why = "bag \(bag) was started when it kept no longer"
      return try situation.foundOutsideGate(.infusion(bag: bag), of: participant, why: why, reason)
    }
    return []
  }

  /// By a later beginning of its clock a material keeps longer than was recorded: quality assurance decides whether to believe that
  /// before it is used.
  private func keepsLonger(
    _ was: DoneStep, _ corrected: DoneStep, _ plan: CustodyStepPlan, _ state: ParticipantState, _ situation: Situation
  ) -> [Fact] {
    guard StepID.beginClock.contains(step), was.done < corrected.done, !isUsed(in: state.product) else { return [] }
    let quarantine = Quarantine(.correctedTime, of: material, step: step, involved: situation.everybody)
    let what =
      "\(material) at ‘\(plan.title)’: corrected from \(was.done) to \(corrected.done), so that it keeps longer."
    return [
      Fact(.product(participant, .quarantined(quarantine))),
      situation.deviation(.expiry, what, of: participant, severity: .important),
    ]
  }

  /// Whether there is nothing left that could be used longer.
  private func isUsed(in product: ProductState) -> Bool {
    guard case .bag(let number) = material, let bag = product[number] else { return product.infusion != nil }
    return bag.isStarted || bag.isOver
  }

  private func corrected(_ was: DoneStep) throws(Refusal) -> DoneStep {
    let step = was.step
    let done = self.done ?? was.done
    let later = done.instant.milliseconds(since: was.done.instant)
    let least = self.least ?? step.temperature?.least
    let largest = self.largest ?? step.temperature?.largest
    guard (least == nil) == (largest == nil), least.flatMap({ low in largest.map { low <= $0 } }) ?? true else {
      throw Refusal(
        "temperature-record", because: "The temperature record has no least and largest value in this order.",
        remedy: "Give both in degrees Celsius; leave both out if there is no record.")
    }
    let place = self.place ?? step.place
    try requireTexts(["place": place])
    let temperature = least.flatMap { low in largest.map { TemperatureRecord(least: low, largest: $0) } }
    let corrected = CustodyStep(
      step: step.step, material: step.material, place: place, temperature: temperature,
      container: container ?? step.container, seal: seal ?? step.seal, otherParty: step.otherParty,
      // What is filled keeps from the harvest of its lot on, whenever it was filled.
      keepsUntil: step.step == StepID.filled
        ? step.keepsUntil : step.keepsUntil.map { Instant(milliseconds: $0.milliseconds + later) },
      lastDay: step.lastDay.flatMap { CalendarDate(daysSinceEpoch: $0.daysSinceEpoch + done.day - was.done.day) })
    return DoneStep(step: corrected, done: done)
  }

  /// Refuses a time before what was done before it to the material or to what it came of, or after what followed, to the
  /// material or to what came of it.
  private func requireOrder(
    _ entries: [Recorded<TrialEvent>], _ index: Int, _ done: Moment, _ product: ProductState
  ) throws(Refusal) {
    let before = entries[..<index].indices.last { place in
      product.comes(entries[place], before: material) && !isOfRemainder(place, entries)
    }.map { entries[$0].happened }
    let after = entries.dropFirst(index + 1).first { product.comes($0, of: material) }?.happened
    guard before.map({ $0 <= done }) ?? true, after.map({ done <= $0 }) ?? true else {
      throw .cannotHaveBeen(of: material, at: done)
    }
  }

  /// Whether an entry is of what was left of a collection when the lot in question was begun of it: that goes its own way.
  private func isOfRemainder(_ place: Int, _ entries: [Recorded<TrialEvent>]) -> Bool {
    guard case .collection = entries[place].product?.custodyStep?.material else { return false }
    let lot: LotNumber
    switch material {
    case .collection: return false
    case .lot(let number): lot = number
    case .bag(let number): lot = number.lot
    }
    return entries.prefix(place).contains { earlier in
      guard case .manufacturingBegun(lot, _, _, _) = earlier.product else { return false }
      return true
    }
  }

  /// A bag that was thawed at another time than its gate let it, or was started too long after, was so outside the gate.
  private func thawedOtherwise(
    _ was: DoneStep, _ corrected: DoneStep, _ recorded: ProductEvent?, _ state: ParticipantState,
    _ situation: Situation
  ) throws(Refusal) -> [Fact] {
    guard case .bagThawed(let bag, _, let startBy, _, let outsideGate, let lines) = recorded, was.done != corrected.done
    else {
      return []
    }
    var facts: [Fact] = []
    if !outsideGate, let why = lines.objection(to: corrected.done, passed: was.done) {
      facts += try situation.foundOutsideGate(.thaw(bag: bag), of: participant, why: why, reason)
      if state.product[bag]?.isStarted == false {
        let quarantine = Quarantine(
          .outsideGate, of: material, step: step, involved: situation.everybody)
        facts.append(Fact(.product(participant, .quarantined(quarantine))))
      }
    }
    let later = corrected.done.instant.milliseconds(since: was.done.instant)
    guard let started = state.infusion(of: bag)?.started.instant, started <= startBy,
      started.milliseconds > startBy.milliseconds + later
    else { return facts }
    let why = "bag \(bag) was thawed too long before"
    return facts + (try situation.foundOutsideGate(.infusion(bag: bag), of: participant, why: why, reason))
  }
}

extension Situation {
  /// The quarantine and the deviation for each problem that the step as it was brings to light, and as recorded did not, or not so;
  /// critical where the cells ran in already. A quarantine that nobody has resolved stands for it too.
  fileprivate func found(
    by corrected: DoneStep, not was: DoneStep, of plan: CustodyStepPlan, in before: ProductState,
    _ state: ParticipantState
  ) -> [Fact] {
    let known = Set(asOf(was.done, after: []).problems(of: was.step, as: plan, in: before).map(\.what))
    let problems = asOf(corrected.done, after: []).problems(of: corrected.step, as: plan, in: before)
      .filter { !known.contains($0.what) }
    let ranIn = state.product.infusion != nil
    return problems.flatMap { problem in
      let quarantine = Quarantine(problem.cause, of: corrected.step.material, step: plan.id, involved: everybody)
      let stands = state.product.quarantines.values.contains {
        $0.cause == quarantine.cause && $0.material == quarantine.material && $0.step == quarantine.step
      }
      return (stands ? [] : [Fact(.product(state.id, .quarantined(quarantine)))])
        + [deviation(problem.kind, problem.what, of: state.id, severity: ranIn ? .critical : .important)]
    }
  }
}
