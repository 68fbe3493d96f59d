import ClinicalValues
import Markup
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// What must not be overlooked about a participant stands at the head of their pages.
struct ParticipantAlertTests {
  private func alerts(_ stage: ParticipantStage) throws -> [ParticipantAlert] {
    ParticipantAlerts(
      participant: try stage.participant, state: stage.state, study: stage.study, calendar: nil, words: stage.words
    ).all
  }

  @Test(
    arguments: [
      (["ALTERM": "penicillin", "ALVERIF": "confirmed", "ALCRIT": "high"], "Allergy: penicillin (Confirmed, High)"),
      (["ALTERM": "penicillin"], "Allergy: penicillin"), (["ALTERM": "penicillin", "ALVERIF": "refuted"], nil),
      (["ALTERM": "penicillin", "ALVERIF": "confirmed", "ALSTAT": "resolved"], nil),
    ] as [([String: String], String?)])
  func `an allergy is named until it is ruled out or resolved`(answers: [String: String], expected: String?)
    async throws
  {
    var stage = try await ParticipantStage()
    try stage.save(try FormKey(visit: FormKey.log, form: "allergies"), answers)
    let found = try alerts(stage).first { $0.text.hasPrefix("Allergy") }
    #expect(found?.text == expected)
    #expect(expected == nil || found?.path == "/participants/01-0001/forms/log/1/allergies/1")
  }

  @Test func `what a person wrote in an alert is kept apart`() {
    let alert = ParticipantAlert(tone: .stop, text: "Allergy: penicillin (High)", written: "penicillin")
    #expect(alert.shown.printed(as: .html) == "Allergy: <bdi>penicillin</bdi> (High)")
  }

  @Test func `a hold stands before whom it bars, and before nobody else`() async throws {
    var stage = try await ParticipantStage()
    try stage.record(stage.state.study.hold(by: .relatedDeath).event)
    #expect(try alerts(stage).contains { $0.path == "/safety" })
    let bag = BagNumber(lot: LotNumber(participant: stage.id, lot: 1), bag: 1)
    try stage.record(.product(stage.id, .infusionStarted(bag: bag, outsideGate: false, lines: [])))
    #expect(try !alerts(stage).contains { $0.path == "/safety" })
  }

  @Test func `a serious event without an end, a running clock and open queries lead to where they are settled`()
    async throws
  {
    var stage = try await ParticipantStage()
    let event = try FormKey(visit: FormKey.log, form: "adverseEvent")
    try stage.save(event, ["AETERM": "sepsis", "AESER": "true", "AEOUT": "NOT RECOVERED/NOT RESOLVED"])
    try stage.record(
      .record(
        stage.id,
        .clockStarted(ReportClock("siteToSponsor", aware: try ParticipantStage.moment("2026-01-05T10:00"), hours: 24))))
    try stage.record(.casebook(stage.id, .queryRaised(query: RaisedQuery(form: event, text: "Since when?"))))
    let paths = try alerts(stage).map(\.path)
    #expect(
      paths == [
        "/participants/01-0001/safety", "/participants/01-0001/forms/log/1/adverseEvent/1",
        "/queries?participant=01-0001",
      ])
    let header = ParticipantHeader(
      participant: try stage.participant, state: stage.state, now: try ParticipantStage.moment("2026-01-06T09:00"),
      study: stage.study, words: stage.words)
    #expect(header.markup.printed(as: .html).contains(#"data-left="1 h 0 min""#))
    // On a phone the line alone stands there: it says who is meant.
    let line = header.markup.printed(as: .html).firstMatch(of: /<summary>(.+?)<\/summary>/)?.1 ?? ""
    #expect(line.contains("01-0001") && line.contains("sle"))
    #expect(header.alerts.first?.hasSuffix("until 6 Jan 2026 10:00 Europe/Berlin") == true)
  }
}
