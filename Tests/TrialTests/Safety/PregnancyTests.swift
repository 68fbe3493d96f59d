import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

/// A pregnancy is followed until its outcome is known, and a child to the end of its follow-up.
struct PregnancyTests {
  private func tasks(_ trial: TrialScenario) -> [StudyTask] {
    trial.of().safetyTasks(plan: trial.plan.safety, book: trial.book).filter { $0.kind == .followPregnancy }
  }

  private func told(_ answers: Answers) throws -> TrialScenario {
    var trial = TrialScenario.watched()
    try trial.tell("pregnancyReport", answers)
    return trial
  }

  private func partner() throws -> TrialScenario {
    try told(["RPWHO": "PARTNER", "RPCONSENT": "true", "RPEDDDTC": "2026-08-01"])
  }

  @Test(arguments: [
    ("nothing", nil as String?, true), ("goes on", "ONGOING", true), ("stillbirth", "STILLBIRTH", false),
    ("miscarriage", "SPONTANEOUS ABORTION", false), ("termination", "INDUCED ABORTION", false),
    ("ectopic", "ECTOPIC", false), ("lost", "LOST", false),
  ])
  func `its outcome is asked for until it is known`(_ name: String, _ outcome: String?, _ isOpen: Bool) throws {
    var trial = try partner()
    if let outcome { try trial.tell("pregnancyOutcome", ["RPNO": "1", "RPOUT": outcome]) }
    #expect(!tasks(trial).isEmpty == isOpen, "\(name)")
  }

  @Test func `the expected date is its deadline, and without one it waits all the same`() throws {
    let task = try #require(tasks(try partner()).first)
    #expect(task.deadline == .through(try #require(CalendarDate("2026-08-01"))))
    #expect(task.title.contains("pregnancy 1 of the partner of 01-0001"))
    let other = try #require(tasks(try told(["RPWHO": "PARTICIPANT"])).first)
    #expect(other.deadline == nil && other.title.contains("pregnancy 1 of 01-0001"))
  }

  @Test func `a child is followed for twelve months, whatever was said too early`() throws {
    var trial = try partner()
    try trial.tell("pregnancyOutcome", ["RPNO": "1", "RPOUT": "LIVE BIRTH", "RPOUTDTC": "2026-07-28"])
    let child = try #require(tasks(trial).first)
    let toBeSeen = try #require(CalendarDate("2027-07-28"))
    #expect(child.title.contains("child") && child.deadline == .through(toBeSeen))
    try trial.tell("pregnancyOutcome", ["RPCHILD": "NOT YET"])
    #expect(tasks(trial).count == 1)
    try trial.tell("pregnancyOutcome", ["RPCHILD": "WELL"], correction: "Seen at twelve months.")
    #expect(tasks(trial).isEmpty)
  }

  @Test func `an outcome settles the pregnancy of its number alone`() throws {
    var trial = try partner()
    try trial.tell("pregnancyReport", row: 2, ["RPWHO": "PARTICIPANT"])
    try trial.tell("pregnancyOutcome", ["RPNO": "2", "RPOUT": "LOST"])
    #expect(tasks(trial).map(\.title).allSatisfy { $0.contains("pregnancy 1 of") } && tasks(trial).count == 1)
  }

  @Test func `without the partner's consent nothing more is asked, and while nobody was asked it is`() throws {
    #expect(tasks(try told(["RPWHO": "PARTNER", "RPCONSENT": "false"])).isEmpty)
    #expect(tasks(try told(["RPWHO": "PARTNER"])).count == 1)
  }

  @Test func `what was told and what the forms say is brought together`() throws {
    var trial = TrialScenario.watched()
    try trial.perform(ReportPregnancy(participant: .first, of: .partner), by: .coordinator)
    #expect(tasks(trial).map(\.title).first?.hasPrefix("Fill in the form on the pregnancy") == true)
    try trial.tell("pregnancyReport", ["RPWHO": "PARTNER", "RPCONSENT": "true"])
    #expect(tasks(trial).map(\.title).first?.hasPrefix("Follow pregnancy 1") == true && tasks(trial).count == 1)
    try trial.tell("pregnancyOutcome", ["RPNO": "1", "RPOUT": "SPONTANEOUS ABORTION"])
    #expect(tasks(trial).map(\.title).first?.hasPrefix("Record the end of pregnancy 1") == true)
    #expect(tasks(trial).first?.roles == Role.allowed(.judgeAndSign))
    try trial.perform(EndPregnancy(participant: .first, of: .partner, outcome: "Miscarriage"), by: .coordinator)
    #expect(tasks(trial).isEmpty)
  }
}
