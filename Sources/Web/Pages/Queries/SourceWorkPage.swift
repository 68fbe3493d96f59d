import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// What monitors verify and data managers freeze, form by form: what was changed since it was verified first, then what is critical, then
/// what has the most answers that nobody has compared.
enum SourceWorkPage {
  static let path = "/queries/sources"
  static let routes: [Route] = [.get(path, .clinicalReader, limit: .search, list)]

  /// The links between the pages of data management.
  static func tabs(_ current: String, _ words: Words) -> Markup {
    TabRow.markup(
      [("/queries", words["Queries"]), (path, words["Verification and freezing"])], current: current,
      label: words["Pages about data"])
  }

  private static let list: Route.Handler = { request in
    let words = request.words
    let participant = request.query.text("participant")
    let what = request.query.text("what").flatMap { SourceWork.What(rawValue: $0) } ?? .open
    let work = try await request.sourceWork()
    let rows = work.rows.filter { row in
      (participant == nil || row.participant.description == participant) && row.isOf(what)
    }
    let part = PagedRows(rows, request.query)
    let table = SourceWorkTable(study: request.site.newest, acts: ActLinks(request))
    let parts = FormParts(request)
    return .page(
      Page(words["Verification and freezing"], at: .queries, isLive: true) {
        tabs(path, words)
        table.coverage(work)
        parts.search(path) {
          parts.select(
            .init(name: "what", label: words["Which forms"], value: what.rawValue),
            SourceWork.What.allCases.map { ($0.rawValue, words.title($0)) })
          parts.input(.init(name: "participant", label: words["Number"], value: participant ?? "", isOptional: true))
          parts.button(words["Show"], class: "second")
        }
        Markup.tag("section") {
          table.markup(part.rows, of: part.total)
          part.links(request)
        }
      })
  }
}

extension PageRequest {
  /// What is to be verified and frozen of everybody whom the reader may see; counted once as long as nothing happens.
  func sourceWork() async throws -> SourceWork {
    let acting = try acting()
    let place = acting.role.isOfSite ? acting.site?.description ?? "" : "all"
    let (live, study) = (self.live, site.newest)
    return try await site.views.view("source work \(place)", at: try await live.store.head().position) {
      let people = try await live.state().participants.values.filter { acting.sees($0.way.site) }
      return SourceWork(people.sorted { $0.id < $1.id }, study)
    }
  }
}

/// The forms of which something is recorded, with what is left to do on each.
///
/// Cost: every answer of every casebook once.
struct SourceWork: Sendable {
  /// Which forms are asked for.
  enum What: String, CaseIterable {
    case open, changed, critical, freezable, all
  }

  /// A form.
  struct Row: Sendable, Equatable {
    let participant: ParticipantID
    let key: FormKey
    let standing: Standing
    /// Answers that a person gave: all, those that stand as they were compared, and of the others those that are critical.
    let answered, verified, critical: Int

    /// How many answers nobody has compared as they stand now.
    var open: Int { answered - verified }
    /// Whether it is clean, and the site may still change it.
    var isFreezable: Bool {
      let badges = standing.badges
      return [.complete, .notDone].contains(standing.state) && badges.openQueries + badges.answeredQueries == 0
        && badges.frozen + badges.locked == 0
    }

    func isOf(_ what: What) -> Bool {
      switch what {
      case .open: open > 0
      case .changed: standing.badges.changedSinceVerified > 0
      case .critical: critical > 0
      case .freezable: isFreezable
      case .all: true
      }
    }

    /// What was changed first, then what is critical, then the most answers.
    fileprivate var order: (Int, Int, Int, ParticipantID, FormKey) {
      (-standing.badges.changedSinceVerified, -critical, -open, participant, key)
    }
  }

  let rows: [Row]

  init(_ people: [ParticipantState], _ study: Study?) {
    let critical = Dictionary(
      (study?.forms ?? []).map { ($0.id, Set($0.items.filter(\.critical).map(\.id))) },
      uniquingKeysWith: { first, _ in first })
    rows = people.flatMap { participant in
      participant.casebook.keys().map { key -> Row in
        let given = (participant.casebook.forms[key]?.items ?? [:]).filter { _, item in
          item.current.map { !$0.isCalculated && $0.entry.answer != .cleared } ?? false
        }
        let open = given.filter { $0.value.verification.map(\.isTakenBack) ?? true }
        return Row(
          participant: participant.id, key: key, standing: participant.casebook.standing(of: key),
          answered: given.count, verified: given.count - open.count,
          critical: open.keys.count { critical[key.form]?.contains($0) == true })
      }
    }.sorted { $0.order < $1.order }
  }
}

extension SourceWork.What: Titled {
  var title: String {
    switch self {
    case .open: "with answers that nobody has compared"
    case .changed: "changed since verified"
    case .critical: "with critical answers that nobody has compared"
    case .freezable: "clean, and not frozen yet"
    case .all: "all of them"
    }
  }
}

/// Forms as rows: whose, how far compared, how they stand, and the way to what is left to do.
struct SourceWorkTable {
  let study: Study?
  let acts: ActLinks
  private var words: Words { acts.words }

  /// How much of each casebook was compared.
  func coverage(_ work: SourceWork) -> Markup {
    let people = Dictionary(grouping: work.rows, by: \.participant).sorted { $0.key < $1.key }
    return Part.disclosure(.text(words["How much was compared"])) {
      Part.table(
        words["Answers of each casebook"],
        [
          words["Number"], words["Answers"], words["verified"], words["changed since verified"],
          words["critical, open"],
        ],
        people.map { participant, rows in
          let (all, verified) = (rows.reduce(0) { $0 + $1.answered }, rows.reduce(0) { $0 + $1.verified })
          let share = all == 0 ? "–" : "\(verified) (\(verified * 100 / all) %)"
          return [
            Part.link("\(SourceWorkPage.path)?what=all&participant=\(participant)", participant.description),
            .text(String(all)), .text(share),
            .text(String(rows.reduce(0) { $0 + $1.standing.badges.changedSinceVerified })),
            .text(String(rows.reduce(0) { $0 + $1.critical })),
          ]
        }, empty: words["Nothing was entered."])
    }
  }

  func markup(_ rows: [SourceWork.Row], of count: Int) -> Markup {
    Part.table(
      words("{count} forms", ["count": String(count)]),
      [
        words["Number"], words["Form"], words["State"], words["Nobody has compared"], words["critical, open"],
        words["What you can do"],
      ], rows.map(row), empty: words["There is no such form."])
  }

  private func row(_ row: SourceWork.Row) -> [Markup] {
    let path = FormLink.path(row.key, row.participant)
    return [
      Part.link("/participants/\(row.participant)", row.participant.description),
      Part.link(path, words.form(row.key)),
      .fragment([
        Part.badge(words.title(row.standing.state), row.standing.state.tone),
        CasebookBadges.markup(row.standing.badges, words),
      ]),
      .text("\(row.open) / \(row.answered)"), .text(String(row.critical)),
      .tag("div", ["class": "actions"]) {
        if acts.role?.extent(of: .verifySource) != nil, row.open > 0 {
          Part.link(path + "/verify", words["Verify against the source"], class: "act")
        }
        if row.isFreezable {
          acts.link(
            FreezeCasebook.self, words["Freeze it"],
            [("participant", row.participant.description), ("scope", row.key.description)], class: "act")
        }
      },
    ]
  }
}
