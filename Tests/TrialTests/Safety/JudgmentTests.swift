import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

/// Relation, and what exempts from dose-limiting toxicity, an investigator judges; the rest of a form whoever records data enters.
struct JudgmentTests {
  static let judgments: [(form: String, visit: String, item: String, answer: String)] = [
    ("adverseEvent", FormKey.log, "AEREL_PROD", "NOT RELATED"), ("adverseEvent", FormKey.log, "AEREL_LD", "RELATED"),
    ("death", FormKey.once, "DTHREL_PROC", "NOT RELATED"), ("sae", FormKey.log, "SAERELPROD", "NOT RELATED"),
    ("dltQuestion", FormKey.log, "DLTEXP", "true"), ("dltQuestion", FormKey.log, "DLTLAB", "true"),
  ]

  @Test(arguments: judgments.indices) func `nurse and coordinator do not enter a physician's judgment`(
    _ index: Int
  ) throws {
    let (form, visit, item, answer) = Self.judgments[index]
    for actor in [Acting.nurse, .coordinator] {
      var trial = TrialScenario.watched()
      let refusal = #expect(throws: Refusal.self) { try trial.tell(form, visit: visit, [item: answer], by: actor) }
      #expect(refusal?.id == "role-may-not", "\(item) by \(actor.role)")
    }
    for actor in [Acting.investigator, .principalInvestigator] {
      var trial = TrialScenario.watched()
      try trial.tell(form, visit: visit, [item: answer], by: actor)
    }
  }

  @Test func `what they record of the event otherwise is saved, and the question of dose-limiting toxicity stays open`()
    throws
  {
    var trial = TrialScenario.watched()
    try trial.tell(
      "adverseEvent",
      ["AEDECOD": "Cytokine release syndrome", "AETOXGR": "4", "AESI": "CRS", "AESTDTC": "2026-01-01"], by: .nurse)
    #expect(trial.state.study.openQuestions.count == 1)
  }
}
