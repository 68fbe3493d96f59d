import ClinicalValues
import Conduct
import Markup
import Rules
import StudyDesign
import Trial

/// Candidates against criteria: who can take part, what bars, what is not known yet.
enum ScreeningPage {
  static let routes: [Route] = [
    .get("/screening", .clinicalReader, limit: .search, matrix),
    RecordDrop.route,
    .get("/screening/{participant}", .clinicalReader, limit: .search, CandidatePage.candidate),
  ]

  /// How many candidates stand beside each other.
  private static let width = 16

  private static let matrix: Route.Handler = { request in
    let words = request.words
    let filter = ScreeningFilter(request.query)
    let (columns, unknown) = try await request.candidates(filter)
    let paging = Paging(request.query, count: columns.count, size: width)
    let shown = Array(columns[paging.rows])
    let state = try await request.live.state()
    let now = try await request.now()
    let awaited = (shown.map(\.participant.id) + unknown).filter { id in
      state.participants[id].map { $0.status(at: now).awaitsData } ?? false
    }
    return .page(
      Page(
        words["Screening"], at: .screening, isLive: true,
        actions: .fragment([
          ActLinks(request).link(RegisterCandidate.self, words["New candidate"], class: "button"), .text(" "),
          ActLinks(request).link(ImportData.self, words["Upload a record"]),
        ])
      ) {
        filter.markup(FormParts(request), request.site.newest, words)
        Markup.tag("section") {
          CandidateMatrix(columns: shown, words: words).markup
          paging.markup("/screening", request.query, words)
        }
        if !awaited.isEmpty {
          RecordDrop(candidate: .chosen(among: Set(awaited).sorted()), request: request).markup
        }
        if !unknown.isEmpty {
          Part.section(
            words("Nothing is known yet ({count})", ["count": String(unknown.count)]),
            note: words["No data were imported or entered, or the identity was erased."]
          ) {
            Markup.tag("ul", ["class": "formlist"]) {
              for id in unknown { Markup.tag("li") { Part.link("/screening/\(id)", id.description) } }
            }
          }
        }
      })
  }
}

extension ParticipantStatus {
  /// Whether what is on record of somebody may still decide whether they take part.
  var awaitsData: Bool {
    switch self {
    case .candidate, .consented, .screening, .eligible: true
    case .screenFailed, .enrolled, .collected, .manufacturing, .released, .productFailed, .conditioning, .infused,
      .followUp, .completed, .leftEarly:
      false
    }
  }
}

/// Which candidates are shown.
struct ScreeningFilter: Equatable {
  /// Everybody, also those who were enrolled.
  let isEverybody: Bool
  let cohort: String?
  let verdict: Verdict?

  init(_ query: Fields) {
    isEverybody = query.text("who") == "all"
    cohort = query.text("cohort")
    verdict = query.text("verdict").flatMap { Verdict(rawValue: $0) }
  }

  /// Whether somebody is shown, before it is known what the criteria say.
  func shows(_ participant: ParticipantState, at now: Moment) -> Bool {
    (isEverybody || participant.way.enrolled == nil)
      && (cohort == nil || participant.way.cohort == nil || participant.way.cohort == cohort)
  }

  /// Whether what the criteria of a cohort say is shown.
  func shows(_ assessment: Assessment) -> Bool {
    (cohort == nil || assessment.cohort.id == cohort) && (verdict == nil || assessment.verdict == verdict)
  }

  func markup(_ parts: FormParts, _ study: Study?, _ words: Words) -> Markup {
    parts.search("/screening") {
      parts.select(
        .init(name: "who", label: words["Who"], value: isEverybody ? "all" : "screening"),
        [("screening", words["not yet enrolled"]), ("all", words["everybody"])])
      parts.select(
        .init(name: "cohort", label: words["Cohort"], value: cohort ?? "", isOptional: true),
        (study?.cohorts ?? []).map { ($0.id, words.study($0.title)) })
      parts.select(
        .init(name: "verdict", label: words["Verdict"], value: verdict?.rawValue ?? "", isOptional: true),
        Verdict.allCases.map { ($0.rawValue, words.title($0)) })
      parts.button(words["Show"], class: "second")
    }
  }
}

/// Criteria down, candidates across; an outcome is a mark and a word.
struct CandidateMatrix {
  let columns: [ScreeningColumn]
  let words: Words

  var markup: Markup {
    guard !columns.isEmpty else { return .tag("p", ["class": "quiet"]) { words["Nobody is shown by this filter."] } }
    let caption = words["Candidates against criteria, in the protocol's order"]
    let outcomes = columns.map(\.outcomes)
    return .tag("div", ["class": "table grid", "tabindex": "0", "role": "region", "aria-label": caption]) {
      Markup.tag("table") {
        Markup.tag("caption") { caption }
        Markup.tag("thead") {
          Markup.tag("tr") {
            Markup.tag("th", ["scope": "col"]) { words["Criterion"] }
            for column in columns { head(column) }
          }
        }
        Markup.tag("tbody") {
          for criterion in criteria {
            Markup.tag("tr") {
              Markup.tag("th", ["scope": "row"]) {
                "\(criterion.id) \(words.study(criterion.title)) "
                if criterion.isProvisional { OutcomeMark.provisional(words) }
              }
              for outcome in outcomes {
                Markup.tag("td") {
                  if let outcome = outcome[criterion.id] { OutcomeMark.markup(outcome, words) } else { "–" }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Those that are asked of anybody shown.
  private var criteria: [Criterion] {
    let asked = Set(columns.flatMap { $0.assessment.criteria.map(\.criterion.id) })
    return (columns.last?.screened.study.criteria ?? []).filter { asked.contains($0.id) }
  }

  private func head(_ column: ScreeningColumn) -> Markup {
    let id = column.participant.id.description
    let cohort = column.assessment.cohort
    return .tag("th", ["scope": "col"]) {
      Part.link("/screening/\(id)?cohort=\(Fields.encoded(cohort.id))", id)
      Markup.tag("div") { cohort.name }
      OutcomeMark.markup(column.assessment.verdict, words)
      Markup.tag("div", ["class": "quiet"]) { words.date(column.screened.asOf) }
    }
  }
}
