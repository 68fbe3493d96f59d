import ClinicalValues
public import Ledger
public import Trial

extension LiveStudy {
  /// Gives an account a password that must be changed at the next sign-in: the event first, then the password.
  ///
  /// - Parameter request: a `ResetPassword`.
  /// - Returns: the password as well, to be handed to the person and kept nowhere.
  public func resetPassword(_ request: Request) async throws -> (performed: Performed, password: String) {
    guard let command = request.command as? ResetPassword else { throw MisdirectedCommand() }
    let performed = try await perform(request, sign: { _ in [] })
    return (performed, try await authenticator.givePassword(to: command.account, now: clock()))
  }

  /// Takes a lost second factor out of use: the event first, which alone disables it, then what is kept of it.
  ///
  /// - Parameter request: a `ReportSecondFactorLost`.
  public func loseSecondFactor(_ request: Request) async throws -> Performed {
    guard let command = request.command as? ReportSecondFactorLost else { throw MisdirectedCommand() }
    let performed = try await perform(request, sign: { _ in [] })
    try await authenticator.removeSecondFactor(of: command.account)
    return performed
  }

  /// Begins to set up a second factor; it counts once `confirmSecondFactor` was given a code of it.
  public func offerSecondFactor(for account: AccountID) -> SecondFactorOffer {
    authenticator.offerSecondFactor(for: account)
  }

  /// Puts an offered second factor into use, and records it.
  ///
  /// - Returns: recovery codes, to be written down; each opens once.
  /// - Throws: `Refusal`, also where the claim is refused; `StoreFailure`.
  public func confirmSecondFactor(
    _ offer: SecondFactorOffer, code: String, claim: Claim, origin: Origin
  ) async throws -> [String] {
    try await refresh()
    let now = clock()
    let (outcome, codes) = try await authenticator.confirmSecondFactor(
      offer, code: code, claim: claim, in: fold.state.people, now: now)
    _ = try await settle(outcome, at: now, origin)
    return codes
  }

  /// Takes the second factor of somebody's own account out of use, who shows password and code once more: the event
  /// first, which alone disables it, then what is kept of it.
  ///
  /// - Throws: `Refusal`, also where the claim is refused; `StoreFailure`.
  public func dropSecondFactor(_ claim: Claim, origin: Origin) async throws {
    try await refresh()
    let now = clock()
    let outcome = try await authenticator.dropSecondFactor(claim, in: fold.state.people, now: now)
    try await authenticator.removeSecondFactor(of: try await settle(outcome, at: now, origin).account)
  }

  /// A command that was handed to an act that is not its own.
  private struct MisdirectedCommand: Error {}
}
