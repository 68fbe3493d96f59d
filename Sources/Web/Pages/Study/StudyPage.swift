import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// The study: what is in force, what is held, what the board owes, and the protocol itself.
enum StudyPage {
  static let routes: [Route] = [
    .get("/study", .clinicalReader, overview),
    .get("/study/criteria", .clinicalReader, StudyCriteria.page),
    .get("/study/source", .clinicalReader, StudySource.page),
    .get("/study/schedule", .clinicalReader, StudySchedule.page),
    .get("/study/forms", .clinicalReader, StudyForms.list),
    .get("/study/forms/{form}", .clinicalReader, StudyForms.form),
    .get("/study/provisional", .clinicalReader, StudyProvisional.page),
    .get("/study/changes", .clinicalReader, limit: .search, StudyChanges.page),
  ]

  private static let overview: Route.Handler = { request in
    let words = request.words
    let state = try await request.live.state()
    let now = try await request.now()
    let acting = try request.acting()
    let edition = try await request.edition()
    let acts = ActLinks(request, back: "/study")
    return .page(
      Page(words["Study"], at: .study, isLive: true) {
        Markup.tag("p") { words.study(edition.study.title) }
        links(words)
        StudyHolds(state: state, acting: acting, acts: acts).markup
        StudyQuestions(
          questions: state.study.questions.filter { acting.sees(state.participants[$0.participant]?.way.site) },
          acts: acts
        ).markup
        StudyVersions(
          state: state, editions: request.live.shelf.editions, acting: acting, now: now, acts: acts
        ).markup
        StudyBoard(state: state, plan: edition.study.conduct.safety, now: now, acts: acts).markup
      })
  }

  private static func links(_ words: Words) -> Markup {
    .tag("div", ["class": "actions"]) {
      Part.link("/study/source", words["The protocol's text"], class: "button second")
      Part.link("/study/criteria", words["Criteria"], class: "button second")
      Part.link("/study/schedule", words["Schedule"], class: "button second")
      Part.link("/study/forms", words["Forms"], class: "button second")
      Part.link("/study/provisional", words["Provisional items"], class: "button second")
      Part.link("/study/changes", words["What changed between versions"], class: "button second")
    }
  }

  /// Where the pages of the protocol stand.
  static func trail(_ words: Words) -> [(title: String, path: String)] { [(words["Study"], "/study")] }
}

extension PageRequest {
  /// The protocol version that a page shows: the one that is asked for (`version`), else the one in force.
  ///
  /// - Throws: `NotFound` where there is none of that name; `MissingVersion`.
  func edition() async throws -> ProtocolShelf.Edition {
    guard let name = query.text("version") else {
      return try live.shelf.edition(at: try await now(), in: try await live.state())
    }
    guard let found = live.shelf.editions.first(where: { $0.version.version == name }) else { throw NotFound() }
    return found
  }
}
