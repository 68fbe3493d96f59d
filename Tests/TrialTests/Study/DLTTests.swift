import ClinicalValues
import Ledger
import Testing

@testable import Trial

struct DLTTests {
  /// A question about the first participant, infused five days ago.
  private func asked(_ toxicity: QualifyingToxicity = .crs) -> TrialScenario {
    var trial = TrialScenario.study()
    trial.infuse(.first)
    trial.wait(days: 5)
    trial.given(
      .study(
        .dltQuestionOpened(
          question: 1, participant: .first, toxicity: toxicity, onset: trial.date(inDays: -2), about: "Grade 4.")))
    return trial
  }

  private func answer(_ basis: DLTBasis, lasted days: Int? = nil) -> AnswerDLTQuestion {
    AnswerDLTQuestion(question: 1, participant: .first, basis: basis, lastedDays: days)
  }

  @Test(arguments: [
    (ParticipantID.first, 0, nil as String?), (.first, -5, nil), (.first, 23, nil), (.first, -6, "outside-window"),
    (.first, 24, "outside-window"), (.second, 0, "not-infused"),
  ])
  func `a question is asked of what began from Day 0 to Day 28`(_ id: ParticipantID, _ inDays: Int, _ refusal: String?)
  {
    var trial = TrialScenario.study()
    trial.infuse(.first)
    trial.given(.way(.second, .registered(site: .berlin, cohort: "sle")))
    trial.wait(days: 5)
    let outcome = trial.when(
      OpenDLTQuestion(participant: id, toxicity: .crs, onset: trial.date(inDays: inDays), about: "Grade 4."),
      by: .coordinator)
    if let refusal { outcome.refused(refusal) } else { #expect(outcome.events?.count == 1) }
  }

  @Test func `the principal investigator answers, the safety officer confirms, and only then it is settled`() throws {
    var trial = asked()
    trial.when(ConfirmDLTAnswer(question: 1), by: .safetyOfficer).refused("no-answer-to-confirm")
    trial.when(answer(.meetsDefinition), by: .investigator).refused("role-may-not")
    trial.when(answer(.meetsDefinition), by: .elsewherePI).refused("other-site")
    trial.when(answer(.meetsDefinition), by: .principalInvestigator, at: trial.ago(hours: 1)).refused(
      "before-its-cause")
    try trial.perform(answer(.meetsDefinition), by: .principalInvestigator)
    trial.when(ConfirmDLTAnswer(question: 1), by: .safetyOfficer, at: trial.ago(hours: 1)).refused("before-its-cause")
    #expect(trial.state.study.openQuestions.count == 1)
    trial.when(ConfirmDLTAnswer(question: 1), by: .principalInvestigator).refused("role-may-not")
    try trial.perform(ConfirmDLTAnswer(question: 1), by: .safetyOfficer)
    #expect(trial.state.study.openQuestions.isEmpty)
    #expect(trial.state.study.questions.map(\.isDoseLimiting) == [true])
    trial.when(answer(.unrelated), by: .principalInvestigator).refused("question-settled")
  }

  @Test func `where the safety officer differs the board decides`() throws {
    var trial = asked()
    try trial.perform(answer(.unrelated), by: .principalInvestigator)
    let board = DecideDLTQuestion(question: 1, basis: .meetsDefinition, ballot: .of())
    trial.when(board, by: .boardMember, together: otherMembers).refused("not-disputed")
    trial.when(DisputeDLTAnswer(question: 1, basis: .belowThreshold), by: .safetyOfficer).refused("same-answer")
    try trial.perform(DisputeDLTAnswer(question: 1, basis: .meetsDefinition), by: .safetyOfficer)
    trial.when(answer(.meetsDefinition), by: .principalInvestigator).refused("board-decides")
    trial.when(ConfirmDLTAnswer(question: 1), by: .safetyOfficer).refused("no-answer-to-confirm")
    #expect(trial.state.study.openQuestions.count == 1)
    try trial.perform(board, by: .boardMember, together: otherMembers)
    #expect(trial.state.study.questions.map(\.isDoseLimiting) == [true])
  }

  @Test(arguments: [
    (QualifyingToxicity.crs, nil as Int?, nil as String?), (.other, nil, nil), (.cytopenia, 28, nil),
    (.infection, nil, "not-expected-on-target"), (.death, nil, "not-expected-on-target"),
    (.cytopenia, 29, "not-expected-on-target"), (.cytopenia, nil, "not-expected-on-target"),
    (.infection, 3, "duration-not-asked"), (.cytopenia, -1, "duration-not-asked"),
  ])
  func `expected on target is not said of an infection, a death, or a cytopenia beyond 28 days or of unknown length`(
    _ toxicity: QualifyingToxicity, _ lasted: Int?, _ refusal: String?
  ) {
    let outcome = asked(toxicity).when(answer(.expectedOnTarget, lasted: lasted), by: .principalInvestigator)
    if let refusal { outcome.refused(refusal) } else { #expect(outcome.events?.count == 1) }
  }

  @Test func `an answer names the participant whom the question is about`() {
    var trial = asked()
    trial.given(.way(.second, .registered(site: .berlin, cohort: "sle")))
    trial.when(
      AnswerDLTQuestion(question: 1, participant: .second, basis: .unrelated), by: .principalInvestigator
    ).refused("other-participant")
    trial.when(
      AnswerDLTQuestion(question: 7, participant: .first, basis: .unrelated), by: .principalInvestigator
    ).refused("no-such-question")
  }

  @Test func `the answer is due within 72 hours`() {
    var trial = asked()
    #expect(trial.tasks.map(\.kind) == [.answerDLT])
    #expect(trial.tasks.first?.deadline == .at(trial.now.instant.adding(hours: 72)))
    trial.wait(hours: 72)
    #expect(trial.tasks.first?.isLate(at: trial.now) == false)
    trial.wait(minutes: 1)
    #expect(trial.tasks.first?.isLate(at: trial.now) == true)
  }
}
