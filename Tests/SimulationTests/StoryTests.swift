import ClinicalValues
import Conduct
import Foundation
import Ledger
import StudyDesign
import Testing
import Trial

@testable import Simulation

/// What the demonstration must hold as a whole: items that more than one event tells. `scripts/test --long`.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["TANDEM_LONG"] != nil))
struct StoryTests {
  @Test(arguments: StoryItem.all) func `the demonstration holds`(_ item: StoryItem) async throws {
    let trail = Trail(
      try await Stage.events(), state: try await Stage.built.value.demonstration.live.state(),
      plan: try #require(try Stage.shelf.get().editions.last?.study.conduct))
    #expect(item.holds(trail))
  }
}

/// The ledger of the demonstration, for questions about participants.
struct Trail: Sendable {
  let events: [Recorded<TrialEvent>]
  let state: TrialState
  let plan: ConductPlan

  init(_ events: [Recorded<TrialEvent>], state: TrialState, plan: ConductPlan) {
    self.events = events
    self.state = state
    self.plan = plan
  }

  /// Whether somebody's own events show something.
  func somebody(_ shows: (_ way: [Recorded<TrialEvent>], ParticipantState) -> Bool) -> Bool {
    state.participants.values.contains { participant in
      shows(events.filter { $0.event.stream == .participant(participant.id) }, participant)
    }
  }

  /// The moments of the events that are meant.
  func moments(_ isMeant: (TrialEvent) -> Bool) -> [Moment] {
    events.filter { isMeant($0.event) }.map(\.happened)
  }
}

extension [Recorded<TrialEvent>] {
  /// The place of the first event that is meant, from a place on.
  func place(after start: Int? = 0, _ isMeant: (TrialEvent) -> Bool) -> Int? {
    guard let start, start <= endIndex else { return nil }
    return self[start...].firstIndex { isMeant($0.event) }
  }

  /// Whether events of these kinds follow one another, others between them or not.
  func show(_ kinds: [(TrialEvent) -> Bool]) -> Bool {
    var place: Int? = 0
    for kind in kinds {
      guard let found = self.place(after: place, kind) else { return false }
      place = found + 1
    }
    return true
  }
}

private func isInfusionStart(_ event: TrialEvent) -> Bool {
  if case .product(_, .infusionStarted) = event { true } else { false }
}

private func isRecheck(
  _ event: TrialEvent, _ kind: RecheckKind, _ outcome: SignedRecheck.Outcome
) -> Bool {
  if case .way(_, .recheckSigned(let check)) = event { check.kind == kind && check.outcome == outcome } else { false }
}

/// Something that the demonstration must hold.
struct StoryItem: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let holds: @Sendable (Trail) -> Bool

  init(_ name: String, _ holds: @escaping @Sendable (Trail) -> Bool) {
    self.testDescription = name
    self.holds = holds
  }

  static let all = frame + cells + way + safety + plausible + casebook

  private static let frame = [
    StoryItem("two sites, 24 candidates, about 30 months") { trail in
      let days = trail.events.map(\.happened.day)
      let months = ((days.max() ?? 0) - (days.min() ?? 0)) / 30
      return trail.state.sites.count == 2 && trail.state.participants.count == 24 && (29...32).contains(months)
    },
    StoryItem("9 or 10 infused, of all six cohorts, the first past Month 24") { trail in
      let infused = trail.state.study.infusions.map(\.participant)
      let cohorts = Set(infused.compactMap { trail.state.participants[$0]?.way.cohort })
      return (9...10).contains(infused.count) && cohorts.count == 6
        && infused.first.flatMap { trail.state.participants[$0]?.way.completed } != nil
    },
    StoryItem("no act outside its gate") { trail in
      trail.state.participants.values.allSatisfy { $0.product.outsideGate.isEmpty }
    },
  ]

  private static let cells = [
    StoryItem("a failed lot, a second collection and its lot released and infused") { trail in
      trail.somebody { way, _ in
        way.show([
          { if case .product(_, .lotRejected) = $0 { true } else { false } },
          { if case .product(_, .collectionBegun(let number, _, _)) = $0 { number.collection == 2 } else { false } },
          { if case .product(_, .lotReleased(let lot, _, _)) = $0 { lot.lot == 2 } else { false } }, isInfusionStart,
        ])
      }
    },
    StoryItem("an exceptional release: proposed, consented to, signed by investigator and safety officer, infused") {
      trail in
      trail.somebody { way, _ in
        let signed = way.compactMap { recorded -> Role? in
          if case .product(_, .exceptionalReleaseSigned(_, let role)) = recorded.event { role } else { nil }
        }
        return Set(signed) == [.principalInvestigator, .safetyOfficer]
          && way.show([
            { if case .product(_, .exceptionalReleaseProposed) = $0 { true } else { false } },
            { if case .product(_, .exceptionalConsentGiven) = $0 { true } else { false } },
            { if case .product(_, .lotReleased(_, .exceptional, _)) = $0 { true } else { false } }, isInfusionStart,
          ])
      }
    },
    StoryItem("a temperature excursion in quarantine, resolved by somebody not involved, infused afterwards") { trail in
      trail.somebody { way, _ in
        way.show([
          { if case .product(_, .quarantined(let held)) = $0 { held.cause == .temperature } else { false } },
          { if case .product(_, .quarantineResolved(_, .fitForUse, _)) = $0 { true } else { false } },
          isInfusionStart,
        ])
      }
    },
    StoryItem("an infusion paused midway, resumed and ended with the whole bag") { trail in
      trail.somebody { way, participant in
        way.show([
          isInfusionStart,
          { if case .product(_, .infusionPaused(_, let volume, _)) = $0 { volume > .zero } else { false } },
          { if case .product(_, .infusionResumed) = $0 { true } else { false } },
          { if case .product(_, .infusionStopped(_, _, let whole, _, _)) = $0 { whole } else { false } },
        ])
      }
    },
    StoryItem("every bag, lot and sample of those who are through is accounted for") { trail in
      trail.state.participants.values.filter { $0.product.infusion != nil }.allSatisfy { participant in
        participant.product.lots.flatMap(\.bags).filter(\.isFilled).allSatisfy { $0.end != nil }
      }
    },
  ]

