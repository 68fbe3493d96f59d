import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

extension Director {
  /// Founds the study, makes the accounts, and opens study, sites and cohorts.
  mutating func setUp(study: String) async throws {
    doing = "set-up"
    let admin = try cast.acting(.administrator)
    let sponsor = try cast.acting(.sponsor)
    try await live.found(
      Founding(
        study: study, synthetic: true, administrator: admin.account, administratorName: name(admin),
        sponsor: sponsor.account, sponsorName: name(sponsor)),
      administratorPassword: password(of: admin.account), sponsorPassword: password(of: sponsor.account),
      origin: .commandLine)
    clock.advance(minutes: 10)
    for site in cast.sites {
      try await act(AddSite(site: site.id, name: site.name, zone: site.zone), by: admin)
    }
    for member in cast.members where ![.administrator, .sponsor].contains(member.role) {
      try await makeAccount(for: member, by: admin)
    }
    clock.advance(minutes: 60 * 24)
    for member in cast.members where ![.administrator, .sponsor].contains(member.role) {
      try await delegate(member, sponsor: sponsor)
    }
    for member in cast.all(.safetyBoard) {
      try await act(
        AppointBoardMember(account: member.account, isStatistician: member.account.description == "i.halvorsen"),
        by: sponsor)
    }
  }

  private func name(_ acting: Acting) -> String {
    cast.members.first { $0.account == acting.account }?.name ?? acting.account.description
  }

  /// The password with which somebody signs while the demonstration is built; it is replaced at the end.
  private mutating func password(of account: AccountID) -> String {
    let text = "while it is built \(numbers.next()) \(numbers.next())"
    passwords[account] = text
    return text
  }

  private mutating func makeAccount(for member: CastMember, by admin: Acting) async throws {
    let account = member.account
    let today = ZoneClock.moment(clock.now, zone: "UTC").date
    try await act(CreateAccount(account: account, name: member.name), by: admin)
    try await act(CheckAccountIdentity(account: account, how: .document), by: admin)
    try await act(GrantRole(account: account, role: member.role, site: member.site), by: admin)
    try await act(RecordTraining(account: account, from: today), by: admin)
    if member.role.needsProtocolTraining, let first = shelf.editions.first {
      try await act(RecordTraining(account: account, version: first.version.version, from: today), by: admin)
    }
    try await act(EnableAccount(account: account), by: admin)
    try await act(ResetPassword(account: account, reason: "The first password."), by: admin)
    let given = try await authenticator.givePassword(to: account, now: clock.now)
    try await live.changePassword(
      Claim(account: account.description, password: given), to: password(of: account), origin: .commandLine)
  }

  private mutating func delegate(_ member: CastMember, sponsor: Acting) async throws {
    let today = ZoneClock.moment(clock.now, zone: cast.zone(of: member.site)).date
    let terms = DelegationTerms(account: member.account, role: member.role, site: member.site, from: today)
    if member.role.isDelegatedBySite {
      try await act(Delegate(terms), by: try cast.acting(.principalInvestigator, member.site))
    } else {
      try await act(Appoint(terms), by: sponsor)
    }
    let number = try await live.state().people.delegations.count
    try await act(AcceptDelegation(number: number), by: member.acting)
  }

  /// Puts a protocol version in force, tested and with every provisional item adopted.
  mutating func putInForce(_ edition: ProtocolShelf.Edition, appliesTo scope: AmendmentScope) async throws {
    let investigator = try cast.acting(.principalInvestigator, cast.sites.first?.id)
    let version = edition.version
    let report = document("Configuration test of protocol \(version.version): all tests passed.")
    try await act(
      SignConfigurationTest(
        version: version.version, digest: version.digest, report: report.digest, tests: 212, failures: 0),
      by: investigator, attachments: [report.bytes])
    try await act(
      PutProtocolInForce(version: version.version, digest: version.digest, appliesTo: scope), by: investigator)
    try await act(
      AdoptProvisional(items: version.provisional, version: version.version, digest: version.digest),
      by: investigator)
  }

  /// Opens study, sites and cohorts for enrollment, and puts the first consent form in force.
  mutating func open() async throws {
    doing = "opening"
    guard let first = shelf.editions.first else { return }
    try await putInForce(first, appliesTo: .all)
    let investigator = try cast.acting(.principalInvestigator, cast.sites.first?.id)
    try await act(OpenForEnrollment(scope: .study), by: investigator)
    for cohort in first.version.cohorts { try await act(OpenForEnrollment(scope: .cohort(cohort)), by: investigator) }
    for site in cast.sites {
      let own = try cast.acting(.principalInvestigator, site.id)
      try await act(PutConsentInForce(site: site.id, version: "1.0", signedAnewBy: .nobody), by: own)
      try await act(OpenForEnrollment(scope: .site(site.id)), by: own)
    }
    try await ranges()
  }
}
