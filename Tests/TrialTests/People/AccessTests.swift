import ClinicalValues
import Ledger
import Testing

@testable import Trial

struct AccessTests {
  @Test func `regulatory 31: a password that an administrator gave must be changed, and its person is told`() throws {
    var trial = PeopleScenario()
    trial.prepareAnna()
    #expect(trial.perform(ResetPassword(account: .anna, reason: "forgotten"), by: .administrator) == nil)
    var access = try #require(trial.people.accounts[.anna]?.access)
    #expect(access.mustChangeSince == trial.now.instant)
    #expect(
      trial.people.notices(for: .anna) == [
        AccountNotice(kind: .passwordReset, at: trial.now.instant, by: Acting.administrator.account.description)
      ])
    trial.record(Fact(.people(.passwordSet(account: .anna))), by: PeopleScenario.annaNurse)
    access = try #require(trial.people.accounts[.anna]?.access)
    #expect(access.mustChangeSince == nil)
    // The notice stands until the person has signed in and seen it.
    #expect(trial.people.notices(for: .anna).count == 1)
    trial.record(Fact(.people(.signedIn(account: .anna))), by: PeopleScenario.annaNurse)
    #expect(trial.people.notices(for: .anna).isEmpty)
  }

  @Test func `regulatory 32: a lost second factor is out of use at once, and its person is told`() {
    var trial = PeopleScenario()
    trial.prepareAnna()
    let lost = ReportSecondFactorLost(account: .anna, reason: "telephone stolen")
    #expect(trial.perform(lost, by: .administrator) == "no-second-factor")
    trial.record(Fact(.people(.secondFactorSet(account: .anna))), by: PeopleScenario.annaNurse)
    #expect(trial.perform(lost, by: .nurse) == "role-may-not")
    #expect(trial.perform(lost, by: .administrator) == nil)
    #expect(trial.people.accounts[.anna]?.access.hasSecondFactor == false)
    #expect(trial.people.notices(for: .anna).map(\.kind) == [.secondFactorRemoved])
  }

  @Test func `failures count up to a sign-in; attempts while locked do not lengthen the lock`() throws {
    var trial = PeopleScenario()
    trial.prepareAnna()
    func fail(_ cause: AuthenticationFailure) {
      let event = PeopleEvent.authenticationFailed(account: .anna, purpose: .signIn, cause: cause)
      trial.record(Fact(.people(event)), by: PeopleScenario.annaNurse)
    }
    fail(.wrongPassword)
    fail(.wrongSecondFactor)
    fail(.locked)
    #expect(trial.people.accounts[.anna]?.access.failures == 2)
    trial.record(Fact(.people(.signedIn(account: .anna))), by: PeopleScenario.annaNurse)
    #expect(trial.people.accounts[.anna]?.access.failures == 0)
    #expect(trial.people.accounts[.anna]?.access.lastSignIn == trial.now.instant)
    #expect(trial.people.accounts[.anna]?.access.previousSignIn == nil)
    let first = trial.now.instant
    trial.record(Fact(.people(.signedIn(account: .anna))), by: PeopleScenario.annaNurse)
    #expect(trial.people.accounts[.anna]?.access.previousSignIn == first)
  }

  @Test func `an administrator unlocks an account that is locked, with a reason`() {
    var trial = PeopleScenario()
    trial.prepareAnna()
    let unlock = UnlockAccount(account: .anna, reason: "called back")
    #expect(trial.perform(unlock, by: .administrator) == "not-locked")
    let until = trial.now.instant.adding(minutes: 15)
    trial.record(Fact(.people(.accountLocked(account: .anna, until: until))), by: PeopleScenario.annaNurse)
    #expect(trial.people.accounts[.anna]?.access.isLocked(at: trial.now.instant) == true)
    #expect(trial.people.accounts[.anna]?.access.isLocked(at: until) == false)
    #expect(trial.perform(unlock, by: .administrator) == nil)
    #expect(trial.people.accounts[.anna]?.access.isLocked(at: trial.now.instant) == false)
    #expect(trial.people.notices(for: .anna).map(\.kind) == [.locked, .unlocked])
  }

  @Test func `regulatory 11: every change of an account leaves one event, and reads back as it was`() throws {
    var trial = PeopleScenario()
    let number = trial.delegateAnna()
    trial.perform(AcceptDelegation(number: number), by: PeopleScenario.annaNurse)
    trial.perform(ResetPassword(account: .anna, reason: "forgotten"), by: .administrator)
    trial.perform(EndDelegation(number: number, reason: "left"), by: .principalInvestigator)
    trial.perform(
      WithdrawRole(account: .anna, role: .nurse, site: .berlin, reason: "left"), by: .administrator)
    trial.perform(DisableAccount(account: .anna, reason: "left"), by: .administrator)
    trial.perform(RevokeAccount(account: .anna, reason: "left"), by: .administrator)
    // create, identity, two trainings, enable, grant, delegate, accept, reset, end, withdraw, disable, revoke
    #expect(trial.ledger.count == 13)
    for recorded in trial.ledger {
      guard case .people(let event) = recorded.event else { continue }
      let json = try CanonicalJSON(encoding: event)
      #expect(try json.decode(PeopleEvent.self) == event)
      #expect(!json.description.lowercased().contains("password\":"))
      #expect(!recorded.actor.account.isEmpty && !recorded.actor.role.isEmpty)
    }
  }

  @Test func `regulatory 12: the review of access lists users, rights and last use as they are`() throws {
    var trial = PeopleScenario()
    let number = trial.delegateAnna()
    var row = try #require(review(trial).rows.first { $0.account == .anna })
    #expect(row.roles.map(\.rights) == [[]])
    #expect(row.remarks.contains("Never used."))
    #expect(row.roles.first?.because?.contains("delegation log") == true)
    trial.perform(AcceptDelegation(number: number), by: PeopleScenario.annaNurse)
    trial.record(Fact(.people(.signedIn(account: .anna))), by: PeopleScenario.annaNurse)
    row = try #require(review(trial).rows.first { $0.account == .anna })
    #expect(row.roles.map(\.rights) == [Role.nurse.permissions])
    #expect(row.lastSignIn == trial.now.instant)
    #expect(row.remarks.isEmpty)
    trial.wait(days: 90)
    row = try #require(review(trial).rows.first { $0.account == .anna })
    #expect(row.remarks == ["Not used for 90 days."])
    trial.perform(DisableAccount(account: .anna, reason: "left"), by: .administrator)
    row = try #require(review(trial).rows.first { $0.account == .anna })
    #expect(row.remarks == ["Holds roles but is not enabled."])
    #expect(Set(review(trial).rows.map(\.account)) == Set(trial.people.accounts.keys))
  }

  private func review(_ trial: PeopleScenario) -> AccessReview {
    trial.people.accessReview(at: trial.now, under: trial.version)
  }

  @Test func `regulatory 32: attempts under names that are no account are counted for the review`() {
    var trial = PeopleScenario()
    let event = PeopleEvent.authenticationFailed(account: nil, purpose: .signIn, cause: .unknownAccount)
    for _ in 0..<3 { trial.record(Fact(.people(event)), by: .administrator) }
    #expect(review(trial).unknownAttempts == 3)
  }

  @Test func `regulatory 47: identity is erased by the principal investigator and a second person, signed by both`() {
    var trial = PeopleScenario()
    trial.state.participants[.first] = ParticipantState(id: .first)
    trial.state.participants[.first]?.way.site = .berlin
    let erase = EraseIdentity(participant: .first, reason: "asked for it")
    #expect(trial.perform(erase, by: .investigator, together: [.coordinator]) == "role-may-not")
    #expect(trial.perform(erase, by: .principalInvestigator) == "two-people")
    #expect(trial.perform(erase, by: .principalInvestigator, together: [.principalInvestigator]) == "two-people")
    #expect(trial.perform(erase, by: .principalInvestigator, together: [.monitor]) == "role-may-not")
    #expect(trial.people.erased.isEmpty)
    #expect(trial.perform(erase, by: .principalInvestigator, together: [.coordinator]) == nil)
    #expect(trial.people.erased == [.first])
    #expect(
      trial.ledger.last?.signatures.map(\.account) == [
        Acting.principalInvestigator.account, Acting.coordinator.account,
      ])
    #expect(trial.perform(erase, by: .principalInvestigator, together: [.coordinator]) == "identity-erased")
    let unknown = EraseIdentity(participant: .second, reason: "asked for it")
    #expect(trial.perform(unknown, by: .principalInvestigator) == "unknown-participant")
  }

  @Test(arguments: [false, true]) func `who has the identity of somebody infused erased signs what stays known`(
    _ wasInfused: Bool
  ) throws {
    var trial = TrialScenario.candidate()
    if wasInfused {
      trial.given(.product(.first, .infusionStarted(bag: .first, outsideGate: true, lines: [])))
      let departure = Departure(
        reason: .discontinued, detail: "moved away", decidedBy: .investigator, lastContact: trial.now.date)
      trial.given(.way(.first, .left(departure: departure)))
    }
    let erase = EraseIdentity(participant: .first, reason: "asked for it")
    let facts = trial.when(erase, by: .principalInvestigator, together: [.coordinator]).facts
    #expect(
      facts.first?.signed?.contains("was infused stays known, by keyed hashes without number or name") == wasInfused)
  }

  @Test func `identity is not erased while somebody is in the study`() {
    var trial = PeopleScenario()
    var participant = ParticipantState(id: .first)
    participant.way.site = .berlin
    participant.way.consents = [SignedConsent(version: "1.0", site: .berlin, signed: trial.now)]
    trial.state.participants[.first] = participant
    let erase = EraseIdentity(participant: .first, reason: "asked for it")
    #expect(trial.perform(erase, by: .principalInvestigator, together: [.coordinator]) == "still-in-study")
  }

  @Test func `every command of accounts says what each of its members is`() throws {
    let trial = PeopleScenario()
    let day = trial.day()
    let terms = DelegationTerms(account: .anna, role: .nurse, site: .berlin, tasks: [.recordData], from: day, to: day)
    let examples: [any TrialCommand] = [
      CreateAccount(account: .anna, name: "Anna Berg", namesakes: [.boris]),
      CheckAccountIdentity(account: .anna, how: .document), EnableAccount(account: .anna),
      DisableAccount(account: .anna, reason: "left"), RevokeAccount(account: .anna, reason: "left"),
      GrantRole(account: .anna, role: .nurse, site: .berlin),
      WithdrawRole(account: .anna, role: .nurse, site: .berlin, reason: "left"),
      RecordTraining(account: .anna, version: "1.0", from: day, to: day), Delegate(terms), Appoint(terms),
      AcceptDelegation(number: 1), EndDelegation(number: 1, reason: "left"),
      EndAppointment(number: 1, reason: "left"), ResetPassword(account: .anna, reason: "forgotten"),
      ReportSecondFactorLost(account: .anna, reason: "stolen"), UnlockAccount(account: .anna, reason: "called"),
      EraseIdentity(participant: .first, reason: "asked"), ConfirmReset(account: .anna),
      ConfirmResetForSponsor(account: .anna), ConfirmResetForSafety(account: .anna), AcknowledgeReset(account: .anna),
    ]
    #expect(examples.map { type(of: $0).name } == Commands.people.map { $0.name })
    for example in examples {
      guard case .object(let members) = try CanonicalJSON(encoding: example).value else { continue }
      #expect(Set(members.keys) == Set(type(of: example).fields.map(\.key)), "\(type(of: example).name)")
    }
  }
}
