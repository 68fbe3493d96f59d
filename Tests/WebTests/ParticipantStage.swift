import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// A participant of the study's files, as events make them.
struct ParticipantStage {
  let study: Study
  let id: ParticipantID
  private(set) var state = TrialState()
  let words = Words(.english, messages: [:])

  init() async throws {
    study = try #require(try await SiteStage().site.newest)
    id = try ParticipantID("01-0001")
    let site = try SiteID("01")
    try record(.site(site, .siteAdded(name: "Berlin", zone: "Europe/Berlin")))
    try record(.way(id, .registered(site: site, cohort: "sle")))
  }

  var participant: ParticipantState {
    get throws { try #require(state.participants[id]) }
  }

  /// A moment at the participant's site.
  static func moment(_ local: String) throws -> Moment { try #require(Moment("\(local):00+01:00[Europe/Berlin]")) }

  mutating func record(_ event: TrialEvent, at local: String = "2026-01-05T10:00") throws {
    let at = try Self.moment(local)
    state.apply(
      Recorded(
        event, happened: at, recorded: at.instant, actor: Actor(account: "nora.diaz", role: "nurse", site: "01")))
  }

  /// A form with these answers, of which its rules say that items lack one.
  mutating func save(_ form: FormKey, _ answers: [String: String], missing: [String] = []) throws {
    let entries = answers.sorted { $0.key < $1.key }.map { Entry($0.key, .value($0.value)) }
    try record(.casebook(id, .saved(form: form, entries: entries, source: nil, reason: nil)))
    try record(.casebook(id, .assessed(form: form, missing: missing, unasked: [], calculated: [])))
  }

  func calendar(at local: String = "2026-01-06T10:00") throws -> ParticipantCalendar {
    ParticipantCalendar(
      of: WatchedParticipant(
        try participant, now: try Self.moment(local), plan: study.conduct, book: FormBook(study)))
  }
}
