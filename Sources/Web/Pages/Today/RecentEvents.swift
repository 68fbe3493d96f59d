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
    let hidden = acting.hiddenAccounts(in: state)
    let seen = try page.map { try Recorded<TrialEvent>($0) }
      .filter { $0.isSeen(by: acting, in: state) && !$0.event.isOfAccounts }
    let found = SavesTogether.joined(seen).suffix(count).reversed()
    return .tag("ol", ["class": "ladder"]) {
      for recorded in found {
        Markup.tag("li", ["class": "past"]) {
          words.told(recorded.event, by: telling)
          Markup.tag("div", ["class": "quiet"]) {
            words.placedTime(recorded.happened)
            " · "
              + (hidden.contains(recorded.actor.account) ? words["somebody of another site"] : recorded.actor.account)
          }
        }
      }
    }
  }
}
