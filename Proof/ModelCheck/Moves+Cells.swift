import ClinicalValues
import Ledger
import StudyDesign
import Trial

extension Moves {
  /// Labels, the person, the collection, custody, quarantine, losses; labels of the other's cells are read on purpose.
  func cells(_ participant: ParticipantState, in world: World) -> [Move] {
    guard participant.product.identity != nil else {
      let byHand = QuarantineMaterial(participant: participant.id, reason: "doubts")
      return participant.product.quarantines.isEmpty ? [.ask(byHand, study.staff.quality)] : []
    }
    let (id, product) = (participant.id, participant.product)
    let collections = product.collections.map { Material.collection($0.number) }
    let bags = product.lots.flatMap(\.bags).map { Material.bag($0.number) }
    var moves = labelling(participant, at: world.now) + collecting(id, product) + quarantines(id, product)
    for material in collections + bags + product.lots.map({ .lot($0.number) }) {
      let lost = LoseMaterial(participant: id, material: material, reason: "broken")
      moves.append(.ask(lost, holder(of: material, of: participant, at: world.now)))
      moves += steps(id, material, mayMisread: product.quarantines.count < Scope.quarantines)
    }
    return moves
  }

  private func labelling(_ participant: ParticipantState, at now: Moment) -> [Move] {
    let (id, staff, product) = (participant.id, study.staff, participant.product)
    var moves: [Move] = []
    let next: [Material] = [
      .collection(CollectionNumber(participant: id, collection: min(product.collections.count + 1, Scope.collections))),
      .lot(LotNumber(participant: id, lot: min(product.lots.count + 1, Scope.lots))),
    ]
    let lot = product.lots.last
    let bag = lot.map { Material.bag(BagNumber(lot: $0.number, bag: min($0.bags.count + 1, Scope.bags))) }
    for material in next + [bag].compactMap(\.self) where (product.labels(of: material)?.atHand ?? 0) < Scope.labels {
      let actor = holder(of: material, of: participant, at: now)
      moves.append(
        .ask(PrintLabels(participant: id, material: material, count: 1, reprintReason: "torn"), actor))
      moves.append(.ask(DrawLabels(participant: id, material: material), actor))
    }
    guard let open = product.openCollection else { return moves }
    let material = Material.collection(open.number)
    moves += [
      .ask(DrawLabels(participant: id, material: material), staff.nurse),
      .ask(
        UseLabels(participant: id, material: material, count: 1, reason: "torn"), staff.nurse, with: [staff.otherNurse]),
      .ask(DestroyLabels(participant: id, material: material, count: 1, reason: "torn"), staff.nurse),
      .ask(CountLabels(participant: id, material: material, atHand: 1), staff.nurse),
    ]
    return moves
  }

  /// Who has a material in hand.
  private func holder(of material: Material, of participant: ParticipantState, at now: Moment) -> Acting {
    let place = participant.place(of: material, at: now, plan: study.plan.product)
    return place.isOf(.cellLaboratory) ? study.staff.laboratory : study.staff.nurse
  }

  private func collecting(_ id: ParticipantID, _ product: ProductState) -> [Move] {
    let staff = study.staff
    var moves: [Move] = [.ask(BeginCollection(participant: id), staff.nurse)]
    for place in PersonCheckPlace.allCases {
      for wristband in [id, study.other(than: id)] {
        if wristband != id, product.quarantines.count >= Scope.quarantines { continue }
        let check = CheckPerson(
          participant: id, at: place, wristband: wristband.printed, documentName: true, documentBirthDate: true,
          wristbandName: true, wristbandBirthDate: true)
        moves.append(.ask(check, staff.nurse, with: [staff.otherNurse]))
      }
    }
    guard let open = product.openCollection, open.begun != nil else { return moves }
    let other = Material.collection(CollectionNumber(participant: study.other(than: id), collection: 1))
    for (yield, material) in [(1000, Material.collection(open.number)), (1, .collection(open.number)), (1000, other)] {
      let end = EndCollection(participant: id, yield: Decimal(yield), label: label(material), place: "ward")
      moves.append(.ask(end, staff.nurse))
    }
    return moves
  }

  private func quarantines(_ id: ParticipantID, _ product: ProductState) -> [Move] {
    let staff = study.staff
    var moves: [Move] = []
    if product.quarantines.count < Scope.quarantines, product.quarantineCount < Scope.quarantines + 1 {
      let bag = product.lots.first?.bags.first.map { Material.bag($0.number) }
      for material in [nil] + [bag].compactMap(\.self).map(Optional.some) {
        moves.append(
          .ask(QuarantineMaterial(participant: id, material: material, reason: "doubts"), staff.laboratory))
      }
    }
    for number in product.quarantines.keys {
      for disposition in Disposition.allCases {
        let resolve = ResolveQuarantine(
          participant: id, quarantine: number, disposition: disposition, reason: "looked into")
        moves.append(.ask(resolve, staff.quality))
      }
    }
    return moves
  }

  /// Steps of custody on a material: its own label read, and the other's.
  private func steps(_ id: ParticipantID, _ material: Material, mayMisread: Bool) -> [Move] {
    let staff = study.staff
    let steps: [(String, Acting)]
    switch material {
    case .collection: steps = [("labelled", staff.nurse), ("accepted", staff.laboratory), ("destroyed", staff.nurse)]
    case .lot: steps = []
    case .bag:
      steps = [
        ("cryopreserved", staff.laboratory), ("shipped", staff.laboratory), ("receivedAtSite", staff.nurse),
        ("stored", staff.nurse), ("takenOut", staff.nurse), ("destroyed", staff.nurse),
      ]
    }
    return steps.flatMap { step, actor -> [Move] in
      let together = ["labelled", "destroyed"].contains(step) ? [staff.otherNurse] : []
      func record(_ read: Material, warm: Bool = false) -> Move {
        .ask(
          RecordStep(
            participant: id, step: step, material: material, label: label(read), place: "room",
            least: warm ? 4 : -150, largest: warm ? 8 : -140), actor, with: together)
      }
      guard mayMisread else { return [record(material)] }
      return [record(material), record(mixedUp(material))]
        + (step == "receivedAtSite" ? [record(material, warm: true)] : [])
    }
  }

  /// The same material of the other participant.
  func mixedUp(_ material: Material) -> Material {
    let other = study.other(than: material.participant)
    return switch material {
    case .collection(let number): .collection(CollectionNumber(participant: other, collection: number.collection))
    case .lot(let number): .lot(LotNumber(participant: other, lot: number.lot))
    case .bag(let number): .bag(BagNumber(lot: LotNumber(participant: other, lot: number.lot.lot), bag: 1))
    }
  }
}
