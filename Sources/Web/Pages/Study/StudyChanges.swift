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
          table(from.study, to.study, request)
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

  @MarkupBuilder private static func table(_ from: Study, _ to: Study, _ request: PageRequest) -> Markup {
    let words = request.words
    let diff = StudyDiff(from: from, to: to)
    let paging = Paging(request.query, count: diff.changes.count)
    Markup.tag("section") {
      Markup.tag("p", ["class": "quiet"]) {
        words["What is struck through was removed, what is underlined was added; the rest is in both versions."]
      }
      Part.table(
        words("{count} changes", ["count": String(diff.changes.count)]),
        [words["Part"], words["What"], words["Change"], words["What it says"], words["Affects"]],
        diff.changes[paging.rows].map { row($0, from, to, request) }, empty: words["Nothing differs."])
      paging.markup("/study/changes", request.query, words)
    }
  }

  private static func row(
    _ change: StudyDiff.Change, _ from: Study, _ to: Study, _ request: PageRequest
  ) -> [Markup] {
    let words = request.words
    // Of a file a change says the hashes; of the protocol's text people compare the words.
    let isSource = change.part == .files && change.subject == "source.md" && change.kind == .changed
    let text = WordDiff(
      from: isSource ? from.source.text : change.before, to: isSource ? to.source.text : change.after
    ).markup(words)
    // The study's files are English; only what they say in other languages is not.
    let isEnglish = change.part != .translations
    return [
      .text(words.title(change.part)), subject(change, request), .text(words.title(change.kind)),
      .element("div", [Attribute("class", "diff")] + (isEnglish ? [Attribute("lang", "en")] : []), [text]),
      affected(change.affects, request),
    ]
  }

  /// What differs: a criterion, a parameter or a concept also by what it is called.
  private static func subject(_ change: StudyDiff.Change, _ request: PageRequest) -> Markup {
    let id = String(change.subject.prefix { $0 != " " })
    let parameter = id.split(separator: ".").last.map(String.init) ?? id
    let studies = request.live.shelf.editions.reversed().map(\.study)
    let title: String? =
      switch change.part {
      case .criteria: studies.lazy.flatMap(\.criteria).first { $0.id == id }?.title
      case .dictionary: studies.lazy.compactMap { $0.dictionary[id]?.display }.first
      case .limits: studies.lazy.flatMap(\.parameters).first { $0.id == parameter }?.title
      default: nil
      }
    return .fragment([
      .text(change.subject),
      title.map { title in .tag("div", ["class": "quiet"]) { request.words.study(title) } } ?? .fragment([]),
    ])
  }

  /// The criteria that rest on it, each a link to what it says; findings by their ids.
  private static func affected(_ ids: [String], _ request: PageRequest) -> Markup {
    guard !ids.isEmpty else { return .fragment([]) }
    let criteria = request.live.shelf.editions.last?.study.criteria ?? []
    return .tag("ul", ["class": "formlist"]) {
      for id in ids {
        Markup.tag("li") {
          if let criterion = criteria.first(where: { $0.id == id }) {
            Part.link(StudyCriteria.path(to: criterion, version: nil), id)
          } else {
            id
          }
        }
      }
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
