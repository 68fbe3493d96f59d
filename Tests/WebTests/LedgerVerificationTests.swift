import ClinicalValues
import Ledger
import Markup
import Testing
import Trial

@testable import Web

/// What the page says of a ledger whose times go back.
struct LedgerVerificationTests {
  /// The page of a ledger whose second event was recorded an hour before the first.
  private func shown(_ second: TrialEvent) async throws -> String {
    let store = InMemoryEventStore()
    for (version, event) in [TrialEvent.study(.opened(scope: .study)), second].enumerated() {
      let instant = Instant(milliseconds: 1_770_000_000_000 - version * 3_600_000)
      let actor = Actor(account: "p.i", role: "principalInvestigator")
      var append = Append(
        expected: [.study: version],
        events: [try event.newEvent(happened: Moment(instant), actor: actor, origin: .web, reason: nil)],
        recorded: instant)
      append.setsClockRight = version == 1
      _ = try await store.append(append)
    }
    let found = try await LedgerVerification.check(store)
    let report = try #require(found.report)
    return LedgerVerification.shown(report, found.signatures, Words(.english, messages: [:])).printed(as: .html)
  }

  @Test func `an event that says that the clock had been ahead is told as what two people signed`() async throws {
    let page = try await shown(
      .study(.clockSetRight(ahead: Instant(milliseconds: 1_770_000_000_000), reason: "The time server was wrong.")))
    #expect(page.contains("Event 2 says, signed by two, that the clock had been ahead."))
    #expect(!page.contains("was set back"))
  }

  @Test func `any other is told as a clock that was set back`() async throws {
    let page = try await shown(.study(.opened(scope: .study)))
    #expect(page.contains("The clock of the server was set back before events 2"))
    #expect(!page.contains("signed by two"))
  }
}
