import ClinicalValues
import Testing

@testable import Trial

struct AccountTests {
  @Test func `an administrator makes an account for a person`() {
    var trial = PeopleScenario()
    #expect(trial.perform(CreateAccount(account: .anna, name: "  Anna   Berg "), by: .administrator) == nil)
    #expect(trial.people.accounts[.anna]?.name == "Anna Berg")
    #expect(trial.people.accounts[.anna]?.standing == .prepared)
  }

  @Test(arguments: Acting.everybody.filter { $0.role != .administrator })
  func `nobody else makes accounts`(_ actor: Acting) {
    var trial = PeopleScenario()
    #expect(trial.perform(CreateAccount(account: .anna, name: "Anna Berg"), by: actor) == "role-may-not")
  }

  @Test(arguments: ["study.nurse", "lab1", "admin", "shared-ward", "guest", "qa"])
  func `regulatory 8: an account that names a function, not a person, is refused`(_ id: String) {
    var trial = PeopleScenario(staffed: false)
    trial.state.people = PeopleState.founded
    let command = CreateAccount(account: .named(id), name: "Anna Berg")
    #expect(trial.perform(command, by: .foundingAdministrator) == "account-not-a-person")
  }

  @Test(arguments: ["Night Nurse", "Ward 3", "QA", "Dr. Test", "Cell Lab", "12345", "Study Team", ""])
  func `regulatory 8: a name that is no person's is refused`(_ name: String) {
    var trial = PeopleScenario()
    #expect(trial.perform(CreateAccount(account: .anna, name: name), by: .administrator) == "account-not-a-person")
  }

  @Test(arguments: ["Anna Ward", "王芳", "Sukarno", "Jean-Luc O'Neill", "Dr. Anna Berg", "Guest Anna"])
  func `names of people are taken, whatever their form`(_ name: String) {
    var trial = PeopleScenario()
    #expect(trial.perform(CreateAccount(account: .anna, name: name), by: .administrator) == nil)
  }

  @Test func `regulatory 29: the id of an account is never used again, also not of a revoked one`() {
    var trial = PeopleScenario()
    trial.prepareAnna()
    #expect(trial.perform(CreateAccount(account: .anna, name: "Other One"), by: .administrator) == "account-exists")
    trial.perform(RevokeAccount(account: .anna, reason: "has left"), by: .administrator)
    #expect(trial.perform(CreateAccount(account: .anna, name: "Anna Berg"), by: .administrator) == "account-exists")
    #expect(trial.perform(EnableAccount(account: .anna), by: .administrator) == "account-revoked")
  }

