import ClinicalValues
import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// The items of a form as a person fills them in: the question, unit and possible values before it is answered, the answer,
/// why there is none; what the rules say stands at the item.
struct FormSheet {
  private let request: PageRequest
  private let view: FormView
  private let place: FormPage.Place
  private let isEntered: Bool
  private let posted: Fields?
  private let parts: FormParts
  private let ranges: (ItemPlan) -> RangeInForce?
  private var words: Words { request.words }

  /// - Parameters:
  ///   - isEntered: whether the reader may fill it in.
  ///   - posted: what was sent and refused, to be corrected; nil shows what is recorded.
  ///   - ranges: the normal range in force for an item, which stands there before it is answered.
  init(
    _ request: PageRequest, _ view: FormView, _ place: FormPage.Place, isEntered: Bool, posted: Fields?,
    ranges: @escaping (ItemPlan) -> RangeInForce?
  ) {
    self.request = request
    self.view = view
    self.place = place
    self.isEntered = isEntered && view.standing.badges.frozen == 0 && view.standing.badges.locked == 0
    self.posted = posted
    self.ranges = ranges
    parts = FormParts(request)
  }

  @MarkupBuilder var markup: Markup {
    if let notDone = view.record.notDone {
      Notice.markup(.note, .text(words("Not done: {reason}", ["reason": notDone.reason])))
    }
    if isEntered {
      parts.form(
        place.path, class: "form sheet",
        attributes: [Attribute("data-items", place.path + "/items")]
      ) {
        sections
        correction
        Markup.tag("div", ["class": "actions"]) {
          parts.button(words["Save"])
          saving
        }
      }
    } else {
      sections
    }
  }

  /// How far saving item by item has come, in the words that the script uses.
  private var saving: Markup {
    .tag(
      "span",
      [
        "class": "quiet", "role": "status", "data-saved": words["Saved."],
        "data-unsent": words["Not sent yet ({count})"],
        "data-refused": words["Not saved ({count}): it says why at the item."], "data-waits": words["not sent yet"],
        "data-reason": words["Why the earlier answer is corrected"],
        "data-conflict": words["Somebody else has answered meanwhile: {value}. Yours was not sent."],
        "data-query": confirming,
      ]
    ) {}
  }

  /// The way to the query by which what a check says of an item is confirmed.
  private var confirming: String { words["Confirm it: answer query {number}, which it raised"] }

  private var correction: Markup {
    parts.input(
      .init(
        name: "correction", label: words["Why earlier answers are corrected"], value: posted?["correction"] ?? "",
        help: .text(words["Asked only where an answer that stands there already is changed, and used by Save alone."]),
        isOptional: true))
  }

  private var sections: Markup {
    var groups: [(title: String?, items: [ItemPlan])] = []
    for item in view.plan.items {
      if let last = groups.last, last.title == item.section {
        groups[groups.count - 1].items.append(item)
      } else {
        groups.append((item.section, [item]))
      }
    }
    return .fragment(
      groups.map { group in
        .tag("section") {
          if let title = group.title { Markup.tag("h2") { words.study(title) } }
          Markup.tag("div", ["class": "stack"]) { for item in group.items { row(item) } }
        }
      })
  }

  private func row(_ item: ItemPlan) -> Markup {
    let isShown = view.picture?.shown.contains(item.id) ?? true
    return .element(
      "div",
      [Attribute("class", "item"), Attribute("data-item", item.id), Attribute("id", FormLink.anchor(item.id))]
        + (isShown ? [] : [Attribute("hidden", nil)]),
      [
        isEntered && item.calculated == nil ? control(item) : answer(item), marks(item),
        .tag("div", ["class": "fault", "data-fault": "", "aria-live": "polite"]) {
          view.fault(at: item.id, words)
          if isEntered, let query = view.asked(at: item.id) {
            " "
            Part.link("#query-\(query)", confirming.replacing("{number}", with: String(query)))
          }
        },
      ])
  }

  /// An item that is only read: calculated, or the reader may not change it.
  private func answer(_ item: ItemPlan) -> Markup {
    .tag("div", ["class": "field"]) {
      Markup.tag("span", ["class": "label"]) { words.study(item.label) }
      Markup.tag("output", ["data-answer": ""]) {
        if let entry = view.record.entry(item.id) {
          ItemText(item, words).markup(entry)
        } else {
          "–"
        }
      }
    }
  }

  private func control(_ item: ItemPlan) -> Markup {
    let entry = view.record.entry(item.id)
    let field = FormParts.Field(
      name: "v.\(item.id)", label: words.study(item.label),
      value: posted?["v.\(item.id)"] ?? entry?.answer.text.map { ItemText(item, words).control($0) } ?? "",
      help: help(item), isOptional: true, saysOptional: false)
    return .tag("div", ["class": "stack"]) {
      ItemControl(
        item: item, parts: parts, words: words, terms: request.site.assets.path(TermList.name(words.language))
      ).markup(field, unit: posted?["u.\(item.id)"] ?? entry?.answer.unit)
      parts.hidden("r.\(item.id)", String(view.record.items[item.id]?.version ?? 0))
      absent(item, entry)
    }
  }

