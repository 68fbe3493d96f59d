import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct ReportClockTests {
  /// What an adverse event says, and the clocks that start for it when the site was aware five hours ago.
  static let events: [(name: String, answers: [(String, String)], clocks: [String])] = [
    ("serious", [("AESER", "true")], ["siteToSponsor 19"]),
    ("not serious", [("AESER", "false")], []),
    ("nobody knows whether serious", [("AESER", "?")], ["siteToSponsor 19"]),
    ("not answered yet", [("AETOXGR", "2")], []),
    ("a criterion is met, and nothing was said of the whole", [("AESHOSP", "true")], ["siteToSponsor 19"]),
    (
      "not serious, then a criterion is met: a new fact", [("AESER", "false"), ("AESHOSP", "true")],
      ["siteToSponsor 24"]
    ),
    ("fatal", [("AEOUT", "FATAL")], ["siteToSponsor 19"]),
    ("of special interest, grade 3", [("AESER", "false"), ("AESI", "LICATS"), ("AETOXGR", "3")], ["siteToSponsor 19"]),
    ("of special interest, grade 2", [("AESER", "false"), ("AESI", "LICATS"), ("AETOXGR", "2")], []),
    ("of special interest, grade not known", [("AESER", "false"), ("AESI", "LICATS")], []),
    ("grade 3, of no special interest", [("AESER", "false"), ("AETOXGR", "3"), ("AEREL_PROD", "NOT RELATED")], []),
    ("both", [("AESER", "true"), ("AESI", "LICATS"), ("AETOXGR", "3")], ["siteToSponsor 19"]),
  ]

  @Test(arguments: events.indices) func `a report is called for once, from when the site was aware`(_ index: Int) throws
  {
    let example = Self.events[index]
    var trial = TrialScenario.watched(infused: [:])
    try trial.tell("adverseEvent", ["AETERM": "as told", "AEAWAREDTC": trial.time(hoursAgo: 5)])
    for (item, answer) in example.answers {
      try trial.tell("adverseEvent", [item: answer])
    }
    #expect(trial.clocks() == example.clocks, "\(example.name)")
    try trial.tell("adverseEvent", ["AENARR": "More was found."])
    #expect(trial.clocks() == example.clocks, "\(example.name), saved once more")
  }

  @Test func `whoever does not say when is taken to be aware now`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true"])
    #expect(trial.clocks() == ["siteToSponsor 24"])
  }

  @Test func `nobody is aware later than it is recorded`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: -30)])
    #expect(trial.clocks() == ["siteToSponsor 24"])
  }

  @Test func `a new fact starts the clock when it is recorded`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "false", "AEAWAREDTC": trial.time(hoursAgo: 30)])
    #expect(trial.clocks() == [])
    try trial.tell("adverseEvent", ["AESER": "true"], correction: "Admitted today.")
    #expect(trial.clocks() == ["siteToSponsor 24"])
  }

  @Test func `a downgrade needs a reason and stops no clock`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time()])
    #expect(throws: Refusal.self) { try trial.tell("adverseEvent", ["AESER": "false"]) }
    try trial.tell("adverseEvent", ["AESER": "false"], correction: "The admission was planned.")
    #expect(trial.clocks() == ["siteToSponsor 24"])
  }

  @Test func `somebody was aware earlier than was thought: the earlier clock counts, and the first stays`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 2)])
    try trial.tell("adverseEvent", ["AEAWAREDTC": trial.time(hoursAgo: 9)], correction: "The nurse knew at night.")
    #expect(trial.clocks() == ["siteToSponsor 22", "siteToSponsor 15"])
  }

  @Test(arguments: [
    // A night in which clocks are put forward, one in which they are put back, and another offset than the site's.
    ("2026-03-28T20:00+01:00", "2026-03-29T19:00:00.000Z"), ("2025-10-25T20:00+02:00", "2025-10-26T18:00:00.000Z"),
    ("2025-12-31T23:30+08:00", "2026-01-01T15:30:00.000Z"),
  ])
  func `a clock counts calendar time, whatever clocks on walls do`(aware: String, due: String) throws {
    var trial = TrialScenario.watched()
    trial.wait(days: 120)
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": aware])
    #expect(trial.of().record.clocks.map(\.due.description) == [due])
  }

  @Test func `a death and the event that ended in it are one report`() throws {
    var trial = TrialScenario.watched(infused: [:])
    try trial.perform(RecordDeath(participant: .first, cause: "pneumonia", lastContact: trial.now.date), by: .nurse)
    #expect(trial.clocks() == ["siteToSponsor 24"])
    try trial.tell("adverseEvent", ["AEOUT": "FATAL"])
    #expect(trial.clocks() == ["siteToSponsor 24"])
    #expect(trial.of().safety.duties(of: 1).map(\.subject) == [.death, .event(1)])
  }

  @Test func `a death that came after an older clock began has its own, which no earlier report stops`() throws {
    var trial = TrialScenario.watched(infused: [:])
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 20)])
    try trial.tell("adverseEvent", ["AEOUT": "FATAL"])
    try trial.perform(RecordDeath(participant: .first, cause: "sepsis", lastContact: trial.now.date), by: .nurse)
    #expect(trial.clocks() == ["siteToSponsor 4", "siteToSponsor 24"])
    try trial.tell(
      "sae",
      ["SAEAENO": "1", "SAEAWARE": trial.time(hoursAgo: 20), "SAESENT": trial.time(hoursAgo: 10)])
    #expect(trial.clocks() == ["siteToSponsor 4 stopped", "siteToSponsor 24"])
    try trial.tell("sae", row: 2, ["SAEAENO": "1", "SAEAWARE": trial.time(), "SAESENT": trial.time()])
    #expect(trial.clocks() == ["siteToSponsor 4 stopped", "siteToSponsor 24 stopped"])
  }

  @Test func `a report counts from when somebody was aware, though that was recorded later`() throws {
    var trial = TrialScenario.watched(infused: [:])
    try trial.perform(RecordDeath(participant: .first, cause: "sepsis", lastContact: trial.now.date), by: .nurse)
    try trial.tell(
      "death", visit: FormKey.once, ["DTHFL": "true", "DTHAENO": "1", "DTHAWARE": trial.time(hoursAgo: 3)])
    #expect(trial.clocks() == ["siteToSponsor 24", "siteToSponsor 21"])
    try trial.tell("adverseEvent", ["AEOUT": "FATAL", "AEAWAREDTC": trial.time(hoursAgo: 3)])
    try trial.tell("sae", ["SAEAENO": "1", "SAESENT": trial.time(hoursAgo: 2)])
    #expect(trial.of().record.runningClocks.isEmpty)
  }

  @Test func `a pregnancy is reported within its own clock, told by form or without`() throws {
    var trial = TrialScenario.watched()
    try trial.perform(ReportPregnancy(participant: .first, of: .partner), by: .nurse)
    try trial.tell("pregnancyReport", ["RPWHO": "PARTNER", "RPAWARE": trial.time()])
    #expect(trial.clocks() == ["pregnancyToSponsor 24"])
    try trial.tell("pregnancyReport", ["RPSENT": trial.time()])
    #expect(trial.clocks() == ["pregnancyToSponsor 24 stopped"])
  }

  @Test
  func `a further cause of the same event counts with the clock that runs; what a report came too early for is anew`()
    throws
  {
    var trial = TrialScenario.watched(infused: [:])
    let special: Answers = [
      "AESER": "false", "AESI": "LICATS", "AETOXGR": "3", "AEAWAREDTC": trial.time(hoursAgo: 20),
    ]
    try trial.tell("adverseEvent", special)
    #expect(trial.clocks() == ["siteToSponsor 4"])
    try trial.tell("adverseEvent", ["AESER": "true"], correction: "Admitted today.")
    #expect(trial.clocks() == ["siteToSponsor 4"])
    #expect(trial.of().safety.duties(of: 1).map(\.cause) == [.serious, .specialInterest])
    var other = trial
    try trial.tell("sae", ["SAEAENO": "1", "SAESENT": trial.time()])
    #expect(trial.clocks() == ["siteToSponsor 4 stopped"])
    try other.tell("sae", ["SAEAENO": "1", "SAESENT": other.time(hoursAgo: 2)])
    #expect(other.clocks() == ["siteToSponsor 4 stopped", "siteToSponsor 24"])
    other = trial
    other.wait(hours: 1)
    #expect(other.of().untold(by: other.now.instant, clock: 1).isEmpty)
  }

  @Test func `a report of an event that became serious later says since when that was known`() throws {
    var trial = TrialScenario.watched(infused: [:])
    try trial.tell("adverseEvent", ["AESER": "false", "AEAWAREDTC": trial.time(hoursAgo: 30)])
    try trial.tell("adverseEvent", ["AESER": "true"], correction: "Admitted.")
    #expect(trial.clocks() == ["siteToSponsor 24"])
    try trial.tell("sae", ["SAEAENO": "1", "SAEAWARE": trial.time(hoursAgo: 10)])
    #expect(trial.clocks() == ["siteToSponsor 24", "siteToSponsor 14"])
    try trial.tell("sae", ["SAESENT": trial.time(hoursAgo: 9)])
    #expect(trial.of().record.runningClocks.isEmpty)
  }

  // MARK: submission

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

  @Test func `the same of a pregnancy`() throws {
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

  @Test func `a late submission is a deviation`() throws {
    var trial = TrialScenario.watched()
    try trial.tell("adverseEvent", ["AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 26)])
    try trial.tell("sae", ["SAEAENO": "1", "SAESENT": trial.time(hoursAgo: 1)])
    #expect(trial.clocks() == ["siteToSponsor -2 stopped"])
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

struct SUSARTests {
  /// What the safety officer says; the site says serious, possibly related to the product. Aware five hours ago.
  static let judgments: [(name: String, answers: Answers, clocks: [String])] = [
    (
      "fatal or life-threatening",
      ["SOAEXPECT": "UNEXPECTED", "SOARELPROD": "RELATED", "SOASERCAT": "FATAL OR LIFE-THREATENING"],
      ["susarFatal 163", "susarFatalFollowUp 355"]
    ),
    (
      "seriousness not known: the shorter clock",
      ["SOAEXPECT": "UNEXPECTED", "SOARELPROD": "RELATED", "SOASERCAT": "UNKNOWN"],
      ["susarFatal 163", "susarFatalFollowUp 355"]
    ),
    ("other", ["SOAEXPECT": "UNEXPECTED", "SOARELPROD": "RELATED", "SOASERCAT": "OTHER SERIOUS"], ["susarOther 355"]),
    ("expected", ["SOAEXPECT": "EXPECTED", "SOARELPROD": "RELATED", "SOASERCAT": "OTHER SERIOUS"], []),
    (
      "the investigator finds it related",
      [
        "SOAEXPECT": "UNEXPECTED", "SOARELPROD": "NOT RELATED", "SOARELLD": "NOT RELATED", "SOASERCAT": "OTHER SERIOUS",
      ],
      ["susarOther 355"]
    ),
    ("expectedness cannot be judged", ["SOAEXPECT": "UNKNOWN", "SOASERCAT": "OTHER SERIOUS"], ["susarOther 355"]),
    ("expectedness not answered yet", ["SOASERCAT": "OTHER SERIOUS"], []),
    ("called one", ["SOASUSAR": "true", "SOASERCAT": "OTHER SERIOUS"], ["susarOther 355"]),
  ]

  @Test(arguments: judgments.indices) func `the more serious view of the two decides on a SUSAR`(_ index: Int) throws {
    let example = Self.judgments[index]
    var trial = try Self.serious(relation: "POSSIBLY RELATED")
    try trial.tell("saeAssessment", ["SOAAENO": "1", "SOAAWARE": trial.time(hoursAgo: 5)])
    try trial.tell("saeAssessment", example.answers)
    #expect(trial.clocks().dropFirst() == example.clocks[...], "\(example.name)")
  }

  @Test(arguments: [("NOT RELATED", 0), ("UNLIKELY RELATED", 0), ("UNKNOWN", 1), ("?", 1)])
  func `an unknown relation counts as related, an unlikely one does not`(relation: String, clocks: Int) throws {
    var trial = try Self.serious(relation: relation)
    try trial.tell(
      "saeAssessment",
      ["SOAAENO": "1", "SOAAWARE": trial.time(), "SOAEXPECT": "UNEXPECTED", "SOASERCAT": "OTHER SERIOUS"])
    #expect(trial.clocks().count == 1 + clocks)
  }

  @Test func `a graver fact starts the shorter clock beside the first, which stays`() throws {
    var trial = try Self.serious(relation: "RELATED")
    try trial.tell(
      "saeAssessment",
      [
        "SOAAENO": "1", "SOAAWARE": trial.time(hoursAgo: 5), "SOAEXPECT": "UNEXPECTED", "SOASERCAT": "OTHER SERIOUS",
      ])
    trial.wait(days: 2)
    try trial.tell("adverseEvent", ["AESLIFE": "true"])
    #expect(trial.clocks().dropFirst() == ["susarOther 307", "susarFatal 168", "susarFatalFollowUp 360"])
    let sent = trial.time()
    try trial.tell("saeAssessment", ["SOAAUTH": sent, "SOAEC": sent, "SOASITES": sent])
    #expect(
      trial.clocks().dropFirst() == ["susarOther 307 stopped", "susarFatal 168 stopped", "susarFatalFollowUp 360"])
  }

  @Test func `it goes to authority, ethics committee and other sites, and the clock runs until all have it`() throws {
    var trial = try Self.serious(relation: "RELATED")
    try trial.tell(
      "saeAssessment",
      ["SOAAENO": "1", "SOAAWARE": trial.time(), "SOAEXPECT": "UNEXPECTED", "SOASERCAT": "OTHER SERIOUS"])
    for recipient in ["SOAAUTH", "SOAEC", "SOASITES"] {
      #expect(trial.clocks().last == "susarOther 360", "before \(recipient)")
      try trial.tell("saeAssessment", [recipient: trial.time()])
    }
    #expect(trial.clocks().last == "susarOther 360 stopped")
  }

  @Test func `the corrected date of the first report stops its clock, and is no follow-up`() throws {
    var trial = try Self.serious(relation: "RELATED")
    let late = trial.time(hoursAgo: -5)
    try trial.tell(
      "saeAssessment",
      [
        "SOAAENO": "1", "SOAAWARE": trial.time(hoursAgo: 5), "SOAEXPECT": "UNEXPECTED", "SOASERCAT": "UNKNOWN",
        "SOAAUTH": late, "SOAEC": trial.time(), "SOASITES": trial.time(),
      ])
    #expect(trial.clocks().dropFirst() == ["susarFatal 163", "susarFatalFollowUp 355"])
    try trial.tell("saeAssessment", ["SOAAUTH": trial.time(hoursAgo: 1)], correction: "Typed wrongly.")
    #expect(trial.clocks().dropFirst() == ["susarFatal 163 stopped", "susarFatalFollowUp 355"])
    trial.wait(hours: 1)
    try trial.tell("saeAssessment", ["SOASITES": trial.time()], correction: "Told an hour later.")
    #expect(trial.clocks().last == "susarFatalFollowUp 354")
  }

  @Test(arguments: [
    ["SOAEXPECT": "EXPECTED"], ["SOARELPROD": "NOT RELATED"], ["SOASERCAT": "OTHER SERIOUS"], ["SOASUSAR": "false"],
    ["SOAEXPECT": ""],
  ])
  func `a lower judgment needs its reason, though the box says that it lowers nothing`(_ lower: [String: String]) throws
  {
    var trial = try Self.serious(relation: "NOT RELATED")
    let first = [
      "SOAAENO": "1", "SOAEXPECT": "UNEXPECTED", "SOARELPROD": "RELATED", "SOASERCAT": "FATAL OR LIFE-THREATENING",
      "SOASUSAR": "true", "SOADOWN": "false",
    ]
    func judge(_ row: Int, _ answers: [String: String]) throws {
      for (item, answer) in answers.sorted(by: { $0.key < $1.key }) where !answer.isEmpty {
        try trial.tell("saeAssessment", row: row, [item: answer])
      }
    }
    func lowered() -> Bool {
      Reconciliation(of: trial.of(), plan: trial.plan.safety).findings.contains { $0.kind == .loweredWithoutReason }
    }
    try judge(1, first)
    try judge(2, first)
    #expect(trial.event(1)?.assessment?.form.row == 2 && !lowered())
    try judge(3, first.merging(lower) { $1 })
    #expect(trial.event(1)?.assessment?.form.row == 2 && lowered(), "\(lower)")
    try trial.tell("saeAssessment", row: 3, ["SOADOWNWHY": "The brochure lists it."])
    #expect(trial.event(1)?.assessment?.form.row == 3 && !lowered(), "\(lower)")
  }

  @Test func `a judgment that lowers the first without a reason does not count`() throws {
    var trial = try Self.serious(relation: "NOT RELATED")
    let first: Answers = [
      "SOAAENO": "1", "SOAAWARE": trial.time(), "SOAEXPECT": "UNEXPECTED", "SOARELPROD": "RELATED",
      "SOASERCAT": "OTHER SERIOUS",
    ]
    try trial.tell("saeAssessment", first)
    try trial.tell("saeAssessment", row: 2, ["SOAAENO": "1", "SOAEXPECT": "EXPECTED", "SOADOWN": "true"])
    #expect(trial.event(1)?.isSUSAR == true)
    try trial.tell("saeAssessment", row: 2, ["SOADOWNWHY": "The brochure lists it."])
    #expect(trial.event(1)?.isSUSAR == false)
    #expect(trial.clocks().count == 2)
  }

  @Test func `the judgment is the safety officer's, and nothing else is`() throws {
    let trial = TrialScenario.watched()
    let judgment = try FormKey("log/1/saeAssessment/1")
    let entries = [ReadEntry(Entry("SOAAENO", .value("1")))]
    trial.when(SaveForm(participant: .first, form: judgment, entries: entries), by: .investigator)
      .refused("role-may-not")
    trial.when(JudgeSeriousEvent(participant: .first, form: judgment, entries: entries), by: .investigator)
      .refused("role-may-not")
    let event = try FormKey("log/1/adverseEvent/1")
    trial.when(JudgeSeriousEvent(participant: .first, form: event, entries: entries), by: .safetyOfficer)
      .refused("not-a-judgment")
  }

  /// A serious adverse event whose clock to the sponsor runs.
  private static func serious(relation: String) throws -> TrialScenario {
    var trial = TrialScenario.watched(infused: [:])
    try trial.tell(
      "adverseEvent",
      [
        "AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 5), "AEREL_PROD": relation, "AEREL_LD": "NOT RELATED",
      ])
    return trial
  }
}

extension TrialScenario {
  /// An adverse event of the first participant.
  func event(_ number: Int) -> AdverseEvent? {
    of().adverseEvents(by: plan.safety).first { $0.number == number }
  }
}
