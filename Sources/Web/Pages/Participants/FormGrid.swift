import ClinicalValues
import Markup
import StudyDesign
import Trial

/// The casebook at a glance: forms down, visits across, a mark for how far each form of each visit has come, and marks for queries,
/// verification, signatures and locks. Each leads to its form; what a mark says stands in words in its label and in the legend.
///
/// Cost: a look-up a form that is planned or begun.
struct FormGrid {
  /// The forms of one kind at one visit, and what they come to together.
  struct Cell: Equatable {
    let keys: [FormKey]
    let standing: Standing
    /// How many need nothing more.
    let done: Int
    /// The first that needs something, else the first.
    let next: FormKey
  }

  /// A kind of form, with its cell at each visit; nil where it is not filled in there.
  struct Row: Equatable {
    let form: String
    let title: String
    let cells: [Cell?]
  }

  let visits: [CalendarVisit]
  let rows: [Row]
  private let participant: ParticipantID
  private let words: Words

  /// - Parameter forms: the forms of the participant's protocol version, in its order.
  init(_ calendar: ParticipantCalendar, _ participant: ParticipantState, _ forms: [FormPlan], _ words: Words) {
    self.participant = participant.id
    self.words = words
    let casebook = participant.casebook
    let recorded = Dictionary(grouping: casebook.forms.keys.filter(\.isOfVisit)) { "\($0.visit)/\($0.number)" }
    visits = calendar.visits.filter { $0.status != .notApplicable || recorded[$0.key] != nil }
    let columns = visits.map { visit in
      Dictionary(grouping: Set(VisitForms.keys(of: visit).map(\.key)).union(recorded[visit.key] ?? []), by: \.form)
        .mapValues { Cell($0.sorted(), casebook) }
    }
    let known = Dictionary(forms.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    let others = Set(columns.flatMap(\.keys)).subtracting(known.keys).sorted()
    rows = (forms.map(\.id) + others).compactMap { form in
      let cells = columns.map { $0[form] }
      return cells.contains { $0 != nil } ? Row(form: form, title: known[form] ?? form, cells: cells) : nil
    }
  }

  /// The table, which scrolls by itself, and what its marks mean.
  @MarkupBuilder var markup: Markup {
    if rows.isEmpty {
      Markup.tag("p", ["class": "quiet"]) { words["No visit is planned yet."] }
    } else {
      Markup.tag("details", ["class": "legend"]) {
        Markup.tag("summary") { words["What the marks mean"] }
        FormMarks.legend(words)
      }
      Markup.tag(
        "div",
        [
          "class": "table casegrid", "tabindex": "0", "role": "region", "aria-label": words["Forms by visit"],
          "data-roving": nil,
        ]
      ) {
        Markup.tag("table") {
          Markup.tag("caption", ["class": "unseen"]) { words["Forms by visit"] }
          Markup.tag("thead") {
            Markup.tag("tr") {
              Markup.tag("th", ["scope": "col"]) { words["Form"] }
              for visit in visits { header(visit) }
            }
          }
          Markup.tag("tbody") { for row in rows { body(row) } }
        }
      }
    }
  }

  private func header(_ visit: CalendarVisit) -> Markup {
    let day = visit.held ?? visit.dates?.planned.first
    return .element(
      "th", [Attribute("scope", "col")] + (isPresent(visit) ? [Attribute("aria-current", "date")] : []),
      [
        Part.link("/participants/\(participant)/visits/\(Fields.encoded(visit.visit))/\(visit.number)", title(visit)),
        .tag("div") { day.map { words.date($0) } ?? "–" },
        .tag("div", ["class": "state \(visit.status.tone.rawValue)"]) { words.title(visit.status) },
      ])
  }

  /// Whether a visit is the one that is to be held now.
  private func isPresent(_ visit: CalendarVisit) -> Bool {
    visits.first { $0.status.isOpen }.map { ($0.visit, $0.number) == (visit.visit, visit.number) } ?? false
  }

  private func title(_ visit: CalendarVisit) -> String {
    words.study(visit.title) + (visit.number > 1 ? " (\(visit.number))" : "")
  }

  private func body(_ row: Row) -> Markup {
    .tag("tr") {
      Markup.tag("th", ["scope": "row"]) { words.study(row.title) }
      for (visit, cell) in zip(visits, row.cells) {
        Markup.tag("td") { cell.map { link($0, row, visit) } ?? .fragment([]) }
      }
    }
  }

  private func link(_ cell: Cell, _ row: Row, _ visit: CalendarVisit) -> Markup {
    let counted = cell.keys.count > 1 ? " \(cell.done)/\(cell.keys.count)" : ""
    let said = FormMarks.said(cell.standing, words) + counted
    return .element(
      "a",
      [
        Attribute("href", FormLink.path(cell.next, participant)),
        Attribute("class", "badge \(cell.standing.state.tone.rawValue)"), Attribute("title", said),
        Attribute("aria-label", "\(words.study(row.title)), \(title(visit)): \(said)"),
      ],
      [.text(cell.standing.state.sign + counted), FormMarks.markup(cell.standing.badges)])
  }
}

extension FormGrid.Cell {
  fileprivate init(_ keys: [FormKey], _ casebook: CasebookState) {
    self.keys = keys
    standing = casebook.standing(of: keys)
    let open = keys.filter { ![.complete, .notDone].contains(casebook.state(of: $0)) }
    done = keys.count - open.count
    next = open.first ?? keys[0]
  }
}
