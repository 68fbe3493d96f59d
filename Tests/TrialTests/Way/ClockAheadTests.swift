import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

@Suite struct `After a clock that was ahead` {
  private let right = Moment.summer
  private var ahead: Moment { right.adding(days: 2) }

  /// The way after events, each recorded at the time at which it is said to have happened.
  private func way(_ events: (WayEvent, Moment)...) -> WayState {
    var way = WayState()
    for (event, moment) in events {
      way.apply(
        Recorded(
          event, happened: moment, recorded: moment.instant, actor: Actor(account: "anna.berg", role: "subInvestigator")
        ))
    }
    return way
  }

  @Test func `what is recorded by the right time counts, not what bears a time still to come`() {
    func recheck(_ outcome: SignedRecheck.Outcome) -> WayEvent {
      .recheckSigned(recheck: SignedRecheck(kind: .leukapheresis, outcome: outcome, assessment: nil, reason: "fever"))
    }
    func ready(_ doses: Int) -> WayEvent { .readinessConfirmed(item: .tocilizumabKept, site: .berlin, doses: doses) }
    let visit = WayEvent.visitRecorded(visit: RecordedVisit(visit: "D1", assessed: true, completes: false))
    let state = way(
      (recheck(.passed), ahead), (ready(2), ahead), (visit, ahead), (recheck(.deferred), right), (ready(1), right),
      (visit, right))
    #expect(state.rechecks[.leukapheresis]?.outcome == .deferred)
    #expect(state.readiness[.tocilizumabKept]?.doses == 1)
    #expect(state.lastAssessment == right)
  }

  @Test func `what is entered late still does not take the place of what was later`() {
    let visit = WayEvent.visitRecorded(visit: RecordedVisit(visit: "D1", assessed: true, completes: false))
    var state = way((visit, ahead))
    state.apply(
      Recorded(
        visit, happened: right, recorded: ahead.instant.adding(hours: 1),
        actor: Actor(account: "anna.berg", role: "subInvestigator")))
    #expect(state.lastAssessment == ahead)
  }
}
