import Conduct
import Markup
import StudyDesign

/// The forms of a version, and the items of each.
enum StudyForms {
  static let list: Route.Handler = { request in
    let words = request.words
    let study = try await request.edition().study
    return .page(
      Page(words("Forms of version {version}", ["version": study.version]), at: .study, trail: StudyPage.trail(words)) {
        Markup.tag("section") {
          Part.table(
            words("{count} forms", ["count": String(study.forms.count)]),
            [words["Form"], words["Filled in"], words["Items"], words["Checks"], words["Domain"]],
            study.forms.map { form in
              [
                .fragment([
                  Part.link(
                    "/study/forms/\(form.id)?version=\(Fields.encoded(study.version))", words.study(form.title)),
                  .text(" "), form.provisional == nil ? .fragment([]) : OutcomeMark.provisional(words),
                ]),
                .text(words.title(form.occurs)), .text(String(form.items.count)), .text(String(form.checks.count)),
                .text(form.domain),
              ]
            }, empty: words["The version has no forms."])
        }
      })
  }

  static let form: Route.Handler = { request in
    let words = request.words
    let study = try await request.edition().study
    guard let form = study.forms.first(where: { $0.id == request.parameters["form"] }) else { throw NotFound() }
    let path = "/study/forms?version=\(Fields.encoded(study.version))"
    return .page(
      Page(
        words.study(form.title), at: .study, trail: StudyPage.trail(words) + [(words["Forms"], path)],
        actions: Part.link(
          "/study/forms/\(form.id)/print?version=\(Fields.encoded(study.version))", words["Print it blank"],
          class: "button second")
      ) {
        Part.section(words["Items"]) {
          Part.table(
            words("{count} items", ["count": String(form.items.count)]),
            [words["Item"], words["Name in data"], words["Answer"], words["Asked"], words["Concept"]],
            form.items.map { row($0, words) }, empty: words["The form has no items."])
        }
        if !form.checks.isEmpty {
          Part.section(words["Checks"]) {
            Markup.tag("ul", ["class": "formlist"]) {
              for check in form.checks {
                Markup.tag("li") {
                  words.study(check.message)
                  Part.disclosure(.text(words["The rule in CQL"])) {
                    Markup.tag("pre", ["lang": "en"]) { check.fires.text }
                  }
                }
              }
            }
          }
        }
      })
  }

  private static func row(_ item: ItemPlan, _ words: Words) -> [Markup] {
    let isRequired = item.required != .never
    return [
      .fragment([
        .text(words.study(item.label) + " "),
        item.critical ? Part.badge(words["critical"], .progress) : .fragment([]),
      ]),
      .tag("code") { item.id },
      .fragment([
        .text(words.title(item.type) + " " + item.units.map { words.unit($0) }.joined(separator: ", ")),
        item.codes.isEmpty
          ? .fragment([])
          : Part.disclosure(.text(words("{count} choices", ["count": String(item.codes.count)]))) {
            Markup.tag("ul", ["class": "formlist"]) {
              for code in item.codes { Markup.tag("li") { words.study(code.label) } }
            }
          },
      ]),
      .text(
        item.calculated != nil
          ? words["calculated"]
          : (item.shown == nil ? "" : words["where it applies"] + " ")
            + (isRequired ? words["required"] : words["may be left open"])),
      .tag("code") { item.concept ?? "–" },
    ]
  }
}

extension FormOccurrence: Titled {
  var title: String {
    switch self {
    case .once: "once"
    case .visit: "at each visit that asks for it"
    case .repeated: "several times at a visit"
    case .log: "a row an entry, over the whole time"
    }
  }
}

extension ItemType: Titled {
  var title: String {
    switch self {
    case .boolean: "yes or no"
    case .integer: "whole number"
    case .quantity: "number with unit"
    case .text: "words"
    case .code: "choice"
    case .date: "date"
    case .partialDate: "date, as far as known"
    case .dateTime: "date and time"
    case .adverseEventTerm: "term of an adverse event"
    case .medicine: "medicine"
    }
  }
}
