import ClinicalValues
import Testing

@testable import Trial

struct ResetTests {
  private static let reset = ResetPassword(account: Acting.principalInvestigator.account, reason: "forgotten")

  /// A principal investigator whose password an administrator has given anew.
  private static func afterReset() -> PeopleScenario {
    var trial = PeopleScenario()
    _ = trial.delegateAnna()
    trial.wait(hours: 1)
    #expect(trial.perform(reset, by: .administrator) == nil)
    return trial
  }

  @Test func `regulatory 31: whoever gave a password signs nothing with it`() {
    var trial = Self.afterReset()
    let end = EndDelegation(number: trial.people.delegations.count, reason: "left")
    trial.record(Fact(.people(.passwordSet(account: Self.reset.account))), by: .principalInvestigator)
    trial.record(Fact(.people(.signedIn(account: Self.reset.account))), by: .principalInvestigator)
    #expect(trial.perform(end, by: .principalInvestigator) == "reset-unconfirmed")
    #expect(
      trial.perform(AcknowledgeReset(account: Self.reset.account), by: .principalInvestigator) == "reset-unconfirmed")
  }

  @Test func `somebody independent confirms it: neither who gave it, nor the account, nor another site`() {
    var trial = Self.afterReset()
    let number = trial.people.delegations.count
    let account = Self.reset.account
    #expect(trial.perform(ConfirmReset(account: account), by: .principalInvestigator) == "own-account")
    #expect(trial.perform(ConfirmReset(account: account), by: .administrator) == "role-may-not")
    #expect(trial.perform(ConfirmResetForSponsor(account: account), by: .administrator) == "role-may-not")
    #expect(trial.perform(ConfirmResetForSponsor(account: account), by: .sponsor) == nil)
    #expect(trial.perform(EndDelegation(number: number, reason: "left"), by: .principalInvestigator) == nil)
    #expect(trial.perform(ConfirmResetForSponsor(account: account), by: .sponsor) == "reset-settled")
  }

  @Test func `the principal investigator confirms it for people of the own site, and for the sponsor's signatory`() {
    var trial = PeopleScenario()
    for account in [Acting.nurse, .sponsor, .investigatorElsewhere, .qualityAssurance].map(\.account) {
      #expect(trial.perform(ResetPassword(account: account, reason: "forgotten"), by: .administrator) == nil)
    }
    #expect(trial.perform(ConfirmReset(account: Acting.nurse.account), by: .principalInvestigator) == nil)
    for elsewhere in [Acting.investigatorElsewhere, .qualityAssurance] {
      #expect(
        trial.perform(ConfirmReset(account: elsewhere.account), by: .principalInvestigator) == "not-of-your-site")
      // Whose own password waits confirms nobody's.
      #expect(trial.perform(ConfirmResetForSponsor(account: elsewhere.account), by: .sponsor) == "reset-unconfirmed")
    }
    #expect(trial.perform(ConfirmReset(account: Acting.sponsor.account), by: .principalInvestigator) == nil)
    #expect(
      trial.perform(ConfirmResetForSponsor(account: Acting.qualityAssurance.account), by: .sponsor) == nil)
  }

  @Test func `a password that was given waits in the worklist of whoever may confirm it, until they have`() {
    var trial = PeopleScenario()
    let given = [Acting.nurse, .sponsor, .qualityAssurance]
    for account in given.map(\.account) {
      #expect(trial.perform(ResetPassword(account: account, reason: "forgotten"), by: .administrator) == nil)
    }
    let tasks = trial.people.resetTasks
    #expect(tasks.map(\.kind) == [.confirmReset, .confirmReset, .confirmReset])
    func task(_ acting: Acting) -> StudyTask? {
      tasks.first { $0.title.contains(trial.people.name(of: acting.account)) }
    }
    #expect(task(.nurse)?.roles == [.principalInvestigator, .sponsor] && task(.nurse)?.site == .berlin)
    #expect(task(.qualityAssurance)?.roles == [.sponsor] && task(.qualityAssurance)?.site == nil)
    #expect(task(.sponsor)?.roles == [.principalInvestigator])
    #expect(trial.perform(ConfirmReset(account: Acting.sponsor.account), by: .principalInvestigator) == nil)
    for account in [Acting.nurse, .qualityAssurance].map(\.account) {
      #expect(trial.perform(ConfirmResetForSponsor(account: account), by: .sponsor) == nil)
    }
    #expect(trial.people.resetTasks.isEmpty)
  }

  @Test func `a first password waits for the delegation, and then for nobody where another vouched for it`() {
    var trial = PeopleScenario()
    let nina = AccountID.named("nina.frost")
    let events: [PeopleEvent] = [
      .accountCreated(account: nina, name: "Nina Frost", namesakes: []), .accountEnabled(account: nina),
      .roleGranted(account: nina, role: .nurse, site: .berlin), .passwordReset(account: nina, reason: "first password"),
    ]
    for event in events { trial.record(Fact(.people(event)), by: .administrator) }
    #expect(trial.people.accounts[nina]?.access.unconfirmedResets.count == 1 && trial.people.resetTasks.isEmpty)
    for (actor, isOpen) in [(Acting.principalInvestigator, false), (.administrator, true)] {
      var byGiver = trial
      let delegation = PeopleEvent.delegationSigned(
        number: byGiver.people.delegations.count + 1, account: nina, role: .nurse, site: .berlin,
        tasks: [.recordData], from: byGiver.day(), to: nil)
      byGiver.record(Fact(.people(delegation)), by: actor)
      #expect(!byGiver.people.resetTasks.isEmpty == isOpen)
    }
  }

  @Test func `the person is told of a reset until they say that they know of it`() {
    var trial = Self.afterReset()
    let account = Self.reset.account
    let acknowledge = AcknowledgeReset(account: account)
    for _ in 0..<2 {
      trial.record(Fact(.people(.signedIn(account: account))), by: .principalInvestigator)
      #expect(trial.people.notices(for: account).map(\.kind) == [.passwordReset])
    }
    trial.perform(ConfirmResetForSponsor(account: account), by: .sponsor)
    #expect(trial.people.notices(for: account).map(\.kind) == [.passwordReset])
    #expect(trial.perform(acknowledge, by: .nurse) == "not-yours")
    #expect(trial.perform(acknowledge, by: .principalInvestigator) == nil)
    #expect(trial.people.notices(for: account).isEmpty)
    #expect(trial.perform(acknowledge, by: .principalInvestigator) == "reset-settled")
  }

  @Test func `a first password is vouched for by who delegates after it`() throws {
    var trial = PeopleScenario()
    trial.prepareAnna()
    trial.perform(GrantRole(account: .anna, role: .nurse, site: .berlin), by: .administrator)
    trial.perform(ResetPassword(account: .anna, reason: "the first"), by: .administrator)
    #expect(trial.people.accounts[.anna]?.access.unconfirmedResets.map(\.isFirst) == [true])
    let terms = DelegationTerms(account: .anna, role: .nurse, site: .berlin, from: trial.day())
    let facts = try Trial.decide(Delegate(terms), in: trial.situation(by: .principalInvestigator))
    #expect(facts.first?.signed?.contains("in this person's hands alone") == true)
    for fact in facts { trial.record(fact, by: .principalInvestigator) }
    let number = trial.people.delegations.count
    #expect(trial.perform(AcceptDelegation(number: number), by: PeopleScenario.annaNurse) == nil)
    // A later one is not: the delegation is there already.
    trial.perform(ResetPassword(account: .anna, reason: "forgotten"), by: .administrator)
    #expect(trial.people.accounts[.anna]?.access.unconfirmedResets.map(\.isFirst) == [false])
  }

  @Test func `a first password that is given after the delegation waits for being confirmed`() {
    var trial = PeopleScenario()
    let number = trial.delegateAnna()
    trial.perform(ResetPassword(account: .anna, reason: "the first"), by: .administrator)
    let accept = AcceptDelegation(number: number)
    #expect(trial.perform(accept, by: PeopleScenario.annaNurse) == "reset-unconfirmed")
    #expect(trial.perform(ConfirmReset(account: .anna), by: .principalInvestigator) == nil)
    #expect(trial.perform(accept, by: PeopleScenario.annaNurse) == nil)
  }

  /// Which of two nurses have a password that an administrator gave, and what a step at the bedside is refused with.
  @Test(
    arguments: [([.nurse], "reset-unconfirmed"), ([.otherNurse], "reset-unconfirmed"), ([], nil)]
      as [([Acting], String?)])
  func `regulatory 31: nobody acts, or acts along, with a password that somebody else gave`(
    _ reset: [Acting], _ refusal: String?
  ) throws {
    var trial = TrialScenario.candidate()
    for acting in reset {
      trial.given(.people(.passwordReset(account: acting.account, reason: "forgotten")), by: .administrator)
      trial.given(.people(.passwordSet(account: acting.account)), by: acting)
    }
    let command = OpenDeviation(participant: .first, kind: .other, what: "The fridge was warm.")
    func expect(_ trial: TrialScenario, _ refusal: String?) {
      let outcome = trial.when(command, by: .nurse, together: [.otherNurse])
      if let refusal { outcome.refused(refusal) } else { #expect(outcome.events != nil) }
    }
    expect(trial, refusal)
    trial.given(reset.map { TrialEvent.people(.resetConfirmed(account: $0.account)) }, by: .principalInvestigator)
    expect(trial, nil)
  }

  @Test func `what only closes or stops waits for no confirmation of a password`() throws {
    var people = Self.afterReset()
    #expect(people.perform(SetHold(kind: .safety, reason: "A death."), by: .principalInvestigator) == nil)
    var trial = try TrialScenario.cells(at: .infusing)
    trial.given(.people(.passwordReset(account: Acting.nurse.account, reason: "forgotten")), by: .administrator)
    trial.when(OpenDeviation(participant: .first, kind: .other, what: "The fridge was warm."), by: .nurse)
      .refused("reset-unconfirmed")
    let bag = ParticipantID.first.b1
    let stops: [any TrialCommand] = [
      PauseInfusion(participant: .first, bag: bag, volumeML: 20, reason: "fever 38.4"),
      StopInfusion(participant: .first, bag: bag, volumeML: 20, reason: "fever 38.4"),
    ]
    for stop in stops { #expect(trial.when(stop, by: .nurse).events != nil) }
  }

  @Test func `where nobody is left who could confirm, the safety officer confirms one who then confirms the others`() {
    var trial = PeopleScenario()
    func reset(_ acting: Acting) {
      #expect(trial.perform(ResetPassword(account: acting.account, reason: "forgotten"), by: .administrator) == nil)
    }
    func confirm(_ acting: Acting, by actor: Acting) -> String? {
      trial.perform(ConfirmResetForSafety(account: acting.account), by: actor)
    }
    func asked() -> [String] {
      trial.people.resetTasks.filter { $0.roles.contains(.safetyOfficer) }.map(\.title)
    }
    for acting in [Acting.nurse, .principalInvestigator] { reset(acting) }
    #expect(confirm(.principalInvestigator, by: .safetyOfficer) == "others-confirm" && asked().isEmpty)
    reset(.sponsor)
    #expect(asked().count == 2)
    #expect(
      trial.perform(ConfirmReset(account: Acting.sponsor.account), by: .principalInvestigator) == "reset-unconfirmed")
    #expect(confirm(.nurse, by: .safetyOfficer) == "others-confirm")
    #expect(confirm(.principalInvestigator, by: .qualityAssurance) == "role-may-not")
    #expect(confirm(.principalInvestigator, by: .safetyOfficer) == nil)
    #expect(confirm(.sponsor, by: .safetyOfficer) == "others-confirm" && asked().isEmpty)
    #expect(trial.perform(ConfirmReset(account: Acting.sponsor.account), by: .principalInvestigator) == nil)
  }

  @Test func `nobody is a second signature with a password that somebody else gave`() throws {
    var trial = TrialScenario.candidate()
    trial.given(.people(.passwordReset(account: Acting.otherNurse.account, reason: "forgotten")), by: .administrator)
    trial.late = EntrySource(source: "the sheet", reason: "no power", downtime: true)
    let command = OpenDeviation(participant: .first, kind: .other, what: "The fridge was warm.")
    trial.when(command, by: .nurse, together: [.otherNurse], at: trial.ago(hours: 30)).refused("reset-unconfirmed")
    trial.when(command, by: .nurse, together: [.coordinator], at: trial.ago(hours: 30)).then { #expect($0.count == 2) }
  }
}
