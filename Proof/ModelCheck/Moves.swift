import ClinicalValues
import Ledger
import StudyDesign
import Trial

/// What can be tried in a world: every command that is explored, with arguments out of the small study, right ones and
/// wrong ones, and the passing of time.
///
/// Counters are kept small (`Scope`), so that worlds are finitely many: a third hold, a third quarantine of one
/// participant, a second act outside the gate bring nothing that the first two do not.
struct Moves {
  let study: SmallStudy
  /// Labels as they are read, by what they are on.
  private let labels: [Material: String]

  /// How many of each there may be before no further one is tried.
  enum Scope {
    static let holds = 2
    static let questions = 2
    static let quarantines = 2
    static let outsideGate = 1
    static let collections = 2
    static let lots = 2
    static let bags = 2
    static let labels = 2
    static let imports = 1
  }

  init(_ study: SmallStudy) {
    self.study = study
    var labels: [Material: String] = [:]
    for id in study.participants {
      for number in 1...Scope.lots {
        let lot = LotNumber(participant: id, lot: number)
        let materials: [Material] =
          [.collection(CollectionNumber(participant: id, collection: number)), .lot(lot)]
          + (1...Scope.bags).map { .bag(BagNumber(lot: lot, bag: $0)) }
        for material in materials {
          labels[material] = LabelReading(material: material, identity: study.identities[id], participant: id).text
        }
      }
    }
    self.labels = labels
  }

  /// Everything to be tried.
  func all(in world: World) -> [Move] {
    var moves: [Move] = Pause.allCases.map { .wait($0) }
    for id in study.participants {
      guard let participant = world.state.participants[id] else { continue }
      moves += pictures(for: participant, in: world)
      var asked =
        screening(participant, in: world) + treatment(participant, in: world) + leaving(participant, in: world)
      asked += cells(participant, in: world) + release(participant, in: world) + bedside(participant, in: world)
      asked += records(participant) + corrections(participant, in: world)
      let ofSite = asked.map { $0.by { study.colleague(of: $0, at: participant.way.site) } }
      // A gate as of minutes ago, too: what has come since then bars it all the same.
      moves += ofSite + ofSite.filter(\.passesGate).map(\.asOfEarlier)
      // Whoever is of the site that handed somebody over tries its gates all the same.
      if participant.way.site == study.otherSite { moves += asked.filter(\.passesGate) }
    }
    if world.state.participants.count < study.participants.count {
      moves.append(.ask(RegisterCandidate(site: study.site, cohort: SmallStudy.cohort), study.staff.nurse))
    }
    return moves + openness(in: world) + holds(in: world) + board(in: world)
  }

  /// What is on the label of a material.
  func label(_ material: Material) -> String { labels[material] ?? material.description }

  /// The data of a participant as they may turn out next, as far as a gate ahead asks for them.
  private func pictures(for participant: ParticipantState, in world: World) -> [Move] {
    let way = participant.way
    guard way.left == nil, participant.product.infusion == nil else { return [] }
    var next: [Picture] = [.clear, .unknown, .against]
    if way.enrolled != nil { next.append(.undecided) }
    if way.enrolled != nil, !participant.product.isCollected { next.append(.lacking(Picture.markers)) }
    if participant.product.releasedLot != nil {
      next.append(.lacking(Picture.clearance))
      next += [.contrary(Picture.washOut), .lacking(Picture.baseline[1]), .contrary(Picture.hepatitisNegative)]
    }
    if !way.lymphodepletionDoses.isEmpty {
      next += [.contrary(Picture.notPregnant), .lacking(Picture.beforeInfusion[0]), .otherWeight]
      next.append(.lacking(Picture.weight))
    }
    let known = world.picture(of: participant.id)
    return next.filter { $0 != known }.map { .data(participant.id, $0) }
  }
}
