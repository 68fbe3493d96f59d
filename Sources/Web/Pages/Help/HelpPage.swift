import Markup
import Trial

/// The guides of the reader's role to all places in one; then what holds for everybody, and the keys.
enum HelpPage {
  static let routes: [Route] = [.get("/help", .member, help)]

  private static let help: Route.Handler = { request in
    let words = request.words
    let role = try request.acting().role
    return .page(
      Page(words["Help"], at: .help) {
        Part.section(
          words("What you do here as {role}", ["role": words.title(role)]),
          note: words["The same stands at the head of each page, for the page alone."]
        ) {
          for place in NavigationPlace.allCases where place.access.allows(role) { guide(to: place, role, words) }
        }
        Part.section(words["What holds for everybody"]) {
          Markup.tag("ul", ["class": "stack"]) { for line in Guide.everybody(words) { Markup.tag("li") { line } } }
        }
        Part.section(words["What the marks say"]) {
          Part.facts([
            ("✓", .text(words["It is true, passes or is done."])),
            ("✕", .text(words["It is not true, fails or bars."])),
            ("?", .text(words["It is not known: this never counts as true."])),
          ])
        }
        Part.section(words["Practice: at the bedside"], id: "practice") {
          Markup.tag("p") {
            words[
              "The bedside with two people, wristband, label and gate, with invented people; nothing of it is recorded."
            ]
          }
          Part.link("/practice", words["Practise"], class: "button second")
        }
        keys(role, words)
      })
  }

  @MarkupBuilder private static func guide(to place: NavigationPlace, _ role: Role, _ words: Words) -> Markup {
    let steps = Guide.steps(at: place, as: role, words)
    if !steps.isEmpty {
      Markup.tag("h3") { Part.link(place.path, place.title(words)) }
      Markup.tag("ul") { for step in steps { Markup.tag("li") { step } } }
    }
  }

  private static func keys(_ role: Role, _ words: Words) -> Markup {
    Part.section(words["Keys"], id: "key-list") {
      Part.facts(
        NavigationPlace.allCases.filter { $0.access.allows(role) }.map { place in
          ("g " + String(place.key), Part.link(place.path, place.title(words)))
        } + [
          ("Alt+H", .text(words["In a form: the history of the item"])),
          ("?", .text(words["the keys that a page knows"])),
        ])
    }
  }
}
