import ClinicalValues
import Conduct
import Markup
import Trial

/// Who has an account, what each may do and why not, the delegation log, the sites; and the acts on them.
enum AccountPage {
  static let routes: [Route] = [.get("/accounts", .accountReader, limit: .search, overview)]

  private static let overview: Route.Handler = { request in
    let words = request.words
    let acting = try request.acting()
    let state = try await request.live.state()
    let now = try await request.now()
    let accounts = try await request.accounts()
    let review = accounts.review
    let paging = Paging(request.query, count: review.rows.count)
    let acts = ActLinks(request, back: "/accounts")
    return .page(
      Page(
        words["Accounts"], at: .accounts, isLive: true, actions: acts.link(CreateAccount.self, words["New account"])
      ) {
        Part.section(
          words("People ({count})", ["count": String(review.rows.count)]), id: "people",
          note: words(
            "Failed attempts under names that are no account: {count}", ["count": String(review.unknownAttempts)])
        ) {
          Markup.tag("ul", ["class": "tasks"]) {
            for row in review.rows[paging.rows] {
              AccountRow(row: row, account: state.people.accounts[row.account], acts: acts, zone: now.zone).markup
            }
          }
          paging.markup("/accounts", request.query, words)
        }
        DelegationLog(rows: accounts.delegations, acts: acts).markup
        SiteTable(state: state, acting: acting, now: now, acts: acts).markup
      })
  }
}

extension PageRequest {
  /// Who may do what now, and the lines of the delegation log that the reader may see.
  func accounts() async throws -> AccountsReading {
    let acting = try acting()
    let state = try await live.state()
    let now = try await now()
    let version = state.study.version(at: now)?.version ?? live.shelf.editions.last?.version.version ?? ""
    let site = acting.role.isOfSite ? acting.site : nil
    return AccountsReading(
      review: state.people.accessReview(at: now, under: version, site: site),
      delegations: state.people.delegationLog(site: site, at: now))
  }
}
