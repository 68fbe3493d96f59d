import ClinicalValues
import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// A gate that somebody has passed, as the ledger keeps it: what was decided then, which nothing that came later changes.
struct PassedGate: Sendable, Equatable {
  let gate: Gate
  /// What the gate saw.
  let lines: [GateLine]
  let happened: Moment
  /// Who did what stands behind the gate.
  let account: String
  /// Whether it was done without the gate.
  let isOutside: Bool
  /// Where it stands in the ledger.
  let position: Int

  /// The types of the events that say it, so that no other has to be read.
  private static let types: Set<String> = [
    "participant.enrolled", "participant.lymphodepletionGiven", "product.collectionBegun", "product.bagThawed",
    "product.infusionStarted",
  ]

  /// Nil for an event that passes no gate; further doses of lymphodepletion pass none.
  init?(_ recorded: Recorded<TrialEvent>) {
    switch recorded.event {
    case .way(_, .enrolled(_, let lines)): (gate, self.lines, isOutside) = (.enrollment, lines, false)
    case .way(_, .lymphodepletionGiven(let dose)) where dose.number == 1:
      (gate, lines, isOutside) = (.lymphodepletion, dose.gate, dose.outsideGate)
    case .product(_, .collectionBegun(_, let outside, let lines)):
      (gate, self.lines, isOutside) = (.leukapheresis, lines, outside)
    case .product(_, .bagThawed(_, _, _, _, let outside, let lines)):
      (gate, self.lines, isOutside) = (.thawing, lines, outside)
    case .product(_, .infusionStarted(_, let outside, let lines)):
      (gate, self.lines, isOutside) = (.infusion, lines, outside)
    default: return nil
    }
    happened = recorded.happened
    account = recorded.actor.account
    position = recorded.position
  }

  /// The gates that are passed in a participant's stream, in the order of the ledger. Cost: reads the stream once.
  static func all(of participant: ParticipantID, in store: any EventStore) async throws -> [PassedGate] {
    try await store.events(of: .participant(participant), after: 0).filter { types.contains($0.event.type) }
      .compactMap { PassedGate(try Recorded<TrialEvent>($0)) }
  }
}

/// What a gate said when it was passed, with the way to where it is recorded.
struct PassedGateView {
  let passed: PassedGate
  /// The accounts of whom the reader is not told who they are.
  var hidden: Set<String> = []
  let words: Words

  private var isHidden: Bool { hidden.contains(passed.account) }

  var markup: Markup {
    .fragment([
      Notice.markup(
        passed.isOutside ? .stop : .done,
        .tag("strong") {
          passed.isOutside ? words["It was done outside the gate."] : words["The gate was passed."]
        },
        .fragment([
          words.placedTime(passed.happened),
          .text(" · " + (isHidden ? words["somebody of another site"] : passed.account)),
          .fragment(
            isHidden ? [] : [.text(" · "), Part.link("/audit/\(passed.position)", words["As the ledger holds it"])]),
        ]), .text(words["Below stands what was seen then. Nothing of it is asked anew."])),
      GateTable.markup(lines, zone: passed.happened.zone, words),
    ])
  }

  /// Until when something was true then counts down no more.
  private var lines: [GateLine] {
    passed.lines.map {
      GateLine(id: $0.id, title: $0.title, value: $0.value, evidence: $0.evidence, remedy: $0.remedy)
    }
  }
}

extension ParticipantState {
  /// Whether a gate lies behind the participant, so that it is not asked any more. A further collection, another round of lymphodepletion
  /// and further bags of the same day come before it once more.
  func hasPassed(_ gate: Gate, at here: Moment, way: WayPlan) -> Bool {
    guard nextGate(at: here, way: way) != gate else { return false }
    switch gate {
    case .enrollment: return self.way.enrolled != nil
    case .leukapheresis: return product.collections.contains { $0.begun != nil }
    case .lymphodepletion: return !self.way.lymphodepletionDoses.isEmpty
    case .thawing, .infusion:
      guard let infusion = product.infusion else { return false }
      let isRunning = infusion.bag != nil || infusion.ended == nil
      let bags = self.way.infusionOrder?.bags ?? []
      return !isRunning && (here.day > infusion.begun.day || bags.allSatisfy { product[$0]?.end != nil })
    }
  }
}

extension PageRequest {
  /// What a gate said when the participant passed it last; nil while it may still be asked.
  func passedGate(_ gate: Gate, of participant: ParticipantState) async throws -> PassedGate? {
    let state = try await live.state()
    let way = try await edition(of: participant.id, in: state).study.conduct.way
    guard participant.hasPassed(gate, at: state.moment(site.clock(), of: participant), way: way) else { return nil }
    let live = live
    let all = try await site.views.view("passed gates of \(participant.id)", at: try await stamp()) {
      try await PassedGate.all(of: participant.id, in: live.store)
    }
    return all.last { $0.gate == gate }
  }
}
