import Trial

// Who and where: participants, accounts, sites, lines of the delegation log.

extension FieldChoices {
  func ofPeople(_ reference: FieldReference, _ field: CommandForm.Field) -> [FieldChoice] {
    switch reference {
    case .participant:
      state.participants.values.filter(sees).sorted { $0.id < $1.id }
        .map { FieldChoice($0.id, .status($0.status(at: moment))) }
    case .account: accounts(field)
    case .site: sites(field)
    case .delegation:
      state.people.delegations.filter { actor.sees($0.site) || $0.account == actor.account }.map { line in
        FieldChoice(
          line.number, .person(state.people.name(of: line.account), [line.role]),
          fits: line.ended == nil
            && (!isOne(of: AcceptDelegation.self) || line.accepted == nil && line.account == actor.account))
      }
    default: []
    }
  }

  private func accounts(_ field: CommandForm.Field) -> [FieldChoice] {
    let fitting: Set<AccountID>?
    if field.key == "obtainedBy" {
      fitting = Set(holders(of: .recordData).map(\.account))
    } else if isOne(of: ReleaseBoardMember.self) {
      fitting = Set(state.study.boardMembers.keys)
    } else if isOne(of: AcknowledgeReset.self) {
      fitting = [actor.account]
    } else if isOne(of: EnableAccount.self) {
      fitting = Set(state.people.accounts.values.filter { $0.standing != .enabled }.map(\.id))
    } else {
      fitting = nil
    }
    return state.people.accounts.values.filter(isKnown).sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map { account in
      FieldChoice(
        account.id, .person(account.name, account.rolesHeld), fits: fitting?.contains(account.id) ?? true)
    }
  }

  /// Whether whoever asks may know of an account: a role of a site knows those of its own.
  private func isKnown(_ account: Account) -> Bool {
    !actor.role.isOfSite || account.id == actor.account || account.grants.contains { $0.site == actor.site }
  }

  private func sites(_ field: CommandForm.Field) -> [FieldChoice] {
    let own = isOne(of: ChangeSite.self) ? participant?.way.site : nil
    // Where somebody moves to is another site; else a role of a site knows of its own alone.
    let known = state.sites.values.filter { isOne(of: ChangeSite.self) || actor.sees($0.id) }
    return known.sorted { $0.id < $1.id }.map { site in
      FieldChoice(site.id, .written(site.name), fits: site.id != own)
    }
  }

  /// Who may do something now where it is done.
  func holders(of permission: Permission) -> [Acting] {
    state.people.holders(
      of: permission, site: participant?.way.site ?? actor.site, at: moment, under: edition.version.version)
  }
}

extension Account {
  /// The roles that it has and that were not withdrawn, each once.
  fileprivate var rolesHeld: [Role] {
    Role.allCases.filter { role in grants.contains { $0.role == role && $0.withdrawn == nil } }
  }
}
