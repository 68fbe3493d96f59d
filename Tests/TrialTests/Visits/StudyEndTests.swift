import ClinicalValues
import Testing

@testable import StudyDesign
@testable import Trial

/// Completion, withdrawal and the end of the study: what ends it for whom, and who is asked to say so.
struct StudyEndTests {
  private static let book = FormBook(
    forms: Array(ShippedStudy.book.forms.values),
    schedule: SchedulePlan(
      visits: [
        VisitPlan(
          id: "M24", title: "Month 24", epoch: "followUp", anchor: .dayZero, day: 730...730, window: -30...0,
          mode: .site, activities: [PlannedActivity(activity: "endOfStudy", minutes: [], fromInfusion: false)]),
        VisitPlan(
          id: "SFU", title: "Safety follow-up", epoch: "followUp", anchor: .lastProcedure, day: 30...30, window: 0...7,
          mode: .site, activities: []),
      ], activities: [ActivityPlan(id: "endOfStudy", title: "End of study", forms: ["endOfStudy"])]))

  /// Who left, and what of a participant is on record; whether the study has ended for them.
  enum Case: String, CaseIterable {
    case inFollowUp, completed, withdrawnFromVisits, withdrawnFromEverything, lost, dead
    case neverTreated, neverInfused, neverInfusedSeen, neverInfusedSeenOtherwise, neverInfusedWithdrawn

    var isEnded: Bool { ![.inFollowUp, .neverInfused, .neverInfusedSeenOtherwise].contains(self) }
    var isInfused: Bool { !rawValue.hasPrefix("never") }
  }

  private func departure(
    _ reason: Departure.Reason, _ scope: Withdrawal.Scope? = nil, on day: CalendarDate
  ) -> TrialEvent {
    .way(
      .first,
      .left(
        departure: Departure(
          reason: reason, detail: "As told.", decidedBy: .participant, lastContact: day,
          withdrawal: scope.map { Withdrawal(scope: $0, samples: .kept, cells: .kept) })))
  }

  private func trial(_ example: Case) -> TrialScenario {
    var trial = TrialScenario.watched(infused: example.isInfused ? [.first: 40] : [:])
    trial.book = Self.book
    let today = trial.now.date
    if !example.isInfused, example != .neverTreated {
      trial.given(
        .way(
          .first,
          .lymphodepletionGiven(
            dose: LymphodepletionDose(
              number: 1, round: 1, infusable: trial.now.day - 8...trial.now.day + 4, gate: [], outsideGate: false))),
        at: trial.ago(days: 10))
    }
    switch example {
    case .inFollowUp: break
    case .completed:
      trial.given(.way(.first, .visitRecorded(visit: RecordedVisit(visit: "M24", assessed: true, completes: true))))
    case .withdrawnFromVisits: trial.given(departure(.withdrawn, .visits, on: today))
    case .withdrawnFromEverything: trial.given(departure(.withdrawn, .everything, on: today))
    case .lost: trial.given(departure(.lostToFollowUp, on: today))
    case .dead: trial.given(.way(.first, .died(cause: "accident")), departure(.died, on: today))
    case .neverTreated, .neverInfused, .neverInfusedSeen, .neverInfusedSeenOtherwise:
      trial.given(departure(.withdrawn, .treatment, on: today), at: trial.ago(days: 5))
    case .neverInfusedWithdrawn: trial.given(departure(.withdrawn, .visits, on: today))
    }
    if example == .neverInfusedSeen || example == .neverInfusedSeenOtherwise {
      let visit = example == .neverInfusedSeen ? "SFU" : "unscheduled"
      trial.given(.way(.first, .visitRecorded(visit: RecordedVisit(visit: visit, assessed: false, completes: false))))
    }
    return trial
  }

  private func asked(_ trial: TrialScenario) -> [StudyTask.Kind] {
    trial.worklist.tasks.filter { $0.title.contains("once/1/endOfStudy/1") }.map(\.kind)
  }

  @Test(arguments: Case.allCases)
  func `the form on the end is asked once the study has ended, and one that comes too early is looked into`(
    _ example: Case
  ) throws {
    var trial = trial(example)
    #expect((trial.of().endOfStudy(trial.book.schedule) != nil) == example.isEnded)
    #expect(asked(trial) == (example.isEnded ? [.completeForms] : []))
    try trial.tell(
      "endOfStudy", visit: FormKey.once, ["DSSTDTC": trial.now.date.description, "DSDECOD": "COMPLETED"])
    #expect(asked(trial).contains(.reconcile) == !example.isEnded)
    #expect(!asked(trial).contains(.completeForms))
  }

  @Test func `an event of who left before any infusion is followed to the end of the safety follow-up`() throws {
    for (example, isFollowed) in [
      (Case.neverInfused, true), (.neverInfusedSeen, false), (.neverInfusedSeenOtherwise, true), (.neverTreated, false),
    ] {
      var trial = trial(example)
      try trial.tell(
        "adverseEvent", ["AESER": "false", "AESTDTC": "2025-12-27", "AEOUT": "NOT RECOVERED/NOT RESOLVED"])
      #expect(trial.worklist.tasks.contains { $0.kind == .reviewEvent } == isFollowed, "\(example)")
    }
  }
}
