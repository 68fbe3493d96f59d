import ClinicalValues
import Conduct
import Ledger
import Testing

@testable import Trial
@testable import Web

/// What of the ledger a role of a site reads: its own site and the whole study, and no trace of another.
struct EventSightTests {
  private static let here = known { try SiteID("01") }
  private static let there = known { try SiteID("02") }
  private static let own = known { try ParticipantID("01-0001") }
  private static let other = known { try ParticipantID("02-0001") }
  private static let mei = known { try AccountID("mei.tan") }
  private static let jun = known { try AccountID("jun.ito") }
  private static let qa = known { try AccountID("qa.lee") }
  private static let reader = Acting(account: mei, role: .coordinator, site: here)

  private static func known<Value>(_ make: () throws -> Value) -> Value {
    do { return try make() } catch { preconditionFailure("\(error)") }
  }

  private static func recorded(_ event: TrialEvent, site: String? = nil, by account: AccountID = qa) -> Recorded<
    TrialEvent
  > {
    let at = Moment(Instant(milliseconds: 1_770_000_000_000))
    return Recorded(
      event, happened: at, recorded: at.instant, actor: Actor(account: account.description, role: "monitor", site: site)
    )
  }

  /// Two sites with a participant and a person each, somebody of no site, and a question about the other participant.
  private static let state: TrialState = {
    var state = TrialState()
    let events: [TrialEvent] = [
      .way(own, .registered(site: here, cohort: "sle")), .way(other, .registered(site: there, cohort: "sle")),
      .people(.accountCreated(account: mei, name: "Mei Tan", namesakes: [])),
      .people(.accountCreated(account: jun, name: "Jun Ito", namesakes: [])),
      .people(.accountCreated(account: qa, name: "Q A Lee", namesakes: [])),
      .people(.roleGranted(account: mei, role: .coordinator, site: here)),
      .people(.roleGranted(account: jun, role: .coordinator, site: there)),
      .people(.roleGranted(account: qa, role: .qualityAssurance, site: nil)),
      .study(
        .dltQuestionOpened(
          question: 1, participant: other, toxicity: .crs, onset: known { try #require(CalendarDate("2026-02-01")) },
          about: "CRS")),
    ]
    for event in events { state.apply(recorded(event)) }
    return state
  }()

  private static let cases: [(TrialEvent, Bool)] = [
    (.way(own, .registered(site: here, cohort: "sle")), true),
    (.way(other, .registered(site: there, cohort: "sle")), false),
    (.site(there, .siteAdded(name: "There", zone: "UTC")), false),
    (.laboratory(there, .rangesImported(file: Digest(of: "a"), ranges: [])), false),
    (.laboratory(nil, .rangesImported(file: Digest(of: "a"), ranges: [])), true),
    (.study(.slotAllotted(participant: own)), true), (.study(.slotAllotted(participant: other)), false),
    (.study(.infusionBegun(participant: other)), false), (.study(.dltConfirmed(question: 1)), false),
    (.study(.dltConfirmed(question: 9)), false), (.study(.opened(scope: .study)), true),
    (.study(.opened(scope: .site(there))), false), (.study(.closed(scope: .site(here))), true),
    (.people(.signedIn(account: mei)), true), (.people(.signedIn(account: jun)), false),
    (.people(.signedIn(account: qa)), true),
    (.people(.roleGranted(account: mei, role: .monitor, site: there)), false),
    (.people(.identityRead(account: mei, participant: own, part: .person)), true),
    (.people(.identityRead(account: qa, participant: other, part: .person)), false),
    (.people(.identityKept(participant: own)), true), (.people(.identityKept(participant: other)), false),
    (.people(.authenticationFailed(account: nil, purpose: .signIn, cause: .unknownAccount)), false),
  ]

  @Test(arguments: EventSightTests.cases.indices)
  func `a coordinator reads what is of the site or of the whole study`(index: Int) {
    let (event, isSeen) = Self.cases[index]
    #expect(Self.recorded(event).isSeen(by: Self.reader, in: Self.state) == isSeen, "\(event)")
  }

  @Test func `who is of no site reads everything`() {
    let inspector = Acting(account: Self.qa, role: .inspector)
    for (event, _) in Self.cases { #expect(Self.recorded(event).isSeen(by: inspector, in: Self.state)) }
    #expect(inspector.hiddenAccounts(in: Self.state).isEmpty)
  }

  @Test func `what another site took out is not seen, what it did to the whole study is, without the name`() {
    let file = TrialEvent.study(.exported(what: .screeningLog, events: 1, digest: Digest(of: "a")))
    #expect(!Self.recorded(file, site: "02").isSeen(by: Self.reader, in: Self.state))
    #expect(Self.recorded(file, site: "01").isSeen(by: Self.reader, in: Self.state))
    let opened = Self.recorded(.study(.opened(scope: .study)), site: "02", by: Self.jun)
    #expect(opened.isSeen(by: Self.reader, in: Self.state))
    #expect(opened.names(anyOf: Self.reader.hiddenAccounts(in: Self.state)))
  }
}
