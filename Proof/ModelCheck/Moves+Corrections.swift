import ClinicalValues
import Ledger
import StudyDesign
import Trial

extension Moves {
  /// What was recorded is corrected, or taken back, as it can be and as it must not be.
  func corrections(_ participant: ParticipantState, in world: World) -> [Move] {
    correctionsOfWay(participant, in: world) + correctionsOfTreatment(participant, in: world)
      + correctionsOfCells(participant, in: world)
  }

  private static let reason = "misread"

  private func correctionsOfWay(_ participant: ParticipantState, in world: World) -> [Move] {
    let (id, staff) = (participant.id, study.staff)
    let clock = participant.record.clocks.last?.number ?? 1
    var moves: [Move] = [
      .ask(CorrectDeath(participant: id, inError: true, reason: Self.reason), staff.nurse),
      .ask(TakeBackWithdrawal(participant: id, reason: Self.reason), staff.investigator),
      .ask(TakeBackPregnancy(participant: id, of: .participant, reason: Self.reason), staff.nurse),
      .ask(TakeBackPregnancy(participant: id, of: .participant, reason: Self.reason), staff.investigator),
      .ask(TakeBackContact(participant: id, on: world.now.date, inWriting: true, reason: Self.reason), staff.nurse),
      .ask(CorrectReport(participant: id, clock: clock, inError: true, reason: Self.reason), staff.nurse),
    ]
    if let died = participant.way.died {
      let earlier = CorrectDeath(participant: id, died: died.adding(minutes: -40), reason: Self.reason)
      moves.append(.ask(earlier, staff.nurse))
    }
    for item in Readiness.allCases where participant.way.readiness[item] != nil {
      moves.append(.ask(TakeBackConfirmation(participant: id, item: item, reason: Self.reason), staff.nurse))
    }
    moves += correctionsOfConsent(participant, in: world)
    guard let visit = participant.visits.visits.last else { return moves }
    func correct(inError: Bool? = nil, _ held: Moment? = nil, assessed: Bool? = nil) -> Move {
      .ask(
        CorrectVisit(
          participant: id, visit: visit.visit, recordedFor: visit.held.date, inError: inError, held: held,
          assessed: assessed, reason: Self.reason), staff.nurse)
    }
    return moves + [
      correct(inError: true), correct(assessed: false), correct(visit.held.adding(minutes: -24 * 60)),
      correct(visit.held.adding(minutes: 24 * 60)),
    ]
  }

  /// When the last consent was signed, or which version it was; and data that were taken over.
  private func correctionsOfConsent(_ participant: ParticipantState, in world: World) -> [Move] {
    let (id, staff) = (participant.id, study.staff)
    let takeBack = Move.ask(
      TakeBackImport(participant: id, bundle: study.version.digest, reason: Self.reason), staff.investigator)
    guard let consent = participant.way.consents.last else { return [takeBack] }
    func correct(_ signed: Moment? = nil, version: String? = nil) -> CorrectConsent {
      CorrectConsent(
        participant: id, version: consent.version, atSite: consent.site, correctVersion: version, signed: signed,
        reason: Self.reason)
    }
    let asked = [
      correct(consent.signed.adding(minutes: -40)), correct(consent.signed.adding(minutes: 40)),
      correct(world.now.adding(minutes: -1)), correct(version: "2.0"),
    ]
    guard mayFindOutsideGate(participant, in: world), participant.product.quarantines.count < Scope.quarantines else {
      return [takeBack] + asked.map { .ask($0, staff.investigator) }
    }
    return [takeBack] + asked.map { .ask($0, staff.investigator, with: [staff.nurse]) }
  }

  private func correctionsOfTreatment(_ participant: ParticipantState, in world: World) -> [Move] {
    let (id, staff) = (participant.id, study.staff)
    let doses = participant.way.lymphodepletionDoses
    var moves: [Move] = doses.indices.flatMap { index -> [Move] in
      func correct(inError: Bool? = nil, _ minutes: Int? = nil) -> CorrectDose {
        CorrectDose(
          participant: id, dose: index + 1, inError: inError, given: minutes.map { doses[index].adding(minutes: $0) },
          reason: Self.reason)
      }
      let together = mayFindOutsideGate(participant, in: world) ? [staff.otherNurse] : []
      return [correct(inError: true), correct(-40), correct(-24 * 60), correct(24 * 60)].map {
        .ask($0, staff.investigator, with: together)
      }
    }
    let started = participant.product.lots.flatMap(\.bags).filter(\.isStarted).map(\.number)
    for bag in started {
      let begun = participant.product.infusion?.begun ?? world.now
      func correct(_ minutes: Int? = nil, stopped: Int? = nil, volumeML: Decimal? = nil) -> CorrectInfusion {
        CorrectInfusion(
          participant: id, bag: bag, started: minutes.map { begun.adding(minutes: $0) },
          stopped: stopped.map { begun.adding(minutes: $0) }, volumeML: volumeML, reason: Self.reason)
      }
      moves += [correct(stopped: 1), correct(volumeML: 10), correct(-3)].map { .ask($0, staff.nurse) }
      moves += [correct(-40), correct(24 * 60)].map { .ask($0, staff.nurse) }
      guard mayFindOutsideGate(participant, in: world) else { continue }
      moves += [correct(-40), correct(-24 * 60), correct(40), correct(24 * 60)].map {
        .ask($0, staff.nurse, with: [staff.otherNurse])
      }
    }
    return moves
  }

  /// Steps of custody, on the last bag: when it was frozen, how warm it came, when it was thawed.
  private func correctionsOfCells(_ participant: ParticipantState, in world: World) -> [Move] {
    let (id, staff) = (participant.id, study.staff)
    let collections = participant.product.collections.filter { $0.ended != nil }.map {
      Move.ask(CorrectYield(participant: id, collection: $0.number, yield: 10, reason: Self.reason), staff.nurse)
    }
    guard let bag = participant.product.lots.last?.bags.last, let step = bag.step else { return collections }
    func correct(_ step: String, _ done: Moment? = nil, isWarm: Bool = false) -> CorrectStep {
      CorrectStep(
        participant: id, step: step, material: .bag(bag.number), done: done, least: isWarm ? 4 : nil,
        largest: isWarm ? 8 : nil, reason: Self.reason)
    }
    var moves = collections
    if participant.product.quarantines.count < Scope.quarantines {
      let fill = CorrectFill(
        participant: id, bag: bag.number, cells: bag.cells == Seeds.cellsInBag ? 7_000_000 : Seeds.cellsInBag,
        reason: Self.reason)
      moves.append(.ask(fill, staff.laboratory))
    }
    if step == "cryopreserved" {
      moves.append(.ask(correct(step, world.now.adding(minutes: -24 * 60)), staff.laboratory))
    }
    if bag.isReceived, participant.product.quarantines.count < Scope.quarantines {
      moves.append(.ask(correct("receivedAtSite", isWarm: true), staff.nurse))
    }
    if let thawed = bag.thaw?.thawed, mayFindOutsideGate(participant, in: world) {
      let earlier = Moment(thawed).adding(minutes: -40)
      moves.append(.ask(correct("thawed", earlier), staff.nurse, with: [staff.otherNurse]))
    }
    return moves
  }

  /// Whether one more act outside the gate, with its hold, brings something new.
  private func mayFindOutsideGate(_ participant: ParticipantState, in world: World) -> Bool {
    participant.product.outsideGate.count < Scope.outsideGate && world.state.study.holdsInForce.count < Scope.holds
  }
}
