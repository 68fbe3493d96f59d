import Analysis
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// Where the study stands as of now: stopping rules and dose-limiting toxicities, of all participants together.
struct SafetyOverview: Sendable {
  let stopping: StoppingStanding
  let toxicity: LimitingToxicity
  let asOf: Instant
}

extension PageRequest {
  /// The protocol version in force now.
  func editionInForce(_ state: TrialState) async throws -> ProtocolShelf.Edition {
    try live.shelf.edition(at: try await now(), in: state)
  }

  /// Computed once a minute and position: it reads the whole ledger.
  func safetyOverview(_ edition: ProtocolShelf.Edition) async throws -> SafetyOverview {
    let asOf = site.clock()
    let plan = edition.study.conduct
    return try await site.views.view("safety overview", at: try await stamp()) {
      let snapshot = try await TrialSnapshot(asOf: asOf, reading: live.store)
      let toxicity = LimitingToxicity(snapshot, plan: plan)
      return SafetyOverview(
        stopping: StoppingStanding(snapshot, toxicity: toxicity, plan: plan, book: edition.book), toxicity: toxicity,
        asOf: asOf)
    }
  }

  /// What the casebook of a participant says of toxicity; computed once a minute and position.
  func grading(of participant: ParticipantState, in state: TrialState) async throws -> Grading {
    let edition = try await edition(of: participant.id, in: state)
    let stamp = try await stamp()
    return try await site.views.view("grading \(participant.id)", at: stamp) {
      Grading(of: participant, laboratories: state.laboratories, book: edition.book)
    }
  }

  /// Adverse events of everybody whom the reader may see, the newest first.
  func adverseEvents(_ state: TrialState, _ plan: SafetyPlan) async throws -> [AdverseEvent] {
    let acting = try acting()
    let stamp = try await stamp()
    let all = try await site.views.view("adverse events", at: stamp) {
      state.participants.keys.sorted().flatMap { state.participants[$0]?.adverseEvents(by: plan) ?? [] }
    }
    return all.filter { acting.sees(state.participants[$0.participant]?.way.site) }
      .sorted { a, b in
        let days = (a.start?.latest.daysSinceEpoch ?? .max, b.start?.latest.daysSinceEpoch ?? .max)
        return days.0 == days.1 ? (a.participant, a.number) < (b.participant, b.number) : days.0 > days.1
      }
  }
}

extension Decimal {
  /// The nearest binary number, for drawing alone.
  var drawn: Double? { Double(description) }
}

extension DoseLimitingStanding.Standing: Titled {
  var title: String { words }
}
