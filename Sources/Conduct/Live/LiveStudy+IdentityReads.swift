import ClinicalValues
public import Ledger
public import Trial

// What is read of identity data is recorded before it is shown, in the stream of accounts: the audit trail says who read it,
// when, and of whom. The event holds nothing of what was read.

/// Somebody's look at a part of a participant's identity data.
struct IdentityLook: Sendable, Hashable {
  let account: AccountID
  let participant: ParticipantID
  let part: IdentityPart
}

extension LiveStudy {
  /// Minutes within which looking again is the same look: a page that shows the state fetches itself anew.
  static let lookMinutes = 15

  /// Who a participant is, for somebody who may see it; that it was read is recorded. Nil if nothing is kept, or it was
  /// erased.
  ///
  /// - Throws: `Refusal` (`unknown-participant`, or why whoever asks may not see it); `StoreFailure` if it cannot be
  ///   recorded, and then nobody sees it.
  public func person(_ participant: ParticipantID, for acting: Acting, origin: Origin) async throws -> Person? {
    try await requireSight(of: participant, by: acting)
    guard let person = try await vault.person(participant) else { return nil }
    try await recordReading(of: .person, about: participant, by: acting, origin: origin)
    return person
  }

  /// What was corrected of who a participant is, oldest first, with what was kept before, for somebody who may see it; that it was
  /// read is recorded.
  ///
  /// - Throws: as `person`.
  public func identityCorrections(
    of participant: ParticipantID, for acting: Acting, origin: Origin
  ) async throws -> [IdentityCorrection] {
    try await requireSight(of: participant, by: acting)
    let corrections = try await identityCorrections(of: participant)
    guard !corrections.isEmpty else { return [] }
    try await recordReading(of: .person, about: participant, by: acting, origin: origin)
    return corrections
  }

  /// Records that somebody is about to read a part of a participant's identity data. Looking again within a quarter of an
  /// hour is the same look.
  ///
  /// - Throws: `StoreFailure`: what cannot be recorded is not to be shown.
  public func recordReading(
    of part: IdentityPart, about participant: ParticipantID, by acting: Acting, origin: Origin
  ) async throws {
    let now = clock()
    let look = IdentityLook(account: acting.account, participant: participant, part: part)
    if let last = looks[look], now < last.adding(minutes: LiveStudy.lookMinutes) { return }
    try await record(by: Actor(acting), at: now, origin) { _ in
      [.identityRead(account: acting.account, participant: participant, part: part)]
    }
    looks = looks.filter { now < $0.value.adding(minutes: LiveStudy.lookMinutes) }
    looks[look] = now
  }
}
