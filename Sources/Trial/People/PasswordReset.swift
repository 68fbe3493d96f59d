public import ClinicalValues

/// A password that an administrator gave, until somebody independent has confirmed that it reached its person.
///
/// Whoever gives a password knows it first. Until it is confirmed, nothing is signed with the account.
public struct PasswordReset: Sendable, Hashable {
  /// When it was given.
  public let at: Instant
  /// The account that gave it.
  public let by: String
  /// Whether the account had never been delegated anything: a delegation that is signed after it vouches for it.
  public let isFirst: Bool
}

extension Situation {
  /// Refuses a signature of an account whose password was given by somebody else and not confirmed to be its person's.
  func requirePasswordsConfirmed(forSigning facts: [Fact]) throws(Refusal) {
    let signed = facts.filter { $0.signed != nil }
    guard !signed.isEmpty else { return }
    for signer in [actor] + (signed.contains(where: \.signedByAll) ? together : []) {
      try state.people.requirePasswordConfirmed(of: signer.account)
    }
  }

  /// The event by which whoever acts confirms that a password that was given to somebody else reached them.
  func confirmReset(of id: AccountID) throws(Refusal) -> [Fact] {
    let found = try otherAccount(id)
    guard let reset = found.access.unconfirmedResets.last else {
      throw Refusal(
        "reset-settled", because: "No password of \(found.name) waits for being confirmed.",
        remedy: "Nothing is left to do.")
    }
    if found.access.unconfirmedResets.contains(where: { $0.by == actor.account.description }) {
      throw Refusal(
        "own-entry", because: "You gave this password yourself.",
        remedy: "Somebody else confirms that it reached the person.")
    }
    return [
      Fact(
        .people(.resetConfirmed(account: id)),
        signed: "I have asked \(found.name), and the password given at \(Moment(reset.at)) is in this person's hands "
          + "alone")
    ]
  }
}

extension PeopleState {
  /// Refuses an account whose password was given by somebody else and not confirmed to be its person's: it signs nothing.
  func requirePasswordConfirmed(of id: AccountID) throws(Refusal) {
    guard let account = accounts[id], let reset = account.access.unconfirmedResets.last else { return }
    throw Refusal(
      "reset-unconfirmed",
      because: "The password of \(account.name) was given by \(reset.by) at \(Moment(reset.at)), and nobody has "
        + "confirmed that it reached the person.",
      remedy: "The principal investigator of the site, or the sponsor's signatory, confirms it; until then nothing "
        + "is signed with this account.")
  }
}
