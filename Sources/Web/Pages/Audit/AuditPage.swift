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
    let filter = AuditFilter(request.query)
    let head = try await request.live.store.head().position
    let (found, telling) = try await request.audit(filter)
    let checkpoint = try await request.live.store.checkpoints().last
    return .page(
      Page(words["Audit trail"], at: .audit) {
        filter.markup(FormParts(request), words)
        Part.section(
          words("Events up to position {position}", ["position": String(min(filter.upTo ?? head, head))]),
          note: words["Nothing here was ever changed or removed: a correction is a new event. All times are UTC."]
        ) {
          AuditList(events: found.events, telling: telling, words: words).markup
          links(found.next, filter, request)
        }
        LedgerVerification.section(checkpoint, FormParts(request))
      })
  }

  @MarkupBuilder private static func links(_ next: Int?, _ filter: AuditFilter, _ request: PageRequest) -> Markup {
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
    let head = try await live.store.head().position
    let reader = AuditReader(acting: try acting(), state: state, filter: filter)
    let found = try await reader.page(of: live.store, upTo: min(filter.upTo ?? head, head))
    return (found, EventTelling(Vocabulary(site.newest, in: state)))
  }

  /// The event at the position of the path, which the reader may read.
  ///
  /// - Throws: `NotFound` where there is none, or the reader may not.
  func auditedEvent() async throws -> Envelope {
    let position = try parameter("position") { text in
      guard let position = Int(text), position > 0 else { throw NotFound() }
      return position
    }
    let reader = AuditReader(acting: try acting(), state: try await live.state(), filter: AuditFilter(Fields()))
    guard let envelope = try await live.store.events(after: position - 1, limit: 1).first,
      envelope.position == position, reader.sees(try Recorded<TrialEvent>(envelope))
    else { throw NotFound() }
    return envelope
  }
}
