import ClinicalValues
import Testing

@testable import Trial

struct StaggerTests {
  private let fourth = known { try ParticipantID("01-0004") }
  private let fifth = known { try ParticipantID("01-0005") }

  @Test func `nobody else is infused until Day 28 is reached and an assessment on or after it is recorded`() {
    var trial = TrialScenario.study()
    #expect(trial.stagger(for: .first).isOver)
    #expect(trial.stagger(for: .first).firstDay == nil)
    trial.infuse(.first)
    #expect(trial.stagger(for: .second).waitsFor == [.first])
    #expect(trial.stagger(for: .second).firstDay == trial.now.day + 28)
    #expect(!trial.stagger(for: .second, inDays: 27).daysHavePassed)
    #expect(trial.stagger(for: .second, inDays: 28).daysHavePassed)
    #expect(!trial.stagger(for: .second, inDays: 28).isOver)
    trial.wait(days: 27)
    trial.assess(.first)
    #expect(!trial.stagger(for: .second, inDays: 1).isOver)
    trial.wait(days: 1)
    trial.assess(.first)
    #expect(trial.stagger(for: .second).isOver)
    #expect(!trial.stagger(for: .second, inDays: -1).isOver)
  }

  @Test func `nobody waits for an assessment of somebody whom a fatal adverse event has ended`() throws {
    var trial = TrialScenario.watched(infused: [.first: 28])
    #expect(trial.stagger(for: .second).waitsFor == [.first])
    let today = trial.now.date.description
    try trial.save(["AEOUT": "FATAL", "AESTDTC": today, "AEENDTC": today])
    #expect(trial.stagger(for: .second).isOver)
  }

  @Test func `who has left or died early is waited for until the day is reached, not longer`() {
    let leaving = Departure(
      reason: .withdrawn, detail: "Moved away.", decidedBy: .participant, lastContact: .least)
    for event in [WayEvent.died(cause: "Sepsis."), .left(departure: leaving)] {
      var trial = TrialScenario.study()
      trial.infuse(.first)
      trial.wait(days: 3)
      trial.given(.way(.first, event))
      #expect(!trial.stagger(for: .second, inDays: 24).isOver)
      #expect(trial.stagger(for: .second, inDays: 25).isOver)
    }
  }

  @Test func `the interval is 28 days after each of the first three and 14 after each later one`() {
    var trial = TrialScenario.study()
    for id in [ParticipantID.first, .second, .third] {
      trial.infuse(id)
      trial.wait(days: 28)
      trial.assess(id)
    }
    trial.infuse(fourth)
    #expect(trial.stagger(for: fifth).firstDay == trial.now.day + 14)
    trial.wait(days: 14)
    trial.assess(fourth)
    #expect(trial.stagger(for: fifth).isOver)
  }

  @Test func `an infusion that is recorded late stands where it happened`() {
    var trial = TrialScenario.study()
    trial.infuse(.second)
    trial.infuse(.third)
    trial.infuse(fourth)
    trial.wait(days: 1)
    trial.infuse(.first, at: trial.ago(days: 2))
    #expect(trial.state.study.infusions.map(\.participant) == [.first, .second, .third, fourth])
    // The fourth is now the one after whom 14 days are enough.
    #expect(trial.stagger(for: fifth).firstDay == trial.now.day + 27)
  }

  @Test func `days count at the site of the infusion`() throws {
    var trial = TrialScenario.study()
    let begun = try #require(Moment("2026-01-05T23:30:00+01:00[Europe/Berlin]"))
    trial.infuse(.first, at: begun)
    #expect(trial.stagger(for: .second).firstDay == CalendarDate(year: 2026, month: 2, day: 2)?.daysSinceEpoch)
  }

  @Test func `nobody waits for those infused later, nor for themselves`() {
    var trial = TrialScenario.study()
    trial.infuse(.first)
    trial.wait(days: 1)
    trial.infuse(.second)
    #expect(trial.stagger(for: .first).isOver)
    #expect(trial.stagger(for: .second).waitsFor == [.first])
  }
}
