import ClinicalValues
import Testing

@testable import Trial

struct AuthorityTests {
  @Test(arguments: Acting.everybody)
  func `regulatory 9: a delegated person may do what the role may, and nothing else`(_ actor: Acting) {
    let trial = PeopleScenario()
    for permission in Permission.allCases where permission != .ownAccount {
      let may = actor.role.extent(of: permission) != nil
      #expect(trial.refusal(actor, permission) == (may ? nil : "role-may-not"), "\(actor.role) \(permission)")
    }
  }

  @Test(arguments: Acting.everybody)
  func `people of a site act within it, the others everywhere`(_ actor: Acting) throws {
    var trial = PeopleScenario()
    trial.state.participants[.elsewhere] = ParticipantState(id: .elsewhere)
    let permission = try #require(actor.role.permissions.first)
    let isAt = { (site: SiteID) in !actor.role.isOfSite || actor.site == site }
    #expect(trial.refusal(actor, permission, sites: [.shanghai]) == (isAt(.shanghai) ? nil : "other-site"))
    #expect(trial.refusal(actor, permission, participants: [.elsewhere]) == (isAt(.shanghai) ? nil : "other-site"))
    #expect(trial.refusal(actor, permission, participants: [.first]) == (isAt(.berlin) ? nil : "other-site"))
  }

  @Test func `a participant belongs to the present site, not to that of the number`() {
    var trial = PeopleScenario()
    var moved = ParticipantState(id: .first)
    moved.way.site = .shanghai
    trial.state.participants[.first] = moved
    #expect(trial.refusal(.nurse, .recordData, participants: [.first]) == "other-site")
    #expect(trial.refusal(.investigatorElsewhere, .recordData, participants: [.first]) == nil)
  }

  @Test func `nobody acts in a role or for a site that was not granted to them`() {
    let trial = PeopleScenario()
    let account = Acting.nurse.account
    for (role, site, id) in [
      (Role.subInvestigator, SiteID.berlin as SiteID?, "role-not-held"), (.nurse, .shanghai, "role-not-held"),
      (.nurse, nil, "site-missing"), (.cellLaboratory, .berlin, "site-not-asked"),
    ] {
      #expect(trial.refusal(Acting(account: account, role: role, site: site), .recordCustody) == id)
    }
    #expect(
      trial.refusal(Acting(account: .named("nobody"), role: .nurse, site: .berlin), .recordData) == "unknown-account")
  }

  @Test func `regulatory 45: an act needs training that covers its moment, in the system and in the protocol`() {
    var trial = PeopleScenario()
    let number = trial.delegateAnna()
    trial.perform(AcceptDelegation(number: number), by: PeopleScenario.annaNurse)
    #expect(trial.refusal(PeopleScenario.annaNurse, .recordData) == nil)
    trial.version = "1.1"
    #expect(trial.refusal(PeopleScenario.annaNurse, .recordData) == "training-missing")
    trial.perform(RecordTraining(account: .anna, version: "1.1", from: trial.day()), by: .administrator)
    #expect(trial.refusal(PeopleScenario.annaNurse, .recordData) == nil)
  }

  @Test func `training that has run out stops the work until it is renewed`() {
    var trial = PeopleScenario()
    trial.perform(CreateAccount(account: .anna, name: "Anna Berg"), by: .administrator)
    trial.perform(CheckAccountIdentity(account: .anna, how: .document), by: .administrator)
    trial.perform(GrantRole(account: .anna, role: .administrator), by: .administrator)
    trial.perform(RecordTraining(account: .anna, from: trial.day(), to: trial.day(30)), by: .administrator)
    trial.perform(EnableAccount(account: .anna), by: .administrator)
    trial.perform(Appoint(DelegationTerms(account: .anna, role: .administrator, from: trial.day())), by: .sponsor)
    let anna = Acting(account: .anna, role: .administrator)
    trial.perform(AcceptDelegation(number: trial.people.delegations.count), by: anna)
    #expect(trial.refusal(anna, .manageAccounts) == nil)
    trial.wait(days: 31)
    #expect(trial.refusal(anna, .manageAccounts) == "training-missing")
    trial.perform(RecordTraining(account: .anna, from: trial.day()), by: .administrator)
    #expect(trial.refusal(anna, .manageAccounts) == nil)
  }

  @Test(arguments: [
    ("1.0", "1.0", true), ("1.1", "1.0", true), ("1.0", "1.1", false), ("1.10", "1.9", true), ("2", "1.5", true),
    ("draft", "1.0", false), ("draft", "draft", true),
  ])
  func `training in a later version serves for an earlier one, never the other way round`(
    _ trained: String, _ version: String, _ serves: Bool
  ) throws {
    #expect(Training(.protocolVersion(trained), from: .summer).serves(version) == serves)
    #expect(!Training(.system, from: .summer).serves(version))
  }

  @Test func `an account acts in its one role without naming it`() throws {
    var trial = PeopleScenario()
    let now = trial.now.instant
    #expect(try trial.people.acting(Acting.nurse.account, as: nil, at: nil, on: now) == .nurse)
    trial.perform(GrantRole(account: Acting.nurse.account, role: .nurse, site: .shanghai), by: .administrator)
    #expect(throws: Refusal.self) { try trial.people.acting(Acting.nurse.account, as: .nurse, at: nil, on: now) }
    #expect(try trial.people.acting(Acting.nurse.account, as: nil, at: .berlin, on: now) == .nurse)
    #expect(throws: Refusal.self) { try trial.people.acting(Acting.nurse.account, as: .monitor, at: nil, on: now) }
  }

  @Test func `who can do something is found for a remedy`() {
    let trial = PeopleScenario()
    let holders = trial.people.holders(of: .releaseProduct, at: trial.now, under: "1.0")
    #expect(holders == [.qualityAssurance, .otherQualityAssurance])
    let atBerlin = trial.people.holders(of: .judgeAndSign, site: .berlin, at: trial.now, under: "1.0")
    #expect(Set(atBerlin) == [.principalInvestigator, .investigator])
  }
}
