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
          section(item, isOpen: open.contains(item.id), edition.version, acts)
        }
        paging.markup("/study/provisional", request.query, words)
      })
  }

  private static func section(
    _ item: ProvisionalItem, isOpen: Bool, _ version: ProtocolVersion, _ acts: ActLinks
  ) -> Markup {
    let words = acts.words
    return Part.section(words.study(item.title), id: FormParts.id(item.id)) {
      isOpen ? Part.badge(words["not adopted"], .due) : Part.badge("✓ " + words["adopted"], .done)
      Part.facts([
        (words["What the text lost"], .text(words.study(item.lost))),
        (words["What is applied meanwhile"], .text(item.reading.map { words.study($0) } ?? words["nothing"])),
        (words["Where that is from"], .text(item.origin.map { words.study($0) }.joined(separator: "; "))),
        (words["Who has to settle it"], .text(words.study(item.confirm))),
        (
          words["Where it applies"],
          .text(item.criteria.isEmpty ? item.appliesTo ?? "–" : item.criteria.map(\.value).joined(separator: ", "))
        ),
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
}
