import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import LedgerSQLite
import Trial

extension Visit {
  /// Whether whoever looks may see a site: a role of a site sees its own.
  func sees(_ site: SiteID?) -> Bool { actor.sees(site) }

  /// Refuses whoever may not read the trail of the trial; who reads that of accounts only may not read this.
  func requireReader() async throws {
    try requireOwnPassword()
    try await running.live.requireReader(actor)
  }

  /// Refuses whoever may neither read nor manage accounts.
  func requireAccountReader() async throws {
    try requireOwnPassword()
    try await running.live.requireAccountReader(actor)
  }

  /// A participant whom whoever looks may see.
  func participant(_ text: String) async throws -> ParticipantState {
    guard let id = try? ParticipantID(text) else {
      throw ValidationError("‘\(text)’ is no participant's number such as 03-0007.")
    }
    return try await running.live.participant(id, for: actor)
  }

  /// The events of one stream, in order.
  func events(of stream: StreamID) async throws -> [Recorded<TrialEvent>] {
    try await running.ledger.events(of: stream, after: 0).map { try Recorded($0) }
  }

  /// Every event, in order.
  func events() async throws -> [Recorded<TrialEvent>] { try await running.live.events() }
}

/// What a view is marked with where the study's people are invented.
func marked(_ state: TrialState, _ members: [(String, JSON)]) -> JSON {
  .object([("synthetic", .boolean(state.study.isSynthetic))] + members)
}

/// A participant, as whoever looks may read it.
struct ParticipantReading: Sendable {
  let knowledge: Knowledge
  let participant: ParticipantState

  var visit: Visit { knowledge.visit }
  var state: TrialState { knowledge.state }
  var now: Moment { knowledge.now }

  /// The protocol version that the participant is under.
  func edition() throws -> ProtocolShelf.Edition {
    try visit.running.live.shelf.edition(of: participant.id, at: now, in: state)
  }
}

extension ViewOptions {
  /// Opens the study for somebody who has shown who they are and may read the trial.
  func openToRead() async throws -> Visit {
    let visit = try await open()
    try await visit.requireReader()
    return visit
  }

  /// A participant by number, for somebody who may see it.
  func read(_ participant: String) async throws -> ParticipantReading {
    let visit = try await openToRead()
    let found = try await visit.participant(participant)
    let knowledge = Knowledge(
      visit: visit, state: try await visit.running.live.state(), now: try await visit.now(), knownAt: nil,
      end: nil)
    return ParticipantReading(knowledge: knowledge, participant: found)
  }
}
