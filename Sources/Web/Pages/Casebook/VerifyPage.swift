import ClinicalValues
import Conduct
import HTTPTypes
import Ledger
import Markup
import StudyDesign
import Trial

/// A form beside its source: what was entered, what the imported record says of the same, and a tick for each item that agrees. What is
/// critical, and what was changed since it was verified, stands first.
enum VerifyPage {
  static let show: Route.Handler = { request in
    let place = try await FormPage.place(request)
    return .page(try await page(request, at: place))
  }

  /// Records which items agree. Nothing ticked is nothing verified.
  static let verify: Route.Handler = { request in
    let place = try await FormPage.place(request)
    do {
      let items = request.form.all("items")
      guard !items.isEmpty else {
        throw Refusal(
          "nothing-ticked", because: "No item is ticked.", remedy: "Tick what agrees with the source that you saw.")
      }
      let command = VerifyItems(
        participant: place.participant.id, form: place.key, items: items, source: request.form.text("source") ?? "")
      _ = try await request.live.carryOut(
        Request(command, by: try request.acting(), origin: .web), Given(), sign: { _ in [] })
    } catch let refusal as Refusal {
      request.note(refusal)
      return .page(try await page(request, at: place, refusal: refusal))
    }
    return .seeOther(place.path + "/verify?saved=1")
  }

  private static func page(
    _ request: PageRequest, at place: FormPage.Place, refusal: Refusal? = nil
  ) async throws -> Page {
    let words = request.words
    let view = try await request.live.form(place.key, of: place.participant.id)
    let records = try await request.live.sourceRecords(of: place.participant.id)
    let table = VerifyTable(view: view, records: records, place: place, words: words)
    let parts = FormParts(request)
    let title = try await FormPage.title(request, place, view)
    let path = place.path + "/verify"
    let isSaved = request.query["saved"] != nil
    var page = Page(
      words("Verify: {form}", ["form": title.text]), at: .participants,
      status: refusal == nil ? .ok : .unprocessableContent,
      trail: FormPage.trail(place, title, words) + [(title.form, place.path)],
      actions: CasebookBadges.markup(view.standing.badges, words)
    ) {
      if isSaved { Notice.markup(.done, .text(words["Saved."])) }
      if let refusal { Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy)) }
      if records == nil {
        Notice.markup(
          .note, .text(words["Nothing was imported for this participant: compare with the source at the site."]))
      }
      parts.form(path, class: "stack", attributes: [Attribute("data-draft", nil)]) {
        Markup.tag("section") { table.markup(ticked: Set(request.form.all("items"))) }
        Markup.tag("section", ["class": "form"]) {
          parts.input(
            .init(
              name: "source", label: words["The source that you saw"], value: request.form["source"] ?? "",
              help: .text(words["Such as laboratory report 4711 of 2026-03-13."])))
          Markup.tag("div", ["class": "actions"]) {
            parts.button(words["The ticked items agree with it"])
            ActLinks(request, back: path).link(
              RaiseQuery.self, words["Raise a query"],
              [("participant", place.participant.id.description), ("form", place.key.description)])
          }
        }
      }
    }
    if isSaved || refusal != nil { page.answers = path }
    return page
  }
}

/// The items of a form, each beside what its source says.
struct VerifyTable {
  let view: FormView
  /// What was imported; nil where nothing was.
  let records: SourceRecords?
  let place: FormPage.Place
  let words: Words

  /// How many resources stand beside an item.
  private static let most = 3

  func markup(ticked: Set<String>) -> Markup {
    Part.table(
      words["What was entered, beside its source"],
      [words["Item"], words["Entered"], words["The imported record says"], words["Agrees"]],
      items.map { row($0, isTicked: ticked.contains($0.id)) }, empty: words["Nothing was entered."])
  }

  /// Items that a person answered: what waits to be verified first, of these what is critical first.
  private var items: [ItemPlan] {
    let answered = view.plan.items.filter { item in
      view.record.entry(item.id) != nil && view.record.items[item.id]?.current?.isCalculated == false
    }
    return answered.enumerated().sorted { a, b in
      (rank(a.element), a.offset) < (rank(b.element), b.offset)
    }.map(\.element)
  }

  private func rank(_ item: ItemPlan) -> Int {
    switch view.record.items[item.id]?.verification {
    case let mark? where mark.isTakenBack: 0
    case nil: item.critical ? 1 : 2
    case _?: 3
    }
  }

  private func row(_ item: ItemPlan, isTicked: Bool) -> [Markup] {
    let verification = view.record.items[item.id]?.verification
    let isVerified = verification.map { !$0.isTakenBack } ?? false
    return [
      .fragment([
        .text(words.study(item.label) + " "),
        item.critical ? Part.badge(words["critical"], .progress) : .fragment([]),
      ]),
      entered(item), source(item),
      isVerified
        ? .fragment([
          Part.badge("✓ " + words["verified"], .done),
          .tag("div", ["class": "quiet"]) { verification.map { "\($0.by.account), \($0.source)" } ?? "" },
        ])
        : .fragment([
          verification == nil ? .fragment([]) : Part.badge(words["changed since verified"], .due),
          .tag("label", ["class": "choice"]) {
            Markup.element(
              "input",
              [Attribute("type", "checkbox"), Attribute("name", "items"), Attribute("value", item.id)]
                + (isTicked ? [Attribute("checked", nil)] : []), [])
            words["agrees"]
            Markup.tag("span", ["class": "unseen"]) { ": " + words.study(item.label) }
          },
        ]),
    ]
  }

  private func entered(_ item: ItemPlan) -> Markup {
    let versions = view.record.items[item.id]?.history.count ?? 0
    return .fragment([
      view.record.entry(item.id).map { ItemText(item, words).markup($0) } ?? .text("–"),
      versions > 1
        ? .tag("div") {
          Part.link(
            place.path + "/history#\(item.id)", words("{count} versions", ["count": String(versions)]), class: "quiet")
        } : .fragment([]),
    ])
  }

  private func source(_ item: ItemPlan) -> Markup {
    let data = item.concept.map { records?.of($0) ?? [] } ?? []
    guard !data.isEmpty else { return .tag("span", ["class": "quiet"]) { words["nothing"] } }
    return .tag("ul", ["class": "formlist"]) {
      for datum in data.prefix(VerifyTable.most) {
        Markup.tag("li") {
          Markup.tag("strong") { datum.value ?? words["recorded"] }
          if let when = datum.when { Markup.tag("span", ["class": "quiet"]) { " · \(when)" } }
          Part.disclosure(.text(datum.source)) {
            Markup.tag("pre", ["lang": "en", "tabindex": "0"]) { IndentedJSON.text(datum.json) }
          }
        }
      }
      if data.count > VerifyTable.most {
        Markup.tag("li", ["class": "quiet"]) {
          words("and {count} older ones", ["count": String(data.count - VerifyTable.most)])
        }
      }
    }
  }
}
