import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct MarkTests {
  private func content(_ trial: TrialScenario, _ scope: CasebookScope = .form(.vitals)) throws -> Digest {
    try trial.of().casebook.content(of: scope)
  }

  /// Vital signs, verified and signed.
  private func marked() throws -> TrialScenario {
    var trial = try TrialScenario.withVitals()
    try trial.perform(VerifyItems(participant: .first, form: .vitals, source: "Chart of the ward"), by: .monitor)
    try trial.perform(SignForm(participant: .first, form: .vitals, content: try content(trial)))
    return trial
  }

  private func badges(_ trial: TrialScenario) -> Badges { trial.of().casebook.standing(of: .vitals).badges }

  @Test func `marks stand beside the state, independent of each other`() throws {
    var trial = try marked()
    #expect(badges(trial).verified == 2 && badges(trial).signed == 1 && badges(trial).frozen == 0)
    try trial.perform(FreezeCasebook(participant: .first, scope: .visit("SCR", 1)), by: .dataManager)
    #expect(badges(trial).verified == 2 && badges(trial).signed == 1 && badges(trial).frozen == 1)
  }

  @Test func `a change takes back what stood under it, and says so`() throws {
    let trial = try marked()
    trial.when(trial.save([.pulse("75")], correction: "Misread.")).then(
      .casebook(.first, .saved(form: .vitals, entries: [.pulse("75")], source: nil, reason: "Misread.")),
      .casebook(.first, .verificationTakenBack(form: .vitals, items: ["PULSE"])),
      .casebook(.first, .signatureTakenBack(scope: .form(.vitals), form: .vitals)))
    var changed = trial
    try changed.perform(trial.save([.pulse("75")], correction: "Misread."), by: .nurse)
    #expect(badges(changed).verified == 1 && badges(changed).changedSinceVerified == 1)
    #expect(badges(changed).signed == 0 && badges(changed).brokenSignatures == 1)
    try changed.perform(
      VerifyItems(participant: .first, form: .vitals, items: ["PULSE"], source: "Chart"), by: .monitor)
    #expect(badges(changed).verified == 2 && badges(changed).changedSinceVerified == 0)
  }

  @Test func `nobody verifies what they entered, and only what was entered`() throws {
    var trial = try TrialScenario.withVitals()
    trial.given(
      .casebook(.first, .saved(form: .vitals, entries: [Entry("NOTE", .value("x"))], source: nil, reason: nil)),
      by: .monitor)
    trial.when(VerifyItems(participant: .first, form: .vitals, source: "Chart"), by: .monitor).refused("own-entry")
    trial.when(VerifyItems(participant: .first, form: .vitals, items: ["PLACE"], source: "Chart"), by: .monitor)
      .refused("nothing-to-verify")
    trial.when(VerifyItems(participant: .first, form: .vitals, items: ["PULSE"], source: " "), by: .monitor)
      .refused("text-missing")
  }

  @Test func `a signature covers exactly what was shown, of a complete form without open queries`() throws {
    var trial = try TrialScenario.withVitals()
    let shown = try content(trial)
    try trial.perform(trial.save([.pulse("75")], correction: "Misread."), by: .nurse)
    trial.when(SignForm(participant: .first, form: .vitals, content: shown)).refused("changed-since-shown")
    try trial.perform(RaiseQuery(participant: .first, form: .vitals, text: "Sure?"), by: .monitor)
    trial.when(SignForm(participant: .first, form: .vitals, content: try content(trial))).refused("open-queries")
    try trial.perform(CloseQuery(participant: .first, query: 1, text: "Yes."), by: .monitor)
    try trial.perform(SignForm(participant: .first, form: .vitals, content: try content(trial)))
    trial.when(SignForm(participant: .first, form: .vitals, content: try content(trial))).refused("signed-already")
    trial.forms[.vitals] = FormPicture(shown: ["PULSE", "TEMP", "NOTE", "PLACE"], required: ["PLACE"])
    try trial.perform(trial.save([Entry("NOTE", .value("x"))]), by: .nurse)
    trial.when(SignForm(participant: .first, form: .vitals, content: try content(trial))).refused("form-incomplete")
  }

  @Test func `the principal investigator signs the casebook, and any change breaks that`() throws {
    var trial = try TrialScenario.withVitals()
    let sign = SignCasebook(participant: .first, content: try content(trial, .casebook))
    trial.when(sign, by: .investigator).refused("role-may-not")
    try trial.perform(sign, by: .principalInvestigator)
    #expect(badges(trial).signed == 1)
    try trial.perform(trial.save([Entry("TERM", .value("Gout"))], of: .history), by: .nurse)
    #expect(trial.of().casebook.signatures[.casebook]?.brokenBy == .history)
  }

  @Test func `what is frozen or locked is not changed`() throws {
    var trial = try marked()
    try trial.perform(FreezeCasebook(participant: .first, scope: .form(.vitals)), by: .dataManager)
    trial.when(trial.save([Entry("NOTE", .value("x"))])).refused("frozen")
    trial.when(UnfreezeCasebook(participant: .first, scope: .casebook, reason: "?"), by: .dataManager)
      .refused("not-marked")
    try trial.perform(
      UnfreezeCasebook(participant: .first, scope: .form(.vitals), reason: "Correction due."), by: .dataManager)
    try trial.perform(LockCasebook(participant: .first, scope: .casebook), by: .dataManager)
    trial.when(trial.save([Entry("NOTE", .value("x"))])).refused("locked")
    trial.when(trial.save([Entry("TERM", .value("x"))], of: .history)).refused("locked")
  }

  @Test func `nothing is locked that is incomplete, asked about or unsigned`() throws {
    var trial = try TrialScenario.withVitals()
    let lock = LockCasebook(participant: .first, scope: .casebook)
    trial.when(lock, by: .dataManager).refused("not-to-be-locked")
    try trial.perform(SignForm(participant: .first, form: .vitals, content: try content(trial)))
    try trial.perform(RaiseQuery(participant: .first, form: .vitals, text: "Sure?"), by: .monitor)
    trial.when(lock, by: .dataManager).refused("not-to-be-locked")
    try trial.perform(CancelQuery(participant: .first, query: 1, text: "Yes."), by: .monitor)
    trial.when(lock, by: .dataManager).then(.casebook(.first, .locked(scope: .casebook)))
  }

  @Test func `the principal investigator is told of an unlocking`() throws {
    var trial = try marked()
    try trial.perform(LockCasebook(participant: .first, scope: .casebook), by: .dataManager)
    try trial.perform(UnlockCasebook(participant: .first, scope: .casebook, reason: "A late result."), by: .dataManager)
    let task = try #require(trial.state.casebookTasks(nil).first { $0.kind == .seeUnlock })
    #expect(task.roles == [.principalInvestigator] && task.site == .berlin && task.title.contains("A late result."))
    try trial.perform(SeeUnlock(participant: .first, scope: .casebook), by: .principalInvestigator)
    #expect(!trial.state.casebookTasks(nil).contains { $0.kind == .seeUnlock })
    trial.when(SeeUnlock(participant: .first, scope: .casebook), by: .principalInvestigator).refused("nothing-unlocked")
  }

  @Test(
    arguments: [
      (Acting.monitor, [false, true, true, true, false]), (.dataManager, [false, true, true, false, true]),
      (.safetyOfficer, [false, true, true, false, false]), (.nurse, [true, false, false, false, false]),
      (.coordinator, [true, false, false, false, false]), (.principalInvestigator, [true, false, false, false, false]),
      (.cellLaboratory, [false, false, false, false, false]), (.inspector, [false, false, false, false, false]),
      (.statistician, [false, false, false, false, false]), (.administrator, [false, false, false, false, false]),
    ]) func `each act is open to the roles that the protocol names`(_ actor: Acting, _ may: [Bool]) throws
  {
    var trial = try TrialScenario.withVitals()
    trial.forms[.vitals] = FormPicture(shown: ["PULSE", "TEMP", "NOTE"], required: ["NOTE"])
    let commands: [any TrialCommand] = [
      trial.save([Entry("PLACE", .value("EAR"))]), RaiseQuery(participant: .first, form: .vitals, text: "Sure?"),
      CheckCasebook(participant: .first), VerifyItems(participant: .first, form: .vitals, source: "Chart"),
      FreezeCasebook(participant: .first, scope: .casebook),
    ]
    for (command, allowed) in zip(commands, may) {
      let outcome = trial.when(command, by: actor)
      #expect((outcome.events != nil) == allowed, "\(actor.role) \(type(of: command).name)")
    }
  }
}

