import ClinicalValues
import Ledger
public import Trial

/// All that whatever is derived of one participant follows from, but the time: somebody who keeps such a value keeps it with this, and
/// as long as this is the same so is the value.
public struct ParticipantBasis: Sendable, Hashable {
  /// How many events the participant's stream holds.
  let events: Version
  /// The last event that concerns everybody: of the study, a site, a laboratory.
  let common: Position
  /// The protocol version that holds for the participant.
  let version: ProtocolVersion
  /// The imported files that count, oldest first.
  let imports: [Digest]
  /// What the identity store knows; it changes without an event.
  let person: Demographics
  /// Whether the participant's key was destroyed, so that nothing sealed can be read.
  let isErased: Bool
}

extension LiveStudy {
  /// What everything that is derived of a participant follows from now, but the time.
  ///
  /// - Throws: `Refusal` (`unknown-participant`); `MissingVersion`; `StoreFailure`, `SealingFailure`.
  public func basis(of participant: ParticipantID) async throws -> ParticipantBasis {
    try await refresh()
    let fold = self.fold
    let state = try fold.state.registered(participant)
    return try await basis(of: state, at: fold.state.moment(clock(), of: state), in: fold)
  }

  /// The same at a moment, of a ledger folded up to a position.
  func basis(of state: ParticipantState, at moment: Moment, in fold: LedgerFold) async throws -> ParticipantBasis {
    ParticipantBasis(
      events: fold.versions[.participant(state.id)] ?? 0, common: fold.common,
      version: try shelf.edition(of: state.id, at: moment, in: fold.state).version,
      imports: (fold.imports[state.id] ?? []).filter { $0.happened <= moment }.map(\.bundle),
      person: Demographics(try await vault.person(state.id)), isErased: try await vault.isErased(state.id))
  }
}
