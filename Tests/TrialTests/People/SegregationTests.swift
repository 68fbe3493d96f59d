import ClinicalValues
import Testing

@testable import Trial

struct SegregationTests {
  @Test(arguments: [
    Role.monitor, .safetyOfficer, .safetyBoard, .statistician, .administrator, .inspector, .sponsor,
  ])
  func `regulatory 9: a role that stands alone is refused beside another, and the other way round`(_ role: Role) {
    for other in Role.allCases where other != role {
      for (first, second) in [(role, other), (other, role)] {
        var trial = PeopleScenario()
        trial.prepareAnna()
        func grant(_ role: Role) -> GrantRole {
          GrantRole(account: .anna, role: role, site: role.isOfSite ? .berlin : nil)
        }
        #expect(trial.perform(grant(first), by: .administrator) == nil)
        #expect(trial.perform(grant(second), by: .administrator) == "duties-segregated", "\(first), \(second)")
      }
    }
  }

  @Test func `quality assurance and cell laboratory are never one person, also not one after the other`() {
    for (first, second) in [(Role.cellLaboratory, Role.qualityAssurance), (.qualityAssurance, .cellLaboratory)] {
      var trial = PeopleScenario()
      trial.prepareAnna()
      trial.perform(GrantRole(account: .anna, role: first), by: .administrator)
      let grant = GrantRole(account: .anna, role: second)
      #expect(trial.perform(grant, by: .administrator) == "duties-segregated")
      trial.perform(WithdrawRole(account: .anna, role: first, reason: "moves on"), by: .administrator)
      #expect(trial.perform(grant, by: .administrator) == "duties-segregated")
    }
  }

  @Test func `a role that stands alone is free again once the other was withdrawn`() {
    var trial = PeopleScenario()
    trial.prepareAnna()
    trial.perform(GrantRole(account: .anna, role: .nurse, site: .berlin), by: .administrator)
    trial.perform(
      WithdrawRole(account: .anna, role: .nurse, site: .berlin, reason: "moves on"), by: .administrator)
    #expect(trial.perform(GrantRole(account: .anna, role: .monitor, site: .berlin), by: .administrator) == nil)
  }

  @Test func `roles of one site, and one role at two sites, go together`() {
    var trial = PeopleScenario()
    trial.prepareAnna()
    for (role, site) in [(Role.nurse, SiteID.berlin), (.coordinator, .berlin), (.nurse, .shanghai)] {
      #expect(trial.perform(GrantRole(account: .anna, role: role, site: site), by: .administrator) == nil)
    }
    #expect(
      trial.perform(GrantRole(account: .anna, role: .nurse, site: .berlin), by: .administrator) == "role-held")
  }

  @Test func `a role of a site names a site that there is; one of no site names none`() {
    var trial = PeopleScenario()
    trial.prepareAnna()
    #expect(trial.perform(GrantRole(account: .anna, role: .nurse), by: .administrator) == "site-missing")
    #expect(
      trial.perform(GrantRole(account: .anna, role: .cellLaboratory, site: .berlin), by: .administrator)
        == "site-not-asked")
    let nowhere = known { try SiteID("77") }
    #expect(
      trial.perform(GrantRole(account: .anna, role: .nurse, site: nowhere), by: .administrator) == "unknown-site")
  }

  @Test func `regulatory 32: a withdrawn role is gone at once`() {
    var trial = PeopleScenario()
    #expect(trial.refusal(.nurse, .bedsideAndInfusion) == nil)
    let withdraw = WithdrawRole(account: Acting.nurse.account, role: .nurse, site: .berlin, reason: "moves on")
    #expect(trial.perform(withdraw, by: .administrator) == nil)
    #expect(trial.refusal(.nurse, .bedsideAndInfusion) == "role-not-held")
    #expect(trial.perform(withdraw, by: .administrator) == "role-not-held")
  }
}
