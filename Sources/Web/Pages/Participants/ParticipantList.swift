import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// Everybody whom the reader may see, with where they stand and what keeps somebody busy.
enum ParticipantList {
  static let routes: [Route] = [.get("/participants", .clinicalReader, limit: .search, list)]

  private static let list: Route.Handler = { request in
    let words = request.words
    let parts = FormParts(request)
    let state = try await request.live.state()
    let now = request.site.clock()
    let status = request.query.text("status").flatMap { ParticipantStatus(rawValue: $0) }
    let cohort = request.query.text("cohort")
    let people = try await request.people(status, cohort: cohort)
    return .page(
      Page(
        words["Participants"], at: .participants, isLive: true
      ) {
        parts.search("/participants") {
          parts.select(
            .init(name: "status", label: words["Status"], value: status?.rawValue ?? "", isOptional: true),
            ParticipantStatus.allCases.map { ($0.rawValue, words.title($0)) })
          parts.select(
            .init(name: "cohort", label: words["Cohort"], value: cohort ?? "", isOptional: true),
            (request.site.newest?.cohorts ?? []).map { ($0.id, words.study($0.title)) })
          parts.button(words["Show"], class: "second")
        }
        Part.table(
          people.count == 1 ? words["1 participant"] : words("{count} participants", ["count": String(people.count)]),
          [words["Number"], words["Site"], words["Cohort"], words["Status"], words["Study day"], words["Casebook"]],
          people.map { row($0, state.moment(now, of: $0), words) }, empty: words["Nobody is registered."])
      })
  }

  /// - Parameter now: by the clocks of the participant's site.
  private static func row(_ participant: ParticipantState, _ now: Moment, _ words: Words) -> [Markup] {
    let standing = participant.casebook.standing(of: participant.casebook.keys())
    return [
      Part.link("/participants/\(participant.id)", participant.id.description),
      .text(participant.way.site?.description ?? "–"), .text(participant.way.cohort.map(words.cohort) ?? words["any"]),
      StatusBadge.markup(participant, at: now, words),
      .text(participant.studyDay(at: now).map { words("Day {day}", ["day": String($0)]) } ?? "–"),
      CasebookBadges.markup(standing.badges, words),
    ]
  }
}

extension PageRequest {
  /// Everybody of a status and a cohort whom the reader may see, by number; nil is any.
  func people(_ status: ParticipantStatus?, cohort: String?) async throws -> [ParticipantState] {
    let acting = try acting()
    let state = try await live.state()
    let now = site.clock()
    return state.participants.values.filter { acting.sees($0.way.site) }
      .filter { status == nil || $0.status(at: state.moment(now, of: $0)) == status }
      .filter { cohort == nil || $0.way.cohort == cohort }
      .sorted { $0.id < $1.id }
  }
}
