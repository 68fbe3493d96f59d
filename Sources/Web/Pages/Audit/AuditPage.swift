import Analysis
import ClinicalValues
import Conduct
import Ledger
import Markup
import Trial

/// The audit trail: every event that the reader may read, the newest first, up to any position of the ledger.
enum AuditPage {
  static let routes: [Route] = [
    .get("/audit", .permitted(.readAudit), limit: .search, list),
    .get("/audit/{position}", .permitted(.readAudit), event),
    .post("/audit/verify", .permitted(.readAudit), limit: LedgerVerification.limit, LedgerVerification.verify),
  ]

  private static let list: Route.Handler = { request in
    let words = request.words
    let state = try await request.live.state()
    let form = AuditForm(zones: try request.auditZones(in: state), people: try request.seenPeople(in: state))
    let filter = AuditFilter(request.query, zone: form.zone(askedBy: request.query), people: form.people)
    let head = try await request.live.store.head().position
    let (found, telling) = try await request.audit(filter)
    let hidden = try request.acting().hiddenAccounts(in: state)
    let checkpoint = try await LastCheckpoint(request.live.store)
    return .page(
      Page(words["Audit trail"], at: .audit) {
        form.markup(filter, FormParts(request))
        Part.section(
          title(filter, head: head, words),
          note: words(
            "Nothing here was ever changed or removed: a correction is a new event. All times are of {zone}.",
            ["zone": filter.zone])
        ) {
          AuditList(
            events: found.events, telling: telling, hidden: hidden, scope: request.scope, zone: filter.zone,
            words: words
          ).markup
          links(found.next, filter, request)
          notOnRecord(request)
        }
        LedgerVerification.section(checkpoint, zone: filter.zone, FormParts(request))
      })
  }

  private static func title(_ filter: AuditFilter, head: Int, _ words: Words) -> String {
    if let asOf = filter.asOf { return words("Events as the trail stood on {moment}", ["moment": words.moment(asOf)]) }
    return words("Events up to position {position}", ["position": String(min(filter.upTo ?? head, head))])
  }

  /// What a reader would look for here in vain, and where it is.
  private static func notOnRecord(_ request: PageRequest) -> Markup {
    let words = request.words
    return .tag("p", ["class": "quiet"]) {
      words[
        "An act that the program refused changed nothing and is no event; the server's log holds it. On record are wrong scans at the cells and failed attempts to sign in or to sign."
      ]
      " "
      Part.link("/audit?kind=account", words["Attempts and access"])
    }
  }

  @MarkupBuilder private static func links(_ next: Int?, _ filter: AuditFilter, _ request: PageRequest) -> Markup {
    // Paging goes back from the newest event; the moment as of which the trail is shown stays.
    let query = request.query.without(["upto"])
    Markup.tag("nav", ["class": "actions", "aria-label": request.words["Pages of the list"]]) {
      if filter.upTo != nil {
        Part.link("/audit?\(query.encoded)", request.words["The newest"], class: "button second")
      }
      if let next {
        Part.link(
          "/audit?\(Fields(query.pairs + [("upto", String(next))]).encoded)", request.words["Earlier"],
          class: "button second")
      }
    }
  }

  private static let event: Route.Handler = { request in
    let words = request.words
    let envelope = try await request.auditedEvent()
    return .page(
      Page(
        words("Event {position}", ["position": String(envelope.position)]), at: .audit,
        trail: [(words["Audit trail"], "/audit")]
      ) {
        Part.section(words["As the ledger holds it"], note: words["Its hash covers every character of it."]) {
          Markup.tag("p") {
            Markup.tag("code") { envelope.hash.description }
          }
          Markup.tag("pre", ["lang": "en"]) { IndentedJSON.text(String(decoding: envelope.canonical, as: UTF8.self)) }
        }
      })
  }
}

extension PageRequest {
  /// Events of a filter that the reader may read, the newest first, and the words for them.
  func audit(_ filter: AuditFilter) async throws -> (found: AuditReader.Found, telling: EventTelling) {
    let state = try await live.state()
    let reader = AuditReader(acting: try acting(), state: state, filter: filter)
    var last = try await live.store.head().position
    if let asOf = filter.asOf {
      last = min(last, try await KnownPrefix(asOf: asOf.instant, reading: live.store).end(in: live.store))
    }
    let found = try await reader.page(of: live.store, upTo: min(filter.upTo ?? last, last))
    return (found, EventTelling(Vocabulary(site.newest, byClocksOf: state)))
  }

  /// The zones in which the trail can be told: that of the reader's site; where the role is of no site UTC, then those of the sites.
  func auditZones(in state: TrialState) throws -> [String] {
    if let site = try acting().site { return [state.sites[site]?.zone ?? "UTC"] }
    return ["UTC"] + Set(state.sites.values.map(\.zone)).subtracting(["UTC"]).sorted()
  }

  /// The people whose acts the reader may look for, by account.
  func seenPeople(in state: TrialState) throws -> [(value: String, text: String)] {
    let acting = try acting()
    return state.people.accounts.values.filter { acting.sees(account: $0.id, in: state) }
      .map { (value: $0.id.description, text: $0.name) }.sorted { $0.value < $1.value }
  }

  /// The event at the position of the path, which the reader may read.
  ///
  /// - Throws: `NotFound` where there is none, or the reader may not.
  func auditedEvent() async throws -> Envelope {
    let position = try parameter("position") { text in
      guard let position = Int(text), position > 0 else { throw NotFound() }
      return position
    }
    let (acting, state) = (try acting(), try await live.state())
    let reader = AuditReader(acting: acting, state: state, filter: AuditFilter(Fields()))
    guard let envelope = try await live.store.events(after: position - 1, limit: 1).first,
      envelope.position == position, case let recorded = try Recorded<TrialEvent>(envelope),
      reader.sees(recorded), !recorded.names(anyOf: acting.hiddenAccounts(in: state)),
      // Its hash covers every character: it is shown whole, or not at all.
      scope.tellsWhole(envelope.canonical)
    else { throw NotFound() }
    return envelope
  }
}
