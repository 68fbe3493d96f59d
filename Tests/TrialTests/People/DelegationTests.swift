import ClinicalValues
import Testing

@testable import Trial

struct DelegationTests {
  let nurse = PeopleScenario.annaNurse

  @Test func `a delegation takes effect with the second of its two signatures`() {
    var trial = PeopleScenario()
    let number = trial.delegateAnna()
    #expect(trial.people.delegation(number)?.delegator?.account == Acting.principalInvestigator.account)
    #expect(trial.refusal(nurse, .recordData) == "not-delegated")
    trial.wait(hours: 2)
    #expect(trial.perform(AcceptDelegation(number: number), by: nurse) == nil)
    #expect(trial.people.delegation(number)?.accepted?.meaning == "I accept these tasks as nurse")
    #expect(trial.refusal(nurse, .recordData) == nil)
    #expect(trial.refusal(nurse, .bedsideAndInfusion) == nil)
  }

  @Test func `every act is checked against the delegation at the moment it happened`() {
    var trial = PeopleScenario()
    let number = trial.delegateAnna(to: trial.day(10))
    trial.wait(hours: 2)
    trial.perform(AcceptDelegation(number: number), by: nurse)
    trial.wait(days: 3)
    #expect(trial.refusal(nurse, .recordData, at: trial.now.adding(days: -2)) == nil)
    // Before the second signature nothing was delegated, the day alone does not count.
    #expect(trial.refusal(nurse, .recordData, at: trial.now.adding(days: -3, hours: -1)) == "not-delegated")
    trial.wait(days: 7)
    #expect(trial.refusal(nurse, .recordData) == nil)
    trial.wait(days: 1)
    #expect(trial.refusal(nurse, .recordData) == "not-delegated")
    // Who is no longer on the log records nothing any more, also not of the days when they were.
    #expect(trial.refusal(nurse, .recordData, at: trial.now.adding(days: -5)) == "not-delegated")
  }

  @Test func `somebody who is named in a command was allowed to do it when it happened, though gone since`() throws {
    var trial = PeopleScenario()
    let number = trial.delegateAnna()
    trial.perform(AcceptDelegation(number: number), by: nurse)
    trial.wait(days: 2)
    let then = trial.now.adding(days: -1)
    trial.perform(EndDelegation(number: number, reason: "has left"), by: .principalInvestigator)
    trial.perform(RevokeAccount(account: .anna, reason: "has left"), by: .administrator)
    try trial.situation(by: .coordinator, at: then).requireAllowed(nurse, to: .recordData)
    #expect(throws: Refusal.self) { try trial.situation(by: .coordinator).requireAllowed(nurse, to: .recordData) }
  }

  @Test func `only the tasks of the log are delegated`() {
    var trial = PeopleScenario()
    let number = trial.delegateAnna(tasks: [.recordData])
    trial.perform(AcceptDelegation(number: number), by: nurse)
    #expect(trial.refusal(nurse, .recordData) == nil)
    #expect(trial.refusal(nurse, .bedsideAndInfusion) == "task-not-delegated")
  }

  @Test func `tasks that are not the role's, and none at all, are not delegated`() {
    var trial = PeopleScenario()
    trial.prepareAnna()
    trial.perform(GrantRole(account: .anna, role: .nurse, site: .berlin), by: .administrator)
    for (tasks, id) in [([Permission.judgeAndSign], "task-not-of-role"), ([], "tasks-missing")] {
      let terms = DelegationTerms(account: .anna, role: .nurse, site: .berlin, tasks: tasks, from: trial.day())
      #expect(trial.perform(Delegate(terms), by: .principalInvestigator) == id)
    }
  }

  @Test func `the principal investigator delegates to the site, the sponsor's signatory to the others`() {
    for role in Role.allCases where role != .sponsor {
      var trial = PeopleScenario()
      trial.prepareAnna()
      let site: SiteID? = role.isOfSite ? .berlin : nil
      #expect(trial.perform(GrantRole(account: .anna, role: role, site: site), by: .administrator) == nil)
      let terms = DelegationTerms(account: .anna, role: role, site: site, from: trial.day())
      let bySite = trial.perform(Delegate(terms), by: .principalInvestigator)
      let isOfSite: Set<Role> = [.subInvestigator, .coordinator, .nurse]
      #expect(bySite == (isOfSite.contains(role) ? nil : "delegated-by-sponsor"), "\(role)")
      let bySponsor = trial.perform(Appoint(terms), by: .sponsor)
      #expect(bySponsor == (isOfSite.contains(role) ? "delegated-by-site" : nil), "\(role)")
    }
  }

