import StudyDesign
import Testing

@testable import Trial

/// Who a participant is is corrected by an event that holds which items and why, and no value.
struct CorrectIdentityTests {
  private func correct(
    _ items: [IdentityItem] = [.birthDate], of id: ParticipantID = .first,
    because reason: String = "Misread the passport"
  ) -> CorrectIdentity {
    CorrectIdentity(participant: id, items: items, reason: reason)
  }

  private let change = ChangeContact(participant: .first, reason: "Moved")

  @Test func `the principal investigator signs which items are corrected, each once, and why`() {
    let facts = TrialScenario.candidate().when(correct([.birthDate, .name, .birthDate]), by: .principalInvestigator)
      .facts
    let event = WayEvent.identityCorrected(items: [.name, .birthDate], reason: "Misread the passport")
    #expect(facts.map(\.event) == [.way(.first, event)])
    #expect(facts.map(\.signed) == ["I have the identity data of 01-0001 corrected: name and birth date"])
  }

  @Test func `the contact is changed by whoever sees it at the site, without a signature`() {
    let trial = TrialScenario.candidate()
    for actor in [Acting.principalInvestigator, .investigator, .coordinator, .nurse] {
      trial.when(change, by: actor).then(.way(.first, .identityCorrected(items: [.contact], reason: "Moved")))
      #expect(trial.when(change, by: actor).facts.allSatisfy { $0.signed == nil })
    }
    for actor in [Acting.monitor, .dataManager, .cellLaboratory] {
      trial.when(change, by: actor).refused("role-may-not")
    }
    trial.when(change, by: .investigatorElsewhere).refused("other-site")
  }

  @Test func `nobody but the principal investigator corrects name, birth date, sex at birth and document`() {
    for actor in [Acting.investigator, .coordinator, .nurse, .monitor, .dataManager, .administrator] {
      TrialScenario.candidate().when(correct(), by: actor).refused("role-may-not")
    }
  }

  @Test func `of nobody, of nothing, without a reason and of who is erased it is refused`() {
    var trial = TrialScenario.candidate()
    trial.when(correct(of: .third), by: .principalInvestigator).refused("unknown-participant")
    trial.when(correct([]), by: .principalInvestigator).refused("nothing-corrected")
    trial.when(correct(because: " "), by: .principalInvestigator).refused("reason-missing")
    trial.when(ChangeContact(participant: .first, reason: ""), by: .nurse).refused("reason-missing")
    trial.given(.people(.identityErased(participant: .first, reason: "Asked for.")))
    trial.when(correct(), by: .principalInvestigator).refused("identity-erased")
    trial.when(change, by: .nurse).refused("identity-erased")
  }

  @Test func `checks that were made against other items stand`() throws {
    var trial = try TrialScenario.cells(at: .verified)
    let before = trial.of().product
    try trial.perform(correct([.sexAtBirth, .document]), by: .principalInvestigator)
    try trial.perform(change, by: .nurse)
    #expect(trial.of().product == before)
  }

  @Test func `a bag that runs is past its check, and all else is checked anew, whatever is corrected later`() throws {
    var trial = try TrialScenario.cells(at: .infusing)
    try trial.perform(correct(), by: .principalInvestigator)
    let product = trial.of().product
    #expect(product.personChecks.isEmpty && product[BagNumber.first]?.verifications.count == 2)
    trial.given(.way(.first, .corrected(correction: .pregnancy(of: .partner), reason: "Misread")))
    #expect(trial.of().product == product)
  }

  @Test func `it is no entry of the study that must come after consent`() throws {
    var trial = try TrialScenario.consented()
    trial.wait(hours: 1)
    try trial.perform(change, by: .nurse)
    trial.wait(hours: 1)
    let later = CorrectConsent(
      participant: .first, version: "1.0", signed: trial.ago(minutes: 10), reason: "Misread the sheet")
    try trial.perform(later)
    #expect(trial.of().record.deviations.isEmpty)
  }
}
