import ClinicalValues
import Conduct
import Figures
import Markup
import StudyDesign
import Trial

/// Safety of one participant: adverse events and grades by day; values over time; grades that are proposed, to be confirmed.
enum ParticipantSafetyPage {
  static let routes: [Route] = [
    .get("/participants/{participant}/safety", .clinicalReader, overview),
    .get("/participants/{participant}/safety/values", .clinicalReader, values),
    .get("/participants/{participant}/safety/grades", .clinicalReader, grades),
  ]

  private static func tabs(_ id: ParticipantID, _ current: String, _ words: Words) -> Markup {
    let base = ParticipantTab.safety.path(id)
    return TabRow.markup(
      [
        (base, words["Events and grades by day"]), (base + "/values", words["Values and cells over time"]),
        (base + "/grades", words["Proposed grades"]),
      ], current: base + current, label: words["Pages about safety"])
  }

  private static let overview: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let state = try await request.live.state()
    let edition = try await request.edition(of: participant.id, in: state)
    let grading = try await request.grading(of: participant.id)
    let all = participant.adverseEvents(by: edition.study.conduct.safety)
    let events = PagedRows(all, request.query)
    let days = ShownDays(request.query)
    let plots = SafetyPlots(words: words, study: edition.study, shown: days)
    let now = try await request.now()
    let byGrade = grading.infused.map { plots.events(all, infused: $0, until: min(now, participant.ended ?? now)) }
    return .page(
      Page(of: participant.id, .safety, words, isLive: true) {
        tabs(participant.id, "", words)
        Part.section(words["Adverse events"]) {
          EventTable(
            state: state, words: words, plan: edition.study.conduct.safety, schedule: edition.study.schedule
          )
          .markup(events.rows, count: events.total)
          events.links(request)
          addEvent(participant, edition.study, words)
        }
        Part.section(
          words["Adverse events by grade over time"],
          note: words["By the recorded course of grades. An event without one stands with its worst grade."]
        ) {
          if let byGrade {
            days.links(request)
            if byGrade.rows.isEmpty {
              Markup.tag("p", ["class": "quiet"]) { words["Nothing is recorded."] }
            } else {
              FigureBox.markup(byGrade, words)
            }
          } else {
            Markup.tag("p", ["class": "quiet"]) { words["Nothing was infused yet."] }
          }
        }
        Part.section(
          words["Grades by day"],
          note: words["The worst of each day. CRS and ICANS after ASTCT, values after CTCAE v5.0."]
        ) {
          if grading.infused == nil {
            Markup.tag("p", ["class": "quiet"]) { words["Nothing was infused yet."] }
          } else {
            FigureBox.markup(plots.grades(of: grading), words)
          }
        }
        if let grid = grading.grid() { DayGridTable(grid: grid, study: edition.study, words: words).markup }
        ToxicityNotes(grading: grading, words: words).markup
      })
  }

  /// The next free row of the log of adverse events.
  private static func addEvent(_ participant: ParticipantState, _ study: Study, _ words: Words) -> Markup {
    let bound = study.conduct.safety.forms?.adverseEvent?.form
    let form = study.forms.first { $0.id == bound && $0.occurs == .log }
    guard let form,
      let key = try? FormKey(visit: FormKey.log, form: form.id, row: participant.casebook.nextRow(of: form.id))
    else { return .fragment([]) }
    return Part.link(
      FormLink.path(key, participant.id), words("Add: {form}", ["form": words.study(form.title)]),
      class: "button second")
  }

  private static let values: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let state = try await request.live.state()
    let edition = try await request.edition(of: participant.id, in: state)
    let grading = try await request.grading(of: participant.id)
    let choice = AnalyteChoice(request.query, edition.study)
    let plots = SafetyPlots(words: words, study: edition.study, shown: choice.days)
    return .page(
      Page(of: participant.id, .safety, words, isLive: true) {
        tabs(participant.id, "/values", words)
        choice.days.links(request)
        Part.section(words["Laboratory values"]) {
          choice.form(request)
          FigureBox.markup(plots.trajectory(choice.plan, [grading]), words)
        }
        CellCourses(grading: grading, plots: plots, words: words).markup
      })
  }

  private static let grades: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let grading = try await request.grading(of: participant.id)
    let isOpen = request.query.text("all") != "true"
    let proposals = PagedRows(
      grading.proposalsWorstFirst.filter { proposal in
        !isOpen || proposal.standing == .proposed || proposal.standing == .proposedAnew
      }, request.query)
    return .page(
      Page(of: participant.id, .safety, words, isLive: true) {
        tabs(participant.id, "/grades", words)
        Part.section(
          words["Proposed grades"], note: words["CTCAE v5.0, worst first. A grade counts as a person judged it."]
        ) {
          Part.link(
            request.path + (isOpen ? "?all=true" : ""),
            isOpen ? words["Show judged ones too"] : words["Show those that wait"])
          ProposalTable(participant: participant.id, request: request).markup(proposals.rows, count: proposals.total)
          proposals.links(request)
        }
      })
  }
}