  @Test func `one person has one account, unless somebody says that these are two people`() {
    var trial = PeopleScenario()
    trial.prepareAnna()
    let second = AccountID.named("a.berg")
    #expect(
      trial.perform(CreateAccount(account: second, name: "BERG Anna"), by: .administrator) == "person-has-account")
    #expect(
      trial.perform(CreateAccount(account: second, name: "Berg Anna", namesakes: [.anna]), by: .administrator) == nil)
    #expect(
      trial.ledger.last?.event
        == .people(.accountCreated(account: second, name: "Berg Anna", namesakes: [.anna])))
  }

  @Test func `regulatory 8: an account without training cannot be enabled`() {
    var trial = PeopleScenario()
    trial.perform(CreateAccount(account: .anna, name: "Anna Berg"), by: .administrator)
    trial.perform(CheckAccountIdentity(account: .anna, how: .employer), by: .administrator)
    #expect(trial.perform(EnableAccount(account: .anna), by: .administrator) == "training-missing")
    trial.perform(RecordTraining(account: .anna, from: trial.day(-400), to: trial.day(-1)), by: .administrator)
    #expect(trial.perform(EnableAccount(account: .anna), by: .administrator) == "training-missing")
    trial.perform(RecordTraining(account: .anna, from: trial.day()), by: .administrator)
    #expect(trial.perform(EnableAccount(account: .anna), by: .administrator) == nil)
  }

  @Test func `regulatory 45: who will do what the protocol tells is trained in it before access`() {
    var trial = PeopleScenario()
    trial.perform(CreateAccount(account: .anna, name: "Anna Berg"), by: .administrator)
    trial.perform(CheckAccountIdentity(account: .anna, how: .employer), by: .administrator)
    trial.perform(GrantRole(account: .anna, role: .nurse, site: .berlin), by: .administrator)
    trial.perform(RecordTraining(account: .anna, from: trial.day()), by: .administrator)
    #expect(trial.perform(EnableAccount(account: .anna), by: .administrator) == "training-missing")
    trial.perform(RecordTraining(account: .anna, version: "1.0", from: trial.day()), by: .administrator)
    #expect(trial.perform(EnableAccount(account: .anna), by: .administrator) == nil)
  }

  @Test func `regulatory 29: identity is checked before an account or a password is issued`() {
    var trial = PeopleScenario()
    trial.perform(CreateAccount(account: .anna, name: "Anna Berg"), by: .administrator)
    trial.perform(RecordTraining(account: .anna, from: trial.day()), by: .administrator)
    #expect(trial.perform(EnableAccount(account: .anna), by: .administrator) == "identity-not-checked")
    #expect(
      trial.perform(ResetPassword(account: .anna, reason: "first one"), by: .administrator) == "identity-not-checked")
  }

  @Test func `training that is still to come is not recorded`() {
    var trial = PeopleScenario()
    trial.perform(CreateAccount(account: .anna, name: "Anna Berg"), by: .administrator)
    #expect(
      trial.perform(RecordTraining(account: .anna, from: trial.day(1)), by: .administrator) == "training-to-come")
    let backwards = RecordTraining(account: .anna, from: trial.day(-1), to: trial.day(-2))
    #expect(trial.perform(backwards, by: .administrator) == "period-reversed")
    let month = CalendarDate(year: 2025, month: 6)
    #expect(
      trial.perform(RecordTraining(account: .anna, from: month ?? .least), by: .administrator) == "date-incomplete")
  }

  @Test func `regulatory 32: a disabled account is out of use at once, and back when it is enabled`() {
    var trial = PeopleScenario()
    #expect(trial.refusal(.nurse, .recordData) == nil)
    #expect(trial.perform(DisableAccount(account: Acting.nurse.account, reason: "on leave"), by: .administrator) == nil)
    #expect(trial.refusal(.nurse, .recordData) == "account-not-enabled")
    #expect(trial.perform(EnableAccount(account: Acting.nurse.account), by: .administrator) == nil)
    #expect(trial.refusal(.nurse, .recordData) == nil)
    #expect(
      trial.perform(DisableAccount(account: Acting.nurse.account, reason: " "), by: .administrator) == "reason-missing")
  }

  @Test func `an administrator does not change the own account`() {
    var trial = PeopleScenario()
    let own = Acting.administrator.account
    let commands: [any TrialCommand] = [
      GrantRole(account: own, role: .nurse, site: .berlin), EnableAccount(account: own),
      ResetPassword(account: own, reason: "forgotten"), RevokeAccount(account: own, reason: "tired"),
      RecordTraining(account: own, from: trial.day()),
    ]
    for command in commands { #expect(trial.perform(command, by: .administrator) == "own-account") }
  }

  @Test func `a study is set up once, by two named people`() throws {
    var trial = PeopleScenario(staffed: false)
    let founding = Founding(
      study: "cd19-bcma-aid", synthetic: false,
      administrator: .anna, administratorName: "Anna Berg", sponsor: .boris, sponsorName: "Boris Lind")
    for fact in try founding.decide(in: trial.state) { trial.record(fact, by: .administrator) }
    #expect(throws: Refusal.self) { try founding.decide(in: trial.state) }
    let administrator = Acting(account: .anna, role: .administrator)
    #expect(trial.refusal(administrator, .manageAccounts) == nil)
    #expect(trial.refusal(Acting(account: .boris, role: .sponsor), .signDelegationForSponsor) == nil)
    #expect(trial.refusal(Acting(account: .boris, role: .sponsor), .manageAccounts) == "role-may-not")
    #expect(
      trial.refusal(Acting(account: .anna, role: .principalInvestigator, site: .berlin), .recordData) == "role-not-held"
    )
    #expect(trial.perform(CreateAccount(account: .named("carl"), name: "Carl Ek"), by: administrator) == nil)
  }

  @Test(arguments: [("Anna Berg", "Berg Anna"), ("Study Admin", "Boris Lind"), ("Anna Berg", "Sponsor")])
  func `a study is not set up by one person or by no person`(_ administrator: String, _ sponsor: String) {
    let founding = Founding(
      study: "cd19-bcma-aid", synthetic: false,
      administrator: .anna, administratorName: administrator, sponsor: .boris, sponsorName: sponsor)
    #expect(throws: Refusal.self) { try founding.decide(in: TrialState()) }
  }
}
