import ClinicalValues
import Conduct
import Ledger
import Markup
import Trial

/// What the reader may see of what was recorded since they signed in the time before, the newest first.
enum RecentEvents {
  /// How many events are looked through at most.
  private static let most = 2000
  /// How many are read at once.
  private static let step = 200

  static func markup(_ request: PageRequest, state: TrialState) async throws -> Markup {
    let acting = try request.acting()
    let words = request.words
    let since = state.people.accounts[acting.account]?.access.previousSignIn
    let telling = EventTelling(Vocabulary(request.site.newest, byClocksOf: state))
    let hidden = acting.hiddenAccounts(in: state)
    let seen = try await events(request, since: since)
      .filter { $0.isSeen(by: acting, in: state) && !$0.event.isOfAccounts }
    let found = PagedRows(Array(SavesTogether.joined(seen).reversed()), request.query, size: 12, name: "recent")
    let title = since.map { instant in
      words(
        "What happened since you signed in before, on {moment}",
        ["moment": words.placed(ZoneClock.moment(instant, zone: request.zone))])
    }
    return Part.section(title ?? words["What happened since you last looked"], id: "recent") {
      if found.rows.isEmpty {
        Markup.tag("p", ["class": "quiet"]) { words["Nothing has happened since."] }
      } else {
        Markup.tag("ol", ["class": "ladder"]) {
          for recorded in found.rows {
            Markup.tag("li", ["class": "past"]) {
              words.told(recorded.event, by: telling)
              Markup.tag("div", ["class": "quiet"]) {
                words.placedTime(recorded.happened)
                " · "
                  + (hidden.contains(recorded.actor.account)
                    ? words["somebody of another site"] : recorded.actor.account)
              }
            }
          }
        }
        found.links(request)
      }
    }
  }

  /// The events recorded after an instant, oldest first; the last ones where there is none. They are read backwards, since
  /// most of them are older.
  private static func events(_ request: PageRequest, since: Instant?) async throws -> [Recorded<TrialEvent>] {
    let store = request.live.store
    let head = try await store.head().position
    let least = max(0, head - (since == nil ? step : most))
    var found: [Recorded<TrialEvent>] = []
    var end = head
    while end > least {
      let start = max(least, end - step)
      let read = try await store.events(after: start, limit: end - start).map { try Recorded<TrialEvent>($0) }
      found = read.filter { event in since.map { event.recorded > $0 } ?? true } + found
      if let since, let first = read.first, first.recorded <= since { break }
      end = start
    }
    return found
  }
}
