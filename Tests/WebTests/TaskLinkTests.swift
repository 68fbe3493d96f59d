import ClinicalValues
import Markup
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// A task leads right to what settles it, where the reader's role may.
struct TaskLinkTests {
  struct Example: Sendable {
    let kind: StudyTask.Kind
    let about: StudyTask.Subject?
    let role: Role
    let path: String
  }

  static let signs = Result { try FormKey("D28/1/vitalSigns/1") }

  static func examples() throws -> [Example] {
    let signs = try signs.get()
    let form = "/participants/01-0001/forms/D28/1/vitalSigns/1"
    return [
      Example(
        kind: .completeForms, about: .visit("D28", 1), role: .coordinator, path: "/participants/01-0001/visits/D28/1"),
      Example(kind: .signForm, about: .form(signs), role: .principalInvestigator, path: form),
      Example(kind: .answerQuery, about: .query(3, signs), role: .nurse, path: form + "#query-3"),
      Example(kind: .passGate, about: .gate(.infusion), role: .nurse, path: "/participants/01-0001/gates/infusion"),
      Example(
        kind: .submitReport, about: .clock(2), role: .safetyOfficer,
        path: "/act/participant-report-submit?participant=01-0001&amp;clock=2"),
      Example(
        kind: .judgeExpectedness, about: .adverseEvent(2), role: .safetyOfficer,
        path: "/participants/01-0001/forms/log/1/saeAssessment/1?v.SOAAENO=2"),
      Example(
        kind: .confirmDLT, about: .question(1), role: .safetyOfficer, path: "/act/study-confirm-dlt?question=1"),
      Example(
        kind: .confirmDLT, about: .question(1), role: .safetyOfficer, path: "/act/study-dispute-dlt?question=1"),
      Example(kind: .acceptLift, about: .hold(1), role: .safetyOfficer, path: "/act/study-accept-lift?hold=1"),
      Example(
        kind: .resolveQuarantine, about: .quarantine(1), role: .qualityAssurance,
        path: "/act/product-resolve?participant=01-0001&amp;quarantine=1"),
      Example(
        kind: .confirmReset, about: .account(try AccountID("nora.diaz")), role: .principalInvestigator,
        path: "/act/account-confirm-reset?account=nora.diaz"),
      Example(kind: .confirmGrades, about: nil, role: .subInvestigator, path: "/participants/01-0001/safety/grades"),
      Example(
        kind: .recordConsent, about: nil, role: .coordinator, path: "/act/participant-consent?participant=01-0001"),
      Example(kind: .recordConsent, about: nil, role: .coordinator, path: "/screening/01-0001"),
      Example(
        kind: .followPregnancy, about: nil, role: .coordinator,
        path: "/participants/01-0001/forms/log/1/pregnancyReport/1"),
      Example(
        kind: .recordAdverseEvent, about: nil, role: .nurse, path: "/participants/01-0001/forms/log/1/adverseEvent/1"),
    ]
  }

  private func links(_ kind: StudyTask.Kind, _ about: StudyTask.Subject?, _ role: Role) async throws -> String {
    try links(kind, about, role, of: try await ParticipantStage())
  }

  private func links(
    _ kind: StudyTask.Kind, _ about: StudyTask.Subject?, _ role: Role, of stage: ParticipantStage
  ) throws -> String {
    let links = TaskLinks(
      acts: ActLinks(role: role, back: "/", stage.words), participants: stage.state.participants,
      forms: stage.study.conduct.safety.forms, now: try ParticipantStage.moment("2026-01-06T10:00").instant)
    let day = try #require(CalendarDate("2026-01-05"))
    let task = StudyTask(kind, "Do it.", roles: [role], participant: stage.id, since: day, about: about)
    return links.markup(task).printed(as: .html)
  }

  @Test(arguments: try TaskLinkTests.examples())
  func `a task opens what it is about`(example: Example) async throws {
    let printed = try await links(example.kind, example.about, example.role)
    #expect(printed.contains(#"href="\#(example.path)"#))
  }

  @Test func `a pregnancy that is recorded opens the form on its outcome`() async throws {
    var stage = try await ParticipantStage()
    try stage.save(try FormKey("log/1/pregnancyReport/1"), ["RPWHO": "PARTICIPANT"])
    let next = try links(.followPregnancy, nil, .coordinator, of: stage)
    #expect(next.contains(#"href="/participants/01-0001/forms/log/1/pregnancyOutcome/1?v.RPNO=1"#))
    try stage.save(try FormKey("log/1/pregnancyOutcome/1"), ["RPNO": "1", "RPOUT": "ONGOING"])
    let told = try links(.followPregnancy, nil, .coordinator, of: stage)
    #expect(told.contains(#"href="/participants/01-0001/forms/log/1/pregnancyOutcome/1""#))
  }

