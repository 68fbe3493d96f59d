import ClinicalValues
import Ledger
import StudyDesign
import Trial

extension Moves {
  /// Manufacturing, samples, release tests, release of every kind.
  func release(_ participant: ParticipantState, in world: World) -> [Move] {
    let (id, staff, product) = (participant.id, study.staff, participant.product)
    var moves = manufacturing(id, product) + samples(id, product)
    for lot in product.lots where lot.from != nil {
      moves += [
        .ask(ReleaseLot(participant: id, lot: lot.number), staff.quality),
        .ask(ReleaseLot(participant: id, lot: lot.number, beforeFinalResult: true), staff.quality),
        .ask(RejectLot(participant: id, lot: lot.number, reason: "failed"), staff.quality),
        .ask(
          ProposeExceptionalRelease(
            participant: id, lot: lot.number, committeeTold: world.now.date, reason: "no other cells"), staff.quality),
        .ask(ConsentToException(participant: id, lot: lot.number), staff.investigator),
        .ask(SignExceptionAsInvestigator(participant: id, lot: lot.number), staff.principal),
        .ask(SignExceptionAsSafetyOfficer(participant: id, lot: lot.number), staff.safety),
      ]
      for (test, result, interim) in [
        ("viability", "90", false), ("viability", "50", false), ("sterility", "negative", true),
        ("sterility", "negative", false), ("gramStain", "negative", false),
      ] where lot.tests[test].map({ $0.interim && !interim }) ?? true {
        let enter = EnterTest(participant: id, lot: lot.number, test: test, result: result, interim: interim)
        moves.append(.ask(enter, staff.otherLaboratory))
      }
      if product.quarantines.count < Scope.quarantines {
        let correct = CorrectTest(
          participant: id, lot: lot.number, test: "sterility", result: "positive", reason: "misread")
        moves.append(.ask(correct, staff.otherLaboratory))
      }
    }
    return moves
  }

  private func manufacturing(_ id: ParticipantID, _ product: ProductState) -> [Move] {
    let staff = study.staff
    var moves: [Move] = []
    for lot in product.lots where lot.from == nil {
      for collection in product.collections {
        let (source, target) = (Material.collection(collection.number), Material.lot(lot.number))
        for (read, lotRead) in [(source, target), (mixedUp(source), target), (source, mixedUp(target))] {
          if read != source || lotRead != target, product.quarantines.count >= Scope.quarantines { continue }
          let begin = BeginManufacturing(
            participant: id, collection: collection.number, lot: lot.number, lotLabel: label(lotRead),
            materialLeft: false, label: label(read), place: "room")
          moves.append(.ask(begin, staff.laboratory))
        }
      }
    }
    for bag in product.lots.flatMap(\.bags) where !bag.isFilled {
      for read in [Material.bag(bag.number), mixedUp(.bag(bag.number))] {
        if read != .bag(bag.number), product.quarantines.count >= Scope.quarantines { continue }
        let fill = FillBag(
          participant: id, bag: bag.number, volumeML: 50, cells: Seeds.cellsInBag, label: label(read), place: "room")
        moves.append(.ask(fill, staff.laboratory))
      }
    }
    return moves
  }

  private func samples(_ id: ParticipantID, _ product: ProductState) -> [Move] {
    guard let lot = product.lots.first(where: { $0.from != nil }) else { return [] }
    let material = Material.lot(lot.number)
    guard let sample = product.samples.first else {
      let take = TakeSample(participant: id, material: material, label: label(material), purpose: "sterility")
      return [.ask(take, study.staff.laboratory)]
    }
    return [.ask(EndSample(participant: id, sample: sample.number, end: .tested), study.staff.laboratory)]
  }

  /// Thawing, the bedside, the infusion, and all of it outside the gate; with the own bags and with the other's.
  func bedside(_ participant: ParticipantState, in world: World) -> [Move] {
    let (id, staff, product) = (participant.id, study.staff, participant.product)
    let own = product.lots.flatMap(\.bags).filter(\.isFilled).map(\.number)
    let other = BagNumber(lot: LotNumber(participant: study.other(than: id), lot: 1), bag: 1)
    var moves: [Move] = []
    for bag in own + [other] {
      let mayMisread = product.quarantines.count < Scope.quarantines
      for read in [Material.bag(bag), mixedUp(.bag(bag))] where read == .bag(bag) || mayMisread {
        let isSeen = own.contains(bag) || read != .bag(bag)
        guard isSeen || mayMisread else { continue }
        moves += [
          .ask(ThawBag(participant: id, bag: bag, label: label(read), place: "ward"), staff.nurse),
          .ask(StartInfusion(participant: id, bag: bag, label: label(read)), staff.nurse),
        ]
      }
      if own.contains(bag) { moves += verifications(id, bag, mayMisread: mayMisread) }
    }
    if let running = product.infusion?.bag {
      moves += [
        .ask(PauseInfusion(participant: id, bag: running, volumeML: 10, reason: "fever"), staff.nurse),
        .ask(ResumeInfusion(participant: id, bag: running), staff.nurse),
        .ask(StopInfusion(participant: id, bag: running, volumeML: 20, reason: "reaction"), staff.nurse),
        .ask(StopInfusion(participant: id, bag: running, volumeML: 50), staff.nurse),
      ]
    }
    return moves + outsideGate(id, product, bags: own + [other])
  }

  private func verifications(_ id: ParticipantID, _ bag: BagNumber, mayMisread: Bool) -> [Move] {
    let other = study.other(than: id)
    return [study.staff.nurse, study.staff.otherNurse].flatMap { nurse -> [Move] in
      func verify(label: ParticipantID, bag read: BagNumber, wristband: ParticipantID, earlier: Bool = false) -> Move {
        .command(
          VerifyBedside(
            participant: id, bag: bag, labelIdentity: study.identities[label]?.description ?? "",
            labelParticipant: label.printed, labelBag: read.description, wristband: wristband.printed,
            birthDateMatches: true, said: .agrees), by: nurse, together: [], earlier: earlier)
      }
      let right = [
        verify(label: id, bag: bag, wristband: id), verify(label: id, bag: bag, wristband: id, earlier: true),
      ]
      guard mayMisread, case .bag(let wrong) = mixedUp(.bag(bag)) else { return right }
      return right + [
        verify(label: other, bag: wrong, wristband: id), verify(label: id, bag: bag, wristband: other),
      ]
    }
  }

  private func outsideGate(_ id: ParticipantID, _ product: ProductState, bags: [BagNumber]) -> [Move] {
    let staff = study.staff
    var moves: [Move] = []
    if product.outsideGate.count < Scope.outsideGate {
      let acts: [(RecordOutsideGate.Act, BagNumber?)] =
        [(.leukapheresis, nil), (.lymphodepletionDose, nil)] + bags.flatMap { [(.thaw, $0), (.infusion, $0)] }
      let resumptions: [(RecordOutsideGate.Act, BagNumber?)] =
        product.infusion?.bag.flatMap { product[$0] }?.isPaused == true ? [(.resumption, nil)] : []
      for (act, bag) in acts + resumptions {
        let record = RecordOutsideGate(participant: id, act: act, bag: bag, circumstances: "system down")
        moves.append(.ask(record, staff.nurse, with: [staff.otherNurse]))
      }
    }
    for act in product.outsideGate where !act.isSigned {
      moves.append(.ask(SignOutsideGate(participant: id, number: act.number), staff.principal))
    }
    return moves
  }
}
