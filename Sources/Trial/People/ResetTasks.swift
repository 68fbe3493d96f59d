import ClinicalValues

extension PeopleState {
  /// Passwords that administrators gave and of which somebody independent has still to confirm that they reached the person,
  /// who does nothing until then: one task an account, at each of its sites, by the sponsor's signatory too. Where nobody is left
  /// who could confirm, it is asked of the safety officer, of one of those who then can.
  ///
  /// A first password waits for nobody while nothing is delegated: the delegation itself vouches for it.
  var resetTasks: [StudyTask] {
    accounts.values.sorted { $0.id < $1.id }.flatMap { account -> [StudyTask] in
      guard account.standing == .enabled, let reset = account.access.unconfirmedResets.last,
        !reset.isFirst || delegations.contains(where: { $0.account == account.id })
      else { return [] }
      let held = account.grants.filter { $0.withdrawn == nil }
      let title =
        "Confirm that the password given to \(account.name) at \(Moment(reset.at)) reached its person; until then nothing "
        + "is done with the account."
      // The sponsor's own signatory is confirmed by a principal investigator: there is nobody else of the sponsor to ask.
      let isSponsor = held.contains { $0.role == .sponsor }
      let last = lacksConfirmer && account.confirmsPasswords ? Role.allowed(ConfirmResetForSafety.permission) : []
      let roles = Role.allowed(isSponsor ? ConfirmReset.permission : ConfirmResetForSponsor.permission) + last
      let sites = Set(held.compactMap(\.site)).sorted()
      guard !sites.isEmpty, !isSponsor else { return [task(title, account, roles, at: nil, since: reset.at)] }
      return sites.map { task(title, account, Role.allowed(ConfirmReset.permission) + roles, at: $0, since: reset.at) }
    }
  }

  private func task(
    _ title: String, _ account: Account, _ roles: [Role], at site: SiteID?, since: Instant
  ) -> StudyTask {
    StudyTask(.confirmReset, title, roles: roles, site: site, since: Moment(since).date, about: .account(account.id))
  }
}