  @Test(arguments: [("2", ["SOAAWARE"], 4), ("2", [], 5), ("1", ["SOAAWARE"], 5)] as [(String, [String], Int)])
  func `a judgment that is begun is opened again; else the next row`(
    event: String, missing: [String], row: Int
  ) async throws {
    var stage = try await ParticipantStage()
    try stage.save(try FormKey("log/1/saeAssessment/4"), ["SOAAENO": event], missing: missing)
    let printed = try links(.judgeExpectedness, .adverseEvent(2), .safetyOfficer, of: stage)
    #expect(printed.contains(#"href="/participants/01-0001/forms/log/1/saeAssessment/\#(row)"#))
  }

  @Test func `an act is not offered to a role that may not do it`() async throws {
    #expect(try await !links(.acceptLift, .hold(1), .coordinator).contains("/act/"))
  }

  @Test(
    arguments: [
      (
        Language.chinese, "vitalSigns.VSORRES_TEMP.usual",
        "回答 01-0001 关于生命体征 (D28)中“体温”的质疑 1：体温为 39.1 °C；常见范围为 35 至 38 °C。请更正或确认。"
      ),
      (
        .english, "vitalSigns.VSORRES_TEMP.usual",
        "Answer query 1 of 01-0001 on Body temperature of Vital signs (D28): "
          + "Body temperature is 39.1 °C; usual is 35 to 38 °C. Correct it, or confirm it."
      ),
      (
        .chinese, nil,
        "回答 01-0001 关于生命体征 (D28)中“体温”的质疑 1："
          + "Body temperature is 39.1 Cel; usual is 35 to 38 Cel. Correct it, or confirm it."
      ),
    ] as [(Language, String?, String)])
  func `what a query asks is told as on its form`(language: Language, check: String?, told: String) async throws {
    var stage = try await ParticipantStage()
    let text = "Body temperature is 39.1 Cel; usual is 35 to 38 Cel. Correct it, or confirm it."
    let query = RaisedQuery(form: try Self.signs.get(), items: ["VSORRES_TEMP"], check: check, text: text)
    try stage.record(.casebook(stage.id, .queryRaised(query: query)))
    let now = try ParticipantStage.moment("2026-01-06T10:00")
    let worklist = Worklist(
      Watched(
        state: stage.state, now: now, plan: stage.study.conduct, participants: [:],
        books: [stage.id: FormBook(stage.study)]))
    let words = try await SiteStage().site.words(in: language)
    let links = TaskLinks(
      acts: ActLinks(role: .nurse, back: "/", words), participants: stage.state.participants, forms: nil,
      now: now.instant)
    let list = TaskList(worklist: worklist, links: links).markup(worklist.tasks.filter { $0.kind == .answerQuery })
    #expect(list.plainText.contains(told), "\(list.plainText)")
  }

  @Test func `a deadline is told by the clocks of the participant's site`() async throws {
    let stage = try await ParticipantStage()
    let moment = try ParticipantStage.moment("2026-01-05T11:00")
    let links = TaskLinks(
      acts: ActLinks(role: .nurse, back: "/", stage.words), participants: stage.state.participants, forms: nil,
      zones: stage.state.sites.mapValues(\.zone), now: moment.instant)
    #expect(links.moment(moment.instant, of: stage.id) == moment)
    #expect(links.moment(moment.instant, of: nil).zone == "UTC")
  }

  @Test(arguments: [("2026-01-05T08:55", "2 h 5 min", false), ("2026-01-05T12:00", "−1 h 0 min", true)])
  func `what is left of the time stands beside it, also without a script`(now: String, left: String, isOver: Bool)
    throws
  {
    let until = try ParticipantStage.moment("2026-01-05T11:00")
    let printed = Part.countdown(
      until: until, from: try ParticipantStage.moment(now).instant, Words(.english, messages: [:])
    ).printed(as: .html)
    #expect(printed.contains(#"data-left="\#(left)""#))
    #expect(printed.contains("5 Jan 2026 11:00 Europe/Berlin"))
    #expect(printed.contains("over") == isOver)
  }
}
