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

  /// Computed once a minute and position, from the folded trial; of the ledger it reads the stream of the study alone, which says
  /// who answered what.
  func safetyOverview(_ edition: ProtocolShelf.Edition) async throws -> SafetyOverview {
    let asOf = site.clock()
    let plan = edition.study.conduct
    return try await site.views.view("safety overview", at: try await stamp()) {
      let state = try await live.state()
      var history = StudyHistory()
      for envelope in try await live.store.events(of: .study, after: 0) { history.apply(try Recorded(envelope)) }
      let toxicity = LimitingToxicity(state, history: history, at: asOf, plan: plan)
      return SafetyOverview(
        stopping: StoppingStanding(
          state, history: history, at: asOf, toxicity: toxicity, plan: plan, book: edition.book),
        toxicity: toxicity, asOf: asOf)
    }
  }

  /// What the casebook of a participant says of toxicity; computed once as long as nothing happens to them.
  func grading(of participant: ParticipantID) async throws -> Grading {
    try await site.views.view("grading \(participant)", at: try await live.basis(of: participant)) {
      let state = try await live.state()
      let edition = try await edition(of: participant, in: state)
      return Grading(
        of: try state.registered(participant), laboratories: state.laboratories, book: edition.book)
    }
  }

  /// Adverse events of everybody whom the reader may see, the newest first.
  func adverseEvents(_ state: TrialState, _ plan: SafetyPlan) async throws -> [AdverseEvent] {
    let acting = try acting()
    let all = try await site.views.view("adverse events", at: try await stamp()) {
      let state = try await live.state()
      let found = state.participants.keys.sorted().flatMap { state.participants[$0]?.adverseEvents(by: plan) ?? [] }
      return found.map { (event: $0, day: $0.start?.latest.daysSinceEpoch ?? .max) }
        .sorted { a, b in
          a.day == b.day
            ? (a.event.participant, a.event.number) < (b.event.participant, b.event.number) : a.day > b.day
        }.map(\.event)
    }
    return all.filter { acting.sees(state.participants[$0.participant]?.way.site) }
  }
}

extension Decimal {
  /// The nearest binary number, for drawing alone.
  var drawn: Double? { Double(description) }
}

extension DoseLimitingStanding.Standing: Titled {
  var title: String { words }
}
