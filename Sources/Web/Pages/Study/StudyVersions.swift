import ClinicalValues
import Conduct
import Ledger
import Markup
import Trial

/// Protocol versions: at hand, in force, for whom; and what is open for enrollment.
struct StudyVersions {
  let state: TrialState
  let editions: [ProtocolShelf.Edition]
  let acting: Acting
  let now: Moment
  let acts: ActLinks
  private var words: Words { acts.words }

  var markup: Markup {
    .fragment([versions, openness])
  }

  private var versions: Markup {
    Part.section(words["Protocol versions"], id: "versions") {
      Part.table(
        words["Every version at hand, the newest first"],
        [words["Version"], words["In force"], words["For whom"], words["Content (SHA-256)"], words["What you can do"]],
        editions.reversed().map(row), empty: words["There is no protocol version."])
    }
  }

  private func row(_ edition: ProtocolShelf.Edition) -> [Markup] {
    let version = edition.version
    let entered = state.study.versions.last { $0.version == version.version && $0.digest == version.digest }
    let isCurrent = entered != nil && entered == state.study.version(at: now)
    return [
      Part.link("/study/criteria?version=\(Fields.encoded(version.version))", version.version),
      entered.map { entered in
        Markup.fragment([
          isCurrent ? Part.badge("✓ " + words["in force"], .done) : .fragment([]), .text(" "),
          words.timeElement(entered.from),
        ])
      } ?? Part.badge(words["not in force"]),
      .text(entered.map { words.title($0.appliesTo) } ?? "–"),
      .tag("code") { String(version.digest.description.prefix(16)) + "…" },
      .tag("div", ["class": "actions"]) {
        if entered == nil {
          acts.link(
            PutProtocolInForce.self, words["Put it in force"],
            [("version", version.version), ("digest", version.digest.description)])
        }
      },
    ]
  }

  private var openness: Markup {
    let scopes =
      [StudyScope.study] + state.sites.keys.filter { acting.sees($0) }.sorted().map { StudyScope.site($0) }
      + (editions.last?.version.cohorts ?? []).map { StudyScope.cohort($0) }
    return Part.section(words["Open for enrollment"], id: "open") {
      Part.table(
        words["The study, its sites and cohorts"], [words["What"], words["State"], words["What you can do"]],
        scopes.map { scope in
          let isOpen = state.study.open.contains(scope)
          return [
            .text(name(scope)),
            isOpen
              ? Part.badge("✓ " + words["open for enrollment"], .done)
              : Part.badge(words["closed for enrollment"], .excluded),
            .tag("div", ["class": "actions"]) {
              isOpen
                ? acts.link(CloseForEnrollment.self, words["Close for enrollment"], [("scope", scope.description)])
                : acts.link(OpenForEnrollment.self, words["Open it"], [("scope", scope.description)])
            },
          ]
        }, empty: words["Nothing is recorded."])
    }
  }

  private func name(_ scope: StudyScope) -> String {
    switch scope {
    case .study: words["Study"]
    case .site(let site): words("site {site}", ["site": "\(site) \(state.sites[site]?.name ?? "")"])
    case .cohort(let cohort): words("cohort {cohort}", ["cohort": words.cohort(cohort)])
    }
  }
}

extension AmendmentScope: Titled {
  var title: String {
    switch self {
    case .notYetEnrolled: "those not yet enrolled"
    case .all: "everybody, those enrolled too"
    }
  }
}
