import ClinicalValues
import Conduct
import Ledger
import Markup
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// Where somebody stands, as pages say it: by the clocks of their site, whoever looks, and no further than their time in the study.
struct StandingTests {
  private let words = Words(.english, messages: [:])

  private func recorded<Event: Sendable & Hashable>(_ event: Event, _ text: String) throws -> Recorded<Event> {
    let at = try #require(Moment(text))
    return Recorded(event, happened: at, recorded: at.instant, actor: Actor(account: "nora.diaz", role: "nurse"))
  }

  /// Somebody in Shanghai who was infused there on the morning of 5 January.
  private func infused() throws -> (TrialState, ParticipantID) {
    let (site, id) = (try SiteID("02"), try ParticipantID("02-0001"))
    let bag = BagNumber(lot: LotNumber(participant: id, lot: 1), bag: 1)
    var state = TrialState()
    let events: [TrialEvent] = [
      .site(site, .siteAdded(name: "Shanghai", zone: "Asia/Shanghai")),
      .way(id, .registered(site: site, cohort: "sle")),
      .product(id, .infusionStarted(bag: bag, outsideGate: false, lines: [])),
    ]
    for event in events { state.apply(try recorded(event, "2026-01-05T10:00:00+08:00[Asia/Shanghai]")) }
    return (state, id)
  }

  private func header(_ state: TrialState, _ id: ParticipantID, _ now: String) throws -> String {
    ParticipantHeader(
      participant: try #require(state.participants[id]), state: state, now: try #require(Moment(now)), words: words
    ).markup.printed(as: .html)
  }

  @Test(arguments: ["2026-01-06T20:00:00Z", "2026-01-06T12:00:00-08:00", "2026-01-07T04:00:00+08:00"])
  func `the study day is that of the participant's site, wherever the reader is`(now: String) throws {
    let (state, id) = try infused()
    #expect(try header(state, id, now).contains("Day 2<"))
  }

  @Test func `whoever died is said to have died, and grows no older in the study`() throws {
    var (state, id) = try infused()
    state.apply(try recorded(.way(id, .died(cause: "sepsis")), "2026-01-25T10:00:00+08:00[Asia/Shanghai]"))
    let header = try header(state, id, "2026-06-01T10:00:00Z")
    #expect(header.contains(">died<") && header.contains("Day 20<"))
  }

  @Test(arguments: [(0, "Begin screening"), (1, "Screen once more"), (2, nil)] as [(Int, String?)])
  func `who has failed is screened as often as the protocol allows, and it is called so`(
    rounds: Int, title: String?
  ) async throws {
    let way = try #require(try await SiteStage().site.newest).conduct.way
    var participant = ParticipantState(id: try ParticipantID("02-0001"))
    let now = try #require(Moment("2026-01-05T10:00:00Z"))
    participant.way.screeningRound = rounds
    participant.way.consents = [SignedConsent(version: "1.0", site: try SiteID("02"), signed: now)]
    if rounds > 0 { participant.way.eligibility = .failed(decided: now) }
    let acts = ScreeningActs(participant: participant, cohort: nil, way: way, now: now, path: "/")
    #expect(acts.acts(words).first { $0.act == StartScreening.self }?.title == title)
  }

  @Test func `an act is offered to whose role may do it`() throws {
    for (role, isOffered) in [(Role.coordinator, true), (.monitor, false)] {
      let links = ActLinks(role: role, back: "/queries", words)
      #expect(links.link(AnswerQuery.self, "Answer").printed(as: .html).contains("Answer") == isOffered)
    }
  }

  @Test(arguments: [(0, ""), (1, "1 query open"), (2, "2 queries open")])
  func `queries are counted in words that fit`(count: Int, expected: String) {
    var badges = Badges()
    badges.openQueries = count
    #expect(CasebookBadges.markup(badges, words).plainText == expected)
  }
}
