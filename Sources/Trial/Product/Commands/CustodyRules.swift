import ClinicalValues
import StudyDesign

/// Something that a step of custody brought to light: it is recorded, and the material goes into quarantine.
struct CustodyProblem {
  let cause: Quarantine.Cause
  let kind: DeviationKind
  let what: String
}

extension ProductPlan {
  /// A step by its id.
  func step(_ id: String) -> CustodyStepPlan? { steps.first { $0.id == id } }

  /// The steps of which one must be the last before a step; nil among them is the beginning of the line.
  ///
  /// Material that was never frozen passes over the steps of freezing; steps that no custody record follows are passed
  /// over by everything. Cost: linear in the plan.
  func predecessors(of step: CustodyStepPlan, frozen: Bool) -> Set<String?> {
    var result: Set<String?> = []
    var open = [step]
    var seen: Set<String> = [step.id]
    while let next = open.popLast() {
      if next.after.isEmpty { result.insert(nil) }
      for id in next.after where seen.insert(id).inserted {
        result.insert(id)
        guard let before = self.step(id) else { continue }
        if StepID.judgedElsewhere.contains(id) || before.frozenOnly && !frozen { open.append(before) }
      }
    }
    return result
  }

  /// The later one of two steps, in the order of the plan.
  func later(_ a: String?, _ b: String?) -> String? {
    let order = [a, b].map { id in id.flatMap { id in steps.firstIndex { $0.id == id } } ?? -1 }
    return order[0] >= order[1] ? a ?? b : b
  }
}

extension ProductState {
  /// The last step along the whole line: of the bag, its lot and its collection.
  func position(of material: Material, plan: ProductPlan) -> String? {
    switch material {
    case .collection(let number): return self[number]?.step
    case .lot(let number):
      let from = self[number]?.from.map { CollectionNumber(participant: number.participant, collection: $0) }
      // What became of the rest of the collection is not on the way of the lot that was begun of it.
      let led = from.flatMap { self[$0]?.step }.flatMap { BagEnd(rawValue: $0) == nil ? $0 : nil }
      return plan.later(self[number]?.step, led)
    case .bag(let number):
      return plan.later(self[number]?.step, position(of: .lot(number.lot), plan: plan))
    }
  }

  /// Whether the material was ever frozen.
  func isFrozen(_ material: Material) -> Bool {
    switch material {
    case .collection(let number): self[number]?.isFrozen ?? false
    case .lot(let number): self[number]?.bags.contains { $0.isFrozen } ?? false
    case .bag(let number): self[number]?.isFrozen ?? false
    }
  }
}

extension Situation {
  /// A step of the plan; refuses one that it does not know.
  func stepPlan(_ id: String) throws(Refusal) -> CustodyStepPlan {
    guard let step = plan.product.step(id) else {
      let known = plan.product.steps.map(\.id).filter { StepID.ownCommand[$0] == nil }.joined(separator: ", ")
      throw Refusal(
        "unknown-step", because: "The protocol has no custody step ‘\(id)’.", remedy: "It has: \(known).")
    }
    return step
  }

  /// Refuses a step out of its order, by name or by time.
  func requireOrder(of step: CustodyStepPlan, for material: Material, in product: ProductState) throws(Refusal) {
    let allowed = plan.product.predecessors(of: step, frozen: product.isFrozen(material))
    let current = product.position(of: material, plan: plan.product)
    guard allowed.contains(current) || arrivesFromElsewhere(step, material, in: product) else {
      let titles = plan.product.steps.filter { allowed.contains($0.id) }.map { "‘\($0.title)’" }
      throw Refusal(
        "step-out-of-order",
        because: "\(material) is at \(current.map { "‘\(title($0))’" } ?? "its beginning"); ‘\(step.title)’ does not "
          + "follow that.",
        remedy: "Before it comes \(titles.isEmpty ? "nothing" : titles.joined(separator: " or ")): record that first.")
    }
    try requireTimeOrder(for: material, in: state.participants[material.participant])
  }

  /// Whether a bag is received from the site at which it was stored: its participant has changed the site.
  private func arrivesFromElsewhere(
    _ step: CustodyStepPlan, _ material: Material, in product: ProductState
  ) -> Bool {
    guard step.id == StepID.receivedAtSite, case .bag(let number) = material, let bag = product[number], bag.isStored,
      bag.thaw == nil, !bag.isOver, let site = actor.site
    else { return false }
    return bag.site != nil && bag.site != site && state.participants[number.lot.participant]?.way.site == site
  }

  private func title(_ step: String) -> String { plan.product.step(step)?.title ?? step }

