import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// The cells of everybody whom the reader may see: where they stand, what stops them, what is to be done next.
enum ProductList {
  static let routes: [Route] = [.get("/product", .clinicalReader, limit: .search, list)]

  private static let list: Route.Handler = { request in
    let words = request.words
    let parts = FormParts(request)
    let now = try await request.now()
    let state = try await request.live.state()
    let worklist = try await request.worklist()
    let wanted = request.query.text("standing").flatMap { ProductStanding(rawValue: $0) }
    let people = try await request.people(withCells: wanted)
    let part = PagedRows(people, request.query)
    return .page(
      Page(words["Product"], at: .product, isLive: true) {
        parts.search("/product") {
          parts.select(
            .init(
              name: "standing", label: words["Where the cells stand"], value: wanted?.rawValue ?? "", isOptional: true),
            ProductStanding.allCases.map { ($0.rawValue, words.title($0)) })
          parts.button(words["Show"], class: "second")
        }
        Part.table(
          words("{count} products", ["count": String(part.total)]),
          [
            words["Participant"], words["Chain of identity"], words["Cohort"], words["Where the cells stand"],
            words["Quarantine"], words["Next step"],
          ],
          part.rows.map { row($0, now, zone: state.zone(of: $0), worklist, words) },
          empty: words["There are no cells yet."])
        part.links(request)
      })
  }

  private static func row(
    _ participant: ParticipantState, _ now: Moment, zone: String, _ worklist: Worklist, _ words: Words
  ) -> [Markup] {
    let standing = ProductStanding(participant.product, at: now)
    let next = worklist.tasks.filter { $0.participant == participant.id && $0.kind == .takeCustodyStep }
    let quarantines = participant.product.quarantines.keys.sorted()
    return [
      Part.link(ParticipantTab.product.path(participant.id), participant.id.description),
      .tag("code") { participant.product.identity?.description ?? "–" },
      .text(participant.way.cohort.map(words.cohort) ?? words["any"]), Part.badge(words.title(standing), standing.tone),
      quarantines.isEmpty
        ? .text("–")
        : Part.badge(
          words("quarantine {number}", ["number": quarantines.map(String.init).joined(separator: ", ")]), .stop),
      next.isEmpty ? .text("–") : CustodyTaskList(tasks: next, zone: zone, words: words).markup,
    ]
  }
}

extension PageRequest {
  /// Everybody whose cells the reader may see and stand so, by number; nil is anywhere.
  func people(withCells standing: ProductStanding?) async throws -> [ParticipantState] {
    let now = try await now()
    let acting = try acting()
    return try await live.state().participants.values.filter { participant in
      acting.seesCells(of: participant) && participant.product.hasCells
        && (standing == nil || ProductStanding(participant.product, at: now) == standing)
    }.sorted { $0.id < $1.id }
  }
}

/// Steps of custody that come next, one a line.
struct CustodyTaskList {
  let tasks: [StudyTask]
  /// That of the site that looks after whose cells they are.
  let zone: String
  let words: Words

  /// The title of a step of custody is the material's number and the step's title, each in its own words; what else waits says a sentence.
  var markup: Markup {
    .fragment(
      tasks.map { task in
        .tag("div") {
          if task.kind == .takeCustodyStep, let colon = task.title.firstRange(of: ": "),
            let material = try? Material(task.title[..<colon.lowerBound])
          {
            Markup.tag("code") { material.description }
            " "
            words.study(String(task.title[colon.upperBound...].dropLast()))
          } else {
            words.sentence(task.title)
          }
          if case .at(let until) = task.deadline {
            " · " + words["Until"] + " "
            Part.countdown(ZoneClock.moment(until, zone: zone), words)
          }
          if let waits = task.waits {
            Markup.tag("div", ["class": "quiet"]) { words.sentence(waits) }
          }
        }
      })
  }
}
