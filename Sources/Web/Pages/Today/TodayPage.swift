import ClinicalValues
import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// Today: holds, what waits for me, how the study stands, what happened since I last looked.
enum TodayPage {
  static let routes: [Route] = [.get("/", .member, first)]

  /// The page on which everybody begins: who reads nothing clinical does so at the accounts.
  private static let first: Route.Handler = { request in
    let acting = try request.acting()
    guard NavigationPlace.today.access.allows(acting.role) else { return .seeOther(NavigationPlace.accounts.path) }
    try await request.live.requireReader(acting)
    return try await today(request)
  }

  private static let today: Route.Handler = { request in
    let acting = try request.acting()
    let words = request.words
    let state = try await request.live.state()
    let now = try await request.now()
    let worklist = try await request.worklist()
    let all = worklist.tasks(for: acting.role, at: acting.site)
    let groups = TaskGroups(all, request.query)
    let tasks = PagedRows(groups.shown, request.query, size: 20)
    let glance = StudyGlance(
      state: state, now: now, study: request.site.newest, acting: acting, acts: ActLinks(request))
    let recent = try await RecentEvents.markup(request, state: state)
    return .page(
      Page(words["Today"], at: .today, isLive: true) {
        if let session = request.session {
          AccountNotices.markup(
            session, state.people.accounts[session.account], zone: request.zone, ActLinks(request))
        }
        glance.holds
        Part.section(
          words("What waits for you ({count})", ["count": String(all.count)]),
          note: words["The most urgent first. Each disappears by the deed that settles it."]
        ) {
          groups.markup(request.path, words)
          TaskList(worklist: worklist, links: TaskLinks(request, state)).markup(tasks.rows)
          tasks.links(request)
        }
        glance.cards
        recent
      })
  }
}

extension PageRequest {
  /// What waits for somebody, over the participants whom the reader may see. The tasks are found once a minute and position; which of them
  /// are late is as of now.
  func worklist() async throws -> Worklist {
    let acting = try acting()
    let scope = acting.role.isOfSite ? acting.site?.description ?? "" : "all"
    let found = try await site.views.view("worklist \(scope)", at: try await stamp()) {
      let state = try await live.state()
      let seen = Set(state.participants.values.filter { acting.sees($0.way.site) }.map(\.id))
      return try await live.worklist(of: seen, by: acting)
    }
    return found.asOf(site.clock())
  }
}
