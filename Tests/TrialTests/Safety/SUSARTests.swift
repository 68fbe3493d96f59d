import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

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

  @Test func `an earlier awareness that is found after the report draws a running follow-up forward`() throws {
    var trial = try Self.serious(relation: "RELATED")
    try trial.tell(
      "saeAssessment",
      [
        "SOAAENO": "1", "SOAAWARE": trial.time(hoursAgo: 5), "SOAEXPECT": "UNEXPECTED", "SOASERCAT": "UNKNOWN",
      ])
    let sent = trial.time()
    try trial.tell("saeAssessment", ["SOAAUTH": sent, "SOAEC": sent, "SOASITES": sent])
    #expect(trial.clocks().dropFirst() == ["susarFatal 163 stopped", "susarFatalFollowUp 355"])
    try trial.tell("saeAssessment", ["SOAAWARE": trial.time(hoursAgo: 10)], correction: "Read wrongly.")
    #expect(
      trial.clocks().dropFirst(3) == ["susarFatal 158 stopped", "susarFatalFollowUp 350"])
  }

  @Test func `a corrected date at which one of them had it makes the report late, and is no follow-up`() throws {
    var trial = try Self.serious(relation: "RELATED")
    try trial.tell(
      "saeAssessment",
      ["SOAAENO": "1", "SOAAWARE": trial.time(), "SOAEXPECT": "UNEXPECTED", "SOASERCAT": "UNKNOWN"])
    trial.wait(days: 8)
    let sent = trial.time(hoursAgo: 48)
    try trial.tell("saeAssessment", ["SOAAUTH": sent, "SOAEC": sent, "SOASITES": sent])
    #expect(trial.clocks().dropFirst() == ["susarFatal -24 stopped", "susarFatalFollowUp 168"])
    #expect(trial.of().record.deviations.isEmpty)
    try trial.tell("saeAssessment", ["SOAAUTH": trial.time(hoursAgo: 1)], correction: "Typed wrongly.")
    #expect(trial.clocks().dropFirst() == ["susarFatal -24 stopped", "susarFatalFollowUp 168"])
    #expect(trial.of().record.deviations.map(\.kind) == [.lateReport])
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
