public import ClinicalValues
public import Ledger

/// What happened to accounts.
public enum PeopleEvent: Sendable, Hashable, Codable {
  /// The study was set up with its first administrator and the sponsor's signatory; nothing stands before it.
  case accountsFounded(administrator: AccountID, administratorName: String, sponsor: AccountID, sponsorName: String)
  /// An account was made for a person. `namesakes` are accounts of the same name that belong to other people.
  case accountCreated(account: AccountID, name: String, namesakes: [AccountID])
  /// Somebody made sure who the person is.
  case identityChecked(account: AccountID, how: IdentityCheck)
  /// The account can be used from now on.
  case accountEnabled(account: AccountID)
  /// The account cannot be used until it is enabled again.
  case accountDisabled(account: AccountID, reason: String)
  /// The account can never be used again.
  case accountRevoked(account: AccountID, reason: String)

  /// A role was granted, for a site where the role is a site's.
  case roleGranted(account: AccountID, role: Role, site: SiteID?)
  /// A role was withdrawn.
  case roleWithdrawn(account: AccountID, role: Role, site: SiteID?, reason: String)
  /// Training was recorded.
  case trained(account: AccountID, training: Training)

  /// A delegation was signed by who delegates; it waits for the person's own signature.
  case delegationSigned(
    number: Int, account: AccountID, role: Role, site: SiteID?, tasks: [Permission], from: CalendarDate,
    to: CalendarDate?)
  /// The person signed it too.
  case delegationAccepted(number: Int)
  /// A delegation was ended.
  case delegationEnded(number: Int, reason: String)

  /// The person chose a password.
  case passwordSet(account: AccountID)
  /// An administrator gave a password that must be changed at once.
  case passwordReset(account: AccountID, reason: String)
  /// Somebody independent confirmed that the password that was given reached the person.
  case resetConfirmed(account: AccountID)
  /// The person said that they know of the reset.
  case resetAcknowledged(account: AccountID)
  /// The person set up a second factor.
  case secondFactorSet(account: AccountID)
  /// The second factor was lost, or its person took it out of use; it counts no more.
  case secondFactorLost(account: AccountID, reason: String)
  /// A recovery code stood in for the second factor; so many are left.
  case recoveryCodeUsed(account: AccountID, left: Int)

  /// Somebody signed in.
  case signedIn(account: AccountID)
  /// Somebody signed in at an identity provider that their account is linked to.
  case signedInAtProvider(account: AccountID, issuer: String)
  /// The person linked the account to their sign-in at a provider; the digest is of issuer and subject, and tells neither.
  case providerLinked(account: AccountID, issuer: String, subject: Digest)
  /// The person ended that.
  case providerUnlinked(account: AccountID, issuer: String)
  /// An attempt to sign in, or to sign, failed; no account where the name is none.
  case authenticationFailed(account: AccountID?, purpose: AuthenticationPurpose, cause: AuthenticationFailure)
  /// Too many attempts failed: locked until then.
  case accountLocked(account: AccountID, until: Instant)
  /// An administrator unlocked it.
  case accountUnlocked(account: AccountID, reason: String)

  /// The key of a participant's identity data was destroyed; nobody can read them any more.
  case identityErased(participant: ParticipantID, reason: String)
  /// Who a registered participant is was kept, where nothing was kept yet.
  case identityKept(participant: ParticipantID)
  /// Somebody read who a participant is, or a part of it.
  case identityRead(account: AccountID, participant: ParticipantID, part: IdentityPart)
}

/// What of a participant's identity data was read.
public enum IdentityPart: String, Sendable, Hashable, Codable, CaseIterable {
  /// All that is kept: name, birth date, contact, document.
  case person
  /// The birth date, where criteria rest on it.
  case birthDate
}

/// What somebody showed who they are for.
public enum AuthenticationPurpose: String, Sendable, Hashable, Codable, CaseIterable {
  case signIn, signature
}

/// Why somebody did not get in. It stands in the ledger; whoever tries is told less.
public enum AuthenticationFailure: String, Sendable, Hashable, Codable, CaseIterable {
  case unknownAccount, noPassword, wrongPassword, secondFactorMissing, wrongSecondFactor, locked, notEnabled
  /// The provider vouched for somebody whom no account is linked to.
  case notLinked
}
