import ClinicalValues
import Ledger
import Markup
import StudyDesign
import Trial

/// Queries as rows: whose, about what, how it stands and since when, the thread, the acts that lead on.
struct QueryTable {
  let study: Study?
  let role: Role
  let now: Moment
  let words: Words

  func markup(_ queries: [AskedQuery], of count: Int) -> Markup {
    Part.table(
      count == 1 ? words["1 query"] : words("{count} queries", ["count": String(count)]),
      [
        words["Number"], words["About"], words["Status"], words["Age"], words["What was said"],
        words["What you can do"],
      ],
      queries.map(row), empty: words["There is no such query."])
  }

  private func row(_ query: AskedQuery) -> [Markup] {
    let state = query.state
    return [
      .fragment([
        Part.link("/participants/\(query.participant)", query.participant.description), .text(" · \(state.number)"),
      ]),
      about(query), Part.badge(words.title(state.status), state.status.tone),
      .text(state.raised.map { words.days(now.day - $0.day) } ?? "–"), thread(state),
      QueryActs.markup(state, of: query.participant, ActLinks(role: role, back: "/queries", words)),
    ]
  }

  private func about(_ query: AskedQuery) -> Markup {
    let asked = query.state.query
    let form = study?.forms.first { $0.id == asked.form.form }
    let items = asked.items.map { id in form?.item(id).map { words.study($0.label) } ?? id }
    return .fragment([
      Part.link(
        FormLink.path(asked.form, query.participant) + "#query-\(query.state.number)", words.form(asked.form)),
      .tag("div", ["class": "quiet"]) { items.joined(separator: ", ") },
    ])
  }

  private func thread(_ query: QueryState) -> Markup {
    .fragment([
      .tag("p") { words.asked(query.query) },
      query.query.check == nil ? .fragment([]) : .tag("p", ["class": "quiet"]) { words["a check"] },
      query.thread.count < 2
        ? .fragment([])
        : Part.disclosure(.text(words("{count} turns", ["count": String(query.thread.count)]))) {
          Markup.tag("ol", ["class": "evidence"]) {
            for turn in query.thread {
              Markup.tag("li") {
                "\(words.title(turn.kind)) · \(turn.by.account) · "
                words.placedTime(turn.at)
                if let text = turn.text {
                  Markup.tag("div") { turn.kind == .raised ? words.asked(query.query) : words.writing(text) }
                }
              }
            }
          }
        },
    ])
  }
}

/// What a role can do about a query as it stands.
enum QueryActs {
  static func markup(_ query: QueryState, of participant: ParticipantID, _ acts: ActLinks) -> Markup {
    let words = acts.words
    let answer: (any TrialCommand.Type, String) = (AnswerQuery.self, words["Answer"])
    let close: (any TrialCommand.Type, String) = (CloseQuery.self, words["Close it"])
    let reopen: (any TrialCommand.Type, String) = (ReopenQuery.self, words["Open it again"])
    let cancel: (any TrialCommand.Type, String) = (CancelQuery.self, words["Cancel it"])
    let all =
      switch query.status {
      case .open: [answer, close, cancel]
      case .answered: [close, reopen, cancel]
      case .closed, .cancelled: [reopen]
      }
    let given = [("participant", participant.description), ("query", String(query.number))]
    return .tag("div", ["class": "actions"]) {
      for (act, title) in all { acts.link(act, title, given, class: "act") }
    }
  }
}

extension QueryTurn.Kind: Titled {
  var title: String {
    switch self {
    case .raised: "raised"
    case .answered: "answered"
    case .closed: "closed"
    case .reopened: "opened again"
    case .cancelled: "cancelled"
    case .mended: "closed by its check"
    case .recurred: "raised again by its check"
    }
  }
}
