import ClinicalValues
import StudyDesign

extension TrialState {
  /// Adverse events of somebody infused that began within the dose-limiting window and may still become dose-limiting: they
  /// go on, and how long they last decides it. So are those that have lasted long enough by now and of which nobody was asked
  /// since. The window stays open for them.
  ///
  /// An answer that they are below the threshold is one for the time being; any other that was settled stands, however
  /// long they last.
  func undecidedToxicities(after infusion: BegunInfusion, at now: Instant, plan: SafetyPlan) -> [AdverseEvent] {
    guard let participant = participants[infusion.participant] else { return [] }
    return participant.adverseEvents(by: plan).filter { event in
      let (day, asked) = (infusion.begun.day, participant.safety.questions[event.number] ?? [])
      let isDue =
        !asked.contains { $0.result == .yes }
        && event.doseLimiting(infusedOn: day, plan: plan, until: now).result == .yes
      guard isDue || event.awaitsDuration(infusedOn: day, plan: plan, until: now) else { return false }
      let last = asked.last?.question
      let basis = study.questions.first { $0.number == last }?.settledBy
      return basis == nil || basis == .belowThreshold
    }
  }

  /// DLT questions that bar who comes next: those without an answer that counts, and those that were answered while the event
  /// goes on and may still become dose-limiting. Of who has left or died nothing is waited for but the answer.
  func barringQuestions(at now: Instant, plan: SafetyPlan) -> [DLTQuestion] {
    var undecided: Set<Int> = []
    for infusion in study.infusions {
      guard let participant = participants[infusion.participant], !participant.safety.questions.isEmpty,
        !participant.isGone(by: plan)
      else { continue }
      for event in undecidedToxicities(after: infusion, at: now, plan: plan) {
        if let last = participant.safety.questions[event.number]?.last { undecided.insert(last.question) }
      }
    }
    return study.questions.filter { $0.isDoseLimiting == nil || undecided.contains($0.number) }
  }
}
