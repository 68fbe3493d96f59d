import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// What the protocol's text lost, what is applied meanwhile, and who adopted it.
enum StudyProvisional {
  static let page: Route.Handler = { request in
    let words = request.words
    let edition = try await request.edition()
    let state = try await request.live.state()
    let open = Set(state.study.unadopted(of: edition.version))
    let acts = ActLinks(request, back: "/study")
    let items = edition.study.provisional
    let paging = Paging(request.query, count: items.count, size: 25)
    return .page(
      Page(
        words["Provisional items"], at: .study, trail: StudyPage.trail(words), isLive: true
      ) {
        Notice.markup(
          open.isEmpty ? .done : .warning,
          .text(
            open.isEmpty
              ? words["Every provisional item of this version is adopted."]
              : words("{count} are not adopted: nobody is enrolled before.", ["count": String(open.count)])))
        for item in items[paging.rows] {
          section(item, isOpen: open.contains(item.id), edition, acts)
        }
        paging.markup("/study/provisional", request.query, words)
      })
  }

  private static func section(
    _ item: ProvisionalItem, isOpen: Bool, _ edition: ProtocolShelf.Edition, _ acts: ActLinks
  ) -> Markup {
    let words = acts.words
    let (study, version) = (edition.study, edition.version)
    return Part.section(words.study(item.title), id: FormParts.id(item.id)) {
      isOpen ? Part.badge(words["not adopted"], .due) : Part.badge("✓ " + words["adopted"], .done)
      Part.facts([
        (words["What the text lost"], .text(words.study(item.lost))),
        (words["What is applied meanwhile"], .text(item.reading.map { told($0, study, words) } ?? words["nothing"])),
        (words["Where that is from"], .text(item.origin.map { words.study($0) }.joined(separator: "; "))),
        (words["Who has to settle it"], .text(words.study(item.confirm))),
        (words["Where it applies"], places(of: item, study, words)),
      ])
      if isOpen {
        Markup.tag("div", ["class": "actions"]) {
          acts.link(
            AdoptProvisional.self, words["Adopt it"],
            [("items", item.id), ("version", version.version), ("digest", version.digest.description)])
          acts.link(
            ChangeProvisional.self, words["Record that it was changed"],
            [("item", item.id), ("version", version.version), ("digest", version.digest.description)])
        }
      }
    }
  }

  /// Words of the study in which a parameter stands by what it is called.
  private static func told(_ text: String, _ study: Study, _ words: Words) -> String {
    study.parameters.reduce(words.study(text)) { text, parameter in
      text.replacing(parameter.id, with: "“\(words.study(parameter.title))”")
    }
  }

  /// The criteria that rest on it, each a link to what it says; else where it applies.
  private static func places(of item: ProvisionalItem, _ study: Study, _ words: Words) -> Markup {
    let ids = Set(item.criteria.map(\.value))
    let criteria = study.criteria.filter { ids.contains($0.id) }
    guard !criteria.isEmpty else { return .text(item.appliesTo.map { words.study($0) } ?? "–") }
    return .tag("ul", ["class": "formlist"]) {
      for criterion in criteria {
        Markup.tag("li") {
          Part.link(
            StudyCriteria.path(to: criterion, version: study.version), "\(criterion.id) \(words.study(criterion.title))"
          )
        }
      }
    }
  }
}