struct StandingTests {
  @Test(
    arguments: [
      ([], .notStarted), ([.notStarted, .notStarted], .notStarted), ([.complete, .notStarted], .incomplete),
      ([.complete, .incomplete], .incomplete), ([.complete, .notDone], .complete), ([.notDone, .notDone], .notDone),
      ([.complete], .complete),
    ] as [([FormState], FormState)]) func `several come to the least complete of them`(
      _ parts: [FormState], _ whole: FormState
    )
  {
    #expect(Standing(of: parts.map { Standing($0) }).state == whole)
  }

  @Test func `badges of a visit are those of its forms, counted`() throws {
    var trial = try TrialScenario.withVitals()
    try trial.perform(RaiseQuery(participant: .first, form: .vitals, text: "Sure?"), by: .monitor)
    try trial.perform(trial.save([.pulse("70")], of: .otherVitals), by: .nurse)
    try trial.perform(RaiseQuery(participant: .first, form: .otherVitals, text: "Sure?"), by: .monitor)
    let standing = trial.of().casebook.standing(of: trial.of().casebook.keys())
    #expect(standing.state == .complete)
    #expect(standing.badges.openQueries == 2 && standing.badges.answered == 3)
    #expect(trial.of().casebook.nextRow(of: "vitals", visit: "SCR") == 2)
    #expect(trial.of().casebook.nextRow(of: "history") == 1)
  }
}
