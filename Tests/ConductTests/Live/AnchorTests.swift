import ClinicalValues
import Ledger
import Rules
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// From which days what the gate of lymphodepletion asks is reckoned.
struct AnchorTests {
  private func state(_ events: [(WayEvent, Moment)]) -> ParticipantState {
    var state = ParticipantState(id: .first)
    for (event, moment) in events {
      state.way.apply(
        Recorded(event, happened: moment, recorded: moment.instant, actor: Actor(account: "nora", role: "nurse")))
    }
    return state
  }

  private func dose(_ number: Int, until day: Moment) -> WayEvent {
    .lymphodepletionGiven(
      dose: LymphodepletionDose(
        number: number, round: 1, infusable: (day.day - 12)...day.day, gate: [], outsideGate: false))
  }

  @Test func `before lymphodepletion its gate reckons from the day on which it would begin, not from the booked one`()
    throws
  {
    let way = try CasebookStage.edition.get().study.conduct.way
    let now = try CasebookStage.moment("2026-04-01")
    let booked = state([(.dayZeroBooked(day: try #require(CalendarDate("2026-04-10"))), now)])
    #expect(Anchors(booked, way).firstDose == CalendarDate("2026-04-05"), "visits and forms keep to the booking")
    #expect(Anchors(booked, way, beginning: now).firstDose == CalendarDate("2026-04-01"))
    #expect(Anchors(booked, way, beginning: now).dayZero == CalendarDate("2026-04-10"))
  }

  @Test
  func `its first dose stands once given, and after it has run out the next round is reckoned from the day`()
    throws
  {
    let way = try CasebookStage.edition.get().study.conduct.way
    let (begun, last) = (try CasebookStage.moment("2026-04-01"), try CasebookStage.moment("2026-04-17"))
    let given = state([(dose(1, until: last), begun)])
    #expect(Anchors(given, way, beginning: last).firstDose == begun.date)
    let later = try CasebookStage.moment("2026-04-24")
    #expect(Anchors(given, way, beginning: later).firstDose == later.date)
  }
}