  @Test func `a principal investigator delegates for the own site only`() {
    var trial = PeopleScenario()
    trial.prepareAnna()
    trial.perform(GrantRole(account: .anna, role: .nurse, site: .shanghai), by: .administrator)
    let terms = DelegationTerms(account: .anna, role: .nurse, site: .shanghai, from: trial.day())
    #expect(trial.perform(Delegate(terms), by: .principalInvestigator) == "other-site")
  }

  @Test(arguments: Acting.everybody.filter { ![.principalInvestigator, .sponsor].contains($0.role) })
  func `nobody else delegates`(_ actor: Acting) {
    var trial = PeopleScenario()
    trial.prepareAnna()
    trial.perform(GrantRole(account: .anna, role: .nurse, site: .berlin), by: .administrator)
    let terms = DelegationTerms(account: .anna, role: .nurse, site: .berlin, from: trial.day())
    #expect(trial.perform(Delegate(terms), by: actor) == "role-may-not")
    #expect(trial.perform(Appoint(terms), by: actor) == "role-may-not")
  }

  @Test func `only the person accepts, in that role, and once`() {
    var trial = PeopleScenario()
    let number = trial.delegateAnna()
    #expect(trial.perform(AcceptDelegation(number: number), by: .nurse) == "not-yours")
    #expect(trial.perform(AcceptDelegation(number: number), by: .administrator) == "not-yours")
    #expect(trial.perform(AcceptDelegation(number: 999), by: nurse) == "unknown-delegation")
    trial.perform(GrantRole(account: .anna, role: .coordinator, site: .berlin), by: .administrator)
    let coordinator = Acting(account: .anna, role: .coordinator, site: .berlin)
    #expect(trial.perform(AcceptDelegation(number: number), by: coordinator) == "other-role")
    #expect(trial.perform(AcceptDelegation(number: number), by: nurse) == nil)
    #expect(trial.perform(AcceptDelegation(number: number), by: nurse) == "delegation-settled")
  }

  @Test func `a delegation ends at once, by who can sign it, with a reason`() {
    var trial = PeopleScenario()
    let number = trial.delegateAnna()
    trial.perform(AcceptDelegation(number: number), by: nurse)
    #expect(trial.perform(EndAppointment(number: number, reason: "left"), by: .sponsor) == "delegated-by-site")
    #expect(trial.perform(EndDelegation(number: number, reason: ""), by: .principalInvestigator) == "reason-missing")
    #expect(trial.perform(EndDelegation(number: number, reason: "left"), by: .principalInvestigator) == nil)
    #expect(trial.refusal(nurse, .recordData) == "not-delegated")
    #expect(
      trial.perform(EndDelegation(number: number, reason: "left"), by: .principalInvestigator) == "delegation-settled")
  }

  @Test func `a second line for the same role waits until the first has ended`() {
    var trial = PeopleScenario()
    let number = trial.delegateAnna()
    let terms = DelegationTerms(account: .anna, role: .nurse, site: .berlin, from: trial.day())
    #expect(trial.perform(Delegate(terms), by: .principalInvestigator) == "delegated-already")
    trial.perform(EndDelegation(number: number, reason: "other tasks"), by: .principalInvestigator)
    #expect(trial.perform(Delegate(terms), by: .principalInvestigator) == nil)
  }

  @Test func `a role that was not granted, and one's own, is not delegated`() {
    var trial = PeopleScenario()
    trial.prepareAnna()
    let terms = DelegationTerms(account: .anna, role: .nurse, site: .berlin, from: trial.day())
    #expect(trial.perform(Delegate(terms), by: .principalInvestigator) == "role-not-held")
    let own = DelegationTerms(
      account: Acting.principalInvestigator.account, role: .nurse, site: .berlin, from: trial.day())
    #expect(trial.perform(Delegate(own), by: .principalInvestigator) == "own-account")
  }

  @Test func `the log shows each line as it stands`() {
    var trial = PeopleScenario()
    let number = trial.delegateAnna(to: trial.day(1))
    func standing() -> DelegationLogRow.Standing? {
      trial.people.delegationLog(site: .berlin, at: trial.now).first { $0.delegation.number == number }?.standing
    }
    #expect(standing() == .awaitsAcceptance)
    trial.perform(AcceptDelegation(number: number), by: nurse)
    #expect(standing() == .inForce)
    trial.wait(days: 2)
    #expect(standing() == .past)
    #expect(trial.people.delegationLog(site: .shanghai, at: trial.now).allSatisfy { $0.delegation.site == .shanghai })
  }
}
