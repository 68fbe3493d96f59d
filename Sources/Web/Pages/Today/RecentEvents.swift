import ClinicalValues
import Conduct
import Ledger
import Markup
import Trial

/// The last events that the reader may see, the newest first.
enum RecentEvents {
  private static let count = 12

  static func markup(_ request: PageRequest, state: TrialState) async throws -> Markup {
    let acting = try request.acting()
    let words = request.words
    let head = try await request.live.store.head().position
    let page = try await request.live.store.events(after: max(0, head - 200), limit: 200)
    let telling = EventTelling(Vocabulary(request.site.newest, in: state))
    let seen = try page.map { try Recorded<TrialEvent>($0) }
      .filter { $0.event.isSeen(by: acting, in: state) && !$0.event.isOfAccounts }
    let found = SavesTogether.joined(seen).suffix(count).reversed()
    return .tag("ol", ["class": "ladder"]) {
      for recorded in found {
        Markup.tag("li", ["class": "past"]) {
          words.told(recorded.event, by: telling)
          Markup.tag("div", ["class": "quiet"]) {
            words.placedTime(recorded.happened)
            " · \(recorded.actor.account)"
          }
        }
      }
    }
  }
}

extension TrialEvent {
  /// Whether somebody may read it: events of participants by those who see their site.
  func isSeen(by acting: Acting, in state: TrialState) -> Bool {
    switch self {
    case .way(let id, _), .product(let id, _), .record(let id, _), .casebook(let id, _), .safety(let id, _),
      .grade(let id, _):
      acting.sees(state.participants[id]?.way.site)
    case .site(let site, _): acting.sees(site)
    case .study, .studyRecord, .people, .laboratory: true
    }
  }

  /// Whether it concerns accounts and access alone.
  var isOfAccounts: Bool {
    if case .people = self { true } else { false }
  }
}
