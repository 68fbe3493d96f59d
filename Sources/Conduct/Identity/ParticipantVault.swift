public import Trial

/// Seals what names a participant under the participant's own key, so that it can lie in the ledger and still be erased.
public protocol ParticipantVault: Sendable {
  /// Seals bytes for a participant.
  ///
  /// - Throws: `Refusal` (`identity-erased`) if the key was destroyed; `StoreFailure`.
  func seal(_ bytes: [UInt8], for participant: ParticipantID) async throws -> [UInt8]

  /// What was sealed for a participant; nil if the key was destroyed.
  ///
  /// - Throws: `SealingFailure` if the bytes were altered, or sealed for somebody else; `StoreFailure`.
  func open(_ bytes: [UInt8], for participant: ParticipantID) async throws -> [UInt8]?
}

extension IdentityVault: ParticipantVault {}