  private static let way = [
    StoryItem("bridging, a deferred re-check before lymphodepletion, and the infusion after all") { trail in
      trail.somebody { way, _ in
        way.show([
          { if case .way(_, .bridgingRecorded(_, listed: true)) = $0 { true } else { false } },
          { isRecheck($0, .lymphodepletion, .deferred) }, { isRecheck($0, .lymphodepletion, .passed) },
          isInfusionStart,
        ])
      }
    },
    StoryItem("an infusion put off for fever and given days later") { trail in
      trail.somebody { way, _ in
        guard let fever = way.place({ isRecheck($0, .infusion, .deferred) }),
          case .way(_, .recheckSigned(let check)) = way[fever].event,
          let infusion = way.place(after: fever, isInfusionStart)
        else { return false }
        return check.reason?.contains("Fever") == true && way[infusion].happened.day - way[fever].happened.day >= 2
      }
    },
    StoryItem("one who leaves after the collection, and frees the slot") { trail in
      trail.somebody { way, participant in
        participant.product.infusion == nil && !trail.state.study.slots.contains(participant.id)
          && way.show([
            { if case .product(_, .collectionEnded(_, _, true, _)) = $0 { true } else { false } },
            { if case .way(_, .left) = $0 { true } else { false } },
          ])
      }
    },
    StoryItem("a death months after the infusion, not related, without a hold") { trail in
      trail.somebody { way, participant in
        guard let died = participant.way.died, let infused = participant.product.infusion?.begun else { return false }
        let cause = way.contains {
          if case .way(_, .died(let cause)) = $0.event { cause.contains("not related") } else { false }
        }
        return died.day - infused.day > 90 && cause
          && !trail.events.contains {
            if case .study(.holdSet(let hold)) = $0.event { hold.rule == .relatedDeath } else { false }
          }
      }
    },
    StoryItem("nobody seen after the last contact of who died or was lost") { trail in
      trail.state.participants.values.allSatisfy { participant in
        guard let departure = participant.way.departure, let left = participant.way.left else { return true }
        return !trail.events.contains { recorded in
          guard case .way(participant.id, .visitRecorded) = recorded.event else { return false }
          return recorded.happened <= left && recorded.happened.day > departure.lastContact.daysSinceEpoch
        }
      }
    },
    StoryItem("an amendment, and everybody who was there has consented anew") { trail in
      trail.state.participants.values.allSatisfy { participant in
        guard let first = participant.way.consents.first, first.version == "1.0", participant.way.enrolled != nil,
          participant.way.left == nil
        else { return true }
        return participant.way.consents.contains { $0.version == "2.0" }
      }
    },
    StoryItem("a partner's pregnancy, reported and followed to its end") { trail in
      trail.somebody { way, _ in
        way.show([
          { if case .way(_, .pregnancyReported(of: .partner)) = $0 { true } else { false } },
          { if case .way(_, .pregnancyEnded(of: .partner, _)) = $0 { true } else { false } },
        ])
      }
    },
  ]

  private static let safety = [
    StoryItem("two dose-limiting toxicities among the first four set the hold") { trail in
      guard
        let hold = trail.events.place({
          if case .study(.holdSet(let hold)) = $0 { hold.rule == .toxicityRate } else { false }
        })
      else { return false }
      var before = TrialState()
      for event in trail.events[..<hold] { before.apply(event) }
      let toxic = before.study.questions.filter { $0.isDoseLimiting == true }.map(\.participant)
      let firstFour = before.study.infusions.prefix(4).map(\.participant)
      return before.study.infusions.count == 4 && Set(toxic).count == 2 && Set(toxic).isSubset(of: firstFour)
    },
    StoryItem("every question about dose-limiting toxicity is answered within the hours that the protocol gives") {
      trail in
      trail.state.study.questions.allSatisfy { question in
        let due = question.opened.instant.adding(hours: trail.plan.safety.dltAnswerHours)
        let answers = trail.moments { if case .study(.dltAnswered(question.number, _)) = $0 { true } else { false } }
        return answers.first.map { $0.instant <= due } ?? false
      }
    },
    StoryItem("no report is handed in before anybody was aware of what it tells") { trail in
      trail.state.participants.values.flatMap(\.record.clocks).allSatisfy { clock in
        clock.submitted.map { clock.aware.instant <= $0 } ?? true
      }
    },
    StoryItem("hold, board's decision, safety officer's acceptance, and no treatment between") { trail in
      let events = trail.events
      guard
        let hold = events.place({ if case .study(.holdSet(let hold)) = $0 { hold.kind == .safety } else { false } }),
        let decided = events.place(after: hold, { if case .study(.holdLiftDecided) = $0 { true } else { false } }),
        let fell = events.place(after: decided, { if case .study(.holdLifted) = $0 { true } else { false } })
      else { return false }
      return !events[hold..<fell].contains { recorded in
        switch recorded.event {
        case .way(_, .enrolled), .way(_, .lymphodepletionGiven), .product(_, .collectionBegun),
          .product(_, .infusionStarted):
          true
        default: false
        }
      }
    },
  ]
}
