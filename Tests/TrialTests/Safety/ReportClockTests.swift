import ClinicalValues
import Instruments
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct ReportClockTests {
  private static let crs = [
    ("AESER", "false"), ("AEDECOD", "Cytokine release syndrome"), ("AEREL_PROD", "RELATED"), ("AETOXGR", "3"),
  ]

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
    ("CRS by its term, and nothing said of special interest", crs, ["siteToSponsor 19"]),
    ("CRS by its term, and said to be none", [("AESI", "NONE")] + crs, ["siteToSponsor 19"]),
    (
      "none of special interest", [("AESER", "false"), ("AESI", "NONE"), ("AEDECOD", "Fatigue"), ("AETOXGR", "3")], []
    ),
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

  @Test func `a term that is of special interest by itself is one of CTCAE, and its code stands on the form`() throws {
    let forms = try #require(ShippedStudy.plan.safety.forms)
    let codes = ShippedStudy.book.forms["adverseEvent"]?.item("AESI")?.codes.map(\.code) ?? []
    #expect(!forms.terms.isEmpty && codes.last == forms.noKind)
    for (term, code) in forms.terms { #expect(CTCAE.term(named: term) != nil && codes.contains(code), "\(term)") }
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

  @Test(arguments: [false, true]) func `an earlier awareness starts one earlier clock for all causes of an event`(
    isReported: Bool
  ) throws {
    var trial = TrialScenario.watched(infused: [:])
    try trial.tell(
      "adverseEvent",
      ["AESER": "true", "AESI": "LICATS", "AETOXGR": "3", "AEAWAREDTC": trial.time(hoursAgo: 10)])
    #expect(trial.clocks() == ["siteToSponsor 14"])
    if isReported { try trial.tell("sae", ["SAEAENO": "1", "SAESENT": trial.time(hoursAgo: 5)]) }
    try trial.tell("sae", ["SAEAENO": "1", "SAEAWARE": trial.time(hoursAgo: 12)])
    let stopped = isReported ? " stopped" : ""
    #expect(trial.clocks() == ["siteToSponsor 14\(stopped)", "siteToSponsor 12\(stopped)"])
    #expect(trial.of().safety.duties(of: 2).map(\.cause) == [.serious, .specialInterest])
    if !isReported { try trial.tell("sae", ["SAESENT": trial.time()]) }
    #expect(trial.of().record.runningClocks.isEmpty)
  }
}
