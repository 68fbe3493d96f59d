internal import ClinicalValues
public import Ledger

/// Accounts, their roles and training, and the delegation log.
public struct PeopleState: Sendable, Hashable {
  /// Every account that ever was, by id.
  public private(set) var accounts: [AccountID: Account] = [:]
  /// The delegation log, in order; the first line is number 1.
  public private(set) var delegations: [Delegation] = []
  /// Whom the study was set up with: they act without delegation, each in the one role.
  public private(set) var founders: [AccountID: Role] = [:]
  /// Participants whose identity data were erased.
  public private(set) var erased: Set<ParticipantID> = []
  /// Failed attempts under names that are no account.
  public private(set) var unknownAttempts = 0

  /// Nobody.
  public init() {}

  /// The name of a person; the account's id where there is none of it.
  public func name(of account: AccountID) -> String { accounts[account]?.name ?? account.description }

  /// The account that is linked to a subject of a provider; nil where none is.
  public func account(at issuer: String, subject: Digest) -> Account? {
    accounts.values.first { $0.access.providers[issuer] == subject }
  }

  /// A line of the delegation log; nil if there is none of that number.
  public func delegation(_ number: Int) -> Delegation? {
    delegations.indices.contains(number - 1) ? delegations[number - 1] : nil
  }

  /// The state after one more event.
  public mutating func apply(_ recorded: Recorded<PeopleEvent>) {
    let at = recorded.recorded
    switch recorded.event {
    case .accountsFounded(let administrator, let administratorName, let sponsor, let sponsorName):
      found(administrator, administratorName, .administrator, at)
      found(sponsor, sponsorName, .sponsor, at)
    case .accountCreated(let id, let name, _): accounts[id] = Account(id: id, name: name)
    case .identityChecked(let id, let how): accounts[id]?.identityCheck = how
    case .accountEnabled(let id): accounts[id]?.standing = .enabled
    case .accountDisabled(let id, _): accounts[id]?.standing = .disabled
    case .accountRevoked(let id, _): accounts[id]?.standing = .revoked
    case .roleGranted(let id, let role, let site):
      accounts[id]?.grants.append(RoleGrant(role: role, site: site, granted: at))
    case .roleWithdrawn(let id, let role, let site, _): withdraw(role, of: id, at: site, at)
    case .trained(let id, let training): accounts[id]?.training.append(training)
    case .delegationSigned(let number, let id, let role, let site, let tasks, let from, let to):
      delegations.append(
        Delegation(
          number: number, account: id, role: role, site: site, tasks: tasks, from: from, to: to,
          delegator: recorded.signatures.first))
      vouch(for: id, by: recorded.actor.account)
    case .delegationAccepted(let number):
      change(number) {
        $0.accepted = recorded.signatures.first
        $0.effective = at
      }
    case .delegationEnded(let number, let reason):
      change(number) {
        $0.ended = at
        $0.endReason = reason
      }
    case .identityErased(let participant, _): erased.insert(participant)
    case .identityKept, .identityRead: break
    case .passwordSet, .passwordReset, .resetConfirmed, .resetAcknowledged, .secondFactorSet, .secondFactorLost,
      .recoveryCodeUsed, .signedIn, .signedInAtProvider, .providerLinked, .providerUnlinked, .authenticationFailed,
      .accountLocked, .accountUnlocked:
      applyAccess(recorded)
    }
  }

  /// The clock was ahead and is right from now on: what ended by it has ended, though its time is still to come.
  mutating func clockSetRight(at now: Instant) {
    for id in accounts.keys {
      for index in accounts[id]?.grants.indices ?? 0..<0 {
        if let withdrawn = accounts[id]?.grants[index].withdrawn, now < withdrawn {
          accounts[id]?.grants[index].withdrawn = now
        }
      }
    }
    for index in delegations.indices {
      if let ended = delegations[index].ended, now < ended { delegations[index].ended = now }
    }
  }

