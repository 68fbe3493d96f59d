import ClinicalValues
import Conduct
import Figures
import Markup
import StudyDesign
import Trial

/// Safety of the study: holds and stopping first, then questions, intervals, clocks; adverse events; courses by day.
enum SafetyPages {
  static let routes: [Route] = [
    .get("/safety", .clinicalReader, limit: .search, overview),
    .get("/safety/events", .clinicalReader, limit: .search, events),
    .get("/safety/courses", .clinicalReader, limit: .search, courses),
  ]

  static func tabs(_ current: String, _ words: Words) -> Markup {
    TabRow.markup(
      [
        ("/safety", words["Stopping and clocks"]), ("/safety/events", words["Adverse events"]),
        ("/safety/courses", words["Courses by day"]),
      ], current: current, label: words["Pages about safety"])
  }

  private static let overview: Route.Handler = { request in
    let words = request.words
    let state = try await request.live.state()
    let now = try await request.now()
    let edition = try await request.editionInForce(state)
    let view = SafetySections(
      state: state, now: now, plan: edition.study.conduct, overview: try await request.safetyOverview(edition),
      request: request, acting: try request.acting())
    let worklist = try await request.worklist()
    let tasks = PagedRows(worklist.safetyTasks, request.query)
    return .page(
      Page(words["Safety"], at: .safety, isLive: true) {
        tabs("/safety", words)
        view.holds
        view.stopping
        view.questions
        view.window
        view.clocks
        Part.section(words("What safety waits for ({count})", ["count": String(tasks.total)])) {
          TaskList(worklist: worklist, links: TaskLinks(request, state)).markup(tasks.rows)
          tasks.links(request)
        }
      })
  }

  private static let events: Route.Handler = { request in
    let words = request.words
    let state = try await request.live.state()
    let study = try await request.editionInForce(state).study
    let plan = study.conduct.safety
    let filter = EventFilter(request.query)
    let found = PagedRows(try await request.adverseEvents(state, plan).filter(filter.takes), request.query)
    return .page(
      Page(words["Adverse events"], at: .safety, trail: [(words["Safety"], "/safety")], isLive: true) {
        tabs("/safety/events", words)
        filter.form(request)
        EventTable(state: state, words: words, plan: plan, schedule: study.schedule)
          .markup(found.rows, count: found.total)
        found.links(request)
      })
  }

  private static let courses: Route.Handler = { request in
    let words = request.words
    let acting = try request.acting()
    let state = try await request.live.state()
    let edition = try await request.editionInForce(state)
    var gradings: [Grading] = []
    for infusion in state.study.infusions {
      guard let someone = state.participants[infusion.participant], acting.sees(someone.way.site) else { continue }
      gradings.append(try await request.grading(of: someone.id))
    }
    // As many as have their names beside their lines.
    let part = PagedRows(gradings, request.query, size: 16)
    let choice = AnalyteChoice(request.query, edition.study)
    let plots = SafetyPlots(words: words, study: edition.study, shown: choice.days)
    return .page(
      Page(words["Courses by day"], at: .safety, trail: [(words["Safety"], "/safety")], isLive: true) {
        tabs("/safety/courses", words)
        if part.rows.isEmpty {
          Markup.tag("p", ["class": "quiet"]) { words["Nobody was infused yet."] }
        } else {
          Part.section(words["CRS by day"]) { FigureBox.markup(plots.syndrome("crs", "CRS", part.rows), words) }
          Part.section(words["ICANS by day"]) { FigureBox.markup(plots.syndrome("icans", "ICANS", part.rows), words) }
          Part.section(words["Laboratory values"]) {
            choice.days.links(request)
            choice.form(request)
            FigureBox.markup(plots.trajectory(choice.plan, part.rows), words)
          }
          part.links(request)
        }
      })
  }
}

extension Worklist {
  /// What safety waits for, besides questions and clocks, which have places of their own.
  var safetyTasks: [StudyTask] {
    let kinds: Set<StudyTask.Kind> = [
      .judgeSeriousness, .judgeExpectedness, .judgeDeath, .followUpReport, .reviewEvent, .reconcile,
      .recordAdverseEvent, .confirmGrades,
    ]
    return tasks.filter { kinds.contains($0.kind) }
  }
}

/// Which laboratory value is shown, of which days.
struct AnalyteChoice {
  let plan: GradedAnalyte?
  let days: ShownDays
  private let all: [(value: String, text: String)]

  init(_ query: Fields, _ study: Study) {
    let analytes = study.grading.analytes
    plan =
      analytes.first { $0.analyte == query.text("value") } ?? analytes.first { $0.analyte == "neutrophils" }
      ?? analytes.first
    days = ShownDays(query)
    all = analytes.map { analyte in
      let concept = study.dictionary.concepts.first { $0.id == analyte.concept }
      return (value: analyte.analyte, text: concept?.display ?? analyte.analyte)
    }
  }

  func form(_ request: PageRequest) -> Markup {
    let parts = FormParts(request)
    let words = request.words
    return parts.search(request.path) {
      parts.select(
        .init(name: "value", label: words["Value"], value: plan?.analyte ?? ""),
        all.map { ($0.value, words.study($0.text)) })
      days.field(parts)
      parts.button(words["Show"], class: "second")
    }
  }
}
