import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

/// The clocks of pregnancies, told by form or without.
struct PregnancyClockTests {
  @Test func `a pregnancy is reported within its own clock, told by form or without`() throws {
    var trial = TrialScenario.watched()
    try trial.perform(ReportPregnancy(participant: .first, of: .partner), by: .nurse)
    try trial.tell("pregnancyReport", ["RPWHO": "PARTNER", "RPAWARE": trial.time()])
    #expect(trial.clocks() == ["pregnancyToSponsor 24"])
    try trial.tell("pregnancyReport", ["RPSENT": trial.time()])
    #expect(trial.clocks() == ["pregnancyToSponsor 24 stopped"])
  }

  @Test func `the submission of one that was dated wrongly stops the clock once its date is corrected`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("pregnancyReport", ["RPWHO": "PARTNER", "RPAWARE": trial.time(hoursAgo: 5)])
    try trial.tell("pregnancyReport", ["RPSENT": trial.time(hoursAgo: 50)])
    #expect(trial.clocks() == ["pregnancyToSponsor 19"])
    try trial.tell("pregnancyReport", ["RPSENT": trial.time(hoursAgo: 1)], correction: "Typed wrongly.")
    #expect(trial.clocks() == ["pregnancyToSponsor 19 stopped"])
  }

  @Test(arguments: [5, -5]) func `a pregnancy that was told and is then entered is one matter, whoever was aware first`(
    hoursBefore: Int
  ) throws {
    var trial = TrialScenario.watched()
    trial.wait(hours: 10)
    try trial.perform(
      ReportPregnancy(participant: .first, of: .partner), by: .nurse, at: trial.ago(hours: 10))
    try trial.tell("pregnancyReport", ["RPWHO": "PARTNER", "RPAWARE": trial.time(hoursAgo: 10 + hoursBefore)])
    let earlier = hoursBefore > 0 ? ["pregnancyToSponsor 9"] : []
    #expect(trial.clocks() == ["pregnancyToSponsor 14"] + earlier)
    let first = trial.of().record.clocks.map(\.aware).min()
    #expect(trial.of().record.clocks.allSatisfy { trial.of().known($0) == first })
    try trial.tell("pregnancyReport", ["RPSENT": trial.time(hoursAgo: hoursBefore > 0 ? 11 : 1)])
    #expect(trial.of().record.runningClocks.isEmpty)
  }

  @Test func `a pregnancy that is entered and then told has no second clock`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("pregnancyReport", ["RPWHO": "PARTNER", "RPAWARE": trial.time(hoursAgo: 3)])
    try trial.perform(ReportPregnancy(participant: .first, of: .partner), by: .nurse)
    #expect(trial.clocks() == ["pregnancyToSponsor 21"])
    try trial.tell("pregnancyReport", ["RPSENT": trial.time(hoursAgo: 2)])
    #expect(trial.of().record.runningClocks.isEmpty)
  }

  @Test func `a pregnancy of the participant is another matter than that of the partner`() throws {
    var trial = TrialScenario.watched()
    try trial.perform(ReportPregnancy(participant: .first, of: .partner), by: .nurse)
    try trial.tell("pregnancyReport", ["RPWHO": "PARTICIPANT", "RPAWARE": trial.time()])
    try trial.tell("pregnancyReport", ["RPSENT": trial.time()])
    #expect(trial.clocks() == ["pregnancyToSponsor 24", "pregnancyToSponsor 24 stopped"])
  }

  @Test func `a second pregnancy of the same person has a clock of its own`() throws {
    var trial = TrialScenario.watched()
    try trial.perform(ReportPregnancy(participant: .first, of: .partner), by: .nurse)
    try trial.perform(EndPregnancy(participant: .first, of: .partner, outcome: "Miscarriage"), by: .nurse)
    try trial.perform(ReportPregnancy(participant: .first, of: .partner), by: .nurse)
    #expect(trial.clocks() == ["pregnancyToSponsor 24", "pregnancyToSponsor 24"])
    #expect(Set(trial.of().record.clocks.map(\.clock)).count == 1)
  }
}