  /// Refuses a step on the way to use with what is in quarantine, or must not be used.
  func requireUse(of step: CustodyStepPlan, for material: Material, in product: ProductState) throws(Refusal) {
    if step.final { return try requireEnd(step.id, as: \.cells, of: material.description, for: material.participant) }
    guard step.inQuarantine == .barred || StepID.barredInQuarantine.contains(step.id) else { return }
    try requireNoQuarantine(over: material, in: product)
    try requireNotWithdrawn(material)
    guard !product.isUnusable(material) else {
      throw Refusal(
        "not-to-be-used", because: "\(material) is lost or rejected, or was found not to be used.",
        remedy: "Record its end: destroyed, retained or returned.")
    }
  }

  /// Refuses a hand-over without its other party, and a record of temperatures that is none.
  func requireRecord(_ record: any CustodyCommand, of step: CustodyStepPlan) throws(Refusal) {
    try requireTexts(["place": record.place])
    if step.handOver, together.isEmpty { try requireTexts(["otherParty": record.otherParty]) }
    guard (record.least == nil) == (record.largest == nil),
      zip([record.least].compactMap(\.self), [record.largest].compactMap(\.self)).allSatisfy({ $0 <= $1 })
    else {
      throw Refusal(
        "temperature-record", because: "The temperature record has no least and largest value in this order.",
        remedy: "Give both in degrees Celsius; leave both out if there is no record.")
    }
  }

  /// The step as it is recorded, with the clock of expiry that begins with it.
  func custodyStep(_ id: String, _ material: Material, _ record: any CustodyCommand) -> CustodyStep {
    let days = plan.product.frozenExpiryDays
    var temperature: TemperatureRecord?
    if let least = record.least, let largest = record.largest {
      temperature = TemperatureRecord(least: least, largest: largest)
    }
    return CustodyStep(
      step: id, material: material, place: record.place, temperature: temperature, container: record.container,
      seal: record.seal, otherParty: record.otherParty, keepsUntil: keepsUntil(from: id, material),
      lastDay: id == StepID.cryopreserved ? CalendarDate(daysSinceEpoch: happened.day + days) : nil)
  }

  /// Until when what is fresh keeps: starting material from its collection on, a product from its harvest on.
  private func keepsUntil(from step: String, _ material: Material) -> Instant? {
    switch (step, material) {
    case (StepID.collected, _): return happened.instant.adding(hours: plan.product.freshExpiryHours)
    case (StepID.filled, .bag(let bag)):
      let harvested = state.participants[bag.lot.participant]?.product[bag.lot]?.harvested
      return harvested?.adding(hours: plan.product.freshProductHours)
    default: return nil
    }
  }

  /// What is wrong with the material as the step found it.
  func problems(of done: CustodyStep, as step: CustodyStepPlan, in product: ProductState) -> [CustodyProblem] {
    if step.final { return [] }
    let at = "\(done.material) at ‘\(step.title)’"
    var problems: [CustodyProblem] = []
    if let age = expiry(of: done.material, in: product) {
      problems.append(.init(cause: .expiry, kind: .expiry, what: "\(at): \(age)."))
    }
    let frozen = product.isFrozen(done.material) || step.frozenOnly
    if let limits = frozen ? step.temperature : step.freshTemperature ?? step.temperature {
      if let record = done.temperature {
        if !limits.contains(record.least) || !limits.contains(record.largest) {
          let what =
            "\(at): \(record.least) to \(record.largest) Cel, limits \(limits.lowerBound) to \(limits.upperBound) Cel."
          problems.append(.init(cause: .temperature, kind: .temperature, what: what))
        }
      } else {
        problems.append(.init(cause: .temperatureMissing, kind: .temperature, what: "\(at): no temperature record."))
      }
    }
    if done.container != .intact {
      problems.append(.init(cause: .container, kind: .container, what: "\(at): container \(done.container.rawValue)."))
    }
    if done.seal == .damaged || done.seal == .unknown || done.seal == .absent && step.handOver {
      problems.append(.init(cause: .container, kind: .container, what: "\(at): seal \(done.seal.rawValue)."))
    }
    return problems
  }

  /// How the material is too old; nil if it is not, or if it is in quarantine for that already.
  private func expiry(of material: Material, in product: ProductState) -> String? {
    if product.quarantines(over: material).contains(where: { product.quarantines[$0]?.cause == .expiry }) { return nil }
    switch material {
    case .collection(let number):
      guard let until = product[number]?.keepsUntil, happened.instant > until else { return nil }
      return "fresh starting material kept until \(until)"
    case .lot: return nil
    case .bag(let number):
      if let until = product[number]?.keepsUntil {
        return happened.instant > until ? "the fresh product kept until \(until)" : nil
      }
      guard let last = product[number]?.lastDay, happened.day > last else { return nil }
      return "its last day was \(CalendarDate(daysSinceEpoch: last).map(\.description) ?? "before")"
    }
  }
}
