import ClinicalValues
import Conduct
import Ledger
import Testing
import Trial

@testable import Web

/// What the audit trail is filtered by.
struct AuditFilterTests {
  /// An event of the ledger, recorded at a moment.
  private func envelope(_ recorded: String, of participant: String = "01-0001") async throws -> Envelope {
    let instant = try #require(Instant(recorded))
    let event = try TrialEvent.study(.slotAllotted(participant: try ParticipantID(participant))).newEvent(
      happened: Moment(instant), actor: Actor(account: "mei.tan", role: "coordinator", site: "01"), origin: .web,
      reason: nil)
    return try #require(
      try await InMemoryEventStore().append(Append(expected: [.study: 0], events: [event], recorded: instant)).first)
  }

  @Test(
    arguments: [
      // 1 April in Shanghai begins at 16:00 UTC of 31 March.
      (["from": "2026-04-01"], "2026-03-31T16:00:00.000Z", true),
      (["from": "2026-04-01"], "2026-03-31T15:59:00.000Z", false),
      (["to": "2026-03-31"], "2026-03-31T15:59:00.000Z", true),
      (["to": "2026-03-31"], "2026-03-31T16:00:00.000Z", false),
      (["account": "mei.tan"], "2026-04-01T01:30:01.000Z", true),
      (["account": "mei"], "2026-04-01T01:30:01.000Z", false),
      (["kind": "study"], "2026-04-01T01:30:01.000Z", true), (["kind": "casebook"], "2026-04-01T01:30:01.000Z", false),
      (["participant": "01-0001"], "2026-04-01T01:30:01.000Z", true),
      (["participant": "01-0002"], "2026-04-01T01:30:01.000Z", false),
    ] as [([String: String], String, Bool)])
  func `days and moments are those of the zone that is shown`(
    query: [String: String], recorded: String, isShown: Bool
  ) async throws {
    let filter = AuditFilter(Fields(query.map { (name: $0.key, value: $0.value) }), zone: "Asia/Shanghai")
    #expect(filter.unread.isEmpty)
    #expect(filter.shows(try await envelope(recorded)) == isShown)
  }

  @Test func `a moment as of which the trail is shown is one of the zone that is shown`() {
    let filter = AuditFilter(Fields([("asof", "2026-04-01T09:30")]), zone: "Asia/Shanghai")
    #expect(filter.asOf?.instant == Instant("2026-04-01T01:30:00.000Z"))
  }

  @Test(arguments: [("mei.tan", true), ("Tan", true), ("mei", true), ("Luo", false), ("nobody", false)])
  func `whoever did it is found by account or by what stands in the name`(typed: String, isShown: Bool) async throws {
    let people = [(value: "mei.tan", text: "Mei Tan"), (value: "j.luo", text: "Jian Luo")]
    let filter = AuditFilter(Fields([("account", typed)]), people: people)
    #expect(filter.shows(try await envelope("2026-04-01T01:30:01.000Z")) == isShown)
  }

  @Test(arguments: ["from", "to", "asof", "upto"])
  func `what cannot be read is said to be so, and nothing is shown by half a filter`(name: String) async throws {
    let filter = AuditFilter(Fields([(name, "yesterday")]))
    #expect(filter.unread == [name])
    #expect(!filter.shows(try await envelope("2026-04-01T01:30:01.000Z")))
  }

  @Test(arguments: [(nil, "UTC"), ("Asia/Shanghai", "Asia/Shanghai"), ("Mars/Olympus", "UTC")] as [(String?, String)])
  func `only a zone that is offered is taken`(asked: String?, zone: String) {
    let form = AuditForm(zones: ["UTC", "Asia/Shanghai"], people: [])
    #expect(form.zone(askedBy: Fields(asked.map { [(name: "zone", value: $0)] } ?? [])) == zone)
  }
}
