import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Conduct

struct ScreeningLogTests {
  /// Events of a ledger, a day apart.
  private func ledger(_ events: [TrialEvent]) -> [Recorded<TrialEvent>] {
    events.enumerated().map { index, event in
      let at = Instant.start.adding(hours: 24 * index)
      return Recorded(
        event, happened: Moment(at), recorded: at, actor: Actor(account: "anna.berg", role: "subInvestigator"))
    }
  }

  private let berlin = ParticipantID.first.site
  private let consent = GivenConsent(
    version: "1", site: ParticipantID.first.site, obtainedBy: .anna, adult: true, copyGiven: true)

  @Test func `each candidate stands in the log, with what became of each round and why`() {
    let log = ScreeningLog(
      ledger([
        .way(.first, .registered(site: berlin, cohort: "sle")), .way(.second, .registered(site: berlin, cohort: nil)),
        .way(.first, .consented(consent: consent)), .way(.first, .screeningStarted(round: 1)),
        .way(
          .first, .screeningFailed(failure: ScreenFailure(failing: ["INC-5.1", "EXC-9"], reason: nil, assessment: nil))),
        .way(.first, .screeningStarted(round: 2)), .way(.first, .enrolled(cohort: "sle", gate: [])),
      ]))
    #expect(log.rows.map(\.participant) == [.first, .first, .second])
    #expect(log.rows.map(\.round) == [1, 2, 1])
    #expect(log.rows.map(\.outcome) == [.failed, .enrolled, .candidate])
    #expect(log.rows.map(\.failing) == [["INC-5.1", "EXC-9"], [], []])
    #expect(log.rows.map(\.decidedBy) == ["anna.berg", "anna.berg", nil])
  }

  @Test func `a failure that is questioned is undecided until an investigator has decided anew`() {
    let failure = ScreenFailure(failing: ["EXC-9"], reason: "too early", assessment: nil)
    let question = EligibilityQuestion(reason: "The import was taken back.", assessment: nil)
    let log = ScreeningLog(
      ledger([
        .way(.first, .registered(site: berlin, cohort: "sle")), .way(.first, .screeningFailed(failure: failure)),
        .way(.first, .eligibilityQuestioned(question: question)),
      ]))
    #expect(log.rows.map(\.outcome) == [.undecided])
    #expect(log.rows.map(\.failing) == [[]])
    #expect(log.rows.allSatisfy { $0.reason == nil && $0.decided == nil })
  }

  @Test func `who leaves before enrollment stands there with the reason, who leaves later is enrolled`() {
    let departure = Departure(
      reason: .withdrawn, detail: "too far", decidedBy: .participant,
      lastContact: Moment(.start).date)
    let log = ScreeningLog(
      ledger([
        .way(.first, .registered(site: berlin, cohort: "sle")), .way(.first, .left(departure: departure)),
        .way(.second, .registered(site: berlin, cohort: "ms")), .way(.second, .enrolled(cohort: "ms", gate: [])),
        .way(.second, .left(departure: departure)),
      ]))
    #expect(log.rows.map(\.outcome) == [.left, .enrolled])
    #expect(log.rows.map(\.reason) == ["withdrawn: too far", nil])
  }

  @Test func `the log of a site holds its own candidates only`() {
    let events = ledger([
      .way(.first, .registered(site: berlin, cohort: nil)),
      .way(.elsewhere, .registered(site: ParticipantID.elsewhere.site, cohort: nil)),
    ])
    #expect(ScreeningLog(events, site: berlin).rows.map(\.participant) == [.first])
    #expect(ScreeningLog(events).rows.count == 2)
  }

  @Test func `the export is CSV that no spreadsheet runs`() {
    let failure = ScreenFailure(failing: [], reason: "=HYPERLINK(\"x\"), said so", assessment: nil)
    let log = ScreeningLog(
      ledger([.way(.first, .registered(site: berlin, cohort: nil)), .way(.first, .screeningFailed(failure: failure))]))
    let lines = log.csv.split(separator: "\r\n").map(String.init)
    #expect(lines.count == 2)
    #expect(
      lines.first == "participant,site,cohort,registered,consented,round,outcome,decided,decidedBy,failing,reason")
    #expect(lines.last?.hasPrefix("01-0001,01,any,2026-01-05T08:00:00.000") == true)
    #expect(lines.last?.hasSuffix(",\"'=HYPERLINK(\"\"x\"\"), said so\"") == true)
  }
}
