import Conduct
import Markup
import StudyDesign

/// Every criterion of a version: its words in the source, what it means, the CQL that decides it.
enum StudyCriteria {
  /// Where a criterion stands; nil for the version in force.
  static func path(to criterion: Criterion, version: String?) -> String {
    "/study/criteria?" + (version.map { "version=\(Fields.encoded($0))&" } ?? "")
      + "kind=\(criterion.kind.rawValue)#\(FormParts.id(criterion.id))"
  }

  static let page: Route.Handler = { request in
    let words = request.words
    let edition = try await request.edition()
    let study = edition.study
    let kind = request.query.text("kind").flatMap { Criterion.Kind(rawValue: $0) } ?? .inclusion
    let texts = try await request.definitions(of: study)
    return .page(
      Page(
        words("Criteria of version {version}", ["version": study.version]), at: .study,
        trail: StudyPage.trail(words)
      ) {
        Markup.tag("nav", ["class": "actions", "aria-label": words["Pages of the list"]]) {
          for other in Criterion.Kind.allCases where other != kind {
            Part.link(
              "/study/criteria?version=\(Fields.encoded(study.version))&kind=\(other.rawValue)", title(other, words),
              class: "button second")
          }
          Part.link(StudySource.path(version: study.version), words["The protocol's text"], class: "button second")
        }
        Part.section(title(kind, words)) {
          Markup.tag("ol", ["class": "gate"]) {
            for criterion in study.criteria where criterion.kind == kind {
              item(criterion, texts[criterion.id], study, words)
            }
          }
        }
      })
  }

  private static func title(_ kind: Criterion.Kind, _ words: Words) -> String {
    kind == .inclusion ? words["Inclusion criteria"] : words["Exclusion criteria"]
  }

  private static func item(_ criterion: Criterion, _ cql: String?, _ study: Study, _ words: Words) -> Markup {
    .tag("li", ["id": FormParts.id(criterion.id)]) {
      Markup.tag("div", ["class": "line"]) {
        Markup.tag("strong") { "\(criterion.id) \(words.study(criterion.title))" }
        if criterion.isProvisional { OutcomeMark.provisional(words) }
        for cohort in criterion.cohorts {
          Part.badge(study.cohorts.first { $0.id == cohort.value }?.name ?? cohort.value)
        }
      }
      Markup.tag("blockquote") { words.quoted(criterion.text) }
      Part.link(StudySource.path(to: criterion, version: study.version), words["In the protocol's text"])
      if let lay = criterion.lay { Markup.tag("p", ["class": "quiet"]) { words.study(lay) } }
      for note in criterion.notes { Markup.tag("p", ["class": "quiet"]) { words.study(note.text) } }
      if let cql {
        Part.disclosure(.text(words["The rule in CQL"])) { Markup.tag("pre", ["lang": "en"]) { cql } }
      }
    }
  }
}

extension PageRequest {
  /// The CQL of each criterion, by id; computed once.
  func definitions(of study: Study) async throws -> [String: String] {
    try await site.views.view("criteria \(study.version)", at: study.digest) { study.criterionDefinitions }
  }
}
