import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// Every query that the reader may see: about what, how old, what was said, what can be done.
enum QueryPage {
  static let routes: [Route] = [.get("/queries", .clinicalReader, limit: .search, list)]

  private static let list: Route.Handler = { request in
    let words = request.words
    let acting = try request.acting()
    let state = try await request.live.state()
    let now = try await request.now()
    let filter = QueryFilter(request.query)
    let found = try await request.queries(filter)
    let paging = Paging(request.query, count: found.count)
    let table = QueryTable(study: request.site.newest, role: acting.role, now: now, words: words)
    return .page(
      Page(words["Queries"], at: .queries, isLive: true) {
        SourceWorkPage.tabs("/queries", words)
        filter.markup(FormParts(request), state.sites.values.sorted { $0.id < $1.id }, words)
        Markup.tag("section") {
          table.markup(Array(found[paging.rows]), of: found.count)
          paging.markup("/queries", request.query, words)
        }
      })
  }
}

extension PageRequest {
  /// The queries of a filter that the reader may see, those that wait first.
  func queries(_ filter: QueryFilter) async throws -> [AskedQuery] {
    let acting = try acting()
    return try await live.state().participants.values.filter { acting.sees($0.way.site) }.flatMap { participant in
      participant.casebook.queries.map {
        AskedQuery(participant: participant.id, site: participant.way.site, state: $0)
      }
    }.filter(filter.shows).sorted { $0.order < $1.order }
  }
}

/// A query with whose it is.
struct AskedQuery: Sendable, Equatable {
  let participant: ParticipantID
  let site: SiteID?
  let state: QueryState

  /// What waits first, then the oldest.
  var order: (Int, Int, Int) {
    (state.status.isPending ? 0 : 1, state.raised?.instant.milliseconds ?? 0, state.number)
  }
}

/// Which queries are shown.
struct QueryFilter: Equatable {
  /// `pending`, `all`, or a status.
  let status: String
  let site: String?
  let participant: String?

  init(_ query: Fields) {
    status = query.text("status") ?? "pending"
    site = query.text("site")
    participant = query.text("participant")
  }

  func shows(_ query: AskedQuery) -> Bool {
    let isOfStatus =
      switch status {
      case "all": true
      case "pending": query.state.status.isPending
      default: query.state.status.rawValue == status
      }
    return isOfStatus && (site == nil || query.site?.description == site)
      && (participant == nil || query.participant.description == participant)
  }

  func markup(_ parts: FormParts, _ sites: [SiteState], _ words: Words) -> Markup {
    parts.search("/queries") {
      parts.select(
        .init(name: "status", label: words["Status"], value: status),
        [("pending", words["open or answered"]), ("all", words["all of them"])]
          + QueryStatus.allCases.map { ($0.rawValue, words.title($0)) })
      parts.select(
        .init(name: "site", label: words["Site"], value: site ?? "", isOptional: true),
        sites.map { ($0.id.description, "\($0.id) \($0.name)") })
      parts.input(
        .init(name: "participant", label: words["Number"], value: participant ?? "", isOptional: true))
      parts.button(words["Show"], class: "second")
    }
  }
}

extension QueryStatus: Titled {
  var title: String {
    switch self {
    case .open: "open query"
    case .answered: "answered"
    case .closed: "closed"
    case .cancelled: "cancelled"
    }
  }

  var tone: Part.Tone {
    switch self {
    case .open: .stop
    case .answered: .due
    case .closed: .done
    case .cancelled: .excluded
    }
  }
}