/// Proposed grades with their rules, each with the acts that judge it.
struct ProposalTable {
  private let participant: ParticipantID
  private let words: Words
  private let links: ActLinks
  /// What judges a grade and can be done now. No grade makes a difference to that, and each question costs the grading of the whole
  /// casebook: they are asked once, not by row.
  private let mayConfirm: Bool
  private let mayChange: Bool

  init(participant: ParticipantID, request: PageRequest) {
    self.participant = participant
    words = request.words
    links = ActLinks(request)
    let whom = [("participant", participant.description)]
    mayConfirm = links.isOffered(ConfirmGrades.self, whom)
    mayChange = links.isOffered(ChangeGrade.self, whom)
  }

  func markup(_ proposals: [GradeProposal], count: Int) -> Markup {
    Part.table(
      words("{count} grades", ["count": String(count)]),
      [
        words["Term"], words["Grade"], words["When"], words["Value"], words["Baseline"], words["Rule"], words["State"],
        words["What to do"],
      ], proposals.map(row), empty: words["No grade is proposed."])
  }

  private func row(_ proposal: GradeProposal) -> [Markup] {
    [
      .text(words.study(proposal.term)), GradeBadge.markup(proposal.counting, words),
      .text(proposal.value.day.map { words.date($0) } ?? words["unknown"]),
      Part.link(FormLink.path(proposal.key.form, participant), words.answer(proposal.value.answer)),
      .text(baseline(proposal)), words.sentence(proposal.rule),
      Part.badge(words.title(proposal.standing), proposal.standing.tone), acts(proposal),
    ]
  }

  private func baseline(_ proposal: GradeProposal) -> String {
    guard let baseline = proposal.baseline else { return "–" }
    let grade = proposal.baselineGrade.map { words("grade {grade}", ["grade": String($0)]) } ?? words["not gradable"]
    return "\(words.answer(baseline.answer)) (\(grade))"
  }

  @MarkupBuilder private func acts(_ proposal: GradeProposal) -> Markup {
    let shown = ShownGrade(proposal.key, grade: proposal.grade).description
    let whom = [("participant", participant.description)]
    if proposal.standing == .proposed || proposal.standing == .proposedAnew {
      Markup.tag("span", ["class": "actions"]) {
        if mayConfirm {
          links.offered(ConfirmGrades.self, words["Confirm"], whom + [("grades", shown)], class: "act")
        }
        if mayChange {
          links.offered(ChangeGrade.self, words["Change"], whom + [("grade", shown)], class: "act")
        }
      }
    }
  }
}

extension GradeProposal.Standing: Titled {
  var title: String {
    switch self {
    case .proposed: "proposed"
    case .confirmed: "confirmed"
    case .changed: "changed"
    case .proposedAnew: "proposed anew"
    }
  }

  var tone: Part.Tone {
    switch self {
    case .proposed, .proposedAnew: .due
    case .confirmed, .changed: .done
    }
  }
}
