import Conduct
import Markup
import StudyDesign

/// The protocol's text, word for word, with a mark at each sentence that a criterion formalizes.
enum StudySource {
  /// Where the text of a version stands.
  static func path(version: String) -> String { "/study/source?version=\(Fields.encoded(version))" }

  /// Where the sentence of a criterion stands in it.
  static func path(to criterion: Criterion, version: String) -> String {
    path(version: version) + "#" + criterion.anchor.value
  }

  static let page: Route.Handler = { request in
    let words = request.words
    let study = try await request.edition().study
    let text = SourceView(study: study, words: words)
    return .page(
      Page(
        words("The protocol's text, version {version}", ["version": study.version]), at: .study,
        trail: StudyPage.trail(words)
      ) {
        Markup.tag("p", ["class": "quiet"]) {
          words["Word for word. The mark before a sentence names the criterion that it is, and leads to it."]
        }
        text.markup
      })
  }
}

/// The blocks of a protocol's text with marks that lead to the criteria.
struct SourceView {
  let study: Study
  let words: Words

  var markup: Markup {
    .tag("section", ["class": "stack protocol"]) {
      for block in ProtocolText(study.source.text).blocks {
        switch block {
        case .heading(let level, let pieces): Markup.tag("h\(min(level + 1, 6))") { inline(pieces) }
        case .paragraph(let pieces): Markup.tag("p") { inline(pieces) }
        case .line: Markup.tag("hr")
        }
      }
    }
  }

  private func inline(_ pieces: [ProtocolText.Piece]) -> Markup {
    .fragment(
      pieces.flatMap { piece -> [Markup] in
        switch piece {
        case .text(let text): [words.quoted(text)]
        case .anchor(let name): [anchor(name), .text(" ")]
        }
      })
  }

  /// A mark that is found by its name; it leads to the criterion where one has it.
  private func anchor(_ name: String) -> Markup {
    guard let criterion = study.criteria.first(where: { $0.anchor.value == name }) else {
      return .tag("span", ["id": name])
    }
    let path = StudyCriteria.path(to: criterion, version: study.version)
    return .tag(
      "a", ["id": name, "href": path, "class": "badge", "title": words.study(criterion.title)]
    ) { criterion.id }
  }
}
