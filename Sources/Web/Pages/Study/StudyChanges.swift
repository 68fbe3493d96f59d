import Conduct
import Markup
import StudyDesign
import Trial

/// What differs between two versions of the protocol.
enum StudyChanges {
  static let page: Route.Handler = { request in
    let words = request.words
    let editions = request.live.shelf.editions
    let parts = FormParts(request)
    let names: [(value: String, text: String)] = editions.map { ($0.version.version, $0.version.version) }
    return .page(
      Page(words["What changed between versions"], at: .study, trail: StudyPage.trail(words)) {
        if let (from, to) = versions(request) {
          parts.search("/study/changes") {
            parts.select(.init(name: "from", label: words["From version"], value: from.version.version), names)
            parts.select(.init(name: "to", label: words["To version"], value: to.version.version), names)
            parts.button(words["Show"], class: "second")
          }
          table(StudyDiff(from: from.study, to: to.study), request)
        } else {
          Notice.markup(.note, .text(words["There is one version only."]))
        }
      })
  }

  /// What differs between the versions that a query names; nil where there is one version only.
  static func diff(_ request: PageRequest) -> StudyDiff? {
    versions(request).map { StudyDiff(from: $0.from.study, to: $0.to.study) }
  }

  /// The versions that a query names, else the last two.
  private static func versions(
    _ request: PageRequest
  ) -> (from: ProtocolShelf.Edition, to: ProtocolShelf.Edition)? {
    let editions = request.live.shelf.editions
    func named(_ name: String) -> ProtocolShelf.Edition? {
      let version = request.query.text(name)
      return editions.first { $0.version.version == version }
    }
    guard editions.count > 1, let from = named("from") ?? editions.dropLast().last,
      let to = named("to") ?? editions.last
    else { return nil }
    return (from, to)
  }

  @MarkupBuilder private static func table(_ diff: StudyDiff, _ request: PageRequest) -> Markup {
    let words = request.words
    let paging = Paging(request.query, count: diff.changes.count)
    Markup.tag("section") {
      Part.table(
        words("{count} changes", ["count": String(diff.changes.count)]),
        [words["Part"], words["What"], words["Change"], words["Before"], words["After"], words["Affects"]],
        diff.changes[paging.rows].map { change in
          [
            .text(words.title(change.part)), .text(change.subject), .text(words.title(change.kind)),
            .text(change.before ?? "–"), .text(change.after ?? "–"), .text(change.affects.joined(separator: ", ")),
          ]
        }, empty: words["Nothing differs."])
      paging.markup("/study/changes", request.query, words)
    }
  }
}

extension StudyDiff.Part: Titled {
  var title: String {
    switch self {
    case .criteria: "criteria"
    case .visits: "visits"
    case .forms: "forms"
    case .endpoints: "endpoints"
    case .limits: "limits"
    case .findings: "findings"
    case .provisional: "provisional items"
    case .definitions: "definitions"
    case .dictionary: "data dictionary"
    case .translations: "translations"
    case .files: "files"
    }
  }
}

extension StudyDiff.Kind: Titled {
  var title: String {
    switch self {
    case .added: "added"
    case .removed: "removed"
    case .changed: "changed"
    }
  }
}
