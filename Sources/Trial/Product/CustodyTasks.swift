import ClinicalValues
import StudyDesign

extension WatchedParticipant {
  /// The next step of custody of everything that is on its way to the site's storage; what comes after it waits for the
  /// gates. Of who has left nothing is on its way: what becomes of it stands in the participant's view.
  var custodyTasks: [StudyTask] {
    guard state.way.left == nil, state.product.infusion == nil else { return [] }
    let steps = openMaterials.compactMap { material -> StudyTask? in
      guard let step = nextStep(of: material) else { return nil }
      let barred = step.inQuarantine == .barred || StepID.barredInQuarantine.contains(step.id)
      let quarantines = barred ? state.product.quarantines(over: material) : []
      return StudyTask(
        .takeCustodyStep, "\(material): \(step.title).", roles: roles(of: step), site: site(of: step),
        participant: state.id, since: state.product.lastCollection?.date ?? now.date,
        deadline: keepsUntil(material).map { .at($0) },
        waits: quarantines.isEmpty
          ? nil : "It is in quarantine (\(quarantines.map { "\($0)" }.joined(separator: ", "))).")
    }
    return steps + state.product.lots.filter(\.isUnderWay).flatMap(releaseTasks)
  }

  /// Collections that nothing was made of, lots under way, filled bags of lots that did not fail.
  private var openMaterials: [Material] {
    let product = state.product
    let used = Set(product.lots.compactMap(\.from))
    let collections = product.collections.filter { collection in
      (collection.begun != nil || collection.isAccepted) && !collection.isUnusable
        && !used.contains(collection.number.collection)
    }
    let lots = product.lots.filter { $0.from != nil && $0.outcome == nil }
    return collections.map { .collection($0.number) } + lots.filter(\.isUnderWay).map { .lot($0.number) }
      + lots.flatMap(\.bags).filter { $0.isFilled && $0.end == nil && !$0.isUnusable }.map { .bag($0.number) }
  }

  private func nextStep(of material: Material) -> CustodyStepPlan? {
    let steps = self.plan.product.steps
    let position = state.product.position(of: material, plan: self.plan.product)
    let isFrozen = state.product.isFrozen(material)
    let from = position.flatMap { id in steps.firstIndex { $0.id == id } }.map { $0 + 1 } ?? 0
    let last = steps.firstIndex { $0.id == StepID.stored } ?? steps.count - 1
    return steps.indices.first { index in
      let step = steps[index]
      return index >= from && index <= last && !step.final && material.isSubject(of: step)
        && self.plan.product.predecessors(of: step, frozen: isFrozen).contains(position)
    }.map { steps[$0] }
  }

  private func roles(of step: CustodyStepPlan) -> [Role] {
    if step.id == StepID.released { return Role.allowed(.releaseProduct) }
    if step.id == StepID.tested { return Role.allowed(.enterReleaseTests) }
    let all = Role.allowed(.recordCustody)
    return switch step.place {
    case .laboratory: all.filter { !$0.isOfSite }
    case .site: all.filter(\.isOfSite)
    case .transport, .wherever: all
    }
  }

  private func site(of step: CustodyStepPlan) -> SiteID? { step.place == .laboratory ? nil : state.way.site }

  private func keepsUntil(_ material: Material) -> Instant? {
    switch material {
    case .collection(let number): state.product[number]?.keepsUntil
    case .lot(let number):
      state.product[number]?.from
        .flatMap { state.product[CollectionNumber(participant: number.participant, collection: $0)]?.keepsUntil }
    case .bag(let number): state.product[number]?.infusedBy
    }
  }
}
