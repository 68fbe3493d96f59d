import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct ReconciliationTests {
  /// Forms with answers, and what does not agree in them.
  struct Example: Sendable {
    let name: String
    let forms: [(form: String, answers: [String: String])]
    let found: [ReconciliationFinding.Kind]
  }

  static let serious = ("adverseEvent", ["AETERM": "as told", "AESER": "true"])
  static let fatal = ("adverseEvent", ["AETERM": "as told", "AESER": "true", "AEOUT": "FATAL"])

  static let examples: [Example] = [
    Example(name: "serious without a report", forms: [serious], found: [.seriousWithoutReport]),
    Example(name: "serious with one", forms: [serious, ("sae", ["SAEAENO": "1"])], found: []),
    Example(name: "not serious", forms: [("adverseEvent", ["AESER": "false"])], found: []),
    Example(name: "seriousness not known", forms: [("adverseEvent", ["AETERM": "as told"])], found: []),
    Example(
      name: "a report of what is not serious",
      forms: [("adverseEvent", ["AESER": "false"]), ("sae", ["SAEAENO": "1"])],
      found: [.reportWithoutSerious]),
    Example(
      name: "a report that judges a relation otherwise",
      forms: [
        ("adverseEvent", ["AESER": "true", "AEREL_PROD": "NOT RELATED", "AEREL_LD": "RELATED"]),
        ("sae", ["SAEAENO": "1", "SAERELPROD": "POSSIBLY RELATED", "SAERELLD": "RELATED"]),
      ], found: [.relationDiffers]),
    Example(
      name: "a report that judges what the event does not",
      forms: [
        ("adverseEvent", ["AESER": "true", "AEREL_PROD": "NOT RELATED"]),
        ("sae", ["SAEAENO": "1", "SAERELPROD": "NOT RELATED", "SAERELLD": "RELATED"]),
      ], found: []),
    Example(
      name: "a grade that the term has not",
      forms: [("adverseEvent", ["AEDECOD": "Alopecia", "AETOXGR": "3", "AESER": "false"])], found: [.gradeNotOfTerm]),
    Example(
      name: "a grade that it has",
      forms: [("adverseEvent", ["AEDECOD": "Alopecia", "AETOXGR": "2", "AESER": "false"])], found: []),
    Example(
      name: "CRS by the name of another term, graded after ASTCT",
      forms: [("adverseEvent", ["AEDECOD": "Chills", "AETOXGR": "4", "AESER": "false", "AESI": "CRS"])], found: []),
    Example(name: "a report of no event", forms: [("sae", ["SAEAENO": "4"])], found: [.noSuchEvent]),
    Example(
      name: "a medicine for no event", forms: [("concomitantMedication", ["CMTRT": "J01", "CMAENO": "2"])],
      found: [.noSuchEvent]),
    Example(
      name: "treated, and no medicine", forms: [("adverseEvent", ["AESER": "false", "AECONTRT": "true"])],
      found: [.treatedWithoutMedicine]),
    Example(
      name: "treated, with one",
      forms: [
        ("adverseEvent", ["AESER": "false", "AECONTRT": "true"]),
        ("concomitantMedication", ["CMTRT": "J01", "CMAENO": "1"]),
      ], found: []),
    Example(
      name: "fatal, and nobody died", forms: [fatal, ("sae", ["SAEAENO": "1"])], found: [.fatalWithoutDeath]),
    Example(
      name: "a death of no event", forms: [("death", ["DTHFL": "true"])], found: [.deathWithoutEvent]),
    Example(
      name: "a death of an event that is not fatal",
      forms: [("adverseEvent", ["AESER": "false"]), ("death", ["DTHFL": "true", "DTHAENO": "1"])],
      found: [.eventNotFatal]),
    Example(
      name: "a death of its event",
      forms: [fatal, ("sae", ["SAEAENO": "1"]), ("death", ["DTHFL": "true", "DTHAENO": "1"])], found: []),
  ]

  @Test(arguments: examples.indices) func `what does not agree is found`(_ index: Int) throws {
    let example = Self.examples[index]
    var trial = TrialScenario.watched(infused: [:])
    for (form, answers) in example.forms {
      let visit = form == "death" ? FormKey.once : FormKey.log
      for (item, answer) in answers.sorted(by: { $0.key < $1.key }) {
        try trial.tell(form, visit: visit, [item: answer])
      }
    }
    #expect(
      Reconciliation(of: trial.of(), plan: trial.plan.safety).findings.map(\.kind) == example.found, "\(example.name)")
  }

  @Test func `a later version of the report that judges as the event does settles it`() throws {
    var trial = TrialScenario.watched(infused: [:])
    try trial.tell("adverseEvent", ["AESER": "true", "AEREL_PROD": "NOT RELATED"])
    try trial.tell("sae", ["SAEAENO": "1", "SAEVERNO": "0", "SAERELPROD": "RELATED"])
    func differs() -> Bool {
      Reconciliation(of: trial.of(), plan: trial.plan.safety).findings.contains { $0.kind == .relationDiffers }
    }
    #expect(differs())
    try trial.tell("sae", row: 2, ["SAEAENO": "1", "SAEVERNO": "1", "SAERELPROD": "NOT RELATED"])
    #expect(!differs())
  }

  @Test(arguments: [(3, false), (5, false), (6, true)])
  func `the sponsor is not aware of an event before the site, by the event or by its report`(
    _ hoursAgo: Int, _ isFound: Bool
  ) throws {
    var trial = TrialScenario.watched(infused: [:])
    try trial.tell("adverseEvent", ["AETERM": "as told", "AESER": "true", "AEAWAREDTC": trial.time(hoursAgo: 4)])
    try trial.tell("sae", ["SAEAENO": "1", "SAEAWARE": trial.time(hoursAgo: 5)])
    try trial.tell("saeAssessment", ["SOAAENO": "1", "SOAAWARE": trial.time(hoursAgo: hoursAgo)])
    let found = Reconciliation(of: trial.of(), plan: trial.plan.safety).findings
    #expect(found.contains { $0.kind == .sponsorAwareFirst } == isFound)
    try trial.tell("saeAssessment", ["SOAAENO": "2"], correction: "It is the other event.")
    #expect(
      !Reconciliation(of: trial.of(), plan: trial.plan.safety).findings.contains { $0.kind == .sponsorAwareFirst })
  }

  @Test func `tasks come with what waits and go with the deed that settles it`() throws {
    var trial = TrialScenario.watched(infused: [:])
    func kinds() -> Set<StudyTask.Kind> {
      Set(trial.of().safetyTasks(plan: trial.plan.safety, book: trial.book).map(\.kind))
    }
    try trial.tell("adverseEvent", ["AETERM": "as told", "AEAWAREDTC": trial.time(hoursAgo: 2)])
    #expect(kinds() == [.judgeSeriousness, .reviewEvent])
    try trial.tell("adverseEvent", ["AESER": "true", "AEREL_PROD": "NOT RELATED", "AEREL_LD": "NOT RELATED"])
    #expect(kinds() == [.judgeExpectedness, .reviewEvent, .reconcile])
    try trial.tell(
      "saeAssessment",
      ["SOAAENO": "1", "SOAAWARE": trial.time(), "SOAEXPECT": "EXPECTED", "SOASERCAT": "OTHER SERIOUS"])
    try trial.tell("sae", ["SAEAENO": "1", "SAEVERS": "FIRST", "SAEVERNO": "0", "SAEDTC": trial.time()])
    #expect(kinds() == [.reviewEvent])
    trial.wait(days: 3)
    try trial.tell("adverseEvent", ["AEOUT": "RECOVERED/RESOLVED"])
    #expect(kinds() == [.followUpReport])
    try trial.tell("sae", row: 2, ["SAEAENO": "1", "SAEVERS": "FINAL", "SAEVERNO": "1", "SAEDTC": trial.time()])
    #expect(kinds() == [])
    try trial.tell("concomitantMedication", ["CMTRT": "some tablets"])
    #expect(kinds() == [.codeMedicine])
    try trial.tell("concomitantMedication", ["CMTRT": "L04AC07"], correction: "Coded.")
    #expect(kinds() == [])
  }

  @Test func `the relation of a death waits until somebody has judged it`() throws {
    var trial = TrialScenario.watched(infused: [.first: 200])
    try trial.perform(RecordDeath(participant: .first, cause: "accident", lastContact: trial.now.date), by: .nurse)
    func waits() -> Bool {
      trial.of().safetyTasks(plan: trial.plan.safety, book: trial.book).contains { $0.kind == .judgeDeath }
    }
    #expect(waits())
    #expect(trial.ruleHolds == [])
    try trial.tell(
      "death", visit: FormKey.once,
      [
        "DTHFL": "true", "DTHREL_PROD": "NOT RELATED", "DTHREL_LD": "NOT RELATED", "DTHREL_LEUK": "NOT RELATED",
        "DTHREL_PROC": "NOT RELATED",
      ])
    #expect(!waits())
  }
}
