import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

/// What stops the clock of a report, and what makes it late.
struct SubmissionTests {
  @Test(arguments: [
    (2, ["siteToSponsor 19 stopped"], 0),  // in time
    (-2, ["siteToSponsor 19"], 0),  // a time to come is no submission
    (6, ["siteToSponsor 19"], 0),  // sent before anybody was aware
  ])
  func `only a dated submission stops a clock`(hoursAgo: Int, clocks: [String], deviations: Int) throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 5)])
    try trial.tell("sae", ["SAEAENO": "1", "SAEVERS": "FIRST", "SAEAWARE": trial.time(hoursAgo: 5)])
    #expect(trial.clocks() == ["siteToSponsor 19"])
    try trial.tell("sae", ["SAESENT": trial.time(hoursAgo: hoursAgo)])
    #expect(trial.clocks() == clocks)
    #expect(trial.of().record.deviations.count == deviations)
  }

  @Test(arguments: [-2, 6]) func `a submission that was dated wrongly stops the clock once its date is corrected`(
    hoursAgo: Int
  ) throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 5)])
    try trial.tell(
      "sae", ["SAEAENO": "1", "SAEAWARE": trial.time(hoursAgo: 5), "SAESENT": trial.time(hoursAgo: hoursAgo)])
    #expect(trial.clocks() == ["siteToSponsor 19"])
    try trial.tell("sae", ["SAESENT": trial.time(hoursAgo: 1)], correction: "Typed wrongly.")
    #expect(trial.clocks() == ["siteToSponsor 19 stopped"])
  }

  @Test func `the report's own time of awareness corrected has the same effect`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 5)])
    try trial.tell("sae", ["SAEAENO": "1", "SAEAWARE": trial.time(hoursAgo: 2), "SAESENT": trial.time(hoursAgo: 3)])
    #expect(trial.clocks() == ["siteToSponsor 19"])
    try trial.tell("sae", ["SAEAWARE": trial.time(hoursAgo: 5)], correction: "Typed wrongly.")
    #expect(trial.clocks() == ["siteToSponsor 19 stopped"])
  }

  @Test func `a late submission is a deviation`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 26)])
    try trial.tell("sae", ["SAEAENO": "1", "SAESENT": trial.time(hoursAgo: 1)])
    #expect(trial.clocks() == ["siteToSponsor -2 stopped"])
    #expect(trial.of().record.deviations.map(\.kind) == [.lateReport])
    let opened = trial.ledger.compactMap { recorded -> String? in
      if case .record(_, .deviationOpened(let deviation)) = recorded.event { deviation.what } else { nil }
    }
    let due = try #require(trial.of().record.clocks.first?.due)
    #expect(opened.last?.hasSuffix("was due at \(due)[UTC].") == true, "\(opened)")
  }

  @Test func `the date that stopped a clock is corrected: the verdict and its deviation follow`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 26)])
    try trial.tell("sae", ["SAEAENO": "1", "SAESENT": trial.time(hoursAgo: 1)])
    func lapsed() -> [Bool] { trial.of().record.deviations.map(\.isLapsed) }
    #expect(lapsed() == [false])
    for (hours, deviations) in [(3, [true]), (1, [true, false]), (4, [true, true])] {
      try trial.tell("sae", ["SAESENT": trial.time(hoursAgo: hours)], correction: "Typed wrongly.")
      #expect(trial.of().record.clocks.map(\.submitted) == [trial.ago(hours: hours).instant])
      #expect(lapsed() == deviations, "sent \(hours) hours ago")
    }
    let later = trial.watch()
    #expect(!later.contains { if case .record = $0 { true } else { false } })
  }

  @Test(arguments: ["", "-2", "30"])
  func `a date that stopped a clock and can be none lets it run again`(_ hours: String) throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 26)])
    try trial.tell("sae", ["SAEAENO": "1", "SAESENT": trial.time(hoursAgo: 3)])
    #expect(trial.clocks() == ["siteToSponsor -2 stopped"])
    let date = Int(hours).map { trial.time(hoursAgo: $0) } ?? ""
    try trial.tell("sae", ["SAESENT": date], correction: "It was never sent.")
    #expect(trial.clocks() == ["siteToSponsor -2"])
    #expect(trial.of().record.deviations.map(\.kind) == [.lateReport])
  }

  @Test func `that somebody was aware earlier makes a report late that was sent in time by what was thought`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 5)])
    try trial.tell("sae", ["SAEAENO": "1", "SAESENT": trial.time(hoursAgo: 1)])
    try trial.tell("adverseEvent", ["AEAWAREDTC": trial.time(hoursAgo: 30)], correction: "The ward knew at night.")
    #expect(trial.clocks() == ["siteToSponsor 19 stopped", "siteToSponsor -6 stopped"])
    #expect(trial.of().record.deviations.map(\.kind) == [.lateReport])
  }

  @Test func `nothing is handed in before somebody was aware of what it tells`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true"])
    let report = SubmitReport(participant: .first, clock: 1, to: "sponsor")
    trial.when(report, by: .nurse, at: trial.ago(hours: 1)).refused("before-its-cause")
    #expect(trial.when(report, by: .nurse).events != nil)
  }

  @Test func `what goes further than to the sponsor the safety officer alone hands in`() throws {
    var trial = TrialScenario.watched(infused: [.first: 5])
    try trial.perform(RecordDeath(participant: .first, cause: "sepsis", lastContact: trial.now.date), by: .nurse)
    #expect(trial.state.record.clocks.map(\.clock) == ["urgentSafetyMeasure"])
    let report = SubmitReport(clock: 1, to: "ethics committee and authority")
    for actor in [Acting.nurse, .coordinator, .cellLaboratory, .investigator, .principalInvestigator] {
      trial.when(report, by: actor).refused("role-may-not")
    }
    #expect(trial.when(report, by: .safetyOfficer).events != nil)
    let tasks = trial.state.record.reportTasks(at: trial.now, about: "the study")
    #expect(tasks.map(\.roles) == [[.safetyOfficer]])
  }

  @Test func `to the sponsor those of the site hand in who record data, and never the laboratory`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 5)])
    let report = SubmitReport(participant: .first, clock: 1, to: "sponsor")
    for actor in [Acting.cellLaboratory, .safetyOfficer] { trial.when(report, by: actor).refused("role-may-not") }
    for actor in [Acting.nurse, .coordinator, .investigator, .principalInvestigator] {
      #expect(trial.when(report, by: actor).events != nil, "\(actor.role)")
    }
    let correct = CorrectReport(participant: .first, clock: 1, inError: true, reason: "It was never sent.")
    try trial.perform(report, by: .nurse)
    trial.when(correct, by: .cellLaboratory).refused("role-may-not")
  }

  @Test func `one way of submission does not contradict the other`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 5)])
    try trial.perform(SubmitReport(participant: .first, clock: 1, to: "sponsor"), by: .nurse)
    let stopped = trial.of().record.clocks
    let events = try trial.tell("sae", ["SAEAENO": "1", "SAESENT": trial.time(hoursAgo: 3)])
    #expect(trial.of().record.clocks == stopped)
    #expect(!events.contains { if case .record = $0 { true } else { false } })
    let found = Reconciliation(of: trial.of(), plan: trial.plan.safety).findings.map(\.kind)
    #expect(found.contains(.submissionDiffers))
  }
}
