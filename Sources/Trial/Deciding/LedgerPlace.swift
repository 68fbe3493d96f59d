public import ClinicalValues
public import Ledger

/// When the ledger took something, and where it stands there: what came first the place tells, whatever the clock said. Where
/// one of two is in no ledger, as in the model check, the times tell it.
public struct LedgerPlace: Sendable, Hashable {
  /// When the ledger took it.
  public let recorded: Instant
  /// Where it stands; 0 where it is in no ledger.
  public let position: Position

  /// Whether it was taken before another, or with it.
  func isNoLater(than other: LedgerPlace) -> Bool {
    position > 0 && other.position > 0 ? position <= other.position : recorded <= other.recorded
  }
}

extension Recorded {
  /// When the ledger took it, and where it stands.
  var place: LedgerPlace { LedgerPlace(recorded: recorded, position: position) }
}