  private mutating func applyAccess(_ recorded: Recorded<PeopleEvent>) {
    let at = recorded.recorded
    switch recorded.event {
    case .passwordSet(let id):
      accounts[id]?.access.hasPassword = true
      accounts[id]?.access.mustChangeSince = nil
    case .passwordReset(let id, _):
      accounts[id]?.access.hasPassword = true
      accounts[id]?.access.mustChangeSince = at
      notify(id, .passwordReset, recorded)
      awaitConfirmation(id, recorded)
    case .resetConfirmed(let id): accounts[id]?.access.unconfirmedResets = []
    case .resetAcknowledged(let id):
      accounts[id]?.access.resetUnacknowledged = false
      accounts[id]?.access.notices = []
    case .secondFactorSet(let id): accounts[id]?.access.hasSecondFactor = true
    case .secondFactorLost(let id, _):
      accounts[id]?.access.hasSecondFactor = false
      notify(id, .secondFactorRemoved, recorded)
    case .providerLinked(let id, let issuer, let subject): accounts[id]?.access.providers[issuer] = subject
    case .providerUnlinked(let id, let issuer): accounts[id]?.access.providers[issuer] = nil
    case .signedIn(let id), .signedInAtProvider(let id, _):
      accounts[id]?.access.forgetFailures()
      let previous = accounts[id]?.access.lastSignIn
      accounts[id]?.access.previousSignIn = previous
      accounts[id]?.access.lastSignIn = at
      // Whoever signs in after a reset may be who gave the password: its person has yet to be told.
      if accounts[id]?.access.resetUnacknowledged != true { accounts[id]?.access.notices = [] }
    case .authenticationFailed(let id?, let purpose, let cause):
      accounts[id]?.access.lastFailure = at
      // An attempt while locked does not lengthen the lock, or anybody could lock anybody out for ever.
      if cause != .locked { accounts[id]?.access.count(failureAt: purpose) }
    case .authenticationFailed(nil, _, _): unknownAttempts += 1
    case .accountLocked(let id, let until):
      accounts[id]?.access.lock(until: until)
      notify(id, .locked, recorded)
    case .accountUnlocked(let id, _):
      accounts[id]?.access.forgetFailures()
      notify(id, .unlocked, recorded)
    default: break
    }
  }

  /// A password that was given waits until it is confirmed, and, but for a first one, until its person knows of it.
  private mutating func awaitConfirmation(_ id: AccountID, _ recorded: Recorded<PeopleEvent>) {
    let isFirst = founders[id] == nil && !delegations.contains { $0.account == id }
    accounts[id]?.access.unconfirmedResets
      .append(PasswordReset(at: recorded.recorded, by: recorded.actor.account, isFirst: isFirst))
    if !isFirst { accounts[id]?.access.resetUnacknowledged = true }
  }

  /// Who delegates something to a new account vouches for its first password by that signature.
  private mutating func vouch(for id: AccountID, by delegator: String) {
    accounts[id]?.access.unconfirmedResets.removeAll { $0.isFirst && $0.by != delegator }
  }

  private mutating func found(_ id: AccountID, _ name: String, _ role: Role, _ at: Instant) {
    var account = Account(id: id, name: name)
    account.standing = .enabled
    account.grants = [RoleGrant(role: role, site: nil, granted: at)]
    accounts[id] = account
    founders[id] = role
  }

  private mutating func withdraw(_ role: Role, of id: AccountID, at site: SiteID?, _ at: Instant) {
    guard
      let index = accounts[id]?.grants.firstIndex(where: { $0.role == role && $0.site == site && $0.withdrawn == nil })
    else { return }
    accounts[id]?.grants[index].withdrawn = at
  }

  private mutating func change(_ number: Int, _ change: (inout Delegation) -> Void) {
    guard delegations.indices.contains(number - 1) else { return }
    change(&delegations[number - 1])
  }

  /// The person is told of what somebody else did to the account, not of what they did themselves.
  private mutating func notify(_ id: AccountID, _ kind: AccountNotice.Kind, _ recorded: Recorded<PeopleEvent>) {
    guard kind == .locked || recorded.actor.account != id.description else { return }
    accounts[id]?.access.notices.append(AccountNotice(kind: kind, at: recorded.recorded, by: recorded.actor.account))
  }
}
