public import ClinicalValues

/// A password that an administrator gave, until somebody independent has confirmed that it reached its person.
///
/// Whoever gives a password knows it first. Until it is confirmed, nothing is done with the account but what is its person's own
/// affair and what only closes or stops, and nothing is signed.
public struct PasswordReset: Sendable, Hashable {
  /// When it was given.
  public let at: Instant
  /// The account that gave it.
  public let by: String
  /// Whether the account had never been delegated anything: a delegation that is signed after it vouches for it.
  public let isFirst: Bool
}

extension Situation {
  /// Refuses whoever acts, or acts along, with a password that was given by somebody else and not confirmed to be its person's:
  /// two people could be one who knows both passwords.
  func requirePasswordsConfirmed(for permission: Permission, onlyCloses: Bool) throws(Refusal) {
    for person in [actor] + together {
      try state.people.requirePasswordConfirmed(of: person.account, for: permission, onlyCloses: onlyCloses)
    }
  }

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
  /// Whether nobody is left who could confirm a password: those of every principal investigator and of the sponsor's signatory wait
  /// themselves.
  var lacksConfirmer: Bool {
    !accounts.values.contains { account in
      account.standing == .enabled && account.access.unconfirmedResets.isEmpty && account.confirmsPasswords
    }
  }

  /// Refuses an account whose password was given by somebody else and not confirmed to be its person's, but for what everybody
  /// does with their own, and for what only closes or stops: a hold, the end of an infusion, wait for no telephone call.
  public func requirePasswordConfirmed(
    of id: AccountID, for permission: Permission, onlyCloses: Bool = false
  ) throws(Refusal) {
    if permission != .ownAccount, !onlyCloses { try requirePasswordConfirmed(of: id) }
  }

  /// The same for whatever is signed.
  func requirePasswordConfirmed(of id: AccountID) throws(Refusal) {
    guard let account = accounts[id], let reset = account.access.unconfirmedResets.last else { return }
    throw Refusal(
      "reset-unconfirmed",
      because: "The password of \(account.name) was given by \(reset.by) at \(Moment(reset.at)), and nobody has "
        + "confirmed that it reached the person.",
      remedy: lacksConfirmer && account.confirmsPasswords
        ? "The safety officer (account confirm-reset-for-safety) confirms it, since nobody else can; until then nothing "
          + "is done with this account."
        : "The principal investigator of the site (account confirm-reset) or the sponsor's signatory "
          + "(account confirm-reset-for-sponsor) confirms it; until then nothing is done with this account.")
  }
}

extension Account {
  /// Whether its person confirms the passwords of others.
  var confirmsPasswords: Bool {
    grants.contains { $0.withdrawn == nil && ($0.role == .principalInvestigator || $0.role == .sponsor) }
  }
}
