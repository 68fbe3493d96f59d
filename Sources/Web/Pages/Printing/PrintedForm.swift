import ClinicalValues
import Ledger
import Markup
import StudyDesign
import Trial

/// A form on paper: blank, to be filled in by hand, or as it stands, with every change of an answer marked and told.
struct PrintedForm {
  let plan: FormPlan
  let words: Words

  // MARK: blank

  /// The form to be filled in by hand: what is asked, what can be answered, room to write.
  var blank: Markup {
    .tag("section", ["class": "form"]) {
      table(
        [words["Item"], words["Answer"]], plan.items.filter { $0.calculated == nil }.map { ("blank-row", blankRow($0)) }
      )
      Markup.tag("section", ["class": "signatures"]) {
        Markup.tag("div") {
          Markup.tag("p") { words["Filled in by: name, role, signature, date and time"] }
          Markup.tag("p", ["class": "line"]) {}
        }
      }
    }
  }

  private func blankRow(_ item: ItemPlan) -> [Markup] {
    [
      .fragment([
        .tag("strong") { words.study(item.label) }, .text(item.critical ? " · \(words["critical"])" : ""),
        item.help.map { help in .tag("div", ["class": "small"]) { words.study(help) } } ?? .fragment([]),
      ]),
      .tag("div", ["class": item.codes.isEmpty && item.type != .boolean ? "blank" : ""]) { room(item) },
    ]
  }

  @MarkupBuilder private func room(_ item: ItemPlan) -> Markup {
    if item.type == .boolean {
      for answer in [words["yes"], words["no"]] { Markup.tag("span", ["class": "choice"]) { "☐ \(answer)" } }
    }
    for code in item.codes { Markup.tag("span", ["class": "choice"]) { "☐ \(words.study(code.label))" } }
    Markup.tag("span", ["class": "small"]) { limits(item) }
  }

  private func limits(_ item: ItemPlan) -> String {
    var parts =
      item.units.filter { $0 != "1" }.isEmpty ? [] : [item.units.map { words.unit($0) }.joined(separator: " / ")]
    if let possible = item.possible {
      parts.append(
        words(
          "Possible: {from} to {to} {unit}",
          [
            "from": "\(possible.lowerBound)", "to": "\(possible.upperBound)",
            "unit": words.unit(item.units.first ?? ""),
          ]))
    }
    return parts.joined(separator: " · ")
  }

  // MARK: filled

  /// The form as it stands; nothing of what stood there before is left out.
  func filled(_ record: FormRecord, _ key: FormKey, in casebook: CasebookState, heading: String) -> Markup {
    let standing = casebook.standing(of: key)
    return .tag("section", ["class": "form"]) {
      Markup.tag("h2") { heading }
      Markup.tag("p", ["class": "small"]) {
        ([words.title(standing.state)] + marks(standing.badges)).joined(separator: " · ")
      }
      if let notDone = record.notDone {
        Markup.tag("p") { words("Not done: {reason}", ["reason": notDone.reason]) }
      }
      table(
        [words["Item"], words["Answer"], words["By"], words["When"]],
        plan.items.compactMap { item in record.items[item.id].map { (row(item, $0), $0.history.count > 1) } }
          .map { row, isChanged in (isChanged ? "changed" : "", row) })
      queries(casebook.queries.filter { $0.query.form == key })
      if let signed = casebook.signatures[.form(key)] { PrintedSignature.markup(signed, words) }
    }
  }

  private func marks(_ badges: Badges) -> [String] {
    (badges.openQueries > 0 ? [CasebookBadges.open(badges, words)] : [])
      + [
        (badges.verified, words["verified"]), (badges.changedSinceVerified, words["changed since verified"]),
        (badges.frozen, words["frozen"]), (badges.locked, words["locked"]),
      ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }

  private func row(_ item: ItemPlan, _ record: ItemRecord) -> [Markup] {
    let text = ItemText(item, words)
    return [
      .text(words.study(item.label)),
      .fragment([
        record.current.map { text.markup($0.entry) } ?? .text("–"),
        .fragment(
          zip(record.history, record.history.dropFirst()).reversed().map {
            stood($0.0, correctedBy: $0.1, text)
          }),
      ]),
      .text(
        (record.current?.by.account ?? "–") + (record.current?.isCalculated == true ? " (\(words["calculated"]))" : "")),
      .text(record.current.map { "\(words.moment($0.happened)) \($0.happened.zone)" } ?? "–"),
    ]
  }

  /// What stood there before, with who changed it, when and why.
  private func stood(_ former: ItemVersion, correctedBy next: ItemVersion, _ text: ItemText) -> Markup {
    .tag("div", ["class": "former"]) {
      Markup.tag("s") { text.markup(former.entry) }
      " → \(next.by.account), \(words.moment(next.happened)) \(next.happened.zone)"
        + (next.reason.map { ": \($0)" } ?? "")
    }
  }

  @MarkupBuilder private func queries(_ queries: [QueryState]) -> Markup {
    for query in queries {
      Markup.tag("p", ["class": "small"]) {
        words("Query {number}", ["number": String(query.number)]) + " (\(words.title(query.status))): "
          + words.printed(query.query)
          + query.thread.dropFirst().map {
            " – \($0.by.account): \($0.text.map { words.study($0) } ?? words.title($0.kind))"
          }
          .joined()
      }
    }
  }

  private func table(_ columns: [String], _ rows: [(name: String, cells: [Markup])]) -> Markup {
    .tag("table") {
      Markup.tag("thead") {
        Markup.tag("tr") { for column in columns { Markup.tag("th", ["scope": "col"]) { column } } }
      }
      Markup.tag("tbody") {
        for row in rows {
          Markup.tag("tr", ["class": row.name]) { for cell in row.cells { Markup.tag("td") { cell } } }
        }
      }
    }
  }
}

/// A signature of a casebook on paper: who signed, when and in what meaning, and whether it still holds.
enum PrintedSignature {
  static func markup(_ signed: CasebookSignature, _ words: Words) -> Markup {
    .tag("p", ["class": "small"]) {
      signed.signature.map { words.signed($0) } ?? .text(words.moment(signed.at))
      if signed.brokenBy != nil { " – " + words["broken: what was signed has changed since"] }
    }
  }

  /// Those of more than one form, each with what it covers, in the order of time.
  @MarkupBuilder static func ofMany(_ casebook: CasebookState, _ words: Words) -> Markup {
    for (scope, signed) in casebook.signatures.sorted(by: { $0.value.at < $1.value.at }) {
      switch scope {
      case .form: Markup.fragment([])
      case .visit(let visit, let number): headed("\(words["Visit"]) \(visit)/\(number)", signed, words)
      case .casebook: headed(words["The whole casebook"], signed, words)
      }
    }
  }

  private static func headed(_ title: String, _ signed: CasebookSignature, _ words: Words) -> Markup {
    .tag("section", ["class": "form"]) {
      Markup.tag("h2") { title }
      markup(signed, words)
    }
  }
}
