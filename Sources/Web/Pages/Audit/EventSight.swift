import Conduct
import Ledger
import Trial

// Who may read an event. A role of a site acts within its sites (protocol, "Roles"): it reads what is of its site or of the whole
// study, and of another site it finds no trace: no participant, no account, no laboratory, no file that was taken out there.

extension Recorded where Event == TrialEvent {
  /// Whether somebody may read it.
  func isSeen(by acting: Acting, in state: TrialState) -> Bool {
    guard acting.role.isOfSite else { return true }
    let isOfOthers = actor.site.map { $0 != acting.site?.description } ?? false
    switch event {
    case .way(let id, _), .product(let id, _), .record(let id, _), .casebook(let id, _), .safety(let id, _),
      .grade(let id, _):
      return acting.sees(id, in: state)
    case .site(let site, _): return acting.sees(site)
    case .laboratory(let site, _): return site.map { acting.sees($0) } ?? true
    case .studyRecord, .study(.exported), .study(.enteredLate): return !isOfOthers
    case .study(let event): return event.isSeen(by: acting, in: state)
    case .people(let event): return event.isSeen(by: acting, in: state)
    }
  }
}

extension Recorded {
  /// Whether it says who did or signed it and that is one of some accounts.
  func names(anyOf accounts: Set<String>) -> Bool {
    accounts.contains(actor.account) || signatures.contains { accounts.contains($0.account.description) }
  }
}

extension TrialEvent {
  /// Whether it concerns accounts and access alone.
  var isOfAccounts: Bool {
    if case .people = self { true } else { false }
  }
}

extension StudyEvent {
  fileprivate func isSeen(by acting: Acting, in state: TrialState) -> Bool {
    switch self {
    case .slotAllotted(let participant), .slotFreed(let participant), .infusionBegun(let participant),
      .infusionTimeCorrected(let participant, _), .dltQuestionOpened(_, let participant, _, _, _),
      .boardDecidedOnParticipant(let participant, _, _):
      acting.sees(participant, in: state)
    case .dltAnswered(let number, _), .dltConfirmed(let number), .dltDisputed(let number, _),
      .dltDecided(let number, _, _):
      state.study.questions.first { $0.number == number }.map { acting.sees($0.participant, in: state) } ?? false
    case .opened(.site(let site)), .closed(.site(let site)): acting.sees(site)
    case .holdSet(let hold): hold.site.map { acting.sees($0) } ?? true
    default: true
    }
  }
}

extension PeopleEvent {
  fileprivate func isSeen(by acting: Acting, in state: TrialState) -> Bool {
    switch self {
    case .identityErased(let participant, _), .identityKept(let participant), .identityRead(_, let participant, _):
      acting.sees(participant, in: state)
    case .roleGranted(_, _, let site?), .roleWithdrawn(_, _, let site?, _),
      .delegationSigned(_, _, _, let site?, _, _, _):
      acting.sees(site)
    case .delegationAccepted(let number), .delegationEnded(let number, _):
      state.people.delegation(number).map { line in
        line.site.map { acting.sees($0) } ?? acting.sees(account: line.account, in: state)
      } ?? false
    case .accountsFounded: true
    default: account.map { acting.sees(account: $0, in: state) } ?? false
    }
  }

  /// Whose account it is about; nil where it is about none: an attempt under a name that is no account's.
  private var account: AccountID? {
    switch self {
    case .accountCreated(let account, _, _), .identityChecked(let account, _), .accountEnabled(let account),
      .accountDisabled(let account, _), .accountRevoked(let account, _), .roleGranted(let account, _, _),
      .roleWithdrawn(let account, _, _, _), .trained(let account, _), .delegationSigned(_, let account, _, _, _, _, _),
      .passwordSet(let account), .passwordReset(let account, _), .resetConfirmed(let account),
      .resetAcknowledged(let account), .secondFactorSet(let account), .secondFactorLost(let account, _),
      .recoveryCodeUsed(let account, _), .signedIn(let account), .signedInAtProvider(let account, _),
      .providerLinked(let account, _, _), .providerUnlinked(let account, _), .accountLocked(let account, _),
      .accountUnlocked(let account, _), .identityRead(let account, _, _):
      account
    case .authenticationFailed(let account, _, _): account
    case .accountsFounded, .delegationAccepted, .delegationEnded, .identityErased, .identityKept: nil
    }
  }
}

extension Acting {
  /// Whether whoever acts sees a participant: of their site where the role is a site's.
  func sees(_ participant: ParticipantID, in state: TrialState) -> Bool {
    sees(state.participants[participant]?.way.site)
  }

  /// Whether whoever acts sees an account: not one whose roles are all of other sites.
  func sees(account: AccountID, in state: TrialState) -> Bool {
    guard role.isOfSite else { return true }
    let grants = state.people.accounts[account]?.grants ?? []
    return grants.isEmpty || grants.contains { grant in grant.site.map { self.sees($0) } ?? true }
  }

  /// The accounts that whoever acts does not see: what their people did to the whole study is told, and not who they are.
  func hiddenAccounts(in state: TrialState) -> Set<String> {
    Set(state.people.accounts.keys.filter { !sees(account: $0, in: state) }.map(\.description))
  }
}
