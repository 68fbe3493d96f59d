import ClinicalValues
import Foundation
import Ledger
import StudyDesign
import Testing
import Trial

@testable import Conduct
@testable import tandem

/// The report of a serious adverse event as it is printed.
struct SeriousReportTests {
  private static let edition = Result {
    try #require(
      try Shelf.read(Repository.root.appending(path: "Studies/cd19-bcma-aid").path).editions.first)
  }

  /// Somebody infused on 6 March 2026, with CRS from 9 March on, two versions of its report and the officer's judgment.
  private struct Desk {
    let id: ParticipantID
    private(set) var state = TrialState()
    private var position: Position = 0

    init() throws {
      id = try ParticipantID("01-0001")
      let site = try SiteID("01")
      try record(.way(id, .registered(site: site, cohort: "sle")), "2026-01-10T09:00")
      try save("once/1/demographics/1", "2026-01-11T09:00", ["AGE": "36", "SEX": "female"])
      let dose = LymphodepletionDose(number: 1, round: 1, infusable: 0...1, gate: [], outsideGate: false)
      try record(.way(id, .lymphodepletionGiven(dose: dose)), "2026-03-01T09:00")
      let bag = BagNumber(lot: LotNumber(participant: id, lot: 1), bag: 1)
      try record(.study(.infusionBegun(participant: id)), "2026-03-06T10:00")
      try record(.product(id, .infusionStarted(bag: bag, outsideGate: false, lines: [])), "2026-03-06T10:00")
      try record(
        .product(id, .infusionStopped(bag: bag, volumeML: 60, whole: true, dosePerKg: 1_000_000, reason: nil)),
        "2026-03-06T11:00")
    }

    mutating func record(_ event: TrialEvent, _ local: String) throws {
      let moment = try #require(Moment("\(local):00+01:00[Europe/Berlin]"))
      position += 1
      state.apply(
        Recorded(
          event, happened: moment, recorded: moment.instant, actor: Actor(account: "nora.diaz", role: "nurse"),
          position: position))
    }

    mutating func save(_ form: String, _ local: String, _ answers: [String: String]) throws {
      let entries = answers.sorted { $0.key < $1.key }.map { Entry($0.key, .value($0.value)) }
      try record(.casebook(id, .saved(form: try FormKey(form), entries: entries, source: nil, reason: nil)), local)
    }

    /// The event, its first report, its judgment, and a follow-up.
    mutating func fill() throws {
      try save(
        "log/1/adverseEvent/1", "2026-03-09T12:00",
        [
          "AETERM": "CRS", "AEDECOD": "Cytokine release syndrome", "AESTDTC": "2026-03-09", "AETOXGR": "3",
          "AEAWAREDTC": "2026-03-09T11:00+01:00", "AESER": "true", "AESDTH": "false", "AESLIFE": "true",
          "AESHOSP": "true", "AESDISAB": "false", "AESCONG": "false", "AESMIE": "false", "AEREL_PROD": "RELATED",
          "AEREL_LD": "UNLIKELY RELATED", "AESI": "CRS", "AEACN": "NOT APPLICABLE", "AECONTRT": "true",
          "AEOUT": "NOT RECOVERED/NOT RESOLVED", "AENARR": "Mrs. Li had a fever of 39.8 Cel.",
        ])
      try record(
        .record(id, .clockStarted(ReportClock("siteToSponsor", aware: moment("2026-03-09T11:00"), hours: 24))),
        "2026-03-09T12:00")
      try record(
        .safety(id, .reportDue(clock: 1, duty: ReportDuty(.event(1), .serious, clock: "siteToSponsor"))),
        "2026-03-09T12:00")
      try save(
        "log/1/sae/1", "2026-03-09T15:00",
        [
          "SAEAENO": "1", "SAEVERS": "FIRST", "SAEVERNO": "0", "SAEDTC": "2026-03-09T15:00+01:00",
          "SAEAWARE": "2026-03-09T11:00+01:00", "SAESENT": "2026-03-09T15:30+01:00", "SAEDIAG": "CRS of grade 3",
          "SAENARR": "Li Wei, born 1990-05-21, became febrile; one vasopressor.", "SAERELPROD": "RELATED",
          "SAERELLD": "UNLIKELY RELATED", "SAERELWHY": "Typical time and course.", "SAEBY": "Sub-investigator",
        ])
      try record(
        .record(id, .reportSubmitted(clock: 1, to: "sponsor", submitted: moment("2026-03-09T15:30"))),
        "2026-03-09T15:30")
      try save(
        "log/1/saeAssessment/1", "2026-03-10T09:00",
        [
          "SOAAENO": "1", "SOADTC": "2026-03-10T09:00+01:00", "SOAAWARE": "2026-03-09T15:30+01:00",
          "SOARELPROD": "RELATED", "SOARELLD": "NOT RELATED", "SOAEXPECT": "EXPECTED",
          "SOASERCAT": "FATAL OR LIFE-THREATENING", "SOASUSAR": "false",
        ])
      try save(
        "log/1/adverseEvent/1", "2026-03-14T09:00", ["AEOUT": "RECOVERED/RESOLVED", "AEENDTC": "2026-03-13"])
      try save(
        "log/1/sae/2", "2026-03-14T10:00",
        [
          "SAEAENO": "1", "SAEVERS": "FINAL", "SAEVERNO": "1", "SAEDTC": "2026-03-14T10:00+01:00",
          "SAEAWARE": "2026-03-09T11:00+01:00", "SAEDIAG": "CRS of grade 3",
          "SAENARR": "The pressure was stable from 11 March on.", "SAERELPROD": "RELATED",
          "SAERELLD": "UNLIKELY RELATED", "SAERELWHY": "Typical time and course.", "SAEBY": "Sub-investigator",
        ])
    }

    private func moment(_ local: String) throws -> Moment {
      try #require(Moment("\(local):00+01:00[Europe/Berlin]"))
    }
  }

  private func sheet(version: Int? = nil) throws -> SeriousReportSheet {
    var desk = try Desk()
    try desk.fill()
    let edition = try Self.edition.get()
    let participant = try #require(desk.state.participants[desk.id])
    let event = try #require(participant.adverseEvents(by: edition.study.conduct.safety).first)
    return try #require(SeriousReportSheet(of: event, version: version, in: participant, edition: edition))
  }

  /// The sheet as it leaves, of somebody called Li Wei.
  private func masked(_ whole: SeriousReportSheet) throws -> SeriousReportSheet {
    let person = Person(name: "Li Wei", birthDate: try #require(CalendarDate("1990-05-21")))
    let found = whole.freeTexts.map(IdentityMask(person).masked)
    return whole.masked(
      MaskedTexts(texts: found.map(\.text), count: found.reduce(0) { $0 + $1.count }, wasCompared: true))
  }

  private func answers(_ sheet: SeriousReportSheet) -> [String: String] {
    Dictionary(sheet.sections.flatMap(\.lines).map { ($0.label, $0.answer) }) { first, _ in first }
  }

  /// What ICH E2B(R3) and the reference of safety ask of a report, by the words of the sheet.
  @Test(arguments: [
    ("Sex", "Female"), ("Age at consent, years", "36"), ("Lot", "01-0001-L1-Y"),
    ("CAR-positive viable cells per kg", "1000000"), ("Onset, days from the infusion", "3"),
    ("CTCAE v5.0 term", "Cytokine release syndrome"), ("Worst grade", "3"), ("First day", "2026-03-09"),
    ("Last day", "2026-03-13"), ("The site was aware", "2026-03-09 11:00 +01:00"), ("Serious", "yes"),
    ("Resulted in death", "no"), ("Life-threatening at the time", "yes"),
    ("Admission, or prolonged stay in hospital", "yes"), ("Lasting or significant disability", "no"),
    ("Congenital anomaly", "no"), ("Otherwise medically important", "no"), ("To the product", "Related"),
    ("To lymphodepletion", "Unlikely related"), ("Action taken with the infusion", "Not applicable"),
    ("Outcome", "Resolved"), ("Diagnosis", "CRS of grade 3"),
    ("Narrative", "The pressure was stable from 11 March on."),
    ("Reported by (role)", "Sub-investigator"),
  ])
  func `every fact that a report needs stands on it`(_ label: String, _ answer: String) throws {
    let found = answers(try sheet())
    #expect(found[label] == answer, "\(found)")
  }

  @Test func `the officer's judgment and the clocks stand beside the site's`() throws {
    let sheet = try sheet()
    let judged = sheet.sections.filter { $0.title.contains("safety officer") }.flatMap(\.lines)
    #expect(judged.contains { $0.answer == "Expected" }, "\(sheet.sections.map(\.title))")
    #expect(sheet.clocks.count == 1 && sheet.clocks.first?.isLate == false)
    #expect(sheet.clocks.first?.submitted?.contains("15:30") == true)
  }

  @Test func `an earlier version shows the event as it stood, a later one what has changed`() throws {
    let (first, last) = (try sheet(version: 0), try sheet(version: 1))
    #expect(answers(first)["Outcome"] == "Not resolved" && answers(first)["Last day"] == nil)
    #expect(first.sections.flatMap(\.lines).allSatisfy { $0.former == nil })
    let changed = last.sections.flatMap(\.lines).filter { $0.former != nil }
    #expect(changed.first { $0.label == "Outcome" }?.former == "Not resolved")
    #expect(changed.contains { $0.label == "Narrative" })
    #expect(!changed.contains { $0.label == "Worst grade" })
  }

  @Test func `words that name the participant are masked wherever people wrote freely, and nowhere else`() throws {
    let masked = try masked(try sheet(version: 0))
    let text = masked.sections.flatMap(\.lines).map(\.answer).joined(separator: "\n")
    for word in ["Li ", "Wei", "1990"] { #expect(!text.contains(word), "\(word): \(text)") }
    #expect(text.contains("[masked] [masked], born [masked], became febrile; one vasopressor."))
    #expect(
      masked.masking
        == "4 passages that may name the participant are masked here; the site takes them out of the forms.")
    #expect(answers(masked)["CTCAE v5.0 term"] == "Cytokine release syndrome")
  }

  /// `Examples/sae.html` is written anew with UPDATE_EXAMPLES=1: look at it in a browser before it is committed.
  @Test func `the page is that of the example`() throws {
    let page = SeriousReportPage(
      sheet: try masked(try sheet()), study: "Study", version: "1.0", isSynthetic: true,
      printed: try #require(Moment("2026-03-14T10:30:00+01:00[Europe/Berlin]")))
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Examples/sae.html")
    if ProcessInfo.processInfo.environment["UPDATE_EXAMPLES"] == "1" {
      try page.html.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == page.html)
  }
}
