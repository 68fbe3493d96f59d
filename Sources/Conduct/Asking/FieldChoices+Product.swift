public import ClinicalValues
public import StudyDesign
public import Trial

// What there is of a participant's cells.

extension FieldChoices {
  func ofProduct(_ reference: FieldReference) -> [FieldChoice] {
    switch reference {
    case .custodyStep: return steps
    case .releaseTest: return edition.study.conduct.product.tests.map { FieldChoice($0.id, .study($0.title)) }
    default: break
    }
    guard let participant else { return [] }
    let product = participant.product
    switch reference {
    case .collection: return product.collections.map { FieldChoice($0.number, fits: fits($0)) }
    case .lot: return product.lots.map { FieldChoice($0.number, fits: fits($0)) }
    case .bag: return product.lots.flatMap(\.bags).map { FieldChoice($0.number, fits: fits($0, participant)) }
    case .material: return materials(participant)
    case .quarantine:
      return product.quarantines.sorted { $0.key < $1.key }.map { FieldChoice($0.key, .quarantine($0.value)) }
    case .outsideGate: return product.outsideGate.map { FieldChoice($0.number, fits: !$0.isSigned) }
    default: return []
    }
  }

  /// Steps of custody; those that a command of their own records fit this one only where that corrects them.
  private var steps: [FieldChoice] {
    edition.study.conduct.product.steps.map { step in
      let isRecorded = isOne(of: CorrectStep.self) || RecordStep.recordedOtherwise[step.id] == nil
      return FieldChoice(step.id, .study(step.title), fits: step.place.isOf(actor.role) && isRecorded)
    }
  }

  private func fits(_ collection: CollectionState) -> Bool {
    guard isOne(of: BeginManufacturing.self) else { return collection.ended != nil }
    return collection.isAccepted && collection.hasMaterial && !collection.isUnusable
  }

  private func fits(_ lot: LotState) -> Bool {
    if isOne(of: BeginManufacturing.self) { return lot.from == nil && lot.outcome == nil }
    if isOne(of: ReleaseLot.self) { return lot.isUnderWay }
    return lot.from != nil && lot.outcome == nil
  }

  private func fits(_ bag: BagState, _ participant: ParticipantState) -> Bool {
    if isOne(of: FillBag.self) { return !bag.isFilled }
    if isOne(of: CorrectFill.self) { return bag.isFilled }
    if isOne(of: CorrectInfusion.self) { return bag.isStarted }
    guard isOne(of: OrderInfusion.self, OrderLymphodepletion.self) else { return bag.isFilled && !bag.isOver }
    return bag.isFilled && bag.end == nil && !bag.isUnusable && bag.number.lot == participant.product.releasedLot
  }

  private func materials(_ participant: ParticipantState) -> [FieldChoice] {
    let lines = participant.product.labelReconciliation
    if isOne(of: PrintLabels.self) {
      return (participant.nextMaterials(at: moment, edition.study.conduct.way) + lines.map(\.material)).map {
        FieldChoice($0, fits: isInHand($0, participant))
      }
    }
    if isOne(of: UseLabels.self, CountLabels.self, DestroyLabels.self) {
      return lines.map { FieldChoice($0.material, fits: $0.labels.atHand > 0 && isInHand($0.material, participant)) }
    }
    let isOfHand = isOne(of: RecordStep.self, LoseMaterial.self, QuarantineMaterial.self, TakeSample.self)
    let atHand = Set(participant.product.atHand)
    return lines.map {
      FieldChoice(
        $0.material, fits: (!isOfHand || atHand.contains($0.material)) && isInHand($0.material, participant))
    }
  }

  /// Whether whoever acts has a material in hand, or had, where the command asks for that: what was done then is entered late.
  private func isInHand(_ material: Material, _ participant: ParticipantState) -> Bool {
    guard
      isOne(of: PrintLabels.self, DrawLabels.self, UseLabels.self, LoseMaterial.self, TakeSample.self)
    else { return true }
    return participant.wasEver(material, inHandsOf: actor.role, plan: edition.study.conduct.product)
  }
}

extension ProductState {
  /// The collections, lots and bags of which there still is something.
  public var atHand: [Material] {
    let held = lots.filter { lot in lot.outcome == nil && (lot.bags.isEmpty || !lot.bags.allSatisfy(\.isOver)) }
    return collections.filter { !$0.isUnusable && ($0.hasMaterial || !$0.isAccepted) }.map { .collection($0.number) }
      + held.map { .lot($0.number) } + lots.flatMap(\.bags).filter { !$0.isOver }.map { .bag($0.number) }
  }
}

extension ParticipantState {
  /// The numbers that come next: of the collection that is due, of a lot from what was collected, of a bag of the lot
  /// under way. Their first labels issue them.
  public func nextMaterials(at now: Moment, _ plan: WayPlan) -> [Material] {
    guard product.identity != nil, product.infusion == nil, way.left == nil else { return [] }
    var numbers: [Material] = []
    let further = product.collections.count
    let isDue = further == 0 || product.openCollection == nil && product.hasFailed(at: now)
    if isDue, further <= plan.furtherCollections {
      numbers.append(.collection(CollectionNumber(participant: id, collection: further + 1)))
    }
    let open = product.lots.last { $0.outcome == nil }
    if open == nil, product.isCollected {
      numbers.append(.lot(LotNumber(participant: id, lot: product.lots.count + 1)))
    }
    if let open, open.isUnderWay { numbers.append(.bag(BagNumber(lot: open.number, bag: open.bags.count + 1))) }
    return numbers
  }
}