  /// Why there is no answer.
  private func absent(_ item: ItemPlan, _ entry: Entry?) -> Markup {
    var chosen = posted?["a.\(item.id)"] ?? ""
    if case .absent(let reason) = entry?.answer, posted == nil { chosen = reason.rawValue }
    return Part.disclosure(.text(words["No answer"]), isOpen: !chosen.isEmpty) {
      parts.radios(
        .init(
          name: "a.\(item.id)", label: words["Why there is none"], value: chosen, isOptional: true, saysOptional: false),
        NoAnswer.allCases.map { ($0.rawValue, words.title($0)) } + [("", words["there is one"])])
    }
  }

  private func help(_ item: ItemPlan) -> Markup? {
    var lines: [String] = []
    if let help = item.help { lines.append(words.study(help)) }
    if let possible = item.possible {
      lines.append(
        words(
          "Possible: {from} to {to} {unit}",
          [
            "from": "\(possible.lowerBound)", "to": "\(possible.upperBound)",
            "unit": words.unit(item.units.first ?? ""),
          ]))
    }
    if let usual = item.usual {
      lines.append(
        words(
          "Usual: {from} to {to} {unit}",
          [
            "from": "\(usual.lowerBound)", "to": "\(usual.upperBound)",
            "unit": words.unit(item.units.first ?? ""),
          ]))
    }
    if let normal = ranges(item) {
      lines.append(
        words(
          "Normal on {date}: {from} to {to} {unit} ({laboratory})",
          [
            "date": words.date(normal.day), "from": normal.range.low.map { "\($0)" } ?? "–",
            "to": normal.range.high.map { "\($0)" } ?? "–", "unit": words.unit(normal.unit),
            "laboratory": normal.range.laboratory ?? "–",
          ]))
    }
    return lines.isEmpty ? nil : .text(lines.joined(separator: " · "))
  }

  private func marks(_ item: ItemPlan) -> Markup {
    let record = view.record.items[item.id]
    return .tag("span", ["class": "actions"]) {
      missing(item)
      for query in view.queries where query.status.isPending && query.query.items.first == item.id {
        Part.link(
          "#query-\(query.number)",
          "⚑ \(query.number) " + (query.status == .open ? words["open"] : words["answered"]),
          class: "badge \(query.status.tone.rawValue)")
      }
      if item.critical { Part.badge(words["critical"], .progress) }
      if let verification = record?.verification {
        verification.isTakenBack
          ? Part.badge(words["changed since verified"], .due) : Part.badge(words["verified"], .done)
      }
      if view.record.unasked.contains(item.id) { Part.badge(words["not asked any more"], .excluded) }
      if let count = record?.history.count, count > 1 {
        Part.link(
          place.path + "/history#\(item.id)", words("{count} versions", ["count": String(count)]), class: "quiet")
      }
    }
  }

  /// That it is still to be answered; the script keeps up with what it saves.
  private func missing(_ item: ItemPlan) -> Markup {
    let isShown = view.isToBeAnswered(item.id)
    guard isShown || isEntered else { return .fragment([]) }
    return .element(
      "span",
      [Attribute("class", "badge due"), Attribute("data-missing", nil)] + (isShown ? [] : [Attribute("hidden", nil)]),
      [.text(words["to be answered"])])
  }
}

extension FormView {
  /// Whether an item is still to be answered.
  func isToBeAnswered(_ item: String) -> Bool {
    record.missing.contains(item) || (record.entry(item) == nil && picture?.required.contains(item) == true)
  }

  /// What its rules say of an item, in the reader's words; empty where they find nothing.
  func fault(at item: String, _ words: Words) -> String {
    var texts = fired(at: item).map { words.said($0) }
    if let possible = picture?.impossible[item] {
      texts.append(words("Impossible; possible is {range}.", ["range": possible]))
    }
    return texts.joined(separator: " ")
  }

  /// The open query of a check that finds something at an item, by which what it says is confirmed; of several the newest.
  func asked(at item: String) -> Int? {
    let checks = Set(fired(at: item).map(\.check))
    return queries.filter { open in
      open.status == .open && open.query.items.first == item && open.query.check.map { checks.contains($0) } == true
    }.map(\.number).max()
  }

  private func fired(at item: String) -> [FormPicture.Fired] {
    (picture?.fired ?? []).filter { $0.items.first == item }
  }
}

extension Words {
  /// What a check says that fired.
  func said(_ fired: FormPicture.Fired) -> String { PrintedUnit.inSentence(plain(fired.message)) }

  /// What a query asks: words of the check that raised it, else as somebody wrote it.
  func asked(_ query: RaisedQuery) -> Markup { query.check == nil ? writing(query.text) : sentence(query.text) }

  /// The same on paper.
  func printed(_ query: RaisedQuery) -> String {
    query.check == nil ? study(query.text) : PrintedUnit.inSentence(plain(query.text))
  }
}

extension NoAnswer: Titled {
  var title: String {
    switch self {
    case .notDone: "not done"
    case .unknown: "unknown"
    case .notApplicable: "not applicable"
    }
  }
}
