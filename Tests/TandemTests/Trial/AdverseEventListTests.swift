import ClinicalValues
import Foundation
import Ledger
import StudyDesign
import Testing
import Trial

@testable import Conduct
@testable import tandem

/// Adverse events as a person reads them in a list.
struct AdverseEventListTests {
  private static let edition = Result {
    try #require(
      try Shelf.read(Repository.root.appending(path: "Studies/cd19-bcma-aid").path).editions.first)
  }

  /// The line of an event that began on 9 March 2026 and has this outcome, of somebody who lives or has died.
  private func line(_ answers: [String: String], isDead: Bool) throws -> String {
    let id = try ParticipantID("01-0001")
    let moment = try #require(Moment("2026-03-20T12:00:00+01:00[Europe/Berlin]"))
    let all = ["AETERM": "Fatigue", "AEDECOD": "Fatigue", "AESTDTC": "2026-03-09", "AETOXGR": "2", "AESER": "false"]
    let entries = all.merging(answers) { $1 }.sorted { $0.key < $1.key }.map { Entry($0.key, .value($0.value)) }
    let form = try FormKey("log/1/adverseEvent/1")
    var events: [TrialEvent] = [
      .way(id, .registered(site: try SiteID("01"), cohort: "sle")),
      .casebook(id, .saved(form: form, entries: entries, source: nil, reason: nil)),
    ]
    if isDead { events.append(.way(id, .died(cause: "accident"))) }
    var state = TrialState()
    for (index, event) in events.enumerated() {
      state.apply(
        Recorded(
          event, happened: moment, recorded: moment.instant, actor: Actor(account: "nora.diaz", role: "nurse"),
          position: index + 1))
    }
    let participant = try #require(state.participants[id])
    var page = Page()
    for line in AdverseEventLine.all(of: participant, in: state, by: try Self.edition.get()) { line.write(to: &page) }
    return page.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test(arguments: [
    (["AEOUT": "NOT RECOVERED/NOT RESOLVED"], false, "from 2026-03-09 to now, it goes on; serious: no."),
    (["AEOUT": "NOT RECOVERED/NOT RESOLVED"], true, "from 2026-03-09, ongoing at death; serious: no."),
    (
      ["AEOUT": "RECOVERED/RESOLVED", "AEENDTC": "2026-03-12"], true, "from 2026-03-09 to 2026-03-12; serious: no."
    ),
    (["AEOUT": "RECOVERED/RESOLVED"], true, "from 2026-03-09 to a day that is not known; serious: no."),
  ])
  func `an event goes on to its end, to now, or to a death`(
    _ answers: [String: String], _ isDead: Bool, _ words: String
  ) throws {
    #expect(try line(answers, isDead: isDead).contains(words))
  }
}
